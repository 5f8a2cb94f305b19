"""Statements as RDF in Turtle, and in TriG with a graph for each document: all that the model says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from itertools import chain, takewhile
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

from sigmine.assembly.quads import make_graph_quads
from sigmine.assembly.terms import Triple
from sigmine.assembly.triples import make_graph_triples, make_reifying_triples
from sigmine.exports.export import Runs
from sigmine.exports.nquads import make_line
from sigmine.model.statement import Statement
from sigmine.resources.prefixes import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat


def write_turtle(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """The vocabulary, the runs and all statements in RDF 1.1, sorted by subject; see ``docs/model.md``."""
    _write_turtle(make_graph_triples(statements, runs), file)


def write_turtle12(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """The same in RDF 1.2: each statement also reifies its triple (``rdf:reifies <<( s p o )>>``)."""
    statements = list(statements)
    _write_turtle(chain(make_graph_triples(statements, runs), make_reifying_triples(statements)), file)


def write_trig(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """The quads of ``sigmine.assembly.quads``, sorted by graph and subject."""
    from pyoxigraph import RdfFormat

    quads = sorted(set(make_graph_quads(statements, runs)), key=lambda quad: (quad[3], make_line(*quad)))
    write_lines((make_line(*quad) for quad in quads), RdfFormat.TRIG, file)


def write_lines(
    lines: Iterable[str], format: RdfFormat, file: IO[bytes], prefixes: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Lines of N-Quads, in their order, in a format that declares ``PREFIXES`` and ``prefixes``."""
    import pyoxigraph

    quads = pyoxigraph.parse(input="\n".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS)
    plain = (quad.triple for quad in quads) if format == pyoxigraph.RdfFormat.TURTLE else quads
    rows = io.BytesIO(pyoxigraph.serialize(plain, format=format, prefixes={**PREFIXES, **prefixes}) or b"").readlines()
    declared = list(takewhile(lambda row: row.startswith(b"@prefix "), rows))
    file.writelines(sorted(declared))  # the library gives them in an order that changes
    file.writelines(rows[len(declared) :])


def _write_turtle(triples: Iterable[Triple], file: IO[bytes]) -> None:
    from pyoxigraph import RdfFormat

    write_lines(sorted({make_line(*triple) for triple in triples}), RdfFormat.TURTLE, file)
