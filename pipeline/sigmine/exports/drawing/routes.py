"""The way of each line of a picture: from box to box, past other boxes, lines of one pair beside each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sigmine.exports.drawing.layout import Place, Size

_BESIDE = 9.0  # between the middles of two lines of one pair
_LEAVING = 4.0  # between where they leave a box
_DETOURS = (0.0, 8.0, -8.0, 16.0, -16.0, 26.0, -26.0, 38.0, -38.0)
_LOOP = 15.0
_SAMPLES = 24
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.82, 0.18)
_MARGIN = 1.5  # between a box and the tip of a line


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle about its middle."""

    x: float
    y: float
    width: float
    height: float

    def holds(self, place: Place, margin: float = 0.0) -> bool:
        return abs(place[0] - self.x) < self.width / 2 + margin and abs(place[1] - self.y) < self.height / 2 + margin

    def find_overlap(self, other: Box) -> float:
        """The area that both cover; 0 where they are apart."""
        wide = (self.width + other.width) / 2 - abs(self.x - other.x)
        high = (self.height + other.height) / 2 - abs(self.y - other.y)
        return max(0.0, wide) * max(0.0, high)


@dataclass(frozen=True, slots=True)
class Route:
    """A Bézier curve of four points, from the border of a box to that of another."""

    points: tuple[Place, Place, Place, Place]

    def find_place(self, along: float) -> Place:
        """The place at a share of the way, 0 to 1."""
        a, b, c, d = self.points
        rest = 1 - along
        shares = rest**3, 3 * rest**2 * along, 3 * rest * along**2, along**3
        return (
            sum(share * point[0] for share, point in zip(shares, (a, b, c, d), strict=True)),
            sum(share * point[1] for share, point in zip(shares, (a, b, c, d), strict=True)),
        )

    @property
    def heading(self) -> float:
        """The direction in which it arrives, in radians."""
        (x, y), (tip_x, tip_y) = self.find_place(0.97), self.points[3]
        return math.atan2(tip_y - y, tip_x - x)

    def sample(self) -> list[Place]:
        """Places along it, from start to end."""
        return [self.find_place(number / _SAMPLES) for number in range(_SAMPLES + 1)]

    def cut(self, start: float, end: float) -> Route:
        """The piece between two shares of the way."""
        _, later = _split(self.points, start)
        earlier, _ = _split(later, (end - start) / (1 - start))
        return Route(earlier)


def route_lines(pairs: Sequence[tuple[str, str]], boxes: Mapping[str, Box]) -> list[Route]:
    """A route for each pair of ids of ``boxes``, in the same order; a pair may come several times."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, (start, end) in enumerate(pairs):
        groups.setdefault((min(start, end), max(start, end)), []).append(index)
    routes: dict[int, Route] = {}
    for (one, two), members in groups.items():
        if one == two:
            routes |= {index: _make_loop(boxes[one], number) for number, index in enumerate(members)}
            continue
        others = [box for name, box in boxes.items() if name not in (one, two)]
        ways = _find_way(boxes[one], boxes[two], len(members), others)
        routes |= {
            index: way if pairs[index][0] == one else Route(_reverse(way.points))
            for index, way in zip(members, ways, strict=True)
        }
    return [routes[index] for index in range(len(pairs))]


def place_label(route: Route, size: Size, taken: Sequence[Box]) -> Box:
    """Where on the route, or just beside it, a label covers least of what is there."""
    x, y = route.find_place(1.0)[0] - route.find_place(0.0)[0], route.find_place(1.0)[1] - route.find_place(0.0)[1]
    length = math.hypot(x, y) or 1.0
    across = -y / length, x / length
    places = []
    for aside in (0.0, 0.5, -0.5):
        for along in _ALONG:
            middle = route.find_place(along)
            far = aside * (abs(across[0]) * size[0] + abs(across[1]) * size[1] + 2.0)
            places.append(Box(middle[0] + across[0] * far, middle[1] + across[1] * far, *size))
    near = _find_near(places, taken)
    return min(places, key=lambda place: round(sum(place.find_overlap(box) for box in near), 1))


def _find_way(one: Box, two: Box, count: int, others: Sequence[Box]) -> list[Route]:
    """The curves with the smallest detour that pass by all other boxes, or as many of them as can be."""
    best: list[Route] = []
    fewest = math.inf
    for detour in _DETOURS:
        ways = _bend(one, two, count, detour)
        hits = sum(_count_hits(way, others) for way in ways)
        if hits < fewest:
            best, fewest = ways, hits
        if not hits:
            break
    return best


def _bend(one: Box, two: Box, count: int, detour: float) -> list[Route]:
    """So many curves from one box to the other, around a middle line that bends away by ``detour``."""
    length = math.dist((one.x, one.y), (two.x, two.y)) or 1.0
    across = (-(two.y - one.y) / length, (two.x - one.x) / length)
    routes = []
    for number in range(count):
        turn = number - (count - 1) / 2
        leave, bend = turn * _LEAVING, (turn * _BESIDE + detour) * 4 / 3
        start = one.x + across[0] * leave, one.y + across[1] * leave
        end = two.x + across[0] * leave, two.y + across[1] * leave
        inner = [
            (
                start[0] + (end[0] - start[0]) * share + across[0] * (bend - leave),
                start[1] + (end[1] - start[1]) * share + across[1] * (bend - leave),
            )
            for share in (0.3, 0.7)
        ]
        whole = Route((start, inner[0], inner[1], end))
        leaving = _find_change(lambda along, way=whole: one.holds(way.find_place(along), _MARGIN))  # type: ignore[misc]
        arriving = _find_change(lambda along, way=whole: not two.holds(way.find_place(along), _MARGIN))  # type: ignore[misc]
        routes.append(whole.cut(leaving, max(arriving, leaving + 1e-3)))
    return routes


def _find_change(holds: Callable[[float], bool]) -> float:
    """Where on the way from 0 to 1 something ends to hold."""
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return min(low, 0.999)


def _make_loop(box: Box, number: int) -> Route:
    """From the top of a box back to it."""
    high = _LOOP + 7 * number
    left, right, top = box.x - 7.0 - 2 * number, box.x + 7.0 + 2 * number, box.y - box.height / 2 - _MARGIN
    return Route(((left, top), (left - 8, top - 1.3 * high), (right + 8, top - 1.3 * high), (right, top)))


def _count_hits(route: Route, boxes: Sequence[Box]) -> int:
    places = route.sample()
    near = _find_near([Box(x, y, 4.0, 4.0) for x, y in places], boxes)
    return sum(any(box.holds(place, 2.0) for place in places) for box in near)


def _find_near(places: Sequence[Box], boxes: Sequence[Box]) -> list[Box]:
    """Those of the boxes that the frame around the places touches: in a large picture few."""
    left, right = min(one.x - one.width / 2 for one in places), max(one.x + one.width / 2 for one in places)
    top, low = min(one.y - one.height / 2 for one in places), max(one.y + one.height / 2 for one in places)
    frame = Box((left + right) / 2, (top + low) / 2, right - left, low - top)
    return [box for box in boxes if frame.find_overlap(box)]


_Points = tuple[Place, Place, Place, Place]


def _split(points: _Points, along: float) -> tuple[_Points, _Points]:
    """De Casteljau's way."""
    a, b, c, d = points
    ab, bc, cd = _between(a, b, along), _between(b, c, along), _between(c, d, along)
    abc, bcd = _between(ab, bc, along), _between(bc, cd, along)
    middle = _between(abc, bcd, along)
    return (a, ab, abc, middle), (middle, bcd, cd, d)


def _between(one: Place, two: Place, along: float) -> Place:
    return one[0] + (two[0] - one[0]) * along, one[1] + (two[1] - one[1]) * along


def _reverse(points: _Points) -> _Points:
    a, b, c, d = points
    return d, c, b, a
