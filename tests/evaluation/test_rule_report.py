from __future__ import annotations

import json

import pytest

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold, make_predicted, predict_exactly
from sigmine.evaluation.rule_report import RuleScore, report_rules

FIRST = make_gold("phosphorylates", AKT, TSC2, split="dev")
SECOND = make_gold("inhibits", MTOR, TSC2, sentence=(60, 120), split="test")
MISSED = make_gold("activates", AKT, MTOR, split="dev")
GOLD = (make_document(FIRST, SECOND, MISSED),)
RIGHT = predict_exactly(FIRST, id="p-1", rule="phosphorylates/a", text="AKT1 acts.")
ALSO_RIGHT = predict_exactly(SECOND, id="p-2", rule="inhibits/b")
WRONG = make_predicted("activates", MTOR, AKT, rule="phosphorylates/a", id="p-3")


def find(scores: tuple[RuleScore, ...], rule: str) -> RuleScore:
    return next(score for score in scores if score.rule == rule)


def test_hits_precision_and_recall_of_each_rule() -> None:
    report = report_rules(GOLD, [RIGHT, ALSO_RIGHT, WRONG])
    assert report.gold == 3
    assert [row.rule for row in report.rules] == ["phosphorylates/a", "inhibits/b"]
    first = report.rules[0]
    assert (first.hits, first.right, first.wrong) == (2, 1, 1)
    assert (first.precision, first.recall) == (0.5, pytest.approx(1 / 3))
    assert (first.also, first.overlap, first.unique) == (None, None, None)


def test_one_right_hit_is_no_certainty() -> None:
    score = find(report_rules(GOLD, [ALSO_RIGHT]).rules, "inhibits/b")
    assert score.precision == 1.0
    assert score.precision_interval == (pytest.approx(0.2065, abs=1e-3), pytest.approx(1.0))


def test_overlap_is_what_another_rule_finds_too() -> None:
    claims = [RIGHT, ALSO_RIGHT, predict_exactly(FIRST, id="c-1", rule="phosphorylates/c")]
    report = report_rules(GOLD, [RIGHT, ALSO_RIGHT], claims=claims)
    shared, alone, hidden = (
        find(report.rules, rule) for rule in ("phosphorylates/a", "inhibits/b", "phosphorylates/c")
    )
    assert (shared.overlap, shared.unique, shared.also) == (1.0, 0, 0)
    assert (alone.overlap, alone.unique, alone.also) == (0.0, 1, 0)
    assert (hidden.hits, hidden.precision, hidden.overlap, hidden.also) == (0, None, None, 1)


def test_a_wrong_claim_of_another_rule_is_no_overlap() -> None:
    claims = [RIGHT, make_predicted("phosphorylates", AKT, make_end("RHEB", 80), rule="phosphorylates/c")]
    report = report_rules(GOLD, [RIGHT], claims=claims)
    assert [(row.rule, row.overlap) for row in report.rules] == [("phosphorylates/a", 0.0)]


def test_a_split_counts_its_own_statements_only() -> None:
    dev = report_rules(GOLD, [RIGHT, ALSO_RIGHT], split="dev")
    assert (dev.gold, [row.rule for row in dev.rules]) == (2, ["phosphorylates/a"])
    test = report_rules(GOLD, [RIGHT, ALSO_RIGHT], split="test")
    assert (test.gold, [row.rule for row in test.rules]) == (1, ["inhibits/b"])


def test_examples_are_given_on_demand() -> None:
    assert not report_rules(GOLD, [RIGHT, WRONG], examples=0).rules[0].right_examples
    score = report_rules(GOLD, [RIGHT, WRONG], examples=1).rules[0]
    assert [(one.id, one.subject, one.object, one.text) for one in score.right_examples] == [
        ("p-1", "AKT1", "TSC2", "AKT1 acts.")
    ]
    assert [one.id for one in score.wrong_examples] == ["p-3"]


def test_what_the_gold_does_not_have_is_left_out() -> None:
    foreign = predict_exactly(FIRST, id="x", document="other", rule="inhibits/x")
    report = report_rules(GOLD, [RIGHT, foreign])
    assert report.not_in_gold == ("other",)
    assert [row.rule for row in report.rules] == ["phosphorylates/a"]


def test_the_json_holds_plain_values() -> None:
    rows = json.loads(json.dumps(report_rules(GOLD, [RIGHT, WRONG], examples=1).to_json()))
    assert rows["rules"][0]["precision"] == 0.5
    assert len(rows["rules"][0]["precision_interval"]) == 2
    assert rows["rules"][0]["overlap"] is None
    assert rows["rules"][0]["wrong_examples"][0]["sentence"] == [0, 60]
