from __future__ import annotations

import pytest

from sigmine.benchmark.timing import Spread, Timing, measure, spread, spread_rates, spread_ratios, spread_seconds


def test_median_least_and_most() -> None:
    assert spread([3, 1, 2]) == Spread(2, 1, 3, None)
    assert spread_seconds([Timing(4, 2), Timing(2, 1)]) == Spread(3, 2, 4, 1.5)


def test_a_rate_has_the_amount_of_its_own_round() -> None:
    found = spread_rates([100, 300], [Timing(1, 0.5), Timing(2, 1)])
    assert found == Spread(125, 100, 150, 250)


def test_ratios_are_taken_pair_by_pair() -> None:
    slow_hour, quiet_hour = Timing(20, 10), Timing(10, 10)
    found = spread_ratios([slow_hour, quiet_hour], [Timing(10, 5), Timing(5, 5)])
    assert (found.least, found.most, found.by_cpu) == (2, 2, 2)


def test_a_difference_that_noise_made_negative_does_not_end_the_measurement() -> None:
    assert spread_rates([10], [Timing(1, 1) - Timing(2, 1)]).median > 0


def test_work_is_timed_by_clock_and_processor() -> None:
    calls: list[int] = []
    found = measure(lambda: calls.append(1))
    assert calls == [1]
    assert found.clock > 0
    assert found.cpu >= 0


def test_json_names_what_it_holds() -> None:
    assert Spread(1, 0, 2).to_json() == {"median": 1, "min": 0, "max": 2, "median_by_cpu": None}
    assert pytest.approx(3) == (Timing(1, 1) + Timing(2, 1)).clock
