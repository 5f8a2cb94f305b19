"""Changing a graph: statements in, the evidence of a document out, and nothing left behind that no statement says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from sigmine.assembly.belief import compute_belief
from sigmine.assembly.merge import is_direct
from sigmine.assembly.provenance import make_run_triples
from sigmine.assembly.terms import Triple, make_literal
from sigmine.assembly.triples import agent_iri, document_iri, make_triples, statement_iri
from sigmine.assembly.vocabulary import term_iri
from sigmine.model.statement import Evidence, Statement
from sigmine.store.bulk import load_statements, make_record
from sigmine.store.lookup import (
    ENDS,
    RECORD,
    find_statement_nodes,
    find_subjects,
    has_statements,
    make_node,
    make_statement_node,
    read_statement,
)
from sigmine.store.opening import make_marker

if TYPE_CHECKING:
    import pyoxigraph

    from sigmine.store.lookup import Graph, Node

_BATCH = 10_000  # statements whose triples are held in memory at once
_BULK = 500  # statements from which on an empty graph is filled by the bulk loader
_CHILDREN = "|".join(map(term_iri, ("oa:hasSelector", "sigmine:subject", "sigmine:object", "cito:citesAsEvidence")))


def add_statements(graph: Graph, statements: Iterable[Statement]) -> None:
    """Adds statements; of one that is there already, the evidence from the documents that the new one names goes.

    Raises:
        StoreError: if a statement has characters that are no text; nothing is changed then.
    """
    stream = iter(statements)
    head = list(islice(stream, _BULK))
    if len(head) == _BULK and not has_statements(graph):
        repeated = load_statements(graph, chain(head, stream))
        _replace(graph, *_combine_with_stored(graph, repeated))
        return
    statements = chain(head, stream)
    incoming = _combine_all(statements)
    old = [item for node in map(make_statement_node, incoming) if (item := read_statement(graph, node)) is not None]
    final = dict(incoming)
    for statement in old:
        new = incoming[statement.id]
        documents = {item.document for item in new.evidence}
        final[new.id] = _combine([item for item in statement.evidence if item.document not in documents], new)
    _replace(graph, old, final)


def add_run(graph: Graph, manifest: Mapping[str, Any]) -> None:
    """Says what a run was (``sigmine.manifest``). It stays when its evidence goes: the run has been."""
    lines = {f"{s} {p} {o} ." for s, p, o in make_run_triples(manifest)}
    graph.load(input="\n".join(sorted(lines)).encode(), format=_n_triples())


def remove_evidence(graph: Graph, document_id: str) -> None:
    """Takes out all evidence from the document, and the statements that then have none."""
    evidence = find_subjects(graph, "oa:hasSource", make_node(document_iri(document_id)))
    nodes = {node for item in evidence for node in find_subjects(graph, "sigmine:evidence", item)}
    old = [item for node in nodes if (item := read_statement(graph, node)) is not None]
    rest = {item.id: tuple(e for e in item.evidence if e.document != document_id) for item in old}
    _replace(graph, old, {item.id: _restate(item, rest[item.id]) for item in old if rest[item.id]})


def _replace(graph: Graph, old: Sequence[Statement], new: Mapping[str, Statement]) -> None:
    records = _make_records(new)
    nodes = {make_statement_node(statement.id) for statement in old}
    if nodes and nodes == find_statement_nodes(graph):
        graph.clear()
        graph.load(input=make_marker(), format=_n_triples())
        old = ()
    _delete(graph, {make_statement_node(statement.id) for statement in old})
    _load(graph, new, records)
    _sweep(graph, _find_shared(old) - _find_shared(new[item.id] for item in old if item.id in new))


def _combine_with_stored(graph: Graph, repeated: Iterable[Statement]) -> tuple[list[Statement], dict[str, Statement]]:
    """What is stored of the statements, and what it becomes with the evidence of those that came again."""
    further = _combine_all(repeated)
    old = [item for node in map(make_statement_node, further) if (item := read_statement(graph, node)) is not None]
    return old, {item.id: _combine(item.evidence, further[item.id]) for item in old}


def _combine_all(statements: Iterable[Statement]) -> dict[str, Statement]:
    """By id; a statement that comes several times has all its evidence, each once."""
    combined: dict[str, Statement] = {}
    for statement in statements:
        known = combined.get(statement.id)
        combined[statement.id] = statement if known is None else _combine(known.evidence, statement)
    return combined


def _combine(evidence: Sequence[Evidence], statement: Statement) -> Statement:
    """The statement with further evidence put before its own."""
    known = set(evidence)
    return _restate(statement, (*evidence, *(item for item in statement.evidence if item not in known)))


def _restate(statement: Statement, evidence: tuple[Evidence, ...]) -> Statement:
    """The same statement on other evidence: belief and directness follow from it."""
    if evidence == statement.evidence:
        return statement
    return replace(statement, evidence=evidence, belief=compute_belief(evidence), direct=is_direct(evidence))


def _make_records(statements: Mapping[str, Statement]) -> dict[str, str]:
    """The record of each statement; made before anything in the graph is touched."""
    return {statement_id: make_record(statement) for statement_id, statement in statements.items()}


def _load(graph: Graph, statements: Mapping[str, Statement], records: Mapping[str, str]) -> None:
    """Adds statements with their records, a batch at a time."""
    ids = sorted(statements)
    for start in range(0, len(ids), _BATCH):
        lines: set[str] = set()
        for statement_id in ids[start : start + _BATCH]:
            lines.update(f"{s} {p} {o} ." for s, p, o in make_triples(statements[statement_id]))
            lines.add(f"{statement_iri(statement_id)} {term_iri(RECORD)} {make_literal(records[statement_id])} .")
        graph.load(input="\n".join(lines).encode(), format=_n_triples())


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
    """What the statements say of their ends and documents; other statements may say it too."""
    shared = set()
    for statement in statements:
        nodes = {agent_iri(agent) for agent in (statement.subject, statement.object) if agent}
        nodes |= {document_iri(evidence.document) for evidence in statement.evidence}
        shared |= {triple for triple in make_triples(statement) if triple[0] in nodes}
    return shared


def _sweep(graph: Graph, triples: Iterable[Triple]) -> None:
    """Takes out those of the triples that no statement says any more."""
    import pyoxigraph

    unsaid = "\n".join(f"{s} {p} {o} ." for s, p, o in triples if not _is_said(graph, (s, p, o)))
    for quad in pyoxigraph.parse(input=unsaid.encode(), format=_n_triples()):
        graph.remove(quad)


def _is_said(graph: Graph, triple: Triple) -> bool:
    """Whether any statement in the graph says it of one of its ends or documents."""
    node = make_node(triple[0])
    if find_subjects(graph, "oa:hasSource", node):
        return True
    nodes = find_subjects(graph, ENDS, node)
    if triple[2].startswith("<"):
        others = find_subjects(graph, ENDS, make_node(triple[2]))
        nodes = nodes & others if others else nodes
    statements = (read_statement(graph, node) for node in nodes)
    return any(triple in make_triples(statement) for statement in statements if statement is not None)


def _n_triples() -> pyoxigraph.RdfFormat:
    import pyoxigraph

    return pyoxigraph.RdfFormat.N_TRIPLES
