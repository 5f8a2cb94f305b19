"""Files of networks, read back by programs that had no part in the graph: what was written is what is read."""

from __future__ import annotations

import io
from typing import Any

import networkx

from sigmine.exports import EXPORTS
from sigmine.exports.graph import make_graph
from sigmine.model import Statement
from store.builders import make_statements


def read_graphml(statements: tuple[Statement, ...]) -> networkx.MultiDiGraph[str]:
    file = io.BytesIO()
    EXPORTS["graphml"].write(statements, file)
    graph = networkx.read_graphml(io.BytesIO(file.getvalue()), force_multigraph=True)
    assert isinstance(graph, networkx.MultiDiGraph)
    return graph


def find_edges(graph: networkx.MultiDiGraph[str]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """By key; networkx adds the key as the attribute ``id`` when it reads."""
    return {
        key: (start, end, {name: value for name, value in row.items() if name != "id"})
        for start, end, key, row in graph.edges(keys=True, data=True)
    }


def test_networkx_reads_back_what_was_written() -> None:
    made, found = make_graph(make_statements()), read_graphml(make_statements())
    assert {node: found.nodes[node] for node in found} == {node: made.nodes[node] for node in made}
    assert find_edges(found) == find_edges(made)
    assert len(find_edges(made)) == len(make_statements()) - 1
