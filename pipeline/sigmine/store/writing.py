"""Changing a graph so that it says of some documents what it is told, and nothing else of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sigmine.assembly.belief import compute_belief
from sigmine.assembly.terms import Triple, make_literal
from sigmine.assembly.triples import agent_iri, document_iri, make_triples, statement_iri
from sigmine.assembly.vocabulary import term_iri
from sigmine.errors import StoreError
from sigmine.model.statement import Evidence, Statement
from sigmine.store.lookup import (
    ENDS,
    RECORD,
    find_statement_nodes,
    find_subjects,
    find_texts,
    make_node,
    make_statement_node,
    read_statement,
)
from sigmine.store.opening import make_marker
from sigmine.store.record import dump_statement

if TYPE_CHECKING:
    import pyoxigraph

    from sigmine.store.lookup import Graph, Node

_BATCH = 10_000  # statements whose triples are held in memory at once
_BULK = 500  # statements from which on the bulk loader pays
_CHILDREN = "|".join(map(term_iri, ("oa:hasSelector", "sigmine:subject", "sigmine:object", "cito:citesAsEvidence")))


def replace_documents(graph: Graph, documents: Iterable[str], statements: Iterable[Statement]) -> None:
    """Takes out all evidence from the documents and adds the statements.

    A statement that the graph also has from other documents keeps that evidence; its belief then follows from all of
    it. A statement that is left without evidence goes.

    Raises:
        StoreError: if a statement has characters that are no text; nothing is changed then.
    """
    gone = set(documents)
    incoming = combine_statements(statements)
    affected = _find_affected(graph, gone)
    affected |= {node for node in map(make_statement_node, incoming) if find_texts(graph, node, RECORD)}
    old = [item for node in affected if (item := read_statement(graph, node)) is not None]
    final = dict(incoming)
    for statement in old:
        kept = tuple(item for item in statement.evidence if item.document not in gone)
        if kept:
            new = incoming.get(statement.id)
            final[statement.id] = _restate(statement, kept) if new is None else _combine(kept, new)
    records = _make_records(final)
    if affected and affected == find_statement_nodes(graph):
        graph.clear()
        graph.load(input=make_marker(), format=_n_triples())
        _load(graph, final, records)
        return
    _delete(graph, affected)
    _load(graph, final, records)
    if old:
        _sweep(graph, _find_shared(old) - _find_shared(final.values()), gone)


def combine_statements(statements: Iterable[Statement]) -> dict[str, Statement]:
    """By id; a statement that comes several times has all its evidence, each once."""
    combined: dict[str, Statement] = {}
    for statement in statements:
        known = combined.get(statement.id)
        combined[statement.id] = statement if known is None else _combine(known.evidence, statement)
    return combined


def _combine(evidence: tuple[Evidence, ...], statement: Statement) -> Statement:
    """The statement with further evidence put before its own."""
    known = set(evidence)
    return _restate(statement, evidence + tuple(item for item in statement.evidence if item not in known))


def _restate(statement: Statement, evidence: tuple[Evidence, ...]) -> Statement:
    """The same statement on other evidence: belief and directness follow from it."""
    if evidence == statement.evidence:
        return statement
    supporting = [item for item in evidence if not item.mention.negated] or evidence
    return replace(
        statement,
        evidence=evidence,
        belief=compute_belief(evidence),
        direct=any(item.mention.direct for item in supporting),
    )


def _find_affected(graph: Graph, documents: Iterable[str]) -> set[Node]:
    """The statements with evidence from any of the documents."""
    return {
        statement
        for document in documents
        for evidence in find_subjects(graph, "oa:hasSource", make_node(document_iri(document)))
        for statement in find_subjects(graph, "sigmine:evidence", evidence)
    }


def _make_records(statements: Mapping[str, Statement]) -> dict[str, str]:
    """The record of each statement; made before anything in the graph is touched."""
    records = {}
    for statement_id, statement in statements.items():
        records[statement_id] = record = dump_statement(statement)
        try:
            record.encode()
        except UnicodeEncodeError as error:
            documents = ", ".join(sorted({item.document for item in statement.evidence}))
            raise StoreError(
                f"Statement {statement_id} (from {documents}) has characters that are no text: {error}. Nothing was "
                "written; the reader of the document must replace them."
            ) from error
    return records


def _load(graph: Graph, statements: Mapping[str, Statement], records: Mapping[str, str]) -> None:
    """Adds statements with their records, a batch at a time."""
    load = graph.bulk_load if len(statements) >= _BULK else graph.load
    ids = sorted(statements)
    for start in range(0, len(ids), _BATCH):
        lines: set[str] = set()
        for statement_id in ids[start : start + _BATCH]:
            lines.update(f"{s} {p} {o} ." for s, p, o in make_triples(statements[statement_id]))
            lines.add(f"{statement_iri(statement_id)} {term_iri(RECORD)} {make_literal(records[statement_id])} .")
        load(input="\n".join(lines).encode(), format=_n_triples())


def _delete(graph: Graph, nodes: Iterable[Node]) -> None:
    """Takes out the statements with their evidence; what they share with others stays (see ``_sweep``)."""
    ordered = sorted(map(str, nodes))
    for start in range(0, len(ordered), _BATCH):
        values = f"VALUES ?s {{ {' '.join(ordered[start : start + _BATCH])} }}"
        evidence = f"{values} ?s {term_iri('sigmine:evidence')} ?e ."
        graph.update(
            f"DELETE {{ ?n ?p ?o }} WHERE {{ {evidence} ?e {_CHILDREN} ?n . ?n ?p ?o }};"
            f"DELETE {{ ?e ?p ?o }} WHERE {{ {evidence} ?e ?p ?o }};"
            f"DELETE {{ ?s ?p ?o }} WHERE {{ {values} ?s ?p ?o }}"
        )


def _find_shared(statements: Iterable[Statement]) -> set[Triple]:
    """What the statements say about their ends: names, types, plain triples. Other statements may say it too."""
    return {
        triple
        for statement in statements
        for triple in make_triples(statement)
        if triple[0] in {agent_iri(agent) for agent in (statement.subject, statement.object) if agent}
    }


def _sweep(graph: Graph, triples: Iterable[Triple], documents: Iterable[str]) -> None:
    """Takes out those of the triples, and of the documents, that no statement names any more."""
    import pyoxigraph

    unsaid = "\n".join(f"{s} {p} {o} ." for s, p, o in triples if not _is_said(graph, (s, p, o)))
    for quad in pyoxigraph.parse(input=unsaid.encode(), format=_n_triples()):
        graph.remove(quad)
    for document in documents:
        node = make_node(document_iri(document))
        if not find_subjects(graph, "oa:hasSource", node):
            for quad in list(graph.quads_for_pattern(node, None, None)):
                graph.remove(quad)


def _is_said(graph: Graph, triple: Triple) -> bool:
    """Whether any statement in the graph says it about one of its ends."""
    nodes = find_subjects(graph, ENDS, make_node(triple[0]))
    if triple[2].startswith("<"):
        others = find_subjects(graph, ENDS, make_node(triple[2]))
        nodes = nodes & others if others else nodes
    statements = (read_statement(graph, node) for node in nodes)
    return any(triple in make_triples(statement) for statement in statements if statement is not None)


def _n_triples() -> pyoxigraph.RdfFormat:
    import pyoxigraph

    return pyoxigraph.RdfFormat.N_TRIPLES
