"""The few look-ups in the graph that the store is made of. Terms are CURIEs of ``sigmine.resources.prefixes``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sigmine.assembly.triples import statement_iri
from sigmine.assembly.vocabulary import term_iri
from sigmine.model.statement import Statement
from sigmine.store.record import load_statement

if TYPE_CHECKING:
    import pyoxigraph

    Graph = pyoxigraph.Store
    Node = pyoxigraph.NamedNode

RECORD = "sigmine:record"
"""The property that holds a statement's record (``sigmine.store.record``)."""

ENDS = ("rdf:subject", "rdf:object")


def make_node(iri: str) -> Node:
    """The term of ``<...>``."""
    import pyoxigraph

    return pyoxigraph.NamedNode(iri[1:-1])


def find_subjects(graph: Graph, terms: str | Iterable[str], value: Node | pyoxigraph.Literal) -> set[Node]:
    """What has the value in one of the properties."""
    return {
        quad.subject  # type: ignore[misc]
        for term in ([terms] if isinstance(terms, str) else terms)
        for quad in graph.quads_for_pattern(None, make_node(term_iri(term)), value)
    }


def find_texts(graph: Graph, node: Node | None, term: str) -> list[tuple[Node, str]]:
    """The literals of a property, with what has them; of everything if ``node`` is None."""
    return [
        (quad.subject, quad.object.value)  # type: ignore[misc, union-attr]
        for quad in graph.quads_for_pattern(node, make_node(term_iri(term)), None)
    ]


def find_statement_nodes(graph: Graph) -> set[Node]:
    """All statements."""
    return find_subjects(graph, "rdf:type", make_node(term_iri("sigmine:Statement")))


def has_statements(graph: Graph) -> bool:
    """Whether there is any statement."""
    kind, statement = make_node(term_iri("rdf:type")), make_node(term_iri("sigmine:Statement"))
    return next(iter(graph.quads_for_pattern(None, kind, statement)), None) is not None


def read_statement(graph: Graph, node: Node) -> Statement | None:
    """The statement of a node, or None where the store does not have it.

    Raises:
        StoreError: if its record is damaged.
    """
    for _, record in find_texts(graph, node, RECORD):
        return load_statement(record)
    return None


def make_statement_node(statement_id: str) -> Node:
    """The node of a statement, whether or not the store has it."""
    return make_node(statement_iri(statement_id))
