"""Statements of a view in a format of other programs, written to a file that is gone when it has been sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO

from sigmine.explorer.neighbourhood import find_neighbourhood, find_statements
from sigmine.explorer.refusal import Refused
from sigmine.explorer.session import Session
from sigmine.explorer.view import View
from sigmine.exports import EXPORTS, FAMILIES, Export
from sigmine.manifest import find_runs
from sigmine.model.json import JsonObject
from sigmine.model.statement import Statement

_CHUNK = 64 * 1024
_WORD = re.compile(r"[^A-Za-z0-9]+")


def list_formats() -> list[JsonObject]:
    """The formats, by what they are for; with the package that one needs and that is not here."""
    return [
        {
            "name": name,
            "family": family,
            "purpose": export.purpose,
            "lost": export.lost,
            "suffix": export.suffix,
            "requires": export.requires,
        }
        for family, formats in FAMILIES.items()
        for name, export in sorted(formats.items())
    ]


def find_selected(session: Session, view: View, *, drawn: bool) -> Iterator[Statement]:
    """The statements of a view: those that are drawn, or all that fit; of a view that asks nothing, the whole store.

    Raises:
        StoreError: if the store fails.
    """
    if drawn:
        yield from session.get_statements(find_neighbourhood(session.store, view).statements)
    elif view == View():
        yield from session.store.find_statements()
    else:
        yield from session.get_statements(find_statements(session.store, view).ids)


def open_download(session: Session, statements: Iterable[Statement], format: str) -> IO[bytes]:
    """The statements in a format, as a file to be read from its beginning.

    Raises:
        Refused: if there is no such format.
        MissingDependency: if it needs a package that is not installed.
        StoreError: if the store fails.
    """
    runs = [] if session.out is None else find_runs(session.out)
    with ExitStack() as stack:
        stream = stack.enter_context(TemporaryFile())
        get_export(format).write(list(statements), stream, runs)
        stack.pop_all()  # it is closed when it has been sent
    stream.seek(0)
    return stream


def get_export(format: str) -> Export:
    """The format of the name.

    Raises:
        Refused: if there is none.
    """
    if format not in EXPORTS:
        raise Refused(f"There is no format {format!r}. Known: {', '.join(EXPORTS)}.")
    return EXPORTS[format]


def read_chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The rest of the stream in pieces; it is closed after the last one, or when nobody wants more."""
    with stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def name_download(parts: Iterable[str], suffix: str) -> str:
    """``sigmine-MTOR-AKT1.graphml``: letters and digits alone, and not too long."""
    words = [_WORD.sub("-", part).strip("-") for part in parts]
    return "-".join(["sigmine", *(word for word in words if word)])[:80] + suffix
