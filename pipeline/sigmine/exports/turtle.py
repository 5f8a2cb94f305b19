"""Statements as RDF in Turtle: all that the model says."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import chain, takewhile
from typing import IO

from sigmine.assembly.terms import Triple
from sigmine.assembly.triples import make_graph_triples, make_reifying_triples
from sigmine.exports.export import Runs
from sigmine.model.statement import Statement
from sigmine.resources.prefixes import PREFIXES


def write_turtle(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """The vocabulary, the runs and all statements in RDF 1.1, sorted by subject; see ``docs/model.md``."""
    _write(make_graph_triples(statements, runs), file)


def write_turtle12(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """The same in RDF 1.2: each statement also reifies its triple (``rdf:reifies <<( s p o )>>``)."""
    statements = list(statements)
    _write(chain(make_graph_triples(statements, runs), make_reifying_triples(statements)), file)


def _write(triples: Iterable[Triple], file: IO[bytes]) -> None:
    import pyoxigraph

    lines = sorted({f"{s} {p} {o} ." for s, p, o in triples})
    quads = pyoxigraph.parse(input="\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    read = (quad.triple if isinstance(quad, pyoxigraph.Quad) else quad for quad in quads)
    text = pyoxigraph.serialize(read, format=pyoxigraph.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    rows = io.BytesIO(text or b"").readlines()
    prefixes = list(takewhile(lambda row: row.startswith(b"@prefix "), rows))
    file.writelines(sorted(prefixes))  # the library gives them in an order that changes
    file.writelines(rows[len(prefixes) :])
