"""Statements that cannot both hold as they stand: opposed relations of the same ends, and a statement and its denial.

A contradiction is for a curator to judge: most are conditions ("in hypoxia"), some are errors of reading, some are
disputes. Those of most weight on both sides come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from sigmine.assembly.belief import compute_side_belief
from sigmine.assembly.refinements import Hierarchy, is_refinement, is_site_within
from sigmine.assembly.support import Support, count_support
from sigmine.assembly.vocabulary import find_term
from sigmine.model.statement import Agent, Evidence, Statement

Kind = Literal["polarity", "denial", "polarity_refined", "denial_refined"]
"""``polarity``: opposed relations (``opposes`` in ``rules/types.yml``) of the same ends. ``denial``: evidence for and
against one statement. ``_refined``: likewise, but one statement is about a member of the other's family or the like, or
says more than what is denied."""

KINDS: tuple[Kind, ...] = get_args(Kind)

Scope = Literal["documents", "document", "sentence"]
"""Where the two sides stand: in different documents, in different sentences of one, or all in one sentence, which then
mostly names the conditions of each."""

SCOPES: tuple[Scope, ...] = get_args(Scope)

KIND_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        "polarity": "opposed",
        "denial": "stated and denied",
        "polarity_refined": "opposed, of a member and its family or the like",
        "denial_refined": "stated, and denied of what is more general",
    }
)
"""What is shown to people."""

SCOPE_NAMES: Mapping[Scope, str] = MappingProxyType(
    {
        "documents": "in different documents",
        "document": "in one document",
        "sentence": "in one sentence: conditions?",
    }
)
"""What is shown to people."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what is said, by which evidence, surest first. ``belief`` is that of the side alone, 0 to 1."""

    statement: Statement
    evidence: tuple[Evidence, ...]
    belief: float
    denies: bool = False

    @property
    def support(self) -> Support:
        return count_support(self.evidence)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides, the better believed first.

    ``first`` and ``second`` are of one statement where it is a ``denial``, of two elsewhere.
    """

    kind: Kind
    scope: Scope
    first: Side
    second: Side

    @property
    def belief(self) -> float:
        """That of the weaker side: a contradiction is worth as much."""
        return self.second.belief

    @property
    def is_refined(self) -> bool:
        return self.kind.endswith("_refined")


def find_contradictions(
    statements: Iterable[Statement], hierarchy: Hierarchy | None = None
) -> tuple[Contradiction, ...]:
    """All contradictions, those to look at first in front.

    Those of the same ends stand before those of members and families, those between sentences before those within one;
    then the belief of the weaker side decides, then the sentences and papers on both sides.

    A denial of what names no subject ("AKT is not phosphorylated") contradicts no statement that names one: it is
    about a state. Only the evidence for a statement stands against an opposed one.
    """
    hierarchy = hierarchy or Hierarchy()
    listed = sorted(statements, key=lambda statement: statement.id)
    found = [*_find_denials(listed), *_find_pairs(listed, hierarchy)]
    return tuple(sorted(found, key=_rank))


def _find_denials(statements: Iterable[Statement]) -> Iterator[Contradiction]:
    for statement in statements:
        second = _take_side(statement, denies=True)
        first = _take_side(statement) if second else None  # most have no denial, and beliefs take time
        if first and second:
            yield _make("denial", first, second)


def _find_pairs(statements: Iterable[Statement], hierarchy: Hierarchy) -> Iterator[Contradiction]:
    """Pairs of statements whose ends are the same or belong to each other, by relation and subject."""
    index: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.subject is not None:
            index[statement.relation, statement.subject.key].append(statement)
    seen: set[tuple[str, str]] = set()
    for one in statements:
        if one.subject is None:
            continue
        for relation in sorted({one.relation, *find_term(one.relation).opposes}):
            for subject in (one.subject.key, *sorted(hierarchy.find_above(one.subject.key))):
                for other in index.get((relation, subject), ()):
                    first, second = sorted((one.id, other.id))
                    if first != second and (first, second) not in seen:
                        seen.add((first, second))
                        yield from _compare(one, other, hierarchy)


def _compare(one: Statement, other: Statement, hierarchy: Hierarchy) -> Iterator[Contradiction]:
    """The contradiction of two statements whose subjects go together, if there is one."""
    if one.relation == other.relation:
        for general, specific in ((one, other), (other, one)):
            denied = _take_side(general, denies=True)
            stated = _take_side(specific) if denied else None
            if stated and denied and is_refinement(specific, general, hierarchy):
                yield _make("denial_refined", stated, denied)
        return
    if not _go_together(one.object, other.object, hierarchy):
        return
    if not (is_site_within(one.site, other.site) or is_site_within(other.site, one.site)):
        return
    first, second = _take_side(one), _take_side(other)
    if first and second:
        same = one.object.key == other.object.key and _get_key(one.subject) == _get_key(other.subject)
        yield _make("polarity" if same else "polarity_refined", first, second)


def _go_together(one: Agent, other: Agent, hierarchy: Hierarchy) -> bool:
    return hierarchy.belongs(one.key, other.key) or hierarchy.belongs(other.key, one.key)


def _get_key(agent: Agent | None) -> str | None:
    return None if agent is None else agent.key


def _take_side(statement: Statement, *, denies: bool = False) -> Side | None:
    """The evidence for the statement, or against it; None where there is none."""
    chosen = [item for item in statement.evidence if item.mention.opposes == denies]
    if not chosen:
        return None
    chosen.sort(
        key=lambda item: (item.mention.hedged, -item.mention.prior, len(item.sentence), item.document, item.start)
    )
    return Side(statement, tuple(chosen), compute_side_belief(chosen), denies)


def _make(kind: Kind, one: Side, other: Side) -> Contradiction:
    first, second = (one, other) if one.belief >= other.belief else (other, one)
    return Contradiction(kind, _find_scope(one, other), first, second)


def _find_scope(one: Side, other: Side) -> Scope:
    sentences = {(item.document, item.start, item.end) for side in (one, other) for item in side.evidence}
    if len(sentences) == 1:
        return "sentence"
    return "document" if len({document for document, _, _ in sentences}) == 1 else "documents"


def _rank(found: Contradiction) -> tuple[object, ...]:
    counts = [count for side in (found.first, found.second) for count in (side.support.stated, side.support.against)]
    weight = sum(count.sentences for count in counts), sum(count.papers for count in counts)
    ids = found.first.statement.id, found.second.statement.id
    return found.is_refined, found.scope == "sentence", -round(found.belief, 3), -weight[0], -weight[1], ids
