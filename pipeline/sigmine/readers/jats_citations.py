"""Citations that JATS marks as links: neighbours made one, raised numbers taken out of the running text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from operator import itemgetter

from sigmine.model import Citation, Reference
from sigmine.readers.jats_flow import Mark, Words
from sigmine.readers.mapped_text import SPACE, MappedText, join
from sigmine.readers.text_citations import expand_numbers

_DASH = "–‐‑−—-"
_BETWEEN = re.compile(rf"\s*(?:[,;/{_DASH}]|and|&|,\s*and)?\s*|\]\s*[,;{_DASH}]?\s*\[")
_SEPARATORS = rf" ,;/&()\[\]{_DASH}"
_ONLY_SEPARATORS = re.compile(rf"[{_SEPARATORS}]*")
_NUMBERS = re.compile(rf"\d+[a-z]?(?:[\s,;/&{_DASH}]+\d+[a-z]?)*")
_SHORT_NUMBERS = re.compile(rf"\d{{1,3}}(?:[\s,;/&{_DASH}]+\d{{1,3}})*")
_ANY_DASH = re.compile(f"[{_DASH}]")
_RANGE = re.compile(rf"(\d+)\s*[{_DASH}]\s*(\d+)")
_BEFORE_NUMBER = re.compile(
    r"(?:^|[\s(\[])(?:refs?|references?|citations?|see|also|in|by|from|of|to|with|and|or|cf|e\.g|i\.e|reviewed|nos?)[.,:]?\s$",
    re.IGNORECASE,
)
_LOOK_BACK = 300
_LONGEST_CELL = 1000
_MAX_RANGE = 200
_CLOSING = " .,;:)]!?"
_STOPS = (".", "!", "?")


@dataclass(slots=True)
class ReferenceIndex:
    """The reference list, to be asked by id; an entry of the list may hold several works."""

    works: list[tuple[Reference, ...]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    numbers: dict[int, Reference] = field(default_factory=dict)

    def add(self, id: str, works: tuple[Reference, ...]) -> None:
        """The next entry; ids are unique in a file, so the first of an id counts."""
        if id:
            self.places.setdefault(id, len(self.works))
        self.works.append(works)
        self.numbers.update((work.number, work) for work in works if work.number is not None)

    def find(self, ids: Sequence[str]) -> list[int]:
        """Places in the list of the ids that are there."""
        return [self.places[id] for id in ids if id in self.places]

    def find_others(self, marker: str, works: Sequence[Reference]) -> tuple[Reference, ...]:
        """The works whose numbers a marker gives beside those of ``works``; with its number alone where it has none."""
        if not _SHORT_NUMBERS.fullmatch(marker.strip()):
            return ()
        known = {work.number for work in works}
        numbers = [number for number in expand_numbers(_ANY_DASH.sub("–", marker)) if number not in known]
        return tuple(self.numbers.get(number) or Reference(number=number) for number in numbers)


def cut_citations(words: Words, index: ReferenceIndex, *, in_cell: bool = False) -> tuple[MappedText, list[Citation]]:
    """The running text without raised markers, and the citations; that of a raised marker is at the character before.

    Numbers are raised if marked so, or bare: not in brackets, and no word before that they belong to (``see ref. 7``).
    A marker that stays includes its brackets. ``in_cell``: all numbers and all that fill the cell are taken out; where
    nothing is left, the citations stand at 0:0.
    """
    marks = [mark for mark in words.marks if mark.sure or index.find(mark.targets)]
    if not marks:
        return words.content, []
    text = words.text
    cuts: list[tuple[int, int]] = []
    cites: list[Citation] = []
    glued: set[int] = set()
    removed = 0
    for group in _group(marks, text):
        start, end = group[0].start, max(mark.end for mark in group)
        if start == end:
            continue
        references = _resolve(group, text, index)
        marker = text[start:end].strip()
        if _is_raised(words, start, end) or (in_cell and _fills_cell(text, start, end)):
            low, high = _widen(words, start, end)
            low = max(low, cuts[-1][1]) if cuts else low
            at = max(low - removed, 1)
            removed += high - low
            cuts.append((low, high))
            if text[max(0, low - 1) : low] in _STOPS and text[high : high + 1].isupper():
                glued.add(high)
                removed -= 1
            cites.append(Citation(at - 1, at, marker, references))
        else:
            if _is_bracketed(text, start, end):
                start, end = start - 1, end + 1
            cites.append(Citation(start - removed, end - removed, text[start:end], references))
    content = _take_out(words.content, cuts, glued)
    if in_cell and not content.text.strip():
        return MappedText("", ()), [Citation(0, 0, cite.marker, cite.references) for cite in cites]
    return content, [cite for cite in cites if cite.end <= len(content.text)]


def _take_out(content: MappedText, cuts: Sequence[tuple[int, int]], glued: Set[int]) -> MappedText:
    """The text without the cuts, with a space after those that end at one of ``glued``: a sentence starts there."""
    if not glued:
        return content.remove(cuts)
    parts: list[MappedText] = []
    position = 0
    for start, end in cuts:
        parts += [content.cut(position, start), *([SPACE] if end in glued else [])]
        position = end
    return join([*parts, content.cut(position)])


def _group(marks: Sequence[Mark], text: str) -> Iterator[list[Mark]]:
    """Marks with nothing between them but a comma, a dash or the like."""
    group: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        if group and not _BETWEEN.fullmatch(text, group[-1].end, max(group[-1].end, mark.start)):
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _is_bracketed(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] + text[end : end + 1] in ("[]", "()")


def _is_raised(words: Words, start: int, end: int) -> bool:
    spans = [(low, high) for low, high in _find_near(words.raised, start, end) if low < end and start < high]
    if spans:
        # The whole mark, or a raised number; not a name with a raised letter in it.
        raised = {at for low, high in spans for at in range(max(low, start), min(high, end))}
        return all(not char.isalpha() or at in raised for at, char in enumerate(words.text[start:end], start))
    text = words.text
    if not _NUMBERS.fullmatch(text[start:end].strip()) or _is_bracketed(text, start, end) or start == 0:
        return False
    before = text[max(0, start - _LOOK_BACK) : start]
    if before.count("(") > before.count(")") or before.count("[") > before.count("]"):
        return False
    return before[-1] != " " or not _BEFORE_NUMBER.search(before)


def _fills_cell(text: str, start: int, end: int) -> bool:
    """Whether the marker is numbers, or there is nothing else in the cell."""
    if _NUMBERS.fullmatch(text[start:end].strip(" []()")):
        return True
    return len(text) <= _LONGEST_CELL and not any(char.isalnum() for char in text[:start] + text[end:])


def _find_near(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Those of the sorted, disjoint spans that overlap or touch ``start:end``."""
    near: list[tuple[int, int]] = []
    for index in range(bisect_left(spans, start, key=itemgetter(1)), len(spans)):
        if spans[index][0] > end:
            break
        near.append(spans[index])
    return near


def _widen(words: Words, start: int, end: int) -> tuple[int, int]:
    """The marker with the commas and brackets that were raised with it, and a space that has no use any more."""
    text = words.text
    for low, high in _find_near(words.raised, start, end):
        is_short = high - low < end - start + _LOOK_BACK
        if is_short and _ONLY_SEPARATORS.fullmatch(text[low : max(low, start)] + text[min(end, high) : high]):
            start, end = min(start, low), max(end, high)
        else:
            while low < start and text[start - 1] in _SEPARATORS:
                start -= 1
    if _is_bracketed(text, start, end):
        start, end = start - 1, end + 1
    if text[max(0, start - 1) : start] == " " and text[end : end + 1] in _CLOSING:
        start -= 1  # True for the end of the text, too.
    return start, end


def _resolve(group: Sequence[Mark], text: str, index: ReferenceIndex) -> tuple[Reference, ...]:
    """The works, in the order of the marks, each once; those between the two ends of a range included."""
    found: list[int] = []
    before: Mark | None = None
    for mark in group:
        places = index.find(mark.targets)
        is_range = before is not None and _is_dash(text[before.end : max(before.end, mark.start)])
        if is_range and found and places and 0 < places[0] - found[-1] <= _MAX_RANGE:
            found += range(found[-1] + 1, places[0])
        found += places
        match = _RANGE.search(text[mark.start : mark.end])
        if match and len(places) == 1 and 0 < int(match[2]) - int(match[1]) <= _MAX_RANGE:
            found += range(places[0] + 1, min(len(index.works), places[0] + int(match[2]) - int(match[1]) + 1))
        if mark.end > mark.start:
            before = mark
    works = tuple(work for place in dict.fromkeys(found) for work in index.works[place])
    if works and any(len(index.find(mark.targets)) < len(mark.targets) for mark in group):
        works += index.find_others(text[group[0].start : max(mark.end for mark in group)], works)
    return works


def _is_dash(text: str) -> bool:
    sign = text.strip(" []")
    return sign != "" and sign in _DASH
