"""What a run has read so far, in a file beside the output folder: a run that was ended, however, goes on from there.

The file is an SQLite database, written with a write-ahead log, so a process that is killed, or a computer that loses
power, loses at most what was read in the last moment. It also holds the documents of the folder to be, in their order
(``sigmine.contents``), so that memory does not grow with their number.
"""

from __future__ import annotations

import logging
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType

from sigmine.errors import StoreError
from sigmine.records import Record, dump_record, load_record

_FORMAT = 1
_SECONDS = 1.0  # between two writes to the disk
_PARTS = ("", "-wal", "-shm", "-journal")
_log = logging.getLogger(__name__)

_TABLES = f"""
CREATE TABLE record (
    number INTEGER PRIMARY KEY, key BLOB, run TEXT, document BLOB, failed INTEGER, line BLOB, kept INTEGER
);
CREATE INDEX by_key ON record (key, run);
PRAGMA user_version = {_FORMAT};
"""


class Journal:
    """Records by the key of what they were read from and the run that read them.

    Attributes:
        resumed: how many records an earlier process had left.
    """

    def __init__(self, path: Path | None, run: str = "", *, forget: bool = False) -> None:
        """Opens the journal.

        Args:
            path: its file, made if it is not there; None for one that is gone when it is closed.
            run: the id of the run; only what the same program read with the same options is known.
            forget: nothing is known.

        Raises:
            StoreError: if the file cannot be written.
        """
        self._path = path
        self._run = run
        try:
            self.database = _open(path)
        except sqlite3.DatabaseError as error:
            if path is None or isinstance(error, sqlite3.OperationalError):
                raise StoreError(f"Cannot write the journal {path}: {error}.") from error
            _log.warning("The journal %s is damaged (%s) and was begun anew.", path, error)
            _delete(path)
            self.database = _open(path)
        self._forget(everything=forget)
        (self.resumed,) = self.database.execute("SELECT COUNT(*) FROM record").fetchone()
        self._begun = 0.0

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keeps what was read, unless nothing was."""
        with suppress(sqlite3.OperationalError):  # the disk is full; what was written before is kept
            if self.database.in_transaction:
                self.database.execute("COMMIT")
        (count,) = self.database.execute("SELECT COUNT(*) FROM record WHERE NOT kept AND NOT failed").fetchone()
        self.database.close()
        if self._path is not None and not count:
            _delete(self._path)

    def discard(self) -> None:
        """Deletes the journal: all of it is in its folder now."""
        self.database.execute("DELETE FROM record")

    def find(self, key: str, document: str) -> int | None:
        """The number of what was read of this document from what has this key; None where that is not known."""
        found = self.database.execute(
            "SELECT number FROM record WHERE key = ? AND document = ? AND run = ? AND NOT failed",
            (_encode(key), _encode(document), self._run),
        ).fetchone()
        return None if found is None else int(found[0])

    def add(self, record: Record, *, kept: bool = False) -> int:
        """Writes a record and gives its number.

        Args:
            kept: it comes from the folder itself, which has it still.
        """
        self.begin()
        row = (
            _encode(record.key),
            record.row.get("run", self._run),
            _encode(record.document),
            record.failed,
            zlib.compress(dump_record(record), 1),
            kept,
        )
        number = self.database.execute(
            "INSERT INTO record (key, run, document, failed, line, kept) VALUES (?, ?, ?, ?, ?, ?)", row
        ).lastrowid
        if time.monotonic() - self._begun > _SECONDS:
            self.database.execute("COMMIT")
        return number or 0

    def begin(self) -> None:
        """Makes sure that what follows is written together."""
        if not self.database.in_transaction:
            self.database.execute("BEGIN")
            self._begun = time.monotonic()

    def load(self, number: int) -> Record:
        """The record of this number."""
        (line,) = self.database.execute("SELECT line FROM record WHERE number = ?", (number,)).fetchone()
        return load_record(zlib.decompress(line))

    def was_kept(self, number: int) -> bool:
        """Whether the record came from the folder."""
        (kept,) = self.database.execute("SELECT kept FROM record WHERE number = ?", (number,)).fetchone()
        return bool(kept)

    def load_all(self, numbers: Iterable[int]) -> Iterator[Record]:
        return map(self.load, numbers)

    def _forget(self, *, everything: bool) -> None:
        """What cannot be of use: read by another program, taken from the folder, or failed, which is tried again."""
        which = "" if everything else "WHERE run <> ? OR kept OR failed"
        self.database.execute(f"DELETE FROM record {which}", () if everything else (self._run,))


def find_journal(out: Path) -> Path:
    """The file of the journal of a folder."""
    out = out.resolve()
    return out.with_name(f".{out.name}.journal")


def _open(path: Path | None) -> sqlite3.Connection:
    # "" is a database of its own in a temporary file.
    database = sqlite3.connect("" if path is None else path, isolation_level=None)
    with ExitStack() as stack:
        stack.callback(database.close)
        # Exclusive: the log then needs no shared memory, which network disks do not have. The folder's lock is held.
        database.executescript(
            "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
        )
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version == 0:
            database.executescript(f"BEGIN; {_TABLES} COMMIT;")
        elif version != _FORMAT:
            raise sqlite3.DatabaseError("written by another version of sigmine")
        database.execute("SELECT COUNT(*) FROM record").fetchone()
        stack.pop_all()
    return database


def _delete(path: Path) -> None:
    for part in _PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
