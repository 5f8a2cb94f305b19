"""PDF: from characters with their places to the lines of an article, which the text reader then understands.

The "file's own characters" of such a document are those of the text that is taken out here, in reading order: the
article first, running heads and page numbers after it. ``Document.find_places`` leads to page and box.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sigmine.errors import ReadError
from sigmine.model import Box, Document, PlacedLine
from sigmine.readers.mapped_text import MappedText, concatenate
from sigmine.readers.pdf_columns import Row, arrange, find_furniture, make_rows
from sigmine.readers.pdf_lines import LABEL, LEGEND, TABLE, TEXT, PrintedLine, make_printed_lines
from sigmine.readers.pdf_pieces import Page, load_pages, turn_point
from sigmine.readers.pdf_segments import Segment, make_segments, spell
from sigmine.readers.pdf_tables import merge_rows
from sigmine.readers.sources import Source, make_sha256
from sigmine.readers.text import parse_lines
from sigmine.readers.text_join import WordForms, join_lines
from sigmine.readers.text_lines import Layout, Line, normalise

MAX_PAGES = 400
"""Of one PDF; the longest reviews have about a hundred."""
MAX_PDF_BYTES = 200_000_000
_MIN_PER_PAGE = 60
_MAX_UNKNOWN = 0.2
_NO_WORDS = WordForms(frozenset(), frozenset())
_LAYOUT = Layout(trailing=True)
"""A line that goes on is marked as one that ends in white space."""


def read_pdf(source: Source) -> Iterator[Document]:
    """The one document of a ``.pdf`` file.

    Raises:
        MissingDependency: if pypdfium2 is not installed (``pip install 'sigmine[pdf]'``).
        ReadError: if the file is empty, damaged, encrypted or too long, or its pages are pictures without text.
    """
    data = source.load(MAX_PDF_BYTES)
    yield parse_pdf(data, id=source.stem, source=source.name, sha256=make_sha256(data))


def parse_pdf(data: bytes, *, id: str, source: str = "", sha256: str = "", max_pages: int = MAX_PAGES) -> Document:
    """A document out of a PDF's bytes.

    ``offsets`` leads to the text that was taken out, ``lines`` and ``find_places`` to pages and boxes.

    Raises:
        MissingDependency, ReadError: as ``read_pdf``.
    """
    taken = take_text(data, source or id, max_pages=max_pages)
    return parse_lines(
        taken.lines, _LAYOUT, id=id, source=source, sha256=sha256, furniture=taken.furniture, places=taken.places
    )


@dataclass(frozen=True, slots=True)
class TakenText:
    """What was taken out of a PDF: the text in reading order, its lines, those that frame the pages, their places."""

    text: str
    lines: list[Line]
    furniture: list[Line]
    places: tuple[PlacedLine, ...]


def take_text(data: bytes, name: str, *, max_pages: int = MAX_PAGES) -> TakenText:
    """The text of a PDF, to whose characters ``Document.offsets`` of ``parse_pdf`` leads; ``name`` opens messages.

    Raises:
        MissingDependency, ReadError: as ``read_pdf``.
    """
    pages = load_pages(data, name, max_pages)
    _check_text(pages, name)
    segments = [make_segments(page.pieces) for page in pages]
    furniture = find_furniture([(page.bottom, page.top, found) for page, found in zip(pages, segments, strict=True)])
    columns = []
    for page, found, rows in zip(pages, segments, furniture, strict=True):
        apart = {id(segment) for row in rows for segment in row.segments}
        columns.append((page.number, arrange([segment for segment in found if id(segment) not in apart])))
    taker = _Taker(pages)
    lines = list(taker.take(make_printed_lines(columns)))
    framing = [
        taker.take_row(row, page)
        for page, rows in zip(pages, furniture, strict=True)
        for row in (*rows, *make_rows(make_segments(page.others)))
    ]
    if not lines:
        raise ReadError(f"{name}: the PDF holds nothing but running heads and page numbers.")
    return TakenText("\n".join(taker.texts), lines, framing, tuple(taker.places))


def _check_text(pages: Sequence[Page], name: str) -> None:
    """Refuse pictures of pages, and fonts that do not name their characters.

    Raises:
        ReadError: saying what to do instead.
    """
    characters = sum(page.characters for page in pages)
    pictures = sum(page.images > 0 for page in pages)
    if characters == 0 and not pictures:
        raise ReadError(f"{name}: the PDF holds no text: {len(pages)} blank page(s).")
    if characters < _MIN_PER_PAGE * len(pages) and pictures >= 0.5 * len(pages):
        raise ReadError(
            f"{name}: scanned: {pictures} of {len(pages)} page(s) are pictures, with {characters} characters of text "
            "in all. Put a text layer under them first (ocrmypdf FILE.pdf NEW.pdf)."
        )
    unknown = sum(page.unknown for page in pages)
    if unknown > _MAX_UNKNOWN * characters:
        raise ReadError(
            f"{name}: the fonts do not say which characters {unknown:,} of {characters:,} signs are, so that the text "
            "cannot be taken out; read the pages as pictures instead (ocrmypdf --force-ocr FILE.pdf NEW.pdf)."
        )


class _Taker:
    """Writes the text that is taken out, line by line, and keeps where it stands."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.texts: list[str] = []
        self.places: list[PlacedLine] = []
        self._turns = {page.number: page.turn for page in pages}
        self._position = 0
        self._number = 0

    def take(self, printed: Sequence[PrintedLine]) -> Iterator[Line]:
        """The lines for the text reader."""
        page, behind, goes_on = 0, False, False
        for is_table, group in itertools.groupby(printed, key=lambda line: line.kind == TABLE):
            lines = list(group)
            if is_table:
                yield from self._take_table(lines)
                behind, goes_on = True, False
                continue
            for line in lines:
                content = self._take_segments(line.row.segments, line.page)
                result = self._make_line(content)
                result.gap = int(not goes_on and (line.spaced or line.hanging or line.kind != TEXT))
                result.trailing = goes_on = line.goes_on
                result.drawn = line.kind == LABEL
                if line.kind == TEXT:
                    result.page = page not in (0, line.page) and not behind
                    result.indent = int(behind)  # To the text reader: the text goes on here, after a figure or table.
                    page, behind = line.page, False
                else:
                    behind = behind or line.kind in (LEGEND, LABEL)
                yield result

    def take_row(self, row: Row, page: Page) -> Line:
        """A line that frames the page."""
        return self._make_line(self._take_segments(row.segments, page.number))

    def _take_table(self, lines: Sequence[PrintedLine]) -> Iterator[Line]:
        for _, group in itertools.groupby(lines, key=lambda line: line.column):
            column = list(group)
            for row in merge_rows([line.row for line in column]):
                contents = [
                    join_lines([self._take_segments([one], column[0].page) for one in cell], _NO_WORDS)
                    for cell in row.cells
                ]
                line = self._make_line(concatenate(contents))
                line.cells = tuple(contents) if len(contents) > 1 else ()
                line.gap = 1
                yield line

    def _make_line(self, content: MappedText) -> Line:
        self._number += 1
        return Line(normalise(content), self._number)

    def _take_segments(self, segments: Sequence[Segment], page: int) -> MappedText:
        """The text of segments side by side, a space between each two."""
        parts: list[MappedText] = []
        for segment in segments:
            text, words = spell(segment)
            start = self._position
            turn = self._turns[page]
            placed = tuple(
                (start + word.start, start + word.end, _turn_back(word.x0, segment.bottom, word.x1, segment.top, turn))
                for word in words
            )
            self.places.append(PlacedLine(start, start + len(text), page, placed))
            self.texts.append(text)
            self._position += len(text) + 1  # A line end stands between two.
            parts.append(MappedText(text, ((0, start, len(text)),)))
        return concatenate(parts)


def _turn_back(x0: float, y0: float, x1: float, y1: float, turn: int) -> Box:
    """A box in the frame of the turned page as one of the page itself."""
    (ax, ay), (bx, by) = turn_point(x0, y0, -turn), turn_point(x1, y1, -turn)
    return round(min(ax, bx), 1), round(min(ay, by), 1), round(max(ax, bx), 1), round(max(ay, by), 1)
