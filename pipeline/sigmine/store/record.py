"""A statement as one line of JSON that loses nothing, and back.

The lines of ``sigmine.model.json`` are made for readers and leave out what they do not need (scores, the run). The
store keeps this record beside the triples, so that what comes out equals what went in.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from sigmine.errors import StoreError
from sigmine.model.document import Citation, Place, Reference
from sigmine.model.entity import Entity, Site
from sigmine.model.statement import Agent, Evidence, RelationMention, Statement, Trigger

JsonObject = dict[str, Any]


def dump_statement(statement: Statement) -> str:
    """The record of a statement."""
    return json.dumps(_to_json(statement), ensure_ascii=False, separators=(",", ":"))


def load_statement(record: str) -> Statement:
    """The inverse of ``dump_statement``.

    Raises:
        StoreError: if the record is damaged or has fields that this version does not know.
    """
    try:
        row = json.loads(record)
        return Statement(
            **{
                **row,
                "subject": Agent(**row["subject"]) if row["subject"] else None,
                "object": Agent(**row["object"]),
                "evidence": tuple(_load_evidence(item) for item in row["evidence"]),
            }
        )
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"The record of a statement cannot be read ({error}): {record[:80]!r}. The store is damaged or was written "
            "by another version of sigmine; delete it and write it again with `sigmine run`."
        ) from error


_FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind))
    for kind in (Agent, Citation, Entity, Evidence, Place, Reference, RelationMention, Site, Statement, Trigger)
}


_LEFT_OUT = frozenset({"places", "alternatives", "reason", "reference", "note"})
"""Fields that are written only where they are not empty."""


def _to_json(value: Any) -> Any:
    """Values of the model as objects, tuples as lists, all else as it is."""
    names = _FIELDS.get(type(value))
    if names is not None:
        row = {name: _to_json(getattr(value, name)) for name in names}
        return {name: item for name, item in row.items() if name not in _LEFT_OUT or item}
    return [_to_json(item) for item in value] if isinstance(value, tuple) else value


def _load_evidence(row: JsonObject) -> Evidence:
    return Evidence(
        **{
            **row,
            "mention": _load_mention(row["mention"]),
            "source": _load_span(row["source"]),
            "source_subject": _load_span(row["source_subject"]),
            "source_object": _load_span(row["source_object"]),
            "places": tuple(Place(place["page"], tuple(place["box"])) for place in row.get("places", ())),
        }
    )


def _load_mention(row: JsonObject) -> RelationMention:
    return RelationMention(
        **{
            **row,
            "subject": _load_entity(row["subject"]) if row["subject"] else None,
            "object": _load_entity(row["object"]),
            "sites": tuple(Site(**site) for site in row["sites"]),
            "trigger": Trigger(**row["trigger"]),
            "sentence": tuple(row["sentence"]),
            "cues": tuple(row["cues"]),
            "citations": tuple(_load_citation(citation) for citation in row["citations"]),
        }
    )


def _load_entity(row: JsonObject) -> Entity:
    several = tuple(row.get("alternatives", ()))
    return Entity(**{**row, "modifiers": tuple(row["modifiers"]), "alternatives": several})


def _load_reference(row: JsonObject) -> Reference:
    return Reference(**{**row, "authors": tuple(row.get("authors", ()))})


def _load_citation(row: JsonObject) -> Citation:
    return Citation(**{**row, "references": tuple(_load_reference(reference) for reference in row["references"])})


def _load_span(row: list[int] | None) -> tuple[int, int] | None:
    return (row[0], row[1]) if row is not None else None
