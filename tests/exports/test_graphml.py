from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import networkx

from sigmine.exports.graphml import make_graph, write_graphml
from sigmine.model import Statement
from store.builders import ACTIVE, DENIED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_statements


def read(*statements: Statement) -> networkx.MultiDiGraph[str]:
    file = io.BytesIO()
    write_graphml(statements, file)
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
    made, found = make_graph(make_statements()), read(*make_statements())
    assert {node: found.nodes[node] for node in found} == {node: made.nodes[node] for node in made}
    assert find_edges(found) == find_edges(made)
    assert len(find_edges(made)) == len(make_statements()) - 1


def test_nodes_are_identities() -> None:
    graph = read(*make_statements(PLAIN, UNGROUNDED))
    assert graph.nodes["hgnc:391"] == {"name": "AKT1", "type": "PROTEIN", "curie": "hgnc:391"}
    assert graph.nodes["protein:pkcβ"] == {"name": "PKCβ", "type": "PROTEIN"}
    assert "<script>alert(1)</script>" in {row["name"] for row in graph.nodes.values()}


def test_an_edge_tells_what_was_read() -> None:
    statement = make_statements(PLAIN)[0]
    start, end, row = find_edges(read(statement))[statement.id]
    assert (start, end) == ("hgnc:391", "hgnc:12363")
    assert row == {
        "statement": statement.id,
        "relation": "phosphorylates",
        "sign": 0,
        "site": "S939",
        "site_status": "unchecked",
        "belief": 0.8,
        "direct": True,
        "denied": False,
        "evidence": 1,
        "negated": 0,
        "hedged": 0,
        "claims": "asserted 1",
        "documents": "alpha",
        "sentence": PLAIN.sentence,
    }


def test_signs_denials_and_detours_are_told_apart() -> None:
    graph = read(*make_statements(ACTIVE, DENIED, INDIRECT))
    rows = {row["relation"]: row for _, _, row in find_edges(graph).values()}
    assert {name: row["sign"] for name, row in rows.items()} == {"activates": 1, "inhibits": -1, "phosphorylates": 0}
    assert {name for name, row in rows.items() if row["denied"]} == {"inhibits"}
    assert {name for name, row in rows.items() if not row["direct"]} == {"phosphorylates"}


def test_a_statement_without_subject_is_no_edge_but_known_to_the_node() -> None:
    graph = read(*make_statements(NO_SUBJECT))
    assert graph.number_of_edges() == 0
    assert graph.nodes["hgnc:12363"]["stated_without_subject"] == "phosphorylates T1462"
    denial = replace(NO_SUBJECT, mention=replace(NO_SUBJECT.mention, negated=True))
    assert "stated_without_subject" not in read(*make_statements(denial)).nodes["hgnc:12363"]


def test_two_sites_of_one_pair_are_two_edges() -> None:
    other = replace(PLAIN.mention, sites=(replace(PLAIN.mention.sites[0], position=1462),))
    graph = read(*make_statements(PLAIN, replace(PLAIN, mention=other)))
    assert sorted(row["site"] for _, _, row in find_edges(graph).values()) == ["S1462", "S939"]
