"""What a picture is drawn with: boxes with names, lines with their ends, words; all in points, y down."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from sigmine.exports.drawing.layout import Place, Size
from sigmine.exports.drawing.look import End, Paint, Status
from sigmine.exports.drawing.routes import Box, Route

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONT = "DejaVu Sans"
"""Comes with matplotlib, so that a name is as wide on every machine; has Greek letters."""

_DASHES: dict[Status, tuple[float, float]] = {"indirect": (4.0, 2.2), "hedged": (1.2, 1.6)}
_ARROW, _BAR, _DOT = (5.4, 2.2), 3.4, 2.1  # length and half of the width; half of the length; radius
_ROUNDING = {"CHEMICAL": 7.0, "COMPLEX": 0.5}  # of corners: types are told apart in black and white too
_ROUNDED = 3.5


def measure_text(text: str, size: float) -> Size:
    """Width and height of a line of letters so many points high; the height is that of any letters."""
    return _measure(text) * size, 1.17 * size


@lru_cache(maxsize=4096)
def _measure(text: str) -> float:
    """Width of the letters at one point."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(family=FONT, size=100), False)
    return float(width) / 100


def draw_box(axes: Axes, box: Box, paint: Paint, type: str, text: str, size: float) -> None:
    """A rounded box with a name in it."""
    from matplotlib.patches import FancyBboxPatch

    rounding = min(_ROUNDING.get(type, _ROUNDED), box.height / 2 - 0.01)
    axes.add_patch(
        FancyBboxPatch(
            (box.x - box.width / 2, box.y - box.height / 2), box.width, box.height,
            boxstyle=f"round,pad=0,rounding_size={rounding}",
            facecolor=paint.fill, edgecolor=paint.border, linewidth=1.0, zorder=4,
        )
    )  # fmt: skip
    write(axes, (box.x, box.y), text, size, layer=5)


def write(
    axes: Axes, place: Place, text: str, size: float, *, layer: float = 5, left: bool = False, bold: bool = False,
    colour: str = "black",
) -> None:  # fmt: skip
    """Words about a place, or from it to the right."""
    axes.text(
        *place, text, fontsize=size, ha="left" if left else "center", va="center_baseline", zorder=layer, color=colour,
        fontweight="bold" if bold else "normal",
    )  # fmt: skip


def draw_label(axes: Axes, box: Box, rows: Sequence[str], size: float, colour: str) -> None:
    """Words on a line, which is hidden behind them."""
    from matplotlib.patches import Rectangle

    corner, high = (box.x - box.width / 2, box.y - box.height / 2), box.height / len(rows)
    axes.add_patch(Rectangle(corner, box.width, box.height, facecolor="white", alpha=0.85, linewidth=0, zorder=2.5))
    for number, row in enumerate(rows):
        write(axes, (box.x, corner[1] + (number + 0.5) * high), row, size, layer=3, colour=colour)


def draw_line(axes: Axes, route: Route, end: End, colour: str, width: float, status: Status) -> None:
    """A line along the route, with what stands at its end."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    back = {"arrow": 0.75 * _ARROW[0] + width, "dot": _DOT, "bar": 0.0, "none": 0.0}[end]
    shaft = route.cut(0.0, _find_share_before(route, back))
    dashes = _DASHES.get(status)
    path = Path(list(shaft.points), [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    style = "solid" if dashes is None else (0, tuple(length / max(width, 0.8) for length in dashes))
    axes.add_patch(
        PathPatch(path, fill=False, edgecolor=colour, linewidth=width, linestyle=style, capstyle="butt", zorder=2)
    )
    _draw_end(axes, route, end, colour, width)


def _draw_end(axes: Axes, route: Route, end: End, colour: str, width: float) -> None:
    from matplotlib.patches import Circle, Polygon

    (x, y), heading = route.points[3], route.heading
    along, across = (math.cos(heading), math.sin(heading)), (-math.sin(heading), math.cos(heading))

    def at(forward: float, aside: float) -> Place:
        return x + along[0] * forward + across[0] * aside, y + along[1] * forward + across[1] * aside

    if end == "arrow":
        length, half = _ARROW[0] + width, _ARROW[1] + 0.6 * width
        corners = [at(0, 0), at(-length, half), at(-0.75 * length, 0), at(-length, -half)]
        axes.add_patch(Polygon(corners, closed=True, facecolor=colour, linewidth=0, zorder=2.2))
    elif end == "bar":
        half, thick = _BAR + 0.5 * width, 1.1 + 0.25 * width
        corners = [at(0, half), at(0, -half), at(-thick, -half), at(-thick, half)]
        axes.add_patch(Polygon(corners, closed=True, facecolor=colour, linewidth=0, zorder=2.2))
    elif end == "dot":
        radius = _DOT + 0.25 * width
        axes.add_patch(Circle(at(-radius, 0), radius, facecolor=colour, linewidth=0, zorder=2.2))


def _find_share_before(route: Route, distance: float) -> float:
    """The share of the way that is left of the end by so many points, as the crow flies."""
    low, high = 0.3, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        far = math.dist(route.find_place(middle), route.points[3]) > distance
        low, high = (middle, high) if far else (low, middle)
    return high
