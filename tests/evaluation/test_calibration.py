from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.builders import AKT, TSC2, make_gold, make_predicted
from sigmine.evaluation.alignment import Outcome
from sigmine.evaluation.calibration import Bin, Calibration, Threshold, calibrate

GOLD = make_gold("activates", AKT, TSC2)
MISS = Outcome(GOLD, None, "dev", 0)


def judge(belief: float, is_right: bool) -> Outcome:
    """A match or a false alarm with this belief."""
    return Outcome(GOLD if is_right else None, make_predicted("activates", AKT, TSC2, belief=belief), "dev", 0)


def judge_all(*pairs: tuple[float, bool], missed: int = 0) -> Calibration:
    return calibrate([*(judge(*pair) for pair in pairs), *[MISS] * missed])


def test_a_case_counted_by_hand() -> None:
    found = judge_all((0.7, True), (0.9, True), (0.8, False), missed=1)  # 2 right, 1 wrong, 3 wanted
    assert found.thresholds == (Threshold(0.9, 1.0, 1 / 3, 1), Threshold(0.8, 1 / 2, 1 / 3, 2),
                                Threshold(0.7, 2 / 3, 2 / 3, 3))  # fmt: skip
    assert found.brier == pytest.approx((0.1**2 + 0.8**2 + 0.3**2) / 3)
    assert found.baseline == pytest.approx(2 / 3 * 1 / 3)
    # recall rises by 1/3 at precision 1, not at all at 1/2, by 1/3 at 2/3
    assert found.average_precision == pytest.approx(1 / 3 * 1 + 0 * 1 / 2 + 1 / 3 * 2 / 3)
    assert [(one.low, one.high, one.right, one.total) for one in found.bins] == [
        (0.7, 0.8, 1, 1), (0.8, 0.9, 0, 1), (0.9, 1.0, 1, 1)
    ]  # fmt: skip


def test_one_belief_is_one_threshold_and_one_bin() -> None:
    found = judge_all((0.55, True), (0.55, False), (0.55, True), (0.55, True))
    assert found.thresholds == (Threshold(0.55, 3 / 4, 1.0, 4),)
    (only,) = found.bins
    assert (only.low, only.high, only.right, only.total) == (0.5, 0.6, 3, 4)
    assert only.belief == pytest.approx(0.55)
    assert found.average_precision == 3 / 4
    # 3 x 0.45 squared and 0.55 squared; if all were 3/4, 3/4 x 1/4
    assert found.brier == pytest.approx((3 * 0.45**2 + 0.55**2) / 4)
    assert found.baseline == 3 / 16


def test_certainty_that_is_right_is_best_and_belongs_to_the_last_bin() -> None:
    found = judge_all((1.0, True), (0.0, False))
    assert (found.brier, found.average_precision) == (0.0, 1.0)
    assert found.bins == (Bin(0.0, 0.1, 0.0, 0, 1), Bin(0.9, 1.0, 1.0, 1, 1))


def test_where_there_is_nothing_to_count_there_is_no_number() -> None:
    nothing = judge_all()
    assert (nothing.thresholds, nothing.bins) == ((), ())
    assert (nothing.brier, nothing.baseline, nothing.average_precision) == (None, None, None)
    only_missed = judge_all(missed=2)
    assert (only_missed.brier, only_missed.average_precision) == (None, None)
    only_wrong = judge_all((0.5, False))
    assert (only_wrong.brier, only_wrong.baseline, only_wrong.average_precision) == (0.25, 0.0, None)


def test_json_has_four_digits() -> None:
    row = json.loads(json.dumps(judge_all((0.9, True), (0.8, False), (0.7, True), missed=1).to_json()))
    assert (row["brier"], row["average_precision"]) == (0.2467, 0.5556)  # 0.74 / 3 and 5 / 9
    assert row["thresholds"][2] == {"belief": 0.7, "precision": 0.6667, "recall": 0.6667, "kept": 3}
    assert row["bins"][0] == {"low": 0.7, "high": 0.8, "belief": 0.7, "right": 1, "total": 1}


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30), st.integers(0, 5))
def test_what_always_holds(pairs: list[tuple[float, bool]], missed: int) -> None:
    found = judge_all(*pairs, missed=missed)
    right = sum(is_right for _, is_right in pairs)
    assert found.brier is not None
    assert found.baseline is not None
    assert 0 <= found.brier <= 1
    assert 0 <= found.baseline <= 0.25
    assert (sum(one.right for one in found.bins), sum(one.total for one in found.bins)) == (right, len(pairs))
    for one in found.bins:
        assert one.low - 1e-9 <= one.belief <= one.high + 1e-9
    beliefs = [one.belief for one in found.thresholds]
    recalls = [one.recall for one in found.thresholds]
    assert beliefs == sorted(set(beliefs), reverse=True)
    assert recalls == sorted(recalls)
    last = found.thresholds[-1]
    assert (last.kept, last.precision) == (len(pairs), right / len(pairs))
    assert (found.average_precision is None) == (right + missed == 0)
    assert 0 <= (found.average_precision or 0) <= last.recall + 1e-9


@given(st.permutations([(0.9, True), (0.9, False), (0.5, True), (0.3, False), (0.3, True)]))
def test_the_order_of_the_statements_does_not_matter(pairs: list[tuple[float, bool]]) -> None:
    one, other = judge_all(*pairs), judge_all(*sorted(pairs))
    assert (one.thresholds, one.average_precision) == (other.thresholds, other.average_precision)
    assert one.brier == pytest.approx(other.brier)
