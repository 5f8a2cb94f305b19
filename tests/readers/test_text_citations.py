"""Citation markers and the numbers that only look like them."""

from __future__ import annotations

import pytest

from readers.sections import texts
from sigmine.model import Document
from sigmine.readers.text import parse_text


def read(text: str) -> Document:
    return parse_text(text, id="doc")


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


@pytest.mark.parametrize(
    ("text", "markers"),
    [
        ("AKT is active (1, 2).", ["(1, 2)"]),
        ("AKT is active [3-5]. PTEN acts [7].", ["[3-5]", "[7]"]),
        ("It is so (Smith et al., 2015; Jones and Lee 2016).", ["(Smith et al., 2015; Jones and Lee 2016)"]),
        ("It is so (Smith et al., 2015a,b; see also Lee, 2017).", ["(Smith et al., 2015a,b; see also Lee, 2017)"]),
        ("It is so (for review, see van der Berg et al. 2012).", ["(for review, see van der Berg et al. 2012)"]),
        ("Smith, Jones, and Lee (2015) saw it.", ["Smith, Jones, and Lee (2015)"]),
        ("Smith et al. [3] saw it.", ["[3]"]),
        ("As shown in ref. 3, AKT is active.", ["ref. 3"]),
        ("As shown in refs 3 and 4, AKT is active.", ["refs 3 and 4"]),
        ("It is so (reviewed in refs 3,4).", ["(reviewed in refs 3,4)"]),
        ("This is reviewed in 21,22.", ["reviewed in 21,22"]),
        ("It is described in references 3 to 5.", ["references 3 to 5"]),
    ],
)
def test_markers_that_stay_in_the_text(text: str, markers: list[str]) -> None:
    document = read(text)
    assert [citation.marker for citation in document.citations] == markers
    assert document.text == text


def test_superscripts_after_words_names_and_punctuation() -> None:
    document = read("AKT is active¹,². PTEN¹² acts on growth,³ and PDK1³⁻⁵ too.")
    assert document.text == "AKT is active. PTEN acts on growth, and PDK1 too."
    assert [citation.marker for citation in document.citations] == ["1,2", "12", "3", "3–5"]


@pytest.mark.parametrize(
    "text",
    [
        "The IC50 was 10.9 months in p53 cells at Ser 473 (PDB 1ABC) (n = 12), Fig. 3.",
        "A total of 5 (12%) of 40 mice (20) died in 2015 (April 2015).",
        "Discussed in 2015, it was found in 3 patients and reviewed in 12 mice.",
        "Ca²⁺ at 10⁻⁶ M and 5 cm² of 10⁶ cells, as in Eq. [2].",
        "The drug was approved (Table 2, 2018) at pH 7.4 (37 °C).",
    ],
)
def test_other_numbers_and_years_are_left_alone(text: str) -> None:
    document = read(text)
    assert document.text == text
    assert document.citations == ()


def test_a_raised_number_after_a_residue_is_lower_than_the_residue() -> None:
    text = "AKT is active.1 PTEN is not.2 AKT phosphorylates TSC2 at Ser939,3 and PDK1 acts. Sites are Thr3,5 and more."
    document = read(text)
    assert [citation.marker for citation in document.citations] == ["1", "2", "3"]
    assert "Ser939, and" in document.text
    assert "Thr3,5 and" in document.text


def test_single_numbers_in_parentheses_follow_the_style_of_the_text() -> None:
    text = "AKT binds A (1) and B (2). It acts (3). It acts (4). It is old (5). Two kinds: (1) fast and (2) slow ones."
    assert [citation.marker for citation in read(text).citations] == ["(1)", "(2)", "(3)", "(4)", "(5)"]


REFERENCES = """

References

1. Hsu H, Xiong J, Goeddel DV. The TNF receptor 1-associated protein TRADD signals cell death. Cell. 1995;81:495-504.
2. Hsu H, Huang J, Shu HB. TNF-dependent recruitment of the protein kinase RIP. Immunity. 1996;4:387-96.
3. Wang C, Deng L. TAK1 is a ubiquitin-dependent kinase of MKK and IKK. Nature. 2001;412:346-51.
4. Wang C, Sun SC, Lee KL, et al. Another work of the same year. Nature. 2001;412:351-2.
"""


def test_markers_find_their_entries() -> None:
    text = (
        "A binds B (Hsu et al., 1995; Hsu et al. 1996). B binds C (Wang and Deng, 2001). C binds D [1-3]. "
        "No one (Lee 2010)."
    )
    found = [[reference.number for reference in citation.references] for citation in read(text + REFERENCES).citations]
    assert found == [[1, 2], [3], [1, 2, 3], []]


def test_two_entries_that_fit_equally_well_resolve_to_none() -> None:
    references = REFERENCES.replace("Wang C, Deng L.", "Wang C, Deng L, Chen ZJ, et al.")
    citation = read("B binds C (Wang et al., 2001)." + references).citations[0]
    assert citation.references == ()


@pytest.mark.parametrize("opener", ["As ", "In ", "However, ", "Later ", ""])
def test_a_word_before_a_name_is_no_part_of_it(opener: str) -> None:
    works = (
        "Inoki K, Li Y. TSC2 is a substrate. Cell. 2002",
        "Wu B. More on it. Cell. 2003",
        "Roe C. Most. Cell. 2004",
    )
    entries = "\n\n".join(f"{work};1:1." for work in works)
    document = read(f"{opener}Inoki et al. (2002) showed that AKT acts.\n\nReferences\n\n{entries}\n")
    [citation] = document.citations
    assert citation.marker == "Inoki et al. (2002)"
    assert [reference.year for reference in citation.references] == [2002]
