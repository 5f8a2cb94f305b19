"""Statements as a picture for publications: SVG, PDF or PNG, drawn by matplotlib.

Ends of lines say what a relation does (arrow, bar, dot), and so does their colour; width is evidence, dashes mean a way
round or reserve, boxes are coloured by type in colours that people with any kind of colour vision can tell apart.
"""

from __future__ import annotations

import io
import math
import warnings
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from sigmine.assembly.vocabulary import find_term
from sigmine.exports.drawing.layout import Size, place_boxes
from sigmine.exports.drawing.legend import draw_legend, find_height, list_entries
from sigmine.exports.drawing.lines import Line, is_drawn, make_lines
from sigmine.exports.drawing.look import SIGN_COLOURS, find_end, find_paint
from sigmine.exports.drawing.routes import Box, Route, place_label, route_lines
from sigmine.exports.drawing.strokes import FONT, draw_box, draw_label, draw_line, measure_text, write
from sigmine.exports.graph import make_graph
from sigmine.model.statement import Statement

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

PictureFormat = Literal["svg", "pdf", "png"]

PICTURE_FORMATS: tuple[PictureFormat, ...] = get_args(PictureFormat)

_FALLBACKS = f"'{FONT}', Verdana, sans-serif"  # for SVG, whose text stays text; Verdana is about as wide
_NAME, _LABEL, _TITLE = 8.0, 6.0, 10.0  # sizes of letters in points
_PADDING = (10.0, 6.5)  # of a box around its name
_LONGEST = 28  # characters of a name
_MARGIN, _NARROWEST = 10.0, 240.0
_TIP = 8.0  # about the end of a line, which no word may hide
_RESOLUTION = 300  # dots per inch of PNG
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be searched and edited
    "svg.hashsalt": "sigmine",
    "pdf.fonttype": 42,  # whole TrueType fonts, as journals ask for
    "pdf.compression": 6,
    "text.parse_math": False,  # a "$" is a "$"
    "font.family": FONT,
    "savefig.bbox": None,  # whatever the user's own settings say
    "savefig.facecolor": "white",
    "savefig.transparent": False,
}


@dataclass(frozen=True, slots=True)
class _Node:
    text: str
    type: str
    size: float
    box: Box


@dataclass(frozen=True, slots=True)
class _Stroke:
    line: Line
    route: Route
    label: Box | None


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    top: float
    right: float
    low: float


def draw_network(statements: Iterable[Statement], *, format: PictureFormat = "svg", title: str | None = None) -> bytes:
    """The picture as a file of the format; the same statements give the same bytes.

    All that have a subject and are not denied are drawn, however many; ``choose_statements`` (``lines``)
    picks the best. Parallel statements of a pair and relation are one line with all their sites. The picture is as
    large as the network needs, with letters 8 points high.

    Raises:
        ValueError: if there is no such format.
    """
    if format not in PICTURE_FORMATS:
        raise ValueError(f"There is no picture format {format!r}; known are {', '.join(PICTURE_FORMATS)}.")
    import matplotlib as mpl

    drawn = [statement for statement in statements if is_drawn(statement)]
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph")  # a letter that the font has not is an empty box
        return _save(_draw(drawn, title), format, title)


def _draw(statements: Sequence[Statement], title: str | None) -> Figure:
    lines = make_lines(statements)
    nodes = _place_nodes(statements, lines)
    strokes = _place_strokes(lines, nodes)
    entries = list_entries([node.type for node in nodes.values()], lines, _list_widths(lines))
    frame = _find_frame(nodes, strokes, measure_text(title or "", _TITLE)[0] * 1.15)
    width = frame.right - frame.left
    above, below = 1.8 * _TITLE if title else 0.0, find_height(entries, width) + 1.5 * _MARGIN if entries else 0.0
    axes = _make_axes(_Frame(frame.left, frame.top - above, frame.right, frame.low + below))
    if title:
        write(axes, (frame.left + width / 2, frame.top - above / 2 - 2), title, _TITLE, bold=True)
    for stroke in strokes:
        line = stroke.line
        colour = SIGN_COLOURS[find_term(line.relation).sign]
        draw_line(axes, stroke.route, find_end(line.relation), colour, _find_width(line.evidence), line.status)
        if stroke.label is not None:
            draw_label(axes, stroke.label, line.label, _LABEL, colour)
    for node in nodes.values():
        draw_box(axes, node.box, find_paint(node.type), node.type, node.text, node.size)
    draw_legend(axes, entries, (frame.left, frame.low + 1.5 * _MARGIN), width)
    if not nodes:
        write(axes, (frame.left + width / 2, frame.low), "no statement to draw", _NAME)
    return axes.figure  # type: ignore[return-value]


def _place_nodes(statements: Sequence[Statement], lines: Sequence[Line]) -> dict[str, _Node]:
    graph = make_graph(statements)
    degrees = Counter(end for line in lines for end in {line.start, line.end})
    found: dict[str, tuple[str, str, float, Size]] = {}
    for node, row in graph.nodes(data=True):
        more = min(max(0, degrees[node] - 4), 30)  # the ends of many lines need room, and a hub is to be seen
        text, letters = _shorten(str(row["name"])), _NAME + min(0.12 * more, 2.0)
        width, height = measure_text(text, letters)
        size = (width + _PADDING[0] + 1.0 * more, height + _PADDING[1] + 0.7 * more)
        found[node] = (text, str(row["type"]), letters, size)
    places = place_boxes({node: row[3] for node, row in found.items()}, [(line.start, line.end) for line in lines])
    return {node: _Node(*row[:3], Box(*places[node], *row[3])) for node, row in found.items()}


def _place_strokes(lines: Sequence[Line], nodes: Mapping[str, _Node]) -> list[_Stroke]:
    """Routes and labels; the lines with most evidence choose first where their words stand."""
    boxes = {name: node.box for name, node in nodes.items()}
    routes = route_lines([(line.start, line.end) for line in lines], boxes)
    taken = [*boxes.values(), *(Box(*route.points[3], _TIP, _TIP) for route in routes)]
    labels: dict[int, Box] = {}
    for index in sorted(range(len(lines)), key=lambda index: -lines[index].evidence):
        if lines[index].label:
            rows = [measure_text(row, _LABEL) for row in lines[index].label]
            size = max(width for width, _ in rows) + 2, sum(height for _, height in rows)
            labels[index] = place_label(routes[index], size, taken)
            taken.append(labels[index])
    return [_Stroke(line, routes[index], labels.get(index)) for index, line in enumerate(lines)]


def _find_frame(nodes: Mapping[str, _Node], strokes: Sequence[_Stroke], narrowest: float) -> _Frame:
    """What the network takes up, a little wider where it is narrow."""
    boxes = [*(node.box for node in nodes.values()), *(stroke.label for stroke in strokes if stroke.label)]
    ways = [place for stroke in strokes for place in stroke.route.sample()]
    across = [x + side * box.width / 2 for box in boxes for x, side in ((box.x, -1), (box.x, 1))] + [x for x, _ in ways]
    along = [y + side * box.height / 2 for box in boxes for y, side in ((box.y, -1), (box.y, 1))] + [y for _, y in ways]
    left, right = min(across, default=0.0), max(across, default=0.0)
    missing = max(0.0, _NARROWEST - (right - left), narrowest - (right - left)) / 2
    return _Frame(left - missing, min(along, default=0.0), right + missing, max(along, default=0.0))


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _find_width(evidence: int) -> float:
    """Of a line, in points: half a point more with each doubling, up to a limit."""
    return min(0.8 + 0.55 * math.log2(evidence), 3.2)


def _list_widths(lines: Sequence[Line]) -> list[tuple[str, float]]:
    """The numbers of evidence that the legend shows: 1 and the powers of 3 up to the most."""
    most = max((line.evidence for line in lines), default=1)
    numbers = [number for number in (1, 3, 9) if number <= most]
    return [(f"evidence: {number}", _find_width(number)) for number in numbers]


def _make_axes(frame: _Frame) -> Axes:
    """A page on which a unit is a point."""
    from matplotlib.figure import Figure

    left, right = frame.left - _MARGIN, frame.right + _MARGIN
    top, low = frame.top - _MARGIN, frame.low + _MARGIN
    figure = Figure(figsize=((right - left) / 72, (low - top) / 72), dpi=72)
    axes: Axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(left, right)
    axes.set_ylim(low, top)
    axes.axis("off")
    return axes


def _save(figure: Figure, format: PictureFormat, title: str | None) -> bytes:
    # What tells the day or the machine is left out.
    metadata: dict[str, dict[str, str | None]] = {
        "svg": {"Date": None, "Creator": "sigmine"},
        "pdf": {"CreationDate": None, "Producer": None, "Creator": "sigmine"},
        "png": {"Software": "sigmine"},
    }
    named = {"Title": title} if title else {}
    file = io.BytesIO()
    figure.savefig(file, format=format, dpi=_RESOLUTION if format == "png" else 72, metadata=metadata[format] | named)
    data = file.getvalue()
    return data.replace(f"'{FONT}'".encode(), _FALLBACKS.encode()) if format == "svg" else data
