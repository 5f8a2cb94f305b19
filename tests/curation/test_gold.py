"""Decisions as gold: what the files say, and that an evaluation of what was judged says the same as the curators."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curation.builders import SOURCE, correct, decide_on, make_reading_of
from sigmine.assembly import assemble
from sigmine.curation import CurationError, make_gold, make_reading, open_curation, write_gold
from sigmine.evaluation import evaluate, load_gold
from sigmine.evaluation.threshold import judge_statements
from sigmine.model import Evidence
from store.builders import make_evidence

RIGHT = make_reading_of(0, site="T1462")
WRONG = make_reading_of(1)
MENDED = make_reading_of(2)
ALL = (RIGHT, WRONG, MENDED)
DECISIONS = [
    replace(one, curator=name, time="2026-01-02T03:04:05.000Z")
    for one, name in (
        (decide_on(RIGHT), "ada"),
        (decide_on(WRONG, "rejected", error="no_relation", comment="a list"), "ben"),
        (decide_on(MENDED, "corrected", error="polarity", correction=correct(MENDED, relation="inhibits")), "ada"),
    )
]


def test_gold_says_what_is_right_and_what_was_read(tmp_path: Path) -> None:
    found = write_gold(DECISIONS, tmp_path / "judged")
    assert not found.left_out
    (document,) = load_gold(tmp_path / "judged")
    assert (document.document, document.file, document.sha256) == ("alpha", SOURCE.file, SOURCE.sha256)
    assert (document.scope, document.annotator) == ("judged", "ada, ben")
    accepted, corrected = document.statements
    assert (accepted.verdict, accepted.relation, accepted.sites, accepted.curator) == (
        "accepted",
        "phosphorylates",
        ("T1462",),
        "ada",
    )
    assert accepted.sentence == (RIGHT.start, RIGHT.end)
    assert (corrected.verdict, corrected.relation, corrected.error) == ("corrected", "inhibits", "polarity")
    wrong, read = document.rejected
    assert (wrong.error, wrong.note, wrong.curator, wrong.instead) == ("no_relation", "a list", "ben", "")
    assert (read.relation, read.instead) == ("phosphorylates", corrected.id)
    text = (tmp_path / "judged" / "alpha.jsonl").read_text(encoding="utf-8")
    assert RIGHT.sentence not in text, "no sentence is stored"


def test_the_same_decisions_give_the_same_bytes_and_what_is_undone_goes(tmp_path: Path) -> None:
    curation = open_curation(tmp_path / "c", curator="ada")
    curation.decide_all(DECISIONS)
    curation.decide(decide_on(make_reading_of(9, document="beta"), source=replace(SOURCE, file="beta.txt")))
    write_gold(curation, tmp_path / "judged")
    before = {path.name: path.read_bytes() for path in (tmp_path / "judged").iterdir()}
    write_gold(curation, tmp_path / "judged")
    assert {path.name: path.read_bytes() for path in (tmp_path / "judged").iterdir()} == before
    curation.undo()
    write_gold(curation, tmp_path / "judged")
    assert [path.name for path in (tmp_path / "judged").iterdir()] == ["alpha.jsonl"]


def test_gold_of_annotators_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text('{"document": "mine"}\n')
    with pytest.raises(CurationError, match="not made from decisions"):
        write_gold(DECISIONS, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.jsonl"]


def test_odd_ids_of_documents_are_files_of_the_folder(tmp_path: Path) -> None:
    evidence = make_reading_of(0, document="../β/x")
    write_gold([replace(decide_on(evidence), curator="ada")], tmp_path / "judged")
    (document,) = load_gold(tmp_path / "judged")
    assert document.document == "../β/x"
    assert [path.parent for path in tmp_path.rglob("*.jsonl")] == [tmp_path / "judged"]


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (replace(DECISIONS[0], reading=None), "does not say what was read"),
        (replace(DECISIONS[0], sha256=""), "which file was read"),
        (decide_on(replace(RIGHT, source=(0, 31), source_object=(26, 30))), "no place in the file"),
        (decide_on(make_evidence("AKT1 activates TSC2.", "activates", None, "TSC2")), "subject is null"),
    ],
)
def test_what_is_no_gold_is_left_out_with_the_reason(decision: object, reason: str) -> None:
    found = make_gold([decision, DECISIONS[1]])  # type: ignore[list-item]
    (left_out,) = found.left_out
    assert reason in left_out
    assert [len(one.rejected) for one in found.documents] == [1]


def test_of_two_texts_of_a_document_the_last_one_judged_counts() -> None:
    newer = decide_on(WRONG, source=replace(SOURCE, sha256="b" * 64))
    found = make_gold([DECISIONS[0], newer])
    assert [one.sha256 for one in found.documents] == ["b" * 64]
    assert "another text" in found.left_out[0]


def test_two_rules_that_read_the_same_are_one_line() -> None:
    other = replace(RIGHT, mention=replace(RIGHT.mention, rule="phosphorylates/another.rule"))
    (document,) = make_gold([decide_on(RIGHT), decide_on(other)]).documents
    assert len(document.statements) == 1


def test_an_end_of_another_sentence_is_said(tmp_path: Path) -> None:
    far = replace(RIGHT, mention=replace(RIGHT.mention, subject=replace(RIGHT.mention.subject, start=900, end=904)))  # type: ignore[type-var]
    write_gold([decide_on(far)], tmp_path)
    assert load_gold(tmp_path)[0].statements[0].cross_sentence


def read_again(*evidence: Evidence) -> list[object]:
    return [make_reading(one) for one in evidence]


def test_an_evaluation_of_what_was_judged_says_what_the_curators_said() -> None:
    gold = make_gold(DECISIONS).documents
    unjudged = make_reading_of(5)
    found = evaluate(gold, read_again(*ALL, unjudged), resamples=20).total  # type: ignore[arg-type]
    assert (found.micro.counts.tp, found.micro.counts.fp) == (1, 2)
    assert found.judged is not None
    assert (found.judged.corrected, found.judged.rejected, found.judged.not_judged) == ((0, 1), (2, 2), 1)
    wrong = sorted(one.error for one in found.findings if one.kind == "false_alarm")
    assert wrong == ["no_relation", "polarity"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["accepted", "rejected", "corrected", ""]), min_size=1, max_size=8))
def test_any_verdicts_come_back_as_right_and_wrong(verdicts: list[str]) -> None:
    readings = [make_reading_of(number) for number in range(len(verdicts))]
    decisions = [
        decide_on(one, verdict, correction=correct(one, relation="inhibits") if verdict == "corrected" else None)  # type: ignore[arg-type]
        for one, verdict in zip(readings, verdicts, strict=True)
        if verdict
    ]
    gold = make_gold(decisions).documents
    found = evaluate(gold, read_again(*readings), resamples=2).total  # type: ignore[arg-type]
    counts = found.micro.counts
    wrong = verdicts.count("rejected") + verdicts.count("corrected")
    assert (counts.tp, counts.fp, counts.fn) == (verdicts.count("accepted"), wrong, verdicts.count("corrected"))
    if decisions:
        assert found.judged is not None
        assert found.judged.not_judged == verdicts.count("")


def test_precision_of_statements_is_over_judged_ones() -> None:
    gold = make_gold(DECISIONS[:2]).documents
    judged = judge_statements(gold, assemble([RIGHT, WRONG, make_reading_of(5)]))
    assert sorted(right for _, right in judged) == [False, True]
