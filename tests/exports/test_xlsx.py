"""The workbook, as a library reads it that had no part in writing it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from sigmine.exports import xlsx
from sigmine.exports.tsv import COLUMNS
from sigmine.exports.xlsx import find_address, write_xlsx
from sigmine.model import Agent, Statement
from store.builders import ALL, FORMULA, HEDGED, NO_SUBJECT, PLAIN, make_statements

RUN = {"program": "sigmine", "version": "0.1.0", "run": "0123456789abcdef", "options": {"entities": "both"}}


def write(*statements: Statement) -> bytes:
    file = io.BytesIO()
    write_xlsx(statements, file, [RUN])
    return file.getvalue()


def read(*statements: Statement) -> Any:
    return openpyxl.load_workbook(io.BytesIO(write(*statements)))


def list_rows(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_statements_evidence_and_molecules_have_a_row_each() -> None:
    book = read(*make_statements())
    assert book.sheetnames == ["statements", "evidence", "molecules", "about"]
    statements = list_rows(book["statements"])
    assert tuple(statements[0]) == COLUMNS
    assert [row["statement_id"] for row in statements] == [one.id for one in make_statements()]
    evidence = list_rows(book["evidence"])
    assert {row["sentence"] for row in evidence} == {" ".join(one.sentence.split()) for one in ALL}
    assert {row["statement_id"] for row in evidence} == {row["statement_id"] for row in statements}
    molecules = {row["name"]: row for row in list_rows(book["molecules"])}
    assert (molecules["AKT1"]["id"], molecules["AKT1"]["as_subject"], molecules["AKT1"]["as_object"]) == (
        "hgnc:391",
        1,
        0,
    )
    assert molecules["RHEB"]["as_subject"] == 2


def test_numbers_are_numbers_and_what_is_not_there_is_empty() -> None:
    book = read(*make_statements(PLAIN, HEDGED, NO_SUBJECT))
    both, alone = list_rows(book["statements"])[::-1]
    assert (both["evidence"], both["hedged"], both["sentences_stated"]) == (2, 1, 1)
    assert both["belief"] == pytest.approx(make_statements(PLAIN, HEDGED)[0].belief)
    assert (both["direct"], both["documents"]) == ("yes", "alpha; beta")
    assert (alone["subject"], alone["citations"], alone["written_site"]) == (None, None, None)
    first = list_rows(book["evidence"])[-2]
    assert (first["object_text"], first["site_text"], first["start"], first["page"]) == ("TSC2", "S939", 0, None)


def test_no_text_is_a_formula_and_no_text_is_a_link_by_itself() -> None:
    web = replace(FORMULA, document="https://example.org/?a=1")
    book = read(*make_statements(FORMULA, web))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    (row,) = list_rows(book["statements"])
    assert (row["subject"], row["sentence"]) == ("=HYPERLINK(1)", "=HYPERLINK(1) activates RHEB.")
    assert not [cell for row in book["evidence"].iter_rows() for cell in row if cell.hyperlink]
    names = zipfile.ZipFile(io.BytesIO(write(*make_statements(FORMULA)))).namelist()
    assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]


def find_links(sheet: Any) -> dict[str, str]:
    return {cell.value: cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}


def test_identities_and_papers_are_links() -> None:
    book = read(*make_statements())
    links = find_links(book["statements"])
    assert links["hgnc:391"] == "https://bioregistry.io/hgnc:391"
    assert links["pubmed:12345; doi:10.1000/x<1>y"] == "https://pubmed.ncbi.nlm.nih.gov/12345"
    assert find_links(book["molecules"])["fplx:AKT"] == "https://bioregistry.io/fplx:AKT"


@pytest.mark.parametrize(
    ("look", "text", "address"),
    [
        ("works", "[7]; doi:10.1000/x<1>y", "https://doi.org/10.1000/x%3C1%3Ey"),
        ("works", "[7]", None),
        ("works", "doi:" + "x" * 3000, None),
        ("identifier", "javascript:alert(1)", None),
        ("identifier", "hgnc:1 2", None),
        ("identifier", "", None),
        ("text", "hgnc:391", None),
    ],
)
def test_where_a_cell_leads(look: Any, text: str, address: str | None) -> None:
    assert find_address(look, text) == address


def test_heads_stay_in_sight_and_filter_and_belief_has_a_colour() -> None:
    book = read(*make_statements())
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    (scale,) = book["statements"].conditional_formatting
    column = openpyxl.utils.get_column_letter(COLUMNS.index("belief") + 1)
    assert str(scale.sqref) == f"{column}2:{column}{len(make_statements()) + 1}"
    assert (
        book["statements"].column_dimensions[openpyxl.utils.get_column_letter(COLUMNS.index("sentence") + 1)].width > 60
    )


def test_it_tells_what_it_is() -> None:
    about = {row["about"]: row["what"] for row in list_rows(read(*make_statements())["about"])}
    assert about["statements"] == len(make_statements())
    assert about["lines of evidence"] == sum(len(one.evidence) for one in make_statements())
    assert about["denied by all evidence"] == 1
    assert about["of phosphorylates"] == 3
    assert about["left out"] == xlsx.LOST
    assert about["run"] == '0123456789abcdef of sigmine 0.1.0; options: {"entities": "both"}'
    assert {f"statements: {name}" for name in COLUMNS} < about.keys()


def test_nothing_gives_empty_sheets() -> None:
    book = read()
    assert [len(list_rows(book[name])) for name in ("statements", "evidence", "molecules")] == [0, 0, 0]


def test_long_texts_and_many_rows_are_cut_to_what_programs_open(monkeypatch: pytest.MonkeyPatch) -> None:
    long = replace(PLAIN, sentence="AKT1 phosphorylates TSC2. " * 2000)
    (row,) = list_rows(read(*make_statements(long))["evidence"])
    assert len(row["sentence"]) == 32_767
    assert row["sentence"].endswith(" …")
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    monkeypatch.setattr(xlsx, "MAX_LINKS", 2)
    book = read(*make_statements())
    count = len(make_statements())
    pages = [name for name in book.sheetnames if name.startswith("statements")]
    assert pages == ["statements", *(f"statements {number}" for number in range(2, -(-count // 3) + 1))]
    ids = [row["statement_id"] for name in pages for row in list_rows(book[name])]
    assert ids == [one.id for one in make_statements()]
    assert all(len([cell for row in book[name].iter_rows() for cell in row if cell.hyperlink]) <= 2 for name in pages)


def test_odd_characters_leave_a_file_that_opens() -> None:
    odd = replace(make_statements(PLAIN)[0], subject=Agent("a\x00b\x0cc\ufffe", "PROTEIN"))
    assert list_rows(read(odd)["statements"])[0]["subject"] == "ab c"
