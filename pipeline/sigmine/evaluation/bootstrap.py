"""Precision, recall and F1 with intervals from a bootstrap over whole sentences.

Statements of one sentence stand or fall together (one parse, one list), so sentences are drawn, not statements.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]
Numbers = NDArray[np.float64]
Key = TypeVar("Key", bound=Hashable)

RESAMPLES = 1000
_CHUNK = 100  # resamples drawn at a time: 100 x 10,000 sentences are 8 MB


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right (``tp``), wrong (``fp``) and missed (``fn``). A ratio without anything to count is None."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None


@dataclass(frozen=True, slots=True)
class JudgedCounts(Counts):
    """Counts over readings that were judged, where nobody knows what else the texts say: there is no recall.

    ``fn`` are right readings that are not found.
    """

    @property
    def recall(self) -> float | None:
        return None

    @property
    def f1(self) -> float | None:
        return None


@dataclass(frozen=True, slots=True)
class Score:
    """Counts and the 95 % intervals of their ratios; an interval is None where the ratio is."""

    name: str
    counts: Counts
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    f1_interval: Interval | None = None


Entry = tuple[Key, Hashable, int, int, int]
"""What is scored, the sentence (or article) that it stands in, and its tp, fp and fn."""


def score(entries: Sequence[Entry[Key]], *, seed: int = 0, resamples: int = RESAMPLES) -> dict[Key, Score]:
    """Counts with percentile intervals for every key, in the order of first appearance.

    All keys share the same draws. The same entries and seed give the same intervals.
    """
    keys = {key: number for number, key in enumerate(dict.fromkeys(entry[0] for entry in entries))}
    clusters = {name: number for number, name in enumerate(dict.fromkeys(entry[1] for entry in entries))}
    if not keys:
        return {}
    table = np.zeros((len(clusters), len(keys), 3))
    rows = np.array([clusters[entry[1]] for entry in entries])
    columns = np.array([keys[entry[0]] for entry in entries])
    np.add.at(table, (rows, columns), np.array([entry[2:] for entry in entries], dtype=float))
    totals = table.sum(axis=0).astype(int)
    drawn = draw(table.reshape(len(clusters), -1), seed, resamples).reshape(resamples, len(keys), 3)
    tp, fp, fn = drawn[..., 0], drawn[..., 1], drawn[..., 2]
    ratios = [_divide(tp, tp + fp), _divide(tp, tp + fn), _divide(2 * tp, 2 * tp + fp + fn)]
    scores = {}
    for key, number in keys.items():
        counts = Counts(*(int(value) for value in totals[number]))
        values = (counts.precision, counts.recall, counts.f1)
        intervals = [
            None if value is None else _interval(ratio[:, number]) for value, ratio in zip(values, ratios, strict=True)
        ]
        scores[key] = Score(str(key), counts, *intervals)
    return scores


def draw(table: Numbers, seed: int, resamples: int) -> Numbers:
    """Sums over clusters drawn with replacement, one row a resample."""
    generator = np.random.default_rng(seed)
    size = len(table)
    sums = []
    for start in range(0, resamples, _CHUNK):
        number = min(_CHUNK, resamples - start)
        picks = generator.integers(0, size, size=(number, size))
        picks += np.arange(number)[:, None] * size
        weights = np.bincount(picks.ravel(), minlength=number * size).reshape(number, size)
        sums.append(weights @ table)
    return np.concatenate(sums)


def _divide(numerator: Numbers, denominator: Numbers) -> Numbers:
    """NaN where there is nothing to count."""
    result = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result


def _interval(values: Numbers) -> Interval | None:
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)
