"""Times taken again and again, and what they come to."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

JsonObject = dict[str, object]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds by the clock, and of the processor (all threads, and of a program all its processes)."""

    clock: float
    cpu: float

    def __sub__(self, other: Timing) -> Timing:
        return Timing(self.clock - other.clock, self.cpu - other.cpu)

    def __add__(self, other: Timing) -> Timing:
        return Timing(self.clock + other.clock, self.cpu + other.cpu)


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and most of some figures of one kind, and the median by the processor's time, where there is one.

    On a machine that does other work too, the processor's time varies less than the clock's.
    """

    median: float
    least: float
    most: float
    by_cpu: float | None = None

    def to_json(self) -> JsonObject:
        return {"median": self.median, "min": self.least, "max": self.most, "median_by_cpu": self.by_cpu}


def measure(work: Callable[[], object]) -> Timing:
    """What one call takes in this process."""
    started, worked = time.perf_counter(), time.process_time()
    work()
    return Timing(time.perf_counter() - started, time.process_time() - worked)


def spread(values: Sequence[float], by_cpu: Sequence[float] = ()) -> Spread:
    """What figures come to; at least one is needed."""
    return Spread(statistics.median(values), min(values), max(values), statistics.median(by_cpu) if by_cpu else None)


def spread_seconds(timings: Sequence[Timing]) -> Spread:
    """Seconds."""
    return spread([one.clock for one in timings], [one.cpu for one in timings])


def spread_rates(amounts: Sequence[float], timings: Sequence[Timing]) -> Spread:
    """Amounts (of words, say) a second, an amount for each time."""
    return spread(
        [amount / _above_zero(one.clock) for amount, one in zip(amounts, timings, strict=True)],
        [amount / _above_zero(one.cpu) for amount, one in zip(amounts, timings, strict=True)],
    )


def spread_ratios(firsts: Sequence[Timing], seconds: Sequence[Timing]) -> Spread:
    """How many times longer the first took than the second, pair by pair: both of a pair ran in the same minutes."""
    pairs = list(zip(firsts, seconds, strict=True))
    return spread(
        [first.clock / _above_zero(second.clock) for first, second in pairs],
        [first.cpu / _above_zero(second.cpu) for first, second in pairs],
    )


def _above_zero(seconds: float) -> float:
    """The difference of two runs may be nothing, or less, where other programs took the processor."""
    return max(seconds, 1e-3)
