"""What explains a picture, below it: colours of types, ends of lines, dashes and widths, as far as they occur."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sigmine.assembly.vocabulary import find_term
from sigmine.exports.drawing.layout import Place
from sigmine.exports.drawing.lines import NAMED_BY_END, Line
from sigmine.exports.drawing.look import SIGN_COLOURS, End, Status, find_end, find_paint
from sigmine.exports.drawing.routes import Box, Route
from sigmine.exports.drawing.strokes import draw_box, draw_line, measure_text, write
from sigmine.model.entity import ENTITY_TYPES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = 6.5  # of letters, in points
_ROW = 12.0
_SWATCH, _STROKE = 11.0, 22.0
_SPACE = 4.0  # between a sign and its words
_BETWEEN = 13.0
_COLOUR = SIGN_COLOURS[0]
_STATUSES: dict[Status, str] = {"indirect": "indirect", "hedged": "only hedged"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A sign and what it means: a swatch of a type, or a stroke of a line."""

    text: str
    type: str | None = None
    end: End = "none"
    colour: str = _COLOUR
    status: Status = "stated"
    width: float = 1.0

    @property
    def length(self) -> float:
        """How wide sign and words are, in points."""
        return (_SWATCH if self.type else _STROKE) + _SPACE + measure_text(self.text, _SIZE)[0]


def list_entries(types: Iterable[str], lines: Sequence[Line], widths: Sequence[tuple[str, float]]) -> list[Entry]:
    """Only what the picture has; ``widths`` are numbers of evidence with the width of their lines."""
    there = set(types)
    entries = [Entry(name.lower(), type=name) for name in ENTITY_TYPES if name in there]
    kinds: dict[tuple[End, int], set[str]] = {}
    for line in lines:
        kinds.setdefault((find_end(line.relation), find_term(line.relation).sign), set()).add(line.relation)
    order: tuple[End, ...] = ("arrow", "bar", "dot", "none")
    for (end, sign), relations in sorted(kinds.items(), key=lambda item: order.index(item[0][0])):
        named = ", ".join(sorted(relations & NAMED_BY_END))
        others = "as written" if relations - NAMED_BY_END else ""
        words = f"{named} (others {others})" if named and others else named or others
        entries.append(Entry(words, end=end, colour=SIGN_COLOURS[sign]))
    statuses = {line.status for line in lines}
    entries += [Entry(text, status=status) for status, text in _STATUSES.items() if status in statuses]
    return entries + ([Entry(text, width=width) for text, width in widths] if len(widths) > 1 else [])


def find_height(entries: Sequence[Entry], width: float) -> float:
    """How high the legend is where it may be so wide."""
    return max((y for _, (_, y) in _set_in_rows(entries, width)), default=-_ROW) + _ROW


def draw_legend(axes: Axes, entries: Sequence[Entry], corner: Place, width: float) -> None:
    """In rows from the corner (left, top) on."""
    for entry, (x, y) in _set_in_rows(entries, width):
        left, middle = corner[0] + x, corner[1] + y + _ROW / 2
        if entry.type:
            box = Box(left + _SWATCH / 2, middle, _SWATCH, 7.0)
            draw_box(axes, box, find_paint(entry.type), entry.type, "", _SIZE)
            start = left + _SWATCH
        else:
            ends = (left, middle), (left + _STROKE, middle)
            route = Route((ends[0], (left + 7, middle), (left + 14, middle), ends[1]))
            draw_line(axes, route, entry.end, entry.colour, entry.width, entry.status)
            start = left + _STROKE
        write(axes, (start + _SPACE, middle), entry.text, _SIZE, left=True)


def _set_in_rows(entries: Sequence[Entry], width: float) -> list[tuple[Entry, Place]]:
    placed: list[tuple[Entry, Place]] = []
    x = y = 0.0
    for number, entry in enumerate(entries):
        lines_begin = number and entries[number - 1].type and not entry.type
        if x and (lines_begin or x + entry.length > width):
            x, y = 0.0, y + _ROW
        placed.append((entry, (x, y)))
        x += entry.length + _BETWEEN
    return placed
