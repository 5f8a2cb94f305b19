"""What a part's earlier attempts ended at, so that a document that ends its process costs itself and nothing else.

No engine can tell which document of its task killed the worker. So a worker notes on disk what it is about to read. If
it dies, whoever takes up the part finds the note: what was being read is suspected, is read alone, and when a process
ends at it a second time it is blamed and left unread. A process that somebody kills from outside costs a document only
if that happens twice during the same one.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sigmine.errors import SigmineError

_MAX_SUSPICION = 2
_MAX_STILLBORN = 3
_HOST = socket.gethostname()


@dataclass(slots=True)
class Attempt:
    """One try at a part; ``path`` is the note.

    What is read is named by a word: ``chunk 3`` while it is opened and read, ``document 17`` while it is analysed.

    Attributes:
        suspicion: how often a process ended at it.
        blamed: what is left unread, with the reason.
        stillborn: how often a process ended before it read anything, one time after the other.
        reading: what this process reads now.
    """

    path: Path
    suspicion: Counter[str] = field(default_factory=Counter)
    blamed: dict[str, str] = field(default_factory=dict)
    stillborn: int = 0
    reading: list[str] = field(default_factory=list)

    def note(self, reading: list[str]) -> None:
        """Said before it is read."""
        self.reading = reading
        self._write()

    def note_slow(self, seconds: float) -> None:
        """What is being read takes too long; the process is about to end itself."""
        if len(self.reading) == 1:
            self.blamed[self.reading[0]] = f"took more than {seconds:g} s, the limit for one document."
            self.reading = []
            self.stillborn = -1  # The end that follows is no sign of a process that cannot start.
        self._write()

    def close(self) -> None:
        """The part is done."""
        self.path.unlink(missing_ok=True)
        with suppress(OSError):
            self.path.parent.rmdir()

    def _write(self) -> None:
        rows = {
            "host": _HOST,
            "process": os.getpid(),
            "reading": self.reading,
            "suspicion": self.suspicion,
            "blamed": self.blamed,
            "stillborn": self.stillborn,
        }
        draft = self.path.with_name(f".{self.path.name}.{secrets.token_hex(4)}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(rows), encoding="utf-8")
        draft.replace(self.path)


def open_attempt(path: Path) -> Attempt:
    """Takes up a part, with what is known of earlier tries that ended without an end.

    Raises:
        SigmineError: if processes end again and again before they read anything.
    """
    attempt = Attempt(path)
    with suppress(OSError, ValueError, KeyError, TypeError):
        rows = json.loads(path.read_text(encoding="utf-8"))
        attempt.suspicion.update(rows["suspicion"])
        attempt.blamed.update(rows["blamed"])
        if not (rows["host"] == _HOST and _is_alive(rows["process"])):
            attempt.suspicion.update(rows["reading"])
            attempt.stillborn = 0 if rows["reading"] else rows["stillborn"] + 1
    for what, times in attempt.suspicion.items():
        if times >= _MAX_SUSPICION:
            attempt.blamed.setdefault(
                what,
                f"the process that read it ended {times} times at it (out of memory, or a fault in a library): "
                "read it by itself with `sigmine run`, or leave it out.",
            )
    if attempt.stillborn >= _MAX_STILLBORN:
        path.unlink(missing_ok=True)
        raise SigmineError(
            f"{attempt.stillborn} worker processes ended before they had read anything of {path.stem}; most likely "
            "their memory is too small: each needs about 0.6 GB. Give them more, or start fewer on a machine."
        )
    attempt.note([])
    return attempt


def _is_alive(process: int) -> bool:
    """Whether a process of this machine runs that is not this one."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
