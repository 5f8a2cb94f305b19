"""Two outputs against the same gold: which is better, and whether by more than chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from sigmine.evaluation.alignment import Alignment, Options, align, assign_documents, select_read
from sigmine.evaluation.bootstrap import RESAMPLES, Counts, Interval, draw
from sigmine.evaluation.claim import GoldStatement, Prediction
from sigmine.evaluation.error_classes import find_flaws
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.judged import find_judged
from sigmine.evaluation.ratios import round_all
from sigmine.evaluation.report import JsonObject

MEASURES: tuple[str, ...] = ("precision", "recall", "f1")


@dataclass(frozen=True, slots=True)
class MeasureDifference:
    """One measure of the other output and of ours.

    Attributes:
        name: of ``MEASURES``.
        other, ours: None where there is nothing to count.
        difference: ours minus the other's; ``interval``: its 95 % interval; None where either is None, or no
            sample has both.
        p: how often chance alone gives a difference as far from 0 (two-sided, at least 1 / resamples).
    """

    name: str
    other: float | None
    ours: float | None
    difference: float | None
    interval: Interval | None
    p: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """A statement on which the two differ.

    Attributes:
        kind: ``gained`` (a gold statement that only ours has), ``lost`` (only the other), ``new alarm`` (wrong, only
            ours), ``mended`` (wrong, only the other), ``changed`` (right in both, with other flaws).
        claim: the gold statement or the wrong prediction.
        before, after: the flaws of a changed one.
    """

    kind: str
    claim: GoldStatement | Prediction
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PairedComparison:
    """What ``compare_scores`` returns; changes in the order of documents and their text."""

    split: str
    other: Counts
    ours: Counts
    differences: tuple[MeasureDifference, ...]
    changes: tuple[Change, ...]

    def count(self, kind: str) -> int:
        return sum(change.kind == kind for change in self.changes)

    def to_json(self) -> JsonObject:
        return {
            "split": self.split,
            "other": asdict(self.other),
            "ours": asdict(self.ours),
            "differences": round_all([asdict(one) for one in self.differences]),
            "changes": [
                {
                    "kind": one.kind,
                    "id": one.claim.id,
                    "document": one.claim.document,
                    "sentence": list(one.claim.sentence),
                    "before": list(one.before),
                    "after": list(one.after),
                }
                for one in self.changes
            ],
        }


def compare_scores(
    gold: Sequence[GoldDocument],
    ours: Sequence[Prediction],
    other: Sequence[Prediction],
    options: Options,
    *,
    split: str = "all",
    read: Collection[str] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> PairedComparison:
    """Score both on the gold documents that both read, and test the difference by a paired bootstrap over sentences.

    Each sample draws sentences for both outputs alike, so that what is hard for both does not count as a difference.
    [Efron and Tibshirani 1993; for such tests in language processing: Berg-Kirkpatrick et al. 2012.]

    Args:
        read: ids of the documents that both have read; None: all gold counts.
        split: dev, test or all.
    """
    mine, _ = assign_documents(gold, ours)
    yours, _ = assign_documents(gold, other)
    chosen = gold if read is None else select_read(gold, read)[0]
    names = {document.document for document in chosen}
    statements = [statement for document in chosen for statement in document.statements]
    inside = [one for one in mine if one.document in names], [one for one in yours if one.document in names]
    judged = find_judged(chosen)
    first = align(statements, inside[0], options, beside=inside[1], judged=judged)
    second = align(statements, inside[1], options, beside=inside[0], judged=judged)
    tables = [_tabulate(one, split) for one in (second, first)]
    totals = [Counts(*(int(value) for value in table.sum(axis=0))) for table in _pad(tables)]
    return PairedComparison(
        split=split,
        other=totals[0],
        ours=totals[1],
        # Of judged readings there is no recall: what the texts say beside them is not known.
        differences=_test(MEASURES if judged is None else MEASURES[:1], _pad(tables), totals, seed, resamples),
        changes=_list_changes(first, second, split),
    )


def _tabulate(alignment: Alignment, split: str) -> dict[int, list[int]]:
    """tp, fp and fn of each sentence."""
    table: dict[int, list[int]] = {}
    for one in alignment.outcomes:
        if split in (one.split, "all"):
            row = table.setdefault(one.cluster, [0, 0, 0])
            row[0 if one.gold and one.prediction else 1 if one.prediction else 2] += 1
    return table


def _pad(tables: Sequence[dict[int, list[int]]]) -> list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """The same sentences in both, in the same order."""
    clusters = sorted({cluster for table in tables for cluster in table})
    return [np.array([table.get(one, [0, 0, 0]) for one in clusters], dtype=float).reshape(-1, 3) for table in tables]


def _test(
    measures: Sequence[str],
    tables: Sequence[np.ndarray[tuple[int, ...], np.dtype[np.float64]]],
    totals: Sequence[Counts],
    seed: int,
    resamples: int,
) -> tuple[MeasureDifference, ...]:
    drawn = draw(np.concatenate(tables, axis=1), seed, resamples) if len(tables[0]) else np.zeros((0, 6))
    found = []
    for name in measures:
        values: list[float | None] = [getattr(one, name) for one in totals]
        before, after = values
        if before is None or after is None:
            found.append(MeasureDifference(name, before, after, None, None, None))
            continue
        sampled = _measure(name, drawn[:, 3:]) - _measure(name, drawn[:, :3])
        sampled = sampled[~np.isnan(sampled)]
        difference = after - before
        if not len(sampled):
            found.append(MeasureDifference(name, before, after, difference, None, None))
            continue
        low, high = np.percentile(sampled, (2.5, 97.5))
        tail = min((sampled <= 0).mean(), (sampled >= 0).mean())
        p = 1.0 if difference == 0 else min(1.0, max(2 * tail, 1 / resamples))
        found.append(MeasureDifference(name, before, after, difference, (float(low), float(high)), float(p)))
    return tuple(found)


def _measure(
    name: str, table: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    tp, fp, fn = table[:, 0], table[:, 1], table[:, 2]
    over = {"precision": tp + fp, "recall": tp + fn, "f1": 2 * tp + fp + fn}[name]
    result = np.full(len(table), np.nan)
    np.divide(2 * tp if name == "f1" else tp, over, out=result, where=over > 0)
    return result


def _list_changes(ours: Alignment, other: Alignment, split: str) -> tuple[Change, ...]:
    mine = {one.gold.id: one for one in ours.outcomes if one.gold is not None and split in (one.split, "all")}
    changes: list[Change] = []
    for outcome in other.outcomes:
        before = outcome.prediction
        if outcome.gold is None or outcome.gold.id not in mine:
            continue
        after = mine[outcome.gold.id].prediction
        if before is not None and after is not None:
            flaws = find_flaws(outcome.gold, before), find_flaws(outcome.gold, after)
            if flaws[0] != flaws[1]:
                changes.append(Change("changed", outcome.gold, *flaws))
        elif before is not None or after is not None:
            changes.append(Change("gained" if before is None else "lost", outcome.gold))
    alarms = [
        [one.prediction for one in side.outcomes if one.gold is None and one.prediction and split in (one.split, "all")]
        for side in (ours, other)
    ]
    changes += [Change("new alarm", one) for one in _list_without(alarms[0], alarms[1])]
    changes += [Change("mended", one) for one in _list_without(alarms[1], alarms[0])]
    return tuple(sorted(changes, key=lambda one: (one.claim.document, one.claim.sentence, one.kind)))


def _list_without(claims: Iterable[Prediction], others: Iterable[Prediction]) -> Iterator[Prediction]:
    """Those that the others have not, each of which stands for one."""
    left = Counter(_key(one) for one in others)
    for claim in claims:
        key = _key(claim)
        if left[key]:
            left[key] -= 1
        else:
            yield claim


def _key(claim: Prediction) -> tuple[object, ...]:
    ends = [None if end is None else (end.spans[:1] or end.name.casefold()) for end in (claim.subject, claim.object)]
    return claim.document, claim.sentence, claim.relation, *ends
