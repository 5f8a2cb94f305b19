"""Citation markers and the numbers that only look like them."""

from __future__ import annotations

import pytest

from sigmine.model import Document
from sigmine.readers.text import parse_text


def read(text: str) -> Document:
    return parse_text(text, id="doc")


def texts(document: Document, *kinds: str) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sections if s.kind in kinds]


def body(text: str) -> list[str]:
    return texts(read(text), "body")


RAISED = (
    "AKT acts on growth.1 PDK1 phosphorylates AKT, respectively.2–4 The sites are Ser473 and Thr1462.5 "
    "Survival rose to 10.9 months.6 AKT, PI3K,7 and mTORC2.8,9 It is 2.5 units at pH 7.4 and binds 14-3-3.10 "
    "This was 50%–60%.11 See Fig.3 for p53 and STAT3. It stays at Thr308,473 for 1.5 h. The type 2.12 These "
    "end (mTOR)13 now.14"
)


def test_raised_numbers_leave_the_text() -> None:
    document = read(RAISED)
    assert document.text == (
        "AKT acts on growth. PDK1 phosphorylates AKT, respectively. The sites are Ser473 and Thr1462. "
        "Survival rose to 10.9 months. AKT, PI3K, and mTORC2. It is 2.5 units at pH 7.4 and binds 14-3-3. "
        "This was 50%–60%. See Fig.3 for p53 and STAT3. It stays at Thr308,473 for 1.5 h. The type 2. These "
        "end (mTOR) now."
    )
    markers = ["1", "2–4", "5", "6", "7", "8,9", "10", "11", "12", "13", "14"]
    assert [citation.marker for citation in document.citations] == markers
    held = [document.text[citation.start : citation.end] for citation in document.citations]
    assert held == [".", ".", ".", ".", ",", ".", ".", ".", ".", ")", "."]


def test_the_way_back_leads_around_a_raised_number() -> None:
    document = read("AKT is active.1 PTEN opposes it.2")
    start = document.text.index("PTEN")
    assert document.source_span(start, start + 4) == (16, 20)
    assert document.source_span(13, start + 4) == (13, 20)


def test_numbers_glued_to_words_where_a_text_cites_so() -> None:
    text = (
        "Signals of MEK1 have been studied for decades1,2. It binds scaffolds3, although KSR2 may act as a "
        "kinase4–6. In yeast7 and in "
        "flies8 it is conserved. The protein beclin1 is a name, as is caspase3. It was shown elsewhere9,10."
    )
    document = read(text)
    assert "decades. It binds scaffolds, although KSR2 may act as a kinase. In yeast and in flies it" in document.text
    assert "beclin1 is a name, as is caspase3." in document.text


@pytest.mark.parametrize(
    "text",
    [
        "The protein beclin1 binds caspase3.",
        "AKT1.5 is no gene.",
        "It rose from 1.9 to 4.5 The",
        "Version v1.2 The end.",
        "a ratio of 3:1 was seen.",
    ],
)
def test_numbers_that_are_no_citations_stay(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert document.citations == ()


def test_numbers_in_brackets_stay_and_are_citations() -> None:
    document = read(
        "AKT is active [1, 2]. PTEN opposes it (3, 4). It is old (5). There are two: (1) fast ones and (2) slow ones."
    )
    assert [citation.marker for citation in document.citations] == ["[1, 2]", "(3, 4)", "(5)"]
    assert all(document.text[c.start : c.end] == c.marker for c in document.citations)


def test_a_reference_beside_a_figure() -> None:
    assert [
        c.marker for c in read("It is common in tumors (Fig. 1; ref. 3). Years such as (2012) are none.").citations
    ] == ["ref. 3"]


def test_numbered_sections_that_cite_years_are_no_reference_list() -> None:
    paragraph = "RAF phosphorylates MEK1 (Alessi et al., 1994), and MEK1 phosphorylates ERK2 in turn. " * 9
    text = "\n\n".join(f"{n}. Part {name}\n{paragraph}" for n, name in enumerate(("one", "two", "three", "four"), 1))
    document = read(text)
    assert not document.references
    assert {section.kind for section in document.sections} <= {"title", "heading", "body"}
