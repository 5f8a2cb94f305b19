"""How far a statement is to be believed, from the evidence for and against it."""

from __future__ import annotations

from collections.abc import Iterable

from sigmine.model.statement import Evidence

HEDGED_WEIGHT = 0.5
"""A hedged sentence ("may phosphorylate", "whether it phosphorylates") counts as this share of a plain one."""

DENIAL_WEIGHT = 0.5
"""A certain denial takes this share of the belief away: it often holds for one condition only."""

MAX_BELIEF = 0.99
"""Reading alone never makes a statement certain."""


def compute_belief(evidence: Iterable[Evidence]) -> float:
    """0 to ``MAX_BELIEF``; 0 where nothing supports the statement.

    Support adds up as noisy-or, ``1 - prod(1 - p)``, with ``p`` the prior of the rule. Within one sentence only the
    best counts on each side: two rules that see the same words are not two observations.
    """
    support: dict[tuple[str, int, int], float] = {}
    denial: dict[tuple[str, int, int], float] = {}
    for item in evidence:
        mention = item.mention
        side = denial if mention.opposes else support
        probability = mention.prior * (HEDGED_WEIGHT if mention.hedged else 1.0)
        place = (item.document, item.start, item.end)
        side[place] = max(side.get(place, 0.0), probability)
    doubt = 1.0
    for probability in support.values():
        doubt *= 1.0 - probability
    belief = min(1.0 - doubt, MAX_BELIEF)
    for probability in denial.values():
        belief *= 1.0 - DENIAL_WEIGHT * probability
    return belief
