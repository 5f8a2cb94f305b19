"""The few look-ups in the graph that the store is made of. Terms are CURIEs of ``sigmine.resources.prefixes``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from sigmine.assembly.triples import make_key, statement_iri
from sigmine.assembly.vocabulary import term_iri
from sigmine.model.record import load_statement
from sigmine.model.statement import Statement
from sigmine.resources.prefixes import normalize_curie

if TYPE_CHECKING:
    from sigmine.store.graph import Graph

RECORD = term_iri("sigmine:record")
"""The property that holds a statement's record (``sigmine.model.record``)."""

ENDS = (term_iri("rdf:subject"), term_iri("rdf:object"))

_TYPE = (term_iri("rdf:type"),)
_STATEMENT = term_iri("sigmine:Statement")
_KEY = (term_iri("sigmine:key"),)
_PIECE = 200
_AGENTS = 500  # identities asked for at once


def find_statement_nodes(graph: Graph) -> set[str]:
    """All statements."""
    return graph.find_subjects(_TYPE, [_STATEMENT])


def has_statements(graph: Graph) -> bool:
    """Whether there is any statement."""
    return bool(graph.query(f"ASK {{ ?s {_TYPE[0]} {_STATEMENT} }}").answer)


def read_statements(graph: Graph, nodes: Iterable[str]) -> Iterator[Statement]:
    """The statements of the nodes, sorted by node; a node that the store does not have gives none.

    They are read a piece at a time, as they are asked for.

    Raises:
        StoreError: if a record is damaged.
    """
    ordered = sorted(nodes)
    for start in range(0, len(ordered), _PIECE):
        records = graph.find_texts(RECORD, ordered[start : start + _PIECE])
        for _, record in sorted(records):
            yield load_statement(record)


def read_statement(graph: Graph, statement_id: str) -> Statement | None:
    """The statement with the id, or None where the store does not have it.

    Raises:
        StoreError: if its record is damaged.
    """
    return next(read_statements(graph, [statement_iri(statement_id)]), None)


def find_between(graph: Graph, agents: Collection[str]) -> set[str]:
    """The statements whose ends, two or the object alone, are all among the identities (``<...>``)."""
    subject, object_ = ENDS
    ordered = sorted(agents)
    found: set[str] = set()
    for start in range(0, len(ordered), _AGENTS):
        values = " ".join(ordered[start : start + _AGENTS])
        answer = graph.query(
            f"SELECT ?s ?a {{ VALUES ?b {{ {values} }} ?s {object_} ?b OPTIONAL {{ ?s {subject} ?a }} }}"
        )
        found.update(
            f"<{row['s']['value']}>" for row in answer.bindings if "a" not in row or f"<{row['a']['value']}>" in agents
        )
    return found


def find_identities(graph: Graph, name: str) -> frozenset[str]:
    """The identities (``<...>``) that a CURIE or a name means: the standard one or one that the texts use."""
    keys = {make_key(name), make_key(normalize_curie(name) or name)}
    return frozenset(node for key in keys for node in graph.find_with_text(_KEY, key))
