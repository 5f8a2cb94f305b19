"""The rows of a table as printed to its logical rows: a cell that runs over several lines is one cell."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from sigmine.readers.pdf_columns import Row
from sigmine.readers.pdf_segments import Segment

_CELL_GAP = 1.5
"""Of the size: cells of a row stand at least this far apart."""
_NUMBER_LENGTH = 4
_TIGHT = 1.25
_SPANNING = 0.6
_LOOSE_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: for each cell its segments from top to bottom, from left to right; empty cells left out."""

    cells: tuple[tuple[Segment, ...], ...]


def has_cells(row: Row) -> bool:
    """Whether a wide gap parts the row; the number of a reference or a bullet before a gap is no cell."""
    if len(row.segments) < 2:
        return False
    if len(row.segments) == 2 and sum(len(piece.text) for piece in row.segments[0].pieces) <= _NUMBER_LENGTH:
        return False
    return any(right.x0 - left.x1 > _CELL_GAP * row.size for left, right in itertools.pairwise(row.segments))


def merge_rows(rows: Sequence[Row]) -> list[TableRow]:
    """Logical rows: a line goes on with the row above where its first column is empty, or where rows stand apart."""
    columns = _find_columns(rows)
    drops = [above.baseline - below.baseline for above, below in itertools.pairwise(rows)]
    tight = min(drops, default=0.0) * _TIGHT
    loose = sum(drop > tight for drop in drops)
    apart = loose >= max(2, _LOOSE_SHARE * len(rows))
    merged: list[dict[int, list[Segment]]] = []
    for index, row in enumerate(rows):
        cells: dict[int, list[Segment]] = {}
        for segment in row.segments:
            cells.setdefault(_find_column(columns, segment), []).append(segment)
        goes_on = index > 0 and drops[index - 1] <= tight and (apart or 0 not in cells)
        if not goes_on:
            merged.append(cells)
            continue
        for column, segments in cells.items():
            merged[-1].setdefault(column, []).extend(segments)
    return [TableRow(tuple(tuple(cells[column]) for column in sorted(cells))) for cells in merged]


def _find_columns(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """From left to right the stretches that the cells cover, lines across the table left out."""
    width = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    spans = sorted(
        (segment.x0, segment.x1)
        for row in rows
        for segment in row.segments
        if segment.x1 - segment.x0 < _SPANNING * width
    )
    columns: list[tuple[float, float]] = []
    for low, high in spans:
        if columns and low <= columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], high))
        else:
            columns.append((low, high))
    return columns


def _find_column(columns: Sequence[tuple[float, float]], segment: Segment) -> int:
    """The first column that the segment reaches into; 0 where there is none."""
    return next((index for index, (_, high) in enumerate(columns) if segment.x0 <= high), 0)
