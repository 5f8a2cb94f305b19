"""The plots of an evaluation, as SVG to put into a page; the same numbers give the same bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sigmine.evaluation.bootstrap import Interval, Score
from sigmine.evaluation.calibration import Calibration
from sigmine.evaluation.confusion import NONE
from sigmine.evaluation.report import Confusion

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, which people with any kind of colour vision can tell apart.
PRECISION, RECALL, MISSED, WRONG, FLAW = "#0072b2", "#e69f00", "#cc79a7", "#d55e00", "#56b4e9"
_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be searched, and scales with the page
    "svg.hashsalt": "sigmine",
    "text.parse_math": False,  # a "$" is a "$"
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
}


def draw_scores(scores: Sequence[Score]) -> str:
    """Precision and recall of each, with intervals, one line below the other; most statements first."""
    rows = sorted(scores, key=lambda one: one.counts.tp + one.counts.fn + one.counts.fp)

    def draw(axes: Axes) -> None:
        for shift, colour, label in ((0.13, PRECISION, "precision"), (-0.13, RECALL, "recall")):
            for height, one in enumerate(rows):
                value: float | None = getattr(one.counts, label)
                interval: Interval | None = getattr(one, f"{label}_interval")
                if value is not None:
                    if interval is not None:
                        axes.plot(interval, [height + shift] * 2, color=colour, linewidth=1.5)
                    axes.plot([value], [height + shift], "o", color=colour, markersize=5)
            axes.plot([], [], "o-", color=colour, label=label)
        names = [f"{one.name} ({one.counts.tp + one.counts.fn})" for one in rows]
        axes.set_yticks(range(len(rows)), names)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlim(0, 1.02)
        axes.grid(axis="x", color="#dddddd")
        axes.legend(loc="lower left", ncols=2, frameon=False, bbox_to_anchor=(0, 1))

    return _draw(draw, height=0.9 + 0.34 * len(rows))


def draw_precision_recall(found: Calibration) -> str:
    """The curve over the belief; some beliefs are written beside it."""

    def draw(axes: Axes) -> None:
        points = [(one.recall, one.precision, one.belief) for one in found.thresholds]
        axes.plot([x for x, _, _ in points], [y for _, y, _ in points], "o-", color=PRECISION, markersize=3)
        beside = -1.0
        for x, y, belief in points:
            if x - beside > 0.06:  # no two labels on top of each other
                axes.annotate(f"{belief:.2f}", (x, y), textcoords="offset points", xytext=(3, -11), fontsize=7)
                beside = x
        axes.set_xlabel("recall of statements with at least this belief")
        axes.set_ylabel("precision")
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, 1.05)
        axes.grid(color="#dddddd")

    return _draw(draw, height=3.2)


def draw_reliability(found: Calibration) -> str:
    """The share that is right in each tenth of the belief, against the belief; with how many there are."""

    def draw(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], "--", color="#999999", linewidth=1)
        shares = [one.right / one.total for one in found.bins]
        beliefs = [one.belief for one in found.bins]
        axes.plot(beliefs, shares, "o-", color=PRECISION)
        for one, share in zip(found.bins, shares, strict=True):
            axes.annotate(
                f"{one.right}/{one.total}", (one.belief, share), textcoords="offset points", xytext=(4, -11), fontsize=7
            )
        axes.set_xlabel("mean belief")
        axes.set_ylabel("share that is right")
        axes.set_xlim(0, 1.02)
        axes.set_ylim(0, 1.05)
        axes.grid(color="#dddddd")

    return _draw(draw, height=3.2)


def draw_confusion(found: Confusion) -> str:
    """The gold's relation (down) against ours (across); shaded by the share of the gold's."""
    down = [*dict.fromkeys(gold for gold, _, _ in found if gold != NONE), NONE]
    across = [*dict.fromkeys(ours for _, ours, _ in found if ours != NONE), NONE]

    def draw(axes: Axes) -> None:
        totals = {name: sum(count for gold, _, count in found if gold == name) for name in down}
        table = [[0.0] * len(across) for _ in down]
        for gold, ours, count in found:
            share = table[down.index(gold)][across.index(ours)] = count / totals[gold]
            colour = "white" if share > 0.6 else "black"
            place = (across.index(ours), down.index(gold))
            axes.text(*place, str(count), ha="center", va="center", fontsize=8, color=colour)
        axes.imshow(table, cmap="Blues", vmin=0, vmax=1, aspect="auto")
        axes.set_xticks(range(len(across)), [_name_none(name, "missed") for name in across], rotation=40, ha="right")
        axes.set_yticks(range(len(down)), [_name_none(name, "not in the gold") for name in down])
        axes.set_xlabel("ours")
        axes.set_ylabel("gold")

    return _draw(draw, height=1.8 + 0.33 * len(down))


def draw_errors(counts: Sequence[tuple[str, int, int, int]]) -> str:
    """Classes of errors, each with its misses, false alarms and flaws; most frequent first."""
    rows = sorted(counts, key=lambda row: sum(row[1:]))

    def draw(axes: Axes) -> None:
        left = [0.0] * len(rows)
        for index, (label, colour) in enumerate((("missed", MISSED), ("false alarm", WRONG), ("flaw", FLAW)), start=1):
            values = [float(row[index]) for row in rows]
            axes.barh(range(len(rows)), values, left=left, color=colour, label=label, height=0.7)
            left = [one + value for one, value in zip(left, values, strict=True)]
        for height, total in enumerate(left):
            axes.text(total, height, f" {total:.0f}", va="center", fontsize=8)
        axes.set_yticks(range(len(rows)), [row[0].replace("_", " ") for row in rows])
        axes.legend(loc="lower right", frameon=False)
        axes.grid(axis="x", color="#dddddd")

    return _draw(draw, height=0.7 + 0.28 * len(rows))


def _name_none(name: str, instead: str) -> str:
    return instead if name == NONE else name


def _draw(draw: Callable[[Axes], None], *, height: float, width: float = 6.0) -> str:
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.add_subplot())
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    svg = stream.getvalue()
    # Within a page of HTML an SVG has no need for namespaces, which would be its only network addresses.
    return re.sub(r' xmlns(:\w+)?="[^"]*"', "", svg[svg.index("<svg") :])
