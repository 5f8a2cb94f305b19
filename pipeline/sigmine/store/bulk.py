"""Filling an empty graph with a stream of statements.

The database sorts what it is given and writes finished files, so a few long loads are faster than many batches. It
holds a load in memory, so there are several; of the statements only ids are kept, to find those that come again.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from sigmine.assembly.terms import Triple, make_literal, term_iri
from sigmine.assembly.triples import make_own_triples, make_shared_triples, statement_iri
from sigmine.errors import StoreError
from sigmine.model.record import dump_statement
from sigmine.model.statement import Statement

if TYPE_CHECKING:
    import pyoxigraph

_PIECE = 100  # statements that are turned into text at once
_LOAD = 5_000  # statements that are loaded at once: the database holds them in memory, about 40 kB each
_KNOWN = 100_000  # triples that are remembered as written; the database drops what comes twice, but it costs time
_LINE = "%s %s %s .\n"
_RECORD = term_iri("sigmine:record")


def load_statements(database: pyoxigraph.Store, statements: Iterable[Statement]) -> list[Statement]:
    """Writes statements to a database that holds none of them; after a failure some of them may be there.

    Returns:
        Those whose id came before in the stream, unwritten; usually none.

    Raises:
        StoreError: if a statement has characters that are no text.
    """
    import pyoxigraph

    stream = _Stream(statements)
    while stream.begin_load():
        # Lenient: our IRIs are percent-encoded where they are made, and checking them again takes a tenth of the time.
        database.bulk_load(input=stream, format=pyoxigraph.RdfFormat.N_TRIPLES, lenient=True)  # type: ignore[arg-type]
    return stream.repeated


def make_record(statement: Statement) -> str:
    """The record of a statement.

    Raises:
        StoreError: if the statement has characters that are no text.
    """
    record = dump_statement(statement)
    try:
        record.encode()
    except UnicodeEncodeError as error:
        documents = ", ".join(sorted({item.document for item in statement.evidence}))
        raise StoreError(
            f"Statement {statement.id} (from {documents}) has characters that are no text: {error}. Nothing was "
            "written; the reader of the document must replace them."
        ) from error
    return record


class _Stream:
    """The statements as a file of N-Triples, made while it is read."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.repeated: list[Statement] = []
        self._statements = iter(statements)
        self._ids: set[str] = set()
        self._known: set[Triple] = set()
        self._text = b""
        self._start = 0
        self._left = 0
        self._next: list[Statement] = []

    def begin_load(self) -> bool:
        """Makes the file go on with the next statements; False if there are none."""
        self._next = list(islice(self._statements, _PIECE))
        self._left = _LOAD
        return bool(self._next)

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``; empty at the end."""
        while self._start >= len(self._text):
            piece = self._next
            self._left -= len(piece)
            self._next = list(islice(self._statements, _PIECE)) if self._left > 0 else []
            if not piece:
                return b""
            self._text = "".join(self._make_lines(piece)).encode()
            self._start = 0
        end = len(self._text) if size < 0 else self._start + size
        part = self._text[self._start : end]
        self._start += len(part)
        return part

    def _make_lines(self, statements: Iterable[Statement]) -> list[str]:
        lines = []
        for statement in statements:
            if statement.id in self._ids:
                self.repeated.append(statement)
                continue
            self._ids.add(statement.id)
            lines.append(_LINE % (statement_iri(statement.id), _RECORD, make_literal(make_record(statement))))
            lines += [_LINE % triple for triple in make_own_triples(statement)]
            shared = [triple for triple in make_shared_triples(statement) if triple not in self._known]
            lines += [_LINE % triple for triple in shared]
            self._known.update(shared)
            if len(self._known) > _KNOWN:
                self._known.clear()
        return lines
