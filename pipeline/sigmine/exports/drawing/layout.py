"""Where the nodes of a network stand: boxes that hold a name, none on top of another, parts side by side.

What hangs on one neighbour alone stands in a ring around it, what acts on it to the left and what it acts on to the
right, as signalling is drawn; the rest is placed by stress majorization (Gansner, Koren and North 2004, Graph Drawing).
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx
    import numpy

Place = tuple[float, float]
Size = tuple[float, float]

MAX_NODES = 1500
"""Larger networks take minutes, and show nothing."""

_GAP = 12.0  # between two boxes, at least
_EDGE = 54.0  # from box to box, roughly: room for an end and a label
_FLAT = 1.25  # width to height of a ring
_CROWDED, _STAGGERED = 14, 0.72  # more leaves than this stand by turns nearer and farther, and so closer together
_POINTS = 240  # angles that are looked at
_ROUNDS = 120  # of majorization; it has settled long before
_SPREADING = 300  # rounds of pushing boxes apart, at most
_PARTS = 26.0  # between parts that no edge joins
_RATIO = 1.5  # of the whole, width to height


def place_boxes(sizes: Mapping[str, Size], edges: Iterable[tuple[str, str]]) -> dict[str, Place]:
    """The middle of each box, x to the right and y down, from (0, 0) on; the same for the same network.

    Args:
        sizes: width and height of each node's box by its id, in any unit that suits a box 15 high, as points do.
        edges: pairs of ids, from start to end; repetition and order do not matter.
    """
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(sorted(sizes))
    graph.add_edges_from(sorted({pair for pair in edges if pair[0] != pair[1]}))
    parts = sorted(networkx.weakly_connected_components(graph), key=lambda part: (-len(part), min(part)))
    blocks = [_place_part(graph.subgraph(part).copy(), sizes) for part in parts]
    return _set_side_by_side(blocks, sizes)


def _place_part(graph: networkx.DiGraph[str], sizes: Mapping[str, Size]) -> dict[str, Place]:
    import numpy

    around = graph.to_undirected()
    nodes = sorted(around)
    leaves: dict[str, list[str]] = {}
    if len(nodes) > 2:
        for node in nodes:
            if around.degree[node] == 1:
                leaves.setdefault(next(iter(around[node])), []).append(node)
    hanging = {leaf for group in leaves.values() for leaf in group}
    core = [node for node in nodes if node not in hanging]
    radii = {
        node: _find_radius(node, leaves.get(node, ()), around.degree[node] - len(leaves.get(node, ())), sizes)
        for node in core
    }
    places = _place_core(around.subgraph(core).copy(), radii, sizes)
    for hub, group in sorted(leaves.items()):
        taken = [math.atan2(places[one][1] - places[hub][1], places[one][0] - places[hub][0])
                 for one in sorted(around[hub]) if one in radii]  # fmt: skip
        places |= _place_ring(graph, hub, group, places[hub], taken, sizes)
    points = numpy.array([places[node] for node in nodes], dtype=float)
    return _round(nodes, push_apart(points, numpy.array([sizes[node] for node in nodes], dtype=float)))


def _find_radius(hub: str, leaves: Sequence[str], taken: int, sizes: Mapping[str, Size]) -> Size:
    """Half the width and height of the ellipse on which the middles of the leaves stand; of a box without, its own."""
    width, height = sizes[hub]
    if not leaves:
        return width / 2, height / 2
    step = _find_step(leaves, sizes)
    needed = (len(leaves) + taken) * (_STAGGERED if len(leaves) > _CROWDED else 1.05)
    scale = max(needed / _walk(1.0, 1.0 / _FLAT, step)[-1], width / 2 + _EDGE + step[0] / 2)
    return scale, max(scale / _FLAT, height / 2 + 0.6 * _EDGE)


def _find_step(leaves: Sequence[str], sizes: Mapping[str, Size]) -> Size:
    """How far apart the middles of two leaves are to be, one beside or one above the other."""
    widths = [sizes[leaf][0] for leaf in leaves]
    return sum(widths) / len(widths) + _GAP, max(sizes[leaf][1] for leaf in leaves) + 0.6 * _GAP


def _walk(wide: float, high: float, step: Size) -> list[float]:
    """How many boxes find room along an ellipse up to each of its ``_POINTS`` angles: beside or above each other."""
    walked = [0.0]
    for number in range(_POINTS):
        here, there = (2 * math.pi * (number + one) / _POINTS for one in (0, 1))
        across = abs(math.cos(there) - math.cos(here)) * wide / step[0]
        walked.append(walked[-1] + max(across, abs(math.sin(there) - math.sin(here)) * high / step[1]))
    return walked


def _place_core(around: networkx.Graph[str], radii: Mapping[str, Size], sizes: Mapping[str, Size]) -> dict[str, Place]:
    """What has two neighbours or more: distances in the picture as along the edges, as far as a plane allows."""
    import networkx
    import numpy

    nodes = sorted(around)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    ringed = {node for node in nodes if radii[node][1] > sizes[node][1] / 2}
    reach = {node: 0.42 * sum(radii[node]) if node in ringed else sizes[node][0] / 2 for node in nodes}
    shared = {(one, two): len(set(around[one]) | set(around[two])) for one, two in around.edges}
    for (one, two), count in shared.items():
        around.edges[one, two]["length"] = reach[one] + reach[two] + 0.8 * _EDGE + 1.5 * count
    lengths = dict(networkx.all_pairs_dijkstra_path_length(around, weight="length"))
    wanted = numpy.array([[lengths[one][two] for two in nodes] for one in nodes])
    points = _majorize(_start(wanted), wanted)
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, _lay_flat(points), strict=True)}


def _majorize(points: numpy.ndarray[Any, Any], wanted: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """Moves points until their distances are as near to those wanted as they get; near ones count more."""
    import numpy

    apart = numpy.eye(len(points))
    weights = (1 - apart) / (wanted + apart) ** 2
    inverse = numpy.linalg.pinv(numpy.diag(weights.sum(axis=1)) - weights)
    for _ in range(_ROUNDS):
        across = points[:, None, :] - points[None, :, :]
        distances = numpy.maximum(numpy.hypot(across[:, :, 0], across[:, :, 1]), 1e-6)
        pull = weights * wanted / distances
        points = inverse @ (numpy.diag(pull.sum(axis=1)) @ points - pull @ points)
    return points


def _start(wanted: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """Classical scaling, with a little spiral that keeps nodes with the same distances apart."""
    import numpy

    count = len(wanted)
    centring = numpy.eye(count) - 1 / count
    values, vectors = numpy.linalg.eigh(-0.5 * centring @ wanted**2 @ centring)
    points = vectors[:, -2:] * numpy.sqrt(numpy.maximum(values[-2:], 0.0))
    # An axis may point either way, which differs between machines: the node that lies farthest decides.
    points *= numpy.where(points[numpy.abs(points).argmax(axis=0), range(points.shape[1])] < 0, -1.0, 1.0)
    turns = numpy.arange(count) * math.pi * (3 - math.sqrt(5))
    spiral = numpy.column_stack([numpy.cos(turns), numpy.sin(turns)]) * numpy.sqrt(numpy.arange(count) + 1)[:, None]
    started: numpy.ndarray[Any, Any] = numpy.asarray(points + 0.05 * float(wanted.mean()) * spiral / math.sqrt(count))
    return started


def _lay_flat(points: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """Turned so that it is widest from left to right."""
    import numpy

    centred = points - points.mean(axis=0)
    (xx, xy), (_, yy) = centred.T @ centred
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    turn = numpy.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    flat: numpy.ndarray[Any, Any] = centred @ turn
    return flat


def _place_ring(
    graph: networkx.DiGraph[str],
    hub: str,
    leaves: Sequence[str],
    middle: Place,
    taken: Sequence[float],
    sizes: Mapping[str, Size],
) -> dict[str, Place]:
    """Leaves around their hub, away from the directions that are taken; many of them by turns nearer and farther."""
    wide, high = _find_radius(hub, leaves, len(taken), sizes)
    step = _find_step(leaves, sizes)
    walked = _walk(wide, high, step)
    sides = sorted(_find_walked(walked, math.atan2(math.sin(angle) * wide, math.cos(angle) * high)) for angle in taken)
    angles = [_find_angle(walked, one) for one in _find_free(len(leaves), sides, walked[-1])]
    # From below over the left and the top to the right, so that what acts on the hub stands to the left.
    angles.sort(key=lambda angle: (angle - math.pi / 2) % (2 * math.pi))
    out = [leaf for leaf in leaves if graph.has_edge(hub, leaf) and not graph.has_edge(leaf, hub)]
    ordered = [leaf for leaf in leaves if leaf not in out] + out[::-1]
    places: dict[str, Place] = {}
    for number, (leaf, angle) in enumerate(zip(ordered, angles, strict=True)):
        far = len(leaves) > _CROWDED and number % 2
        # By one factor in both directions, so that its line passes between its neighbours.
        stretch = 1 + step[0] / wide if far else 1.0
        places[leaf] = (
            middle[0] + stretch * wide * math.cos(angle),
            middle[1] + stretch * high * math.sin(angle),
        )
    return places


def _find_walked(walked: Sequence[float], angle: float) -> float:
    return walked[round((angle % (2 * math.pi)) / (2 * math.pi) * _POINTS)]


def _find_angle(walked: Sequence[float], at: float) -> float:
    return 2 * math.pi * bisect.bisect_left(walked, at % walked[-1]) / _POINTS


def _find_free(count: int, taken: Sequence[float], around: float) -> list[float]:
    """So many places on a way around, spread evenly over the gaps between those taken."""
    if not taken:
        return [around / 4 + around * (number + 0.5) / count for number in range(count)]
    gaps = [(after - one) % around or around for one, after in zip(taken, [*taken[1:], taken[0]], strict=True)]
    shares = [0] * len(gaps)
    for _ in range(count):  # each next one goes where most room is
        widest = max(range(len(gaps)), key=lambda index: (round(gaps[index] / (shares[index] + 1), 6), -index))
        shares[widest] += 1
    return [
        start + gap * (number + 1) / (share + 1)
        for start, gap, share in zip(taken, gaps, shares, strict=True)
        for number in range(share)
    ]


def push_apart(
    points: numpy.ndarray[Any, Any], sizes: numpy.ndarray[Any, Any], movable: Sequence[bool] | None = None
) -> numpy.ndarray[Any, Any]:
    """Moves boxes that overlap away from each other, along the way that is shorter, until none does.

    Args:
        points, sizes: rows of x and y of the middles, and of width and height.
        movable: whether each may move; all may if None. Two that may not stay as they are.
    """
    import numpy

    may = numpy.ones(len(points)) if movable is None else numpy.asarray(movable, dtype=float)
    together = may[:, None] + may[None, :]
    share = may[:, None] / numpy.maximum(together, 1.0)  # half of the way, or all of it beside one that stays
    needed = (sizes[:, None, :] + sizes[None, :, :]) / 2 + _GAP * numpy.array([1.0, 0.5])
    upper = numpy.triu(numpy.ones((len(points), len(points))), 1)
    order = (upper - upper.T)[:, :, None]  # of two on one spot, the first goes to the left
    for _ in range(_SPREADING):
        apart = points[:, None, :] - points[None, :, :]
        overlap = needed - numpy.abs(apart)
        touching = (overlap > 0.1).all(axis=2) & (together > 0)
        numpy.fill_diagonal(touching, False)
        if not touching.any():
            break
        side = numpy.where(apart == 0, -order, numpy.sign(apart))
        sideways = overlap[:, :, 0] < overlap[:, :, 1]
        chosen = numpy.stack([sideways, ~sideways], axis=2) & touching[:, :, None]
        moves = (side * overlap * chosen * share[:, :, None]).sum(axis=1)
        points = points + moves / numpy.maximum(1.0, 0.5 * touching.sum(axis=1))[:, None]
    return points


def _round(nodes: Sequence[str], points: numpy.ndarray[Any, Any]) -> dict[str, Place]:
    return {node: (round(float(x), 1), round(float(y), 1)) for node, (x, y) in zip(nodes, points, strict=True)}


def _set_side_by_side(blocks: Sequence[Mapping[str, Place]], sizes: Mapping[str, Size]) -> dict[str, Place]:
    """In rows, in the order given, as wide as makes a pleasant page."""
    frames = [_find_frame(block, sizes) for block in blocks]
    area = sum((right - left + _PARTS) * (low - top + _PARTS) for left, top, right, low in frames)
    width = max([math.sqrt(area * _RATIO), *(right - left for left, _, right, _ in frames)], default=0.0)
    places: dict[str, Place] = {}
    x = y = deepest = 0.0
    for block, (left, top, right, low) in zip(blocks, frames, strict=True):
        if x and x + right - left > width:
            x, y, deepest = 0.0, y + deepest + _PARTS, 0.0
        places |= {node: (round(x + px - left, 1), round(y + py - top, 1)) for node, (px, py) in block.items()}
        x += right - left + _PARTS
        deepest = max(deepest, low - top)
    return places


def _find_frame(block: Mapping[str, Place], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the boxes."""
    boxes = [(x, y, *sizes[node]) for node, (x, y) in block.items()]
    return (
        min(x - width / 2 for x, _, width, _ in boxes),
        min(y - height / 2 for _, y, _, height in boxes),
        max(x + width / 2 for x, _, width, _ in boxes),
        max(y + height / 2 for _, y, _, height in boxes),
    )
