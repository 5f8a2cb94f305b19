"""CX2: what the specification asks for, and what NDEx's own library reads."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterator
from typing import Any

import pytest

from sigmine.exports import EXPORTS
from sigmine.exports.cx2_style import make_style
from sigmine.exports.graph import make_graph
from sigmine.model import Statement
from store.builders import ACTIVE, DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_statements

RUN = {"program": "sigmine", "version": "0.1.0", "run": "0123456789abcdef"}

# Values that "CX2 Visual Styles" allows, of what we set.
SHAPES = {
    "ellipse",
    "triangle",
    "rectangle",
    "round-rectangle",
    "parallelogram",
    "diamond",
    "hexagon",
    "octagon",
    "vee",
}
ENDS = {"none", "triangle", "triangle-cross", "square", "diamond", "circle", "arrow", "vee", "tee"}
LINES = {"solid", "dotted", "dashed", "double"}
ALLOWED = {
    "NODE_SHAPE": SHAPES,
    "EDGE_SOURCE_ARROW_SHAPE": ENDS,
    "EDGE_TARGET_ARROW_SHAPE": ENDS,
    "EDGE_LINE_STYLE": LINES,
    "EDGE_CURVE_STYLE": {"straight", "segments", "bezier", "unbundled-bezier"},
}
NUMBERS = {"NODE_WIDTH", "NODE_HEIGHT", "NODE_BORDER_WIDTH", "EDGE_WIDTH", "NODE_BACKGROUND_OPACITY", "EDGE_OPACITY"}
SIZES = {"NODE_LABEL_FONT_SIZE", "EDGE_LABEL_FONT_SIZE"}
FONTS = {"NODE_LABEL_FONT_FACE", "EDGE_LABEL_FONT_FACE"}
TYPES = {"string": str, "integer": int, "double": float, "boolean": bool}


def write(*statements: Statement) -> list[dict[str, Any]]:
    file = io.BytesIO()
    EXPORTS["cx2"].write(statements or make_statements(), file, [RUN])
    found = json.loads(file.getvalue())
    assert isinstance(found, list)
    return found


def find_aspects(document: list[dict[str, Any]]) -> dict[str, Any]:
    assert all(len(element) == 1 for element in document[1:])
    return {name: value for element in document[1:] for name, value in element.items()}


def test_the_document_is_built_as_the_specification_says() -> None:
    document = write()
    assert document[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert document[-1] == {"status": [{"success": True}]}
    names = [next(iter(element)) for element in document[1:]]
    assert names[:2] == ["metaData", "attributeDeclarations"], "declarations stand before all that they declare"
    aspects = find_aspects(document)
    counts = {row["name"]: row["elementCount"] for row in aspects["metaData"]}
    assert counts == {name: len(aspects[name]) for name in names if name not in ("metaData", "status")}


def test_every_attribute_is_declared_and_of_its_type() -> None:
    aspects = find_aspects(write())
    (declared,) = aspects["attributeDeclarations"]
    rows = {
        "networkAttributes": aspects["networkAttributes"],
        "nodes": [node["v"] for node in aspects["nodes"]],
        "edges": [edge["v"] for edge in aspects["edges"]],
    }
    for aspect, values in rows.items():
        assert {name for row in values for name in row} == set(declared[aspect])
        assert "id" not in declared[aspect]
        for row in values:
            assert all(type(value) is TYPES[declared[aspect][name]["d"]] for name, value in row.items())


def test_nodes_and_edges_are_those_of_the_graph() -> None:
    aspects, graph = find_aspects(write()), make_graph(make_statements())
    nodes = {node["id"]: node["v"]["represents"] for node in aspects["nodes"]}
    assert sorted(nodes.values()) == sorted(graph)
    edges = {(nodes[edge["s"]], nodes[edge["t"]], edge["v"]["statement"]) for edge in aspects["edges"]}
    assert edges == set(graph.edges(keys=True))
    assert len({edge["id"] for edge in aspects["edges"]}) == len(edges)
    (edge,) = [edge["v"] for edge in aspects["edges"] if edge["v"].get("site") == "S939"]
    assert (edge["name"], edge["interaction"]) == ("AKT1 phosphorylates TSC2 at S939", "phosphorylates")


def test_all_nodes_have_a_place_of_their_own() -> None:
    nodes = find_aspects(write())["nodes"]
    places = {(node["x"], node["y"]) for node in nodes}
    assert len(places) == len(nodes)
    assert all(math.isfinite(value) for place in places for value in place)


def test_what_is_not_plainly_stated_is_told_by_its_line() -> None:
    edges = find_aspects(write(*make_statements(ACTIVE, HEDGED, DENIED, INDIRECT)))["edges"]
    found = {edge["v"]["name"]: edge["v"]["status"] for edge in edges}
    assert found == {
        "RHEB activates MTOR": "stated",
        "AKT1 phosphorylates TSC2 at S939": "hedged",
        "RHEB inhibits MTOR": "denied",
        "insulin phosphorylates AKT": "indirect",
    }


def find_values(style: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every visual property with each value that it may take."""
    for values in style["default"].values():
        yield from values.items()
    for mapping in (style["nodeMapping"], style["edgeMapping"]):
        for name, one in mapping.items():
            for piece in one["definition"].get("map", ()):
                yield from ((name, piece[key]) for key in ("vp", "minVPValue", "maxVPValue") if key in piece)


def test_the_style_has_values_that_the_specification_allows() -> None:
    style, _ = make_style(["phosphorylates"])
    for name, value in find_values(style):
        if name in ALLOWED:
            assert value in ALLOWED[name]
        elif name.endswith("_COLOR"):
            assert len(bytes.fromhex(value.removeprefix("#"))) == 3
        elif name in SIZES:
            assert isinstance(value, int)
        elif name in NUMBERS:
            assert value > 0
            assert "OPACITY" not in name or value <= 1
        else:
            assert name in FONTS, f"{name} is not looked at"


def test_the_style_draws_what_a_statement_says() -> None:
    aspects = find_aspects(write(*make_statements(PLAIN, ACTIVE, DENIED, UNGROUNDED, NO_SUBJECT)))
    (style,) = aspects["visualProperties"]
    ends = {one["v"]: one["vp"] for one in style["edgeMapping"]["EDGE_TARGET_ARROW_SHAPE"]["definition"]["map"]}
    assert {ends[name] for name in ("activates", "increases_amount")} == {"triangle"}
    assert {ends[name] for name in ("inhibits", "decreases_amount")} == {"tee"}
    assert (ends["phosphorylates"], ends["binds"]) == ("circle", "none")
    (declared,) = aspects["attributeDeclarations"]
    for mapping, kind in (("nodeMapping", "nodes"), ("edgeMapping", "edges")):
        used = {(one["definition"]["attribute"], one["definition"]["type"]) for one in style[mapping].values()}
        assert used <= {(name, row["d"]) for name, row in declared[kind].items()}
    colours = style["nodeMapping"]["NODE_BACKGROUND_COLOR"]["definition"]["map"]
    assert len({one["vp"] for one in colours}) == len(colours)


def test_the_network_says_what_it_is() -> None:
    (found,) = find_aspects(write())["networkAttributes"]
    assert found["name"] == f"sigmine: {len(make_statements())} statements of 4 documents"
    assert found["version"] == "sigmine 0.1.0, run 0123456789abcdef"
    assert found["rights"]


@pytest.mark.parametrize("statements", [(), make_statements()], ids=["nothing", "all"])
def test_ndex_reads_it_and_writes_the_same(statements: tuple[Statement, ...]) -> None:
    from ndex2.cx2 import RawCX2NetworkFactory

    file = io.BytesIO()
    EXPORTS["cx2"].write(statements, file, [RUN])
    document = json.loads(file.getvalue())
    network = RawCX2NetworkFactory().get_cx2network(document)
    assert len(network.get_nodes()) == len(make_graph(statements))
    assert len(network.get_edges()) == make_graph(statements).number_of_edges()
    written = find_aspects(network.to_cx2())
    for name, elements in find_aspects(document).items():
        if elements and name != "metaData":
            assert written.get(name, []) == elements, name
