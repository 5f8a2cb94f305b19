"""Statements as JSON-LD 1.1: the triples of Turtle, a line for each subject, with our prefixes as the context."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from sigmine.assembly.triples import make_graph_triples
from sigmine.exports.export import Runs
from sigmine.exports.nquads import make_line
from sigmine.model.statement import Statement
from sigmine.resources.prefixes import PREFIXES, compress_iri

if TYPE_CHECKING:
    from pyoxigraph import Literal

_DELIMITERS = (":", "/", "?", "#", "[", "]", "@")  # an IRI that ends with one is a prefix without being told so
_RDF_TYPE = f"{PREFIXES['rdf']}type"


def write_jsonld(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """An object with ``@context`` and ``@graph``, whose nodes are sorted by their IRIs.

    Booleans, integers and texts are JSON's own; a number with a point keeps its digits as text beside its type, for
    JSON-LD would write it anew (``8.5E-1``).
    """
    import pyoxigraph

    lines = sorted({make_line(*triple) for triple in make_graph_triples(statements, runs)})
    quads = pyoxigraph.parse(input="\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    nodes = (_make_node(name, group) for name, group in groupby(quads, key=_name_subject))
    file.write(f'{{"@context": {_encode(_make_context())},\n"@graph": ['.encode())
    for number, node in enumerate(nodes):
        file.write(f"{',' if number else ''}\n{_encode(node)}".encode())
    file.write(b"\n]}\n")


def _make_context() -> dict[str, Any]:
    prefixes = {
        name: iri if iri.endswith(_DELIMITERS) else {"@id": iri, "@prefix": True}
        for name, iri in sorted(PREFIXES.items())
    }
    return {"@version": 1.1, **prefixes}


def _name_subject(quad: Any) -> str:
    return str(quad.subject.value)


def _make_node(name: str, quads: Iterable[Any]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _shorten(name)}
    for predicate, group in groupby(quads, key=lambda quad: quad.predicate.value):
        if predicate == _RDF_TYPE:
            node["@type"] = _unwrap(_shorten(quad.object.value) for quad in group)
        else:
            node[_shorten(predicate)] = _unwrap(_make_value(quad.object) for quad in group)
    return node


def _unwrap(values: Iterator[Any]) -> Any:
    found = list(values)
    return found[0] if len(found) == 1 else found


def _make_value(term: Any) -> Any:
    import pyoxigraph

    return {"@id": _shorten(term.value)} if isinstance(term, pyoxigraph.NamedNode) else _make_literal(term)


def _make_literal(literal: Literal) -> Any:
    kind = _shorten(literal.datatype.value)
    if kind == "xsd:string":
        return literal.value
    if kind == "xsd:boolean":
        return literal.value == "true"
    return int(literal.value) if kind == "xsd:integer" else {"@type": kind, "@value": literal.value}


@lru_cache(maxsize=65536)
def _shorten(iri: str) -> str:
    return compress_iri(iri) or iri


def _encode(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
