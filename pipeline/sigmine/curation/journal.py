"""The decisions of curators in a folder: one file, ``decisions.jsonl``, to which lines are added and never changed.

A line is a decision, or takes one back. A decision is on the disk when ``decide`` returns. What a crash leaves of a
line that was being written is cut off by who opens the folder next, and said. Several processes may have it open: each
reads what the others have added before it answers, and one at a time adds.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sigmine.curation.decision import Decision, decision_from_json, decision_to_json
from sigmine.errors import CurationConflict, CurationError
from sigmine.locks import LockedError, hold_lock

JOURNAL = "decisions.jsonl"
_LOCK = ".decisions.lock"
_SCHEMA = 1
_WAIT_SECONDS = 10.0
_WAIT_STEP = 0.005

_Entry = tuple[int, Decision]
"""The number of a line, from 1, and its decision."""


def open_curation(folder: str | Path, *, curator: str) -> Curation:
    """The decisions in a folder, which is made when the first one is written.

    Args:
        curator: who decides: any name that stays the same.

    Raises:
        CurationError: if the name is empty, the folder is a file, or the journal is damaged.
    """
    if not curator.strip():
        raise CurationError("A curator needs a name, so that decisions say whose they are (--curator NAME).")
    return Curation(Path(folder), curator.strip())


class Curation:
    """Decisions and who made them; made by ``open_curation``. Threads may share one.

    Attributes:
        folder, curator: as given.
        repairs: what was cut off because a crash had left it unfinished, in words; empty if nothing.
    """

    def __init__(self, folder: Path, curator: str) -> None:
        self.folder, self.curator = folder, curator
        self.repairs: list[str] = []
        self._path = folder / JOURNAL
        self._guard = threading.RLock()
        self._inode = -1
        self._forget()
        if folder.exists() and not folder.is_dir():
            raise CurationError(f"{folder} is a file. Name a folder for the decisions.")
        self.refresh()
        if self._has_tail():
            with suppress(CurationError), self._hold():
                pass  # holding is what cuts; where nothing can be written, the next writer does it

    @property
    def revision(self) -> int:
        """The number of lines that were read so far; pass it to ``decide`` as what the curator has seen."""
        return self._lines

    def refresh(self) -> int:
        """Reads what others have added; returns the revision. All that answers or decides does it by itself.

        Raises:
            CurationError: if the journal is damaged; the message names the line.
        """
        with self._guard:
            try:
                state = self._path.stat()
            except FileNotFoundError:
                self._forget()
                return 0
            if state.st_ino != self._inode or state.st_size < self._size:
                self._forget()  # another file was put in its place
            if state.st_size > self._size:
                self._read()
            self._inode = state.st_ino
            return self._lines

    def decisions(self) -> tuple[Decision, ...]:
        """What stands: of each reading the newest decision that was not taken back, in the order of the journal."""
        with self._guard:
            self.refresh()
            newest = sorted(entries[-1] for entries in self._standing.values())
            return tuple(decision for _, decision in newest)

    def opinions(self) -> tuple[Decision, ...]:
        """Of each reading and each curator the newest decision that was not taken back, in the order of the journal."""
        with self._guard:
            self.refresh()
            newest = {(one.evidence, one.curator): (number, one) for number, one in self._list_standing()}
            return tuple(decision for _, decision in sorted(newest.values(), key=lambda entry: entry[0]))

    def find(self, evidence_id: str) -> Decision | None:
        """What stands of a reading; None where nobody has decided."""
        with self._guard:
            self.refresh()
            entries = self._standing.get(evidence_id)
            return entries[-1][1] if entries else None

    def decide(self, decision: Decision, *, seen: int | None = None) -> Decision:
        """Writes a decision; it is on the disk when this returns.

        Args:
            decision: an empty ``curator`` is this one, an empty ``time`` now.
            seen: the revision that the curator has seen; by default the one last read.

        Returns:
            The decision as it stands. One that says nothing new (a request sent twice) is not written again.

        Raises:
            CurationConflict: if the reading was decided after ``seen``, by anybody, or such a decision was undone.
            CurationError: if it cannot be written; nothing is then.
        """
        (written,) = self.decide_all([decision], seen=seen)
        return written

    def decide_all(self, decisions: Iterable[Decision], *, seen: int | None = None) -> tuple[Decision, ...]:
        """Writes several decisions, none of them if there is a conflict; arguments and errors as for ``decide``."""
        with self._guard:
            seen = self._lines if seen is None else seen
            now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            listed = [replace(one, curator=one.curator or self.curator, time=one.time or now) for one in decisions]
            with self._hold():
                fresh = []
                for decision in listed:
                    standing = self._standing.get(decision.evidence)
                    if standing and standing[-1][1].says_the_same_as(decision):
                        continue
                    if self._touched.get(decision.evidence, 0) > seen:
                        raise CurationConflict(self._describe_conflict(decision.evidence), self._lines)
                    fresh.append(decision)
                self._append([{"v": _SCHEMA, "decision": decision_to_json(one)} for one in fresh])
            return tuple(listed)

    def undo(self, evidence_id: str | None = None) -> Decision:
        """Takes back the newest decision of this curator, or the one on a reading, by one more line.

        Undoing again takes back the one before. What others decided is theirs to undo.

        Returns:
            The decision that was taken back.

        Raises:
            CurationError: if this curator has none that stands, or it cannot be written.
        """
        with self._guard, self._hold():
            own = [(number, one) for number, one in self._list_standing(evidence_id) if one.curator == self.curator]
            if not own:
                where = f" on {evidence_id}" if evidence_id else ""
                raise CurationError(f"There is nothing to undo: {self.curator} has no decision{where} in {self._path}.")
            number, decision = max(own)
            now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            self._append([{"v": _SCHEMA, "undo": {"line": number, "curator": self.curator, "time": now}}])
            return decision

    def _list_standing(self, evidence_id: str | None = None) -> Iterator[_Entry]:
        """All decisions that were not taken back, of a reading in the order of the journal."""
        chosen = self._standing.values() if evidence_id is None else [self._standing.get(evidence_id, [])]
        return (entry for entries in chosen for entry in entries)

    def _describe_conflict(self, evidence_id: str) -> str:
        entries = self._standing.get(evidence_id)
        if not entries:
            return f"The decision on {evidence_id} was taken back meanwhile. Look again, then decide."
        other = entries[-1][1]
        return (
            f"{other.curator} has decided on {evidence_id} meanwhile ({other.verdict}, {other.time}). Look again, then "
            "decide; nothing was written."
        )

    # The file

    def _forget(self) -> None:
        self._size = self._lines = 0
        self._inode = -1
        self._by_line: dict[int, Decision] = {}
        self._standing: dict[str, list[_Entry]] = {}
        self._touched: dict[str, int] = {}  # reading -> the last line on it

    def _read(self) -> None:
        """What was added since; the last line counts when its end is there."""
        with self._path.open("rb") as file:
            file.seek(self._size)
            content = file.read()
        for line in content[: content.rfind(b"\n") + 1].splitlines(keepends=True):
            self._take(line)
            self._size += len(line)

    def _take(self, line: bytes) -> None:
        number = self._lines + 1
        try:
            row: Any = json.loads(line)
            if row["v"] != _SCHEMA:
                raise ValueError(f"written by another version of sigmine (form {row['v']!r}, known is {_SCHEMA})")
            if "undo" in row:
                self._drop(number, row["undo"]["line"])
            else:
                self._add(number, decision_from_json(row["decision"]))
        except (KeyError, TypeError, ValueError, AttributeError, CurationError) as error:
            raise CurationError(
                f"{self._path}:{number}: not a line of a journal of decisions ({type(error).__name__}: {error}). "
                "Lines are added by sigmine and never changed; mend this line or take it out, and try again."
            ) from error
        self._lines = number

    def _add(self, number: int, decision: Decision) -> None:
        self._by_line[number] = decision
        self._standing.setdefault(decision.evidence, []).append((number, decision))
        self._touched[decision.evidence] = number

    def _drop(self, number: int, line: int) -> None:
        decision = self._by_line.pop(line)
        entries = self._standing[decision.evidence]
        entries.remove((line, decision))
        if not entries:
            del self._standing[decision.evidence]
        self._touched[decision.evidence] = number

    def _has_tail(self) -> bool:
        return self._path.is_file() and self._path.stat().st_size > self._size

    @contextmanager
    def _hold(self) -> Iterator[None]:
        """Nobody else writes, and all that others wrote is read; an unfinished line is cut off.

        Raises:
            CurationError: if others do not stop writing, or the folder cannot be written to.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with _wait_for_lock(self.folder / _LOCK):
                self.refresh()
                if self._has_tail():
                    self._cut()
                yield
        except LockedError as error:
            raise CurationError(f"{self._path} is {error} for more than {_WAIT_SECONDS:.0f} s. Try again.") from error
        except OSError as error:
            raise CurationError(f"Cannot write {self._path}: {error.strerror}. Nothing was decided.") from error

    def _cut(self) -> None:
        """Takes off what a crash left: who writes holds the lock, so nobody is about to finish it."""
        left = self._path.stat().st_size - self._size
        os.truncate(self._path, self._size)
        self.repairs.append(
            f"{self._path}: a line that was being written when a program ended was cut off ({left} bytes after line "
            f"{self._lines}); that decision was never confirmed."
        )

    def _append(self, rows: Sequence[dict[str, Any]]) -> None:
        if not rows:
            return
        try:
            content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        except UnicodeEncodeError as error:
            raise CurationError(f"A decision has half a character in it ({error}); nothing was written.") from error
        is_new = not self._path.exists()
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            _write_all(file, content)
            os.fsync(file)
        except OSError:
            os.ftruncate(file, self._size)
            raise
        finally:
            os.close(file)
        if is_new:
            _sync_folder(self.folder)
        self.refresh()


@contextmanager
def _wait_for_lock(path: Path) -> Iterator[None]:
    """The lock, as soon as it is free.

    Raises:
        LockedError: if it is not free in time.
    """
    until = time.monotonic() + _WAIT_SECONDS
    while True:
        lock = hold_lock(path)
        try:
            lock.__enter__()
        except LockedError:
            if time.monotonic() > until:
                raise
            time.sleep(_WAIT_STEP)
        else:
            break
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def _write_all(file: int, content: bytes) -> None:
    while content:
        content = content[os.write(file, content) :]


def _sync_folder(folder: Path) -> None:
    """So that a new file is in its folder after a crash of the machine; not every system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)
