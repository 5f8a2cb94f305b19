"""The segments of a page in reading order: columns, what spans them, and what only frames the page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from sigmine.readers.pdf_segments import Segment, spell
from sigmine.readers.text_shapes import is_caption, is_closed, is_table_caption

_SAME_ROW = 0.3
_MAX_WIDTH = 14_400
"""Points of the widest page (PDF 1.7, annex C): a file may say that a word stands millions of miles away."""
_MIN_GUTTER = 4.0
"""Points; columns stand at least this far apart."""
_MIN_COLUMN_ROWS = 3
_ALIKE = 0.8
_FILLED = 0.5
"""A line of running text fills at least this much of its column."""
_HALF = 0.44
"""And this much of two columns side by side, which are parted later."""
_INNER = 0.12
_MARGIN = 0.13
"""Of the page's height: running heads and page numbers stand no further in."""
_EDGE_ROWS = 3
_SAME_HEIGHT = 6.0
_HEAD_LARGER = 2.5
_LONE = 2.2
"""Of the size: so far below stands what follows a running head."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page |p\. ?)?\d{1,5}(?: ?(?:of|/) ?\d{1,4})?|[-–—] ?\d{1,4} ?[-–—]", re.IGNORECASE)
_TABLE_CELLS = 3
_PROSE = 0.85
_CLOSE = 1.35
_JUSTIFIED = 0.3
_MAX_CROSSING = 40
"""Steps of search for a gutter; a page has hardly more lines across its columns than that."""


@dataclass(slots=True)
class Row:
    """Segments of one column side by side on one baseline, from left to right."""

    segments: list[Segment]

    @property
    def x0(self) -> float:
        return min(segment.x0 for segment in self.segments)

    @property
    def x1(self) -> float:
        return max(segment.x1 for segment in self.segments)

    @property
    def filled(self) -> float:
        """The width that is printed on, gaps between segments left out."""
        return sum(segment.x1 - segment.x0 for segment in self.segments)

    @property
    def main(self) -> Segment:
        """The longest."""
        return max(self.segments, key=lambda segment: segment.x1 - segment.x0)

    @property
    def baseline(self) -> float:
        return self.main.baseline

    @property
    def size(self) -> float:
        return self.main.size

    @property
    def text(self) -> str:
        return " ".join(spell(segment)[0] for segment in self.segments)


@dataclass(slots=True)
class Column:
    """Rows from top to bottom within a frame ``left`` to ``right``, which may be wider than each of them."""

    left: float
    right: float
    rows: list[Row] = field(default_factory=list)


def make_rows(segments: Iterable[Segment]) -> list[Row]:
    """The rows from top to bottom."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda segment: (-segment.baseline, segment.x0)):
        if rows:
            shift = rows[-1].segments[0].baseline - segment.baseline
            if shift <= _SAME_ROW * min(segment.size, rows[-1].segments[0].size):
                rows[-1].segments.append(segment)
                continue
        rows.append(Row([segment]))
    for row in rows:
        row.segments.sort(key=lambda segment: segment.x0)
    return rows


def find_furniture(pages: Sequence[tuple[float, float, Sequence[Segment]]]) -> list[list[Row]]:
    """For each page (its bottom, top and segments) the rows that are running heads, feet or page numbers.

    These stand at the edge of the page, and come at the same height on another page with other numbers at most, or
    are a page number alone, or, after the first page, the first row with white space below.
    """
    places: dict[str, list[tuple[int, float, Row]]] = defaultdict(list)
    found: list[list[Row]] = [[] for _ in pages]
    for index, (bottom, top, segments) in enumerate(pages):
        rows = make_rows(segments)
        lone = _find_lone_head(rows)
        for row in _find_edge_rows(rows, bottom, top):
            text = " ".join(row.text.split())
            if _PAGE_NUMBER.fullmatch(text) or (index > 0 and row is lone and not is_closed(text)):
                found[index].append(row)
            elif not is_caption(text):
                places[_NUMBER.sub("#", text).casefold()].append((index, row.baseline, row))
    for alike in places.values():
        for index, baseline, row in alike:
            if any(other != index and abs(height - baseline) <= _SAME_HEIGHT for other, height, _ in alike):
                found[index].append(row)
    return found


def _find_lone_head(rows: Sequence[Row]) -> Row | None:
    """The first row of a page, if it stands apart from the second and is no larger."""
    if len(rows) < _MIN_COLUMN_ROWS or rows[0].size > rows[1].size + _HEAD_LARGER:
        return None
    return rows[0] if rows[0].baseline - rows[1].baseline > _LONE * rows[1].size else None


def _find_edge_rows(rows: Sequence[Row], bottom: float, top: float) -> list[Row]:
    margin = _MARGIN * (top - bottom)
    upper = [row for row in rows[:_EDGE_ROWS] if row.baseline > top - margin]
    lower = [row for row in rows[-_EDGE_ROWS:] if row.baseline < bottom + margin and row not in upper]
    return upper + lower


def arrange(segments: Sequence[Segment]) -> list[Column]:
    """The columns of a page in reading order; a table across columns, and what spans them, is a column by itself."""
    if not segments:
        return []
    frame = (min(segment.x0 for segment in segments), max(segment.x1 for segment in segments))
    return _arrange(segments, frame)


def _arrange(segments: Sequence[Segment], frame: tuple[float, float]) -> list[Column]:
    gutter = _find_gutter(segments)
    if gutter is None:
        return [Column(*frame, make_rows(segments))]
    left = [segment for segment in segments if segment.x1 <= gutter]
    right = [segment for segment in segments if segment.x0 >= gutter]
    left_frame, right_frame = _measure_frame(left), _measure_frame(right)
    columns: list[Column] = []
    for is_wide, band in _split_bands(segments, gutter, left_frame, right_frame):
        if is_wide:
            columns.append(Column(*frame, make_rows(band)))
            continue
        for side, inner in (
            ([segment for segment in band if segment.x1 <= gutter], left_frame),
            ([segment for segment in band if segment.x0 >= gutter], right_frame),
        ):
            if side:
                columns += _arrange(side, inner)
    return columns


def _measure_frame(segments: Sequence[Segment]) -> tuple[float, float]:
    """Where the lines of a column start and end: where most long ones do, whatever table sticks out."""
    left, right = min(segment.x0 for segment in segments), max(segment.x1 for segment in segments)
    lines = [segment for segment in segments if segment.x1 - segment.x0 > _FILLED * (right - left)]
    starts = Counter(round(segment.x0 / 2) for segment in lines)
    ends = Counter(round(segment.x1 / 2) for segment in lines)
    if starts and max(starts.values()) >= _JUSTIFIED * len(lines):
        left = 2.0 * max(starts, key=lambda start: (starts[start], -start))
    if ends and max(ends.values()) >= _JUSTIFIED * len(lines):
        right = 2.0 * max(ends, key=lambda end: (ends[end], end))
    return left, right


def _split_bands(
    segments: Sequence[Segment], gutter: float, left: tuple[float, float], right: tuple[float, float]
) -> list[tuple[bool, list[Segment]]]:
    """From top to bottom: rows across the gutter (running text or a table), and what stands between them."""
    rows = make_rows(segments)
    wide = [any(segment.x0 < gutter < segment.x1 for segment in row.segments) for row in rows]
    many = [len(row.segments) >= _TABLE_CELLS and row.segments[0].x1 <= gutter <= row.segments[-1].x1 for row in rows]
    for start, end in _find_runs([one or crosses for one, crosses in zip(many, wide, strict=True)]):
        cells = [index for index in range(start, end) if many[index]]
        full = sum(_fills_column(rows[index], left, right) for index in cells)
        if len(cells) < _MIN_COLUMN_ROWS or full > 0.5 * len(cells):
            continue
        wide[start:end] = [True] * (end - start)
        if (
            start
            and len(rows[start - 1].segments) == 1
            and is_caption(rows[start - 1].text)
            and is_table_caption(rows[start - 1].text)
        ):
            wide[start - 1] = True
    for index in range(1, len(rows)):
        wide[index] |= wide[index - 1] and _ends_paragraph(rows[index - 1], rows[index], gutter)
    bands: list[tuple[bool, list[Segment]]] = []
    for row, is_wide in zip(rows, wide, strict=True):
        if not bands or bands[-1][0] != is_wide:
            bands.append((is_wide, []))
        bands[-1][1].extend(row.segments)
    return bands


def _ends_paragraph(above: Row, row: Row, gutter: float) -> bool:
    """Whether a row that does not reach the gutter goes on with the one above, which crosses it."""
    drop = above.baseline - row.baseline
    same = abs(above.size - row.size) <= 0.05 * row.size and drop <= _CLOSE * row.size
    return same and row.x1 <= gutter and abs(above.x0 - row.x0) <= 0.3 * row.size


def _find_runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Start and end of each stretch of flags that are set."""
    runs: list[tuple[int, int]] = []
    for index, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        elif flag:
            runs.append((index, index + 1))
    return runs


def _fills_column(row: Row, left: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether a segment of the row is a line of running text that fills its column."""
    return any(
        segment.x1 - segment.x0 > _PROSE * (high - low)
        for segment in row.segments
        for low, high in (left, right)
        if low - 1 <= segment.x0 and segment.x1 <= high + 1
    )


def _find_gutter(segments: Sequence[Segment]) -> float | None:
    """Where a vertical gap parts two columns of running text, or None."""
    low, high = min(segment.x0 for segment in segments), max(segment.x1 for segment in segments)
    if not high - low <= _MAX_WIDTH:
        return None
    width = int(high - low) + 2
    steps = [0] * (width + 1)
    for segment in segments:
        steps[max(0, int(segment.x0 - low))] += 1
        steps[min(width, int(segment.x1 - low) + 1)] -= 1
    covers: list[int] = []
    total = 0
    for step in steps[:width]:
        total += step
        covers.append(total)
    first, last = int(_INNER * width), int((1 - _INNER) * width)
    for most in sorted(set(covers[first:last]))[:_MAX_CROSSING]:
        for start, end in sorted(_find_valleys(covers, first, last, most), key=lambda valley: valley[0] - valley[1]):
            gutter = low + (start + end) / 2
            if end - start >= _MIN_GUTTER and _parts_columns(segments, gutter) and _stays_open(segments, gutter):
                return gutter
    return None


def _find_valleys(covers: Sequence[int], first: int, last: int, most: int) -> list[tuple[int, int]]:
    """Each stretch from ``first`` to ``last`` that no more than ``most`` segments cross, with more on both sides."""
    valleys: list[tuple[int, int]] = []
    start: int | None = None
    for at in range(first, last + 1):
        if at < last and covers[at] <= most:
            start = at if start is None else start
        elif start is not None:
            if start > first and at < last:
                valleys.append((start, at))
            start = None
    return valleys


def _parts_columns(segments: Sequence[Segment], gutter: float) -> bool:
    left = [segment for segment in segments if segment.x1 <= gutter]
    right = [segment for segment in segments if segment.x0 >= gutter]
    if not left or not right:
        return False
    found = []
    several = False
    for side, width in (
        (left, gutter - min(segment.x0 for segment in left)),
        (right, max(segment.x1 for segment in right) - gutter),
    ):
        lines = [segment for segment in side if segment.x1 - segment.x0 >= _FILLED * width]
        if not _are_many(lines, side):
            lines = [segment for segment in side if segment.x1 - segment.x0 >= _HALF * width]
            if not _are_many(lines, side) or _find_gutter(side) is None:
                return False
            several = True
        found.append(lines)
    (low, high), (other_low, other_high) = (
        (min(segment.bottom for segment in lines), max(segment.top for segment in lines)) for lines in found
    )
    return min(high, other_high) > max(low, other_low) and (not several or _are_alike(*found))


def _are_alike(lines: Sequence[Segment], others: Sequence[Segment]) -> bool:
    """Whether two columns are about as wide."""
    width, other = (median(segment.x1 - segment.x0 for segment in column) for column in (lines, others))
    return min(width, other) > _ALIKE * max(width, other)


def _are_many(lines: Sequence[Segment], side: Sequence[Segment]) -> bool:
    return len(lines) >= _MIN_COLUMN_ROWS and len(lines) >= 0.3 * len(make_rows(side))


def _stays_open(segments: Sequence[Segment], gutter: float) -> bool:
    """Whether some rows in a row leave the gutter open; wide spaces in the lines of one column meet by chance only."""
    left = right = 0
    for row in make_rows(segments):
        if any(segment.x0 < gutter < segment.x1 for segment in row.segments):
            left = right = 0
            continue
        left += any(segment.x1 <= gutter for segment in row.segments)
        right += any(segment.x0 >= gutter for segment in row.segments)
        if min(left, right) >= _MIN_COLUMN_ROWS:
            return True
    return False
