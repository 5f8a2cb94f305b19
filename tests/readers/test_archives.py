"""Files in gzip and zip archives: read as they would be unpacked, and what strangers may pack is refused."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.model import Document
from sigmine.readers import READERS, ReadFailure, archives, read_documents

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLES = sorted(path for path in DATA.glob("reader_sample*"))
TEXT = b"AKT inhibits FOXO1."


def make_zip(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def write_zip(path: Path, files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    path.write_bytes(make_zip(files, method=method))
    return path


def ids(items: list[Document | ReadFailure]) -> list[str]:
    return [item.id for item in items if isinstance(item, Document)]


def failures(items: list[Document | ReadFailure]) -> dict[str, str]:
    return {item.source: item.reason for item in items if isinstance(item, ReadFailure)}


def lay_down(folder: Path, pack: Callable[[bytes], bytes] = bytes, suffix: str = "") -> Path:
    folder.mkdir()
    for path in SAMPLES:
        (folder / f"{path.name}{suffix}").write_bytes(pack(path.read_bytes()))
    return folder


def without_source(items: Iterator[Document | ReadFailure]) -> list[Document | ReadFailure]:
    return [replace(item, source="") for item in items]


def test_every_format_is_read_packed_as_it_is_unpacked(tmp_path: Path) -> None:
    plain = without_source(read_documents(lay_down(tmp_path / "plain")))
    assert len(plain) >= len(READERS)
    assert all(isinstance(item, Document) for item in plain)
    assert without_source(read_documents(lay_down(tmp_path / "packed", gzip.compress, ".gz"))) == plain
    files = {path.name: path.read_bytes() for path in SAMPLES}
    zipped = write_zip(tmp_path / "all.zip", files)
    assert without_source(read_documents(zipped)) == plain
    assert without_source(read_documents("-", stdin=io.BytesIO(zipped.read_bytes()))) == plain


def test_a_packed_file_is_known_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt.gz"
    path.write_bytes(gzip.compress(TEXT))
    [document] = read_documents(path)
    assert isinstance(document, Document)
    assert (document.id, document.source) == ("paper", str(path))
    [same] = read_documents("-", stdin=io.BytesIO(path.read_bytes()))
    assert isinstance(same, Document)
    assert (same.id, same.text, same.sha256) == ("stdin", document.text, document.sha256)


@pytest.mark.parametrize("pair", [("x.txt", "x.a1.gz"), ("x.txt.gz", "x.a1"), ("x.txt.gz", "x.a1.gz")])
def test_one_file_of_a_stand_off_pair_may_be_packed(tmp_path: Path, pair: tuple[str, str]) -> None:
    for name, data in zip(pair, (TEXT, b"T1\tProtein 0 3\tAKT\n"), strict=True):
        (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    for paths in ([tmp_path], [tmp_path / pair[0], tmp_path / pair[1]]):
        [document] = read_documents(paths)
        assert isinstance(document, Document)
        assert (document.id, [mention.text for mention in document.mentions]) == ("x", ["AKT"])


def test_a_file_that_stands_unpacked_beside_its_packed_copy_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT))
    (tmp_path / "a.pdf.gz").write_bytes(gzip.compress(b"%PDF-1.7"))
    assert len(list(read_documents(tmp_path))) == 1
    assert ids(list(read_documents([tmp_path, tmp_path / "a.txt.gz"]))) == ["a", "a-2"]


def test_the_members_of_a_zip_are_the_files_of_a_folder(tmp_path: Path) -> None:
    names = ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", "__MACOSX/._a.txt", ".git/d.txt", "notes.doc", "sub/a.txt")
    path = write_zip(tmp_path / "corpus.zip", dict.fromkeys(names, TEXT))
    items = list(read_documents(path))
    assert ids(items) == ["a", "b", "a-2", "c"]
    assert [item.source for item in items] == [
        f"{path}/{name}" for name in ("a.txt", "b.txt", "sub/a.txt", "sub/c.txt")
    ]
    (tmp_path / "a.txt").write_bytes(TEXT)
    assert ids(list(read_documents([tmp_path, path]))) == ["a", "a-2", "b", "a-3", "c"]
    assert ids(list(read_documents(tmp_path, formats=["jsonl"]))) == []


def test_a_zip_in_a_folder_need_not_hold_anything_to_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "figures.zip", {"figure.png": b"x"})
    (tmp_path / "a.txt").write_bytes(TEXT)
    assert ids(list(read_documents(tmp_path))) == ["a"]
    assert "holds no file to read" in failures(list(read_documents(path)))[str(path)]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.txt", "points out of the archive"),
        ("a/../../evil.txt", "points out of the archive"),
        ("..\\evil.txt", "points out of the archive"),
        ("/etc/evil.txt", "absolute path"),
        ("\\evil.txt", "absolute path"),
        ("C:\\evil.txt", "absolute path"),
        ("\x1b[2Jevil.txt", "characters that no file name has"),
        ("evil\u202etxt.exe.txt", "characters that no file name has"),
        ("inner.zip", "an archive within an archive"),
        ("paper.txt.gz", "an archive within an archive"),
        ("papers.tar", "an archive within an archive"),
    ],
)
def test_members_of_a_wicked_name_are_refused_and_the_others_are_read(tmp_path: Path, name: str, reason: str) -> None:
    path = write_zip(tmp_path / "x.zip", {name: TEXT, "good.txt": TEXT})
    before = sorted(tmp_path.parent.rglob("*"))
    items = list(read_documents(path))
    assert ids(items) == ["good"]
    [(source, told)] = failures(items).items()
    assert reason in told
    assert source.isprintable()
    assert sorted(tmp_path.parent.rglob("*")) == before, "nothing is written"


def test_nested_archives_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    files = {"a.txt": gzip.compress(TEXT), "b.txt": make_zip({"c.txt": TEXT}), "good.txt": TEXT}
    path = write_zip(tmp_path / "x.zip", files)
    items = list(read_documents(path))
    assert ids(items) == ["good"]
    assert [reason.startswith("an archive within an archive") for reason in failures(items).values()] == [True, True]
    (tmp_path / "y.txt.gz").write_bytes(gzip.compress(gzip.compress(TEXT)))
    [failure] = read_documents(tmp_path / "y.txt.gz")
    assert isinstance(failure, ReadFailure)


def test_links_and_second_files_of_a_name_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.txt", TEXT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("good.txt", b"AKT does something else.")
    items = list(read_documents(path))
    [document] = [item for item in items if isinstance(item, Document)]
    assert document.text == TEXT.decode()
    told = failures(items)
    assert "a link or a device" in told[f"{path}/link.txt"]
    assert "second file of this name" in told[f"{path}/good.txt"]


def test_encrypted_members_and_unusual_methods_are_refused(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": TEXT, "figure.png": b"x", "z.txt": TEXT}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # The bit for encryption, of the first entry of the directory.
    (tmp_path / "x.zip").write_bytes(data)
    items = list(read_documents(tmp_path / "x.zip"))
    assert ids(items) == ["z"]
    assert "is encrypted" in failures(items)[f"{tmp_path / 'x.zip'}/a.txt"]
    path = write_zip(tmp_path / "y.zip", {"a.txt": TEXT * 9}, method=zipfile.ZIP_BZIP2)
    assert "a method that is not read" in failures(list(read_documents(path)))[f"{path}/a.txt"]


def test_what_unpacks_to_far_more_than_itself_is_refused(tmp_path: Path) -> None:
    bomb = bytes(11_000_000)
    path = write_zip(tmp_path / "x.zip", {"bomb.jsonl": bomb, "good.txt": TEXT})
    items = list(read_documents(path))
    assert ids(items) == ["good"]
    assert "more than 200 times its size" in failures(items)[f"{path}/bomb.jsonl"]
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(bomb))
    [failure] = read_documents(tmp_path / "bomb.jsonl.gz")
    assert isinstance(failure, ReadFailure)
    assert "more than 200 times its size" in failure.reason


def test_what_unpacks_to_too_much_in_all_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigmine.readers.sources.MAX_ARCHIVE_BYTES", 2_500_000)
    line = b'{"text": "%s"}\n' % (TEXT * 500)
    files = {f"{name}.jsonl": line * 100 for name in "abc"}
    path = write_zip(tmp_path / "x.zip", files)
    items = list(read_documents(path, max_megabytes=1))
    assert list(failures(items)) == [f"{path}/c.jsonl"]
    assert "unpacks to over 2,500,000 bytes" in failures(items)[f"{path}/c.jsonl"]
    assert len(ids(items)) == 200
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line * 300))
    [failure] = read_documents(tmp_path / "a.jsonl.gz", max_megabytes=1)
    assert isinstance(failure, ReadFailure)
    assert "unpacks to over 2,500,000 bytes" in failure.reason
    assert failures(list(read_documents(path, max_megabytes=5))) == {}


def test_a_member_cannot_unpack_to_more_than_the_directory_says(tmp_path: Path) -> None:
    """An archive that lies about sizes, or whose members share their bytes, gives no more than what was counted."""
    data = bytearray(make_zip({"a.jsonl": bytes(30_000_000)}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    (tmp_path / "x.zip").write_bytes(data)
    tracemalloc.start()
    [failure] = read_documents(tmp_path / "x.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(failure, ReadFailure)
    assert "damaged" in failure.reason
    assert peak < 3_000_000


def test_a_directory_that_claims_to_be_huge_takes_no_memory(tmp_path: Path) -> None:
    data = bytearray(make_zip({"a.txt": TEXT}) + bytes(100))
    end = data.index(b"PK\x05\x06")
    data[end + 12 : end + 16] = struct.pack("<I", 0xFFFFFFF0)
    (tmp_path / "x.zip").write_bytes(data)
    [failure] = read_documents(tmp_path / "x.zip")
    assert isinstance(failure, ReadFailure)
    with mock.patch.object(archives, "_MAX_DIRECTORY_BYTES", 40):
        path = write_zip(tmp_path / "y.zip", {"a.txt": TEXT})
        assert "directory is too long" in failures(list(read_documents(path)))[str(path)]


def test_an_office_document_is_named_as_one(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "paper.docx", {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})
    assert "an office document" in failures(list(read_documents(path)))[str(path)]
    (tmp_path / "a.txt").write_bytes(TEXT)
    assert len(list(read_documents(tmp_path))) == 1


@pytest.mark.parametrize("name", ["x.txt.gz", "x.zip"])
def test_what_is_no_archive_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(TEXT)
    [failure] = read_documents(tmp_path / name)
    assert isinstance(failure, ReadFailure)
    assert "archive" in failure.reason


def test_damage_is_told_before_anything_is_read(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "AKT %d."}\n' % number for number in range(20_000))
    packed = bytearray(gzip.compress(lines))
    packed[-6] ^= 1  # The checksum stands at the end.
    (tmp_path / "x.jsonl.gz").write_bytes(packed)
    [failure] = read_documents(tmp_path / "x.jsonl.gz")
    assert isinstance(failure, ReadFailure)
    assert "the archive is damaged" in failure.reason


def test_a_long_packed_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as stream:
        for number in range(1500):
            words = " ".join(f"AKT{number * word % 9973}" for word in range(1000))
            stream.write(b'{"text": "%s"}\n' % words.encode())
    tracemalloc.start()
    count = sum(1 for _ in read_documents(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1500
    assert peak < 4_000_000, "ten million bytes, read a line at a time"


SEEDS = [
    make_zip({"a.txt": TEXT, "sub/b.jsonl": b'{"text": "PTEN opposes PI3K."}\n', "x.a1": b""}),
    make_zip({"paper.txt": TEXT * 20}, method=zipfile.ZIP_STORED),
    gzip.compress(TEXT * 20),
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_no_damage_to_an_archive_escapes(seed: bytes, data: st.DataObject) -> None:
    damaged = bytearray(seed)
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(damaged)) | st.just(len(damaged)))
    items = list(read_documents("-", stdin=io.BytesIO(bytes(damaged[:cut]))))
    assert items
    assert all(isinstance(item, Document | ReadFailure) for item in items)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=30).filter(lambda name: "\0" not in name and not name.endswith("/")))
def test_no_name_of_a_member_escapes(name: str) -> None:
    try:
        packed = make_zip({name: TEXT})
    except UnicodeEncodeError:  # Half of a surrogate pair; no archive can hold it.
        return
    for item in read_documents("-", stdin=io.BytesIO(packed)):
        assert zlib.crc32(str(item).encode()) >= 0, "the message can be written"
