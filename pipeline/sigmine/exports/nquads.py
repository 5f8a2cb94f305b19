"""Statements as RDF in N-Quads, a line each, for loading in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from sigmine.assembly.quads import make_graph_quads
from sigmine.exports.export import Runs
from sigmine.model.statement import Statement


def write_nquads(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """The quads of ``sigmine.assembly.quads``, sorted, each once."""
    for line in sorted({make_line(*quad) for quad in make_graph_quads(statements, runs)}):
        file.write(line.encode() + b"\n")


def make_line(subject: str, predicate: str, object: str, graph: str = "") -> str:
    """A line of N-Quads without its end; without a graph, it is one of N-Triples too."""
    return f"{subject} {predicate} {object} {graph}{' ' * bool(graph)}."
