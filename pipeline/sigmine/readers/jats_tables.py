"""Tables of JATS: a row's cells beside the head of the row and the words of their columns' heads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from sigmine.grammar.table_heads import get_table_heads
from sigmine.model import Citation, TableCell
from sigmine.readers.jats_xml import Node
from sigmine.readers.mapped_text import SPACE, MappedText, concatenate, join
from sigmine.readers.table_cells import (
    choose_lead,
    drop_marks,
    find_told_columns,
    is_names,
    make_lead,
    split_statements,
)

MAX_SPAN = 100
"""Columns or rows that one cell may fill; also the columns of a table. More is damage, or an attack."""
_LONGEST_HEAD = 80
_LONGEST_HEADER = 60
_LONGEST_REPEATED = 300
_WORD = re.compile(r"[^\W\d_]{2}")
_COLON, _BAR, _SEMICOLON = (MappedText.inserted(text) for text in (": ", " | ", "; "))

_EMPTY = MappedText("", ())

Cells = list[tuple[MappedText, list[Citation]]]
"""The paragraphs of one cell, each with its citations."""


@dataclass(slots=True)
class Cell:
    """A cell: its paragraphs; the same object stands at each place that the cell fills."""

    contents: Cells
    is_header: bool = False
    used: bool = False

    @property
    def text(self) -> str:
        """The words of all paragraphs."""
        return " ".join(content.text for content, _ in self.contents)

    @property
    def joined(self) -> MappedText:
        """All paragraphs as one."""
        return drop_marks(concatenate([content for content, _ in self.contents], SPACE))


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes a section; citations and cells count from its beginning.

    ``is_header`` for heads of columns; ``subject`` is the head in front, empty if none.
    """

    content: MappedText
    cites: list[Citation] = field(default_factory=list)
    subject: str = ""
    header: str = ""
    is_header: bool = False
    cells: tuple[TableCell, ...] = ()


Row = list[Cell | None]


def make_lines(table: Node, read_cell: Callable[[Node], Cells]) -> Iterator[Line]:
    """The lines of one ``<table>``: first the heads of the columns, then, row by row, what the cells say.

    A cell that says something follows its row's head (``AKT1 Inhibits TSC2``). Names and numbers go into one line a
    row: ``AKT1 | Substrate: TSC2; Site: S939``. The cells are known wherever the columns have heads.
    """
    heads, rows = _split(_lay_out(table, read_cell))
    columns = max((len(row) for row in (*heads, *rows)), default=0)
    grid = Grid(heads, columns)
    yield from grid.make_heads()
    head: Place | None = None
    for number, row in enumerate(rows, start=1):
        if _fills_row(row):
            head = None
            yield from (Line(content, cites) for content, cites in _distinct(row)[0].contents if content.text)
            continue
        first = _find_head(row)
        if first is not None:
            head = Place(row.index(first), first)
        elif not row or row[0] is None or row[0].text:
            head = None
        # What the head cites, or a column of references, is cited by all that the row says.
        shared = [cell for cell in _distinct(row) if cell is first or not cell.text]
        for line in grid.read_row(number, row, head, is_first=first is not None):
            yield replace(line, cites=[*line.cites, *_cite_at_end(line.content, shared)])


def _cite_at_end(line: MappedText, cells: Sequence[Cell]) -> list[Citation]:
    end = len(line.text)
    cites = [cite for cell in cells for _, group in cell.contents for cite in group]
    return list(dict.fromkeys(Citation(end - 1, end, cite.marker, cite.references) for cite in cites))


# The grid


def _lay_out(table: Node, read_cell: Callable[[Node], Cells]) -> list[tuple[bool, Row]]:
    """The rows with every place filled; whether each stands in the head of the table."""
    parts = [part for one in table.elements() for part in (one.elements() if one.tag == "tgroup" else [one])]
    groups = [*(part for part in parts if part.tag in ("thead", "tbody", "tfoot")), table]
    rows: list[tuple[bool, Row]] = []
    for group in groups:
        open_: dict[int, tuple[Cell, int]] = {}
        for tr in (node for node in group.elements() if node.tag in ("tr", "row")):
            row: Row = []
            cells = [node for node in tr.elements() if node.tag in ("td", "th", "entry")]
            for node in cells:
                _fill(row, open_)
                if len(row) >= MAX_SPAN:
                    break
                cell = Cell(read_cell(node), node.tag == "th")
                width = min(_span(node, "colspan"), MAX_SPAN - len(row))
                height = _span(node, "rowspan") if node.tag != "entry" else _span(node, "morerows", 0) + 1
                for column in range(len(row), len(row) + width):
                    if height > 1:
                        open_[column] = (cell, height - 1)
                row += [cell] * width
            _fill(row, open_)
            if cells:
                rows.append((group.tag == "thead", row))
    return rows


def _fill(row: list[Cell | None], open_: dict[int, tuple[Cell, int]]) -> None:
    """Add the cells that reach down from rows above."""
    while (column := len(row)) in open_:
        cell, left = open_[column]
        if left > 1:
            open_[column] = (cell, left - 1)
        else:
            del open_[column]
        row.append(cell)


def _span(node: Node, name: str, default: int = 1) -> int:
    value = node.attributes.get(name, "").strip()
    return min(max(int(value), default), MAX_SPAN) if re.fullmatch(r"\d{1,6}", value) else default


def _split(rows: list[tuple[bool, Row]]) -> tuple[list[Row], list[Row]]:
    """Heads of columns and the rest; without a head, a first row of ``<th>`` only, or of known heads, is it."""
    heads = [row for is_head, row in rows if is_head]
    body = [row for is_head, row in rows if not is_head]
    if heads or len(body) < 2:
        return heads, body
    if all(cell is not None and cell.is_header for cell in body[0]) or _has_known_heads(body[0]):
        return [body[0]], body[1:]
    return heads, body


def _has_known_heads(row: Row) -> bool:
    """Whether two of the cells are heads that the rules know."""
    known = get_table_heads()
    return sum(known.is_known(cell.text) for cell in _distinct(row)) > 1


def _fills_row(row: Row) -> bool:
    """Whether one cell is as wide as the table: a heading within it."""
    return len(row) > 1 and row[0] is not None and row[0].text != "" and all(cell is row[0] for cell in row)


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    return list({id(cell): cell for cell in row if cell is not None}.values())


# What a row says


@dataclass(frozen=True, slots=True)
class Place:
    """A cell and its column, counted from 0."""

    column: int
    cell: Cell


def _find_head(row: Sequence[Cell | None]) -> Cell | None:
    """The first cell with a letter, if it is short enough for a head and no other cell's column was before it."""
    for cell in row:
        if cell is not None and re.search(r"[A-Za-z]", cell.text):
            return cell if len(cell.text) <= _LONGEST_HEAD and cell.contents else None
        if cell is not None and not cell.text:
            return None  # Left blank: the head of the row above goes on.
    return None


class Grid:
    """The heads of a table's columns, and what its rows say below them.

    ``heads`` are the rows of the table's head, each place filled.
    """

    def __init__(self, heads: Sequence[Row], columns: int) -> None:
        self.heads = heads
        stacks = [_distinct([row[column] for row in heads if column < len(row)]) for column in range(columns)]
        self.stacks = [[cell for cell in cells if cell.text] for cells in stacks]
        self.headers = [concatenate([cell.joined for cell in cells], SPACE) for cells in self.stacks]
        lowest = [cells[-1].text if cells else "" for cells in self.stacks]
        self.told = find_told_columns([header.text for header in self.headers], lowest)

    def make_heads(self) -> Iterator[Line]:
        """A line for each row of the table's head."""
        seen: set[int] = set()
        for row in self.heads:
            cells = [cell for cell in _distinct(row) if cell.text and id(cell) not in seen]
            seen |= set(map(id, cells))  # One that reaches down stands in its first row.
            parts = _Parts()
            for cell in cells:
                parts.put(_BAR if parts.length else _EMPTY)
                start, end = parts.put(cell.joined)
                for column, stack in enumerate(self.stacks):
                    if stack and stack[-1] is cell:
                        parts.cells.append(TableCell(0, column, self.headers[column].text, start, end))
            if cells:
                yield Line(parts.join(), is_header=True, cells=tuple(parts.cells))

    def read_row(self, number: int, row: Row, head: Place | None, *, is_first: bool) -> Iterator[Line]:
        """The lines of a row; ``is_first``: its head is its own, not of a row above."""
        taken: set[int] = {id(head.cell)} if head is not None and is_first else set()
        subject = self._find_subject(row)
        rest: list[Place] = []
        lines: list[Line] = []
        for column, cell in enumerate(row):
            if cell is None or id(cell) in taken or not any(char.isalnum() for char in cell.text):
                continue
            taken.add(id(cell))
            if cell.used and len(cell.text) > _LONGEST_REPEATED:
                continue
            cell.used = True
            belongs = column in self.told.examples and head is not None and " " in head.cell.text
            if not (belongs and _WORD.search(cell.text)) and (is_names(cell.text) or not _WORD.search(cell.text)):
                rest.append(Place(column, cell))
                continue
            lead = choose_lead(self.told, column, head, subject, lambda one: one.cell.text, cell.text)
            for content, cites in cell.contents:
                lines += self._lead(number, lead, Place(column, cell), content, cites)
        if rest or (head is not None and is_first and not lines):
            yield self._list(number, head, rest)
        yield from lines

    def _find_subject(self, row: Row) -> Place | None:
        column = self.told.subject
        cell = row[column] if column is not None and column < len(row) else None
        return Place(column, cell) if column is not None and cell is not None and cell.text else None

    def _find_header(self, column: int) -> MappedText:
        """The words over a column; empty where they are none or too many to repeat."""
        header = self.headers[column]
        return header if len(header.text) <= _LONGEST_HEADER else _EMPTY

    def _lead(
        self, number: int, head: Place | None, place: Place, content: MappedText, cites: list[Citation]
    ) -> Iterator[Line]:
        """A paragraph of a cell behind its row's head, a line for each statement that needs it."""
        described = place.column in self.told.described
        for low, high in split_statements(content.text, described=described):
            parts = _Parts()
            words = head.cell.joined if head is not None else _EMPTY
            lead = make_lead(words, content.text[low:high], described=described)
            if head is not None and lead.text:
                start, _ = parts.put(lead)
                self._add_cell(parts, number, head.column, start, start + len(words.text))
            start, end = parts.put(content.cut(low, high))
            self._add_cell(parts, number, place.column, start, end)
            moved = [
                replace(cite, start=cite.start - low + start, end=cite.end - low + start)
                for cite in cites
                if low <= cite.start and cite.end <= high
            ]
            header = self._find_header(place.column).text
            yield Line(parts.join(), moved, words.text, header, cells=tuple(parts.cells))

    def _list(self, number: int, head: Place | None, rest: Sequence[Place]) -> Line:
        """The names and numbers of a row behind its head: ``AKT1 | Substrate: TSC2; Site: S939``."""
        parts = _Parts()
        if head is not None:
            start, end = parts.put(head.cell.joined)
            self._add_cell(parts, number, head.column, start, end)
        for index, place in enumerate(rest):
            parts.put(_SEMICOLON if index else _BAR if head is not None else _EMPTY)
            header = self._find_header(place.column)
            if header.text:
                parts.put(join([header, _COLON]))
            start, end = parts.put(place.cell.joined)
            self._add_cell(parts, number, place.column, start, end)
            shift = start
            for content, cites in place.cell.contents:
                parts.cites += [replace(cite, start=cite.start + shift, end=cite.end + shift) for cite in cites]
                shift += len(content.text) + 1
        title = "" if rest else self._find_header(0).text
        subject = head.cell.joined.text if head is not None and rest else ""
        return Line(parts.join(), parts.cites, subject, title, cells=tuple(parts.cells))

    def _add_cell(self, parts: _Parts, number: int, column: int, start: int, end: int) -> None:
        if self.heads and column < len(self.headers) and start < end:
            parts.cells.append(TableCell(number, column, self.headers[column].text, start, end))


@dataclass(slots=True)
class _Parts:
    """A line as it grows."""

    parts: list[MappedText] = field(default_factory=list)
    cells: list[TableCell] = field(default_factory=list)
    cites: list[Citation] = field(default_factory=list)
    length: int = 0

    def put(self, content: MappedText) -> tuple[int, int]:
        """Add text; where it stands."""
        start = self.length
        self.parts.append(content)
        self.length += len(content.text)
        return start, self.length

    def join(self) -> MappedText:
        return join(self.parts)
