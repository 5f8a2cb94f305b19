"""Marked text as JSON: pieces with what they are, so that a page can show them without knowing about characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sigmine.model import marked
from sigmine.model.entity import Entity
from sigmine.model.json import JsonObject
from sigmine.model.statement import Evidence


@dataclass(frozen=True, slots=True)
class Mark:
    """A half-open stretch of a text, and what it is.

    Attributes:
        kind: one of ``sigmine.model.marked.ROLES``, or ``mention``.
        about: what a page may say of it: ``name``, ``type``, ``curie``.
    """

    start: int
    end: int
    kind: str
    about: Mapping[str, Any] = field(default_factory=dict)


def cut_text(text: str, marks: Iterable[Mark], *, start: int = 0) -> list[JsonObject]:
    """The text as pieces in order, ``{"text": ..., "kinds": [...], ...}``; a piece without marks has a text alone. What
    marks say of a piece is joined; the mark that comes first counts.

    Args:
        start: the number of the text's first character in the count of the marks.
    """
    listed = [mark for mark in marks if mark.start < start + len(text) and start < mark.end]
    numbered = [(mark.start, mark.end, str(number)) for number, mark in enumerate(listed)]
    pieces = []
    for piece in marked.cut_text(text, numbered, start=start):
        here = [listed[int(number)] for number in piece.roles]
        about = {name: value for mark in reversed(here) for name, value in mark.about.items()}
        kinds = list(dict.fromkeys(mark.kind for mark in here))
        pieces.append({"text": piece.text, **({"kinds": kinds} if kinds else {}), **about})
    return pieces


def list_marks(evidence: Evidence) -> list[Mark]:
    """What a rule saw, in characters of the document: ends, trigger, sites and the markers that are cited."""
    sites = {(site.start, site.end): {"site": site.name} for site in evidence.mention.sites}
    return [
        Mark(start, end, role, sites.get((start, end), {}) if role == "site" else _describe_end(evidence, role))
        for start, end, role in marked.list_marks(evidence)
    ]


def describe_entity(entity: Entity) -> JsonObject:
    """Name, type and identity, and why there is none."""
    row: JsonObject = {"name": entity.name, "type": entity.type, "curie": entity.curie}
    if entity.reason:
        row["reason"] = entity.reason
    if entity.modifiers:
        row["modifiers"] = list(entity.modifiers)
    return row


def mark_evidence(evidence: Evidence) -> tuple[list[JsonObject], list[JsonObject]]:
    """The sentence of the evidence in pieces; and what stands in other sentences, each with its ``kind`` and words."""
    elsewhere = [
        {"kind": piece.roles[0], "text": piece.text, **_describe_end(evidence, piece.roles[0])}
        for piece in marked.find_outside(evidence)
    ]
    return cut_text(evidence.sentence, list_marks(evidence), start=evidence.start), elsewhere


def _describe_end(evidence: Evidence, role: str) -> JsonObject:
    ends = {"subject": evidence.mention.subject, "object": evidence.mention.object}
    entity = ends.get(role)
    return {} if entity is None else describe_entity(entity)
