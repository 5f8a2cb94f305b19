"""The documents behind an output, found again: an output names its documents, not where their files were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sigmine.errors import ResourceError
from sigmine.resources.corpus import find_corpus


def list_places(*beside: Path) -> tuple[Path, ...]:
    """The folders that are searched: the current one, those given, and the documents that come with sigmine."""
    places = [Path(), *beside]
    with suppress(ResourceError):  # an installation without them can still find others
        places.append(find_corpus())
    return tuple(dict.fromkeys(places))


def find_files(name: str, places: Iterable[Path], *, sha256: str = "") -> Iterator[Path]:
    """The files of this name in the folders themselves, of these bytes if a SHA-256 is given."""
    for place in places:
        path = place / Path(name).name
        if path.is_file() and (not sha256 or hashlib.sha256(path.read_bytes()).hexdigest() == sha256):
            yield path
