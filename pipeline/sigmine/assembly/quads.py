"""Statements as RDF in named graphs: what each document says stands in a graph of its own.

A store of many documents changes by the document, so that is what a graph is: ``DROP GRAPH <document>`` takes out what
was read in it. What all of them say together stands in one more graph, not in the default graph, which may hold other
data. ``docs/model.md`` says what stands where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sigmine.assembly.provenance import make_run_triples
from sigmine.assembly.terms import Triple, make_iri
from sigmine.assembly.triples import document_iri, make_evidence_triples, make_statement_triples
from sigmine.assembly.vocabulary import make_vocabulary
from sigmine.model.statement import Evidence, Statement
from sigmine.resources.prefixes import NAMESPACE

Quad = tuple[str, str, str, str]
"""Subject, predicate, object and graph as N-Quads terms."""

TOGETHER = make_iri(f"{NAMESPACE}graph/", "statements")
"""The graph of what the documents say together."""


def make_graph_quads(statements: Iterable[Statement], runs: Iterable[Mapping[str, Any]] = ()) -> Iterator[Quad]:
    """The triples of ``make_graph_triples``, each in its graph.

    The graph of a document has the document's IRI and holds its evidence and the names that it uses; ``TOGETHER`` holds
    what the evidence says taken together, the runs and the vocabulary. A triple that comes from several documents is
    in the graph of each.
    """
    yield from _put(make_vocabulary())
    for run in runs:
        yield from _put(make_run_triples(run))
    for statement in statements:
        yield from _put(make_statement_triples(statement))
        for document, evidence in _group(statement.evidence).items():
            part = replace(statement, evidence=tuple(evidence))
            yield from _put(make_evidence_triples(part), document_iri(document))


def _put(triples: Iterable[Triple], graph: str = TOGETHER) -> Iterator[Quad]:
    return ((*triple, graph) for triple in triples)


def _group(evidence: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    documents: dict[str, list[Evidence]] = {}
    for item in evidence:
        documents.setdefault(item.document, []).append(item)
    return documents
