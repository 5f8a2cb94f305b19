"""Our statements beside those of others: known, refined, conflicting, new and missed.

Two claims are the same where relation, identities of the ends and site are. How they stand to each other otherwise is
the partial order of INDRA's refinements [Gyori et al. 2017], over families, parts of complexes, sites and unnamed ends.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sigmine.assembly.vocabulary import find_term
from sigmine.known.claims import Claim, Key, identify
from sigmine.known.specificity import Order, compare_claims, compare_sites, find_narrower, find_wider
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent

Class = Literal["known", "refined", "conflicting", "new", "missed"]
Direction = Literal["ours", "theirs", "each"]
CLASSES: tuple[Class, ...] = ("known", "refined", "conflicting", "new", "missed")


@dataclass(frozen=True, slots=True)
class Finding:
    """One of our statements with theirs that it meets, or one of theirs that none of ours meets.

    Attributes:
        kind: one of ``CLASSES``.
        ours: None of what is missed.
        theirs: the rows, those of one statement one after another; empty of what is new.
        direction: of what is refined, who says more: ``ours``, ``theirs``, or ``each`` in another aspect.
        why: of what is refined, the aspects that differ (``site``, ``subject``, ``object``); of what conflicts
            ``opposite``, ``denied by us`` or ``denied by them``.
        here: of what is missed, whether each end is one of the ends of our output.
    """

    kind: Class
    ours: Claim | None = None
    theirs: tuple[Claim, ...] = ()
    direction: Direction | None = None
    why: tuple[str, ...] = ()
    here: bool = True

    @property
    def relation(self) -> str:
        return (self.ours or self.theirs[0]).relation


@dataclass(frozen=True, slots=True)
class Count:
    """The numbers of one relation; ``missed`` are those whose ends our output has, ``missed_anywhere`` all."""

    relation: str
    ours: int
    known: int
    refined: int
    conflicting: int
    new: int
    theirs: int
    missed: int
    missed_anywhere: int


@dataclass(frozen=True, slots=True)
class KnownComparison:
    """What ``compare_with_known`` returns: findings in the order of our output, then those missed in their order."""

    findings: tuple[Finding, ...]
    counts: tuple[Count, ...]

    def select(self, kind: str, *, anywhere: bool = False) -> tuple[Finding, ...]:
        """The findings of a class; of those missed only those whose ends our output has, unless ``anywhere``."""
        return tuple(one for one in self.findings if one.kind == kind and (one.here or anywhere))


def compare_with_known(
    ours: Iterable[Claim], theirs: Iterable[Claim], *, min_belief: float = 0.0, relations: Collection[str] = ()
) -> KnownComparison:
    """Sort our statements, and theirs that none of ours meets, into ``CLASSES``.

    An end of theirs without an identity, and a chemical with one that none of ours has (databases of drugs overlap), is
    the one of ours that has its name, where one has.

    The first that holds counts: the same is there (known); theirs says the opposite of the same ends, or one side
    denies what the other says (conflicting); one is more specific (refined); none of these (new).

    Args:
        min_belief: leaves out ours below it; theirs stay.
        relations: only these, of both; empty for all.
    """
    every = list(ours)
    here = {end for claim in every for end in _list_ends(claim)}
    mine = [one for one in every if one.belief >= min_belief and (not relations or one.relation in relations)]
    index = _Index(_lend_identities(every, theirs))
    met: set[Key] = set()
    findings = [_judge(claim, index, met) for claim in mine]
    for key, group in index.groups.items():
        if key not in met and (not relations or key[0] in relations):
            findings.append(Finding("missed", theirs=tuple(group), here=set(_list_ends(group[0])) <= here))
    kept = Counter(key[0] for key in index.groups if not relations or key[0] in relations)
    return KnownComparison(tuple(findings), _count(findings, Counter(one.relation for one in mine), kept))


def _list_ends(claim: Claim) -> Iterator[str]:
    yield from (identify(end) for end in (claim.subject, claim.object) if end is not None)


def _lend_identities(ours: Iterable[Claim], theirs: Iterable[Claim]) -> Iterator[Claim]:
    """Theirs, with our identities for ends that are known by name only, where one of ours alone has that name."""
    names: dict[str, dict[str, Agent]] = defaultdict(dict)
    here: set[str] = set()
    for claim in ours:
        for end in (claim.subject, claim.object):
            if end is not None:
                names[end.name.casefold()].setdefault(identify(end), end)
                here.add(identify(end))

    def lend(end: Agent) -> Agent:
        if end.curie is not None and (end.type != "CHEMICAL" or end.curie in here):
            return end
        known = list(names.get(end.name.casefold(), {}).values())
        sure = [one for one in known if one.curie is not None] or known
        return sure[0] if len(sure) == 1 else end

    for claim in theirs:
        subject, object = claim.subject and lend(claim.subject), lend(claim.object)
        kept = subject is claim.subject and object is claim.object
        yield claim if kept else replace(claim, subject=subject, object=object)


class _Index:
    """Their claims by what makes them the same, and by relation and object."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self.groups: dict[Key, list[Claim]] = defaultdict(list)
        self._places: dict[tuple[str, str], dict[str | None, list[Key]]] = {}
        for claim in claims:
            key = claim.key
            if key not in self.groups:
                relation, subject, object, _ = key
                self._add(relation, subject, object, key)
                if relation in UNORDERED and subject is not None and subject != object:
                    self._add(relation, object, subject, key)
            self.groups[key].append(claim)

    def _add(self, relation: str, subject: str | None, object: str, key: Key) -> None:
        self._places.setdefault((relation, object), {}).setdefault(subject, []).append(key)

    def find_related(self, claim: Claim) -> Iterator[tuple[Key, dict[str, Order]]]:
        """Those of the same relation that say more or less of the same, with the order of each aspect; each once."""
        relation, subject, object, _ = key = claim.key
        objects = {object, *find_wider(object), *find_narrower(object)}
        subjects = None if subject is None else {subject, *find_wider(subject), *find_narrower(subject)}
        seen = {key}
        for one in sorted(objects):
            for other, keys in self._places.get((relation, one), {}).items():
                if subjects is None or other is None or other in subjects:
                    for found in keys:
                        orders = None if found in seen else compare_claims(claim, self.groups[found][0])
                        seen.add(found)
                        if orders is not None:
                            yield found, orders

    def find_opposite(self, claim: Claim) -> Iterator[Key]:
        """Those of the same ends that say the opposite and are not denied; where both name a site, of the same."""
        subject, object = claim.key[1:3]
        if subject is None:
            return
        for relation in sorted(find_term(claim.relation).opposes):
            for key in self._places.get((relation, object), {}).get(subject, ()):
                if not self.is_denied(key) and compare_sites(claim.site, key[3]) is not None:
                    yield key

    def is_denied(self, key: Key) -> bool:
        return all(claim.denied for claim in self.groups[key])


def _judge(claim: Claim, index: _Index, met: set[Key]) -> Finding:
    key = claim.key
    related = dict(index.find_related(claim))
    same = [key] if key in index.groups else []
    if same and index.is_denied(key) == claim.denied:
        met.update(same, _list_agreeing(claim, related, index))
        return Finding("known", claim, _list_rows(index, same))
    against = list(_list_denials(claim, [*same, *related], index))
    opposite = [] if claim.denied else list(index.find_opposite(claim))
    if against or opposite:
        met.update(against, opposite)
        why = ("opposite",) if not against else ("denied by us",) if claim.denied else ("denied by them",)
        return Finding("conflicting", claim, _list_rows(index, [*against, *opposite]), why=why)
    agreeing = _list_agreeing(claim, related, index)
    if not agreeing:
        return Finding("new", claim)
    met.update(agreeing)
    return _make_refined(claim, agreeing, related, index)


def _list_agreeing(claim: Claim, related: dict[Key, dict[str, Order]], index: _Index) -> list[Key]:
    """Those that say more or less of the same; a denial of a part is none of the whole, so denials are not compared."""
    return [] if claim.denied else [key for key in related if not index.is_denied(key)]


def _list_denials(claim: Claim, keys: Iterable[Key], index: _Index) -> Iterator[Key]:
    """Those that cannot hold beside the claim: who denies the wider denies the narrower, not the reverse.

    What is denied of a complex may hold of its part, if that is a part of other complexes too.
    """
    for key in keys:
        if index.is_denied(key) != claim.denied:
            orders = compare_claims(claim, index.groups[key][0], sure=True)
            more = -1 if claim.denied else 1  # Who asserts says as much or more, in every aspect.
            if orders is not None and all(order in (0, more) for order in orders.values()):
                yield key


def _make_refined(claim: Claim, keys: Sequence[Key], related: dict[Key, dict[str, Order]], index: _Index) -> Finding:
    """With those that differ in the fewest aspects, and among them ours or theirs before each."""

    def rank(key: Key) -> tuple[int, bool]:
        orders = related[key].values()
        return sum(map(abs, orders)), {1, -1} <= set(orders)

    best = min(map(rank, keys))
    nearest = [key for key in keys if rank(key) == best]
    orders = related[nearest[0]]
    signs = set(orders.values()) - {0}
    direction: Direction = "each" if len(signs) > 1 else "ours" if 1 in signs else "theirs"
    same_way = [key for key in nearest if related[key] == orders]
    why = tuple(aspect for aspect in ("site", "subject", "object") if orders[aspect])
    return Finding("refined", claim, _list_rows(index, same_way), direction, why)


def _list_rows(index: _Index, keys: Iterable[Key]) -> tuple[Claim, ...]:
    return tuple(claim for key in keys for claim in index.groups[key])


def _count(findings: Sequence[Finding], ours: Counter[str], theirs: Counter[str]) -> tuple[Count, ...]:
    """By relation, those that we state most often first."""
    kinds = Counter((one.relation, one.kind) for one in findings)
    near = Counter(one.relation for one in findings if one.kind == "missed" and one.here)
    names = sorted({*ours, *theirs}, key=lambda name: (-ours[name], -theirs[name], name))
    return tuple(
        Count(
            relation=name,
            ours=ours[name],
            known=kinds[name, "known"],
            refined=kinds[name, "refined"],
            conflicting=kinds[name, "conflicting"],
            new=kinds[name, "new"],
            theirs=theirs[name],
            missed=near[name],
            missed_anywhere=kinds[name, "missed"],
        )
        for name in names
    )
