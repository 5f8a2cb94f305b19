"""Statements and evidence as one line of JSON that loses nothing, and back.

The lines of ``sigmine.model.json`` are made for readers and leave out what they do not need (scores, the run). The
store keeps this record beside the triples, and an output folder one of each reading, so that what comes out equals what
went in. A value is the list of its fields in their order, without their names: a third of the bytes. Fields that a
class gets later go to its end and need a default; then older records stay readable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from sigmine.errors import StoreError
from sigmine.model.document import Citation, Place, Reference
from sigmine.model.entity import Entity, Site
from sigmine.model.statement import Agent, Evidence, RelationMention, Statement, Trigger

_PARTS: dict[type, dict[str, type]] = {
    Statement: {"subject": Agent, "object": Agent, "evidence": Evidence},
    Evidence: {"mention": RelationMention, "places": Place},
    RelationMention: {
        "subject": Entity, "object": Entity, "sites": Site, "trigger": Trigger, "citations": Citation,
    },
    Citation: {"references": Reference},
    Agent: {}, Entity: {}, Site: {}, Trigger: {}, Place: {}, Reference: {},
}  # fmt: skip
"""The fields that hold values of the model; all others hold plain values or tuples of them."""

_SEVERAL = frozenset({"evidence", "places", "sites", "citations", "references"})

_GETTERS = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in _PARTS}

_PLAIN = frozenset(
    {"str", "int", "float", "bool", "str | None", "int | None", "float | None", "ClaimType", "SiteStatus"}
)
_SPECIAL = {
    kind: tuple(
        (place, parts.get(field.name), field.name in _SEVERAL)
        for place, field in enumerate(fields(kind))
        if field.name in parts or str(field.type) not in _PLAIN
    )
    for kind, parts in _PARTS.items()
}
"""The places of the fields that may not be as JSON gives them, with the class of their values if it is of the model."""

_EVIDENCE = [field.name for field in fields(Statement)].index("evidence")
_SIZES = {kind: len(fields(kind)) for kind in _PARTS}


def _get_fields(value: Any) -> Any:
    return _GETTERS[type(value)](value)


_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_get_fields).encode


def dump_statement(statement: Statement) -> str:
    """The record of a statement."""
    return _encode(statement)


def dump_statement_with(statement: Statement, evidence: Iterable[bytes]) -> bytes:
    """The record of a statement, in UTF-8, of whose evidence the records are there already."""
    values = _get_fields(statement)
    parts = [",".join(map(_encode, values[:_EVIDENCE])), ",".join(map(_encode, values[_EVIDENCE + 1 :]))]
    first, last = (part.encode("utf-8", "surrogatepass") for part in parts)
    return b"[" + first + b",[" + b",".join(evidence) + b"]," + last + b"]"


def dump_evidence(evidence: Evidence) -> str:
    """The record of a piece of evidence."""
    return _encode(evidence)


def load_statement(record: str) -> Statement:
    """The inverse of ``dump_statement``.

    Raises:
        StoreError: if the record is damaged or has fields that this version does not know.
    """
    statement = _parse(Statement, record)
    assert isinstance(statement, Statement)
    return statement


def load_evidence(record: str | bytes) -> Evidence:
    """The inverse of ``dump_evidence``.

    Raises:
        StoreError: if the record is damaged or has fields that this version does not know.
    """
    evidence = _parse(Evidence, record)
    assert isinstance(evidence, Evidence)
    return evidence


def _parse(kind: type, record: str | bytes) -> Any:
    try:
        return _load(kind, json.loads(record))
    except (ValueError, TypeError, KeyError) as error:
        raise StoreError(
            f"The record of a {kind.__name__.lower()} cannot be read ({error}): {record[:80]!r}. The store or folder "
            "is damaged or was written by another version of sigmine; delete it and write it again with `sigmine run`."
        ) from error


def _load(kind: type, row: list[Any]) -> Any:
    if not isinstance(row, list):
        raise TypeError(f"{kind.__name__} is no list")
    if len(row) > _SIZES[kind]:
        raise TypeError(f"{kind.__name__} has {len(row)} fields")
    for place, part, several in _SPECIAL[kind]:
        value = row[place] if place < len(row) else None
        if value is None:
            continue
        if part is None:
            row[place] = tuple(value) if isinstance(value, list) else value
        elif several:
            row[place] = tuple([_load(part, item) for item in value])
        else:
            row[place] = _load(part, value)
    return kind(*row)
