"""What is drawn: molecules with their best supported neighbours, and what is stated between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sigmine.explorer.view import View, find_iri, make_candidate_query, make_patterns
from sigmine.store import StatementStore

FIRST = 60
"""Molecules around the first that is opened, itself included."""

NEXT = 20
"""Neighbours that each further one brings."""

MAX_NODES = 200
MAX_STATEMENTS = 250
"""What is drawn at most, however much is opened; what is stated of the focus before the rest."""

MAX_LISTED = 2_000
"""Statements of a store that are looked at where no molecule is opened."""

_OVERVIEW = 40  # statements that are drawn where nothing is opened


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What is drawn of a store.

    Attributes:
        statements: ids, those of most evidence first.
        hidden_molecules: how many neighbours of the focus fit the view and are not drawn.
        hidden_statements: how many statements of the focus fit the view and are not drawn.
        unknown: keys of the focus that the store does not have.
    """

    statements: tuple[str, ...]
    hidden_molecules: int = 0
    hidden_statements: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of statements in order; ``complete`` is False where the store may have more that fit."""

    ids: tuple[str, ...]
    complete: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    statement: str
    focus: str
    other: str
    belief: float
    evidence: int


def find_neighbourhood(store: StatementStore, view: View) -> Neighbourhood:
    """The best supported neighbours of the view's focus, with all statements between those drawn.

    A neighbour counts by the evidence that fits the view, then by belief. Without a focus: the best supported
    statements of all.

    Raises:
        StoreError: if the store fails.
    """
    if not view.focus:
        found = find_statements(store, view).ids
        return Neighbourhood(found[:_OVERVIEW], hidden_statements=max(0, len(found) - _OVERVIEW))
    focus = [find_iri(key)[1:-1] for key in view.focus]
    rows = _find_rows(store, view, focus)
    known = {row.focus for row in rows}
    unknown = tuple(
        key for key, iri in zip(view.focus, focus, strict=True) if iri not in known and not store.find_identities(key)
    )
    drawn = _choose_nodes(focus, rows)
    between = _find_between(store, view, [iri for iri in drawn if iri not in focus])
    kept: dict[str, _Row] = {}
    for row in [*rows, *between]:
        if row.other in drawn or not row.other:
            kept.setdefault(row.statement, row)
    touching = {row.statement for row in rows}
    # What is stated of the focus goes before what its neighbours do among themselves.
    chosen = sorted(kept.values(), key=lambda row: (row.statement not in touching, _rank(row)))[:MAX_STATEMENTS]
    shown = {row.statement for row in chosen}
    return Neighbourhood(
        tuple(row.statement for row in sorted(chosen, key=_rank)),
        len({row.other for row in rows if row.other} - drawn),
        len(touching - shown),
        unknown,
    )


def find_statements(store: StatementStore, view: View) -> Found:
    """The statements that fit the view, those of most evidence first, then by belief.

    Raises:
        StoreError: if the store fails.
    """
    if view.statement:
        return Found((view.statement,))
    if view.focus:
        rows = _find_rows(store, view, [find_iri(key)[1:-1] for key in view.focus])
        return _order(rows, complete=True)
    candidates = store.query(make_candidate_query(view, MAX_LISTED))
    # Asked in two steps: in one, the database goes through all the evidence of the store.
    names = " ".join(f"?{name}" for name in candidates.variables)
    values = " ".join(f"({' '.join(f'<{iri}>' for iri in row)})" for row in candidates.rows)
    answer = store.query(
        f"SELECT ?s ?belief (COUNT(?e) AS ?n) {{ VALUES ({names}) {{ {values} }} ?s sigmine:belief ?belief . "
        f"{make_patterns(view)} }} GROUP BY ?s ?belief"
    )
    rows = [_make_row((row[0], "", "", row[1], row[2])) for row in answer.rows]
    return _order(rows, complete=len(candidates.rows) < MAX_LISTED)


def _order(rows: Iterable[_Row], *, complete: bool) -> Found:
    ordered = sorted({row.statement: row for row in rows}.values(), key=_rank)
    return Found(tuple(row.statement for row in ordered), complete)


def _find_rows(store: StatementStore, view: View, focus: Sequence[str]) -> list[_Row]:
    """The statements of the molecules, one row for each end that is one of them."""
    values = " ".join(f"<{iri}>" for iri in focus)
    found = []
    for near, far in (("rdf:subject", "rdf:object"), ("rdf:object", "rdf:subject")):
        other = f"?s {far} ?other ." if far == "rdf:object" else f"OPTIONAL {{ ?s {far} ?other }}"
        answer = store.query(
            f"SELECT ?s ?focus ?other ?belief (COUNT(?e) AS ?n) {{ VALUES ?focus {{ {values} }} "
            f"?s {near} ?focus . {other} ?s sigmine:belief ?belief . {make_patterns(view)} }} "
            "GROUP BY ?s ?focus ?other ?belief"
        )
        found += [_make_row(row) for row in answer.rows]
    return found


def _find_between(store: StatementStore, view: View, nodes: Sequence[str]) -> list[_Row]:
    if len(nodes) < 2:
        return []
    ends = [f"<{iri}>" for iri in nodes]
    answer = store.query(
        f"SELECT ?s ?focus ?other ?belief (COUNT(?e) AS ?n) {{ VALUES ?focus {{ {' '.join(ends)} }} "
        f"?s rdf:subject ?focus ; rdf:object ?other FILTER(?other IN ({', '.join(ends)})) ?s sigmine:belief ?belief . "
        f"{make_patterns(view)} }} GROUP BY ?s ?focus ?other ?belief"
    )
    return [_make_row(row) for row in answer.rows]


def _make_row(row: Sequence[object]) -> _Row:
    other = "" if row[2] is None else str(row[2])
    return _Row(_get_id(row[0]), str(row[1]), other, float(str(row[3])), int(str(row[4])))


def _get_id(iri: object) -> str:
    return str(iri).rpartition("/")[2]


def _rank(row: _Row) -> tuple[int, float, str]:
    return -row.evidence, -row.belief, row.statement


def _choose_nodes(focus: Sequence[str], rows: Iterable[_Row]) -> set[str]:
    """The focus and, of each molecule in it, the neighbours of most evidence."""
    support: dict[str, dict[str, tuple[int, float]]] = {iri: {} for iri in focus}
    for row in rows:
        if row.other:
            evidence, belief = support[row.focus].get(row.other, (0, 0.0))
            support[row.focus][row.other] = (evidence + row.evidence, max(belief, row.belief))
    drawn = set(focus)
    for number, iri in enumerate(focus):
        others = [(-evidence, -belief, other) for other, (evidence, belief) in support[iri].items()]
        ranked = [other for _, _, other in sorted(others) if other not in drawn]
        room = min(NEXT if number else FIRST - len(focus), MAX_NODES - len(drawn))
        drawn |= set(ranked[: max(room, 0)])
    return drawn
