"""Rows of tab-separated tables, and residues and publications as their cells write them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

from sigmine.nlp.site_notation import get_letter

MOST_LINES = 20
"""A quoted cell may hold this many lines; more, and its quotation mark is taken for a sign of its text."""

_RESIDUE = re.compile(r"(?P<name>[A-Za-z]{1,20})?[\s-]?(?P<position>[1-9]\d{0,4})?")
_PUBMED = re.compile(r"(?:pubmed:|pmid:)?\s*(\d{1,9})", re.IGNORECASE)


def iterate_rows(lines: Iterable[str], width: int) -> Iterator[tuple[int, list[str]]]:
    """The line, counted from 1, and the cells, as they stand, of each row that is not empty.

    A cell in quotation marks may hold line breaks where the row reaches ``width`` cells only so.
    """
    waiting: deque[tuple[int, str]] = deque()
    numbered = ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, start=1))

    def take() -> tuple[int, str] | None:
        return waiting.popleft() if waiting else next(numbered, None)

    while (first := take()) is not None:
        number, line = first
        more: list[tuple[int, str]] = []
        while _is_open(line) and len(more) < MOST_LINES and (following := take()) is not None:
            more.append(following)
            line = f"{line} {following[1]}"
        if more and (_is_open(line) or line.count("\t") >= width):
            waiting.extendleft(reversed(more))
            line = first[1]
        if line.strip():
            yield number, line.split("\t")


def _is_open(line: str) -> bool:
    """Whether the last cell begins with a quotation mark that nothing closes."""
    cell = line.rpartition("\t")[2]
    return cell.startswith('"') and cell.count('"') % 2 == 1


def clean_cell(cell: str) -> str:
    """The text without spaces and quotation marks around it."""
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        cell = cell[1:-1].replace('""', '"').strip()
    return cell


def parse_site(text: str) -> str | None:
    """``S473`` for ``Ser473``, ``ser-473`` or ``S473``; ``S`` and ``473`` alone; None where it is no residue."""
    match = _RESIDUE.fullmatch(text.strip())
    if match is None or not text.strip():
        return None
    name, position = match["name"], match["position"] or ""
    if name is None:
        return position
    try:
        letter = name.upper() if len(name) == 1 else get_letter(name)
    except KeyError:
        return None
    return f"{letter}{position}" if letter in "ACDEFGHIKLMNPQRSTVWY" else None


def parse_publications(text: str) -> tuple[str, ...]:
    """``pubmed:123`` for each PMID among values that ``;``, ``|`` or ``,`` separate; others are left out."""
    if text.isdecimal() and text.isascii():
        return (f"pubmed:{text}",)
    matches = (_PUBMED.fullmatch(part.strip()) for part in re.split(r"[;|,]", text))
    return tuple(dict.fromkeys(f"pubmed:{match[1]}" for match in matches if match))
