"""Where the lines of relations run above the words of a sentence that is set in rows.

Each relation is a line over the words that it takes up, with its name where the trigger stands, and legs down to the
subject, the trigger, the object and the sites. A line that goes on in the next row leaves at the right and comes in
at the left. Lines of a row lie in levels, short ones below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sigmine.web.text_rows import Box, Rows, measure_text

LABEL_SIZE = 12.0
_GAP = 8.0
_LEG_MARGIN = 5.0
_LEG_STEP = 9.0

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Relation:
    """What is to be drawn: ``label``, and the characters of the ends, in the text that is set in rows.

    ``subject`` is None where no one is named.
    """

    label: str
    subject: Span | None
    object: Span
    trigger: Span
    sites: tuple[Span, ...] = ()

    def list_legs(self) -> list[tuple[str, Span]]:
        """The roles and places that a leg goes down to, each place once: the object before all others."""
        named = [("object", self.object), ("trigger", self.trigger), *(("site", site) for site in self.sites)]
        if self.subject is not None:
            named.insert(1, ("subject", self.subject))
        legs: dict[Span, str] = {}
        for role, span in named:
            legs.setdefault(span, role)
        return [(role, span) for span, role in legs.items()]


@dataclass(frozen=True, slots=True)
class Leg:
    """A line down to a word: what the word is, its row, and how far to the right, in pixels."""

    role: str
    row: int
    x: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a relation's line that lies in one row, ``level`` counted from 0, the lowest.

    ``comes_in`` and ``goes_on`` tell whether it begins at the left edge and ends at the right. ``label_x`` is the
    middle of the name, in the one row that has it, else None.
    """

    row: int
    left: float
    right: float
    level: int
    comes_in: bool
    goes_on: bool
    label_x: float | None


@dataclass(frozen=True, slots=True)
class Arc:
    """A relation as it is drawn; ``stretches`` are in the order of the rows."""

    relation: Relation
    legs: tuple[Leg, ...]
    stretches: tuple[Stretch, ...]


def place_arcs(rows: Rows, relations: Sequence[Relation], width: float) -> list[Arc]:
    """The arcs of the relations, in their order. Where no word of a relation is in the text it has no stretch."""
    boxes = {span: _find_box(rows, span) for one in relations for _, span in one.list_legs()}
    legs = _place_legs(relations, {span: box for span, box in boxes.items() if box is not None}, width)
    stretches = [_cut_line(one, own, width) for one, own in zip(relations, legs, strict=True)]
    levels = _stack(stretches, relations)
    arcs = []
    for number, one in enumerate(relations):
        raised = (replace(stretch, level=levels[number, stretch.row]) for stretch in stretches[number])
        arcs.append(Arc(one, tuple(legs[number]), tuple(raised)))
    return arcs


def count_levels(arcs: Iterable[Arc]) -> Mapping[int, int]:
    """How many levels each row has; rows without lines are left out."""
    counts: dict[int, int] = {}
    for arc in arcs:
        for stretch in arc.stretches:
            counts[stretch.row] = max(counts.get(stretch.row, 0), stretch.level + 1)
    return counts


def _find_box(rows: Rows, span: Span) -> Box | None:
    return next(iter(rows.find_boxes(*span)), None)


def _place_legs(relations: Sequence[Relation], boxes: Mapping[Span, Box], width: float) -> list[list[Leg]]:
    """The legs, those of one word side by side: what goes to the left at the left, the longest line innermost.

    So the leg of a long line crosses no shorter one that leaves the word on the same side.
    """
    users: dict[Span, list[tuple[tuple[float, float], int]]] = defaultdict(list)
    for number, one in enumerate(relations):
        spans = [span for _, span in one.list_legs() if span in boxes]
        middles = {span: _unroll(boxes[span], width) for span in spans}
        low, high = min(middles.values(), default=0.0), max(middles.values(), default=0.0)
        for span in spans:
            side = (low + high) / 2 - middles[span]
            users[span].append(((-1.0, high - low) if side < 0 else (1.0, low - high), number))
    places: dict[tuple[Span, int], float] = {}
    for span, found in users.items():
        box = boxes[span]
        room = max(box.right - box.left - 2 * _LEG_MARGIN, 0.0)
        step = min(_LEG_STEP, room / max(len(found) - 1, 1))
        first = (box.left + box.right - step * (len(found) - 1)) / 2
        for at, (_, number) in enumerate(sorted(found)):
            places[span, number] = first + at * step
    return [
        [Leg(role, boxes[span].row, places[span, number]) for role, span in one.list_legs() if span in boxes]
        for number, one in enumerate(relations)
    ]


def _unroll(box: Box, width: float) -> float:
    """How far a box is from the beginning, if all rows were one."""
    return box.row * width + (box.left + box.right) / 2


def _cut_line(relation: Relation, legs: Sequence[Leg], width: float) -> list[Stretch]:
    if not legs:
        return []
    first = min((leg.row, leg.x) for leg in legs)
    last = max((leg.row, leg.x) for leg in legs)
    named = next((leg for leg in legs if leg.role == "trigger"), legs[0])
    stretches = []
    for row in range(first[0], last[0] + 1):
        left, right = first[1] if row == first[0] else 0.0, last[1] if row == last[0] else width
        label_x = _place_label(relation.label, named.x, left, right, width) if row == named.row else None
        stretches.append(Stretch(row, left, right, 0, row > first[0], row < last[0], label_x))
    return stretches


def _place_label(label: str, x: float, left: float, right: float, width: float) -> float:
    """The middle of a name as near to ``x`` as may be: between the ends of its line where there is room."""
    half = measure_text(label, LABEL_SIZE) / 2
    if right - left >= 2 * (half + _GAP):
        return min(max(x, left + half + _GAP), right - half - _GAP)
    return min(max(x, half), max(width - half, half))


def _stack(stretches: Sequence[Sequence[Stretch]], relations: Sequence[Relation]) -> dict[tuple[int, int], int]:
    """The level of each relation's stretch in each row: the lowest that is free, short ones first."""
    by_row: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for number, own in enumerate(stretches):
        half = measure_text(relations[number].label, LABEL_SIZE) / 2
        for one in own:
            low, high = one.left, one.right
            if one.label_x is not None:
                low, high = min(low, one.label_x - half), max(high, one.label_x + half)
            by_row[one.row].append((low, high, number))
    levels: dict[tuple[int, int], int] = {}
    for row, spans in by_row.items():
        taken: list[list[tuple[float, float]]] = []
        for low, high, number in sorted(spans, key=lambda span: (span[1] - span[0], span)):
            level = next((at for at, used in enumerate(taken) if _is_free(low, high, used)), len(taken))
            if level == len(taken):
                taken.append([])
            taken[level].append((low, high))
            levels[number, row] = level
    return levels


def _is_free(low: float, high: float, used: Iterable[tuple[float, float]]) -> bool:
    return all(high + _GAP <= first or last + _GAP <= low for first, last in used)
