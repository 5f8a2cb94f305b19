"""Tables given as data, written in each of the formats that are read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import yaml

from sigmine.model import Document
from sigmine.readers.html import parse_html
from sigmine.readers.jats import read_jats
from sigmine.readers.sources import Source
from sigmine.readers.text import parse_text

TABLES = Path(__file__).parent / "data" / "tables" / "tables.yml"
WORDS = "Cells sense their surroundings. Many proteins take part in it, and the table below lists some of them."
Row = list[str]


@dataclass(frozen=True, slots=True)
class GivenTable:
    """A table and all that it states. ``heads``: how many of its rows are heads."""

    name: str
    caption: str
    heads: int
    rows: tuple[Row, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    rows: int
    columns: int


def load_tables() -> list[GivenTable]:
    rows: list[dict[str, Any]] = yaml.safe_load(TABLES.read_text(encoding="utf-8"))
    return [
        GivenTable(row["name"], row["caption"], row.get("heads", 1), tuple(row["rows"]), tuple(row["states"]))
        for row in rows
    ]


def read_markdown(table: GivenTable) -> Document:
    def write(cells: Row) -> str:
        return f"| {' | '.join(cell.replace(chr(10), '; ') for cell in cells)} |\n"

    lines = [write(row) for row in _flatten(table)]
    rule = f"|{'---|' * _count_columns(table)}\n"
    return _read_text(table, "".join([lines[0], rule, *lines[1:]]))


def read_tabs(table: GivenTable) -> Document:
    """Tabs between cells; an empty cell is a dash, as tabs alone do not show it."""
    lines = ["\t".join(cell.replace("\n", "; ") or "–" for cell in row) + "\n" for row in _flatten(table, again=True)]
    return _read_text(table, "".join(lines))


def read_jats_table(table: GivenTable) -> Document:
    def write(cell: _Cell, tag: str) -> str:
        items = [escape(item) for item in cell.text.split("\n")]
        content = items[0] if len(items) == 1 else "".join(f"<list-item><p>{item}</p></list-item>" for item in items)
        content = content if len(items) == 1 else f"<list>{content}</list>"
        return f'<{tag} rowspan="{cell.rows}" colspan="{cell.columns}">{content}</{tag}>'

    lines = [f"<tr>{''.join(write(cell, 'td') for cell in row)}</tr>" for row in _lay_out(table)]
    heads, rows = "".join(lines[: table.heads]), "".join(lines[table.heads :])
    data = (
        f"<article><front><article-meta><title-group><article-title>A text</article-title></title-group></article-meta>"
        f"</front><body><sec><title>Part</title><p>{WORDS}</p><table-wrap><label>Table 1</label><caption><p>"
        f"{escape(table.caption)}</p></caption><table><thead>{heads}</thead><tbody>{rows}</tbody></table></table-wrap>"
        "</sec></body></article>"
    )
    (document,) = read_jats(Source("table.nxml", data=data.encode()))
    assert isinstance(document, Document)
    return document


def read_html_table(table: GivenTable) -> Document:
    def write(cell: _Cell, tag: str) -> str:
        content = "<br/>".join(escape(item) for item in cell.text.split("\n"))
        return f'<{tag} rowspan="{cell.rows}" colspan="{cell.columns}">{content}</{tag}>'

    lines = [
        f"<tr>{''.join(write(cell, 'th' if number < table.heads else 'td') for cell in row)}</tr>"
        for number, row in enumerate(_lay_out(table))
    ]
    page = (
        f"<html><body><article><h1>A text</h1><h2>Part</h2><p>{WORDS} {WORDS}</p><table><caption>Table 1. "
        f"{escape(table.caption)}</caption>{''.join(lines)}</table><p>{WORDS} {WORDS}</p></article></body></html>"
    )
    return parse_html(page, id="table")


def _read_text(table: GivenTable, rows: str) -> Document:
    return parse_text(f"A text\n\n{WORDS}\n\nTable 1. {table.caption}\n{rows}\n", id="table")


def _count_columns(table: GivenTable) -> int:
    return max(map(len, table.rows))


def _flatten(table: GivenTable, *, again: bool = False) -> list[Row]:
    """Rows without spans: heads as one row, a cell below a spanning one empty (or, with ``again``, the same)."""
    full: list[Row] = []
    for row in table.rows:
        cells: Row = []
        for column in range(_count_columns(table)):
            cell = row[column] if column < len(row) else ""
            if cell == "<":
                cell = cells[-1]
            elif cell == "^":
                cell = full[-1][column] if again or len(full) < table.heads else ""
            cells.append(cell)
        full.append(cells)
    heads = [" ".join(dict.fromkeys(parts)) for parts in zip(*full[: table.heads], strict=True)]
    return [heads, *full[table.heads :]]


def _lay_out(table: GivenTable) -> list[list[_Cell]]:
    grid: list[list[_Cell]] = []
    for number, row in enumerate(table.rows):
        if len(row) == 1:
            grid.append([_Cell(row[0], 1, _count_columns(table))])
            continue
        cells: list[_Cell] = []
        for column, text in enumerate(row):
            if text not in ("^", "<"):
                below = [other[column] if column < len(other) else "" for other in table.rows[number + 1 :]]
                rows = next((n for n, other in enumerate(below, start=1) if other != "^"), len(below) + 1)
                right = row[column + 1 :]
                columns = next((n for n, other in enumerate(right, start=1) if other != "<"), len(right) + 1)
                cells.append(_Cell(text, rows, columns))
        grid.append(cells)
    return grid
