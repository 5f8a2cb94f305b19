"""Statements of more evidence than memory holds: grouped and sorted in a file, read as often as needed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from types import TracebackType

from sigmine.assembly.merge import SortedStatements, assemble, make_keys, make_statement, sort_key
from sigmine.model.record import dump_statement_with, load_evidence, load_statement
from sigmine.model.statement import Evidence, Statement

_PIECE = 1_000  # rows that are written at once
_KEPT = 3_000  # fewer pieces of evidence are kept in memory
_MAX_INTEGER = 2**63 - 1  # of SQLite
_Row = tuple[object, ...]

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE evidence (key BLOB, number INTEGER, record BLOB);
CREATE TABLE statement (relation BLOB, subject BLOB, object BLOB, residue BLOB, position INTEGER, id BLOB, record BLOB);
"""
_ORDER = "relation, subject, object, residue, position, id"


class StatementReader(SortedStatements):
    """The statements of a file that a ``StatementFile`` has made; for another process, while that goes on."""

    def __init__(self, path: Path, count: int) -> None:
        self._count = count
        # Nobody writes to it any more; its maker's lock is of no matter.
        self._file = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)

    def __iter__(self) -> Iterator[Statement]:
        return _read_statements(self._file)

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> StatementReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


class StatementFile(SortedStatements):
    """All statements that some evidence makes, as ``assemble`` gives them, in the same order.

    Few are kept in memory; many are read from the file, one at a time, whenever they are gone through. The file is
    deleted at the end of the ``with`` block.
    """

    def __init__(self, path: Path, evidence: Iterable[tuple[Evidence, bytes]]) -> None:
        """Takes pieces of evidence, each with its record (``sigmine.model.record``)."""
        self._path = path
        self._count = 0
        self._kept: tuple[Statement, ...] | None = None
        self._file: sqlite3.Connection | None = None
        stream = iter(evidence)
        head = list(islice(stream, _KEPT))
        if len(head) < _KEPT:
            self._kept = assemble(item for item, _ in head)
            self._count = len(self._kept)
            return
        with ExitStack() as stack:
            stack.callback(self.close)
            self._file = sqlite3.connect(path, isolation_level=None)
            self._file.executescript(_TABLES)
            self._fill(self._file, chain(head, stream))
            stack.pop_all()

    def __iter__(self) -> Iterator[Statement]:
        if self._file is None:
            yield from self._kept or ()
            return
        yield from _read_statements(self._file)

    def __len__(self) -> int:
        return self._count

    @property
    def path(self) -> Path | None:
        """The file; None where the statements are in memory."""
        return None if self._file is None else self._path

    def __enter__(self) -> StatementFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Deletes the file; the statements cannot be read any more."""
        self._kept = None
        if self._file is not None:
            self._file.close()
            self._file = None
        self._path.unlink(missing_ok=True)

    def _fill(self, file: sqlite3.Connection, evidence: Iterable[tuple[Evidence, bytes]]) -> None:
        _insert(file, "evidence", _make_evidence_rows(evidence))
        file.execute("CREATE INDEX by_key ON evidence (key, number)")
        self._count = _insert(file, "statement", _make_statement_rows(file))
        file.execute(f"CREATE INDEX by_order ON statement ({_ORDER})")
        file.execute("DROP TABLE evidence")


def _read_statements(file: sqlite3.Connection) -> Iterator[Statement]:
    for (record,) in file.execute(f"SELECT record FROM statement ORDER BY {_ORDER}"):
        yield load_statement(record)


def _insert(file: sqlite3.Connection, table: str, rows: Iterator[_Row]) -> int:
    """Writes the rows, and counts them."""
    count = 0
    while piece := list(islice(rows, _PIECE)):
        marks = ", ".join("?" * len(piece[0]))
        file.execute("BEGIN")
        file.executemany(f"INSERT INTO {table} VALUES ({marks})", piece)
        file.execute("COMMIT")
        count += len(piece)
    return count


def _make_evidence_rows(evidence: Iterable[tuple[Evidence, bytes]]) -> Iterator[_Row]:
    for number, (item, record) in enumerate(evidence):
        for key in make_keys(item):
            yield json.dumps(key).encode(), number, record


def _make_statement_rows(file: sqlite3.Connection) -> Iterator[_Row]:
    reading = file.cursor().execute("SELECT key, record FROM evidence ORDER BY key, number")
    for key, rows in groupby(reading, key=itemgetter(0)):
        relation, subject, object_, site = json.loads(key)
        records = [record for _, record in rows]
        statement = make_statement((relation, subject, object_, site), list(map(load_evidence, records)))
        # As bytes: SQLite then compares as Python does, and half a surrogate pair can be written.
        parts = (_encode(part) if isinstance(part, str) else min(part, _MAX_INTEGER) for part in sort_key(statement))
        yield (*parts, dump_statement_with(statement, records))


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
