"""A sentence with the ends of the gold and of ours marked in it."""

from __future__ import annotations

from collections.abc import Iterable

from sigmine.evaluation.claim import Claim
from sigmine.model.marked import Mark, Piece, cut_text

ROLES: tuple[str, ...] = ("subject", "object")


def mark_sentence(text: str, gold: Claim | None, ours: Claim | None) -> tuple[Piece, ...]:
    """The sentence of the claims, cut where marks begin and end, in the order of the text; empty without a place.

    The roles are any of ``gold-subject``, ``gold-object``, ``ours-subject``, ``ours-object``.

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
    outside = sorted({(start, end) for start, end, _ in marks if end <= low or start >= high})
    pieces: list[Piece] = []
    for start, end in outside:
        if end <= len(text):
            pieces += [*cut_text(text[start:end], marks, start=start), Piece(" … ")]
    return (*pieces, *cut_text(text[low:high], marks, start=low))


def _list_marks(side: str, claim: Claim | None) -> Iterable[Mark]:
    for role in ROLES if claim is not None else ():
        end = getattr(claim, role)
        if end is not None and end.spans:
            yield (*end.spans[0], f"{side}-{role}")
