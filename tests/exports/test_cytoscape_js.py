from __future__ import annotations

import io
import json
from typing import Any

import networkx

from sigmine.exports.cytoscape_js import make_elements, write_cytoscape_js
from sigmine.exports.graph import make_graph
from store.builders import ACTIVE, NO_SUBJECT, PLAIN, make_statements


def write() -> dict[str, Any]:
    file = io.BytesIO()
    write_cytoscape_js(make_statements(), file)
    found = json.loads(file.getvalue())
    assert isinstance(found, dict)
    return found


def test_networkx_reads_the_same_graph() -> None:
    made, found = make_graph(make_statements()), networkx.cytoscape_graph(write())
    assert isinstance(found, networkx.MultiDiGraph)
    assert set(found) == set(made)
    assert {(start, end, key) for start, end, key in found.edges(keys=True)} == set(made.edges(keys=True))
    for node, row in made.nodes(data=True):
        assert row.items() <= found.nodes[node].items()
    for start, end, key, row in made.edges(keys=True, data=True):
        assert row.items() <= found.edges[start, end, key].items()


def test_every_id_is_there_once_and_every_end_is_a_node() -> None:
    elements = write()["elements"]
    nodes = [one["data"]["id"] for one in elements["nodes"]]
    edges = [one["data"]["id"] for one in elements["edges"]]
    assert len({*nodes, *edges}) == len(nodes) + len(edges)
    assert {one["data"][end] for one in elements["edges"] for end in ("source", "target")} <= set(nodes)
    assert None not in {value for one in [*elements["nodes"], *elements["edges"]] for value in one["data"].values()}


def test_an_edge_is_a_statement() -> None:
    statement = make_statements(PLAIN)[0]
    (edge,) = make_elements([statement])["edges"]
    expected = {
        "id": statement.id,
        "source": "hgnc:391",
        "target": "hgnc:12363",
        "site": "S939",
        "relation": "phosphorylates",
    }
    assert expected.items() <= edge["data"].items()


def test_what_has_no_subject_is_told_by_the_node() -> None:
    elements = make_elements(make_statements(NO_SUBJECT))
    assert elements["edges"] == []
    assert elements["nodes"][0]["data"]["stated_without_subject"] == "phosphorylates T1462"


def test_nodes_stand_where_they_are_put() -> None:
    elements = make_elements(make_statements(ACTIVE), {"hgnc:3942": (10.0, -2.5), "absent": (0.0, 0.0)})
    assert {one["data"]["name"]: one.get("position") for one in elements["nodes"]} == {
        "MTOR": {"x": 10.0, "y": -2.5},
        "RHEB": None,
    }
