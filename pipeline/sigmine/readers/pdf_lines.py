"""Printed rows to the lines that the text reader works with: which go on in the next, which stand apart from the text.

What is no running text (legends, tables, words in drawings, footnotes) is taken out of the flow and put behind the
paragraph in which it stands, so that a sentence goes on from column to column and from page to page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from sigmine.readers.pdf_columns import Column, Row
from sigmine.readers.pdf_tables import has_cells
from sigmine.readers.text_matter import REFERENCES, find_part
from sigmine.readers.text_shapes import find_bullet, is_caption, is_closed, is_item, is_table_caption

TEXT, LEGEND, TABLE, LABEL, NOTE = "text", "legend", "table", "label", "note"

_SAME_SIZE = 0.35
"""Points."""
_LARGER = 1.0
_LEADING = 1.2
_LOOSE = 1.3
"""Of the usual distance of lines: more white space parts paragraphs."""
_INDENT = 0.6
_SLACK = 0.6
_PROSE_WIDTH = 0.7
_MIN_TABLE_ROWS = 3
_APART = 2.2
"""Of the largest distance of rows so far: what stands further below a table is no part of it."""
_MIN_FRAME_LINES = 8
_FRAME_SHARE = 0.15
_TOLERANCE = 4.0
_MIN_ENTRIES = 3
_HANGING_SHARE = 0.6
_NUMBERED = re.compile(r"\[?\(?\d{1,3}[\].)]{0,2}\s")


@dataclass(slots=True)
class PrintedLine:
    """A row with its place and its role.

    ``left`` and ``right`` are the column's; ``drop`` is the distance to the row above in the same column in points,
    None for the first; ``goes_on`` says that the next line of the same flow belongs to the same paragraph, ``spaced``
    that more white space than usual stands above it, ``hanging`` that it stands in a list of references whose entries
    begin further left than they go on.
    """

    row: Row
    page: int
    column: int
    left: float
    right: float
    text: str
    size: float
    drop: float | None = None
    kind: str = TEXT
    goes_on: bool = False
    spaced: bool = False
    hanging: bool = False

    @property
    def indent(self) -> float:
        """In multiples of the size."""
        return (self.row.x0 - self.left) / self.size

    @property
    def bold(self) -> bool:
        bold = {True: 0, False: 0}
        for segment in self.row.segments:
            for piece in segment.pieces:
                bold[piece.bold] += len(piece.text)
        return bold[True] > bold[False]


def make_printed_lines(pages: Sequence[tuple[int, Sequence[Column]]]) -> list[PrintedLine]:
    """The lines of all pages (number and columns) in the order in which they are to be read."""
    lines: list[PrintedLine] = []
    column = 0
    for page, columns in pages:
        for one in columns:
            above: Row | None = None
            for row in one.rows:
                drop = above.baseline - row.baseline if above is not None else None
                lines.append(PrintedLine(row, page, column, one.left, one.right, row.text, _find_size(row), drop))
                above = row
            column += 1
    if not lines:
        return []
    leadings = _measure_leadings(lines)
    body = find_body_size(lines)
    for line in lines:
        line.spaced = line.drop is None or line.drop > _LOOSE * _get_leading(leadings, line.size)
    _fit_columns(lines, _find_frames(lines))
    _find_kinds(lines, body)
    _find_hanging(lines)
    return list(_order(lines, body))


def _find_size(row: Row) -> float:
    """The size of most of its characters: names of files or genes may be set smaller within a line."""
    sizes: Counter[float] = Counter()
    for segment in row.segments:
        for piece in segment.pieces:
            sizes[piece.size] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def find_body_size(lines: Sequence[PrintedLine]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def _find_frames(lines: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """The columns of the document, from narrow to wide: a left edge, and a right edge that many of its lines reach."""
    ends: dict[int, Counter[int]] = {}
    for line in lines:
        ends.setdefault(round(line.row.x0 / 3), Counter())[round(line.row.x1 / 2)] += 1
    frames = [
        (left * 3.0, right * 2.0)
        for left, counts in ends.items()
        for right, count in counts.items()
        if count >= max(_MIN_FRAME_LINES, _FRAME_SHARE * counts.total())
    ]
    return sorted(frames, key=lambda frame: (frame[1] - frame[0], frame))


def _fit_columns(lines: Sequence[PrintedLine], frames: Sequence[tuple[float, float]]) -> None:
    """Give each stretch of lines the narrowest column of the document that holds it.

    Beside an empty column the lines would seem to end early, between two figures to reach the edge.
    """
    for chunk in _split_chunks(lines):
        low, high = min(line.row.x0 for line in chunk), max(line.row.x1 for line in chunk)
        for left, right in frames:
            if left - _TOLERANCE <= low and high <= right + _TOLERANCE and low < left + 0.3 * (right - left):
                for line in chunk:
                    line.left, line.right = min(left, low), max(right, high)
                break


def _measure_leadings(lines: Sequence[PrintedLine]) -> dict[int, float]:
    """For each size (rounded to half points, doubled) the usual distance of lines."""
    drops: dict[int, list[float]] = {}
    for line in lines:
        if line.drop is not None and 0.8 * line.size < line.drop < 2.2 * line.size:
            drops.setdefault(round(2 * line.size), []).append(line.drop)
    return {size: median(values) for size, values in drops.items() if len(values) >= 4}


def _get_leading(leadings: dict[int, float], size: float) -> float:
    return leadings.get(round(2 * size), _LEADING * size)


# Roles


def _find_kinds(lines: Sequence[PrintedLine], body: float) -> None:
    started = in_table = False
    page, widest = 0, 0.0
    for chunk in _split_chunks(lines):
        first = chunk[0]
        if first.page != page or (widest and (first.drop is None or first.drop > _APART * widest)):
            in_table, widest = False, 0.0
        kind = _find_kind(chunk, body, in_table=in_table, started=started)
        for line in chunk:
            line.kind = kind
        if kind == TABLE:
            widest = max(widest, first.size * _LEADING, *(line.drop or 0.0 for line in chunk[1:]))
        elif kind == LEGEND:
            in_table, widest = is_table_caption(first.text), 0.0
            if abs(first.size - body) <= _SAME_SIZE:
                _cut_legend(chunk)
        else:
            in_table = False
        started = started or (kind == TEXT and len(chunk) >= _MIN_TABLE_ROWS and abs(first.size - body) <= _SAME_SIZE)
        page = first.page


def _split_chunks(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """Lines of one column and size without white space between; a caption starts one."""
    chunk: list[PrintedLine] = []
    for line in lines:
        if chunk and (
            line.column != chunk[-1].column
            or line.spaced
            or abs(line.size - chunk[-1].size) > _SAME_SIZE
            or is_caption(line.text, chunk[-1].text)
        ):
            yield chunk
            chunk = []
        chunk.append(line)
    yield chunk


def _find_kind(chunk: Sequence[PrintedLine], body: float, *, in_table: bool, started: bool) -> str:
    first = chunk[0]
    if is_caption(first.text):
        return LEGEND
    rows = sum(has_cells(line.row) for line in chunk)
    small = first.size < body - _SAME_SIZE
    wide = sum(line.row.filled > _PROSE_WIDTH * (line.right - line.left) for line in chunk)
    is_heading = first.size > body + _SAME_SIZE or (first.bold and not rows)
    if in_table and not is_heading and (rows or wide < 0.5 * len(chunk)):
        return TABLE
    if rows > 0.5 * len(chunk) and len(chunk) >= _MIN_TABLE_ROWS:
        return TABLE
    if not started:
        return TEXT
    if (small or rows) and wide == 0 and not any(is_closed(line.text) for line in chunk):
        return LABEL
    return NOTE if small else TEXT


def _cut_legend(chunk: Sequence[PrintedLine]) -> None:
    """A legend set like the text ends with its paragraph, where no white space tells."""
    for line, after in itertools.pairwise(chunk):
        if line.kind == LEGEND and (_ends_early(line, after) or after.indent > line.indent + _INDENT):
            for rest in chunk[chunk.index(after) :]:
                rest.kind = TEXT
            return


def _find_hanging(lines: Sequence[PrintedLine]) -> None:
    """Marks the list of references where most of its full lines that are not indented have an indented one below."""
    start = next((at for at in range(len(lines), 0, -1) if find_part(lines[at - 1].text) == REFERENCES), len(lines))
    entries: list[PrintedLine] = []
    for line in lines[start:]:
        size = entries[0].size if entries else line.size
        stands_out = line.size > size + _LARGER or (line.bold and not (entries and entries[-1].bold))
        if line.kind == TEXT and line.spaced and stands_out:
            break  # the heading of what follows
        if line.kind in (TEXT, NOTE) and abs(line.size - size) <= _LARGER + _SAME_SIZE:
            entries.append(line)
    edges: dict[int, float] = {}
    for line in entries:
        edges[line.column] = min(line.row.x0, edges.get(line.column, line.row.x0))
    inner = [line.row.x0 - edges[line.column] > _INDENT * line.size for line in entries]
    below = [
        inner[at + 1]
        for at, (line, after) in enumerate(itertools.pairwise(entries))
        if line.column == after.column and not inner[at] and not _ends_early(line, after)
    ]
    if len(below) >= _MIN_ENTRIES and sum(below) > _HANGING_SHARE * len(below):
        for line in entries:
            line.hanging, line.left = True, edges[line.column]


# Flow


def _order(lines: Sequence[PrintedLine], body: float) -> Iterator[PrintedLine]:
    """The text, with all else behind the paragraph in which it stands."""
    waiting: list[PrintedLine] = []
    before: PrintedLine | None = None
    first: PrintedLine | None = None
    for line in lines:
        if line.kind != TEXT:
            waiting.append(line)
            continue
        if before is not None and first is not None:
            before.goes_on = _goes_on(first, before, line, body)
            if not before.goes_on:
                yield from _flow(waiting, body)
                waiting = []
        if before is None or not before.goes_on:
            first = line
        yield line
        before = line
    yield from _flow(waiting, body)


def _flow(lines: Sequence[PrintedLine], body: float) -> Sequence[PrintedLine]:
    first: PrintedLine | None = None
    for line, after in itertools.pairwise(lines):
        first = first or line
        beside = line.column == after.column or (line.hanging and after.hanging)
        together = line.kind == after.kind and beside and not is_caption(after.text, line.text)
        line.goes_on = line.kind in (LEGEND, NOTE, TABLE) and together and _goes_on(first, line, after, body)
        first = first if line.goes_on else None
    return lines


def _goes_on(first: PrintedLine, line: PrintedLine, after: PrintedLine, body: float) -> bool:
    """Whether ``after`` belongs to the paragraph that starts with ``first`` and has come to ``line``."""
    if line.hanging and after.hanging:
        return after.indent > _INDENT
    if abs(line.size - after.size) > _SAME_SIZE:
        return False
    beside = line.column == after.column
    if beside and after.spaced:
        return False
    if line.size > body + _LARGER:
        return beside and line.bold == after.bold
    if _is_centred(line) and _is_centred(after) and line.bold == after.bold:
        return beside
    if _ends_early(line, after) or (line.bold != after.bold and (after.bold or is_closed(line.text))):
        return False
    hangs = find_bullet(first.text) > 0 or is_item(first.text) or _NUMBERED.match(first.text) is not None
    if after.indent > line.indent + _INDENT:
        return line is first and hangs
    if after.indent < line.indent - _INDENT:
        return line is first or not beside
    return True


def _ends_early(line: PrintedLine, after: PrintedLine) -> bool:
    """Whether the first word of the next line would have found room."""
    if line.text.endswith(("-", "‐", "–", "/")):
        return False
    words = after.row.segments[0].pieces
    width = words[0].x1 - words[0].x0
    for left, right in itertools.pairwise(words):
        if right.spaced or right.x0 - left.x1 > 0.17 * line.size:
            break
        width = right.x1 - words[0].x0
    return line.right - line.row.x1 > width + _SLACK * line.size


def _is_centred(line: PrintedLine) -> bool:
    left, right = line.row.x0 - line.left, line.right - line.row.x1
    return left > line.size and abs(left - right) < line.size
