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
358 pairs of judged sentences that state the same it was .07 (``measure_beliefs.py``)."""

COPIED_CHARACTERS = 60
"""A sentence this long is not written twice by chance; a table's cell is."""

MAX_BELIEF = 0.99
"""Reading alone never makes a statement certain."""

_DIGITS = 6  # so that 0.6 is 0.6, whatever it was computed from


def compute_belief(evidence: Iterable[Evidence]) -> float:
    """0 to ``MAX_BELIEF``; 0 where nothing supports the statement.

    Errors are random or systematic, as in INDRA's belief model (Gyori et al. 2017, Mol Syst Biol 13:954): more
    sentences drive the random part down (noisy-or), not the systematic part, which is that of the surest sentence.
    INDRA has one such part for each reader; here all rules share it, as they share names and parser.

    Within one sentence only the best counts on each side: two rules that see the same words are not two observations.
    A sentence that stands word for word in two documents is one. Two sentences that cite the same paper are two, since
    each may be read right or wrong by itself.
    """
    listed = list(evidence)
    belief = compute_side_belief(item for item in listed if not item.mention.opposes)
    for probability in _weigh_sentences(item for item in listed if item.mention.opposes):
        belief *= 1.0 - DENIAL_WEIGHT * probability
    return round(belief, _DIGITS)


def compute_side_belief(evidence: Iterable[Evidence]) -> float:
    """How likely at least one of the sentences was read right and says it outright, be it support or denial."""
    combined = _combine([1.0 - probability for probability in _weigh_sentences(evidence)])
    return min(round(combined, _DIGITS), MAX_BELIEF)


def _weigh_sentences(evidence: Iterable[Evidence]) -> Iterable[float]:
    """One number for each different sentence: the best of what was read in it."""
    best: dict[object, float] = {}
    for item in evidence:
        copied = len(item.sentence) >= COPIED_CHARACTERS
        place = item.sentence if copied else (item.document, item.start, item.end)
        best[place] = max(best.get(place, 0.0), _weigh(item.mention))
    return best.values()


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
