"""What can be read only once: how much of it is read, and when."""

from __future__ import annotations

import io
import os
import threading
from itertools import islice
from pathlib import Path

import pytest

from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents

ROW = b'{"text": "AKT phosphorylates TSC2."}\n'
RECORD = b"%d|t|The kinase PDK1\n%d|a|PDK1 phosphorylates AKT1.\n\n"


class Endless(io.RawIOBase):
    """The same bytes again and again; ``count`` is how many were read."""

    def __init__(self, unit: bytes) -> None:
        super().__init__()
        self.unit, self.count = unit, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = (self.unit * (len(buffer) // len(self.unit) + 2))[self.count % len(self.unit) :][: len(buffer)]
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


@pytest.mark.parametrize("formats", [None, ["jsonl"]])
def test_json_lines_are_read_as_they_come(formats: list[str] | None) -> None:
    stream = Endless(ROW)
    items = read_documents("-", formats=formats, stdin=io.BufferedReader(stream))
    texts = [item.text for item in islice(items, 3) if isinstance(item, Document)]
    assert texts == ["AKT phosphorylates TSC2."] * 3
    assert stream.count <= 1 << 16


def test_pubtator_is_read_as_it_comes() -> None:
    stream = Endless(RECORD % (1, 1))
    items = list(islice(read_documents("-", stdin=io.BufferedReader(stream)), 3))
    assert all(isinstance(item, Document) for item in items)
    assert stream.count <= 1 << 16


def test_a_line_of_a_pipe_is_given_before_the_next_one_is_written() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as sink:
        items = read_documents("-", stdin=stream)
        timer = threading.Timer(30, sink.close)  # Else a failure would wait for ever.
        timer.start()
        for _ in range(2):
            sink.write(ROW)
            assert isinstance(next(items), Document)
        timer.cancel()


@pytest.mark.parametrize(
    ("unit", "formats"),
    [(b"AKT is active.\n", None), (b"<p>AKT is active.</p>\n", ["html"]), (ROW, ["text"])],
)
def test_one_document_without_end_is_refused_at_its_limit(unit: bytes, formats: list[str] | None) -> None:
    stream = Endless(unit)
    [item] = read_documents("-", formats=formats, stdin=io.BufferedReader(stream), max_megabytes=1)
    assert isinstance(item, ReadFailure)
    assert "over 1,000,000 bytes" in item.reason
    assert stream.count < 1_200_000


def test_a_collection_may_be_larger_than_a_document() -> None:
    passage = "<passage><offset>0</offset><text>AKT phosphorylates TSC2.</text></passage>"
    documents = "".join(f"<document><id>{place}</id>{passage}</document>" for place in range(12_000))
    data = f"<?xml version='1.0'?><collection>{documents}</collection>".encode()
    assert len(data) > 1_000_000
    items = list(read_documents("-", stdin=io.BytesIO(data), max_megabytes=1))
    assert len(items) == 12_000


def test_a_stream_stays_open_and_its_documents_have_no_hash() -> None:
    stream = io.BytesIO(ROW)
    [document] = read_documents("-", stdin=stream)
    assert isinstance(document, Document)
    assert (document.source, document.sha256) == ("-", "")
    assert not stream.closed


def test_two_pipes_are_two_inputs(tmp_path: Path) -> None:
    paths = [tmp_path / "one", tmp_path / "two"]
    for path, text in zip(paths, ("AKT inhibits FOXO1.", "PTEN opposes PI3K."), strict=True):
        os.mkfifo(path)
        threading.Thread(target=path.write_text, args=(text,), daemon=True).start()
    items = list(read_documents(paths))
    assert [item.text for item in items if isinstance(item, Document)] == ["AKT inhibits FOXO1.", "PTEN opposes PI3K."]


def test_the_limit_of_a_document_holds_for_each_article_of_a_set(tmp_path: Path) -> None:
    def write(size: int) -> str:
        return f"<article><body><p>AKT phosphorylates TSC2.</p>{'<p>α is a letter.</p>' * size}</body></article>"

    path = tmp_path / "set.xml"
    path.write_text(f"<pmc-articleset>{write(1)}{write(60_000)}</pmc-articleset>", encoding="utf-8")
    first, second = read_documents(path, max_megabytes=1)
    assert isinstance(first, Document)
    assert isinstance(second, ReadFailure)
    assert "<article> has over 1,000,000 bytes" in second.reason
    assert all(isinstance(item, Document) for item in read_documents(path, max_megabytes=2))
