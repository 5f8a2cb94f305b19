"""Citations on a page: links to the reference list, raised numbers, numbers in brackets; raised ones leave the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sigmine.model import READ_KINDS, Reference
from sigmine.readers.html_blocks import Block
from sigmine.readers.mapped_text import SPACE, MappedText, join
from sigmine.readers.text_citations import ReferenceFinder, expand_numbers, find_markers

_REFERENCE_ID = re.compile(
    r"(?:[\w.:-]*[-_.:])?(?:b|bb|r|c|cr|ref|refs|bib|bibr|cit|cite|citation|cite_note|rf|reference|en|footnote-ref)"
    r"[-_.:]?\d[\w.:-]*",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"[\[(]?\s?\d{1,3}[a-z]?(?:\s?[,;–‐‑−-]\s?\d{1,3}[a-z]?)*\s?[\])]?")
_GAP = re.compile(r"[\s,;–‐‑−&\[\]()-]{0,5}(?:and\s)?")
_SEPARATORS = re.compile(r"[\s,;–‐‑−\[\]().-]*")
_NOTE_MARK = re.compile(r"[*†‡§¶#‖]{1,3}|[a-z]")
_PAGE_MARK = re.compile(r":\s?[\divxlc][\divxlc,–-]*")
"""The page of the work that the mark before it cites, as Wikipedia gives it: ``[1]:12``."""
_BRACKETS = {"[": "]", "(": ")"}
_AFTER = re.compile(r"\s|$|[.,;:)\]?!”’\"](?:\s|$|\W)")
_BEFORE = re.compile(r"(?P<word>[^\W\d_]+)$|[.,;:!?)\]”’\"]$|[^\W_]*\d[^\W_]*$")
_RAISED_NOT_CITED = re.compile(
    # Units, powers, residues, elements: 10 cm2, R2, Thr308, Fe3.
    r"(?:[mcknμµdp]?m|s|h|g|l|kg|[A-Za-zα-ωΑ-Ω]|log|ln|exp|Ser|Thr|Tyr|Lys|Arg|Asp|Glu|His|Cys|serine|threonine|"
    r"tyrosine|lysine|arginine|cysteine|Fe|Ca|Mg|Mn|Zn|Cu|Na|Ni|Co|Al)"
)
_SUPERSCRIPTS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_ANY_NUMBER = 999
_STYLE = 3
"""As many citations of a form are the page's style."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation marker in a block: ``block.text[start:end]``; ``targets`` are the ids that its links lead to.

    A ``raised`` one leaves the text; a ``note`` (a raised letter that leads to a footnote) too, and it cites nothing.
    """

    start: int
    end: int
    text: str
    raised: bool
    targets: tuple[str, ...] = ()
    note: bool = False


def find_marks(
    blocks: Sequence[Block], targets: Mapping[str, Reference], references: Sequence[Reference]
) -> list[list[Mark]]:
    """The marks of each block, sorted and disjoint; ``targets`` has the reference of each id in the list."""
    limit = max((reference.number or 0 for reference in references), default=0) or len(references) or _ANY_NUMBER
    linked = [_find_linked(block, targets, limit) if block.kind in READ_KINDS else [] for block in blocks]
    plain = find_markers([block.text if block.kind in READ_KINDS else "" for block in blocks], references)
    marks = [mark for group in linked for mark in group if not mark.note]
    takes_parentheses = len(marks) < _STYLE or any(mark.text.startswith("(") for mark in marks)
    for block, group, found in zip(blocks, linked, plain, strict=True):
        for marker in found:
            is_raised = marker.raised and block.text[marker.start] in _SUPERSCRIPTS
            if marker.raised and not is_raised:
                continue  # What was raised in print is raised here; other numbers are what they look like.
            if not takes_parentheses and marker.text[0] == "(" and marker.text[1:2].isdigit():
                continue
            if all(marker.end <= mark.start or mark.end <= marker.start for mark in group):
                group.append(Mark(marker.start, marker.end, marker.text, is_raised))
        group.sort(key=lambda mark: mark.start)
    return linked


class MarkResolver:
    """Finds what marks point to, in one document."""

    def __init__(self, targets: Mapping[str, Reference], references: Sequence[Reference]) -> None:
        self._targets = targets
        self._finder = ReferenceFinder(references)
        self._by_words: dict[str, tuple[Reference, ...]] = {}

    def resolve(self, mark: Mark) -> tuple[Reference, ...]:
        """The references that the mark's links lead to and those between them (``2–5``); empty if unknown."""
        linked = tuple(dict.fromkeys(self._targets[target] for target in mark.targets if target in self._targets))
        if linked and not _NUMBERS.fullmatch(mark.text.replace("[", "").replace("]", "")):
            return linked
        found = self._by_words.get(mark.text)
        if found is None:
            found = self._finder.find(mark.text)
            self._by_words[mark.text] = found
        return found if set(linked) <= set(found) else linked


def take_out(content: MappedText, marks: Sequence[Mark]) -> tuple[MappedText, list[tuple[int, int]]]:
    """The text without its raised marks, and where each mark is in it; a raised one is held by the character before."""
    if not marks:
        return content, []
    text = content.text
    parts: list[MappedText] = []
    places: list[tuple[int, int]] = []
    position = length = 0
    for mark in marks:
        start, end = mark.start, mark.end
        if mark.raised:
            before, after = text[start - 1 : start], text[end : end + 1]
            if before == " " and after != " " and _AFTER.match(text, end):
                start -= 1
            elif after == " " and before in ("", " "):
                end += 1
        kept = content.cut(position, max(position, start))
        parts.append(kept)
        length += len(kept.text)
        position = max(position, end)
        if not mark.raised:
            marked = content.cut(mark.start, mark.end)
            parts.append(marked)
            places.append((length, length + len(marked.text)))
            length += len(marked.text)
            continue
        places.append((max(0, length - 1), max(1, length)))
        if text[start - 1 : start] in (".", "!", "?") and text[end : end + 1].isalpha():
            parts.append(SPACE)
            length += 1
    return join([*parts, content.cut(position)]), places


def _find_linked(block: Block, targets: Mapping[str, Reference], limit: int) -> list[Mark]:
    """The marks that links or raised characters tell."""
    text = block.text
    pieces: list[Mark] = []
    for link in block.links:
        raised = bool(_find_raised(block, link.start, link.end))
        words = text[link.start : link.end]
        if pieces and link.start < pieces[-1].end:
            continue
        if link.target in targets or (_NUMBERS.fullmatch(words) and _REFERENCE_ID.fullmatch(link.target)):
            if link.target in targets and (raised or _cites(words)):
                pieces.append(Mark(link.start, link.end, words, raised, (link.target,)))
            elif link.target not in targets:
                pieces.append(Mark(link.start, link.end, words, raised))
        elif raised and link.target and _NOTE_MARK.fullmatch(words):
            pieces.append(Mark(link.start, link.end, words, raised, note=True))
    marks = [_widen(mark, block) for mark in _merge(pieces, text)]
    found: list[Mark] = []
    ends = [mark.end for mark in marks]
    for start, end in block.raised:
        after = bisect_right(ends, start)
        if after < len(ends) and marks[after].start < end:
            continue
        if _PAGE_MARK.fullmatch(text, start, end):
            found.append(Mark(start, end, text[start:end], raised=True, note=True))
        elif _is_raised_citation(text, start, end, limit):
            found.append(Mark(start, end, text[start:end], raised=True))
    return _merge(sorted([*marks, *found], key=lambda mark: mark.start), text, adjacent=True)


def _find_raised(block: Block, start: int, end: int) -> list[tuple[int, int]]:
    """The raised stretches that overlap a span."""
    first = max(0, bisect_right(block.raised, (start, 0)) - 1)
    last = bisect_left(block.raised, (end, 0))
    return [span for span in block.raised[first:last] if start < span[1]]


def _cites(words: str) -> bool:
    """Whether the words of a link into the list cite: a number, or an author with a year, not ``see the list``."""
    return any(char.isdigit() for char in words) or "et al" in words or words[:1].isupper()


def _merge(pieces: Sequence[Mark], text: str, *, adjacent: bool = False) -> list[Mark]:
    """Marks of one kind with nothing but commas, dashes and brackets between them (``adjacent``: nothing) as one."""
    merged: list[Mark] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is not None and last.raised == piece.raised and last.note == piece.note:
            gap = text[last.end : piece.start]
            if piece.start >= last.end and (not gap if adjacent else _GAP.fullmatch(gap)):
                whole = text[last.start : piece.end]
                merged[-1] = Mark(last.start, piece.end, whole, last.raised, last.targets + piece.targets, last.note)
                continue
        if last is None or piece.start >= last.end:
            merged.append(piece)
    return merged


def _widen(mark: Mark, block: Block) -> Mark:
    """The mark with the brackets around it; a raised one with what else is raised, if that is brackets and commas."""
    text, start, end = block.text, mark.start, mark.end
    if mark.raised:
        for first, last in _find_raised(block, start, end):
            if _SEPARATORS.fullmatch(text, first, max(first, start)):
                start = min(start, first)
            if _SEPARATORS.fullmatch(text, min(end, last), last):
                end = max(end, last)
    elif start and text[end : end + 1] == _BRACKETS.get(text[start - 1], ""):
        start, end = start - 1, end + 1
    return Mark(start, end, text[start:end], mark.raised, mark.targets, mark.note)


def _is_raised_citation(text: str, start: int, end: int, limit: int) -> bool:
    """Whether raised numbers without a link cite: after a word or a stop, none of a unit, a power or a residue."""
    numbers = text[start:end]
    if not _NUMBERS.fullmatch(numbers) or not _AFTER.match(text, end):
        return False
    found = expand_numbers(numbers)
    if 0 in found or min(found) > limit:
        return False
    place = start - 1 if text[start - 1 : start] == " " else start
    before = _BEFORE.search(text, max(0, place - 40), place)
    if before is None:
        return False
    if before["word"] is None:
        return not before[0][0].isdigit()
    return _RAISED_NOT_CITED.fullmatch(before["word"]) is None
