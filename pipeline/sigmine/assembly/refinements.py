"""Which statement says more than which: a partial order, as INDRA has it (Gyori et al. 2017, Mol Syst Biol 13:954).

A statement refines another if it says the same or more in each respect, and more in one: the relation is the same or
below it (``parent`` in ``rules/types.yml``); an end is the same, or belongs to it; a subject is named and there it is
not; a site is given and there it is not, or the residue alone; it is direct and there indirect.

A member belongs to its family (``isa``). A part belongs to its complex (``partof``) only where it is a part of no
other: INDRA takes any, but what mTOR does may be mTORC1's or mTORC2's doing. What is denied refines by what it says,
as anything else does; its denials are no evidence for the general statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType

from sigmine.assembly.belief import compute_belief
from sigmine.assembly.vocabulary import find_term
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent, Evidence, Statement
from sigmine.resources.lexicon_tables import Membership, load_parents

FindParents = Callable[[str], Iterable[Membership]]
"""What a CURIE belongs to, one step up."""

_Key = tuple[str, str | None, str, str | None]


class Hierarchy:
    """What belongs to what, over any number of steps.

    Args:
        find_parents: one step; by default the lexicon's (FamPlex).
        any_whole: whether a part belongs to each complex that it is a part of, as in INDRA, or only to the only one.
    """

    def __init__(self, find_parents: FindParents | None = None, *, any_whole: bool = False) -> None:
        self._find_parents = find_parents or (lambda key: load_parents().get(key, ()))
        self._any_whole = any_whole
        self.find_above = lru_cache(maxsize=None)(self._collect)

    def belongs(self, key: str, other: str) -> bool:
        """Whether ``key`` (``Agent.key``) is the same as ``other`` or belongs to it."""
        return key == other or other in self.find_above(key)

    def _collect(self, key: str) -> frozenset[str]:
        """All that it belongs to, without itself; empty for a name without identity."""
        found: set[str] = set()
        waiting = [key]
        while waiting:
            for parent in self._list_parents(waiting.pop()):
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return frozenset(found - {key})

    def _list_parents(self, key: str) -> list[str]:
        memberships = list(self._find_parents(key))
        wholes = [one.parent for one in memberships if one.relation == "partof"]
        sure = wholes if self._any_whole or len(wholes) == 1 else []
        return [one.parent for one in memberships if one.relation != "partof"] + sure


@dataclass(frozen=True, slots=True)
class Refinements:
    """The direct edges: nothing stands between the two statements of one.

    Attributes:
        statements: by id, in the order given.
        general: for each id, the statements that it directly refines; empty if none.
        specific: for each id, those that directly refine it; empty if none.
    """

    statements: Mapping[str, Statement]
    general: Mapping[str, tuple[str, ...]]
    specific: Mapping[str, tuple[str, ...]]

    def find_all_specific(self, statement_id: str) -> list[str]:
        """All that refine it, over any number of steps; each once."""
        found: dict[str, None] = {}
        waiting = list(self.specific[statement_id])
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = None
                waiting += self.specific[one]
        return list(found)

    def collect_evidence(self, statement_id: str) -> list[Evidence]:
        """Its evidence, and what speaks for the statements that refine it: who says more says it too."""
        own = self.statements[statement_id].evidence
        more = (item for one in self.find_all_specific(statement_id) for item in self.statements[one].evidence)
        return [*own, *(item for item in more if not item.mention.opposes)]

    def compute_belief(self, statement_id: str) -> float:
        """The belief with the evidence of what refines it. The statement's own ``belief`` is from its own alone, so
        that it does not change when other statements come or go."""
        return compute_belief(self.collect_evidence(statement_id))


def find_refinements(statements: Iterable[Statement], hierarchy: Hierarchy | None = None) -> Refinements:
    """The order of the statements.

    Each looks up the few statements that it could refine by relation, ends and site, so the work grows with their
    number and the families of their ends, not with the square.
    """
    hierarchy = hierarchy or Hierarchy()
    by_id = {statement.id: statement for statement in statements}
    index: dict[_Key, list[Statement]] = {}
    for statement in by_id.values():
        index.setdefault(_make_key(statement), []).append(statement)
    above = {
        statement.id: {
            other.id: None
            for key in _list_general_keys(statement, hierarchy)
            for other in index.get(key, ())
            if is_refinement(statement, other, hierarchy)
        }
        for statement in by_id.values()
    }
    general = {one: tuple(_keep_direct(found, above)) for one, found in above.items()}
    specific: dict[str, list[str]] = {one: [] for one in by_id}
    for one, found in general.items():
        for other in found:
            specific[other].append(one)
    below = {one: tuple(found) for one, found in specific.items()}
    return Refinements(MappingProxyType(by_id), MappingProxyType(general), MappingProxyType(below))


def is_refinement(one: Statement, other: Statement, hierarchy: Hierarchy) -> bool:
    """Whether ``one`` says all that ``other`` says, and more."""
    return _covers(one, other, hierarchy) and not _covers(other, one, hierarchy)


def is_site_within(site: str | None, other: str | None) -> bool:
    """Whether the site is the same or says more: ``S473`` than ``S``, and either than None."""
    return other is None or site == other or (site is not None and len(other) == 1 and site.startswith(other))


def _covers(one: Statement, other: Statement, hierarchy: Hierarchy) -> bool:
    """Whether ``one`` says at least as much in each respect; reflexive and transitive, so the rest is an order."""
    if other.relation not in _list_relations(one.relation) or not is_site_within(one.site, other.site):
        return False
    if other.subject is not None and other.direct and not one.direct:
        return False
    ends = [(one.subject, one.object)]
    if one.relation in UNORDERED and one.subject is not None:
        ends.append((one.object, one.subject))
    return any(
        _is_within(subject, other.subject, hierarchy) and _is_within(object_, other.object, hierarchy)
        for subject, object_ in ends
    )


def _is_within(agent: Agent | None, other: Agent | None, hierarchy: Hierarchy) -> bool:
    return other is None or (agent is not None and hierarchy.belongs(agent.key, other.key))


def _list_general_keys(statement: Statement, hierarchy: Hierarchy) -> Iterator[_Key]:
    """The keys of all that the statement could refine, its own too."""
    subject, site = statement.subject, statement.site
    subjects = [None, *([] if subject is None else _list_identities(subject, hierarchy))]
    sites = dict.fromkeys((None, site, site[:1] if site else None))
    objects = _list_identities(statement.object, hierarchy)
    for relation, first, second, place in product(_list_relations(statement.relation), subjects, objects, sites):
        yield _order_key(relation, first, second, place)


def _list_identities(agent: Agent, hierarchy: Hierarchy) -> Sequence[str]:
    return [agent.key, *sorted(hierarchy.find_above(agent.key))]


@lru_cache(maxsize=256)
def _list_relations(relation: str) -> tuple[str, ...]:
    """The relation and those above it."""
    found = [relation]
    parent = find_term(relation).parent
    while parent is not None and parent not in found:
        found.append(parent)
        parent = find_term(parent).parent
    return tuple(found)


def _make_key(statement: Statement) -> _Key:
    subject = statement.subject.key if statement.subject else None
    return _order_key(statement.relation, subject, statement.object.key, statement.site)


def _order_key(relation: str, subject: str | None, object_: str, site: str | None) -> _Key:
    if relation in UNORDERED and subject is not None and object_ < subject:
        return relation, object_, subject, site
    return relation, subject, object_, site


def _keep_direct(found: Mapping[str, None], above: Mapping[str, Mapping[str, None]]) -> Iterator[str]:
    """Without those that another of them refines."""
    return (one for one in found if not any(one in above[other] for other in found))
