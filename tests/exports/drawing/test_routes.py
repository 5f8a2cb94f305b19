from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.exports.drawing.routes import Box, Route, place_label, route_lines

LEFT, RIGHT = Box(0, 0, 40, 15), Box(200, 30, 60, 15)
BOXES = {"left": LEFT, "right": RIGHT}


def test_a_line_goes_straight_from_border_to_border() -> None:
    (route,) = route_lines([("left", "right")], BOXES)
    start, end = route.points[0], route.points[3]
    assert LEFT.holds(start, 2)
    assert not LEFT.holds(start)
    assert RIGHT.holds(end, 2)
    assert not RIGHT.holds(end)
    middle = route.find_place(0.5)
    assert middle == pytest.approx(((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), abs=1)
    assert middle[1] / middle[0] == pytest.approx(30 / 200)
    assert route.heading == pytest.approx(math.atan2(30, 200), abs=0.02)


def test_lines_of_one_pair_stand_apart_in_both_directions() -> None:
    routes = route_lines([("left", "right"), ("right", "left"), ("left", "right")], BOXES)
    middles = [route.find_place(0.5) for route in routes]
    assert min(math.dist(one, two) for one in middles for two in middles if one is not two) > 5
    assert RIGHT.holds(routes[1].points[0], 2)
    assert LEFT.holds(routes[1].points[3], 2)


def test_a_line_bends_around_a_box_in_its_way() -> None:
    between = Box(100, 15, 30, 15)
    (route,) = route_lines([("left", "right")], {**BOXES, "between": between})
    assert not any(between.holds(place) for place in route.sample())


def test_a_loop_leaves_its_box_and_comes_back() -> None:
    one, two = route_lines([("left", "left"), ("left", "left")], BOXES)
    assert not any(LEFT.holds(place) for place in one.sample())
    assert LEFT.holds(one.points[0], 2)
    assert LEFT.holds(one.points[3], 2)
    assert min(y for _, y in two.sample()) < min(y for _, y in one.sample())


places = st.tuples(st.floats(-300, 300), st.floats(-300, 300))


@given(first=places, second=places, count=st.integers(1, 5))
@settings(max_examples=80, deadline=None)
def test_every_line_is_finite_wherever_boxes_stand(
    first: tuple[float, float], second: tuple[float, float], count: int
) -> None:
    boxes = {"a": Box(*first, 50, 15), "b": Box(*second, 50, 15)}
    for route in route_lines([("a", "b")] * count, boxes):
        assert all(math.isfinite(value) for place in route.sample() for value in place)


def test_a_label_avoids_what_is_there() -> None:
    route = Route(((0, 0), (30, 0), (70, 0), (100, 0)))
    free = place_label(route, (20, 8), [])
    assert (free.x, free.y) == pytest.approx((50, 0), abs=0.5)
    taken = [Box(50, 0, 40, 10)]
    placed = place_label(route, (20, 8), taken)
    assert placed.find_overlap(taken[0]) == 0
    assert abs(placed.y) <= 6, "it stays beside its line"
