"""The tables of a page: cells that begin with the head of their row, under the header words of their column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sigmine.readers.html_blocks import Block, Cell, Table
from sigmine.readers.mapped_text import SPACE, MappedText, concatenate, join
from sigmine.readers.text_shapes import is_claim, is_closed

_COLON = MappedText.inserted(": ")
_FEW_WORDS = 12
_LONG_CELL = 600
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


def fill_cells(table: Table, caption: str) -> list[Block]:
    """The blocks of all cells in file order, their kind, title and subject filled in.

    A cell begins with its row's head, so that it reads as a sentence: "RAPTOR Binds to ...", "mTORC1 inhibitors:
    ...". Its title is the header words over it, or where there are none the table's ``caption``.
    """
    header_rows = _find_header_rows(table)
    columns: dict[int, list[str]] = {}
    heads: dict[int, Cell] = {}
    for cell in table.cells:
        if not cell.blocks:
            continue
        if cell.row in header_rows:
            if cell.columns < len(table.busy):
                for column in range(cell.column, cell.column + cell.columns):
                    columns.setdefault(column, []).append(cell.text)
        elif _may_head(cell, table):
            for row in range(cell.row, cell.row + cell.rows):
                heads.setdefault(row, cell)
    filled: list[Block] = []
    for cell in table.cells:
        head = heads.get(cell.row)
        for block in cell.blocks:
            block.kind = "heading" if cell.row in header_rows else "table"
            block.title = "" if block.kind == "heading" else " ".join(columns.get(cell.column, ())) or caption
            if head is not None and head is not cell and cell.row not in header_rows:
                words = concatenate([one.content for one in head.blocks])
                block.subject = words.text
                block.lead(join([words, _COLON if " " in words.text else SPACE]))
            filled.append(block)
    return filled


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
