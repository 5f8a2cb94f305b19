"""What a picture of statements draws: the best-supported ones, and one line for each pair of ends and relation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sigmine.assembly.merge import sort_key
from sigmine.assembly.triples import find_written_names, is_denied, make_key
from sigmine.exports.drawing.look import Status, find_status
from sigmine.exports.graph import make_node_id
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Statement

_SITES = 6  # that a label shows; of more, the first and how many there are
_BEST: tuple[Status, ...] = ("stated", "indirect", "hedged")

NAMED_BY_END: frozenset[str] = frozenset({"activates", "inhibits", "phosphorylates", "binds"})
"""Relations that the end of a line says well enough, as the legend explains it; others are written on the line."""


@dataclass(frozen=True, slots=True)
class Line:
    """Statements of one pair of ends and one relation, which differ in their sites.

    Attributes:
        start, end: node ids (``make_node_id``).
        relation: its name, as in ``rules/types.yml``.
        sites: residues in order of their position, each once.
        evidence: pieces of evidence that support it, at least 1.
        status: how its best statement is said; never ``denied``.
    """

    start: str
    end: str
    relation: str
    sites: tuple[str, ...]
    evidence: int
    status: Status

    @property
    def label(self) -> tuple[str, ...]:
        """Rows of words: the relation where the line's end does not tell it, then the sites, two in a row."""
        shown = (
            self.sites if len(self.sites) <= _SITES else (*self.sites[: _SITES - 1], f"+{len(self.sites) - _SITES + 1}")
        )
        rows = [", ".join(shown[index : index + 2]) for index in range(0, len(shown), 2)]
        named = [] if self.relation in NAMED_BY_END else [self.relation.replace("_", " ")]
        return (*named, *(f"{row}," for row in rows[:-1]), *rows[-1:])


def is_drawn(statement: Statement) -> bool:
    """Whether a picture can show it: it names a subject, and not all evidence denies it."""
    return statement.subject is not None and not is_denied(statement)


def choose_statements(statements: Iterable[Statement], limit: int, centre: Collection[str] = ()) -> list[Statement]:
    """At most so many of those that a picture can show: those with most evidence, then those most believed.

    Args:
        centre: node ids; if there are any, what is nearer to them goes before what has more evidence.
    """
    drawn = sorted(filter(is_drawn, statements), key=sort_key)
    steps = _count_steps(drawn, centre)
    far = len(steps) + 1

    def rank(statement: Statement) -> tuple[float, ...]:
        ends = [make_node_id(end) for end in statement.ends]
        return min(steps.get(end, far) for end in ends), -_count_support(statement), -statement.belief

    return sorted(sorted(drawn, key=rank)[:limit], key=sort_key)


def find_centre(statements: Iterable[Statement], names: Collection[str]) -> set[str]:
    """The ids of the nodes that have one of the names: standard, of the texts, or CURIE, in any case of letters."""
    wanted = {make_key(name) for name in names}
    found: set[str] = set()
    for statement in statements if wanted else ():
        for end in (statement.subject, statement.object):
            if end is not None:
                known = {end.name, end.curie or "", *find_written_names(end, statement.evidence)}
                if wanted & {make_key(name) for name in known}:
                    found.add(make_node_id(end))
    return found


def make_lines(statements: Iterable[Statement]) -> list[Line]:
    """The lines, sorted by ends and relation; what cannot be drawn (``is_drawn``) is left out."""
    groups: dict[tuple[str, str, str], list[Statement]] = {}
    for statement in sorted(filter(is_drawn, statements), key=sort_key):
        if statement.subject is not None:
            key = (make_node_id(statement.subject), make_node_id(statement.object), statement.relation)
            groups.setdefault(key, []).append(statement)
    return [_make_line(*key, group) for key, group in sorted(groups.items())]


def _make_line(start: str, end: str, relation: str, group: Sequence[Statement]) -> Line:
    if relation in UNORDERED and end < start:
        start, end = end, start
    statuses = {find_status(statement) for statement in group}
    return Line(
        start=start,
        end=end,
        relation=relation,
        sites=tuple(dict.fromkeys(statement.site for statement in group if statement.site)),
        evidence=max(1, sum(_count_support(statement) for statement in group)),
        status=next(status for status in _BEST if status in statuses),
    )


def _count_support(statement: Statement) -> int:
    return sum(not item.mention.opposes for item in statement.evidence)


def _count_steps(statements: Sequence[Statement], centre: Collection[str]) -> dict[str, int]:
    """How many edges lie between the centre and each node that can be reached from it, whatever their direction."""
    near: dict[str, set[str]] = {}
    for statement in statements:
        if statement.subject is not None:
            one, two = make_node_id(statement.subject), make_node_id(statement.object)
            near.setdefault(one, set()).add(two)
            near.setdefault(two, set()).add(one)
    steps = dict.fromkeys(centre, 0)
    edge, distance = set(steps), 0
    while edge:
        distance += 1
        edge = {other for node in edge for other in near.get(node, ())} - steps.keys()
        steps |= dict.fromkeys(edge, distance)
    return steps
