"""Statements as RDF in Turtle: the triples that the store holds."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import takewhile
from typing import IO

from sigmine.assembly.triples import make_graph_triples
from sigmine.model.statement import Statement
from sigmine.resources.prefixes import PREFIXES


def write_turtle(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """The vocabulary and all statements, sorted by subject; see ``docs/model.md``."""
    import pyoxigraph

    lines = sorted({f"{s} {p} {o} ." for s, p, o in make_graph_triples(statements)})
    quads = pyoxigraph.parse(input="\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    triples = (quad.triple if isinstance(quad, pyoxigraph.Quad) else quad for quad in quads)
    text = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    rows = io.BytesIO(text or b"").readlines()
    prefixes = list(takewhile(lambda row: row.startswith(b"@prefix "), rows))
    file.writelines(sorted(prefixes))  # the library gives them in an order that changes
    file.writelines(rows[len(prefixes) :])
