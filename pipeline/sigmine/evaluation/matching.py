"""Which prediction is which gold statement: the levels, and a one-to-one matching.

=========  ==========================================================================================
level      a prediction is right if a gold statement has the same relation and
=========  ==========================================================================================
strict     exactly the same characters at both ends, in overlapping sentences
relaxed    at each end overlapping characters or the same identity, in overlapping sentences
identity   the same identity at both ends, in overlapping sentences
document   the same identity at both ends, anywhere in the document (each such fact counts once)
=========  ==========================================================================================

The same identity is the same CURIE or, in any case, the same name. A missing subject matches a missing subject only.
The ends of ``binds`` may be exchanged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sigmine.evaluation.claim import Claim, End, is_unordered, overlap

LEVELS: tuple[str, ...] = ("strict", "relaxed", "identity", "document")

EndTest = Callable[[End, End], bool]
AnyClaim = TypeVar("AnyClaim", bound=Claim)

END_TESTS: dict[str, EndTest] = {
    "strict": End.has_characters_of,
    "relaxed": lambda one, other: one.overlaps(other) or one.has_identity_of(other),
    "identity": End.has_identity_of,
    "document": End.has_identity_of,
    "overlap": End.overlaps,
    "exact": lambda one, other: one.has_characters_of(other) and one.has_identity_of(other),
}
"""When two ends are the same: at each level, ``overlap`` for names alone, whatever they name, and ``exact`` in all."""

_REPEATS: dict[str, EndTest] = {
    **END_TESTS,
    # A longer name that merely overlaps another one is a claim of its own, not a repetition.
    "relaxed": lambda one, other: one.has_characters_of(other) or one.has_identity_of(other),
}


def ends_agree(one: Claim, other: Claim, same: EndTest, *, swapped: bool = False) -> bool:
    """Whether subject is subject and object is object; with ``swapped``, crosswise."""
    subject, theme = (other.object, other.subject) if swapped else (other.subject, other.object)
    if theme is None or not same(one.object, theme):
        return False
    if one.subject is None or subject is None:
        return one.subject is subject
    return same(one.subject, subject)


def claims_agree(one: Claim, other: Claim, same: EndTest, *, match_negation: bool = False) -> bool:
    """Whether relation and ends are the same; whether the places fit is ``ClaimIndex``'s part.

    With ``match_negation``, both must be denied or neither.
    """
    if one.relation != other.relation or (match_negation and one.negated != other.negated):
        return False
    return ends_agree(one, other, same) or (is_unordered(one.relation) and ends_agree(one, other, same, swapped=True))


class ClaimIndex:
    """Finds the claims that may be the same as another: those in its sentence or, at level ``document``, those of its
    document that have its ends; with ``partly``, at least one of its ends.
    """

    def __init__(self, claims: Sequence[Claim], level: str, *, partly: bool = False) -> None:
        self._claims = claims
        self._by_ends = level == "document"
        self._partly = partly
        self._groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._starts: dict[tuple[str, ...], list[int]] = {}
        self._longest: dict[tuple[str, ...], int] = {}
        for index, claim in enumerate(claims):
            for group in self._groups_of(claim):
                self._groups[group].append(index)
        if not self._by_ends:
            for group, members in self._groups.items():
                members.sort(key=lambda index: claims[index].sentence)
                self._starts[group] = [claims[index].sentence[0] for index in members]
                self._longest[group] = max(claims[index].sentence[1] - claims[index].sentence[0] for index in members)

    def _groups_of(self, claim: Claim) -> Iterable[tuple[str, ...]]:
        if not self._by_ends:
            return [(claim.document,)]
        subjects = ("",) if claim.subject is None else claim.subject.keys
        if self._partly:
            return dict.fromkeys((claim.document, key) for key in (*subjects, *claim.object.keys) if key)
        pairs = [(one, other) for one in subjects for other in claim.object.keys]
        if is_unordered(claim.relation):
            pairs += [(other, one) for one, other in pairs]
        return dict.fromkeys((claim.document, *pair) for pair in pairs)

    def find(self, claim: Claim) -> list[int]:
        """Indices, ascending."""
        if self._by_ends:
            return sorted({index for group in self._groups_of(claim) for index in self._groups.get(group, ())})
        group = (claim.document,)
        if group not in self._groups:
            return []
        start, end = claim.sentence
        starts = self._starts[group]
        low, high = bisect_left(starts, start - self._longest[group]), bisect_left(starts, end)
        near = self._groups[group][low:high]
        return sorted(index for index in near if overlap(self._claims[index].sentence, claim.sentence))


def match(
    gold: Sequence[Claim], predictions: Sequence[Claim], level: str, *, match_negation: bool = False
) -> list[tuple[int, int]]:
    """Pairs of indices (gold, prediction): as many as possible, each claim at most once, in the order of the gold.

    Of several such matchings one is taken that pairs, where it can, claims with the same characters, flags and sites;
    the result does not depend on anything but the order of the arguments.
    """
    index = ClaimIndex(predictions, level)
    same = END_TESTS[level]
    edges: list[list[tuple[int, int]]] = []  # for each gold claim: (cost, prediction), best first
    for claim in gold:
        options = [
            (_cost(claim, predictions[other]), other)
            for other in index.find(claim)
            if claims_agree(claim, predictions[other], same, match_negation=match_negation)
        ]
        edges.append(sorted(options))
    return _match_maximally(edges)


def _cost(one: Claim, other: Claim) -> int:
    """0 (alike in all) to 7, for choosing among predictions that are all right."""
    characters = ends_agree(one, other, End.has_characters_of)
    flags = (one.negated, one.hedged) == (other.negated, other.hedged)
    return 4 * (not flags) + 2 * (not characters) + (set(one.sites) != set(other.sites))


def _match_maximally(edges: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Augmenting paths (Kuhn), first over the cheapest edges only, then over more and more of them."""
    holds: dict[int, int] = {}  # gold -> prediction
    owner: dict[int, int] = {}  # prediction -> gold
    for limit in sorted({cost for options in edges for cost, _ in options}):
        for claim in range(len(edges)):
            if claim not in holds and edges[claim]:
                _augment(claim, edges, limit, holds, owner)
    return sorted(holds.items())


def _augment(
    first: int, edges: list[list[tuple[int, int]]], limit: int, holds: dict[int, int], owner: dict[int, int]
) -> None:
    """Give ``first`` a prediction, moving others to another of theirs if need be; nothing changes if there is no way.

    A search breadth first, without recursion: chains may be longer than Python's stack.
    """
    came_from: dict[int, int] = {}  # prediction -> the gold claim that reached it
    queue = [first]
    for claim in queue:
        for cost, prediction in edges[claim]:
            if cost > limit or prediction in came_from:
                continue
            came_from[prediction] = claim
            if prediction in owner:
                queue.append(owner[prediction])
                continue
            free: int | None = prediction
            while free is not None:
                taker = came_from[free]
                given_up = holds.get(taker)
                owner[free], holds[taker] = taker, free
                free = given_up
            return


@dataclass(frozen=True, slots=True)
class Comparison:
    """Indices into the gold and the predictions that were compared.

    Attributes:
        pairs: (gold, prediction).
        missed: gold that no prediction matches.
        false_alarms: predictions that match nothing.
        ignored: predictions that match gold which does not count.
        duplicates: predictions that say again what another one says in the same place; neither right nor wrong.
    """

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    false_alarms: tuple[int, ...]
    ignored: tuple[int, ...]
    duplicates: tuple[int, ...]


def compare(
    gold: Sequence[Claim],
    predictions: Sequence[Claim],
    level: str,
    *,
    uncounted: Sequence[Claim] = (),
    match_negation: bool = False,
) -> Comparison:
    """Match, then sort out what is left. ``uncounted`` is gold that makes a prediction neither right nor wrong."""
    pairs = match(gold, predictions, level, match_negation=match_negation)
    found = {claim for claim, _ in pairs}
    used = {prediction for _, prediction in pairs}
    same = END_TESTS[level]
    other_gold = ClaimIndex(uncounted, level)
    siblings = ClaimIndex(predictions, level)
    false_alarms: list[int] = []
    ignored: list[int] = []
    duplicates: list[int] = []
    kept = set(used)  # each stands for its repetitions
    for index, claim in enumerate(predictions):
        if index in used:
            continue
        if any(
            claims_agree(claim, predictions[other], _REPEATS[level], match_negation=match_negation)
            for other in siblings.find(claim)
            if other in kept
        ):
            duplicates.append(index)
        elif any(claims_agree(uncounted[other], claim, same) for other in other_gold.find(claim)):
            ignored.append(index)
        else:
            kept.add(index)
            false_alarms.append(index)
    missed = tuple(index for index in range(len(gold)) if index not in found)
    return Comparison(tuple(pairs), missed, tuple(false_alarms), tuple(ignored), tuple(duplicates))


def merge_repetitions(claims: Sequence[AnyClaim], level: str, *, match_negation: bool = False) -> list[AnyClaim]:
    """One claim, the first, for all that say the same in the same place, with the sites of all of them."""
    index = ClaimIndex(claims, level)
    same = _REPEATS[level]
    stands_for: dict[int, int] = {}
    sites: dict[int, dict[str, None]] = {}
    for number, claim in enumerate(claims):
        earlier = (stands_for[other] for other in index.find(claim) if other < number)
        agreeing = (one for one in earlier if claims_agree(claims[one], claim, same, match_negation=match_negation))
        first = next(agreeing, number)
        stands_for[number] = first
        sites.setdefault(first, {}).update(dict.fromkeys(claim.sites))
    return [
        claims[number]
        if len(all_sites) == len(claims[number].sites)
        else replace(claims[number], sites=tuple(all_sites))
        for number, all_sites in sites.items()
    ]
