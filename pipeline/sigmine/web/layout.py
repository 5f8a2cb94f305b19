"""Where the molecules of a network are drawn in a browser, also beside those that are there already."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sigmine.exports.drawing.layout import place_boxes, push_apart

if TYPE_CHECKING:
    import networkx

Place = tuple[float, float]

# What network.js draws: a name of at most so many characters in a box as high as this.
MAX_CHARACTERS = 22
_CHARACTER, _PADDING, _HEIGHT = 7.2, 18.0, 26.0
_SCALE = 1.45  # pixels for each point of a picture: words and ends are that much larger
_STEP = 125.0  # pixels to a neighbour that has a place already, roughly
_ITERATIONS = 150
_GAP = 60.0  # below what has a place already
_SEED = 7


def place_nodes(
    names: Mapping[str, str], edges: Iterable[tuple[str, str]], *, fixed: Mapping[str, Place] | None = None
) -> dict[str, Place]:
    """The middle of each node's box in pixels, x to the right and y down; the same for the same network.

    Placed as in pictures (``sigmine.exports.drawing.layout``). What is joined to nodes that have a place finds room
    near them, by a spring layout (Fruchterman and Reingold 1991, Softw Pract Exp 21:1129); boxes do not overlap.

    Args:
        names: the name that is written in each node's box, by the node's id, in any order.
        edges: pairs of ids of ``names``, from start to end; repetition and order do not matter.
        fixed: nodes that have a place already and keep it; ids that are no nodes are left out of account.

    Returns:
        A place for every id of ``names``, whole pixels where it is not fixed; empty of an empty network.
    """
    import networkx

    held = {node: place for node, place in (fixed or {}).items() if node in names}
    pairs = sorted({pair for pair in edges if pair[0] != pair[1]})
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(sorted(names))
    graph.add_edges_from(pairs)
    parts = sorted(networkx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    places = dict(sorted(held.items()))
    for part in (part for part in parts if part & held.keys()):
        places |= _place_around(_cut_out(graph, part), names, places)
    sizes = {node: measure_box(names[node]) for node in sorted(names.keys() - places.keys())}
    top = max((y for _, y in places.values()), default=None)
    left = min((x for x, _ in places.values()), default=0.0)
    corner = (left, 0.0 if top is None else top + _HEIGHT + _GAP)
    return places | _place_free(sizes, [pair for pair in pairs if pair[0] in sizes], corner)


def measure_box(name: str) -> tuple[float, float]:
    """Width and height of the box around a name, in pixels; a long name is cut by whoever draws it."""
    return min(len(name), MAX_CHARACTERS) * _CHARACTER + _PADDING, _HEIGHT


def _place_free(
    sizes: Mapping[str, tuple[float, float]], pairs: Iterable[tuple[str, str]], corner: Place
) -> dict[str, Place]:
    """Parts of which nothing has a place, side by side from the corner on."""
    small = {node: (width / _SCALE, height / _SCALE) for node, (width, height) in sizes.items()}
    found = place_boxes(small, pairs)
    return {
        node: (float(round(corner[0] + x * _SCALE)), float(round(corner[1] + y * _SCALE)))
        for node, (x, y) in found.items()
    }


def _cut_out(graph: networkx.Graph[str], part: set[str]) -> networkx.Graph[str]:
    """A part by itself, its nodes in order: the layout starts from their order, and a view goes by their hashes."""
    import networkx

    alone: networkx.Graph[str] = networkx.Graph()
    alone.add_nodes_from(sorted(part))
    alone.add_edges_from(sorted((min(one, two), max(one, two)) for one, two in graph.edges(part)))
    return alone


def _place_around(
    graph: networkx.Graph[str], names: Mapping[str, str], places: Mapping[str, Place]
) -> dict[str, Place]:
    """A part of which some nodes have places; the others find room near their neighbours, away from all that has."""
    import networkx
    import numpy

    nodes = sorted(graph)
    held = {node: places[node] for node in nodes if node in places}
    if len(held) == len(nodes):
        return held
    found = networkx.spring_layout(
        graph,
        pos=_guess_places(graph, held),
        fixed=sorted(held),
        k=_STEP,
        iterations=_ITERATIONS,
        seed=_SEED,
        scale=None,
    )
    others = [node for node in places if node not in held]
    points = numpy.array([*(found[node] for node in nodes), *(places[node] for node in others)], dtype=float)
    sizes = numpy.array([measure_box(names[node]) for node in (*nodes, *others)])
    moved = push_apart(points, sizes, [node not in places for node in (*nodes, *others)])
    return {
        node: held.get(node, (float(round(x)), float(round(y))))
        for node, (x, y) in zip(nodes, moved.tolist(), strict=False)  # those of other parts follow
    }


def _guess_places(graph: networkx.Graph[str], held: Mapping[str, Place]) -> dict[str, Place]:
    """Each node that has no place yet beside a neighbour that has, all around it."""
    places = dict(held)
    waiting = list(held)
    turn = math.pi * (3 - math.sqrt(5))  # the golden angle: no direction comes twice
    while waiting:
        node = waiting.pop(0)
        x, y = places[node]
        for other in sorted(set(graph[node]) - places.keys()):
            angle = turn * len(places)
            places[other] = (x + _STEP * math.cos(angle), y + _STEP * math.sin(angle))
            waiting.append(other)
    return places
