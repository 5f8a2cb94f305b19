"""Gold that judges readings only: precision over those, and nothing of what nobody judged."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.builders import (
    AKT,
    MTOR,
    TSC2,
    make_document,
    make_end,
    make_gold,
    make_header,
    make_predicted,
    make_row,
    predict_exactly,
    write_lines,
)
from sigmine.errors import GoldError
from sigmine.evaluation import GoldDocument, evaluate, load_gold
from sigmine.evaluation.alignment import Options
from sigmine.evaluation.claim import GoldStatement, Prediction
from sigmine.evaluation.gold_write import format_gold
from sigmine.evaluation.report import Report, Scores
from sigmine.evaluation.rule_report import report_rules
from sigmine.evaluation.significance import compare_scores

ACCEPTED = make_gold("phosphorylates", AKT, TSC2, verdict="accepted", sites=("S939",))
REJECTED = make_gold(
    "inhibits",
    make_end("TSC2", 120, curie="hgnc:12363"),
    make_end("MTOR", 140, curie="hgnc:3942"),
    verdict="rejected",
    error="direction",
    sentence=(100, 160),
)


def judge(*right: GoldStatement, rejected: tuple[GoldStatement, ...] = ()) -> GoldDocument:
    return replace(make_document(*right), scope="judged", rejected=rejected)


def score(gold: GoldDocument, *predictions: Prediction, **options: Any) -> Scores:
    return report(gold, *predictions, **options).total


def report(gold: GoldDocument, *predictions: Prediction, **options: Any) -> Report:
    return evaluate([gold], predictions, resamples=20, **options)


def counts(scores: Scores) -> tuple[int, int, int]:
    return scores.micro.counts.tp, scores.micro.counts.fp, scores.micro.counts.fn


def test_what_nobody_judged_is_neither_right_nor_wrong() -> None:
    gold = judge(ACCEPTED, rejected=(REJECTED,))
    others = [
        make_predicted("activates", AKT, MTOR),  # in the same sentence
        make_predicted("inhibits", MTOR, TSC2, sentence=(100, 160)),  # what was rejected, the other way round
        make_predicted("activates", AKT, TSC2, sentence=(300, 330)),
    ]
    found = report(gold, predict_exactly(ACCEPTED), predict_exactly(REJECTED), *others)
    assert counts(found.total) == (1, 1, 0)
    assert found.total.micro.counts.precision == 0.5
    assert found.total.micro.precision_interval is not None
    assert found.scope == "judged"
    assert found.total.judged is not None
    assert found.total.judged.not_judged == 3
    assert (found.total.judged.accepted, found.total.judged.rejected) == ((1, 1), (1, 1))


def test_there_is_no_recall_anywhere() -> None:
    found = report(judge(ACCEPTED, rejected=(REJECTED,)), predict_exactly(REJECTED))
    row = found.to_json()["total"]
    assert counts(found.total) == (0, 1, 1)
    assert row["judged"] == {"accepted": (0, 1), "corrected": (0, 0), "rejected": (1, 1), "not_judged": 0}
    for name in ("micro", "sites_overall"):
        assert (row[name]["recall"], row[name]["f1"], row[name]["recall_interval"]) == (None, None, None)
    for group in ("relations", "sections", "documents", "hard_classes"):
        assert all(one["recall"] is None and one["f1"] is None for one in row[group])
    assert (row["macro"]["recall"], row["macro"]["f1"]) == (None, None)
    assert row["steps"] == []
    assert (row["calibration"]["thresholds"], row["calibration"]["average_precision"]) == ([], None)


def test_the_curators_class_of_error_is_shown() -> None:
    (finding,) = score(judge(rejected=(REJECTED,)), predict_exactly(REJECTED)).findings
    assert (finding.kind, finding.error) == ("false_alarm", "direction")
    unsaid = replace(REJECTED, error="")
    (finding,) = score(judge(rejected=(unsaid,)), predict_exactly(unsaid)).findings
    assert finding.error == "other"


@pytest.mark.parametrize(
    ("error", "change", "wrong"),
    [
        ("direction", {"sites": ("S2",), "negated": True, "hedged": True}, True),
        ("site", {"sites": ("S2",)}, False),
        ("site", {"negated": True}, True),
        ("negation", {"negated": True}, False),
        ("negation", {"hedged": True}, True),
        ("hypothesis", {"hedged": True}, False),
        ("", {"hedged": True}, False),
        ("other", {"sites": ("S2",)}, False),
        ("", {"rule": "another/rule"}, True),
        ("grounding", {"object": replace(TSC2, name="TSC1", curie="hgnc:12362")}, False),
        ("direction", {"object": replace(TSC2, name="TSC1", curie="hgnc:12362")}, True),
        ("entity_boundaries", {"object": replace(TSC2, spans=((18, 24),))}, False),
        ("no_relation", {"object": replace(TSC2, spans=((18, 24),), name="x", curie=None)}, False),
        ("no_relation", {"relation": "activates"}, False),
        ("no_relation", {"sentence": (200, 260)}, False),
        ("no_relation", {"sentence": (0, 50)}, True),
    ],
)
def test_a_reading_is_wrong_again_as_far_as_its_error_goes(error: str, change: dict[str, Any], wrong: bool) -> None:
    rejected = make_gold("phosphorylates", AKT, TSC2, verdict="rejected", error=error, sites=("S9",))
    again = replace(predict_exactly(rejected), **change)
    found = score(judge(rejected=(rejected,)), again)
    assert counts(found) == (0, int(wrong), 0)
    assert found.judged is not None
    assert found.judged.not_judged == int(not wrong)


def test_a_correction_counts_by_the_level() -> None:
    right = make_gold("phosphorylates", AKT, TSC2, id="c", verdict="corrected", error="grounding")
    read = replace(right, id="c-read", verdict="rejected", instead="c", object=replace(TSC2, name="X", curie="hgnc:1"))
    gold = judge(right, rejected=(read,))
    relaxed = score(gold, predict_exactly(read))
    assert counts(relaxed) == (1, 0, 0)
    assert relaxed.flaws == (("grounding", 1),)
    assert counts(score(gold, predict_exactly(read), level="identity")) == (0, 1, 1)
    mended = score(gold, predict_exactly(right), level="identity")
    assert counts(mended) == (1, 0, 0)
    assert mended.judged is not None
    assert mended.judged.corrected == (1, 1)


def test_a_correction_of_the_relation_makes_the_reading_wrong() -> None:
    right = make_gold("activates", AKT, TSC2, id="c", verdict="corrected", error="polarity")
    read = replace(right, id="c-read", verdict="rejected", instead="c", relation="inhibits")
    assert counts(score(judge(right, rejected=(read,)), predict_exactly(read))) == (0, 1, 1)


def test_what_was_rejected_is_not_right_because_it_overlaps_what_was_accepted() -> None:
    longer = replace(ACCEPTED, id="r", verdict="rejected", error="entity_boundaries", object=make_end("TSC2 mRNA", 20))
    longer = replace(longer, object=replace(longer.object, spans=((20, 29),)))
    gold = judge(ACCEPTED, rejected=(longer,))
    assert counts(score(gold, predict_exactly(longer))) == (0, 1, 1)
    assert counts(score(gold, predict_exactly(longer), predict_exactly(ACCEPTED))) == (1, 1, 0)


def test_two_rules_that_read_the_same_wrong_thing_count_once() -> None:
    both = [replace(predict_exactly(REJECTED), id=name, rule=name) for name in ("one", "two")]
    found = score(judge(rejected=(REJECTED,)), *both)
    assert (counts(found), found.duplicates) == ((0, 1, 0), 1)


def test_a_second_prediction_of_an_accepted_statement_was_not_judged() -> None:
    near = predict_exactly(ACCEPTED, id="near", subject=replace(AKT, spans=((0, 9),), name="AKT1 kinase", curie=None))
    found = score(judge(ACCEPTED), predict_exactly(ACCEPTED), near)
    assert counts(found) == (1, 0, 0)
    assert found.judged is not None
    assert found.judged.not_judged == 1


def test_documents_with_rejected_readings_alone_have_their_split() -> None:
    found = report(judge(rejected=(replace(REJECTED, split="test"),)), predict_exactly(REJECTED))
    assert [one.name for one in found.splits] == ["test"]
    assert counts(found.splits[0]) == (0, 1, 0)


def test_the_core_and_chosen_relations_count_for_rejected_readings_too() -> None:
    binds = make_gold("binds", AKT, TSC2, verdict="rejected")
    gold = judge(rejected=(REJECTED, binds))
    found = score(gold, predict_exactly(binds), predict_exactly(REJECTED))
    assert found.judged is not None
    assert (counts(found), found.judged.rejected) == ((0, 1, 0), (1, 1))
    assert counts(score(gold, predict_exactly(binds), predict_exactly(REJECTED), core=False)) == (0, 2, 0)


def test_level_document_and_mixed_gold_are_refused() -> None:
    with pytest.raises(GoldError, match="strict, relaxed or identity"):
        report(judge(ACCEPTED), level="document")
    whole = make_document(make_gold("activates", AKT, TSC2, document="other"), document="other")
    with pytest.raises(GoldError, match="annotated as a whole"):
        evaluate([judge(ACCEPTED), whole], [])


def test_rules_and_comparisons_leave_out_what_nobody_judged() -> None:
    gold = judge(ACCEPTED, rejected=(REJECTED,))
    other = make_predicted("activates", AKT, MTOR, rule="new")
    ours = [replace(predict_exactly(ACCEPTED), rule="good"), replace(predict_exactly(REJECTED), rule="bad"), other]
    rows = {row.rule: row for row in report_rules([gold], ours).rules}
    assert {name: (row.right, row.wrong, row.recall) for name, row in rows.items()} == {
        "good": (1, 0, None),
        "bad": (0, 1, None),
    }
    found = compare_scores([gold], ours[:1], ours, Options(), resamples=20)
    assert [one.name for one in found.differences] == ["precision"]
    assert [one.kind for one in found.changes] == ["mended"]


def test_files_say_what_they_judge(tmp_path: Path) -> None:
    gold = judge(
        replace(ACCEPTED, curator="ada", time="2026-01-02T03:04:05Z"),
        replace(ACCEPTED, id="c", verdict="corrected", error="site", sites=("S1",), curator="ada"),
        rejected=(replace(REJECTED, note="why"), replace(REJECTED, id="c-read", error="site", instead="c")),
    )
    path = write_lines(tmp_path / "doc.jsonl", *format_gold(gold).splitlines())
    (found,) = load_gold(path)
    assert replace(found, path="", lines=(), rejected_lines=()) == gold
    assert (found.lines, found.rejected_lines) == ((2, 3), (4, 5))
    assert json.loads(path.read_text().splitlines()[0])["scope"] == "judged"


def test_gold_of_whole_documents_is_written_as_before() -> None:
    text = format_gold(make_document(make_gold("activates", AKT, TSC2)))
    assert not [word for word in ("scope", "verdict", "error", "instead", "curator", "time") if f'"{word}"' in text]


@pytest.mark.parametrize(
    ("header", "row", "message"),
    [
        ({"scope": "some"}, {}, "unknown scope 'some'.*judged"),
        ({}, {"verdict": "accepted"}, 'a verdict goes with "scope": "judged"'),
        ({"scope": "judged"}, {}, "key 'verdict' is missing"),
        ({"scope": "judged"}, {"verdict": "reject"}, "unknown verdict 'reject'; nearest: 'rejected'"),
        ({"scope": "judged"}, {"verdict": "rejected", "error": "polarty"}, "nearest: 'polarity'"),
        ({"scope": "judged"}, {"verdict": "accepted", "error": "polarity"}, "does not go with"),
        ({"scope": "judged"}, {"verdict": "accepted", "curator": 3}, "curator must be text"),
    ],
)
def test_faults_are_told(tmp_path: Path, header: dict[str, Any], row: dict[str, Any], message: str) -> None:
    path = write_lines(tmp_path / "doc.jsonl", make_header(**header), make_row(**row))
    with pytest.raises(GoldError, match=message):
        load_gold(path)


def test_names_of_ones_own_are_allowed_where_readings_are_judged(tmp_path: Path) -> None:
    end = {"start": 0, "end": 4, "name": "OWN1", "type": "PROTEIN", "curie": "mylab:7"}
    row = make_row(subject=end, verdict="accepted")
    (found,) = load_gold(write_lines(tmp_path / "doc.jsonl", make_header(scope="judged"), row))
    assert found.statements[0].subject is not None
    assert found.statements[0].subject.curie == "mylab:7"
    del row["verdict"]
    with pytest.raises(GoldError, match="unknown prefix 'mylab'"):
        load_gold(write_lines(tmp_path / "whole.jsonl", make_header(), row))
