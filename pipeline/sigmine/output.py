"""Output that is there whole or not at all: written beside its place under another name, then renamed."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sigmine.errors import StoreError


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
    draft = _make_sibling(path)
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


@contextmanager
def replace_folder(path: Path, *, is_ours: Callable[[Path], bool]) -> Iterator[Path]:
    """An empty folder to fill; it takes the place of ``path`` when the block ends without an error.

    Until then, and after an error, the folder that was there is untouched. Files in it that the new one does not
    write (notes, exports made by hand) move over.

    Args:
        is_ours: whether an existing folder was written by us and may be replaced; an empty one always may.

    Raises:
        StoreError: if ``path`` is a file, holds something that is not ours, or cannot be made.
    """
    if path.exists() and not path.is_dir():
        raise StoreError(f"Cannot write to {path}: it is a file. Name a folder with --out.")
    if path.is_dir() and any(path.iterdir()) and not is_ours(path):
        raise StoreError(
            f"Will not write to {path}: it holds files that sigmine did not write. "
            "Name another folder with --out, or empty this one."
        )
    path = path.resolve()  # A link stays a link: what it points to is replaced.
    draft = _make_sibling(path)
    try:
        draft.mkdir(parents=True)
    except OSError as error:
        raise StoreError(f"Cannot write to {path}: {error.strerror}. Name another folder with --out.") from error
    try:
        yield draft
        _swap(draft, path)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _make_sibling(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _swap(draft: Path, path: Path) -> None:
    if not path.exists():
        draft.rename(path)
        return
    old = _make_sibling(path)
    path.rename(old)
    try:
        draft.rename(path)
    except OSError:
        old.rename(path)
        raise
    for entry in old.iterdir():
        if not os.path.lexists(path / entry.name):
            entry.rename(path / entry.name)
    shutil.rmtree(old)
