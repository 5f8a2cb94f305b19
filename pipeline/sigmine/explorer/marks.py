"""A text cut where marks begin and end, so that a page can show it without knowing about characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sigmine.model.entity import Entity
from sigmine.model.json import JsonObject
from sigmine.model.statement import Evidence, RelationMention


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open stretch of a text, and what it is.

    Attributes:
        kind: ``subject``, ``object``, ``trigger``, ``site``, ``citation`` or ``mention``.
        about: what a page may say of it: ``name``, ``type``, ``curie``.
    """

    start: int
    end: int
    kind: str
    about: Mapping[str, Any] = field(default_factory=dict)


def cut_text(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[JsonObject]:
    """``text[start:end]`` as pieces in order, ``{"text": ..., "kinds": [...], ...}``; a piece without marks has a text
    alone. What marks say of a piece is joined; the mark that comes first counts.
    """
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    borders = {start, end, *(max(mark.start, start) for mark in inside), *(min(mark.end, end) for mark in inside)}
    pieces = []
    for low, high in pairwise(sorted(borders)):
        here = [mark for mark in inside if mark.start <= low and high <= mark.end]
        about = {name: value for mark in reversed(here) for name, value in mark.about.items()}
        kinds = list(dict.fromkeys(mark.kind for mark in here))
        pieces.append({"text": text[low:high], **({"kinds": kinds} if kinds else {}), **about})
    return pieces


def list_marks(mention: RelationMention) -> Iterator[Mark]:
    """What a rule saw: ends, trigger, sites and the markers that are cited."""
    for kind, entity in (("subject", mention.subject), ("object", mention.object)):
        if entity is not None:
            yield Mark(entity.start, entity.end, kind, describe_entity(entity))
    yield Mark(mention.trigger.start, mention.trigger.end, "trigger")
    for site in mention.sites:
        yield Mark(site.start, site.end, "site", {"site": site.name})
    for citation in mention.citations:
        yield Mark(citation.start, citation.end, "citation")


def describe_entity(entity: Entity) -> JsonObject:
    """Name, type and identity, and why there is none."""
    row: JsonObject = {"name": entity.name, "type": entity.type, "curie": entity.curie}
    if entity.reason:
        row["reason"] = entity.reason
    if entity.modifiers:
        row["modifiers"] = list(entity.modifiers)
    return row


def mark_evidence(evidence: Evidence) -> tuple[list[JsonObject], list[JsonObject]]:
    """The sentence of the evidence in pieces; and the ends and triggers that stand in other sentences, each with its
    ``kind`` and its words.
    """
    shift = evidence.start
    marks = [Mark(mark.start - shift, mark.end - shift, mark.kind, mark.about) for mark in list_marks(evidence.mention)]
    length = len(evidence.sentence)
    mention = evidence.mention
    words = {"trigger": mention.trigger.text, "object": mention.object.text}
    if mention.subject is not None:
        words["subject"] = mention.subject.text
    elsewhere = [
        {"kind": mark.kind, "text": words[mark.kind], **mark.about}
        for mark in marks
        if mark.kind in words and (mark.end <= 0 or mark.start >= length)
    ]
    return cut_text(evidence.sentence, 0, length, marks), elsewhere
