"""Statements as a graph in GraphML, for Cytoscape, yEd, Gephi, igraph and networkx."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from sigmine.exports.graph import make_graph
from sigmine.model.statement import Statement


def write_graphml(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """The graph of ``make_graph``."""
    import networkx

    networkx.write_graphml_xml(make_graph(statements), file)
