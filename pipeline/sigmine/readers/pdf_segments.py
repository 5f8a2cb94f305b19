"""Pieces of words to segments of lines: what belongs to one baseline, with raised and lowered characters in place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sigmine.readers.pdf_pieces import Piece

_COLUMN_GAP = 1.0
"""Of the size: a wider gap ends a segment; columns stand further apart, words of a line hardly ever do."""
_MERGE_GAP = 0.6
_SCRIPT_GAP = 0.4
_WORD_GAP = 0.17
_LEAST_SPACE = 0.03
"""A line break that PDFium puts between a word and the number raised over its end takes no room."""
_BACKWARDS = 0.6
_SCRIPT_BACKWARDS = 1.6
_SAME_BASELINE = 0.1
_SCRIPT_SIZE = 0.88
_SCRIPT_SHIFT = 0.75
_RAISED = 0.15
_BUCKET = 4.0

_NUMBERS = re.compile(r"\d{1,3}(?:[,–−‑‐-]\d{1,3})*")
_DASHES = str.maketrans({"‐": "–", "-": "–", "−": "–", "‑": "–"})
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CITED = re.compile(r"[^\W_]|[.,;:!?)\]”’\"'%]")
_UNITS = frozenset({"m", "cm", "mm", "km", "nm", "dm", "µm", "μm", "s", "min", "h", "kg", "L", "l"})
_POWER = re.compile(r"[23]")
_BOUNDARY = re.compile(r"[\s.,;:!?)\]”’\"'–—-]")


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of a segment's text and where it stands: from ``x0`` to ``x1``."""

    start: int
    end: int
    x0: float
    x1: float


@dataclass(slots=True)
class Segment:
    """Pieces on one baseline that hang together: a line of a column, a cell, a word in a drawing.

    ``base`` is the last piece that is neither raised nor lowered.
    """

    pieces: list[Piece] = field(default_factory=list)
    base: Piece = field(default_factory=lambda: Piece("", 0, 0, 0, 0))
    x0: float = 0.0
    x1: float = 0.0

    @classmethod
    def start(cls, piece: Piece) -> Segment:
        """A segment of one piece."""
        return cls([piece], piece, piece.x0, piece.x1)

    @property
    def baseline(self) -> float:
        return self.base.baseline

    @property
    def size(self) -> float:
        return self.base.size

    @property
    def bottom(self) -> float:
        return self.base.baseline - 0.25 * self.base.size

    @property
    def top(self) -> float:
        return self.base.baseline + 0.8 * self.base.size

    def add(self, piece: Piece) -> None:
        """Put a piece at the end; the largest so far, or one of its size, tells the baseline."""
        if piece.size > self.base.size / _SCRIPT_SIZE or (
            abs(piece.baseline - self.baseline) <= _SAME_BASELINE * self.size and piece.size >= _SCRIPT_SIZE * self.size
        ):
            self.base = piece
        self.pieces.append(piece)
        self.x0, self.x1 = min(self.x0, piece.x0), max(self.x1, piece.x1)


def make_segments(pieces: Iterable[Piece]) -> list[Segment]:
    """The segments of a page: pieces joined in the order of the file, then what stands side by side."""
    segments: list[Segment] = []
    for piece in pieces:
        if segments and _follows(segments[-1], piece):
            segments[-1].add(piece)
        else:
            segments.append(Segment.start(piece))
    return _merge_neighbours(segments)


def _follows(segment: Segment, piece: Piece) -> bool:
    """Whether a piece that comes next in the file goes on with the segment."""
    larger = max(segment.size, piece.size)
    gap = piece.x0 - segment.pieces[-1].x1
    shift = abs(piece.baseline - segment.baseline)
    if shift <= _SAME_BASELINE * larger:
        return -_BACKWARDS * larger <= gap <= _COLUMN_GAP * larger
    if min(segment.size, piece.size) > _SCRIPT_SIZE * larger or shift > _SCRIPT_SHIFT * larger:
        return False
    return -_SCRIPT_BACKWARDS * min(segment.size, piece.size) <= gap <= _MERGE_GAP * larger


def _merge_neighbours(segments: Sequence[Segment]) -> list[Segment]:
    """Segments that a program wrote apart and that stand side by side, such as a raised number drawn later."""
    buckets: dict[int, list[Segment]] = {}
    merged: list[Segment] = []
    for segment in sorted(segments, key=lambda segment: segment.x0):
        row = int(segment.baseline // _BUCKET)
        near = [other for key in range(row - 3, row + 4) for other in buckets.get(key, ())]
        left = min(
            (other for other in near if _adjoins(other, segment)),
            key=lambda other: (abs(segment.x0 - other.x1), abs(segment.baseline - other.baseline)),
            default=None,
        )
        if left is None:
            merged.append(segment)
            buckets.setdefault(row, []).append(segment)
            continue
        before = int(left.baseline // _BUCKET)
        for piece in segment.pieces:
            left.add(piece)
        if int(left.baseline // _BUCKET) != before:
            buckets[before] = [other for other in buckets[before] if other is not left]
            buckets.setdefault(int(left.baseline // _BUCKET), []).append(left)
    order = {id(segment): index for index, segment in enumerate(segments)}
    return sorted(merged, key=lambda segment: order[id(segment)])


def _adjoins(left: Segment, right: Segment) -> bool:
    gap = right.x0 - left.x1
    if gap > right.size or gap < -right.size:
        return False  # Most are far apart; a drawing may hold thousands.
    smaller, larger = sorted((left.size, right.size))
    shift = abs(left.baseline - right.baseline)
    if shift <= _SAME_BASELINE * larger:
        return smaller > 0.5 * larger and -0.3 * smaller <= gap <= _MERGE_GAP * smaller
    is_script = smaller <= _SCRIPT_SIZE * larger and shift <= 0.6 * larger
    return is_script and -0.3 * smaller <= gap <= _SCRIPT_GAP * smaller


def spell(segment: Segment) -> tuple[str, tuple[Word, ...]]:
    """The segment's text, and the place of each of its pieces.

    A raised number that cites is spelt in raised digits (``kinase¹²``), as the text reader knows them; all other
    raised and lowered characters stand as they are (``Ca2+``, ``PIP3``).
    """
    text = ""
    words: list[Word] = []
    index = 0
    pieces = segment.pieces
    while index < len(pieces):
        piece = pieces[index]
        end = index + 1
        content = piece.text
        raised = _is_raised(piece, pieces, segment)
        if raised:
            while end < len(pieces) and _is_raised(pieces[end], pieces, segment):
                end += 1
            after = pieces[end] if end < len(pieces) else None
            joined = "".join(raised_piece.text for raised_piece in pieces[index:end])
            content = _spell_citation(text, joined, after) or _join_pieces(pieces[index:end])
        cites = content[:1] in "⁰¹²³⁴⁵⁶⁷⁸⁹"
        if text and not cites and _has_space(pieces[index - 1], piece):
            text += " "
        words.append(Word(len(text), len(text) + len(content), piece.x0, max(p.x1 for p in pieces[index:end])))
        text += content
        index = end
    return text, tuple(words)


def _join_pieces(pieces: Sequence[Piece]) -> str:
    text = pieces[0].text
    for before, piece in itertools.pairwise(pieces):
        text += (" " if _has_space(before, piece) else "") + piece.text
    return text


def _has_space(before: Piece, piece: Piece) -> bool:
    gap = piece.x0 - before.x1
    smaller, larger = sorted((before.size, piece.size))
    if gap < -0.5 * larger:
        return piece.spaced
    return (piece.spaced and gap > _LEAST_SPACE * smaller) or gap > _WORD_GAP * larger


def _is_raised(piece: Piece, pieces: Sequence[Piece], segment: Segment) -> bool:
    """Whether a piece is smaller than the text that it stands in, and higher."""
    largest = max(other.size for other in pieces)
    base = next((other for other in pieces if other.size == largest), segment.base)
    return piece.size <= _SCRIPT_SIZE * largest and piece.baseline - base.baseline > _RAISED * largest


def _spell_citation(before: str, numbers: str, after: Piece | None) -> str:
    """The numbers in raised digits if they cite; empty where they are a power, a charge or a part of a name."""
    numbers = numbers.rstrip(",")
    if not _NUMBERS.fullmatch(numbers) or not before or not _CITED.match(before[-1]):
        return ""
    word = before.rsplit(None, 1)[-1].lstrip("([")
    if word.replace(".", "").replace(",", "").replace("×", "").isdigit() and word[-1].isdigit():
        return ""
    if _POWER.fullmatch(numbers) and (len(word) == 1 or word in _UNITS or word.rsplit("/", 1)[-1] in _UNITS):
        return ""
    if after is not None and not after.spaced and not _BOUNDARY.match(after.text):
        return ""
    return numbers.translate(_DASHES).translate(_RAISED_DIGITS)
