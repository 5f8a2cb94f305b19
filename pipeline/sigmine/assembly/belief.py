"""How far a statement is to be believed, from the evidence for and against it.

Belief is how likely the texts say so: that at least one passage was read right, less what is hedged and denied. It is
not how likely the biology is: how many papers stand behind a statement is counted beside it (``Support``).
"""

from __future__ import annotations

from collections.abc import Iterable

from sigmine.assembly.reliability import load_reliability
from sigmine.model.statement import Evidence, RelationMention

OPEN_WEIGHT = 0.5
"""A question or a rejected view counts as this share of a plain statement; too few were judged to measure it."""

DENIAL_WEIGHT = 0.5
"""A certain denial takes this share of the belief away: it often holds for one condition only."""

SYSTEMATIC_SHARE = 0.1
"""Of the errors, the share that comes again in the next sentence: a name taken for another, a word misunderstood. On
335 pairs of judged sentences that state the same it was .06 (``measure_beliefs.py``)."""

MAX_BELIEF = 0.99
"""Reading alone never makes a statement certain."""


def compute_belief(evidence: Iterable[Evidence]) -> float:
    """0 to ``MAX_BELIEF``; 0 where nothing supports the statement.

    Errors are random or systematic, as in INDRA's belief model (Gyori et al. 2017, Mol Syst Biol 13:954): more
    sentences drive the random part down (noisy-or), not the systematic part, which is that of the surest sentence.
    INDRA has one such part for each reader; here all rules share it, as they share names and parser.

    Within one sentence only the best counts on each side: two rules that see the same words are not two observations.
    A sentence that stands word for word in two documents is one sentence. Two sentences that cite the same paper are
    two: they are read independently.
    """
    support: dict[str, float] = {}
    denial: dict[str, float] = {}
    for item in evidence:
        side = denial if item.mention.opposes else support
        side[item.sentence] = max(side.get(item.sentence, 0.0), _weigh(item.mention))
    belief = min(_combine([1.0 - probability for probability in support.values()]), MAX_BELIEF)
    for probability in denial.values():
        belief *= 1.0 - DENIAL_WEIGHT * probability
    return belief


def _weigh(mention: RelationMention) -> float:
    """How likely the sentence says so outright."""
    if not mention.hedged:
        return mention.prior
    hypothesised = mention.claim == "hypothesised"
    return mention.prior * (load_reliability().hedged_weight if hypothesised else OPEN_WEIGHT)


def _combine(wrong: list[float]) -> float:
    """How likely one of several sentences is right, from how likely each is wrong; 0 of none."""
    if not wrong:
        return 0.0
    random = 1.0
    for probability in wrong:
        random *= probability
    return 1.0 - SYSTEMATIC_SHARE * min(wrong) - (1.0 - SYSTEMATIC_SHARE) * random
