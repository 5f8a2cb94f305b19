"""Statements as elements of Cytoscape.js, for pages that draw networks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import IO, Any

from sigmine.exports.graph import make_graph
from sigmine.model.statement import Statement


def make_elements(
    statements: Iterable[Statement], positions: Mapping[str, tuple[float, float]] | None = None
) -> dict[str, list[dict[str, Any]]]:
    """``{"nodes": [{"data": ..., "position": {"x": ..., "y": ...}}], "edges": [{"data": ...}]}``, ready for JSON.

    ``data`` has the attributes of ``make_graph``, of nodes with ``id``, of edges with ``id`` (the statement's),
    ``source`` and ``target``. Nodes and edges are in the graph's order.

    Args:
        positions: places by node id; a node that has none has no ``position``.
    """
    graph, places = make_graph(statements), positions or {}
    nodes = [{"data": {"id": node, **row}, **_make_position(places.get(node))} for node, row in graph.nodes(data=True)]
    edges = [
        {"data": {"id": key, "source": start, "target": end, **row}}
        for start, end, key, row in graph.edges(keys=True, data=True)
    ]
    return {"nodes": nodes, "edges": edges}


def write_cytoscape_js(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """A document whose ``elements`` Cytoscape.js takes as they are; Cytoscape and networkx read the whole.

    networkx (``cytoscape_graph``) asks for ``value`` of nodes and ``key`` of edges: their ids again.
    """
    elements = make_elements(statements)
    for kind, name in (("nodes", "value"), ("edges", "key")):
        for element in elements[kind]:
            element["data"][name] = element["data"]["id"]
    document = {"data": {"name": "sigmine"}, "directed": True, "multigraph": True, "elements": elements}
    file.write(json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n")


def _make_position(place: tuple[float, float] | None) -> dict[str, Any]:
    return {} if place is None else {"position": {"x": place[0], "y": place[1]}}
