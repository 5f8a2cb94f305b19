"""One writer at a time: a lock that the operating system gives free when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})

_FLOCK_LAYOUT = {"linux": "hhqqi4x", "darwin": "qqihh"}
"""``struct flock`` of fcntl(2) on 64-bit machines."""


class LockedError(Exception):
    """Another process holds the lock; ``owner`` is its PID, or None where it cannot be known."""

    def __init__(self, owner: int | None) -> None:
        super().__init__(f"locked by process {owner}" if owner else "locked by another process")
        self.owner = owner


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Holds the lock of the file, which is made, names this process, and is gone afterwards.

    A file that a killed process left is no lock. The lock counts between processes and within one.

    Raises:
        LockedError: if another holds it; nothing waits.
        OSError: if the file cannot be made.
    """
    file = _take(path)
    try:
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        yield
    finally:
        # Gone before it is given free: who opened it meanwhile sees that it is not at its place any more.
        if sys.platform != "win32":
            path.unlink(missing_ok=True)
        os.close(file)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink(missing_ok=True)


def find_lock_owner(path: Path) -> int | None:
    """The PID of another process that holds a POSIX lock on the file, as databases do; None if unknown.

    Not to be asked of a file that this process has locked: closing any handle of it would give the lock free.
    """
    layout = _FLOCK_LAYOUT.get(sys.platform)
    if layout is None or sys.platform == "win32":
        return None
    names = (
        ("type", "whence", "start", "length", "pid")
        if layout[0] == "h"
        else ("start", "length", "pid", "type", "whence")
    )
    asked = {"type": fcntl.F_WRLCK, "whence": os.SEEK_SET, "start": 0, "length": 0, "pid": 0}
    try:
        with path.open("rb") as file:
            answer = fcntl.fcntl(file, fcntl.F_GETLK, struct.pack(layout, *(asked[name] for name in names)))
    except OSError:
        return None
    row = dict(zip(names, struct.unpack(layout, answer), strict=True))
    return row["pid"] if row["type"] != fcntl.F_UNLCK and row["pid"] > 0 else None


def _take(path: Path) -> int:
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _lock(file)
            if _is_at(path, file):
                return file
        except OSError as error:
            owner = _read_owner(path)
            os.close(file)
            if error.errno not in _HELD:
                raise
            raise LockedError(owner) from error
        os.close(file)


def _lock(file: int) -> None:
    if sys.platform == "win32":
        os.lseek(file, 1 << 20, os.SEEK_SET)  # far behind the text, so that it can be read
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_at(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _read_owner(path: Path) -> int | None:
    try:
        return int(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
