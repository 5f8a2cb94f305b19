"""What a source says about an article, the same for both."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from sigmine.fetch.identifiers import Identifier

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Record:
    """An article; whatever is not known is None (of ``title`` and ``citation``, empty).

    Attributes:
        citation: authors, title, journal, year, volume and pages, as one line.
        licence: as the source writes it (``cc by``).
        open_access: whether the source says that programs may copy it.
        manuscript: whether it is the authors' manuscript, which may be read but not always copied.
    """

    pmcid: str | None
    pmid: str | None
    doi: str | None
    title: str
    citation: str
    licence: str | None
    open_access: bool
    retracted: bool = False
    manuscript: bool = False

    def matches(self, identifier: Identifier) -> bool:
        return identifier.value == {"pmcid": self.pmcid, "pmid": self.pmid, "doi": self.doi}[identifier.kind]


def clean_text(text: object) -> str:
    """On one line, without tags and references to characters: titles come with ``<i>`` and ``&amp;``."""
    return " ".join(html.unescape(_TAG.sub("", text)).split()) if isinstance(text, str) else ""


def find_text(value: object) -> str | None:
    """A string or a number as a string; None for anything else and for nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None
