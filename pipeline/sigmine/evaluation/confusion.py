"""Which relation is taken for which: the gold's relation of a pair of ends against ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sigmine.evaluation.alignment import Outcome
from sigmine.evaluation.claim import RELATIONS
from sigmine.evaluation.report import Confusion, Finding

NONE = "none"
"""Stands for: the other side has no statement of these ends."""
_TAKEN_FOR = frozenset({"polarity", "activity_vs_amount", "wrong_relation"})


def count_confusions(outcomes: Sequence[Outcome], findings: Sequence[Finding]) -> Confusion:
    """Matches by their relation; misses and false alarms with what the other side says of the same ends.

    The cells come in the order of ``RELATIONS``, unknown relations last. What the other side says may lie outside the
    score (binds, where the core is scored). A miss and a false alarm that are each other's counterpart count once.
    """
    found = Counter(
        (one.gold.relation, one.prediction.relation) for one in outcomes if one.gold is not None and one.prediction
    )
    taken: set[tuple[str, str, str]] = set()
    for one in (*_select(findings, "missed"), *_select(findings, "false_alarm")):
        if one.claim is not None and one.claim.key in taken:
            continue
        other = one.other.relation if one.other is not None and one.error in _TAKEN_FOR else NONE
        if one.other is not None and other != NONE:
            taken.add(one.other.key)
        found[(one.relation, other) if one.kind == "missed" else (other, one.relation)] += 1
    order = {name: number for number, name in enumerate((*RELATIONS, NONE))}
    cells = sorted(found, key=lambda pair: [(order.get(name, len(order)), name) for name in pair])
    return tuple((gold, ours, found[gold, ours]) for gold, ours in cells)


def _select(findings: Sequence[Finding], kind: str) -> list[Finding]:
    return [finding for finding in findings if finding.kind == kind]
