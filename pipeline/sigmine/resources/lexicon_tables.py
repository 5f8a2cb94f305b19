"""The tables of a lexicon as they stand in its files, and what belongs to what, which needs no names."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from sigmine.errors import ResourceError


@dataclass(frozen=True, slots=True)
class Membership:
    """That ``child`` belongs to a family (``isa``) or is a part of a complex (``partof``); both are CURIEs."""

    child: str
    relation: str
    parent: str


@cache
def load_parents() -> Mapping[str, tuple[Membership, ...]]:
    """The families and complexes of the bundled lexicon that each CURIE belongs to, one step up.

    It takes a twentieth of the time that the whole lexicon does.

    Raises:
        ResourceError: if the file is missing or damaged.
    """
    parents: dict[str, list[Membership]] = {}
    for row in read_table(files("sigmine.resources") / "data" / "lexicon" / "memberships.tsv.gz", 3):
        membership = Membership(*row)
        parents.setdefault(membership.child, []).append(membership)
    return {child: tuple(found) for child, found in parents.items()}


def read_lines(file: Traversable) -> list[bytes]:
    """The lines of a compressed table without its header."""
    try:
        lines = gzip.decompress(file.read_bytes()).split(b"\n")
    except (OSError, EOFError) as error:
        raise ResourceError(
            f"Cannot read {file}: {error}. If it comes with sigmine, install sigmine again; if not, make it with "
            "'sigmine lexicon build'."
        ) from error
    return lines[1:-1]


def read_table(file: Traversable, columns: int) -> list[list[str]]:
    rows = [line.decode().split("\t") for line in read_lines(file)]
    bad = next((number for number, row in enumerate(rows, 2) if len(row) != columns), None)
    if bad is not None:
        raise ResourceError(f"{file}, line {bad}: {columns} columns are expected. Install sigmine again.")
    return rows
