from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.exports.drawing.layout import Place, Size, place_boxes

ids = [f"n{number}" for number in range(14)]
networks = st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids)), max_size=30)


def make_sizes(nodes: Sequence[str]) -> dict[str, Size]:
    return {node: (30.0 + 9 * (number % 5), 15.0) for number, node in enumerate(nodes)}


def find_overlaps(places: dict[str, Place], sizes: dict[str, Size]) -> list[tuple[str, str]]:
    return [
        (one, two)
        for one in places
        for two in places
        if one < two
        and all(
            abs(places[one][axis] - places[two][axis]) < (sizes[one][axis] + sizes[two][axis]) / 2 for axis in (0, 1)
        )
    ]


@settings(max_examples=60, deadline=None)
@given(edges=networks, count=st.integers(1, len(ids)))
def test_boxes_never_overlap_and_start_at_the_corner(edges: list[tuple[str, str]], count: int) -> None:
    sizes = make_sizes(ids[:count])
    places = place_boxes(sizes, [pair for pair in edges if set(pair) <= sizes.keys()])
    assert places.keys() == sizes.keys()
    assert find_overlaps(places, sizes) == []
    for axis in (0, 1):
        assert min(places[node][axis] - sizes[node][axis] / 2 for node in places) == pytest.approx(0, abs=0.2)


@given(edges=networks)
@settings(max_examples=20, deadline=None)
def test_the_order_of_what_is_given_does_not_matter(edges: list[tuple[str, str]]) -> None:
    sizes = make_sizes(ids)
    turned = dict(reversed(sizes.items()))
    assert place_boxes(sizes, edges) == place_boxes(turned, [*reversed(edges), *edges])


def test_nothing_and_one_have_a_place() -> None:
    assert place_boxes({}, []) == {}
    assert place_boxes({"a": (40.0, 10.0)}, [("a", "a")]) == {"a": (20.0, 5.0)}


@pytest.mark.parametrize("count", [4, 12, 40])
def test_what_acts_on_a_hub_stands_to_its_left(count: int) -> None:
    leaves = [f"leaf{number:02}" for number in range(count)]
    sizes = make_sizes(["hub", *leaves])
    half = count // 2
    places = place_boxes(sizes, [(leaf, "hub") for leaf in leaves[:half]] + [("hub", leaf) for leaf in leaves[half:]])
    left = [leaf for leaf in leaves[:half] if places[leaf][0] < places["hub"][0]]
    right = [leaf for leaf in leaves[half:] if places[leaf][0] > places["hub"][0]]
    assert len(left) >= 0.8 * half
    assert len(right) >= 0.8 * (count - half)
    wide, high = (max(place[axis] for place in places.values()) for axis in (0, 1))
    assert 0.8 < wide / high < 3.5


def test_neighbours_stand_nearer_than_others() -> None:
    ring = ids[:8]
    places = place_boxes(make_sizes(ring), list(zip(ring, [*ring[1:], ring[0]], strict=True)))
    near = [math.dist(places[one], places[two]) for one, two in itertools.pairwise(ring)]
    across = [math.dist(places[ring[index]], places[ring[index + 4]]) for index in range(4)]
    assert max(near) < min(across)


def test_parts_stand_side_by_side() -> None:
    pairs = [(f"a{number}", f"b{number}") for number in range(6)]
    sizes = make_sizes([node for pair in pairs for node in pair])
    places = place_boxes(sizes, pairs)
    assert find_overlaps(places, sizes) == []
    assert len({places[one][1] for one, _ in pairs}) > 1, "parts fill a page, not a line"
