"""JATS: what is kept, what leaves the sentences, citations, references, tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigmine.model import Document, Section
from sigmine.readers import Source
from sigmine.readers.jats import read_jats

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLE = DATA / "reader_sample.nxml"
REFERENCES = "".join(
    f'<ref id="B{n}"><label>{n}</label><mixed-citation>Work {n}.</mixed-citation></ref>' for n in range(1, 10)
)


def parse(text: str | bytes) -> Document:
    [document] = read_jats(Source("a.nxml", data=text.encode() if isinstance(text, str) else text))
    assert isinstance(document, Document)
    return document


def parse_body(body: str) -> Document:
    return parse(
        f"<article><body>{body}</body><back><ref-list>{REFERENCES}</ref-list></back></article>",
    )


def texts(document: Document, *kinds: str) -> list[str]:
    return [document.text[s.start : s.end] for s in document.sections if s.kind in kinds]


def cited(document: Document) -> list[tuple[str, list[int | None]]]:
    return [(c.marker, [reference.number for reference in c.references]) for c in document.citations]


def get_section(document: Document, text: str) -> Section:
    [section] = [s for s in document.sections if document.text[s.start : s.end] == text]
    return section


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


def table(*rows: str) -> Document:
    return parse_body(f"<table-wrap><label>Table 1</label><table>{''.join(rows)}</table></table-wrap>")


def test_table_of_kinases(sample: Document) -> None:
    rows = texts(sample, "table")
    assert rows[0] == "Kinase AKT1 Substrate: TSC2 at Site S939, T1462"
    assert "Kinase AKT1 Substrate: FOXO3 at Site T32" in rows
    assert "Kinase ULK1 Substrate: RAPTOR at Site Ser792" in rows
    assert "AKT1 Inhibits TSC2" in rows
    assert "mTORC1 Inhibitors: Rapamycin, everolimus" in rows
    assert "mTORC1 Phosphorylates S6K1" in rows
    section = get_section(sample, rows[0])
    assert (section.subject, section.title) == ("Kinase AKT1", "Table 1. Kinases and what they phosphorylate.")
    [citation] = [c for c in sample.citations if section.start <= c.start < section.end]
    assert [reference.number for reference in citation.references] == [1]
    assert "FOXO3 leaves the nucleus." in texts(sample, "legend")


def test_every_row_begins_with_its_head(sample: Document) -> None:
    for section in sample.sections:
        assert sample.text[section.start :].startswith(section.subject)


def test_a_substrate_of_another_enzyme_is_not_told_as_a_kinases() -> None:
    head = "<thead><tr><th>{}</th><th>Substrate</th><th>Site</th></tr></thead>"
    row = "<tr><td>PP2A</td><td>AKT1</td><td>T308</td></tr>"
    for enzyme in ("Phosphatase", "Kinase inhibitor", "Enzyme", "E3 ligase"):
        assert texts(table(head.format(enzyme), row), "table") == ["PP2A | Substrate: AKT1; Site: T308"]


def test_roles_in_another_order_and_by_other_names() -> None:
    document = table(
        "<thead><tr><th>Substrate</th><th>Residues</th><th>Upstream kinase(s)</th><th>Effect</th></tr></thead>",
        "<tr><td>TSC2</td><td>Ser939</td><td>AKT</td><td>Inhibits TSC2</td></tr>",
    )
    # The effect has no subject: it is not said whether the kinase or its substrate has it.
    assert texts(document, "table") == ["kinase AKT Substrate: TSC2 at Residues Ser939", "Inhibits TSC2"]
    document = table(
        "<thead><tr><th>Protein</th><th>Phosphorylation site</th><th>Kinase</th></tr></thead>",
        "<tr><td>FOXO3</td><td>T32</td><td>AKT1</td></tr><tr><td>TSC1</td><td>n.d.</td><td>CDK1</td></tr>",
    )
    assert texts(document, "table") == [
        "Kinase AKT1: Phosphorylation of FOXO3 at T32",
        "TSC1 Kinase: CDK1",
        "TSC1 | Phosphorylation site: n.d.",
    ]


def test_spans_and_a_head_left_blank() -> None:
    document = table(
        '<thead><tr><th rowspan="2">Drug</th><th colspan="2">Effect</th></tr>',
        "<tr><th>Early</th><th>Late</th></tr></thead>",
        "<tr><td>Torin 1</td><td>Inhibits mTORC1</td><td>Inhibits AKT</td></tr>",
        '<tr><td/><td colspan="2">Activates <xref ref-type="fn">a</xref>autophagy</td></tr>',
        '<tr><td rowspan="2">MK2206</td><td>Inhibits AKT1</td><td>1.5</td></tr>',
        "<tr><td>Inhibits AKT2</td><td>&#x2013;</td></tr>",
    )
    assert texts(document, "table") == [
        "Torin 1: Inhibits mTORC1",
        "Torin 1: Inhibits AKT",
        "Torin 1: Activates autophagy",
        "MK2206 Inhibits AKT1",
        "MK2206 | Effect Late: 1.5",
        "MK2206 Inhibits AKT2",
    ]
    assert texts(document, "heading") == ["Drug | Effect", "Early | Late"]
    assert get_section(document, "Torin 1: Inhibits AKT").title == "Effect Late"


def test_a_table_without_a_head_and_a_cell_of_paragraphs() -> None:
    document = table(
        "<tr><td>RAPTOR</td><td><p>Binds to mTOR</p><p>Recruits S6K1</p></td></tr>", "<tr><td>Alone</td></tr>"
    )
    assert texts(document, "table") == ["RAPTOR Binds to mTOR", "RAPTOR Recruits S6K1", "Alone"]


def test_absurd_spans_do_no_harm() -> None:
    wide = '<tr><td colspan="999999" rowspan="999999">A</td><td rowspan="-1" colspan="x">B</td></tr>'
    assert len(table(wide, wide, "<tr><td>C</td></tr>").text) < 1000


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
