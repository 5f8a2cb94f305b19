from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.builders import AKT, SHA, TSC2, make_document, make_gold
from evaluation.strategies import golds
from sigmine.evaluation import GoldDocument, load_gold
from sigmine.evaluation.claim import End, GoldStatement
from sigmine.evaluation.gold_check import check_statement
from sigmine.evaluation.gold_write import format_gold, gold_to_json


def read_back(document: GoldDocument) -> GoldDocument:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "gold.jsonl"
        path.write_text(format_gold(document), encoding="utf-8", newline="")
        (found,) = load_gold(path)
    return replace(found, path="", lines=())


def test_a_line_holds_all_that_the_statement_says() -> None:
    protein = End(((20, 24), (30, 38)), "TSC2", "PROTEIN", "hgnc:12363")
    statement = make_gold(
        "phosphorylates", AKT, protein, id="doc-1", sites=("S939", "T"), hedged=True, split="test", note="a note"
    )
    assert gold_to_json(statement) == {
        "id": "doc-1",
        "relation": "phosphorylates",
        "subject": {"start": 0, "end": 4, "name": "AKT1", "type": "PROTEIN", "curie": "hgnc:391"},
        "object": {"start": 20, "end": 24, "name": "TSC2", "type": "PROTEIN", "curie": "hgnc:12363",
                   "aliases": [[30, 38]]},
        "sites": ["S939", "T"],
        "sentence": [0, 60],
        "negated": False,
        "hedged": True,
        "direct": True,
        "core": True,
        "cross_sentence": False,
        "section": "body",
        "note": "a note",
        "split": "test",
    }  # fmt: skip


def test_core_is_worked_out() -> None:
    assert gold_to_json(make_gold("activates", AKT, TSC2))["core"] is True
    assert gold_to_json(make_gold("activates", AKT, TSC2, cross_sentence=True))["core"] is False
    assert gold_to_json(make_gold("binds", AKT, TSC2))["core"] is False


def test_the_first_line_is_the_document() -> None:
    document = replace(make_document(make_gold("activates", AKT, TSC2)), title="Žlutý text", annotator="one")
    first, second = format_gold(document).splitlines()
    assert json.loads(first) == {
        "document": "doc", "file": "doc.txt", "sha256": SHA, "title": "Žlutý text", "annotator": "one"
    }  # fmt: skip
    assert "Žlutý" in first
    assert json.loads(second)["relation"] == "activates"


def test_what_breaks_lines_elsewhere_breaks_none_here() -> None:
    document = replace(make_document(make_gold("activates", AKT, TSC2, note="one\ntwo\u2028three\x85")), title="a\r\nb")
    assert read_back(document) == document
    assert format_gold(document).count("\n") == 2


def test_a_document_without_statements_is_its_first_line() -> None:
    assert read_back(make_document()) == make_document()


def test_a_subject_that_is_not_named_stays_away() -> None:
    document = make_document(make_gold("phosphorylates", None, TSC2))
    assert read_back(document) == document
    assert gold_to_json(document.statements[0])["subject"] is None


def make_valid(statement: GoldStatement) -> GoldStatement:
    """Sites where they may be."""
    return statement if statement.relation == "phosphorylates" else replace(statement, sites=())


@settings(max_examples=50, deadline=None)
@given(golds(), st.text(st.characters(exclude_categories=["Cs"]), max_size=10))
def test_what_is_written_is_read_back(gold: list[GoldStatement], note: str) -> None:
    statements = [make_valid(replace(one, note=note)) for one in gold]
    inside = [one for one in statements if not check_statement(gold_to_json(one))]
    document = replace(make_document(*inside), title=note)
    assert read_back(document) == document
