"""Evidence taken together: one statement for each relation, pair of ends and site."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sigmine.assembly.belief import compute_belief
from sigmine.model.entity import Entity
from sigmine.model.ids import UNORDERED, make_statement_id
from sigmine.model.statement import Agent, Evidence, Statement

Key = tuple[str, str | None, str, str | None]
"""Relation, keys of subject and object, site: evidence of the same is evidence for one statement."""


class SortedStatements(ABC):
    """Statements in the order of ``sort_key``, which can be gone through again and again."""

    @abstractmethod
    def __iter__(self) -> Iterator[Statement]: ...

    @abstractmethod
    def __len__(self) -> int: ...


class _SortedList(SortedStatements):
    def __init__(self, statements: Iterable[Statement]) -> None:
        self._statements = sorted(statements, key=sort_key)

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._statements)

    def __len__(self) -> int:
        return len(self._statements)


def assemble(evidences: Iterable[Evidence]) -> tuple[Statement, ...]:
    """All statements that the evidence makes, sorted by relation, names of the ends, and site.

    Ends are the same where their CURIEs are, or without one, their type and name. A mention with several sites counts
    for each of them; one without a site for the statement without a site only. Sites are the same where they are the
    same residue of the reference sequence (``Site.standard_name``), as are S217 and S218 of MAP2K1. The order of the
    evidence of a statement is the order given; nothing else of the result depends on that order.
    """
    groups: dict[Key, list[Evidence]] = {}
    for evidence in evidences:
        for key in make_keys(evidence):
            groups.setdefault(key, []).append(evidence)
    return tuple(sorted((make_statement(key, group) for key, group in groups.items()), key=sort_key))


def sort_key(statement: Statement) -> tuple[str | int, ...]:
    """The order of statements wherever they are listed; ``S9`` stands before ``S21``."""
    subject, site = statement.subject, statement.site
    match = re.fullmatch(r"(\D*)(\d*)", site or "")
    residue, position = match.groups() if match else (site or "", "")
    return (
        statement.relation,
        subject.name.casefold() if subject else "",
        statement.object.name.casefold(),
        residue,
        int(position or 0),
        statement.id,
    )


def sort_statements(statements: Iterable[Statement]) -> SortedStatements:
    """The statements in the order of ``sort_key``; those that are in it already are not held in memory."""
    return statements if isinstance(statements, SortedStatements) else _SortedList(statements)


def _make_agent(entity: Entity) -> Agent:
    return Agent(entity.name, entity.type, entity.curie)


def _make_ends(evidence: Evidence) -> tuple[Agent | None, Agent]:
    """Subject and object; of an unordered relation, the ends sorted by identity."""
    mention = evidence.mention
    subject = _make_agent(mention.subject) if mention.subject else None
    object_ = _make_agent(mention.object)
    if subject and mention.relation in UNORDERED and object_.key < subject.key:
        return object_, subject
    return subject, object_


def make_keys(evidence: Evidence) -> Iterator[Key]:
    """What the evidence counts for: relation, both ends and site of each statement."""
    subject, object_ = _make_ends(evidence)
    names: dict[str | None, None] = {site.standard_name: None for site in evidence.mention.sites}
    for site in names or {None: None}:
        yield evidence.mention.relation, subject.key if subject else None, object_.key, site


def make_statement(key: Key, group: Sequence[Evidence]) -> Statement:
    """The statement that evidence of one key makes.

    Raises:
        ValueError: if there is none.
    """
    relation, _, _, site = key
    ends = [_make_ends(evidence) for evidence in group]
    subject = _find_commonest([subject for subject, _ in ends if subject])
    object_ = _find_commonest([object_ for _, object_ in ends])
    if object_ is None:
        raise ValueError(f"A group of evidence for {relation!r} is empty.")
    return Statement(
        id=make_statement_id(relation, subject, object_, site),
        relation=relation,
        subject=subject,
        object=object_,
        site=site,
        evidence=tuple(group),
        belief=compute_belief(group),
        direct=is_direct(group),
    )


def is_direct(evidence: Sequence[Evidence]) -> bool:
    """Whether any evidence says so; evidence that denies the statement is asked only where there is no other."""
    supporting = [item for item in evidence if not item.mention.opposes] or evidence
    return any(item.mention.direct for item in supporting)


def restate(statement: Statement, evidence: Sequence[Evidence]) -> Statement:
    """The same statement on other evidence: belief and directness follow from it."""
    if tuple(evidence) == statement.evidence:
        return statement
    return replace(statement, evidence=tuple(evidence), belief=compute_belief(evidence), direct=is_direct(evidence))


def _find_commonest(agents: Sequence[Agent]) -> Agent | None:
    """The form of one identity that stands most often, the first by name among equals; None of an empty list."""
    counts = Counter(agents)
    return min(counts, key=lambda agent: (-counts[agent], agent.name, agent.type), default=None)
