"""Statements as SIF with tables of attributes, which Cytoscape imports one after the other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from sigmine.exports.cells import find_documents, flatten_text, guard_formula
from sigmine.exports.graph import Attribute, make_graph
from sigmine.model.statement import Statement

if TYPE_CHECKING:
    import networkx

Row = dict[str, Attribute]
Edge = tuple[str, str, str]

NODE_COLUMNS: tuple[str, ...] = ("id", "name", "type", "curie", "stated_without_subject")
EDGE_COLUMNS: tuple[str, ...] = (
    "edge", "source", "relation", "target", "sign", "sites", "belief", "direct", "evidence", "negated", "hedged",
    "statements", "documents", "sentence",
)  # fmt: skip
"""``edge`` is what Cytoscape calls an edge of a SIF file: ``hgnc:391 (phosphorylates) hgnc:12363``. ``belief`` is that
of the statement that is believed most, and ``sentence`` its own; ``evidence``, ``negated`` and ``hedged`` are sums;
cells with several values separate them by ``; ``."""


def list_siftables(statements: Iterable[Statement]) -> Iterator[tuple[str, bytes]]:
    """``network.sif`` with ids, ``nodes.tsv`` (key ``id``) and ``edges.tsv`` (key ``edge``)."""
    statements = list(statements)
    documents = {statement.id: find_documents(statement) for statement in statements}
    graph = make_graph(statements)
    edges = _group_edges(graph)
    linked = {end for start, _, target in edges for end in (start, target)}
    lines = ["\t".join(edge) for edge in edges] + [node for node in graph if node not in linked]
    yield "network.sif", "".join(f"{line}\n" for line in lines).encode()
    nodes = [{"id": node, **row} for node, row in graph.nodes(data=True)]
    yield "nodes.tsv", _make_table(NODE_COLUMNS, nodes)
    yield "edges.tsv", _make_table(EDGE_COLUMNS, [_merge(edge, rows, documents) for edge, rows in edges.items()])


def _group_edges(graph: networkx.MultiDiGraph[str]) -> dict[Edge, list[Row]]:
    """The statements of each line, sorted by line; a line has no room for a denial, so those go."""
    groups: dict[Edge, list[Row]] = {}
    for start, end, row in graph.edges(data=True):
        if not row["denied"]:
            groups.setdefault((start, str(row["relation"]), end), []).append(row)
    return dict(sorted(groups.items()))


def _merge(edge: Edge, rows: Sequence[Row], documents: Mapping[str, list[str]]) -> Row:
    source, relation, target = edge
    best = max(rows, key=lambda row: (row["belief"], row["evidence"]))
    names = sorted({flatten_text(name) for row in rows for name in documents[str(row["statement"])]})
    return {
        "edge": f"{source} ({relation}) {target}",
        "source": source,
        "relation": relation,
        "target": target,
        "sign": rows[0]["sign"],
        "sites": "; ".join(str(row["site"]) for row in rows if "site" in row),
        "belief": best["belief"],
        "direct": any(row["direct"] for row in rows),
        **{name: sum(int(row[name]) for row in rows) for name in ("evidence", "negated", "hedged")},
        "statements": "; ".join(str(row["statement"]) for row in rows),
        "documents": "; ".join(names),
        "sentence": best.get("sentence", ""),
    }


def _make_table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_make_cell(name, row.get(name, "")) for name in columns] for row in rows)
    return text.getvalue().encode()


def _make_cell(column: str, value: Attribute) -> str | int | float:
    if isinstance(value, bool):
        return "true" if value else "false"  # as Cytoscape reads them
    # The key columns must stay what the network says.
    return guard_formula(value) if isinstance(value, str) and column in ("name", "documents", "sentence") else value
