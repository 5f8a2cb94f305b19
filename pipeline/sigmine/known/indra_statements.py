"""INDRA's JSON statements: an array, an object with ``statements``, or one statement a line.

An array is read piece by piece, so that a dump of any length takes the memory of its claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from sigmine.annotation.indra_json import AGENT_TYPES, find_namespace, find_relations, load_types, make_sites
from sigmine.errors import ReadError
from sigmine.evaluation.claim import MODIFICATIONS
from sigmine.exports.cells import flatten_text
from sigmine.known.claims import Claim, Skipped
from sigmine.known.identity import find_agent
from sigmine.known.tables import parse_publications
from sigmine.model.statement import Agent

_PIECE = 1 << 20  # characters
_DATABASES = ("HGNC", "FPLX", "UP", "CHEBI", "PUBCHEM", "GO", "MESH", "DRUGBANK", "EGID", "DOID", "HP", "CL")
_ORDER = {database: rank for rank, database in enumerate(_DATABASES)}
"""Databases in the order in which their identifiers count."""


def read_indra(file: IO[str]) -> Iterator[Claim | Skipped]:
    """The claims of each statement, in order; ``place`` is its number, or its line in a file with one a line.

    A statement is denied where all its evidence is negated. Types that we have no relation for are told.

    Raises:
        ReadError: if the file is no JSON at all.
    """
    for number, statement in _iterate_statements(file):
        if isinstance(statement, str):
            yield Skipped(number, "malformed", statement)
            continue
        try:
            yield from _read_statement(number, statement)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            yield Skipped(number, "malformed", f"not a statement of INDRA ({type(error).__name__}: {error})")


def _iterate_statements(file: IO[str]) -> Iterator[tuple[int, Any]]:
    """Each statement with its number; a text instead where there is none that can be read."""
    start = file.readline(_PIECE)
    while start and not start.strip():
        start = file.readline(_PIECE)
    if start.lstrip().startswith("["):
        yield from enumerate(_iterate_array(start, file), start=1)
        return
    try:
        first = json.loads(start)
    except ValueError:
        yield from _load_object(start + file.read())
        return
    if not isinstance(first, dict) or "type" not in first:
        yield from _load_object(start)
        return
    yield 1, first
    for number, line in enumerate(file, start=2):
        if line.strip():
            yield number, _parse(line)


def _parse(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        return f"not JSON ({error})"


def _load_object(text: str) -> Iterator[tuple[int, Any]]:
    try:
        data = json.loads(text)
        rows = data["statements"]
    except (ValueError, KeyError, TypeError) as error:
        raise ReadError(
            f"not INDRA's JSON ({type(error).__name__}: {error}). Give an array of statements, an object with "
            "'statements', or one statement a line."
        ) from error
    yield from enumerate(rows.values() if isinstance(rows, dict) else rows, start=1)


def _iterate_array(text: str, file: IO[str]) -> Iterator[Any]:
    """The elements of an array; after a fault in one, a text that says so, and no more."""
    decoder = json.JSONDecoder()
    at, size = text.index("[") + 1, _PIECE
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if at == len(text):
            text, at = file.read(size), 0
            if not text:
                yield "the array is not closed; the file was cut short"
                return
            continue
        if text[at] == "]":
            return
        try:
            element, at = decoder.raw_decode(text, at)
        except ValueError as error:
            more = file.read(size)
            if not more:
                yield f"not JSON from here on ({getattr(error, 'msg', error)}); what follows is not read"
                return
            text, at, size = text[at:] + more, 0, min(size * 2, 64 * _PIECE)
        else:
            size = _PIECE
            yield element


def _read_statement(number: int, statement: dict[str, Any]) -> Iterator[Claim | Skipped]:
    kind = statement["type"]
    if kind not in load_types():
        yield Skipped(number, "no relation", f"type {kind!r}")
        return
    evidence = statement.get("evidence") or ()
    epistemics = [one.get("epistemics") or {} for one in evidence]
    denied = bool(epistemics) and all(one.get("negated") for one in epistemics)
    direct = not epistemics or any(one.get("direct") is not False for one in epistemics)
    supporting = [one for one in epistemics if not one.get("negated")]
    hedged = bool(supporting) and all(one.get("hypothesis") for one in supporting)
    publications = tuple(dict.fromkeys(_find_publications(evidence)))
    found = False
    for relation, subject, object, _ in find_relations(statement):
        found = True
        for site in (make_sites(statement) or (None,)) if relation in MODIFICATIONS else (None,):
            yield Claim(
                relation,
                None if subject is None else _make_end(subject),
                _make_end(object),
                site,
                number,
                denied=denied,
                hedged=hedged,
                direct=direct,
                belief=float(statement.get("belief", 1.0)),
                source_id=flatten_text(str(statement.get("id", ""))),
                publications=publications,
                words=kind,
            )
    if not found:
        yield Skipped(number, "malformed", f"a {kind} without the agents that it needs")


def _find_publications(evidence: Iterable[dict[str, Any]]) -> Iterator[str]:
    for one in evidence:
        pmid = one.get("pmid") or (one.get("text_refs") or {}).get("PMID")
        yield from parse_publications(str(pmid)) if pmid else ()


def _make_end(agent: Any) -> Agent:
    references, name = agent.get("db_refs") or {}, agent["name"]
    if not name or not isinstance(name, str):
        raise ValueError(f"an agent's name is {name!r}")
    known = tuple(
        (database, str(values[0] if isinstance(values, list) else values))
        for database, values in sorted(references.items(), key=_rank)
        if values and database in _ORDER
    )
    namespace = known[0][0] if known else find_namespace(references)
    return find_agent(name, AGENT_TYPES.get(namespace, "PROTEIN"), known)


def _rank(reference: tuple[str, Any]) -> int:
    return _ORDER.get(reference[0], len(_ORDER))
