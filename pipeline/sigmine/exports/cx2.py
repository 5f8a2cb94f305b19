"""Statements as CX2 with a visual style, for NDEx, Cytoscape from 3.10 on and Cytoscape Web.

After the specification of the Cytoscape consortium (cytoscape.org/cx/cx2, version 2.0, 2025).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, TYPE_CHECKING, Any

from sigmine.assembly.triples import make_label
from sigmine.exports.cells import find_documents, flatten_text
from sigmine.exports.cx2_style import NODE_SIZE, make_style
from sigmine.exports.drawing.layout import MAX_NODES, Place, place_boxes
from sigmine.exports.drawing.look import find_status
from sigmine.exports.export import Runs
from sigmine.exports.graph import Attribute, make_graph
from sigmine.model.statement import Statement

if TYPE_CHECKING:
    import networkx

_DESCRIPTION = (
    "Who phosphorylates, activates, inhibits whom, as read from texts by sigmine. An edge is a statement: an arrow "
    "raises the activity or amount of its target, a bar lowers it, a dot does something else, a line without an end "
    "has no direction; width is evidence, faintness is low belief, dashes mean indirect, dots hedged or denied."
)
_RIGHTS = "Sentences are quoted from the documents named with them, and belong to the holders of their rights."
_WIDE = 6.6  # pixels that a letter of a label takes


def write_cx2(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """The graph of ``make_graph`` as one unfragmented CX2 document, laid out and styled.

    Ids are numbers in the graph's order. ``represents`` of a node is its id in the other formats; of an edge
    ``interaction`` is the relation, ``name`` the whole statement, ``status`` ``stated``, ``indirect``, ``hedged`` or
    ``denied``. Networks of more than ``MAX_NODES`` have no places; Cytoscape then lays them out itself.
    """
    statements = list(statements)
    graph = make_graph(statements)
    nodes, edges = _list_nodes(graph), _list_edges(graph, {statement.id: statement for statement in statements})
    network = _describe(statements, runs)
    relations = {str(row["relation"]) for _, _, row in graph.edges(data=True)}
    style, editor = make_style(relations)
    rows = {"networkAttributes": [network], "nodes": nodes, "edges": edges}
    aspects: dict[str, list[Any]] = {
        "attributeDeclarations": [{name: _declare(elements) for name, elements in rows.items() if elements}],
        "networkAttributes": [network],
        "nodes": nodes,
        "edges": edges,
        "visualProperties": [style],
        "visualEditorProperties": [editor],
    }
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": [{"name": name, "elementCount": len(elements)} for name, elements in aspects.items()]},
        *({name: elements} for name, elements in aspects.items()),
        {"status": [{"success": True}]},
    ]
    text = ",\n".join(json.dumps(element, ensure_ascii=False) for element in document)
    file.write(f"[\n{text}\n]\n".encode())


def _list_nodes(graph: networkx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    places = _place(graph)
    nodes = []
    for number, node in enumerate(graph):
        values = {"represents": node, **graph.nodes[node]}
        nodes.append({"id": number, **_make_position(places.get(node)), "v": values})
    return nodes


def _place(graph: networkx.MultiDiGraph[str]) -> dict[str, Place]:
    if len(graph) > MAX_NODES:
        return {}
    sizes = {
        node: (max(NODE_SIZE[0], _WIDE * len(str(row["name"]))), NODE_SIZE[1]) for node, row in graph.nodes(data=True)
    }
    return place_boxes(sizes, graph.edges())


def _make_position(place: Place | None) -> dict[str, float]:
    return {} if place is None else {"x": place[0], "y": place[1]}


def _list_edges(graph: networkx.MultiDiGraph[str], statements: Mapping[str, Statement]) -> list[dict[str, Any]]:
    numbers = {node: number for number, node in enumerate(graph)}
    edges = []
    for number, (start, end, key, row) in enumerate(graph.edges(keys=True, data=True)):
        statement = statements[key]
        row = {name: value for name, value in row.items() if name != "relation"}
        more = {"name": flatten_text(make_label(statement)), "interaction": statement.relation}
        values = {**more, "status": find_status(statement), **row}
        edges.append({"id": number, "s": numbers[start], "t": numbers[end], "v": values})
    return edges


def _describe(statements: Sequence[Statement], runs: Runs) -> dict[str, str]:
    documents = {name for statement in statements for name in find_documents(statement)}
    attributes = {
        "name": f"sigmine: {len(statements)} statements of {len(documents)} documents",
        "description": _DESCRIPTION,
        "rights": _RIGHTS,
    }
    last = list(runs)[-1:]
    if last:
        attributes["version"] = f"{last[0]['program']} {last[0]['version']}, run {last[0]['run']}"
    return attributes


def _declare(elements: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """The types of all attributes that occur; those of nodes and edges stand in their ``v``."""
    names = {bool: "boolean", int: "integer", float: "double", str: "string"}
    rows: Iterable[Mapping[str, Attribute]] = (element.get("v", element) for element in elements)
    return {name: {"d": names[type(value)]} for row in rows for name, value in row.items()}
