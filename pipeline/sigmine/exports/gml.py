"""Statements as a graph in GML, for igraph, Gephi and yEd."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from sigmine.exports.graph import Attribute, make_graph
from sigmine.model.statement import Statement

if TYPE_CHECKING:
    import networkx


def write_gml(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """The graph of ``make_graph`` in GML (Himsolt 1997), which is ASCII: other characters are entities (``&#946;``).

    Keys have letters only (``site_status`` is ``siteStatus``). ``label`` is the name, with the identity behind it
    where two nodes have one name, for readers take labels for ids; ``identity`` is the node's id in the other formats.
    """
    import networkx

    text = "\n".join(networkx.generate_gml(_name_nodes(make_graph(statements))))
    # Two entities that every reader knows; igraph gives numbered ones back as they stand.
    file.write(text.replace("&#34;", "&quot;").replace("&#38;", "&amp;").encode("ascii") + b"\n")


def _name_nodes(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    import networkx

    names = {node: str(row["name"]) for node, row in graph.nodes(data=True)}
    counts = Counter(names.values())
    labels = {node: name if counts[name] == 1 else f"{name} ({node})" for node, name in names.items()}
    named: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, row in graph.nodes(data=True):
        named.add_node(labels[node], identity=node, **_rename(row))
    for start, end, key, row in graph.edges(keys=True, data=True):
        named.add_edge(labels[start], labels[end], key=key, **_rename(row))
    return named


def _rename(row: dict[str, Attribute]) -> dict[str, Attribute]:
    return {re.sub(r"_(\w)", lambda match: match[1].upper(), name): value for name, value in row.items()}
