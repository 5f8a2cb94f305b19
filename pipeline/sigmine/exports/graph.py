"""Statements as a graph: what every format of networks is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sigmine.assembly.merge import SortedStatements, sort_statements
from sigmine.assembly.triples import is_denied
from sigmine.assembly.vocabulary import find_term
from sigmine.exports.cells import count_claims, count_flags, find_documents, find_example_sentence, flatten_text
from sigmine.model.ids import make_hash
from sigmine.model.statement import Agent, Statement

if TYPE_CHECKING:
    import networkx

Attribute = str | int | float | bool
"""What a node or an edge may have: all formats and programs know these, few know lists or nothing."""


NODE_ATTRIBUTES: dict[str, type[Attribute]] = {"name": str, "type": str, "curie": str, "stated_without_subject": str}
"""What a node may have, with the type of its values."""

EDGE_ATTRIBUTES: dict[str, type[Attribute]] = {
    "statement": str, "relation": str, "sign": int, "belief": float, "direct": bool, "denied": bool, "evidence": int,
    "negated": int, "hedged": int, "site": str, "site_status": str, "written_site": str, "claims": str,
    "documents": str, "sentence": str,
}  # fmt: skip
"""What an edge may have, with the type of its values."""


def make_graph(statements: Iterable[Statement]) -> networkx.MultiDiGraph[str]:
    """One node for each identity, one edge for each statement with a subject; the edge's key is the statement's id.

    Nodes and edges are in order: the same for the same statements. What a node is called in the graph is said by
    ``make_node_id``. No attribute is empty; what is not known is not there.

    A node has ``name`` and ``type``, and where they are known ``curie`` and ``stated_without_subject`` (what the
    texts say is done to it by no one they name: ``phosphorylates S473; ubiquitinates``). An edge has ``statement``,
    ``relation``, ``sign`` (1, -1 or 0), ``belief``, ``direct``, ``denied`` (all evidence says no), the counts
    ``evidence``, ``negated`` and ``hedged``, and where there are any ``site``, ``site_status``, ``written_site``,
    ``claims``, ``documents`` and ``sentence``.
    """
    import networkx

    statements = sort_statements(statements)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for key, row in find_nodes(statements):
        graph.add_node(key, **row)
    for start, end, key, row in find_edges(statements):
        graph.add_edge(start, end, key=key, **row)
    return graph


def find_nodes(statements: SortedStatements) -> Iterator[tuple[str, dict[str, Attribute]]]:
    """The nodes of ``make_graph`` with their attributes, sorted."""
    agents: dict[str, Agent] = {}
    unattributed: dict[str, dict[str, None]] = {}
    for statement in statements:
        for agent in statement.ends:
            agents.setdefault(make_node_id(agent), agent)
        if statement.subject is None and not is_denied(statement):
            name = f"{statement.relation} {statement.site}" if statement.site else statement.relation
            unattributed.setdefault(make_node_id(statement.object), {})[name] = None
    for key, agent in sorted(agents.items()):
        yield key, _make_node(agent, list(unattributed.get(key, ())))


def find_edges(statements: SortedStatements) -> Iterator[tuple[str, str, str, dict[str, Attribute]]]:
    """The edges of ``make_graph``: start, end, key and attributes, in the order of the statements."""
    for statement in statements:
        if statement.subject is not None:
            yield make_node_id(statement.subject), make_node_id(statement.object), statement.id, _make_edge(statement)


def make_node_id(agent: Agent) -> str:
    """``Agent.key``; where that has characters that are no text, without them and with a part of its hash."""
    text = flatten_text(agent.key)
    return text if text == agent.key else f"{text}#{make_hash([agent.key])[:8]}"


def _make_node(agent: Agent, unattributed: list[str]) -> dict[str, Attribute]:
    row: dict[str, Attribute] = {"name": flatten_text(agent.name), "type": agent.type}
    texts = {"curie": flatten_text(agent.curie or ""), "stated_without_subject": "; ".join(unattributed)}
    return row | _drop_empty(texts)


def _make_edge(statement: Statement) -> dict[str, Attribute]:
    negated, hedged = count_flags(statement)
    row: dict[str, Attribute] = {
        "statement": statement.id,
        "relation": statement.relation,
        "sign": find_term(statement.relation).sign,
        "belief": round(statement.belief, 4),
        "direct": statement.direct,
        "denied": is_denied(statement),
        "evidence": len(statement.evidence),
        "negated": negated,
        "hedged": hedged,
    }
    texts = {
        "site": statement.site or "",
        "site_status": statement.site_status or "",
        "written_site": "; ".join(statement.written_sites),
        "claims": "; ".join(count_claims(statement)),
        "documents": "; ".join(flatten_text(name) for name in find_documents(statement)),
        "sentence": find_example_sentence(statement),
    }
    return row | _drop_empty(texts)


def _drop_empty(texts: dict[str, str]) -> dict[str, str]:
    """Readers of some formats turn an empty text into nothing or into the word None."""
    return {name: text for name, text in texts.items() if text}
