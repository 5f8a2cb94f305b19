"""Tables of JATS: cells with the head of their row, rows and columns, spans."""

from __future__ import annotations

import pytest

from readers.jats_reading import SAMPLE, get_section, parse, parse_body
from readers.sections import texts
from sigmine.model import Document


@pytest.fixture(scope="module")
def sample() -> Document:
    return parse(SAMPLE.read_bytes())


def table(*rows: str) -> Document:
    return parse_body(f"<table-wrap><label>Table 1</label><table>{''.join(rows)}</table></table-wrap>")


def test_table_of_kinases(sample: Document) -> None:
    rows = texts(sample, "table")
    assert rows[0] == "AKT1 | Target Substrate: TSC2; Target Site: S939, T1462"
    assert "AKT1 | Target Substrate: FOXO3; Target Site: T32" in rows
    assert "AMPK, ULK1 | Target Substrate: RAPTOR; Target Site: Ser792" in rows
    assert "AKT1 Inhibits TSC2" in rows
    assert "mTORC1 | Inhibitors: Rapamycin, everolimus" in rows
    assert "mTORC1 Phosphorylates S6K1" in rows
    section = get_section(sample, rows[0])
    assert (section.subject, section.title) == ("AKT1", "Table 1. Kinases and what they phosphorylate.")
    assert [(cell.row, cell.column, cell.header, sample.text[cell.start : cell.end]) for cell in section.cells] == [
        (1, 0, "Kinase", "AKT1"),
        (1, 1, "Target Substrate", "TSC2"),
        (1, 2, "Target Site", "S939, T1462"),
    ]
    [citation] = [c for c in sample.citations if section.start <= c.start < section.end]
    assert [reference.number for reference in citation.references] == [1]
    assert "FOXO3 leaves the nucleus." in texts(sample, "legend")


def test_every_row_begins_with_its_head(sample: Document) -> None:
    for section in sample.sections:
        assert sample.text[section.start :].startswith(section.subject)


def test_an_effect_is_told_of_the_substrate_unless_it_names_it() -> None:
    document = table(
        "<thead><tr><th>Kinase</th><th>Substrate</th><th>Effect</th></tr></thead>",
        "<tr><td>AKT1</td><td>PRAS40</td><td>Binds to 14-3-3 proteins</td></tr>",
        "<tr><td>AKT1</td><td>TSC2</td><td>Inhibits TSC2</td></tr>",
    )
    effects = [s for s in document.sections if s.kind == "table" and s.title == "Effect"]
    assert [document.text[s.start : s.end] for s in effects] == [
        "PRAS40 Binds to 14-3-3 proteins",
        "AKT1 Inhibits TSC2",
    ]


def test_statements_of_a_cell_each_follow_the_head_of_the_row() -> None:
    document = table(
        "<thead><tr><th>Component</th><th>Function</th></tr></thead>",
        "<tr><td>RAPTOR</td><td>Binds mTOR. Phosphorylated at S792 by AMPK; recruits S6K1. AKT1 stays.</td></tr>",
        "<tr><td>RICTOR</td><td><list><list-item><p>Binds mSIN1</p></list-item></list>Binds mTOR<break/>Activates "
        "AKT1</td></tr>",
    )
    assert texts(document, "table") == [
        "RAPTOR Binds mTOR.",
        "RAPTOR Phosphorylated at S792 by AMPK",
        "RAPTOR recruits S6K1. AKT1 stays.",
        "RICTOR Binds mSIN1",
        "RICTOR Binds mTOR",
        "RICTOR Activates AKT1",
    ]


def test_a_heading_as_wide_as_the_table_is_nobodys_cell() -> None:
    document = table(
        "<thead><tr><th>Kinase</th><th>Substrate</th></tr></thead>",
        '<tr><td colspan="2">Kinases of the cytosol</td></tr><tr><td/><td>TSC2</td></tr>',
    )
    sections = [s for s in document.sections if s.kind == "table"]
    assert [document.text[s.start : s.end] for s in sections] == ["Kinases of the cytosol", "Substrate: TSC2"]
    assert [s.subject for s in sections] == ["", ""]
    assert sections[0].cells == ()


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
        "MK2206 | Effect Late: 1.5",
        "MK2206 Inhibits AKT1",
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
