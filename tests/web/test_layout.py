from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.web.layout import Place, measure_box, place_nodes

NAMES = {f"n{index}": f"GENE{index}" for index in range(12)}
CHAIN = [("n0", "n1"), ("n1", "n2"), ("n2", "n3"), ("n0", "n3"), ("n3", "n4")]


def find_overlaps(names: Mapping[str, str], places: Mapping[str, Place]) -> list[tuple[str, str]]:
    listed = sorted(names)
    return [
        (one, two)
        for index, one in enumerate(listed)
        for two in listed[:index]
        if abs(places[one][0] - places[two][0]) < (measure_box(names[one])[0] + measure_box(names[two])[0]) / 2
        and abs(places[one][1] - places[two][1]) < measure_box(names[one])[1]
    ]


def test_an_empty_network_has_no_places() -> None:
    assert place_nodes({}, []) == {}
    assert place_nodes({}, [], fixed={"gone": (3.0, 4.0)}) == {}


def test_the_order_of_what_is_given_does_not_matter() -> None:
    names = dict(reversed(NAMES.items()))
    edges = [(two, one) for one, two in reversed(CHAIN)]
    assert place_nodes(names, edges + edges) == place_nodes(NAMES, CHAIN)


def test_places_do_not_depend_on_hashes() -> None:
    code = (
        "from sigmine.web.layout import place_nodes; names = {f'n{i}': f'GENE{i}' for i in range(30)};"
        "print(place_nodes(names, [(f'n{i}', f'n{i * 7 % 11}') for i in range(20)]))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_parts_stand_side_by_side_and_neighbours_near_each_other() -> None:
    edges = [*CHAIN, ("n5", "n6"), ("n7", "n8")]
    places = place_nodes(NAMES, edges)
    assert places.keys() == NAMES.keys()
    assert find_overlaps(NAMES, places) == []
    far = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    for one, two in (("n5", "n6"), ("n7", "n8")):
        assert abs(places[one][0] - places[two][0]) < far / 2
        assert places[one][1] == places[two][1]


def test_what_is_fixed_stays_and_the_rest_finds_room_around_it() -> None:
    before = place_nodes(NAMES, CHAIN)
    names = NAMES | {f"new{index}": "A NEW NAME" for index in range(6)}
    edges = [*CHAIN, *(("n1", f"new{index}") for index in range(5))]  # new5 has no neighbour
    after = place_nodes(names, edges, fixed=before | {"gone": (0.0, 0.0)})
    assert {node: after[node] for node in before} == before
    assert after.keys() == names.keys()
    assert find_overlaps(names, after) == []
    for index in range(5):
        x, y = after[f"new{index}"]
        assert abs(x - before["n1"][0]) < 600
        assert abs(y - before["n1"][1]) < 600
    assert after["new5"][1] > max(y for _, y in before.values())


def test_a_molecule_that_acts_on_itself_is_a_molecule() -> None:
    assert place_nodes({"a": "ATM"}, [("a", "a")]) == {"a": place_nodes({"a": "ATM"}, [])["a"]}


nodes = st.integers(0, 24)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(nodes, nodes), max_size=60), st.lists(st.integers(1, 40), min_size=25, max_size=25))
def test_boxes_never_overlap(pairs: list[tuple[int, int]], lengths: list[int]) -> None:
    names = {f"n{index}": "x" * length for index, length in enumerate(lengths)}
    edges = [(f"n{one}", f"n{two}") for one, two in pairs]
    places = place_nodes(names, edges)
    assert find_overlaps(names, places) == []
    assert place_nodes(names, edges) == places
