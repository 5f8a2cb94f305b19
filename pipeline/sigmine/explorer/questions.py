"""SPARQL and the queries with a name, asked from a page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sigmine.explorer.refusal import Refused
from sigmine.explorer.view import Parameters, get_value
from sigmine.exports.cells import guard_formula
from sigmine.model.json import JsonObject
from sigmine.store import QueryResult, load_named_queries

if TYPE_CHECKING:
    from sigmine.explorer.session import Session

MAX_ROWS = 1_000
"""Rows that a page shows; a download has all."""

MAX_QUERY = 20_000
"""Characters of a query."""


def list_queries() -> list[JsonObject]:
    """The queries with a name, with what they take."""
    return [
        {
            "name": query.name,
            "description": query.description,
            "usage": query.usage,
            "example": query.example,
            "sparql": query.sparql,
            "arguments": [
                {"name": one.name, "meaning": one.meaning, "is_text": one.is_text, "is_optional": one.is_optional}
                for one in query.arguments
            ],
        }
        for query in load_named_queries().values()
    ]


def ask(session: Session, parameters: Parameters) -> QueryResult:
    """The answer to ``sparql=...``, or to ``name=...`` with an ``arg`` for each value.

    Raises:
        StoreError: if it is an update, calls another service, is no SPARQL, or the query takes other values.
        Refused: if nothing is asked, or the answer takes too long.
    """
    name = get_value(parameters, "name")
    if name:
        values = list(parameters.get("arg", ()))
        while values and not values[-1]:
            values.pop()
        return session.store.ask(name, *values)
    sparql = (parameters.get("sparql") or ("",))[-1]
    if not sparql.strip():
        raise Refused("Write a query, or choose one with a name.")
    if len(sparql) > MAX_QUERY:
        raise Refused(f"A query may have {MAX_QUERY:,} characters.")
    return session.query(sparql)


def make_answer(result: QueryResult) -> JsonObject:
    """What a page shows of an answer: at most ``MAX_ROWS`` rows of cells, and how many there are."""
    if result.form == "ask":
        return {"form": "ask", "answer": result.answer, "variables": [], "rows": [], "total": 0}
    shown = result.bindings[:MAX_ROWS]
    rows = [[_make_cell(row.get(name)) for name in result.variables] for row in shown]
    return {"form": result.form, "variables": list(result.variables), "rows": rows, "total": len(result.bindings)}


def _make_cell(term: JsonObject | None) -> JsonObject | None:
    if term is None:
        return None
    return {"text": str(term["value"]), "kind": str(term["type"])}


def write_answer(result: QueryResult, form: str) -> bytes:
    """The whole answer as ``tsv`` (plain values with a head, no formulas) or ``json`` (SPARQL 1.1 results, unchanged).

    Raises:
        Refused: if the form is another.
    """
    if form == "json":
        return json.dumps(result.to_json(), ensure_ascii=False, indent=1).encode()
    if form != "tsv":
        raise Refused(f"An answer is downloaded as tsv or json, not {form!r}.")
    rows: list[Sequence[object]] = [result.variables, *result.rows]
    if result.form == "ask":
        rows = [("answer",), (str(result.answer).lower(),)]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\")
    for row in rows:
        writer.writerow([guard_formula(" ".join(cell.split())) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode()
