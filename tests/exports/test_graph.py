from __future__ import annotations

from dataclasses import replace
from typing import Any

from sigmine.exports.graph import make_graph, make_node_id
from sigmine.model import Agent, Statement
from store.builders import ACTIVE, DENIED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_statements


def find_edges(*statements: Statement) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """By key."""
    graph = make_graph(statements)
    return {key: (start, end, row) for start, end, key, row in graph.edges(keys=True, data=True)}


def test_nodes_are_identities() -> None:
    graph = make_graph(make_statements(PLAIN, UNGROUNDED))
    assert graph.nodes["hgnc:391"] == {"name": "AKT1", "type": "PROTEIN", "curie": "hgnc:391"}
    assert graph.nodes["protein:pkcβ"] == {"name": "PKCβ", "type": "PROTEIN"}
    assert "<script>alert(1)</script>" in {row["name"] for row in graph.nodes.values()}


def test_an_edge_tells_what_was_read() -> None:
    statement = make_statements(PLAIN)[0]
    start, end, row = find_edges(statement)[statement.id]
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
    edges = find_edges(*make_statements(ACTIVE, DENIED, INDIRECT))
    rows = {row["relation"]: row for _, _, row in edges.values()}
    assert {name: row["sign"] for name, row in rows.items()} == {"activates": 1, "inhibits": -1, "phosphorylates": 0}
    assert {name for name, row in rows.items() if row["denied"]} == {"inhibits"}
    assert {name for name, row in rows.items() if not row["direct"]} == {"phosphorylates"}


def test_a_statement_without_subject_is_no_edge_but_known_to_the_node() -> None:
    graph = make_graph(make_statements(NO_SUBJECT))
    assert graph.number_of_edges() == 0
    assert graph.nodes["hgnc:12363"]["stated_without_subject"] == "phosphorylates T1462"
    denial = replace(NO_SUBJECT, mention=replace(NO_SUBJECT.mention, negated=True))
    assert "stated_without_subject" not in make_graph(make_statements(denial)).nodes["hgnc:12363"]


def test_two_sites_of_one_pair_are_two_edges() -> None:
    other = replace(PLAIN.mention, sites=(replace(PLAIN.mention.sites[0], position=1462),))
    edges = find_edges(*make_statements(PLAIN, replace(PLAIN, mention=other)))
    assert sorted(row["site"] for _, _, row in edges.values()) == ["S1462", "S939"]


def test_characters_that_are_no_text_make_no_two_identities_one() -> None:
    odd = [Agent(name, "PROTEIN") for name in ("a\x00b", "ab", "a\x0cb", "a b", "a  b")]
    ids = [make_node_id(agent) for agent in odd]
    assert len(set(ids)) == len(odd)
    assert ids[1] == odd[1].key
    assert all(name.isprintable() for name in ids)
    statement = replace(make_statements(PLAIN)[0], subject=odd[0])
    assert set(make_graph([statement]).edges()) == {(ids[0], statement.object.key)}
