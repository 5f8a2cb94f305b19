"""Plain text as it comes out of PDF files and web pages; all sentences are our own and imitate one defect each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readers.sections import texts
from sigmine.errors import ReadError
from sigmine.model import READ_KINDS, SECTION_KINDS, Document
from sigmine.readers.text import parse_text


def read(text: str) -> Document:
    return parse_text(text, id="doc")


def body(text: str) -> list[str]:
    return texts(read(text), "body")


ARTICLE = """\
Control of cell growth by the kinase AKT

Jane A. Miller1, Bob C. Stone2 and Li Wei1,*
1Department of Biology, University of Somewhere, Town, Country
*Correspondence: jane.miller@example.org

Abstract
AKT is a kinase that PDK1 phosphorylates at Thr308. Cells need it to grow.

Keywords: AKT; PDK1; growth

1. Introduction
AKT is activated by growth factors [1,2]. PDK1 phosphorylates AKT at Thr308
(Smith et al., 2010) and the phosphatase PP2A removes the phosphate again.

Acknowledgements
We thank nobody in particular.

References
1. Smith J, Doe A. The kinase AKT in growth. J Synth Biol 2010;5:1-10. doi: 10.1000/jsb.2010.01
2. Brown B, Jones C. Phosphatases and their targets in yeast.
   Cell Syst 2012;7:33-40. PMID: 12345678
3. Wu X, et al. Drugs that hit AKT. Onco Lett 2015;1:1-2.
"""


# Simple text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AKT phosphorylates TSC2 at Ser939", ["AKT phosphorylates TSC2 at Ser939"]),
        ("MEK1 phosphorylates ERK2\nAKT inhibits FOXO1\n", ["MEK1 phosphorylates ERK2", "AKT inhibits FOXO1"]),
        ("\ufeffThe kinase AKT inhi-\r\nbits FOXO1.\r\n", ["The kinase AKT inhibits FOXO1."]),
        ("One is here.\n\nTwo is there.", ["One is here.", "Two is there."]),
        ("AKT\xa0is\ta  kinase.\f", ["AKT is a kinase."]),
        ("The speci\ufb01c kin\xadase is ac\xad\ntive.", ["The specific kinase is active."]),
        ("The fi\u200brst kinase.\x0b\x85", ["The first kinase."]),
    ],
)
def test_simple_text_comes_through(text: str, expected: list[str]) -> None:
    document = read(text)
    assert texts(document, "body") == expected
    assert document.text == "\n".join(expected)


def test_lines_broken_at_a_width_make_one_paragraph() -> None:
    text = (
        "AKT is a kinase that many growth factors switch on, and PDK1 and the\n"
        "complex mTORC2 phosphorylate it at two residues, of which one lies in\n"
        "the loop.\n\nPTEN opposes it.\n"
    )
    assert body(text) == [text.split("\n\n")[0].replace("\n", " "), "PTEN opposes it."]


def test_a_paragraph_a_line_as_copied_from_a_web_page() -> None:
    paragraph = "AKT is a kinase of the AGC family, and growth factors switch it on in many cells. " * 5
    text = f"{paragraph}\n\nFeedback\n\n{paragraph}\n"
    document = read(text)
    assert [(s.kind, s.title) for s in document.sections] == [("body", ""), ("heading", ""), ("body", "Feedback")]


def test_markdown_headings_and_tables() -> None:
    document = read(
        "# MEK and ERK\n\n## Activation\n\nMEK1 phosphorylates ERK2 at Thr185.\n\n"
        "| Kinase | Substrate |\n|---|---|\n| MEK1 | ERK2 |\n\n## Feedback\nERK2 inhibits SOS1.\n"
    )
    assert texts(document, "title", "heading") == ["MEK and ERK", "Activation", "Feedback"]
    assert texts(document, "body") == ["MEK1 phosphorylates ERK2 at Thr185.", "ERK2 inhibits SOS1."]
    assert [(s.subject, document.text[s.start : s.end][-4:]) for s in document.sections if s.subject] == [
        ("MEK1", "ERK2")
    ]
    assert ("title", "MEK and ERK") in document.metadata


def test_markdown_marks_within_lines_are_taken_away() -> None:
    text = (
        "# MEK and ERK\n\nThe kinase **MEK1** phosphorylates *ERK2* at Thr185.<sup>1,2</sup> See "
        "[this page](https://example.org/a_b), and [2](#ref-2) too.\n\n![A drawing](figure_1.png)\n\n"
        "_In vitro_, MEK1_p45 binds PIP<sub>3</sub>; P < 0.05 is *, P < 0.01 is **.\n"
    )
    document = read(text)
    assert texts(document, "body") == [
        "The kinase MEK1 phosphorylates ERK2 at Thr185. See this page, and [2] too.",
        "In vitro, MEK1_p45 binds PIP3; P < 0.05 is *, P < 0.01 is **.",
    ]
    assert [citation.marker for citation in document.citations] == ["1,2", "[2]"]
    start = document.text.index("ERK2 at")
    assert text[slice(*document.source_span(start, start + 4))] == "ERK2"


def test_stars_of_a_text_without_markdown_stay() -> None:
    text = "MEK1* and *ERK2 were found*, but PIP<sub>2</sub> was not."
    assert body(text) == ["MEK1* and *ERK2 were found*, but PIP2 was not."]


def test_a_list_gives_an_item_a_section_without_its_bullet() -> None:
    assert body("Two kinases act on TSC2:\n• AKT phosphorylates TSC2.\n• ERK2 inhibits TSC2.\nBoth matter.\n") == [
        "Two kinases act on TSC2:",
        "AKT phosphorylates TSC2.",
        "ERK2 inhibits TSC2.",
        "Both matter.",
    ]


@pytest.mark.parametrize("text", ["", " \n\t\r\n\f", "\ufeff", "\u200b\n\xad", "# \x08"])
def test_blank_text_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="nothing but white space"):
        read(text)


# The parts of an article


def test_parts_of_an_article() -> None:
    document = read(ARTICLE)
    assert texts(document, "title") == ["Control of cell growth by the kinase AKT"]
    assert texts(document, "abstract") == ["AKT is a kinase that PDK1 phosphorylates at Thr308. Cells need it to grow."]
    assert texts(document, "keywords") == ["Keywords: AKT; PDK1; growth"]
    assert texts(document, "heading") == ["Abstract", "1. Introduction", "Acknowledgements", "References"]
    assert len(texts(document, "body")) == 1
    assert any("Miller" in text for text in texts(document, "back_matter"))
    assert any("nobody" in text for text in texts(document, "back_matter"))
    assert [s.title for s in document.sections if s.kind == "body"] == ["1. Introduction"]


def test_what_is_not_read_stands_at_the_end() -> None:
    kinds = [section.kind in READ_KINDS or section.kind == "heading" for section in read(ARTICLE).sections]
    assert kinds == sorted(kinds, reverse=True)


def test_references_are_parsed_and_citations_resolved() -> None:
    document = read(ARTICLE)
    first, second, third = document.references
    assert (first.number, first.doi, first.title) == (1, "10.1000/jsb.2010.01", "The kinase AKT in growth")
    assert (second.pmid, second.title) == ("12345678", "Phosphatases and their targets in yeast")
    assert third.number == 3
    assert [(c.marker, [r.number for r in c.references]) for c in document.citations] == [
        ("[1,2]", [1, 2]),
        ("(Smith et al., 2010)", [1]),
    ]
    assert all(document.text[c.start : c.end] == c.marker for c in document.citations)


def test_references_with_every_part_on_its_own_line() -> None:
    entries = "".join(
        f"{number}.\n{name}\nAB\n,\nRoe\nC\n.\nWhat {name} found in the kinase {number}\n.\nJ Synth "
        f"Biol\n2011\n;\n{number}\n:\n10\n20\n.\n"
        for number, name in enumerate(("Poe", "Moe", "Noe", "Zoe"), start=1)
    )
    paragraph = "AKT is a kinase of the AGC family (1), and growth factors switch it on (2, 3). " * 6
    document = read(f"{paragraph}\n\n{entries}")
    assert [ref.number for ref in document.references] == [1, 2, 3, 4]
    assert document.references[1].title == "What Moe found in the kinase 2"
    assert document.references[1].text == "Moe AB, Roe C. What Moe found in the kinase 2. J Synth Biol 2011; 2: 10 20."
    assert [r.number for r in document.citations[1].references] == [2, 3]
    assert texts(document, "body") == [paragraph.strip()]


def test_a_numbered_list_without_years_is_no_reference_list() -> None:
    text = (
        "There are three steps.\n\n1. PDK1 binds AKT.\n\n2. PDK1 phosphorylates AKT.\n\n3. AKT leaves the membrane.\n"
    )
    assert len(body(text)) == 4
    assert read(text).references == ()


def test_the_word_references_at_a_line_end_does_not_end_the_article() -> None:
    assert (
        body("More on this is found in the\nreferences\n\nAKT phosphorylates TSC2.\n")[-1] == "AKT phosphorylates TSC2."
    )


def test_an_abstract_without_heading_needs_an_article_after_it() -> None:
    abstract = "AKT is a kinase with many roles in the cell. Here we review how it is switched on and off again. " * 3
    paragraph = "AKT is a kinase of the AGC family, and growth factors switch it on in many cells. " * 4
    document = read("\n\n".join([abstract, paragraph, paragraph, paragraph]))
    assert texts(document, "abstract") == [abstract.strip()]
    assert texts(read(abstract), "abstract") == []


def test_disclosures_are_back_matter_and_reports_of_results_are_not() -> None:
    text = (
        "The authors report that AKT inhibits FOXO1 in the cells that were studied.\n\n"
        "J.A. Miller reports grants from a foundation during the conduct of the study.\n\n"
        "The authors declare no conflict of interest.\n"
    )
    assert len(body(text)) == 1
    assert len(texts(read(text), "back_matter")) == 2


# Whatever comes in

PIECES = st.sampled_from(
    ["AKT", "Figure 1", "Table 2 Kinases", "phosphorylates", "TSC2.", "\n", "\n\n", " ", "-\n", "• ", "– ", "2", "3,4",
     "References\n", "Abstract: ", "1. ", "2. ", "2010", "\t", " | ", "[1]", "(1, 2)", ".1 The", ",5 and", "\f",
     "\xad\n", "\ufb01", "\u200b", "Notes: ", "PIP\n2\n) is", "# ", "¹²", "Smith J, Doe A.", "\r\n", "\u2028",
     "the kinase acts on its substrate and on others in the cell"]
)  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
)


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT)
def test_any_text_gives_a_sound_document_or_a_read_error(text: str) -> None:
    try:
        document = read(text)
    except ReadError:
        return
    end = -1
    for section in document.sections:
        assert section.start == end + 1
        assert section.start < section.end
        assert section.kind in SECTION_KINDS
        assert len(document.text[section.start : section.end].splitlines()) == 1
        end = section.end
    assert end == len(document.text)
    assert document.offsets is not None
    for offset, char in enumerate(document.text):
        place = document.offsets.find_position(offset)
        assert place is None or text[place] == char
    for citation in document.citations:
        assert 0 <= citation.start < citation.end <= len(document.text)
    assert read(text) == document
