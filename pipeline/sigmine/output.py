"""Output that is there whole or not at all: written beside its place under another name, then put into it.

A process may be killed at any moment. Beside the folder ``out`` there may then be ``.out.lock`` (no lock any more),
``.out.draft-...`` (unfinished, or the folder that was replaced) and, where the system cannot exchange two folders at
once, ``.out.old-...``, which is the folder itself if ``out`` is not there. The next writer tidies up;
``recover_folder`` gives a reader the folder.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import secrets
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from sigmine.errors import StoreError
from sigmine.locks import LockedError, hold_lock

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_WRITE})
_AT_CURRENT_FOLDER = -100  # AT_FDCWD of Linux
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS


@contextmanager
def replace_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write bytes to; it takes its name when the block ends without an error.

    A device or a pipe (``/dev/stdout``) is written to as it is.

    Raises:
        StoreError: if ``path`` is a folder, or its folder does not exist or cannot be written to.
    """
    if path.is_dir():
        raise StoreError(f"Cannot write {path}: it is a folder. Name a file.")
    if not path.parent.is_dir():
        raise StoreError(f"Cannot write {path}: there is no folder {path.parent}. Make it first.")
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    path = path.resolve()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        stream = draft.open("xb")
    except OSError as error:
        raise StoreError(f"Cannot write {path}: {error.strerror}.") from error
    try:
        with stream:
            yield stream
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def check_folder(path: Path, is_ours: Callable[[Path], bool]) -> None:
    """What ``replace_folder`` looks at before anything is made.

    Raises:
        StoreError: if ``path`` is a file, or holds something that is not ours.
    """
    if path.exists() and not path.is_dir():
        raise StoreError(f"Cannot write to {path}: it is a file. Name a folder with --out.")
    if path.is_dir() and any(path.iterdir()) and not is_ours(path):
        raise StoreError(
            f"Will not write to {path}: it holds files that sigmine did not write. "
            "Name another folder with --out, or empty this one."
        )


@contextmanager
def replace_folder(path: Path, *, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """An empty folder to fill; it takes the place of ``path`` when the block ends without an error.

    Until then, and after an error, the folder that was there is untouched. Files in it that the new one does not write
    (notes, exports made by hand) stay. To be used within ``lock_folder``.

    Args:
        is_ours: whether an existing folder was written by us and may be replaced; an empty one always may.

    Raises:
        StoreError: if ``path`` is a file, holds something that is not ours, or cannot be made.
    """
    check_folder(path, is_ours)
    path = path.resolve()  # A link stays a link: what it points to is replaced.
    draft = _make_sibling(path, "draft")
    try:
        draft.mkdir(parents=True)
    except OSError as error:
        raise StoreError(f"Cannot write to {path}: {error.strerror}. Name another folder with --out.") from error
    try:
        yield draft
        _put(draft, path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


@contextmanager
def lock_folder(path: Path) -> Iterator[None]:
    """Keeps other writers from the folder, and tidies up what killed ones left beside it.

    Raises:
        StoreError: if another process writes to it, or nothing can be written beside it.
    """
    path = path.resolve()
    with ExitStack() as stack:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(hold_lock(path.with_name(f".{path.name}.lock")))
        except LockedError as error:
            who = f"another process (PID {error.owner})" if error.owner else "another process"
            raise StoreError(
                f"{path} is being written by {who}. Wait for it to finish, or name another folder with --out."
            ) from error
        except OSError as error:
            raise StoreError(f"Cannot write to {path}: {error.strerror}. Name another folder with --out.") from error
        _tidy(path)
        with _explain_full_disk(path):
            yield


@contextmanager
def _explain_full_disk(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL and "No space left" not in str(error):  # pyoxigraph's errors have no number
            raise
        raise StoreError(_explain_full(path)) from error
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) not in _SQLITE_FULL:
            raise
        raise StoreError(_explain_full(path)) from error


def _explain_full(path: Path) -> str:
    return (
        f"The disk that holds {path} is full. {path.name} is as it was, and what was read is kept beside it. Make room "
        "and give the same command again: it goes on from there. To write elsewhere, name another folder with --out."
    )


def recover_folder(path: Path) -> None:
    """Puts a folder back that a killed writer had moved away; does nothing where it is there or never was."""
    path = path.resolve()
    if path.exists() or not _find_siblings(path, "old"):
        return
    try:
        with hold_lock(path.with_name(f".{path.name}.lock")):
            _restore(path)
    except (LockedError, OSError):
        return  # Its writer is at work and is about to put it there, or the disk cannot be written.


def _make_sibling(path: Path, kind: str) -> Path:
    return path.with_name(f".{path.name}.{kind}-{secrets.token_hex(4)}")


def _find_siblings(path: Path, kind: str) -> list[Path]:
    name = re.compile(rf"{re.escape(f'.{path.name}.{kind}')}-[0-9a-f]{{8}}")
    if not path.parent.is_dir():
        return []
    return sorted(entry for entry in path.parent.iterdir() if name.fullmatch(entry.name) and entry.is_dir())


def _tidy(path: Path) -> None:
    _restore(path)
    for kind in ("draft", "old"):
        for entry in _find_siblings(path, kind):
            shutil.rmtree(entry, ignore_errors=True)


def _restore(path: Path) -> None:
    old = _find_siblings(path, "old")
    if old and not path.exists():
        old[0].rename(path)


def _put(draft: Path, path: Path) -> None:
    """The draft in the place of the folder; at each moment the one or the other is whole."""
    if not path.exists():
        draft.rename(path)
        return
    _copy_strangers(path, draft)
    if _exchange(draft, path):
        _keep_strangers(draft, path)
        return
    old = _make_sibling(path, "old")
    path.rename(old)
    try:
        draft.rename(path)
    except OSError:
        old.rename(path)
        raise
    _keep_strangers(old, path)
    shutil.rmtree(old, ignore_errors=True)


def _copy_strangers(path: Path, draft: Path) -> None:
    """What the draft does not have, as links where the disk has them: nothing leaves the old folder."""
    for entry in path.iterdir():
        new = draft / entry.name
        if os.path.lexists(new):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.copytree(entry, new, symlinks=True, copy_function=_link)
        else:
            _link(entry, new)


def _link(source: str | Path, target: str | Path) -> str | Path:
    try:
        os.link(source, target, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def _keep_strangers(old: Path, path: Path) -> None:
    """Moves over what somebody put into the folder at the last moment."""
    for entry in old.iterdir():
        if not os.path.lexists(path / entry.name):
            entry.rename(path / entry.name)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders at once; False where the system or the disk cannot."""
    function = _find_exchange()
    return function is not None and function(os.fsencode(one), os.fsencode(other)) == 0


@lru_cache(maxsize=1)
def _find_exchange() -> Callable[[bytes, bytes], int] | None:
    if sys.platform not in ("linux", "darwin"):
        return None
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            swap: Any = library.renamex_np
            return lambda one, other: int(swap(one, other, _EXCHANGE))
        rename: Any = library.renameat2
    except (OSError, AttributeError):
        return None
    return lambda one, other: int(rename(_AT_CURRENT_FOLDER, one, _AT_CURRENT_FOLDER, other, _EXCHANGE))
