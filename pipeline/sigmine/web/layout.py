"""Where the molecules of a network are drawn: boxes that hold a name, none on top of another, parts side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx
    import numpy

Place = tuple[float, float]

# What network.js draws: a name of at most so many characters in a box as high as this.
MAX_CHARACTERS = 22
_CHARACTER, _PADDING, _HEIGHT = 7.2, 18.0, 26.0
_ROOM = (38.0, 40.0)  # between two boxes, for the ends of edges and the words on them
_STEP = 80.0  # pixels that an edge is long, roughly
_ITERATIONS = 150
_SPREADING = 300  # rounds of pushing boxes apart, at most
_FEW = 60  # so many boxes may be pushed apart from where they are; more are first given room
_GAP = 60.0  # between parts that no edge joins
_RATIO = 1.7  # of the whole drawing, width to height
_SEED = 7
_LOOSENESS = 0.75
_EVENNESS = 0.5


def place_nodes(
    names: Mapping[str, str], edges: Iterable[tuple[str, str]], *, fixed: Mapping[str, Place] | None = None
) -> dict[str, Place]:
    """The middle of each node's box in pixels, x to the right and y down; the same for the same network.

    Neighbours stand near each other (a spring layout after Fruchterman and Reingold 1991, Softw Pract Exp 21:1129),
    boxes do not overlap, and parts that no edge joins stand side by side, the largest first.

    Args:
        names: the name that is written in each node's box, by the node's id, in any order.
        edges: pairs of ids of ``names``; direction, repetition and order do not matter.
        fixed: nodes that have a place already and keep it; ids that are no nodes are left out of account.

    Returns:
        A place for every id of ``names``, whole pixels where it is not fixed; empty of an empty network.
    """
    import networkx

    held = {node: place for node, place in (fixed or {}).items() if node in names}
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from(sorted(names))
    graph.add_edges_from(sorted({(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]}))
    parts = sorted(networkx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    free = [part for part in parts if not part & held.keys()]
    places: dict[str, Place] = {}
    for part in parts:
        if part & held.keys():
            subgraph = _cut_out(graph, part)
            places |= _place_around(subgraph, names, {node: held[node] for node in sorted(part & held.keys())}, places)
    blocks = [_place_part(_cut_out(graph, part), names) for part in free]
    top = max((y for _, y in places.values()), default=None)
    left = min((x for x, _ in places.values()), default=0.0)
    return places | _set_side_by_side(blocks, names, (left, 0.0 if top is None else top + _HEIGHT + _GAP))


def measure_box(name: str) -> tuple[float, float]:
    """Width and height of the box around a name, in pixels; a long name is cut by whoever draws it."""
    return min(len(name), MAX_CHARACTERS) * _CHARACTER + _PADDING, _HEIGHT


def _cut_out(graph: networkx.Graph[str], part: set[str]) -> networkx.Graph[str]:
    """A part by itself, its nodes in order: the layout starts from their order, and a view goes by their hashes."""
    import networkx

    alone: networkx.Graph[str] = networkx.Graph()
    alone.add_nodes_from(sorted(part))
    alone.add_edges_from(sorted((min(one, two), max(one, two)) for one, two in graph.edges(part)))
    for one, two, data in alone.edges(data=True):
        # Molecules with many partners would be drawn onto one heap.
        data["weight"] = 1 / math.sqrt(alone.degree(one) * alone.degree(two)) ** _LOOSENESS
    return alone


def _place_part(graph: networkx.Graph[str], names: Mapping[str, str]) -> dict[str, Place]:
    """A part of which nothing is fixed."""
    import networkx
    import numpy

    nodes = sorted(graph)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    if len(nodes) == 2:
        (one, two), (first, _), (second, _) = nodes, measure_box(names[nodes[0]]), measure_box(names[nodes[1]])
        return {one: (0.0, 0.0), two: (round((first + second) / 2 + 2.4 * _ROOM[0]), 0.0)}
    found = networkx.spring_layout(graph, seed=_SEED, iterations=_ITERATIONS, scale=None, k=1 / math.sqrt(len(nodes)))
    points = numpy.array([found[node] for node in nodes], dtype=float)
    points = _draw_in(_lay_flat(points))
    lengths = [math.dist(points[nodes.index(one)], points[nodes.index(two)]) for one, two in graph.edges]
    points *= _STEP / max(float(numpy.median(lengths)), 1e-9)
    points[:, 0] *= 1.25  # boxes are wider than high
    return _round(nodes, _push_apart(points, [names[node] for node in nodes], movable=[True] * len(nodes)))


def _place_around(
    graph: networkx.Graph[str], names: Mapping[str, str], held: Mapping[str, Place], others: Mapping[str, Place]
) -> dict[str, Place]:
    """A part of which some nodes stay; the others find room near their neighbours, away from what stands there."""
    import networkx
    import numpy

    nodes = sorted(graph)
    start = _guess_places(graph, held)
    found: Mapping[str, Any] = start
    if len(held) < len(nodes):
        found = networkx.spring_layout(
            graph, pos=start, fixed=sorted(held), k=_STEP, iterations=_ITERATIONS, seed=_SEED, scale=None
        )
    everything = [*nodes, *others]
    points = numpy.array([*(found[node] for node in nodes), *others.values()], dtype=float)
    movable = [node not in held and node not in others for node in everything]
    moved = _push_apart(points, [names[node] for node in everything], movable)
    return {**_round(nodes, moved[: len(nodes)]), **held}


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


def _lay_flat(points: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """Turned so that it is widest from left to right."""
    import numpy

    centred = points - points.mean(axis=0)
    _, axes = numpy.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    # An axis may point either way; the first node that lies off the middle decides.
    signs = [1.0 if column[numpy.abs(column) > 1e-9][:1].sum() >= 0 else -1.0 for column in turned.T]
    flat: numpy.ndarray[Any, Any] = turned * signs
    return flat


def _draw_in(points: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """What lies far out comes nearer and the thick of it gets room, so that names can be read with all in view."""
    import numpy

    radii = numpy.maximum(numpy.linalg.norm(points, axis=1), 1e-9)
    drawn: numpy.ndarray[Any, Any] = points * ((radii / numpy.median(radii)) ** (_EVENNESS - 1))[:, None]
    return drawn


def _push_apart(
    points: numpy.ndarray[Any, Any], names: Sequence[str], movable: Sequence[bool]
) -> numpy.ndarray[Any, Any]:
    """Moves boxes that overlap away from each other, along the way that is shorter, until none does."""
    import numpy

    sizes = numpy.array([measure_box(name) for name in names]) + _ROOM
    first, second = numpy.triu_indices(len(names), 1)
    needed = (sizes[first] + sizes[second]) / 2
    share = numpy.asarray(movable, dtype=float)
    yields = share[first], share[second]
    total = yields[0] + yields[1]
    if all(movable):
        points = points * _find_scale(points[second] - points[first], needed, len(names))
    for _ in range(_SPREADING):
        apart = points[second] - points[first]
        overlap = needed - numpy.abs(apart)
        (pairs,) = numpy.nonzero((overlap[:, 0] > 0.5) & (overlap[:, 1] > 0.5) & (total > 0))
        if not len(pairs):
            break
        axis = numpy.argmin(overlap[pairs], axis=1)
        side = numpy.where(apart[pairs, axis] < 0, -1.0, 1.0)  # of two on the same spot, the first goes to the left
        push = side * overlap[pairs, axis] / total[pairs]  # all of it by one where the other stays
        moves, counts = numpy.zeros_like(points), numpy.ones(len(names))
        for ends, weight, sign in ((first, yields[0], -1.0), (second, yields[1], 1.0)):
            numpy.add.at(moves, (ends[pairs], axis), sign * weight[pairs] * push)
            numpy.add.at(counts, ends[pairs], 0.5)
        # With many neighbours the pushes add up to more than is needed.
        points = points + moves / numpy.maximum(1.0, counts - 0.5)[:, None]
    return points


def _find_scale(apart: numpy.ndarray[Any, Any], needed: numpy.ndarray[Any, Any], nodes: int) -> float:
    """How much larger the drawing must be for no more than a few boxes to overlap; little more than 1 for few nodes."""
    import numpy

    scales = (needed / numpy.maximum(numpy.abs(apart), 1e-9)).min(axis=1)
    kept = min(nodes // 2, len(scales) - 1)
    most = 1.1 + max(0, nodes - _FEW) / 130
    return float(numpy.clip(numpy.partition(scales, -1 - kept)[-1 - kept], 1.0, most))


def _round(nodes: Sequence[str], points: numpy.ndarray[Any, Any]) -> dict[str, Place]:
    return {node: (float(round(x)), float(round(y))) for node, (x, y) in zip(nodes, points.tolist(), strict=True)}


def _set_side_by_side(
    blocks: Sequence[Mapping[str, Place]], names: Mapping[str, str], corner: Place
) -> dict[str, Place]:
    """The blocks in rows from the corner on, in the order given, as wide as makes a pleasant page."""
    frames = [_find_frame(block, names) for block in blocks]
    area = sum((right - left + _GAP) * (low - top + _GAP) for left, top, right, low in frames)
    width = max([math.sqrt(area * _RATIO), *(right - left for left, _, right, _ in frames)], default=0.0)
    places: dict[str, Place] = {}
    x, y, deepest = corner[0], corner[1], 0.0
    for block, (left, top, right, low) in zip(blocks, frames, strict=True):
        if x > corner[0] and x + right - left > corner[0] + width:
            x, y, deepest = corner[0], y + deepest + _GAP, 0.0
        places |= {node: (round(x + px - left), round(y + py - top)) for node, (px, py) in block.items()}
        x += right - left + _GAP
        deepest = max(deepest, low - top)
    return {node: (float(px), float(py)) for node, (px, py) in places.items()}


def _find_frame(block: Mapping[str, Place], names: Mapping[str, str]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the boxes."""
    boxes = [(x, y, *measure_box(names[node])) for node, (x, y) in block.items()]
    return (
        min(x - width / 2 for x, _, width, _ in boxes),
        min(y - height / 2 for _, y, _, height in boxes),
        max(x + width / 2 for x, _, width, _ in boxes),
        max(y + height / 2 for _, y, _, height in boxes),
    )
