from __future__ import annotations

import csv
import io

from sigmine.exports.tsv import COLUMNS, write_tsv
from sigmine.model import Statement
from store.builders import (
    DENIED,
    FORMULA,
    HEDGED,
    INDIRECT,
    NO_SUBJECT,
    PLAIN,
    UNGROUNDED,
    make_entity,
    make_evidence,
    make_statements,
)


def read(*statements: Statement) -> list[dict[str, str]]:
    file = io.BytesIO()
    write_tsv(statements, file)
    return list(csv.DictReader(io.StringIO(file.getvalue().decode()), delimiter="\t", strict=True))


def test_a_row_tells_what_was_read() -> None:
    (row,) = read(*make_statements(HEDGED, PLAIN))
    assert row == {
        "subject": "AKT1",
        "relation": "phosphorylates",
        "object": "TSC2",
        "site": "S939",
        "written_site": "",
        "site_status": "unchecked",
        "belief": f"{make_statements(HEDGED, PLAIN)[0].belief:.4f}",
        "direct": "yes",
        "denied": "no",
        "evidence": "2",
        "negated": "0",
        "hedged": "1",
        "claims": "asserted 1; hypothesised 1",
        "documents": "alpha; beta",
        "subject_id": "hgnc:391",
        "object_id": "hgnc:12363",
        "statement_id": make_statements(PLAIN)[0].id,
        "sentence": "In our hands AKT1 phosphorylates TSC2 at S939 [7].",
        "citations": "pubmed:12345; doi:10.1000/x<1>y",
        "sentences_stated": "1", "documents_stated": "1", "papers_stated": "2",
        "sentences_hedged": "1", "documents_hedged": "1", "papers_hedged": "0",
        "sentences_against": "0", "documents_against": "0", "papers_against": "0",
    }  # fmt: skip


def test_rows_are_in_the_order_of_statements() -> None:
    rows = read(*reversed(make_statements()))
    assert [row["statement_id"] for row in rows] == [statement.id for statement in make_statements()]


def test_what_is_not_there_is_empty() -> None:
    (row,) = read(*make_statements(NO_SUBJECT))
    assert (row["subject"], row["subject_id"], row["citations"]) == ("", "", "")
    (row,) = read(*make_statements(UNGROUNDED))
    assert (row["site"], row["object_id"]) == ("", "")


def test_denied_and_indirect_statements_are_marked() -> None:
    denied, indirect = read(*make_statements(DENIED, INDIRECT))
    assert (denied["denied"], denied["negated"], denied["evidence"]) == ("yes", "1", "1")
    assert indirect["direct"] == "no"


def test_no_cell_holds_a_tab_or_starts_a_formula() -> None:
    (row,) = read(*make_statements(FORMULA))
    assert row["subject"] == "'=HYPERLINK(1)"
    assert row["sentence"] == "'=HYPERLINK(1) activates RHEB."
    assert row["documents"] == "'-1+2"
    (row,) = read(*make_statements(UNGROUNDED))
    assert row["sentence"] == 'PKCβ "tightly" binds <script>alert(1)</script> & IκBα.'
    for start in "+-@":
        sentence = f"\t{start}X activates RHEB."
        evidence = make_evidence(sentence, "activates", make_entity(sentence, f"{start}X"), "RHEB")
        (row,) = read(*make_statements(evidence))
        assert row["sentence"] == f"'{start}X activates RHEB."


def test_every_row_has_every_column() -> None:
    file = io.BytesIO()
    write_tsv(make_statements(), file)
    lines = file.getvalue().decode().splitlines()
    assert lines[0] == "\t".join(COLUMNS)
    assert {line.count("\t") for line in lines} == {len(COLUMNS) - 1}
