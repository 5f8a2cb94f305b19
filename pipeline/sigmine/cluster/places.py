"""Where input may be: a path of this machine, or an address that fsspec opens (``s3://``, ``gs://``, ``memory://``)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from sigmine.cluster.extra import ADVICE
from sigmine.errors import MissingDependency, ReadError


def is_address(place: str) -> bool:
    """Whether it is an address rather than a path of this machine."""
    return "://" in place


def get_name(place: str) -> str:
    """The name of the file, without folders."""
    return PurePosixPath(place).name if is_address(place) else Path(place).name


def list_addresses(address: str) -> dict[str, dict[str, Any]] | str:
    """The files at or below an address, each with what its storage tells of it; a reason where there are none.

    Raises:
        MissingDependency: if the library of that storage is not installed.
    """
    system, path = _open_system(address)
    try:
        found = system.find(path, detail=True)
    except OSError as error:
        return f"cannot be listed: {error}."
    if not found:
        return "no such file or folder."
    return {system.unstrip_protocol(name): info for name, info in found.items()}


@contextmanager
def open_place(place: str) -> Iterator[BinaryIO]:
    """The bytes of a file, which can be read from any place in it.

    Raises:
        OSError: if it cannot be opened.
        MissingDependency: if the library of its storage is not installed.
    """
    if not is_address(place):
        with Path(place).open("rb") as stream:
            yield stream
        return
    system, path = _open_system(place)
    with system.open(path, "rb") as stream:
        yield stream


def fetch_file(address: str, folder: Path) -> Path:
    """Copies a file to a folder of this machine, under its own name.

    Raises:
        ReadError: if it cannot be copied.
    """
    system, path = _open_system(address)
    # The name comes from a storage that others write to: it must stay within the folder.
    target = folder / PurePosixPath(path).name
    try:
        system.get_file(path, str(target))
    except OSError as error:
        raise ReadError(f"{address}: cannot be fetched: {error}.") from error
    return target


def _open_system(address: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError as error:
        raise MissingDependency(f"{address} is opened with fsspec: {ADVICE}") from error
    try:
        system, path = fsspec.url_to_fs(address)
    except ImportError as error:
        raise MissingDependency(
            f"{address} cannot be opened: {error}. It is yours to install beside sigmine."
        ) from error
    except ValueError as error:
        raise ReadError(f"{address}: {error}; name a path, or an address such as s3://bucket/folder.") from error
    return system, path
