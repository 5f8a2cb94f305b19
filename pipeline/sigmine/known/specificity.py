"""Which of two claims says more: a member more than its family, a residue more than none, a kinase more than none.

``compare_ends`` is all that knows of families; another order of identities can take its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal

from sigmine.known.claims import Claim, identify
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent
from sigmine.resources.lexicon import load_lexicon

Order = Literal[-1, 0, 1]
"""1: the first says more; -1: the second does; 0: they say the same."""


def compare_ends(one: Agent | None, other: Agent | None, *, parts: bool = True) -> Order | None:
    """The order of two ends; None where neither is the other, a member or part of it, or unnamed.

    Args:
        parts: whether a part of a complex says more than the complex; a member of a family always does.
    """
    if one is None or other is None:
        return 0 if one is other else 1 if other is None else -1
    first, second = identify(one), identify(other)
    if first == second:
        return 0
    if second in find_wider(first, parts):
        return 1
    return -1 if first in find_wider(second, parts) else None


@lru_cache(maxsize=100_000)
def find_wider(curie: str, parts: bool = True) -> frozenset[str]:
    """The families and, with ``parts``, complexes that it belongs to, over any number of steps; without itself."""
    lexicon = load_lexicon()
    return _close(
        curie, lambda one: (step.parent for step in lexicon.find_parents(one) if parts or step.relation == "isa")
    )


@lru_cache(maxsize=100_000)
def find_narrower(curie: str) -> frozenset[str]:
    """The members and parts that it has, over any number of steps; without itself."""
    lexicon = load_lexicon()
    return _close(curie, lambda one: (step.child for step in lexicon.find_children(one)))


def _close(curie: str, find_next: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [curie]
    while waiting:
        for one in find_next(waiting.pop()):
            if one not in found and one != curie:
                found.add(one)
                waiting.append(one)
    return frozenset(found)


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


def compare_claims(one: Claim, other: Claim, *, parts: bool = True) -> dict[str, Order] | None:
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
        orders = compare_ends(one.subject, subject, parts=parts), compare_ends(one.object, object, parts=parts)
        if orders[0] is not None and orders[1] is not None:
            found.append({"subject": orders[0], "object": orders[1], "site": site})
    return min(found, key=lambda orders: sum(map(abs, orders.values())), default=None)
