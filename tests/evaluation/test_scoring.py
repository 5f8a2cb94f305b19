from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.builders import (
    AKT,
    MTOR,
    TSC2,
    make_document,
    make_end,
    make_gold,
    make_predicted,
    predict_exactly,
)
from evaluation.strategies import golds
from sigmine.evaluation import LEVELS, Report, evaluate
from sigmine.evaluation.bootstrap import Counts
from sigmine.evaluation.claim import GoldStatement, Prediction

PROCESS = make_end("autophagy", 40, type="PROCESS", length=9)


def run(gold: list[GoldStatement], predictions: list[Prediction], **options: object) -> Report:
    return evaluate([make_document(*gold)], predictions, resamples=20, **options)  # type: ignore[arg-type]


def count(report: Report) -> tuple[int, int, int]:
    counts = report.total.micro.counts
    return counts.tp, counts.fp, counts.fn


def classes(report: Report) -> list[tuple[str, str]]:
    return sorted((finding.kind, finding.error) for finding in report.total.findings)


@pytest.mark.parametrize(
    ("level", "expected"),
    [("strict", (1, 2, 2)), ("relaxed", (2, 1, 1)), ("identity", (1, 2, 2)), ("document", (1, 2, 1))],
)
def test_a_case_counted_by_hand(level: str, expected: tuple[int, int, int]) -> None:
    gold = [
        make_gold("phosphorylates", AKT, TSC2),
        make_gold("inhibits", TSC2, MTOR),
        # the same fact as the first in another sentence: one fact at level document
        make_gold("phosphorylates", make_end("AKT1", 100), make_end("TSC2", 120), sentence=(95, 130)),
    ]
    predictions = [
        make_predicted("phosphorylates", AKT, TSC2),  # right at every level
        make_predicted("inhibits", TSC2, make_end("mTORC1", 38, length=6)),  # overlaps, other identity
        make_predicted("activates", AKT, MTOR),  # not in the gold
    ]
    assert count(run(gold, predictions, level=level)) == expected


def test_core_leaves_out_what_is_not_core() -> None:
    gold = [
        make_gold("inhibits", AKT, TSC2),
        make_gold("inhibits", TSC2, PROCESS),
        make_gold("activates", AKT, MTOR, cross_sentence=True),
        make_gold("binds", AKT, TSC2),
    ]
    predictions = [
        make_predicted("inhibits", AKT, TSC2),
        make_predicted("inhibits", TSC2, replace(PROCESS, type="PROTEIN")),  # core by our types, not by the gold's
        make_predicted("activates", AKT, MTOR),
        make_predicted("binds", AKT, MTOR),  # not a core relation
        make_predicted("inhibits", MTOR, PROCESS),  # no molecule
    ]
    core = run(gold, predictions)
    assert count(core) == (1, 0, 0)
    assert core.total.ignored == 2
    assert count(run(gold, predictions, core=False)) == (3, 2, 1)


def test_slices_and_macro_by_hand() -> None:
    gold = [
        make_gold("activates", AKT, TSC2, section="abstract"),
        make_gold("activates", AKT, MTOR),
        make_gold("inhibits", TSC2, MTOR),
    ]
    predictions = [
        make_predicted("activates", AKT, TSC2),
        make_predicted("activates", AKT, MTOR),
        make_predicted("inhibits", AKT, MTOR, section="legend"),
        make_predicted("phosphorylates", AKT, MTOR),
    ]
    total = run(gold, predictions).total
    assert {score.name: score.counts for score in total.relations} == {
        "phosphorylates": Counts(0, 1, 0),
        "activates": Counts(2, 0, 0),
        "inhibits": Counts(0, 1, 1),
    }
    assert {score.name: score.counts for score in total.sections} == {
        "abstract": Counts(1, 0, 0),
        "body": Counts(1, 1, 1),
        "legend": Counts(0, 1, 0),
    }
    assert (total.macro.relations, total.macro.precision, total.macro.f1) == (2, 0.5, 0.5)
    assert total.micro.counts == Counts(2, 2, 1)


def test_sites_and_objects_by_hand() -> None:
    gold = [
        make_gold("phosphorylates", AKT, TSC2, sites=("S939", "T1462")),
        make_gold("phosphorylates", None, MTOR, sites=("S2448",)),
    ]
    predictions = [
        make_predicted("phosphorylates", AKT, TSC2, sites=("S939", "S")),
        make_predicted("phosphorylates", TSC2, MTOR, sites=("S2448",)),
        make_predicted("phosphorylates", AKT, make_end("AKT1", 50), sites=("S473",)),
    ]
    total = run(gold, predictions).total
    assert total.micro.counts == Counts(1, 2, 1)
    assert total.sites_matched.counts == Counts(1, 1, 1)
    assert total.sites_overall.counts == Counts(1, 3, 2)
    assert total.object_only.counts == Counts(2, 1, 0)
    assert total.object_site.counts == Counts(2, 2, 1)


def test_two_kinases_of_one_object_are_one_modified_object() -> None:
    gold = [make_gold("phosphorylates", subject, TSC2) for subject in (AKT, MTOR)]
    assert run(gold, [make_predicted("phosphorylates", None, TSC2)]).total.object_only.counts == Counts(1, 0, 0)


def test_flags_have_a_score_of_their_own() -> None:
    gold = [make_gold("activates", AKT, TSC2, negated=True), make_gold("activates", AKT, MTOR, direct=False)]
    predictions = [make_predicted("activates", AKT, TSC2), make_predicted("activates", AKT, MTOR, hedged=True)]
    report = run(gold, predictions)
    assert count(report) == (2, 0, 0)
    assert {flag.name: (flag.right, flag.total, flag.score.counts) for flag in report.total.flags} == {
        "negated": (1, 2, Counts(0, 0, 1)),
        "hedged": (1, 2, Counts(0, 1, 0)),
        "indirect": (1, 2, Counts(0, 0, 1)),
    }
    assert count(run(gold, predictions, match_negation=True)) == (1, 1, 1)
    assert ("missed", "negation") in classes(run(gold, predictions, match_negation=True))


@pytest.mark.parametrize(
    ("prediction", "options", "error"),
    [
        (make_predicted("activates", TSC2, AKT), {}, "direction"),
        (make_predicted("inhibits", AKT, TSC2), {}, "polarity"),
        (make_predicted("phosphorylates", AKT, TSC2), {}, "wrong_relation"),
        (make_predicted("binds", TSC2, AKT), {"core": False}, "wrong_relation"),
        (make_predicted("activates", MTOR, TSC2), {}, "wrong_entity"),
        (make_predicted("activates", AKT, MTOR), {}, "wrong_entity"),
        (make_predicted("activates", AKT, make_end("TSC2", 18, length=8)), {"level": "strict"}, "entity_boundaries"),
        (make_predicted("activates", AKT, make_end("TSC", 18, length=8)), {"level": "identity"}, "grounding"),
    ],
)
def test_error_classes(prediction: Prediction, options: dict[str, object], error: str) -> None:
    report = run([make_gold("activates", AKT, TSC2)], [prediction], **options)
    assert classes(report) == [("false_alarm", error), ("missed", error)]


def test_errors_without_a_partner() -> None:
    gold = [make_gold("activates", AKT, TSC2)]
    there = {"sentence": (100, 150), "text": "Elsewhere."}
    elsewhere = make_predicted("inhibits", make_end("AKT1", 100), make_end("TSC2", 120), **there)
    report = run(gold, [elsewhere])
    assert classes(report) == [("false_alarm", "not_in_gold"), ("missed", "missed")]
    assert [finding.text for finding in report.total.findings] == ["", "Elsewhere."]


def test_a_member_of_a_list_that_is_missing_is_no_wrong_entity() -> None:
    gold = [make_gold("activates", AKT, TSC2), make_gold("activates", AKT, MTOR)]
    assert classes(run(gold, [make_predicted("activates", AKT, TSC2)])) == [("missed", "missed")]


def test_wrong_sites_are_found_though_the_statement_is_right() -> None:
    gold = [make_gold("phosphorylates", AKT, TSC2, sites=("S939",))]
    report = run(gold, [make_predicted("phosphorylates", AKT, TSC2, sites=("T1462",))])
    assert count(report) == (1, 0, 0)
    (finding,) = report.total.findings
    assert (finding.kind, finding.sites, finding.predicted_sites) == ("flaw", ("S939",), ("T1462",))


def test_splits_are_scored_apart_and_add_up() -> None:
    gold = [
        make_gold("activates", AKT, TSC2, split="dev"),
        make_gold("activates", make_end("AKT1", 200), make_end("TSC2", 220), sentence=(200, 260), split="test"),
    ]
    predictions = [
        make_predicted("activates", AKT, TSC2),
        make_predicted("inhibits", make_end("MTOR", 190), make_end("TSC2", 195), sentence=(170, 199)),  # nearer to test
        make_predicted("inhibits", make_end("MTOR", 70), make_end("TSC2", 80), sentence=(61, 90)),  # nearer to dev
    ]
    report = run(gold, predictions)
    assert {scores.name: scores.micro.counts for scores in report.splits} == {
        "dev": Counts(1, 1, 0),
        "test": Counts(0, 1, 1),
    }
    assert report.total.micro.counts == Counts(1, 2, 1)


def test_a_document_is_known_by_its_id_or_its_file() -> None:
    gold = replace(make_document(make_gold("activates", AKT, TSC2)), file="file-name.txt")
    predictions = [
        make_predicted("activates", AKT, TSC2, document="file-name"),
        make_predicted("activates", AKT, TSC2, document="unknown"),
    ]
    report = evaluate([gold, make_document(document="unread")], predictions, resamples=20)
    assert count(report) == (1, 0, 0)
    assert report.not_in_gold == ("unknown",)
    assert report.without_predictions == ("unread",)


def test_gold_that_was_not_read_is_left_out() -> None:
    by_file = replace(make_document(make_gold("activates", AKT, TSC2)), file="file-name.txt")
    others = [
        make_document(make_gold("inhibits", AKT, TSC2, document=name, split="test"), document=name)
        for name in ("silent", "unread")
    ]
    predictions = [make_predicted("activates", AKT, TSC2, document="file-name")]
    report = evaluate([by_file, *others], predictions, read=["file-name", "silent"], resamples=20)
    assert count(report) == (1, 0, 1)
    assert (report.documents, report.without_predictions) == (("doc", "silent"), ("silent",))
    assert report.not_read == ("unread",)
    # What has predictions was read, whatever the list says; a split without a document has no scores.
    report = evaluate([by_file, *others], predictions, read=[], resamples=20)
    assert count(report) == (1, 0, 0)
    assert [scores.name for scores in report.splits] == ["dev"]


def test_relations_confine_the_score() -> None:
    gold = [make_gold("activates", AKT, TSC2), make_gold("inhibits", AKT, MTOR)]
    report = run(gold, [make_predicted("inhibits", AKT, TSC2)], relations=["activates"])
    assert count(report) == (0, 0, 1)
    assert classes(report) == [("missed", "polarity")]
    with pytest.raises(ValueError, match="'eats' is unknown"):
        run(gold, [], relations=["eats"])


def test_the_report_as_json_holds_no_sentence_unless_asked() -> None:
    gold = [make_gold("activates", AKT, TSC2)]
    report = run(gold, [make_predicted("activates", AKT, MTOR, text="Words of the text.")])
    plain, full = json.dumps(report.to_json()), json.dumps(report.to_json(findings=True))
    assert "Words of the text." not in plain
    assert "Words of the text." in full
    micro = report.to_json()["total"]["micro"]
    assert (micro["tp"], micro["fp"], micro["fn"], micro["f1"]) == (0, 1, 1, 0.0)


@settings(max_examples=60, deadline=None)
@given(golds(), st.sampled_from(LEVELS), st.booleans(), st.booleans())
def test_the_gold_against_itself_is_perfect(
    gold: list[GoldStatement], level: str, core: bool, match_negation: bool
) -> None:
    report = run(gold, [predict_exactly(g) for g in gold], level=level, core=core, match_negation=match_negation)
    counts = report.total.micro.counts
    assert (counts.fp, counts.fn) == (0, 0)
    if level == "strict":
        assert counts.tp == sum(statement.core or not core for statement in gold)
    assert sum(scores.micro.counts.tp for scores in report.splits) == counts.tp
    assert report.total.object_only.counts.fn == 0
    assert report.total.findings == ()


@settings(max_examples=60, deadline=None)
@given(golds(), st.sampled_from(("strict", "relaxed", "identity")), st.data())
def test_leaving_one_out_lowers_recall_only(gold: list[GoldStatement], level: str, data: st.DataObject) -> None:
    left_out = data.draw(st.integers(0, len(gold) - 1))
    predictions = [predict_exactly(statement) for index, statement in enumerate(gold) if index != left_out]
    assert count(run(gold, predictions, level=level, core=False)) == (len(gold) - 1, 0, 1)


@settings(max_examples=60, deadline=None)
@given(golds(), st.sampled_from(LEVELS))
def test_the_order_of_the_predictions_does_not_change_the_counts(gold: list[GoldStatement], level: str) -> None:
    predictions = [predict_exactly(statement, negated=False) for statement in gold]
    forward, backward = run(gold, predictions, level=level), run(gold, predictions[::-1], level=level)
    assert count(forward) == count(backward)


@pytest.mark.bench
@pytest.mark.parametrize("level", LEVELS)
def test_ten_thousand_statements_take_less_than_ten_seconds(level: str) -> None:
    gold, predictions = [], []
    for number in range(10_000):
        start = 30 * number
        subject, theme = make_end(f"A{number % 97}", start), make_end(f"B{number % 89}", start + 10)
        statement = make_gold("activates", subject, theme, sentence=(start, start + 70))
        gold.append(statement)
        predictions.append(predict_exactly(statement, relation="activates" if number % 3 else "inhibits"))
    started = time.perf_counter()
    report = evaluate([make_document(*gold)], predictions, level=level)
    assert report.total.micro.counts.tp > 0
    assert time.perf_counter() - started < 10
