"""What a file is, told by its first bytes; which readers that leads to; standard input, ``--format`` and limits."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest

from sigmine.errors import ReadError
from sigmine.model import Document
from sigmine.readers import READERS, ReadFailure, read_documents
from sigmine.readers.contents import _TESTS, HEAD_BYTES, find_format

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLES = {"jsonl": ".jsonl", "bioc": ".xml", "pubtator": ".pubtator", "jats": ".nxml", "html": ".html", "pdf": ".pdf"}
JATS = '<?xml version="1.0"?>\n<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "x.dtd" [<!ENTITY a ">">]>\n<article>'


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("AKT inhibits FOXO1.", None),
        ("", None),
        ("<AKT> is a kinase", None),
        ("< 5 % of the cells", None),
        ('{"a": 1}', None),
        ("[1] A reference", None),
        ("12|t| is what I typed", "pubtator"),
        ("12345|a|Abstract first", "pubtator"),
        ("%PDF-1.7\n", "pdf"),
        ("% PDF files are hard", None),
        (JATS, "jats"),
        ("<article xmlns:xlink='x'>", "jats"),
        ("<?xml version='1.0'?><j:article xmlns:j='x'>", "jats"),
        ("<!-- <html> --><pmc-articleset>", "jats"),
        ("<!DOCTYPE html><p>AKT", "html"),
        ("<!doctype HTML>", "html"),
        ("\ufeff\n <HTML lang='en'>", "html"),
        ("<html>", "html"),
        ("<!-- it never ends", None),
        ("<!DOCTYPE html [ it never ends", "html"),
        ("<?xml version='1.0'", None),
        ("<?xml version='1.0'?><!DOCTYPE collection SYSTEM 'BioC.dtd'><collection>", "bioc"),
        ("<collection><source>", "bioc"),
        ("<?xml version='1.0'?><catalogue>", "bioc"),
        ('{"source": "", "documents": [{"text": "x"}]}', "bioc"),
        ('[{"documents" : [', "bioc"),
        ('{"id": 1, "text": "AKT"}\n{', "jsonl"),
        ('{"text": "has \\"documents\\": [ in it"}', "jsonl"),
        ('{"text": "' + "AKT is long. " * HEAD_BYTES, "jsonl"),
        ('{"source": "x", "documents": [{"text": "' + "AKT is long. " * HEAD_BYTES, "bioc"),
        ('{\n "text": "AKT"\n}', None),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "none",
)
def test_the_first_bytes_tell_the_format(head: str, expected: str | None) -> None:
    assert find_format(head.encode()[:HEAD_BYTES]) == expected


def test_every_name_leads_to_a_reader() -> None:
    assert {name for name, _ in _TESTS} <= set(READERS)


@pytest.mark.parametrize("head", [b"<!---->" * 9000, b"<?" * 30_000, b"<!DOCTYPE [" * 6000, b"<" * HEAD_BYTES])
def test_no_first_bytes_take_long(head: bytes) -> None:
    assert find_format(head) is None


@pytest.mark.parametrize("format_", SAMPLES)
@pytest.mark.parametrize("name", ["x.txt", "x.xml", "x.html", "x.pdf", "x.dat", "x"])
def test_a_wrong_suffix_does_not_mislead(tmp_path: Path, format_: str, name: str) -> None:
    data = (DATA / f"reader_sample{SAMPLES[format_]}").read_bytes()
    (tmp_path / name).write_bytes(data)
    expected = [item.text for item in read_documents("-", stdin=io.BytesIO(data)) if isinstance(item, Document)]
    items = list(read_documents(tmp_path / name))
    assert [item.text for item in items if isinstance(item, Document)] == expected
    assert expected


@pytest.mark.parametrize(
    ("content", "told"), [("%PDF-1.4", "PDF"), (JATS, "JATS"), ("<!DOCTYPE html><p>AKT is active.", "HTML")]
)
@pytest.mark.parametrize("name", ["x.txt", "x.xml", "x.jsonl", "x", "-"])
def test_what_has_no_reader_is_named_whatever_its_suffix(tmp_path: Path, name: str, content: str, told: str) -> None:
    (tmp_path / name).write_text(content)
    paths = [name if name == "-" else tmp_path / name]
    [item] = read_documents(paths, stdin=io.BytesIO(content.encode()))
    if told.lower() in READERS:
        return
    assert isinstance(item, ReadFailure)
    assert f"does not read {told}" in item.reason


def test_a_format_that_is_named_wins_over_the_first_bytes() -> None:
    [document] = read_documents("-", formats=["text"], stdin=io.BytesIO(b"12|t|AKT is active."))
    assert isinstance(document, Document)
    assert document.text == "12|t|AKT is active."


@pytest.mark.parametrize("format_", SAMPLES)
def test_standard_input_of_a_named_format(format_: str) -> None:
    data = (DATA / f"reader_sample{SAMPLES[format_]}").read_bytes()
    items = list(read_documents("-", formats=[format_], stdin=io.BytesIO(data)))
    assert items
    assert all(isinstance(item, Document) and item.source == "-" for item in items)


def test_the_limit_of_a_document_can_be_raised_and_lowered(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"AKT is active." + b"\n" * 1_000_000)
    [item] = read_documents(path, max_megabytes=1)
    assert isinstance(item, ReadFailure)
    assert "over 1,000,000 bytes" in item.reason
    assert "--max-megabytes" in item.reason
    [item] = read_documents(path, max_megabytes=2)
    assert isinstance(item, Document)
    with pytest.raises(ReadError, match="lets nothing through"):
        read_documents(path, max_megabytes=0)


def test_standard_input_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigmine.readers.sources.MAX_COLLECTION_BYTES", 1_000_000)
    [item] = read_documents("-", stdin=io.BytesIO(b"y\n" * 600_000), max_megabytes=1)
    assert isinstance(item, ReadFailure)
    assert "the limit for standard input" in item.reason


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("AKT is active.")
    assert len(list(read_documents(tmp_path))) == 1


@pytest.mark.slow
def test_a_hundred_megabytes_of_lines_are_streamed(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    line = b'{"text": "%s"}\n' % (b"AKT phosphorylates TSC2 at Ser939. " * 2800)
    with path.open("wb") as stream:
        for _ in range(100_000_000 // len(line) + 1):
            stream.write(line)
    assert path.stat().st_size > 100_000_000
    tracemalloc.start()
    count = sum(isinstance(item, Document) for item in read_documents(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count > 1000
    assert peak < 5_000_000
