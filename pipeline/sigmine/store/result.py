"""The answer to a SPARQL query."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sigmine.model.html import SHOWN_ROWS, escape_text, render_table
from sigmine.resources.prefixes import PREFIXES, compress_iri

Value = str | int | float | bool | None
"""A cell of an answer: text or IRI as text, numbers and truth values as such, None where nothing is bound."""

Term = dict[str, Any]
"""An RDF term in the form of SPARQL 1.1 JSON results."""

QUERY_PREFIXES: dict[str, str] = {**{prefix.lower(): iri for prefix, iri in PREFIXES.items()}, **PREFIXES}
"""Prefixes that a query may use without declaring them."""

_TRIPLE_VARIABLES = ("subject", "predicate", "object")
_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset({f"{_XSD}integer", f"{_XSD}int", f"{_XSD}long"})
_FLOATS = frozenset({f"{_XSD}double", f"{_XSD}decimal", f"{_XSD}float"})


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query.

    Attributes:
        form: ``select``, ``ask`` or ``construct`` (DESCRIBE gives ``construct``).
        variables: names of the columns, without ``?``; of ``construct``, subject, predicate, object; of ``ask``, none.
        bindings: one for each row, variable to RDF term in the form of SPARQL 1.1 JSON results; unbound ones are left
            out. The rows of ``construct`` are sorted, those of ``select`` come as the query orders them.
        answer: of ``ask``; None of the others.
    """

    form: str
    variables: tuple[str, ...] = ()
    bindings: tuple[dict[str, Term], ...] = ()
    answer: bool | None = None

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The bindings as plain values, in the order of ``variables``."""
        return [tuple(_to_value(row.get(name)) for name in self.variables) for row in self.bindings]

    def _repr_html_(self) -> str:
        if self.form == "ask":
            return f'<div class="sigmine"><p>{"yes" if self.answer else "no"}</p></div>'
        rows = [[_render_value(row.get(name)) for name in self.variables] for row in self.bindings[:SHOWN_ROWS]]
        title = f"{len(self.bindings):,} row{'s' * (len(self.bindings) != 1)}"
        return render_table(self.variables, rows, total=len(self.bindings), title=title)

    def to_json(self) -> dict[str, Any]:
        """SPARQL 1.1 Query Results JSON Format; triples are rows of subject, predicate, object."""
        if self.form == "ask":
            return {"head": {}, "boolean": self.answer}
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": list(self.bindings)}}


def make_triples_result(triples: Iterable[tuple[Term, Term, Term]]) -> QueryResult:
    """The answer to CONSTRUCT or DESCRIBE: each triple once, sorted."""
    rows = {json.dumps(triple, sort_keys=True): triple for triple in triples}
    bindings = (dict(zip(_TRIPLE_VARIABLES, rows[key], strict=True)) for key in sorted(rows))
    return QueryResult("construct", _TRIPLE_VARIABLES, tuple(bindings))


def make_table_result(variables: Iterable[str], rows: Iterable[Iterable[Value]]) -> QueryResult:
    """An answer to SELECT made of plain values; None is unbound. Text that begins as an IRI stays a text."""
    names = tuple(variables)
    bindings = tuple(
        {name: _to_term(value) for name, value in zip(names, row, strict=True) if value is not None} for row in rows
    )
    return QueryResult("select", names, bindings)


def _to_term(value: str | int | float | bool) -> Term:
    if isinstance(value, str):
        return {"type": "literal", "value": value}
    kind = "boolean" if isinstance(value, bool) else "integer" if isinstance(value, int) else "double"
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return {"type": "literal", "value": text, "datatype": f"{_XSD}{kind}"}


def _render_value(term: Term | None) -> str:
    """Addresses as CURIEs where a prefix of ours begins them; numbers with at most four digits."""
    value = _to_value(term)
    if term is None or value is None:
        return ""
    if term["type"] == "uri":
        return f'<span title="{escape_text(str(value))}">{escape_text(compress_iri(str(value)) or str(value))}</span>'
    return f"{value:.4g}" if isinstance(value, float) else escape_text(str(value))


def _to_value(term: Term | None) -> Value:
    if term is None:
        return None
    value, datatype = str(term["value"]), term.get("datatype")
    try:
        if datatype in _INTEGERS:
            return int(value)
        if datatype in _FLOATS:
            return float(value)
    except ValueError:
        return value  # a literal may claim a type that its text does not fit
    if datatype == f"{_XSD}boolean":
        return value in {"true", "1"}
    return value
