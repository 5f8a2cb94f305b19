"""How far the beliefs can be trusted: precision and recall above each belief, and right shares by belief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sigmine.evaluation.alignment import Outcome
from sigmine.evaluation.ratios import round_all

_BINS = 10


@dataclass(frozen=True, slots=True)
class Threshold:
    """Precision and recall of the statements with at least this belief."""

    belief: float
    precision: float
    recall: float
    kept: int


@dataclass(frozen=True, slots=True)
class Bin:
    """``right`` of ``total`` statements whose beliefs, from ``low`` to ``high``, have the mean ``belief``."""

    low: float
    high: float
    belief: float
    right: int
    total: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """What ``calibrate`` returns.

    Attributes:
        thresholds: highest belief first, none of judged readings; ``bins``: those that hold a statement, lowest first.
        brier: mean square of belief minus 1 (right) or 0 (wrong): 0 is best; None without any statement. [Brier 1950]
        baseline: the same if every belief were the share that is right.
        average_precision: the precision-recall curve in one number: the mean of precision over the steps of recall.
    """

    thresholds: tuple[Threshold, ...]
    bins: tuple[Bin, ...]
    brier: float | None
    baseline: float | None
    average_precision: float | None

    def to_json(self) -> dict[str, Any]:
        """Ratios and beliefs have 4 digits."""
        row: dict[str, Any] = round_all(asdict(self))
        return row


def calibrate(outcomes: Iterable[Outcome], *, judged: bool = False) -> Calibration:
    """Over matches, misses and false alarms of a score; ``judged``: of readings, so that there is no recall."""
    pairs: list[tuple[float, bool]] = []
    wanted = 0
    for outcome in outcomes:
        wanted += outcome.gold is not None
        if outcome.prediction is not None:
            pairs.append((outcome.prediction.belief, outcome.gold is not None))
    pairs.sort(key=lambda pair: -pair[0])
    right = sum(is_right for _, is_right in pairs)
    share = right / len(pairs) if pairs else 0.0
    thresholds = _find_thresholds(pairs, wanted) if not judged else ()
    return Calibration(
        thresholds=thresholds,
        bins=_make_bins(pairs),
        brier=sum((belief - is_right) ** 2 for belief, is_right in pairs) / len(pairs) if pairs else None,
        baseline=share * (1 - share) if pairs else None,
        average_precision=_average(thresholds) if thresholds and wanted else None,
    )


def _find_thresholds(judged: Sequence[tuple[float, bool]], wanted: int) -> tuple[Threshold, ...]:
    found: list[Threshold] = []
    right = 0
    for number, (belief, is_right) in enumerate(judged, start=1):
        right += is_right
        if number == len(judged) or judged[number][0] != belief:
            found.append(Threshold(belief, right / number, right / wanted if wanted else 0.0, number))
    return tuple(found)


def _average(thresholds: Sequence[Threshold]) -> float:
    total = before = 0.0
    for one in thresholds:
        total += one.precision * (one.recall - before)
        before = one.recall
    return total


def _make_bins(judged: Sequence[tuple[float, bool]]) -> tuple[Bin, ...]:
    bins = []
    for number in range(_BINS):
        inside = [pair for pair in judged if min(int(pair[0] * _BINS), _BINS - 1) == number]
        if inside:
            mean = sum(belief for belief, _ in inside) / len(inside)
            right = sum(is_right for _, is_right in inside)
            bins.append(Bin(number / _BINS, (number + 1) / _BINS, mean, right, len(inside)))
    return tuple(bins)
