"""Changing a graph: statements in, the evidence of a document out, and nothing left behind that no statement says.

What changes is found out first and then done by one update, so that the graph has the old statements or the new ones
whenever it is asked, also after the process was killed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from typing import Any

from sigmine.assembly.merge import restate
from sigmine.assembly.provenance import make_run_triples
from sigmine.assembly.terms import Triple, make_literal
from sigmine.assembly.triples import agent_iri, document_iri, make_triples, statement_iri
from sigmine.assembly.vocabulary import term_iri
from sigmine.model.statement import Evidence, Statement
from sigmine.store.bulk import load_statements, make_record
from sigmine.store.claim import claim_endpoint
from sigmine.store.graph import EmbeddedGraph, Graph
from sigmine.store.lookup import ENDS, RECORD, has_statements, read_statements
from sigmine.store.opening import FORMAT_VERSION, UNFINISHED, make_format_update

_BULK = 500  # statements from which on the bulk loader pays
_REQUEST = 2_000  # pieces of evidence for one request to an endpoint, unless a single document has more
_HAS_EVIDENCE = term_iri("sigmine:evidence")
_SOURCE = term_iri("oa:hasSource")
_DOCUMENTS = document_iri("")[:-1]
_CHILDREN = "|".join(map(term_iri, ("oa:hasSelector", "cito:citesAsEvidence")))


def add_statements(graph: Graph, statements: Iterable[Statement], *, replacing: Collection[str] = ()) -> None:
    """Adds statements and takes out all other evidence from the documents of ``replacing``, in one update.

    Of a statement that is there already, the evidence from the documents that the new one names goes. To an endpoint,
    much is sent in several updates, each with whole documents.

    Raises:
        StoreError: if a statement has characters that are no text; nothing is changed then.
    """
    stream = iter(statements)
    head = list(islice(stream, _BULK))
    if len(head) == _BULK and isinstance(graph, EmbeddedGraph) and not has_statements(graph):
        _fill(graph, chain(head, stream))
        return
    incoming = _combine_all(chain(head, stream))
    if isinstance(graph, EmbeddedGraph):
        _write(graph, incoming, frozenset(replacing))
        return
    _make_records(incoming)  # fails before anything is asked or changed
    with claim_endpoint(graph):
        for documents, group in _group_documents(incoming, replacing):
            _write(graph, group, documents & frozenset(replacing))


def add_run(graph: Graph, manifest: Mapping[str, Any]) -> None:
    """Says what a run was (``sigmine.manifest``). It stays when its evidence goes: the run has been."""
    graph.load(sorted({f"{s} {p} {o} ." for s, p, o in make_run_triples(manifest)}))


def _fill(graph: EmbeddedGraph, statements: Iterable[Statement]) -> None:
    """Fills a graph that holds no statement, without keeping the statements in memory; a failure empties it again."""
    database = graph.get_database()
    before = list(database)  # no statement is among it: a few hundred triples
    with ExitStack() as undoing:
        undoing.callback(database.extend, before)
        undoing.callback(database.clear)
        graph.update(make_format_update(str(FORMAT_VERSION), UNFINISHED))
        repeated = _combine_all(load_statements(database, statements))
        old = {item.id: item for item in read_statements(graph, map(statement_iri, repeated))}
        _replace(graph, old, {key: _combine(item.evidence, repeated[key]) for key, item in old.items()})
        undoing.pop_all()
    graph.update(make_format_update(UNFINISHED, str(FORMAT_VERSION)))
    graph.optimize()


def _group_documents(
    incoming: Mapping[str, Statement], replacing: Collection[str]
) -> Iterator[tuple[frozenset[str], dict[str, Statement]]]:
    """Documents that are written together, with the statements as far as these documents make them."""
    sizes = dict.fromkeys(sorted(replacing), 0)
    for statement in incoming.values():
        for evidence in statement.evidence:
            sizes[evidence.document] = sizes.get(evidence.document, 0) + 1
    groups: list[set[str]] = []
    room = 0
    for document, size in sizes.items():
        if not groups or size > room:
            groups.append(set())
            room = _REQUEST
        groups[-1].add(document)
        room -= size
    if len(groups) <= 1:
        yield frozenset(sizes), dict(incoming)
        return
    bare = {item.id: item for item in incoming.values() if not item.evidence}
    for group in groups:
        parts = {
            item.id: restate(item, tuple(evidence for evidence in item.evidence if evidence.document in group))
            for item in incoming.values()
            if any(evidence.document in group for evidence in item.evidence)
        }
        yield frozenset(group), {**bare, **parts}
        bare = {}


def _write(graph: Graph, incoming: Mapping[str, Statement], replacing: frozenset[str]) -> None:
    old = {item.id: item for item in read_statements(graph, _find_touched(graph, incoming, replacing))}
    final = dict(incoming)
    for known in old.values():
        new = incoming.get(known.id)
        documents = replacing | {item.document for item in new.evidence} if new else replacing
        rest = [item for item in known.evidence if item.document not in documents]
        if new is not None:
            final[known.id] = _combine(rest, new)
        elif rest:
            final[known.id] = restate(known, tuple(rest))
    _replace(graph, old, final)


def _replace(graph: Graph, old: dict[str, Statement], final: dict[str, Statement]) -> None:
    """Takes the old statements out and the final ones in, in one update."""
    unchanged = {key for key, item in old.items() if final.get(key) == item}
    old = {key: item for key, item in old.items() if key not in unchanged}
    final = {key: item for key, item in final.items() if key not in unchanged}
    if not old and not final:
        return
    records = _make_records(final)
    if old or not isinstance(graph, EmbeddedGraph):
        graph.update(_make_update(graph, old, final, records))
    else:
        graph.load(_make_lines(final, records))


def _find_touched(graph: Graph, incoming: Mapping[str, Statement], replacing: frozenset[str]) -> set[str]:
    """The statements that may change."""
    if not has_statements(graph):
        return set()
    nodes = set(map(statement_iri, incoming))
    for document in sorted(replacing):
        nodes |= _find_document_statements(graph, document_iri(document))
    return nodes


def _find_document_statements(graph: Graph, document: str) -> set[str]:
    answer = graph.query(f"SELECT DISTINCT ?s {{ ?e {_SOURCE} {document} . ?s {_HAS_EVIDENCE} ?e }}")
    return {f"<{row['s']['value']}>" for row in answer.bindings}


def _make_update(
    graph: Graph, old: Mapping[str, Statement], new: Mapping[str, Statement], records: Mapping[str, str]
) -> str:
    """The statements with their evidence out, and what they alone said of their ends and documents; the new ones in."""
    operations = []
    if old:
        values = f"VALUES ?s {{ {' '.join(map(statement_iri, sorted(old)))} }}"
        evidence = f"{values} ?s {_HAS_EVIDENCE} ?e ."
        operations += [
            f"DELETE {{ ?n ?p ?o }} WHERE {{ {evidence} ?e {_CHILDREN} ?n . ?n ?p ?o }}",
            f"DELETE {{ ?e ?p ?o }} WHERE {{ {evidence} ?e ?p ?o }}",
            f"DELETE {{ ?s ?p ?o }} WHERE {{ {values} ?s ?p ?o }}",
        ]
    unsaid = _find_unsaid(graph, set(map(statement_iri, old)), _find_shared(old.values()) - _find_shared(new.values()))
    if unsaid:
        operations.append("DELETE DATA {\n" + "\n".join(f"{s} {p} {o} ." for s, p, o in sorted(unsaid)) + "\n}")
    if new:
        operations.append("INSERT DATA {\n" + "\n".join(_make_lines(new, records)) + "\n}")
    return " ;\n".join(operations)


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
    return restate(statement, (*evidence, *(item for item in statement.evidence if item not in known)))


def _make_records(statements: Mapping[str, Statement]) -> dict[str, str]:
    """The record of each statement; made before anything in the graph is touched."""
    return {statement_id: make_record(statement) for statement_id, statement in statements.items()}


def _make_lines(statements: Mapping[str, Statement], records: Mapping[str, str]) -> list[str]:
    """The triples of the statements as N-Triples, each once, with their records."""
    lines: set[str] = set()
    for statement_id, statement in statements.items():
        lines.update(f"{s} {p} {o} ." for s, p, o in make_triples(statement))
        lines.add(f"{statement_iri(statement_id)} {RECORD} {make_literal(records[statement_id])} .")
    return sorted(lines)


def _find_shared(statements: Iterable[Statement]) -> set[Triple]:
    """What the statements say of their ends and documents; other statements may say it too."""
    shared = set()
    for statement in statements:
        nodes = {agent_iri(agent) for agent in statement.ends}
        nodes |= {document_iri(evidence.document) for evidence in statement.evidence}
        shared |= {triple for triple in make_triples(statement) if triple[0] in nodes}
    return shared


def _find_unsaid(graph: Graph, leaving: set[str], triples: set[Triple]) -> set[Triple]:
    """Those of the triples that no statement says but those that leave."""
    by_node: dict[str, set[Triple]] = {}
    for triple in triples:
        by_node.setdefault(triple[0], set()).add(triple)
    unsaid: set[Triple] = set()
    for node, mine in by_node.items():
        if node.startswith(_DOCUMENTS):
            if not _find_document_statements(graph, node) - leaving:
                unsaid |= mine
            continue
        for other in read_statements(graph, graph.find_subjects(ENDS, [node]) - leaving):
            mine -= set(make_triples(other))
            if not mine:
                break
        unsaid |= mine
    return unsaid
