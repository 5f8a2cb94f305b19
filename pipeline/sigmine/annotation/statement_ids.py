"""The ids of statements: each used once, and made where none is given."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count


class StatementIds:
    """Those of one file; ``given`` are all that it gives, so that none of them is made for another statement."""

    def __init__(self, given: Iterable[str]) -> None:
        self._taken = set(given)
        self._places: dict[str, str] = {}

    def make(self, document: str, number: int) -> str:
        """``document-007`` for number 7, or the next that is free."""
        made = next(name for n in count(number) if (name := f"{document}-{n:03d}") not in self._taken)
        self._taken.add(made)
        return made

    def check(self, id: str, place: str) -> list[str]:
        """What is wrong with an id that is used in a place: nothing, or that another one has it."""
        first = self._places.setdefault(id, place)
        return [] if first == place else [f"id {id!r} is given already in {first}"]
