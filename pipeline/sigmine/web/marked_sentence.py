"""A sentence with the ends of the gold and of ours marked in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from sigmine.evaluation.claim import Claim, Span

ROLES: tuple[str, ...] = ("subject", "object")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text; ``marks`` are any of ``gold-subject``, ``gold-object``, ``ours-subject``, ``ours-object``."""

    text: str
    marks: tuple[str, ...] = ()


def mark_sentence(text: str, gold: Claim | None, ours: Claim | None) -> tuple[Segment, ...]:
    """The sentence of the claims, cut where marks begin and end, in the order of the text; empty without a place.

    Args:
        text: the file's characters, which the claims' offsets count.
        gold, ours: either may be None. An end outside the sentence is shown before it, with an ellipsis between.
    """
    claims = [claim for claim in (gold, ours) if claim is not None]
    places = [claim.sentence for claim in claims if 0 <= claim.sentence[0] < claim.sentence[1] <= len(text)]
    if not places:
        return ()
    low, high = places[0]
    for start, end in places[1:]:
        if start < high and low < end:
            low, high = min(low, start), max(high, end)
    marks = [*_list_marks("gold", gold), *_list_marks("ours", ours)]
    outside = sorted({span for span, _ in marks if span[1] <= low or span[0] >= high})
    segments: list[Segment] = []
    for start, end in outside:
        if end <= len(text):
            segments += [*_cut(text, start, end, marks), Segment(" … ")]
    return (*segments, *_cut(text, low, high, marks))


def _list_marks(side: str, claim: Claim | None) -> Iterable[tuple[Span, str]]:
    for role in ROLES if claim is not None else ():
        end = getattr(claim, role)
        if end is not None and end.spans:
            yield end.spans[0], f"{side}-{role}"


def _cut(text: str, low: int, high: int, marks: Iterable[tuple[Span, str]]) -> Iterable[Segment]:
    marks = list(marks)
    borders = sorted({low, high, *(border for span, _ in marks for border in span if low < border < high)})
    for start, end in pairwise(borders):
        names = tuple(dict.fromkeys(name for span, name in marks if span[0] <= start and end <= span[1]))
        yield Segment(text[start:end], names)
