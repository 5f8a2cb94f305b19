"""JATS: what is kept, what leaves the sentences, citations, references."""

from __future__ import annotations

import pytest

from readers.jats_reading import SAMPLE, cited, get_section, parse, parse_body
from readers.sections import texts
from sigmine.model import Document, Reference, Section
from sigmine.readers import Source
from sigmine.readers.jats import read_jats


@pytest.fixture(scope="module")
def sample() -> Document:
    return parse(SAMPLE.read_bytes())


def test_metadata(sample: Document) -> None:
    assert dict(sample.metadata) == {
        "title": "How AKT and AMPK speak to mTORC1: a short tour",
        "pmid": "900001",
        "pmcid": "PMC900002",
        "doi": "10.1234/made.up.1",
        "journal": "Journal of Made-up Reviews",
        "licence": "https://creativecommons.org/publicdomain/zero/1.0/",
    }


def test_parts_are_told_apart_and_carry_their_headings(sample: Document) -> None:
    assert texts(sample, "title") == ["How AKT and AMPK speak to mTORC1: a short tour"]
    assert texts(sample, "abstract") == ["AKT activates mTORC1.", "AMPK inhibits mTORC1 & saves energy."]
    assert texts(sample, "keywords") == ["mTORC1", "AMPK"]
    assert get_section(sample, "AKT activates mTORC1.").title == "Background"
    assert get_section(sample, "LKB1 phosphorylates AMPKα at Thr172.").title == "Energy"
    assert get_section(sample, "Rapamycin inhibits mTORC1.") == Section(
        "body", *_span(sample, "Rapamycin inhibits mTORC1."), "Box 1. Drugs"
    )
    assert "1. Inputs" in texts(sample, "heading")
    assert texts(sample, "legend")[:2] == ["Figure 1. The pathway.", "mTORC1 phosphorylates S6K1 at Thr389."]
    assert "A drawing" not in sample.text


def _span(document: Document, text: str) -> tuple[int, int]:
    start = document.text.index(text)
    return start, start + len(text)


def test_what_is_no_sentence_of_the_article_is_kept_but_not_read(sample: Document) -> None:
    aside = texts(sample, "back_matter")
    for words in ("PTEN inhibits AKT in this list.", "We thank PDK1, which activates AKT.", "Presented at a meeting."):
        assert words in aside
    assert len(texts(sample, "references")) == 3
    last = max(s.end for s in sample.sections if s.kind in ("body", "table", "legend", "heading"))
    assert all(s.start > last for s in sample.sections if s.kind in ("back_matter", "references", "keywords"))


def test_reference_list(sample: Document) -> None:
    first, second, third = sample.references
    assert (first.number, first.pmid, first.doi, first.pmcid) == (1, "900003", "10.1234/made.up.2", "PMC900004")
    assert (first.authors, first.journal, first.year) == (("Writer AB", "Reader C"), "J Made Up", 2001)
    assert first.title == "AKT and TSC2 in a made-up cell"
    assert second.authors == ("Reader C", "Writer AB")
    assert second.title == "GSK3β without WNT"
    assert second.text == "Reader C, Writer AB. GSK3β without WNT. J Made Up. 2002;2:3–4."
    assert (third.title, third.authors, third.pmid) == (None, (), "900005")


def test_a_book_has_a_title_and_no_journal_and_two_works_share_a_number() -> None:
    document = parse(
        '<article><body><p>Text <sup><xref ref-type="bibr" rid="R1">1</xref></sup>.</p></body><back><ref-list>'
        '<ref id="R1"><label>1.</label><element-citation><source>A Book</source></element-citation>'
        "<element-citation><article-title>B</article-title><collab>Group C</collab></element-citation></ref>"
        "</ref-list></back></article>"
    )
    assert [(r.number, r.title, r.journal) for r in document.references] == [(1, "A Book", None), (1, "B", None)]
    assert document.citations[0].references == document.references
    assert document.references[1].authors == ("Group C",)


X = '<xref ref-type="bibr" rid="B{0}">{0}</xref>'
X1, X2, X5 = X.format(1), X.format(2), X.format(5)


@pytest.mark.parametrize(
    ("markup", "text", "citations"),
    [
        (f"AKT acts.<sup>{X1}</sup> Then", "AKT acts. Then", [("1", [1])]),
        (f"AKT acts <sup>{X1},{X2}</sup>.", "AKT acts.", [("1,2", [1, 2])]),
        (f"AKT acts<sup>[{X1}–{X5}]</sup>.", "AKT acts.", [("1–5", [1, 2, 3, 4, 5])]),
        (f"AKT acts<sup>{X1}</sup><sup>,</sup><sup>{X2}</sup>.", "AKT acts.", [("1,2", [1, 2])]),
        (f"AKT acts{X1}, {X5}.", "AKT acts.", [("1, 5", [1, 5])]),
        (f"AKT acts {X1}-{X2} here", "AKT acts here", [("1-2", [1, 2])]),
        (f"AKT acts [{X1}, {X2}].", "AKT acts [1, 2].", [("[1, 2]", [1, 2])]),
        (f"AKT acts (<italic>{X1}</italic>).", "AKT acts (1).", [("(1)", [1])]),
        (f"AKT acts (see {X1}, Fig. 2).", "AKT acts (see 1, Fig. 2).", [("1", [1])]),
        (f"As in ref. {X1}, AKT acts.", "As in ref. 1, AKT acts.", [("1", [1])]),
        ('A <xref ref-type="bibr" rid="B1 B2"><sup>1, 2</sup></xref>.', "A.", [("1, 2", [1, 2])]),
        ('A<sup><xref ref-type="bibr" rid="B1">1-3</xref></sup>.', "A.", [("1-3", [1, 2, 3])]),
        (
            '(<xref ref-type="bibr" rid="B1">Ann, 2001</xref>; <xref ref-type="bibr" rid="B3">Bob, 2002</xref>)',
            "(Ann, 2001; Bob, 2002)",
            [("(Ann, 2001; Bob, 2002)", [1, 3])],
        ),
        (
            '<xref ref-type="bibr" rid="B1">Ann et al. (2001)</xref> say',
            "Ann et al. (2001) say",
            [("Ann et al. (2001)", [1])],
        ),
        ('A<sup><xref ref-type="bibr" rid="none">7</xref></sup>.', "A.", [("7", [])]),
        (f"Ca<sup>2+,{X5}</sup> and <sup>32</sup>P", "Ca2+ and 32P", [("5", [5])]),
        ('AKT<xref ref-type="fn" rid="f"><sup>*</sup></xref> acts', "AKT acts", []),
        ('as in <xref ref-type="fig" rid="f">Figure 1A</xref>', "as in Figure 1A", []),
        ("PIP<sub>3</sub> and pThr<sup>308</sup>", "PIP3 and pThr308", []),
    ],
)
def test_citations(markup: str, text: str, citations: list[tuple[str, list[int]]]) -> None:
    document = parse_body(f"<p>{markup}</p>")
    assert texts(document, "body") == [text]
    assert cited(document) == citations
    for citation in document.citations:
        inside = document.text[citation.start : citation.end]
        assert inside == citation.marker or len(inside) == 1


def test_a_raised_citation_stands_at_the_character_before_it() -> None:
    document = parse_body(f"<p>AKT acts.<sup>{X1}</sup> TSC2 rests <sup>{X2}</sup>.</p>")
    assert [document.text[: c.end] for c in document.citations] == ["AKT acts.", "AKT acts. TSC2 rests"]


def test_floats_do_not_break_the_sentence_and_lists_do() -> None:
    document = parse_body(
        "<p>AKT <fig><label>Fig. 2</label><caption><p>A legend.</p></caption></fig>acts.<fn><p>A note.</p></fn></p>"
        "<p>First:<list><list-item><p>one</p></list-item><list-item><label>b</label>"
        "<p>two</p></list-item></list>last</p>"
    )
    assert texts(document, "body") == ["AKT acts.", "First:", "one", "two", "last"]
    assert texts(document, "legend") == ["Fig. 2. A legend."]
    assert texts(document, "back_matter") == ["A note."]


def test_formulas() -> None:
    document = parse_body(
        "<p>With <inline-formula><alternatives><tex-math>\\alpha</tex-math>"
        "<math><semantics><mrow><mi>α</mi> <mo>&#x2062;"
        "</mo><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow>"
        "<annotation>alpha</annotation></semantics></math></alternatives>"
        "</inline-formula> so</p>"
    )
    assert texts(document, "body") == ["With αa/b so"]


def test_letters_and_translations_are_not_read() -> None:
    document = parse(
        "<article><body><p>AKT acts.</p></body><sub-article>"
        "<front-stub><title-group><article-title>Letter</article-title>"
        "</title-group></front-stub><body><sec>"
        "<title>Results</title><p>TSC2 rests.</p></sec></body></sub-article></article>"
    )
    assert texts(document, "body", "title", "heading", "abstract") == ["AKT acts."]
    assert set(texts(document, "back_matter")) == {"Letter", "Results", "TSC2 rests."}


# Tables


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("some 10<sup>6</sup> cells", "some 10^6 cells"),
        ("of 2.5 × 10<sup>−7</sup> M", "of 2.5 × 10^−7 M"),
        ("of 5x10<sup>6 </sup>cells", "of 5x10^6 cells"),
        ("10<sup>3</sup>–10<sup>5</sup>", "10^3–10^5"),
        ("<sup>32</sup>P and [γ-<sup>32</sup>P]ATP", "32P and [γ-32P]ATP"),
        ("Ca<sup>2+</sup> and CO<sub>2</sub>", "Ca2+ and CO2"),
        ("p53<sup>−/−</sup> and CD8<sup>+</sup> cells", "p53−/− and CD8+ cells"),
        ("T<sub>reg</sub> cells, 4 cm<sup>2</sup>", "Treg cells, 4 cm2"),
        ("the 10<sup>th</sup> day", "the 10th day"),
    ],
)
def test_raised_and_lowered_characters_stay_what_they_mean(markup: str, text: str) -> None:
    document = parse_body(f"<p>AKT in {markup}, as known <xref ref-type='bibr' rid='B2'>2</xref>.</p>")
    assert texts(document, "body") == [f"AKT in {text}, as known."]
    assert cited(document) == [("2", [2])]


def test_a_power_leads_to_the_file() -> None:
    cited = "<sup><xref ref-type='bibr' rid='B1'>1</xref></sup>"
    content = f"<article><body><p>AKT in 10<sup>6</sup> cells{cited}.</p></body></article>"
    document = parse(content)
    for word in ("10", "6", "cells", "."):
        start = document.text.index(word)
        low, high = document.source_span(start, start + len(word))
        assert content[low:high] == word
    assert document.text[: document.citations[0].end].endswith("cells")


def test_a_linked_number_after_a_number_is_no_power() -> None:
    document = parse_body("<p>AKT was cloned in 1991<sup><xref ref-type='bibr' rid='B1'>1</xref></sup>.</p>")
    assert texts(document, "body") == ["AKT was cloned in 1991."]
    assert cited(document) == [("1", [1])]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[<xref ref-type='bibr' rid='B3'>3</xref>, <xref ref-type='bibr' rid='B99'>99</xref>]", ("[3, 99]", [3, 99])),
        (
            "<sup><xref ref-type='bibr' rid='B3'>3</xref>,<xref ref-type='bibr' rid='B99'>99</xref></sup>",
            ("3,99", [3, 99]),
        ),
        ("[<xref ref-type='bibr' rid='B99'>99</xref>]", ("[99]", [])),
        ("[<xref ref-type='bibr' rid='B3 B99'>3, 99</xref>]", ("[3, 99]", [3, 99])),
        (
            "(<xref ref-type='bibr' rid='B3'>Ng, 2001</xref>; <xref ref-type='bibr' rid='B99'>Wu, 2005</xref>)",
            ("(Ng, 2001; Wu, 2005)", [3]),
        ),
    ],
)
def test_a_number_without_an_entry_is_kept(body: str, expected: tuple[str, list[int | None]]) -> None:
    document = parse_body(f"<p>AKT acts {body}.</p>")
    assert cited(document) == [expected]
    assert [one for c in document.citations for one in c.references if one.number == 99] in ([], [Reference(number=99)])


@pytest.mark.parametrize(
    ("markup", "text", "citations"),
    [
        ("acts<sup><xref ref-type='ref' rid='B1'>1</xref></sup>.", "acts.", [("1", [1])]),
        ("acts [<xref rid='B1'>1</xref>].", "acts [1].", [("[1]", [1])]),
        ("acts (<xref rid='F1'>Fig. 1</xref>).", "acts (Fig. 1).", []),
        ("acts (<xref ref-type='ref' rid='none'>5</xref>).", "acts (5).", []),
        (
            "acts [<xref ref-type='bibr' rid='B1'>1</xref>]–[<xref ref-type='bibr' rid='B3'>3</xref>].",
            "acts [1]–[3].",
            [("[1]–[3]", [1, 2, 3])],
        ),
        ("acts.<sup><xref ref-type='bibr' rid='B4'>4</xref></sup>PTEN binds.", "acts. PTEN binds.", [("4", [4])]),
        ("acts in vivo<sup><xref ref-type='bibr' rid='B4'>4</xref></sup>-like.", "acts in vivo-like.", [("4", [4])]),
    ],
)
def test_how_publishers_link_to_the_list(markup: str, text: str, citations: list[tuple[str, list[int]]]) -> None:
    document = parse_body(f"<p>AKT {markup}</p>")
    assert texts(document, "body") == [f"AKT {text}"]
    assert cited(document) == citations


def test_a_space_put_after_a_raised_marker_is_not_the_files() -> None:
    sentence = "PTEN opposes <sup><xref ref-type='bibr' rid='B2'>2</xref></sup>AKT."
    body = f"<p>AKT acts.<sup><xref ref-type='bibr' rid='B4'>4</xref></sup>{sentence}</p>"
    document = parse_body(body)
    assert document.text.startswith("AKT acts. PTEN opposes AKT.")
    content = f"<article><body>{body}</body>"
    start = document.text.index("PTEN")
    low, high = document.source_span(start, start + 4)
    assert content[low:high] == "PTEN"
    assert document.offsets is not None
    assert document.offsets.find_position(start - 1) is None
    assert [document.text[c.start : c.end] for c in document.citations] == [".", " "]


def test_the_fields_of_a_printed_reference_do_not_run_together() -> None:
    work = (
        "<mixed-citation><person-group><name><surname>Ng</surname><given-names>AB</given-names></name>, <name>"
        "<surname>Wu</surname><given-names>C</given-names></name></person-group> (<year>2011</year>) "
        "<article-title>Of AKT</article-title>?<source><italic>Cell</italic></source><volume>19</volume>: "
        "<fpage>1</fpage>–<lpage>7</lpage><pub-id pub-id-type='pmid'>21</pub-id></mixed-citation>"
    )
    document = parse(f"<article><body><p>AKT.</p></body><back><ref-list><ref>{work}</ref></ref-list></back></article>")
    assert texts(document, "references") == ["Ng AB, Wu C (2011) Of AKT?Cell 19: 1–7 21"]
    assert document.references[0].authors == ("Ng AB", "Wu C")


def test_the_mark_of_a_note_is_no_part_of_its_words() -> None:
    notes = "<fn><p><sup>b</sup>PTEN opposes AKT.</p></fn><fn><label>*</label><p>Not tested.</p></fn>"
    rows = "<table><tr><td>AKT<sup>b</sup></td></tr></table>"
    table = f"<table-wrap>{rows}<table-wrap-foot>{notes}</table-wrap-foot></table-wrap>"
    assert texts(parse_body(f"<p>AKT.</p>{table}"), "legend") == ["PTEN opposes AKT.", "Not tested."]


def test_the_address_of_a_figure_is_no_legend() -> None:
    address = "<p><bold>DOI:</bold> <ext-link>http://dx.doi.org/10.5555/1.003</ext-link></p>"
    document = parse_body(f"<fig><caption><title>How AKT acts.</title><p>AKT.</p>{address}</caption></fig><p>So.</p>")
    assert texts(document, "legend") == ["How AKT acts.", "AKT."]
    assert texts(document, "back_matter") == ["DOI: http://dx.doi.org/10.5555/1.003"]


@pytest.mark.parametrize("label", ["Figure 1", "Figure 1. "])
def test_a_label_with_white_space_keeps_its_places(label: str) -> None:
    figure = f"<fig><label>{label}</label><caption><p>AKT.</p></caption></fig>"
    page = f"<article><body><p>AKT is active.</p>{figure}</body></article>"
    [document] = read_jats(Source("x", data=page.encode()))
    assert isinstance(document, Document)
    assert document.offsets is not None
    at = document.text.index("Figure 1")
    assert document.text[at:] == "Figure 1. AKT."
    places = [document.offsets.find_position(place) for place in range(at, len(document.text))]
    assert all(place is None or page[place] == char for place, char in zip(places, document.text[at:], strict=True))
    assert places[-4:] == list(range(page.rindex("AKT."), page.rindex("AKT.") + 4))
