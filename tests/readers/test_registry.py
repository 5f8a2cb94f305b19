"""Reading of paths: what is read, in which order, and what a user is told where something cannot be read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from sigmine.errors import ReadError
from sigmine.model import SECTION_KINDS, Document
from sigmine.readers import READERS, ReadFailure, read_documents
from sigmine.readers.sources import MAX_DOCUMENT_BYTES, MAX_LINE_CHARACTERS

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLES = sorted(path for path in DATA.glob("reader_sample*") if path.suffix != ".txt" or path.stem == "reader_sample")


def read_one(path: Path) -> Document | ReadFailure:
    [item] = read_documents([path])
    return item


def fail(path: Path) -> str:
    item = read_one(path)
    assert isinstance(item, ReadFailure)
    assert item.source == str(path)
    assert str(path) not in item.reason
    return item.reason


def test_every_format_has_a_sample() -> None:
    suffixes = {path.suffix for path in SAMPLES}
    assert all(suffixes & set(reader.suffixes) for reader in READERS.values())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_reader_keeps_the_contract(path: Path) -> None:
    documents = list(read_documents([path]))
    assert documents
    assert documents == list(read_documents([path]))
    for document in documents:
        assert isinstance(document, Document)
        assert document.id
        assert document.source == str(path)
        assert len(document.sha256) == 64
        end = 0
        for section in document.sections:
            assert section.kind in SECTION_KINDS
            assert end <= section.start < section.end <= len(document.text)
            end = section.end
        for mention in document.mentions:
            assert document.text[mention.start : mention.end] == mention.text
            assert mention.source == "given"
        for citation in document.citations:
            assert 0 <= citation.start < citation.end <= len(document.text)


def test_a_folder_is_walked_in_order_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", ".git/d.txt", "notes.doc", "z.TXT"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("AKT inhibits FOXO1.")
    items = list(read_documents(tmp_path))
    assert [item.id for item in items if isinstance(item, Document)] == ["a", "b", "z", "c"]
    assert len(items) == 4


def test_ids_are_unique_and_a_file_named_twice_is_read_once(tmp_path: Path) -> None:
    for name in ("x/a.txt", "y/a.txt", "y/a-2.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("AKT inhibits FOXO1.")
    items = list(read_documents([tmp_path / "x" / "a.txt", tmp_path, tmp_path / "x"]))
    assert [item.id for item in items if isinstance(item, Document)] == ["a", "a-2", "a-3"]


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("AKT inhibits FOXO1.")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01")
    (tmp_path / "c.txt").write_text("PTEN opposes PI3K.")
    assert [type(item) for item in read_documents([tmp_path])] == [Document, ReadFailure, Document]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b"  \n\n", "nothing but white space"),
        (b"AKT\x00FOXO1", "binary file"),
        (bytes(range(1, 32)) * 9, "binary file"),
        (b"%PDF-1.4 x", "damaged"),
        ("AKT is active.".encode("utf-16"), "iconv -f utf16"),
        (b"line one\nna\xefve cells", "line 2: byte 0xef is not UTF-8; .*iconv -f cp1252 -t utf8"),
        (b"\x81\x8d\xff AKT", "must be UTF-8"),
        (b"A" * (MAX_LINE_CHARACTERS + 1), "one line of 400,001 characters is not running text; the limit is 400,000"),
        (b"AKT is.\n" * (MAX_DOCUMENT_BYTES // 8 + 1), "over 10,000,000 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_text_that_cannot_be_read_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    item = read_one(path)
    assert isinstance(item, ReadFailure)
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError(item.reason)


def test_paths_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    assert "no such file or folder" in fail(tmp_path / "missing.txt")
    assert "no file to read" in fail(tmp_path)
    (tmp_path / "a.doc").write_text("AKT")
    assert "unknown suffix '.doc'" in fail(tmp_path / "a.doc")


def test_a_pdf_is_left_alone_where_its_text_stands_beside_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes((DATA / "reader_sample.pdf").read_bytes())
    (tmp_path / "b.pdf").write_bytes((DATA / "reader_sample.pdf").read_bytes())
    (tmp_path / "a.txt").write_text("AKT inhibits FOXO1.")
    assert [str(item.source) for item in read_documents(tmp_path)] == [str(tmp_path / "a.txt"), str(tmp_path / "b.pdf")]


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (b"AKT inhibits FOXO1.", ["stdin"]),
        (b'{"id": "d", "text": "AKT inhibits FOXO1."}\n{"text": "PTEN opposes it."}\n', ["d", "stdin-2"]),
        (b'{"a": 1}', ["stdin"]),
    ],
)
def test_standard_input_is_text_or_json_lines(data: bytes, ids: list[str]) -> None:
    items = list(read_documents("-", stdin=io.BytesIO(data)))
    assert [item.id for item in items if isinstance(item, Document)] == ids
    assert all(item.source == "-" for item in items)


def test_a_format_named_wins_over_what_it_looks_like(tmp_path: Path) -> None:
    line = '{"id": "d", "text": "AKT inhibits FOXO1."}'
    [item] = read_documents(["-"], formats=["text"], stdin=io.BytesIO(line.encode()))
    assert isinstance(item, Document)
    assert item.text == line
    path = tmp_path / "a.data"
    path.write_text(line)
    [item] = read_documents([path], formats=["jsonl"])
    assert isinstance(item, Document)
    assert item.id == "d"


def test_formats_limit_what_a_folder_gives() -> None:
    items = list(read_documents(DATA, formats=["pubtator"]))
    assert [item.id for item in items if isinstance(item, Document)] == ["101", "102"]


def test_an_unknown_format_is_refused_at_once() -> None:
    with pytest.raises(ReadError, match="known are text, jsonl"):
        read_documents(["-"], formats=["word"])


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("AKT inhibits FOXO1.")
    items = read_documents([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert isinstance(next(items), Document)
    (tmp_path / "b.txt").write_text("PTEN opposes PI3K.")
    assert isinstance(next(items), Document)
