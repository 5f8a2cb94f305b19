"""Text cut where marks begin and end: the common base of all pages that show a sentence with its ends marked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from sigmine.model.statement import Evidence

Role = Literal["subject", "object", "trigger", "site", "citation"]
"""What characters of a sentence are to a statement."""

ROLES: tuple[Role, ...] = get_args(Role)

Mark = tuple[int, int, str]
"""Half-open characters and what they are."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what all of it is; ``roles`` is empty for what is not marked."""

    text: str
    roles: tuple[str, ...] = ()


def cut_text(text: str, marks: Iterable[Mark], *, start: int = 0) -> tuple[Piece, ...]:
    """The text cut wherever a mark begins or ends; the pieces joined are the text.

    Args:
        marks: may overlap, in any order; what reaches out of the text counts only within it. A piece has the roles of
            all marks that cover it, each once, in the order in which the marks are given.
        start: the number of the text's first character in the count of the marks.
    """
    inside = [(max(low - start, 0), min(high - start, len(text)), role) for low, high, role in marks]
    inside = [mark for mark in inside if mark[0] < mark[1]]
    borders = sorted({0, len(text), *(border for low, high, _ in inside for border in (low, high))})
    pieces = []
    for low, high in pairwise(borders):
        roles = dict.fromkeys(role for first, last, role in inside if first <= low and high <= last)
        pieces.append(Piece(text[low:high], tuple(roles)))
    return tuple(pieces)


def mark_evidence(evidence: Evidence) -> tuple[Piece, ...]:
    """The sentence, cut and marked with ``ROLES``; the pieces joined are ``evidence.sentence``.

    What stands outside the sentence (``find_outside``) is marked nowhere, nor is a citation marker that the reader
    took out of the text.
    """
    return cut_text(evidence.sentence, list_marks(evidence), start=evidence.start)


def list_marks(evidence: Evidence) -> list[tuple[int, int, Role]]:
    """The marks of an evidence in characters of ``Document.text``, in the order of ``ROLES``."""
    mention = evidence.mention
    marks: list[tuple[int, int, Role]] = []
    if mention.subject is not None:
        marks.append((mention.subject.start, mention.subject.end, "subject"))
    marks.append((mention.object.start, mention.object.end, "object"))
    marks.append((mention.trigger.start, mention.trigger.end, "trigger"))
    marks += [(site.start, site.end, "site") for site in mention.sites]
    for citation in mention.citations:
        low, high = citation.start - evidence.start, citation.end - evidence.start
        # A reader may take a marker out of the text, and then its place is that of what stood beside it.
        if low >= 0 and evidence.sentence[low:high] == citation.marker:
            marks.append((citation.start, citation.end, "citation"))
    return marks


def find_outside(evidence: Evidence) -> tuple[Piece, ...]:
    """What stands in another sentence (the name behind "it", the head of a table's column), in the order of ``ROLES``;
    empty where all is in the sentence.
    """
    mention = evidence.mention
    named: list[tuple[str, Role, int, int]] = []
    if mention.subject is not None:
        named.append((mention.subject.text, "subject", mention.subject.start, mention.subject.end))
    named.append((mention.object.text, "object", mention.object.start, mention.object.end))
    named.append((mention.trigger.text, "trigger", mention.trigger.start, mention.trigger.end))
    named += [(site.text, "site", site.start, site.end) for site in mention.sites]
    return tuple(
        Piece(text, (role,))
        for text, role, low, high in named
        if text and (high <= evidence.start or low >= evidence.end)
    )
