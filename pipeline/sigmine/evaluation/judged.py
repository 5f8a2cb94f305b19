"""Gold that judges readings and not whole documents: which predictions it says something of.

What a curator rejected is wrong wherever it is read again in its place, as long as it is wrong for the same reason: a
reading that was rejected for its site says nothing of the same reading with another site. Whatever else is read in such
a document, nobody has judged, and it is neither right nor wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sigmine.errors import GoldError
from sigmine.evaluation.claim import Claim, End, GoldStatement
from sigmine.evaluation.matching import ClaimIndex, claims_agree

if TYPE_CHECKING:
    from sigmine.evaluation.gold import GoldDocument

JUDGED = "judged"
"""The scope of a gold file that judges readings; that of others is ``all``."""

_UNSAID = frozenset({"", "other", "agent_conditions"})
"""Errors that do not tell which part of a reading is wrong: it is the same only with all of it."""
_OF_NAMES = frozenset({"grounding", "entity_boundaries"})


@dataclass(frozen=True, slots=True)
class JudgedTally:
    """What became of judged readings in an output.

    Attributes:
        accepted, corrected: how many statements that curators accepted, or wrote in place of a reading, are found, and
            how many there are.
        rejected: how many rejected readings are read (again), and how many there are.
        not_judged: predictions that nobody has judged.
    """

    accepted: tuple[int, int]
    corrected: tuple[int, int]
    rejected: tuple[int, int]
    not_judged: int


class Judged:
    """The documents of which only readings are judged, and what was rejected in them."""

    def __init__(self, gold: Sequence[GoldDocument]) -> None:
        self.documents = frozenset(one.document for one in gold if one.scope == JUDGED)
        self.rejected = tuple(statement for one in gold for statement in one.rejected)
        self._index = ClaimIndex(self.rejected, "relaxed")

    def find(self, claim: Claim) -> GoldStatement | None:
        """The rejected reading that the claim is; None if it is none."""
        near = (self.rejected[index] for index in self._index.find(claim))
        return next((one for one in near if is_same_reading(claim, one, one.error)), None)


def find_judged(gold: Sequence[GoldDocument]) -> Judged | None:
    """None where all documents are annotated as a whole."""
    return Judged(gold) if any(one.scope == JUDGED for one in gold) else None


def get_scope(gold: Sequence[GoldDocument]) -> str:
    """``all`` or ``judged``; ``all`` of no document.

    Raises:
        GoldError: if there is gold of both kinds, of which no one recall can be told.
    """
    scopes = sorted({one.scope for one in gold})
    if len(scopes) > 1:
        names = ", ".join(one.document for one in gold if one.scope == JUDGED)
        raise GoldError(
            f"Only readings are judged in {names}, and others are annotated as a whole: no recall can be told of both "
            "together. Keep the two kinds of gold in folders of their own, and give one of them."
        )
    return scopes[0] if scopes else "all"


def is_same_statement(claim: Claim, right: Claim) -> bool:
    """Whether a claim in the same sentence says all that a right one says: the same identities, flags and sites.

    The characters of the ends may differ: the same molecules may be named by more or fewer words.
    """
    return (
        claims_agree(claim, right, End.has_identity_of)
        and (claim.negated, claim.hedged) == (right.negated, right.hedged)
        and set(claim.sites) == set(right.sites)
    )


def is_same_reading(claim: Claim, reading: Claim, error: str) -> bool:
    """Whether a claim in the same sentence is a wrong reading, in all that the judgement is about.

    Args:
        error: why it was rejected (``sigmine.evaluation.reasons``); empty where nobody says: then all of it must be the
            same.
    """
    unsaid = error in _UNSAID
    same = _is_exactly if unsaid or error in _OF_NAMES else _is_either
    if not claims_agree(claim, reading, same):
        return False
    return (
        (claim.negated == reading.negated or not (unsaid or error == "negation"))
        and (claim.hedged == reading.hedged or not (unsaid or error == "hypothesis"))
        and (set(claim.sites) == set(reading.sites) or not (unsaid or error == "site"))
    )


def _is_exactly(one: End, other: End) -> bool:
    """The same identity at the same characters; by identity alone where a place is not known."""
    placed = bool(one.spans and other.spans)
    return one.has_identity_of(other) and (one.has_characters_of(other) or not placed)


def _is_either(one: End, other: End) -> bool:
    return one.has_characters_of(other) or one.has_identity_of(other)
