"""A text as a reader hands it on, with the way back to the file it came from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from sigmine.model.entity import Entity

SECTION_KINDS: tuple[str, ...] = (
    "title",
    "abstract",
    "heading",
    "body",
    "legend",
    "table",
    "keywords",
    "figure_text",
    "references",
    "back_matter",
)
"""What a section may be. ``figure_text``: words inside a drawing; ``back_matter``: thanks, disclosures, licences."""

READ_KINDS: frozenset[str] = frozenset({"title", "abstract", "body", "legend", "table"})
"""The kinds in which statements are looked for; the others are kept and left alone."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """The own words of a table's cell, ``Document.text[start:end]``.

    ``row`` counts from 1, 0 is the table's head, of which each column has one cell, the lowest; ``column`` counts from
    0, from left to right; ``header`` is what stands over the column, of heads in several rows the words of all. A cell
    that fills several rows or columns is given once for each; the words of a row's head also where they are repeated.
    """

    row: int
    column: int
    header: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of ``Document.text`` of one kind: a paragraph, a heading, a table row.

    ``title`` is the heading that it stands under (empty if none); for a table row, ``subject`` is the text of the
    row's head (empty otherwise), and ``cells`` are those of a table whose columns are known, one or several a section.
    Sections are sorted and disjoint; a sentence never crosses their borders.
    """

    kind: str
    start: int
    end: int
    title: str = ""
    subject: str = ""
    cells: tuple[TableCell, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A work in the reference list; whatever is not known is None (of ``authors``, empty).

    ``text`` is the entry as it stands, ``authors`` are as the entry gives them (``Sarbassov DD``), in its order.
    """

    number: int | None = None
    pmid: str | None = None
    doi: str | None = None
    title: str | None = None
    text: str | None = None
    pmcid: str | None = None
    authors: tuple[str, ...] = ()
    journal: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation marker in the text and what it points to (``references`` is empty where unresolved)."""

    start: int
    end: int
    marker: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From characters of ``Document.text`` to characters of the file.

    ``runs`` are ``(start in text, start in file, length)``, sorted by the first, disjoint. Within a run both advance
    together; characters of the text in no run were put in by the reader (a joining space, say).

    ``escapes`` are ``(start in file, length)``, sorted: characters that the file writes as several (``&#946;``). A run
    leads to the first of them, and a span that ends with such a character ends after the last.
    """

    runs: tuple[tuple[int, int, int], ...]
    escapes: tuple[tuple[int, int], ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(run[0] for run in self.runs))

    def find_position(self, offset: int) -> int | None:
        """The file's character for one character of the text, or None if the reader put it in."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        start, source, length = self.runs[index]
        return source + offset - start if offset < start + length else None

    def get_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest half-open span of the file that holds all of ``text[start:end]`` that came from it.

        Raises:
            ValueError: if no character of the span came from the file.
        """
        spans = self.find_spans(start, end)
        if not spans:
            raise ValueError(f"No character of the span {start}:{end} comes from the file.")
        low, high = min(low for low, _ in spans), max(high for _, high in spans)
        at = bisect_right(self.escapes, high - 1, key=lambda escape: escape[0]) - 1
        if at >= 0 and self.escapes[at][0] == high - 1:
            high += self.escapes[at][1] - 1
        return low, high

    def find_spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of the file that ``text[start:end]`` came from, in the order of the text; empty if none."""
        spans: list[tuple[int, int]] = []
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self.runs) and self.runs[index][0] < end:
            run_start, source, length = self.runs[index]
            first, last = max(start, run_start), min(end, run_start + length)
            if first < last:
                spans.append((source + first - run_start, source + last - run_start))
            index += 1
        return spans


Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points (1/72 inch), in the page's own coordinates: y grows upwards."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: a page, counted from 1, and a box on it that one line of print fills at most."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of print: half-open characters of the text that was taken out of the file, and where they stand.

    ``words`` are ``(start, end, box)`` within the line, in the order of the text, disjoint.
    """

    start: int
    end: int
    page: int
    words: tuple[tuple[int, int, Box], ...]

    def find_box(self, start: int, end: int) -> Box | None:
        """The smallest box around the words that reach into the span, or None."""
        boxes = [box for first, last, box in self.words if first < end and start < last]
        if not boxes:
            return None
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)


@dataclass(frozen=True, slots=True)
class Document:
    """A text ready to be read. ``text`` is final: nothing later edits it.

    Attributes:
        id: the ``id`` of a JSONL document, else the file name without suffix.
        text: what is read; offsets everywhere are characters of this string, half-open.
        sections: sorted, disjoint; empty means the whole text is body.
        citations: markers in the order of the text.
        references: the reference list, as far as it was read.
        mentions: entities given with the text (not found by us); empty if none.
        offsets: the way back to the file; None where ``text`` is the file's text, unchanged. Of a PDF, the file's
            characters are those of the text that the reader takes out of it, in reading order.
        source: where it came from (a path, or ``-``); empty if made in memory.
        sha256: of the file's bytes, hexadecimal; empty if made in memory.
        metadata: sorted pairs of a key and a value, e.g. title, pmid, licence.
        lines: of a format with pages (PDF), where each line of the text taken out is printed, sorted by ``start``,
            disjoint; empty for others.
    """

    id: str
    text: str
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    references: tuple[Reference, ...] = ()
    mentions: tuple[Entity, ...] = ()
    offsets: OffsetMap | None = None
    source: str = ""
    sha256: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    lines: tuple[PlacedLine, ...] = ()

    def find_section(self, offset: int) -> Section | None:
        """The section that holds the character, or None."""
        index = bisect_right(self.sections, offset, key=lambda section: section.start) - 1
        if index >= 0 and offset < self.sections[index].end:
            return self.sections[index]
        return None

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """``text[start:end]`` in the file's own characters."""
        return (start, end) if self.offsets is None else self.offsets.get_span(start, end)

    def find_places(self, start: int, end: int) -> tuple[Place, ...]:
        """Where ``text[start:end]`` is printed, a place for each line in the order of the text; empty without pages."""
        if not self.lines or self.offsets is None:
            return ()
        boxes: dict[int, Box] = {}
        for low, high in self.offsets.find_spans(start, end):
            index = max(0, bisect_right(self.lines, low, key=lambda line: line.start) - 1)
            while index < len(self.lines) and self.lines[index].start < high:
                box = self.lines[index].find_box(low, high)
                if box is not None:
                    boxes[index] = _unite(boxes[index], box) if index in boxes else box
                index += 1
        return tuple(Place(self.lines[index].page, box) for index, box in boxes.items())


def _unite(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
