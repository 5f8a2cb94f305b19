"""The triple store: statements in, statements and answers to SPARQL out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Unpack

from sigmine.assembly.families import Families
from sigmine.errors import StoreError
from sigmine.model.statement import Statement
from sigmine.store.graph import Graph
from sigmine.store.lookup import read_statement
from sigmine.store.named import NamedQuery, get_named_query, run_named_query
from sigmine.store.opening import open_graph
from sigmine.store.result import QueryResult
from sigmine.store.search import find_named, search_statements
from sigmine.store.selection import Filters, Selection
from sigmine.store.sparql import run_query
from sigmine.store.writing import add_run, add_statements


def open_store(place: Path | str | None = None, *, read_only: bool = False) -> StatementStore:
    """The store in a folder, made if it is not there, or behind a SPARQL 1.1 endpoint; ``None`` keeps it in memory.

    Args:
        place: a folder, or the address of an endpoint (``http://127.0.0.1:7878``; ``/query`` and ``/update`` below it
            are asked, unless both are given as ``QUERY-ADDRESS,UPDATE-ADDRESS``).

    Raises:
        StoreError: if the folder or the endpoint holds something else, is damaged, is of another version, is in use or
            cannot be reached; with ``read_only``, also if there is no store.
    """
    return StatementStore(open_graph(place, read_only=read_only), read_only=read_only)


class StatementStore:
    """Statements as triples (``docs/model.md``), with a record of each that gives it back unchanged.

    Made by ``open_store``. Use it as a context manager: a store on disk stays locked for other writers until it is
    closed. Every method raises ``StoreError`` if the store is closed or its database fails.
    """

    def __init__(self, graph: Graph, *, read_only: bool = False) -> None:
        self._graph: Graph | None = graph
        self._read_only = read_only

    def __enter__(self) -> StatementStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Gives the folder free; closing twice does nothing."""
        if self._graph is not None:
            self._graph.close()
        self._graph = None

    def write_statements(self, statements: Iterable[Statement], *, replacing: Collection[str] = ()) -> None:
        """Adds statements, all of them or, whatever happens, none; writing the same again changes nothing.

        Of a statement that the store already has, evidence from the documents that the new one names is replaced, and
        evidence from other documents stays; the belief then follows from all of it. An endpoint takes much in several
        steps, each with whole documents: after a failure it may have some of the documents.

        Args:
            replacing: ids of documents that were read again and may no longer state all that they did: their earlier
                evidence goes in the same step.

        Raises:
            StoreError: if the store is read-only, or a statement has characters that are no text (nothing is written).
        """
        with self._writing() as graph:
            add_statements(graph, statements, replacing=replacing)

    def write_run(self, manifest: Mapping[str, Any]) -> None:
        """Adds what a run was: program, rules and data with their hashes (``sigmine.manifest.describe_program``).

        Raises:
            StoreError: if the store is read-only.
        """
        with self._writing() as graph:
            add_run(graph, manifest)

    def remove_document(self, document_id: str) -> None:
        """Takes out all evidence from the document, and the statements that then have none. An unknown id is no error.

        Raises:
            StoreError: if the store is read-only.
        """
        self.write_statements((), replacing=[document_id])

    def find_documents(self) -> list[str]:
        """The ids of the documents that have evidence, sorted."""
        with self._reading() as graph:
            answer = graph.query("SELECT ?id { ?document a sigmine:Document ; dcterms:identifier ?id }")
        return sorted(str(row[0]) for row in answer.rows)

    def find_statements(self, **filters: Unpack[Filters]) -> Iterator[Statement]:
        """The statements that fit all that is given, sorted by relation, names and site; all of them without filters.

        Args:
            filters: ``relation``, ``subject``, ``object``, ``molecules``, ``around`` with ``hops``, ``site``,
                ``site_status``, ``min_belief``, ``negated``, ``hedged``, ``claims``, ``direct``, ``sections``,
                ``documents``, ``collapse_families``: each as ``sigmine.store.Filters`` says.

        Raises:
            ValueError: if ``hops`` is negative.
        """
        selection = Selection(**filters)
        with self._reading() as graph:
            found = search_statements(graph, selection)
        return iter(found)

    def find_statement(self, statement_id: str) -> Statement | None:
        """The statement with the id, or None."""
        with self._reading() as graph:
            return read_statement(graph, statement_id)

    def query(self, sparql: str) -> QueryResult:
        """The answer to a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE); our prefixes need no declaration.

        Raises:
            StoreError: if the text is an update, calls another service or is no SPARQL query.
        """
        with self._reading() as graph:
            return run_query(graph, sparql)

    def ask(self, query: str | NamedQuery, *values: str) -> QueryResult:
        """The answer to a query with a name (``load_named_queries``) or of a file (``load_query_file``).

        Args:
            values: what its arguments stand for, in order: names or CURIEs, or text.

        Raises:
            StoreError: if there is no such query, or the number of values is wrong.
        """
        named = get_named_query(query) if isinstance(query, str) else query
        with self._reading() as graph:
            return run_named_query(graph, named, values)

    def find_identities(self, name: str, *, collapse_families: bool = False) -> list[str]:
        """The IRIs of the identities that a CURIE or a name means in this store, sorted; empty if it knows none.

        Args:
            collapse_families: whether the name may be that of a family of which the store only knows members; then
                the IRIs are those of all members.
        """
        with self._reading() as graph:
            return sorted(iri[1:-1] for iri in find_named(graph, name, Families() if collapse_families else None))

    def find_names(self) -> list[str]:
        """All names of ends of statements, standard ones and those that the texts use, sorted."""
        with self._reading() as graph:
            answer = graph.query("SELECT DISTINCT ?name { ?agent sigmine:key ?key ; rdfs:label|skos:altLabel ?name }")
        return sorted(str(row[0]) for row in answer.rows)

    @contextmanager
    def _reading(self) -> Iterator[Graph]:
        """The graph; what its database reports becomes an error of ours."""
        if self._graph is None:
            raise StoreError("The store is closed; open it again with open_store().")
        try:
            yield self._graph
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"The store failed ({error}). If the disk is not full, it is damaged: delete its folder and write it "
                "again with `sigmine run`."
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[Graph]:
        if self._read_only:
            raise StoreError("The store was opened read-only; open it with read_only=False to write.")
        with self._reading() as graph:
            yield graph
