"""PubTator: titles, abstracts, entities, and files that do not fit."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents

DATA = Path(__file__).resolve().parents[1] / "data"


def read(path: Path) -> list[Document]:
    items = list(read_documents(path))
    assert all(isinstance(item, Document) for item in items), items
    return [item for item in items if isinstance(item, Document)]


def fail(path: Path, content: str) -> str:
    path.write_text(content, encoding="utf-8")
    [failure] = read_documents(path)
    assert isinstance(failure, ReadFailure)
    return failure.reason


def test_pubtator() -> None:
    first, second = read(DATA / "reader_sample.pubtator")
    source = (DATA / "reader_sample.pubtator").read_text()
    assert (first.id, first.text) == ("101", "The kinase PDK1\nPDK1 phosphorylates AKT1.")
    assert first.metadata == (("pmid", "101"), ("title", "The kinase PDK1"))
    assert [section.kind for section in first.sections] == ["title", "abstract"]
    assert [(mention.text, mention.type) for mention in first.mentions] == [("The", "SPECIES"), ("AKT1", "PROTEIN")]
    start, end = first.source_span(36, 40)
    assert source[start:end] == "AKT1"
    assert [section.kind for section in second.sections] == ["title"]
    start, end = second.source_span(0, 4)
    assert source[start:end] == "PTEN"


def test_a_document_with_a_blank_id_is_named_after_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "a.pubtator").write_text("\n |a|AKT acts.\n")
    [document] = read_documents(tmp_path / "a.pubtator", formats=["pubtator"])
    assert isinstance(document, Document), document
    assert document.id == "a-2"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("\n\n", "no document in it"),
        ("AKT inhibits FOXO1.\n", "line 1: neither title, abstract, entity nor relation"),
        ("1|t|AKT\n1\t0\t9\tAKT\tGene\t2\n", "offsets 0:9 are no span"),
        ("1|t|AKT acts\n1\t0\t3\tPTEN\tGene\t2\n", "the text has 'AKT' at 0:3"),
        ("1\t0\t3\tAKT\tGene\t2\n", "without title and abstract"),
        (f"1|t|AKT\n1\t0\t{'9' * 5000}\tAKT\tGene\t2\n", "line 2"),
    ],
)
def test_pubtator_that_does_not_fit_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    assert reason in fail(tmp_path / "a.pubtator", content)
