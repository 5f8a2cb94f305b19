"""Ids of documents, each given once."""

from __future__ import annotations

from dataclasses import replace

from sigmine.model import Document


class UniqueNames:
    """Names given once each: the second of a name gets ``-2``."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def take(self, name: str) -> str:
        """The name itself, or with the first number that makes it one that was not given yet."""
        count = self._counts.get(name, 0) + 1
        free = name if count == 1 else f"{name}-{count}"
        while count > 1 and free in self._counts:
            count += 1
            free = f"{name}-{count}"
        self._counts[name] = count
        self._counts.setdefault(free, 1)
        return free


def rename(document: Document, name: str) -> Document:
    """The document with this id."""
    return document if document.id == name else replace(document, id=name)
