"""SPARQL over a store: what may be asked, and the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sigmine.errors import StoreError
from sigmine.resources.prefixes import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

Value = str | int | float | bool | None
"""A cell of an answer: text or IRI as text, numbers and truth values as such, None where nothing is bound."""

QUERY_PREFIXES: dict[str, str] = {**{prefix.lower(): iri for prefix, iri in PREFIXES.items()}, **PREFIXES}
"""Prefixes that a query may use without declaring them."""

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})
_TRIPLE_VARIABLES = ("subject", "predicate", "object")
_XSD = PREFIXES["xsd"]
_INTEGERS = frozenset({f"{_XSD}integer", f"{_XSD}int", f"{_XSD}long"})
_FLOATS = frozenset({f"{_XSD}double", f"{_XSD}decimal", f"{_XSD}float"})

_SERVICE = re.compile(r"(?<![?$])service", re.IGNORECASE)
_FIRST_WORD = re.compile(
    r"\s*(?:\#[^\n\r]*\s*|PREFIX\s*[^\s:]*:\s*<[^>]*>\s*|BASE\s*<[^>]*>\s*)*([A-Za-z]+)",
    re.IGNORECASE,
)


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
    bindings: tuple[dict[str, dict[str, Any]], ...] = ()
    answer: bool | None = None

    @property
    def rows(self) -> list[tuple[Value, ...]]:
        """The bindings as plain values, in the order of ``variables``."""
        return [tuple(_to_value(row.get(name)) for name in self.variables) for row in self.bindings]

    def to_json(self) -> dict[str, Any]:
        """SPARQL 1.1 Query Results JSON Format; triples are rows of subject, predicate, object."""
        if self.form == "ask":
            return {"head": {}, "boolean": self.answer}
        return {"head": {"vars": list(self.variables)}, "results": {"bindings": list(self.bindings)}}


def run_query(graph: pyoxigraph.Store, sparql: str) -> QueryResult:
    """Asks; nothing is ever changed, and nothing but the graph is asked.

    Raises:
        StoreError: if the text is an update, calls another service or is no SPARQL query.
    """
    import pyoxigraph

    _refuse_service(sparql)
    try:
        answer = graph.query(sparql, prefixes=QUERY_PREFIXES)
        if isinstance(answer, pyoxigraph.QueryBoolean):
            return QueryResult("ask", answer=bool(answer))
        if isinstance(answer, pyoxigraph.QuerySolutions):
            data = json.loads(answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"{}")
            return QueryResult("select", tuple(data["head"]["vars"]), tuple(data["results"]["bindings"]))
        return QueryResult("construct", _TRIPLE_VARIABLES, _triples_to_rows(answer))
    except SyntaxError as error:
        raise StoreError(_explain(sparql, error)) from error


def _refuse_service(sparql: str) -> None:
    """The database would follow a SERVICE clause over the network, and its parser takes the word anywhere
    (``trueSERVICE<...>``). So the word is refused wherever it is not the name of a variable.
    """
    if _SERVICE.search(sparql):
        raise StoreError(
            "A query may not call another service: a store answers from what it holds. The word SERVICE may only name "
            "a variable; to look for it in a text, write REGEX(?text, 'servic[e]')."
        )


def _explain(sparql: str, error: SyntaxError) -> str:
    match = _FIRST_WORD.match(sparql)
    if match and match[1].upper() in _UPDATES:
        return (
            f"{match[1].upper()} is refused: a store is asked with SELECT, ASK, CONSTRUCT or DESCRIBE and changed only "
            "by `sigmine run`."
        )
    return (
        f"The query is not SPARQL: {error.msg}. SELECT, ASK, CONSTRUCT and DESCRIBE are understood; these prefixes "
        f"need no declaration: {', '.join(sorted(PREFIXES))}."
    )


def _triples_to_rows(triples: Iterable[pyoxigraph.Triple]) -> tuple[dict[str, dict[str, Any]], ...]:
    ordered = sorted(set(triples), key=str)
    return tuple(
        {name: _to_json(getattr(triple, name)) for name in _TRIPLE_VARIABLES}  # one dictionary a triple
        for triple in ordered
    )


def _to_json(term: Any) -> dict[str, Any]:
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": term.value}
    row: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        row["xml:lang"] = term.language
    elif term.datatype.value != f"{_XSD}string":
        row["datatype"] = term.datatype.value
    return row


def _to_value(term: dict[str, Any] | None) -> Value:
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
