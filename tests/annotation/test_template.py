from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from annotation.builders import make_text
from sigmine.annotation import template
from sigmine.annotation.template import SentenceRow, find_sentences
from sigmine.model import Document, Section
from sigmine.readers.text import parse_text

REVIEW = """Regulation of FOXO3 by AKT1

Abstract
AKT1 phosphorylates FOXO3 at Ser253. The 14-3-3 pro-
teins bind it, i.e. they keep it in the cytosol.

Introduction
PTEN counteracts AKT1.

References
1. Smith J. AKT1 phosphorylates FOXO3. J Made Up. 2001;1:2-3.
"""


def test_the_sentences_of_a_text_stand_in_order_with_their_characters() -> None:
    """The one test here that reads with the bundled model."""
    document = parse_text(REVIEW, id="review")
    rows = list(find_sentences([document], {"review": make_text(REVIEW)}))
    assert [(kind, words) for _, _, kind, words in rows] == [
        ("title", "Regulation of FOXO3 by AKT1"),
        ("abstract", "AKT1 phosphorylates FOXO3 at Ser253."),
        ("abstract", "The 14-3-3 proteins bind it, i.e. they keep it in the cytosol."),
        ("body", "PTEN counteracts AKT1."),
    ]
    assert {name for name, *_ in rows} == {"review"}
    assert [REVIEW[start:end] for _, (start, end), _, _ in rows[1:3]] == [
        "AKT1 phosphorylates FOXO3 at Ser253.",
        "The 14-3-3 pro-\nteins bind it, i.e. they keep it in the cytosol.",
    ]


@pytest.fixture
def by_points(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sentences end at each point, without a language model."""

    def read(nlp: object, documents: Iterable[Document]) -> Iterator[tuple[Document, Any]]:
        for document in documents:
            starts = [0, *(at + 1 for at, letter in enumerate(document.text) if letter == ".")]
            ends = [*starts[1:], len(document.text)]
            sentences = [
                SimpleNamespace(start_char=start, text=document.text[start:end])
                for start, end in zip(starts, ends, strict=True)
            ]
            yield document, SimpleNamespace(sents=sentences)

    monkeypatch.setattr(template, "load_pipeline", lambda: None)
    monkeypatch.setattr(template, "read_relations", read)


def find(text: str, *sections: Section) -> list[SentenceRow]:
    return list(find_sentences([Document("doc", text, sections)], {"doc": make_text(text)}))


@pytest.mark.usefixtures("by_points")
def test_white_space_around_a_sentence_is_no_part_of_it() -> None:
    text = "\n  EGF binds EGFR.  \n GRB2\n  binds SOS1. \n\n"
    assert find(text) == [
        ("doc", (3, 18), "body", "EGF binds EGFR."),
        ("doc", (22, 40), "body", "GRB2 binds SOS1."),
    ]


@pytest.mark.usefixtures("by_points")
def test_sections_that_are_not_read_are_left_out() -> None:
    text = "EGF binds EGFR. We thank our cats. GRB2 binds SOS1."
    sections = Section("legend", 0, 15), Section("back_matter", 16, 34), Section("body", 35, 51)
    assert [(kind, words) for _, _, kind, words in find(text, *sections)] == [
        ("legend", "EGF binds EGFR."),
        ("body", "GRB2 binds SOS1."),
    ]


@pytest.mark.usefixtures("by_points")
def test_the_cells_of_one_line_are_one_row() -> None:
    text = "ATM. CHEK2. TP53.\nATR. CHEK1.\n"
    rows = find(text, Section("table", 0, 17), Section("table", 18, 29))
    assert rows == [("doc", (0, 17), "table", "ATM. CHEK2. TP53."), ("doc", (18, 29), "table", "ATR. CHEK1.")]


@pytest.mark.usefixtures("by_points")
def test_the_head_that_a_reader_puts_before_a_cell_is_left_out() -> None:
    text = "ATM: CHEK2 and TP53."
    assert find(text, Section("table", 0, len(text), subject="ATM")) == [("doc", (5, 20), "table", "CHEK2 and TP53.")]


@pytest.mark.usefixtures("by_points")
def test_documents_are_kept_apart() -> None:
    texts = {name: make_text("CHEK2.", f"{name}.txt") for name in ("a", "b")}
    documents = [Document(name, "CHEK2.", (Section("table", 0, 6),)) for name in texts]
    assert [name for name, *_ in find_sentences(documents, texts)] == ["a", "b"]
