"""The tables of a page: cells that begin with the head of their row, under the header words of their column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sigmine.model import TableCell
from sigmine.readers.html_blocks import Block, Cell, Link, Table
from sigmine.readers.mapped_text import concatenate
from sigmine.readers.table_cells import choose_lead, drop_marks, find_told_columns, make_lead, split_statements
from sigmine.readers.text_shapes import is_claim, is_closed

_FEW_WORDS = 12
_LONG_CELL = 600
_MOST_PLACES = 60
"""Places that a cell may fill to be known in each of them; one of more says nothing of a row."""
_SYMBOLS = re.compile(r"[\W\d_]*")


def is_data_table(table: Table, share: float) -> bool:
    """Whether the table holds data; one that lays out the page holds another, or most of the text, or a column only.

    ``share`` is how much of the page's running text stands in it, 0 to 1.
    """
    if table.is_layout or len(table.busy) < 2 or table.rows < 2:
        return False
    if share < 0.5:
        return True
    return all(len(cell.text) < _LONG_CELL for cell in table.cells)


def fill_cells(table: Table, caption: str) -> list[tuple[Block, list[Block]]]:
    """The blocks of all cells in file order, each with what it becomes: kind, title, subject and cells filled in.

    A cell begins with its row's head, so that it reads as a sentence: "RAPTOR Binds to ...", "mTORC1 inhibitors:
    ...", and one of several statements becomes a block for each. Its title is the header words over it, or where there
    are none the table's ``caption``.
    """
    grid = _Grid(table, caption)
    return [(block, list(grid.fill(cell, block))) for cell in table.cells for block in cell.blocks]


class _Grid:
    """The heads of a table's columns and rows, by their numbers in the table."""

    def __init__(self, table: Table, caption: str) -> None:
        self.width = len(table.busy)
        self.caption = caption
        self.header_rows = _find_header_rows(table)
        self.columns: dict[int, list[Cell]] = {}
        self.heads: dict[int, Cell] = {}
        for cell in table.cells:
            if not cell.blocks:
                continue
            if cell.row in self.header_rows:
                if cell.columns < self.width:
                    for column in _list_columns(cell):
                        self.columns.setdefault(column, []).append(cell)
            elif _may_head(cell, table):
                for row in range(cell.row, cell.row + cell.rows):
                    self.heads.setdefault(row, cell)
        self._carry_heads(table)
        above = [row for row in self.header_rows if row < min((r for r in self.heads), default=0)]
        self.offset = max(above, default=-1)
        headers = [self._find_header(column) for column in range(max(self.columns, default=-1) + 1)]
        lowest = [self.columns[column][-1].text if column in self.columns else "" for column in range(len(headers))]
        self.told = find_told_columns(headers, lowest)
        self.subjects: dict[int, Cell] = {}
        for cell in table.cells:
            if cell.blocks and cell.row not in self.header_rows and self.told.subject in _list_columns(cell):
                for row in range(cell.row, cell.row + cell.rows):
                    self.subjects.setdefault(row, cell)

    def _carry_heads(self, table: Table) -> None:
        """Where a row's first cell is blank, the head of the row above goes on."""
        first = {cell.row: cell for cell in table.cells if cell.column == 0 and cell.row not in self.header_rows}
        head: Cell | None = None
        for row in range(table.rows):
            cell = first.get(row)
            if row in self.heads:
                head = self.heads[row]
            elif cell is None or cell.blocks or cell.columns >= self.width:
                head = None
            elif head is not None:
                self.heads[row] = head

    def _find_header(self, column: int) -> str:
        return " ".join(cell.text for cell in self.columns.get(column, ()))

    def fill(self, cell: Cell, block: Block) -> Iterator[Block]:
        """What becomes of a cell's block: one block or, of a cell of several statements, several."""
        if cell.row in self.header_rows:
            block.kind, block.title = "heading", ""
            lowest = [column for column in _list_columns(cell) if self.columns.get(column, [None])[-1] is cell]
            if block is cell.blocks[0]:
                block.cells = tuple(self._make_cell(0, column, 0, len(block.text)) for column in lowest)
            yield block
            return
        head = self.heads.get(cell.row)
        if cell.columns >= self.width:
            head = None
        header = self._find_header(cell.column)
        described = cell.column in self.told.described
        for low, high in split_statements(block.text, block.breaks, described=described):
            part = block.cut(low, high)
            part.kind, part.title = "table", header or self.caption
            if low:
                part.ids = ()
            subject = self.subjects.get(cell.row)
            lead = choose_lead(self.told, cell.column, head, subject, lambda one: one.text, part.text)
            size = self._put_lead(part, lead, described=described) if lead not in (None, cell) else 0
            if cell.columns < self.width and self.columns:
                part.cells = tuple(self._make_cells(cell, lead, size, part))
            yield part

    @staticmethod
    def _put_lead(part: Block, lead: Cell, *, described: bool) -> int:
        """Put the row's head in front, with its marks; returns the length of what is put there."""
        words = drop_marks(concatenate([one.content for one in lead.blocks]))
        part.subject = words.text
        front = make_lead(words, part.text, described=described)
        if not front.text:
            return 0
        part.lead(front)
        at = 0
        links: list[Link] = []
        raised: list[tuple[int, int]] = []
        for one in lead.blocks:
            links += [Link(link.start + at, link.end + at, link.href, link.target) for link in one.links]
            raised += [(start + at, end + at) for start, end in one.raised]
            at += len(one.text) + 1
        part.links, part.raised = [*links, *part.links], [*raised, *part.raised]
        return len(front.text)

    def _make_cells(self, cell: Cell, lead: Cell | None, size: int, part: Block) -> Iterator[TableCell]:
        """The cell at each place that it fills, and before it the head of its row where that was put in front."""
        spans = cell.rows * cell.columns <= _MOST_PLACES
        for row in range(cell.row, cell.row + (cell.rows if spans else 1)):
            if size and lead is not None:
                yield self._make_cell(row, lead.column, 0, len(part.subject))
            for column in _list_columns(cell) if spans else (cell.column,):
                yield self._make_cell(row, column, size, len(part.text))

    def _make_cell(self, row: int, column: int, start: int, end: int) -> TableCell:
        number = row - self.offset if row > self.offset else row + 1
        return TableCell(number if row not in self.header_rows else 0, column, self._find_header(column), start, end)


def _list_columns(cell: Cell) -> range:
    return range(cell.column, cell.column + cell.columns)


def _find_header_rows(table: Table) -> set[int]:
    """The rows that name the columns: those in ``thead``, else the leading ones of head cells, else the first."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    marked = {row for row, cells in rows.items() if any(cell.in_head for cell in cells)}
    if marked:
        return marked
    for row in sorted(rows):
        if not all(cell.is_head or not cell.blocks for cell in rows[row]):
            break
        marked.add(row)
    return marked if marked or not _names_columns(rows.get(0, ()), rows) else {0}


def _names_columns(first: Sequence[Cell], rows: dict[int, list[Cell]]) -> bool:
    """Whether a first row of plain cells is short words that state nothing."""
    if len(rows) < 3 or sum(bool(cell.blocks) for cell in first) < 2 or any(cell.is_head for cell in first):
        return False
    return all(len(cell.text.split()) <= _FEW_WORDS and not _states(cell.text) for cell in first)


def _states(text: str) -> bool:
    return bool(text) and (is_claim(text) or is_closed(text))


def _may_head(cell: Cell, table: Table) -> bool:
    """Whether the cell heads its rows: in the first column, short, with letters, not as wide as the table."""
    if cell.column > 0 or cell.columns >= len(table.busy):
        return False
    text = cell.text
    return len(text.split()) <= _FEW_WORDS and _SYMBOLS.fullmatch(text) is None
