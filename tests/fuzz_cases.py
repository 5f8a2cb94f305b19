"""Files to try readers with: valid samples of every format, and what damage makes of them. A number gives one case."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import article_formats
import articles
from fuzz_structures import vary
from readers.damage import ODD_BYTES
from sigmine.readers import READERS

TESTS = Path(__file__).resolve().parent
DATA = TESTS / "data"
CORPUS = TESTS.parent / "corpus"

MAX_BYTES = 1_000_000
NESTS: tuple[tuple[bytes, bytes], ...] = (
    (b"<div>", b"</div>"), (b"<sec><title>x</title><p>", b"</p></sec>"), (b"<table><tr><td>", b"</td></tr></table>"),
    (b"<sup>", b"</sup>"), (b"[", b"]"), (b'{"a":', b"}"), (b"(", b")"), (b"<passage>", b"</passage>"), (b"<<", b">>"),
)  # fmt: skip
TOKENS: tuple[bytes, ...] = (
    *ODD_BYTES, b"\xe2\x80\x8b", "\u202e".encode(), "\U0001f9ec".encode(), "Δβγ".encode(), b"<", b"</", b"/>", b"<!--",
    b"-->", b"<![CDATA[", b"<?", b"&#0;", b"&#x110000;", b"&#55296;", b"&amp;amp;", b"\xc3", b"\xed\xa0\x80", b"1|t|",
    b"1|a|", b"null", b"NaN", b"1e400", b"-0", b"99999999999999999999", b'"', b"\\", b"\\u0000", b"stream\n", b"endobj",
    b"obj", b"/Length 99999999", b"xref", b"PK\x03\x04", b"\x1f\x8b\x08", b"../../x", b"10.1/", b"et al., ", b"\n1. ",
)  # fmt: skip


def find_kinds() -> tuple[str, ...]:
    """Every reader, and two cases more: files packed together, and any file with nothing said of its format."""
    return (*READERS, "archives", "unnamed")


@cache
def load_seeds(kind: str) -> tuple[bytes, ...]:
    """Valid files of a kind; of ``standoff``, the text and the rows with ``\\0\\0`` between them."""
    if kind == "archives":
        return _pack_seeds()
    if kind == "unnamed":
        return tuple(seed for name in READERS if name not in ("standoff", "pdf") for seed in load_seeds(name))
    if kind == "standoff":
        return (b"\0\0".join((DATA / f"reader_sample_pair{suffix}").read_bytes() for suffix in (".txt", ".a1")),)
    suffixes = READERS[kind].suffixes
    paths = [path for suffix in suffixes for path in sorted(DATA.glob("reader_sample.*")) if path.suffix == suffix]
    if kind == "jats":
        paths = [path for path in paths if path.suffix == ".nxml"]
    seeds = [path.read_bytes() for path in paths]
    if kind == "text":
        seeds += [path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))[:4]]
        seeds += [path.read_bytes() for path in sorted((DATA / "citations").glob("*.txt"))]
    if kind == "pdf":
        seeds.append(_set_plain_pdf())
    write: Callable[[articles.Article], bytes] | None = next(
        (form.write for name, form in article_formats.FORMATS.items() if name == kind), None
    )
    if write is not None and kind != "pdf":  # One of four pages is enough: reading it takes most of the time.
        seeds.append(write(articles.load_article(articles.find_names()[0])))
    return tuple(seeds)


def _set_plain_pdf() -> bytes:
    """A small PDF with nothing compressed, so that damage reaches what stands on the page."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(300, 400), pageCompression=0, invariant=1)
    lines = (
        "Kinases in cells\nAbstract\nAKT inhibits FOXO1 [1]. PTEN opposes AKT\nin cells.\nReferences\n1. Ng A. 2001."
    )
    for page in range(2):
        for number, line in enumerate(lines.splitlines()):
            canvas.drawString(40, 350 - 14 * number - page, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _pack_seeds() -> tuple[bytes, ...]:
    names = {"a.txt": "reader_sample.txt", "sub/b.jsonl": "reader_sample.jsonl", "sub/c.nxml": "reader_sample.nxml"}
    files = {name: (DATA / sample).read_bytes() for name, sample in names.items()}
    seeds = []
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method) as archive:
            for name, data in files.items():
                archive.writestr(zipfile.ZipInfo(name), data, method)  # with no time: a case is the same again
        seeds.append(stream.getvalue())
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    seeds += [stream.getvalue(), gzip.compress(stream.getvalue(), mtime=0), gzip.compress(files["a.txt"], mtime=0)]
    return tuple(seeds)


def make_case(kind: str, seed: int, number: int) -> bytes:
    """The same file for the same arguments, in any process: a sample with other parts, damaged bytes, or both; in one
    case of twenty random bytes.
    """
    choose = random.Random(f"{kind} {seed} {number}")
    seeds = load_seeds(kind)
    if choose.random() < 0.05:
        return choose.randbytes(choose.choice((1, 7, 80, 1000, 20_000)))
    sample = choose.choice(seeds)
    if choose.random() < 0.55 and (other := vary(kind, sample, choose)) != sample:
        sample = other
        if choose.random() < 0.7:
            return sample[:MAX_BYTES]
    data = bytearray(sample)
    if len(data) > 6_000 and choose.random() < 0.7 and kind not in ("pdf", "archives"):
        start = choose.randrange(len(data) - 4_000)  # A part, so that most of a case is what was damaged.
        data = data[: choose.randrange(1_500)] + data[start : start + 4_000]
    for _ in range(choose.choice((1, 1, 2, 3, 6, 20))):
        _damage(data, choose, seeds)
    return bytes(data[:MAX_BYTES])


def _damage(data: bytearray, choose: random.Random, seeds: Sequence[bytes]) -> None:
    """One of ten kinds of damage, in place."""
    if not data:
        data += choose.choice(TOKENS)
        return
    start = choose.randrange(len(data))
    end = min(len(data), start + choose.choice((1, 4, 40, 400, 4_000)))
    match choose.randrange(10):
        case 0:
            for _ in range(choose.choice((1, 3, 30))):
                data[choose.randrange(len(data))] ^= 1 << choose.randrange(8)
        case 1:
            data[start:end] = choose.randbytes(min(40, end - start))
        case 2:
            del data[start:]
        case 3:
            del data[start:end]
        case 4:
            data[start:start] = data[start:end] * choose.choice((1, 3, 50))
        case 5:
            other = choose.choice(seeds)
            low = choose.randrange(len(other))
            data[start:end] = other[low : low + choose.choice((10, 100, 2_000))]
        case 6:
            data[start:start] = choose.choice(TOKENS) * choose.choice((1, 1, 2, 50, 2_000))
        case 7:
            before, after = choose.choice(NESTS)
            depth = choose.choice((3, 60, 300, 3_000))
            data[start:end] = before * depth + data[start:end] + after * choose.choice((depth, depth, 0))
        case 8:
            digits = [place for place, byte in enumerate(data) if 48 <= byte < 58]
            if digits:
                place = choose.choice(digits)
                data[place : place + 1] = choose.choice((b"0", b"-1", b"4294967295", b"99999999999999999999", b""))
        case _:
            piece = data[start:end]
            del data[start:end]
            place = choose.randrange(len(data) + 1)
            data[place:place] = piece
