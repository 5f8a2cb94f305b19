"""Ways through the graph from one identity to another.

SPARQL's property paths tell whether there is a way, not which. So the graph is walked from both ends at once, a step
at a time, over the plain triples; what is denied has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sigmine.assembly.vocabulary import find_term, load_relation_terms, predicate_iri, term_iri
from sigmine.model.ids import UNORDERED
from sigmine.store.graph import Graph
from sigmine.store.result import QueryResult, make_table_result

MAX_PATHS = 25
_WIDTH = 200  # identities that one step goes on from
_CHOICE = 3  # times the limit: so many ways are compared by their belief
_NO_EFFECT = UNORDERED | {"part_of", "member_of"}
_COLUMNS = ("steps", "sign", "path", "belief")

Edge = tuple[str, str, str]
"""Subject, predicate and object of a plain triple."""

Path = tuple[Edge, ...]


def find_paths(graph: Graph, starts: Sequence[str], ends: Sequence[str], *, limit: int = MAX_PATHS) -> QueryResult:
    """At most ``limit`` ways of one to four steps, shortest first, then by belief.

    A row has the number of steps, the sign (``+`` raises, ``-`` lowers, ``?`` where a step such as a phosphorylation
    has no sign), the names with the relations between them, and the product of the best beliefs of the steps. No
    identity comes twice on a way. Of very many ways of one length, the first by identity are compared; of identities
    with more than 200 neighbours, 200 are gone on from.
    """
    found: list[Path] = []
    for path in _walk(graph, starts, ends):
        if (len(found) >= limit and len(path) > len(found[-1])) or len(found) >= _CHOICE * limit:
            break
        found.append(path)
    edges = sorted({edge for path in found for edge in path})
    beliefs = _find_beliefs(graph, edges)
    names = _find_names(graph, {node for edge in edges for node in (edge[0], edge[2])})
    rows = []
    for path in found:
        belief = 1.0
        for edge in path:
            belief *= beliefs.get(edge, 0.0)
        rows.append((len(path), _find_sign(path), _name_path(path, names), round(belief, 4)))
    rows.sort(key=lambda row: (row[0], -row[3], row[2]))
    return make_table_result(_COLUMNS, rows[:limit])


def _walk(graph: Graph, starts: Sequence[str], ends: Sequence[str]) -> Iterator[Path]:
    """All ways, shortest first; a further step is only looked up when a longer way is asked for."""
    first = _find_edges(graph, starts, forward=True)
    yield from sorted((edge,) for edge in first if edge[2] in ends and edge[0] != edge[2])
    last = _find_edges(graph, ends, forward=False)
    heads: list[Path] = [(edge,) for edge in first]
    tails: list[Path] = [(edge,) for edge in last]
    yield from _join(heads, tails)
    heads = _extend(heads, _find_edges(graph, {edge[2] for edge in first} - set(ends), forward=True))
    yield from _join(heads, tails)
    second = _find_edges(graph, {edge[0] for edge in last} - set(starts), forward=False)
    yield from _join(heads, _extend_back(tails, second))


def _join(heads: Iterable[Path], tails: Iterable[Path]) -> Iterator[Path]:
    by_start: dict[str, list[Path]] = {}
    for tail in tails:
        by_start.setdefault(tail[0][0], []).append(tail)
    joined = (head + tail for head in heads for tail in by_start.get(head[-1][2], ()))
    yield from sorted(path for path in joined if _is_simple(path))


def _extend(heads: Sequence[Path], edges: Iterable[Edge]) -> list[Path]:
    by_start: dict[str, list[Edge]] = {}
    for edge in edges:
        by_start.setdefault(edge[0], []).append(edge)
    return [path for head in heads for edge in by_start.get(head[-1][2], ()) if _is_simple(path := (*head, edge))]


def _extend_back(tails: Sequence[Path], edges: Iterable[Edge]) -> list[Path]:
    by_end: dict[str, list[Edge]] = {}
    for edge in edges:
        by_end.setdefault(edge[2], []).append(edge)
    return [path for tail in tails for edge in by_end.get(tail[0][0], ()) if _is_simple(path := (edge, *tail))]


def _is_simple(path: Path) -> bool:
    return len({path[0][0], *(edge[2] for edge in path)}) == len(path) + 1


def _find_edges(graph: Graph, nodes: Iterable[str], *, forward: bool) -> list[Edge]:
    kept = " ".join(sorted(nodes)[:_WIDTH])
    predicates = ", ".join(sorted(_load_predicates()))
    near, far = ("a", "b") if forward else ("b", "a")
    # A filter, not VALUES: the database would look up each pair of node and predicate.
    answer = graph.query(
        f"SELECT ?a ?p ?b {{ VALUES ?{near} {{ {kept} }} ?a ?p ?b FILTER(?p IN ({predicates}) && isIRI(?{far})) }}"
    )
    return [(f"<{row['a']['value']}>", f"<{row['p']['value']}>", f"<{row['b']['value']}>") for row in answer.bindings]


def _find_beliefs(graph: Graph, edges: Sequence[Edge]) -> dict[Edge, float]:
    """The best belief of each edge; all statements of a subject are gone through once, however many edges it has."""
    subject, predicate, object_ = (term_iri(f"rdf:{name}") for name in ("subject", "predicate", "object"))
    ends = ", ".join(sorted({edge[2] for edge in edges}))
    answer = graph.query(
        f"SELECT ?a ?p ?b (MAX(?belief) AS ?best) {{ VALUES ?a {{ {' '.join(sorted({edge[0] for edge in edges}))} }} "
        f"?s {subject} ?a ; {object_} ?b FILTER(?b IN ({ends})) "
        f"?s {predicate} ?p ; {term_iri('sigmine:belief')} ?belief }} GROUP BY ?a ?p ?b"
    )
    return {(f"<{row[0]}>", f"<{row[1]}>", f"<{row[2]}>"): float(row[3] or 0) for row in answer.rows}


def _find_names(graph: Graph, nodes: Iterable[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for node, name in graph.find_texts(term_iri("rdfs:label"), sorted(nodes)):
        names[node] = min(name, names.get(node, name))
    return names


@lru_cache(maxsize=1)
def _load_predicates() -> Mapping[str, str]:
    """The relations that have an effect, by predicate."""
    relations = [relation for relation in load_relation_terms() if relation not in _NO_EFFECT]
    return {predicate_iri(relation, direct=direct): relation for relation in relations for direct in (True, False)}


def _find_sign(path: Path) -> str:
    sign = 1
    for _, predicate, _ in path:
        sign *= find_term(_load_predicates()[predicate]).sign
    return {1: "+", -1: "-", 0: "?"}[sign]


def _name_path(path: Path, names: Mapping[str, str]) -> str:
    words = [names.get(path[0][0], path[0][0])]
    for _, predicate, node in path:
        words += [find_term(_load_predicates()[predicate]).label, names.get(node, node)]
    return " ".join(words)
