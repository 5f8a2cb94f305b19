"""The list of references: where it stands in a text, its entries, and what can be read out of each."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sigmine.model import Reference
from sigmine.readers.mapped_text import SPACE, MappedText, join
from sigmine.readers.text_lines import Layout, Line
from sigmine.readers.text_matter import REFERENCES, find_part
from sigmine.readers.text_reference_fields import AUTHOR, parse_fields
from sigmine.readers.text_shapes import is_caption, is_markdown_heading, starts_lower

_NUMBER = re.compile(r"\[?(?P<number>\d{1,4})(?P<mark>[\].)]{1,2})?(?=\s|$)\s*|\[(?P<bracket>\d{1,4})\]\s*")
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")
_UNNUMBERED = re.compile(AUTHOR)
_MAX_ENTRY_LINES = 60
_MAX_ENTRY_CHARACTERS = 2500
_MEAN_ENTRY_CHARACTERS = 500
_MIN_ENTRIES = 3
_MAX_STARTS = 50
_MAX_UNDATED = 3
_BROKEN_OFF = ("-", "\u2010")
_BROKEN_LINK = re.compile(r"(?:\b10\.\d{4,9}/|://)\S*[._]$")
"""A DOI or an address at the end of a line, where it goes on in small letters below."""


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """Entries with their text, and the lines of the text they do not hold (in file order)."""

    entries: tuple[tuple[MappedText, Reference], ...]
    others: list[Line]


def split_references(lines: Sequence[Line], layout: Layout) -> ReferenceList:
    """Take the reference list out of the lines; without one, ``entries`` is empty and ``others`` is all lines."""
    heading = _find_heading(lines)
    chain = _find_chain(lines, heading or 0) or _find_chain(lines, 0)
    if chain:
        end = _find_end(lines, chain)
        bounds = [*chain, end]
    elif heading is not None:
        bounds = _cut_undated(lines, _split_unnumbered(lines, heading + 1, layout))
        bounds = bounds if _cites_years(lines, bounds) else []
    else:
        bounds = []
    if len(bounds) < 2:
        return ReferenceList((), list(lines))
    entries: list[tuple[MappedText, Reference]] = []
    for start, end in itertools.pairwise(bounds):
        content = _join_entry([line.content for line in lines[start:end]])
        entries.append((content, parse_reference(content.text, numbered=bool(chain))))
    return ReferenceList(tuple(entries), [*lines[: bounds[0]], *lines[bounds[-1] :]])


def _find_heading(lines: Sequence[Line]) -> int | None:
    found = [
        index for index, line in enumerate(lines) if find_part(line.text) == REFERENCES and not starts_lower(line.text)
    ]
    return found[-1] if found else None


def _find_chain(lines: Sequence[Line], after: int) -> list[int]:
    """The lines from ``after`` on where entries 1, 2, 3 ... start, for the longest count that looks like references."""
    places: dict[int, list[int]] = {}
    for index in range(after, len(lines)):
        number = _entry_number(lines[index].text)
        if number is not None:
            places.setdefault(number, []).append(index)
    best: list[int] = []
    for first in places.get(1, ())[-_MAX_STARTS:]:
        chain = [first]
        while True:
            candidates = places.get(len(chain) + 1, [])
            following = bisect_right(candidates, chain[-1])
            if following == len(candidates) or not _is_entry(lines[chain[-1] : candidates[following]]):
                break
            chain.append(candidates[following])
        if len(chain) >= max(_MIN_ENTRIES, len(best)) and _cites_years(lines, chain) and _is_short(lines, chain):
            best = chain
    return best


def _is_short(lines: Sequence[Line], chain: Sequence[int]) -> bool:
    """Whether the entries are as short as references; numbered sections that cite years are longer."""
    size = sum(len(line.text) for line in lines[chain[0] : chain[-1]])
    return size <= _MEAN_ENTRY_CHARACTERS * (len(chain) - 1)


def _entry_number(text: str) -> int | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    number = match["number"] or match["bracket"]
    alone = match.end() == len(text)
    if alone and not match["mark"] and not match["bracket"]:
        return None
    if not alone and not (text[match.end()].isupper() or match["mark"] or match["bracket"]):
        return None
    return int(number)


def _is_entry(lines: Sequence[Line]) -> bool:
    return len(lines) <= _MAX_ENTRY_LINES and sum(len(line.text) for line in lines) <= _MAX_ENTRY_CHARACTERS


def _cites_years(lines: Sequence[Line], chain: Sequence[int]) -> bool:
    """Whether most entries hold a year."""
    entries = [" ".join(line.text for line in lines[start:end]) for start, end in itertools.pairwise(chain)]
    return sum(_YEAR.search(entry) is not None for entry in entries) > 0.6 * len(entries)


def _find_end(lines: Sequence[Line], chain: Sequence[int]) -> int:
    """The line after the last entry: a heading, a caption, or more lines than an entry has."""
    longest = max(end - start for start, end in itertools.pairwise(chain))
    end = chain[-1] + 1
    while end < len(lines) and end - chain[-1] <= 2 * longest + 2 and not _ends_list(lines[end]):
        end += 1
    return end


def _ends_list(line: Line) -> bool:
    return is_caption(line.text) or is_markdown_heading(line.text) or find_part(line.text) not in (None, REFERENCES)


def _split_unnumbered(lines: Sequence[Line], start: int, layout: Layout) -> list[int]:
    """Entries without numbers: a blank line, a name after a full stop, or a hanging indent starts one.

    In flowing text each line does.
    """
    end = start
    while end < len(lines) and not _ends_list(lines[end]):
        end += 1
    least = min((line.indent for line in lines[start:end]), default=0)
    inner = sum(line.indent > least for line in lines[start:end])
    hanging = not layout.trailing and 0.2 * (end - start) < inner < 0.9 * (end - start)
    bounds: list[int] = []
    for index in range(start, end):
        line, before = lines[index], lines[index - 1]
        starts = layout.flowing or line.gap > (1 if layout.spaced else 0) or (hanging and line.indent == least)
        if index == start or starts or (before.text.endswith(".") and _UNNUMBERED.match(line.text)):
            bounds.append(index)
    return [*bounds, end] if bounds else []


def _cut_undated(lines: Sequence[Line], bounds: Sequence[int]) -> list[int]:
    """The bounds of a list without numbers up to where entries without a year follow: an appendix, say, stands there.

    A few among the others may lack one.
    """
    last = undated = 0
    for index, (start, end) in enumerate(itertools.pairwise(bounds), start=1):
        if any(_YEAR.search(line.text) for line in lines[start:end]):
            last, undated = index, 0
        else:
            undated += 1
            if undated == _MAX_UNDATED:
                break
    return list(bounds[: last + 1]) if last else []


def _join_entry(contents: Iterable[MappedText]) -> MappedText:
    """Pieces of one entry; a piece that is a mark closes up to the piece before."""
    parts: list[MappedText] = []
    for content in contents:
        before = parts[-1].text if parts else ""
        if before.endswith(_BROKEN_OFF) and before[-2:-1].islower() and content.text[0].islower():
            parts[-1] = parts[-1].cut(0, len(before) - 1)
        elif parts and not _closes_up(before, content.text):
            parts.append(SPACE)
        parts.append(content)
    return join(parts)


def _closes_up(before: str, after: str) -> bool:
    """Whether no space stands between two lines of an entry."""
    broken = _BROKEN_LINK.search(before) is not None and after[0].islower()
    return broken or after[0] in ",.;:)" or before.endswith(_BROKEN_OFF)


def parse_reference(text: str, *, numbered: bool) -> Reference:
    """One entry: its number and what ``parse_fields`` can tell."""
    number: int | None = None
    rest = text
    match = _NUMBER.match(text) if numbered else None
    if match is not None:
        number = int(match["number"] or match["bracket"])
        rest = text[match.end() :]
    fields = parse_fields(rest)
    return Reference(
        number=number,
        pmid=fields.pmid,
        doi=fields.doi,
        title=fields.title,
        text=rest,
        pmcid=fields.pmcid,
        authors=fields.authors,
        journal=fields.journal,
        year=fields.year,
    )
