from __future__ import annotations

import pytest

from sigmine.evaluation.bootstrap import Counts, Entry, score


def test_ratios_by_hand() -> None:
    counts = Counts(tp=6, fp=2, fn=4)
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.6, pytest.approx(12 / 18))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [(Counts(), (None, None, None)), (Counts(fp=1), (0.0, None, 0.0)), (Counts(fn=1), (None, 0.0, 0.0))],
)
def test_a_ratio_of_nothing_is_none(counts: Counts, expected: tuple[float | None, ...]) -> None:
    assert (counts.precision, counts.recall, counts.f1) == expected


def test_intervals_hold_the_ratio_and_stay_the_same() -> None:
    entries: list[Entry[str]] = [
        ("a", sentence, *((1, 0, 0) if sentence % 4 else (0, 1, 1))) for sentence in range(200)
    ]
    found = score(entries)["a"]
    assert found.precision_interval is not None
    low, high = found.precision_interval
    # 150 of 200: the normal approximation gives 0.75 +- 0.06
    assert low == pytest.approx(0.69, abs=0.015)
    assert high == pytest.approx(0.81, abs=0.015)
    assert score(entries) == score(entries)
    assert score(entries, seed=1) != score(entries)


def test_statements_of_one_sentence_are_drawn_together() -> None:
    apart: list[Entry[str]] = [("a", number, 1, number % 2, 0) for number in range(100)]
    together: list[Entry[str]] = [("a", number // 10 % 2, 1, number // 10 % 2, 0) for number in range(100)]

    def width(entries: list[Entry[str]]) -> float:
        interval = score(entries)["a"].precision_interval
        assert interval is not None
        return interval[1] - interval[0]

    assert width(together) > 2 * width(apart)


def test_an_undefined_ratio_has_no_interval() -> None:
    found = score([("a", 0, 0, 0, 3), ("b", 0, 2, 0, 0)])
    assert found["a"].precision_interval is None
    assert found["a"].recall_interval == (0.0, 0.0)
    assert found["b"].f1_interval == (1.0, 1.0)
    assert score([]) == {}
