"""How far the reading got: names, pairs of them, the sign of their relation, the relation, its sites.

Each step asks for all of the one before. What is lost between two of them tells where the errors are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from sigmine.evaluation.claim import PAIR, SIGNS, GoldStatement, Prediction, is_unordered

AnyClaim = TypeVar("AnyClaim", GoldStatement, Prediction)

STEPS: dict[str, str] = {
    "names, same characters": "strict",
    "names, overlapping": "overlap",
    "pairs, any relation": "",
    "pairs with direction and sign": "",
    "pairs with relation and sites": "",
}
"""Each step with the level at which its ends are compared; empty for that of the evaluation.

Names are the ends of the statements that count, each once a sentence. The step "pairs with relation", between the last
two, is the headline score itself. A pair without subject is one, too.
"""
_MENTION = "mention"


def simplify(step: str, claims: Sequence[AnyClaim]) -> list[AnyClaim]:
    """The claims with all that the step does not ask for taken away; a name once for the same place and sentence."""
    if step.startswith("names"):
        named = (one for claim in claims for one in _name_ends(claim))
        return list({(one.document, one.sentence, one.object.spans): one for one in named}.values())
    if step == "pairs, any relation":
        return [replace(claim, relation=PAIR, negated=False) for claim in claims]
    if step == "pairs with direction and sign":
        return [replace(claim, relation=_name_sign(claim.relation)) for claim in claims]
    return [
        replace(claim, relation=f"{claim.relation} {' '.join(sorted(claim.sites))}") if claim.sites else claim
        for claim in claims
    ]


def _name_ends(claim: AnyClaim) -> Iterable[AnyClaim]:
    for end in (claim.subject, claim.object):
        if end is not None and end.spans:
            yield replace(claim, relation=_MENTION, subject=None, object=end, sites=(), negated=False)


def _name_sign(relation: str) -> str:
    if is_unordered(relation):
        return PAIR
    return {1: "raises", -1: "lowers", 0: "neither"}[SIGNS.get(relation, 0)]
