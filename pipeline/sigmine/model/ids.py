"""Names that stay: hashes of canonical content, equal on every machine and in every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sigmine.model.entity import Entity
from sigmine.model.statement import Agent, Evidence, RelationMention

UNORDERED: frozenset[str] = frozenset({"binds"})
"""Relations whose ends may be exchanged."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # made once: half of the time
_LENGTH = 16  # hexadecimal digits: 64 bits


def make_hash(parts: Sequence[object]) -> str:
    """16 hexadecimal digits over the parts as canonical JSON."""
    return hashlib.sha256(_encode(list(parts)).encode()).hexdigest()[:_LENGTH]


def make_statement_id(relation: str, subject: Agent | None, object: Agent, site: str | None) -> str:
    """The id of a statement; for an unordered relation the order of the ends does not matter."""
    ends = [subject.key if subject else None, object.key]
    if relation in UNORDERED:
        ends = sorted(ends, key=lambda end: end or "")
    return make_hash(["statement", relation, *ends, site])


def make_mention_id(document: str, mention: RelationMention) -> str:
    """The id of one line of ``sigmine extract``: document, relation, spans of ends, trigger and sites."""

    def span(entity: Entity | None) -> list[object] | None:
        return None if entity is None else [entity.start, entity.end, entity.text]

    sites = [[site.name, site.start] for site in mention.sites]
    trigger = [mention.trigger.start, mention.trigger.end]
    return make_hash(
        ["mention", document, mention.relation, span(mention.subject), span(mention.object), trigger, sites]
    )


def make_evidence_id(evidence: Evidence) -> str:
    """The id of one reading: that of its mention and, since two rules may read the same words alike, its rule."""
    return f"{make_mention_id(evidence.document, evidence.mention)} {evidence.mention.rule}"
