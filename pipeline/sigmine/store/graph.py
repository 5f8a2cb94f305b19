"""The triples of a store: what every kind of store can be asked, and the one that Oxigraph keeps in this process."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from sigmine.resources.prefixes import PREFIXES
from sigmine.store.result import QUERY_PREFIXES, QueryResult, make_triples_result

if TYPE_CHECKING:
    import pyoxigraph


class Graph(Protocol):
    """Nodes and properties are N-Triples terms (``<...>``), texts are plain.

    Every method raises ``StoreError``, ``OSError`` or ``RuntimeError`` if the database fails; ``query`` and ``update``
    raise ``SyntaxError`` where the text is not SPARQL.
    """

    place: str
    """What messages call it: a folder, an address, ``memory``."""

    def find_subjects(self, properties: Sequence[str], nodes: Iterable[str]) -> set[str]:
        """What has any of the nodes in one of the properties."""

    def find_with_text(self, properties: Sequence[str], text: str) -> set[str]:
        """What has the plain literal in one of the properties."""

    def find_texts(self, property: str, nodes: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Each of the nodes that has the property, with its text (of a node ``<...>``, what stands between), in no
        certain order."""

    def query(self, sparql: str) -> QueryResult:
        """The answer; our prefixes need no declaration."""

    def update(self, sparql: str) -> None:
        """All operations of the text, or, after a failure, none."""

    def load(self, lines: Sequence[str]) -> None:
        """Adds N-Triples; all of them, or, after a failure, none."""

    def close(self) -> None:
        """Gives the database free."""


class EmbeddedGraph:
    """Oxigraph in this process, in memory or in a folder."""

    def __init__(self, database: pyoxigraph.Store, place: str) -> None:
        self.database: pyoxigraph.Store | None = database
        self.place = place

    def find_subjects(self, properties: Sequence[str], nodes: Iterable[str]) -> set[str]:
        import pyoxigraph

        return self._find(properties, (pyoxigraph.NamedNode(node[1:-1]) for node in nodes))

    def find_with_text(self, properties: Sequence[str], text: str) -> set[str]:
        import pyoxigraph

        return self._find(properties, [pyoxigraph.Literal(text)])

    def _find(self, properties: Sequence[str], values: Iterable[pyoxigraph.NamedNode | pyoxigraph.Literal]) -> set[str]:
        import pyoxigraph

        database = self.get_database()
        terms = [pyoxigraph.NamedNode(name[1:-1]) for name in properties]
        return {
            str(quad.subject)
            for value in values
            for term in terms
            for quad in database.quads_for_pattern(None, term, value)
        }

    def find_texts(self, property: str, nodes: Sequence[str]) -> Iterator[tuple[str, str]]:
        import pyoxigraph

        database, term = self.get_database(), pyoxigraph.NamedNode(property[1:-1])
        for node in nodes:
            for quad in database.quads_for_pattern(pyoxigraph.NamedNode(node[1:-1]), term, None):
                yield node, quad.object.value  # type: ignore[union-attr]

    def query(self, sparql: str) -> QueryResult:
        import pyoxigraph

        answer = self.get_database().query(sparql, prefixes=QUERY_PREFIXES)
        if isinstance(answer, pyoxigraph.QueryBoolean):
            return QueryResult("ask", answer=bool(answer))
        if isinstance(answer, pyoxigraph.QuerySolutions):
            data = json.loads(answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"{}")
            return QueryResult("select", tuple(data["head"]["vars"]), tuple(data["results"]["bindings"]))
        return make_triples_result(
            (term_to_json(t.subject), term_to_json(t.predicate), term_to_json(t.object)) for t in answer
        )

    def update(self, sparql: str) -> None:
        self.get_database().update(sparql)

    def load(self, lines: Sequence[str]) -> None:
        import pyoxigraph

        data = "\n".join(lines).encode()
        self.get_database().load(input=data, format=pyoxigraph.RdfFormat.N_TRIPLES)

    def optimize(self) -> None:
        """Merges the pieces that a large load leaves; without it each look-up goes through all of them."""
        self.get_database().optimize()

    def close(self) -> None:
        self.database = None

    def get_database(self) -> pyoxigraph.Store:
        """What Oxigraph calls the store.

        Raises:
            RuntimeError: if it is closed.
        """
        if self.database is None:
            raise RuntimeError("the database is closed")
        return self.database


def term_to_json(term: Any) -> dict[str, Any]:
    """A term in the form of SPARQL 1.1 JSON results."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": term.value}
    row: dict[str, Any] = {"type": "literal", "value": term.value}
    if term.language:
        row["xml:lang"] = term.language
    elif term.datatype.value != f"{PREFIXES['xsd']}string":
        row["datatype"] = term.datatype.value
    return row
