"""Statements of more evidence than memory holds: grouped and sorted in a file, read as often as needed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType

from sigmine.assembly.merge import SortedStatements, make_keys, make_statement, sort_key
from sigmine.model.record import dump_evidence, dump_statement, load_evidence, load_statement
from sigmine.model.statement import Evidence, Statement

_PIECE = 1_000  # rows that are written at once
_KEPT = 2_000  # pieces of evidence up to which the statements are kept in memory too
_MAX_INTEGER = 2**63 - 1  # of SQLite
_Row = tuple[object, ...]

_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE evidence (key BLOB, number INTEGER, record BLOB);
CREATE TABLE statement (relation BLOB, subject BLOB, object BLOB, residue BLOB, position INTEGER, id BLOB, record BLOB);
"""
_ORDER = "relation, subject, object, residue, position, id"


class StatementFile(SortedStatements):
    """All statements that some evidence makes, as ``assemble`` gives them, in the same order.

    Iterating reads them from the file, one at a time. The file is deleted at the end of the ``with`` block.
    """

    def __init__(self, path: Path, evidence: Iterable[Evidence]) -> None:
        self._path = path
        self._count = 0
        self._kept: list[Statement] | None = None
        self._file = sqlite3.connect(path, isolation_level=None)
        with ExitStack() as stack:
            stack.callback(self.close)
            self._file.executescript(_TABLES)
            self._fill(evidence)
            stack.pop_all()

    def __iter__(self) -> Iterator[Statement]:
        if self._kept is not None:
            yield from self._kept
            return
        for (record,) in self._file.execute(f"SELECT record FROM statement ORDER BY {_ORDER}"):
            yield load_statement(record)

    def __len__(self) -> int:
        return self._count

    def __enter__(self) -> StatementFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Deletes the file; the statements cannot be read any more."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _fill(self, evidence: Iterable[Evidence]) -> None:
        number = self._insert("evidence", _make_evidence_rows(evidence))
        self._file.execute("CREATE INDEX by_key ON evidence (key, number)")
        self._count = self._insert("statement", map(_make_statement_row, self._group()))
        self._file.execute(f"CREATE INDEX by_order ON statement ({_ORDER})")
        self._file.execute("DROP TABLE evidence")
        if number <= _KEPT:
            self._kept = list(self)

    def _insert(self, table: str, rows: Iterator[_Row]) -> int:
        """Writes the rows, and counts them."""
        count = 0
        for row in rows:
            if count % _PIECE == 0:
                self._file.execute("COMMIT" if count else "BEGIN")
                if count:
                    self._file.execute("BEGIN")
            marks = ", ".join("?" * len(row))
            self._file.execute(f"INSERT INTO {table} VALUES ({marks})", row)
            count += 1
        if count:
            self._file.execute("COMMIT")
        return count

    def _group(self) -> Iterator[Statement]:
        reading = self._file.cursor().execute("SELECT key, record FROM evidence ORDER BY key, number")
        for key, rows in groupby(reading, key=itemgetter(0)):
            relation, subject, object_, site = json.loads(key)
            group = [load_evidence(record) for _, record in rows]
            yield make_statement((relation, subject, object_, site), group)


def _make_evidence_rows(evidence: Iterable[Evidence]) -> Iterator[_Row]:
    for number, item in enumerate(evidence):
        record = _encode(dump_evidence(item))
        for key in make_keys(item):
            yield json.dumps(key).encode(), number, record


def _make_statement_row(statement: Statement) -> _Row:
    # As bytes: SQLite then compares as Python does, and half a surrogate pair can be written.
    parts = (_encode(part) if isinstance(part, str) else min(part, _MAX_INTEGER) for part in sort_key(statement))
    return (*parts, _encode(dump_statement(statement)))


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
