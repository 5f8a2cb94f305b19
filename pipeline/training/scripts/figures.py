"""Precision, recall and F as the measuring scripts write them."""

from __future__ import annotations

from collections.abc import Iterable

from sigmine.evaluation.claim import Span, overlap

Scores = dict[str, float]


def to_scores(right: int, found: int, covered: int, wanted: int) -> Scores:
    """``right`` of ``found`` are correct, ``covered`` of ``wanted`` are there; ``n`` is how many were wanted."""
    precision, recall = right / max(1, found), covered / max(1, wanted)
    f = 2 * precision * recall / max(1e-9, precision + recall)
    return {"p": round(precision, 4), "r": round(recall, 4), "f": round(f, 4), "n": wanted}


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with any of the others."""
    return any(overlap(span, other) for other in others)
