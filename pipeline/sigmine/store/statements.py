"""The triple store: statements in, statements and answers to SPARQL out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sigmine.assembly.merge import sort_key
from sigmine.errors import StoreError
from sigmine.model.statement import ClaimType, Statement
from sigmine.store.lookup import make_statement_node, read_statement
from sigmine.store.opening import open_graph
from sigmine.store.selection import Selection, find_candidates, matches_statement
from sigmine.store.sparql import QueryResult, run_query
from sigmine.store.writing import add_run, add_statements, remove_evidence

if TYPE_CHECKING:
    from sigmine.store.lookup import Graph


def open_store(path: Path | str | None = None, *, read_only: bool = False) -> StatementStore:
    """The store in the folder, made if it is not there; ``None`` keeps it in memory.

    Raises:
        StoreError: if the folder holds something else, is damaged, is of another version or is in use; with
            ``read_only``, also if there is no store.
    """
    folder = None if path is None else Path(path)
    return StatementStore(open_graph(folder, read_only=read_only), read_only=read_only)


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
        self._graph = None

    def write_statements(self, statements: Iterable[Statement]) -> None:
        """Adds statements; writing the same again changes nothing.

        Of a statement that the store already has, evidence from the documents that the new one names is replaced, and
        evidence from other documents stays; the belief then follows from all of it. Before a document that was read
        again is written, take it out with ``remove_document``: it may no longer state all that it did.

        Raises:
            StoreError: if the store is read-only, or a statement has characters that are no text (nothing is written).
        """
        with self._writing() as graph:
            add_statements(graph, statements)

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
        with self._writing() as graph:
            remove_evidence(graph, document_id)

    def find_statements(
        self,
        *,
        relation: str | None = None,
        subject: str | None = None,
        object: str | None = None,
        site: str | None = None,
        min_belief: float = 0.0,
        negated: bool | None = None,
        hedged: bool | None = None,
        claims: Collection[ClaimType] | None = None,
    ) -> Iterator[Statement]:
        """The statements that fit all that is given, by relation, names and site.

        Args:
            relation: ``phosphorylates`` ...
            subject, object: a CURIE, or a name: the standard one or one that the texts use, in any case of letters.
                Either end of an unordered relation (``binds``) may be meant.
            site: ``S473``, or ``S`` for statements with a residue and no position.
            min_belief: 0 to 1.
            negated, hedged: statements with some evidence that is (True) or is not (False) so; what is given
                together must fit the same evidence. ``negated=False, hedged=False`` gives what is plainly said.
            claims: statements with some evidence of one of these types (``CLAIM_TYPES``); None for all.
        """
        wanted = None if claims is None else frozenset(claims)
        selection = Selection(relation, subject, object, site, min_belief, negated, hedged, wanted)
        with self._reading() as graph:
            candidates = find_candidates(graph, selection)
            read = (read_statement(graph, node) for node in candidates.nodes)
            found = [item for item in read if item is not None and matches_statement(item, selection, candidates)]
        return iter(sorted(found, key=sort_key))

    def find_statement(self, statement_id: str) -> Statement | None:
        """The statement with the id, or None."""
        with self._reading() as graph:
            return read_statement(graph, make_statement_node(statement_id))

    def query(self, sparql: str) -> QueryResult:
        """The answer to a SPARQL query (SELECT, ASK, CONSTRUCT, DESCRIBE); our prefixes need no declaration.

        Raises:
            StoreError: if the text is an update, calls another service or is no SPARQL query.
        """
        with self._reading() as graph:
            return run_query(graph, sparql)

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
