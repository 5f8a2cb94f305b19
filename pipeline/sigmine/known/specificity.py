"""Which of two claims says more: a member more than its family, a residue more than none, a kinase more than none.

What belongs to what is told by ``sigmine.assembly.refinements``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from sigmine.assembly.refinements import Hierarchy
from sigmine.known.claims import Claim, identify
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent
from sigmine.resources.lexicon import load_lexicon

Order = Literal[-1, 0, 1]
"""1: the first says more; -1: the second does; 0: they say the same."""


def compare_ends(one: Agent | None, other: Agent | None, *, sure: bool = False) -> Order | None:
    """The order of two ends; None where neither is the other, a member or part of it, or unnamed.

    Args:
        sure: whether only a part that is in one complex alone says more than the complex; a member of a family always
            does.
    """
    if one is None or other is None:
        return 0 if one is other else 1 if other is None else -1
    first, second = identify(one), identify(other)
    if first == second:
        return 0
    if second in find_wider(first, sure=sure):
        return 1
    return -1 if first in find_wider(second, sure=sure) else None


def find_wider(curie: str, *, sure: bool = False) -> frozenset[str]:
    """The families and complexes that it belongs to, over any number of steps; without itself."""
    return _load_hierarchy(sure).find_above(curie)


@cache
def _load_hierarchy(sure: bool) -> Hierarchy:
    return Hierarchy(any_whole=not sure)


@lru_cache(maxsize=100_000)
def find_narrower(curie: str) -> frozenset[str]:
    """The members and parts that it has, over any number of steps; without itself."""
    lexicon = load_lexicon()
    found: set[str] = set()
    waiting = [curie]
    while waiting:
        for step in lexicon.find_children(waiting.pop()):
            if step.child not in found:
                found.add(step.child)
                waiting.append(step.child)
    return frozenset(found - {curie})


def compare_sites(one: str | None, other: str | None) -> Order | None:
    """The order of ``S473``, ``S``, ``473`` and None; None where both name another residue or position."""
    orders = {_compare_parts(*parts) for parts in zip(_split(one), _split(other), strict=True)}
    if None in orders or {1, -1} <= orders:
        return None
    return 1 if 1 in orders else -1 if -1 in orders else 0


def _split(site: str | None) -> tuple[str, str]:
    letter = site[0] if site and site[0].isalpha() else ""
    return letter, (site or "")[len(letter) :]


def _compare_parts(one: str, other: str) -> Order | None:
    if one == other:
        return 0
    return 1 if not other else -1 if not one else None


def compare_claims(one: Claim, other: Claim, *, sure: bool = False) -> dict[str, Order] | None:
    """What each aspect (``subject``, ``object``, ``site``) says more in; None where they are of different things.

    The relation is not looked at, but that the ends of ``binds`` may be exchanged.
    """
    site = compare_sites(one.site, other.site)
    if site is None:
        return None
    pairs = [(other.subject, other.object)]
    if one.relation in UNORDERED and other.subject is not None:
        pairs.append((other.object, other.subject))
    found: list[dict[str, Order]] = []
    for subject, object in pairs:
        orders = compare_ends(one.subject, subject, sure=sure), compare_ends(one.object, object, sure=sure)
        if orders[0] is not None and orders[1] is not None:
            found.append({"subject": orders[0], "object": orders[1], "site": site})
    return min(found, key=lambda orders: sum(map(abs, orders.values())), default=None)
