"""How likely one reading is right: the rule's measured precision, corrected by the conditions it was read under.

The precision of a rule is the mean of a Beta posterior. Its prior is the posterior of its variant over all relations
(``transitive_verb.passive``), whose prior is that of its template (``transitive_verb``), whose prior is that of all
rules; so a rule that was seen twice says little by itself, and one that was never seen has the mean of its kind
(hierarchical shrinkage, e.g. Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.1). What is wrong more or less
often than its rule lets expect (an end found by a reference, for one) has a factor on the probability of being
wrong: observed by expected errors, shrunk to 1 (the standardised ratio with a gamma prior).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from sigmine.model.statement import RelationMention
from sigmine.resources.belief_counts import BeliefCounts, ConditionCount, RuleCount, load_belief_counts

STRENGTH = 10.0
"""How many readings the prior of a rule, a variant or a template weighs as much as."""

CONDITION_STRENGTH = 4.0
"""How many expected errors the factor 1 of a condition weighs as much as."""

MAX_WRONG = 0.95
"""No reading is held for worse than this."""

HEDGED = "hypothesised"
"""The count of hedged readings, of which ``wrong`` are those that curators do not take for a statement."""

_REFERENCES = ("coref:sentence", "coref:previous")
_PERTURBATIONS = ("gain:", "loss:")

CONDITIONS: Mapping[str, Callable[[RelationMention], bool]] = MappingProxyType(
    {
        "no_subject": lambda mention: mention.subject is None,
        "reference": lambda mention: any(cue in _REFERENCES for cue in mention.cues),
        "ungrounded": lambda mention: (
            mention.object.curie is None or (mention.subject is not None and mention.subject.curie is None)
        ),
        "indirect": lambda mention: not mention.direct,
        "perturbed": lambda mention: any(cue.startswith(_PERTURBATIONS) for cue in mention.cues),
        "site": lambda mention: bool(mention.sites),
    }
)
"""What may make a reading more or less often wrong: no subject named; an end found by a pronoun or a noun that stands
for it; an end without identity; indirect; by loss or gain of the subject ("loss of A"); with a residue."""


class Reliability:
    """The estimates that follow from some counts; ``load_reliability`` has those of the bundled ones.

    ``hedged_weight``: what "may phosphorylate" counts for where "phosphorylates" counts 1.
    """

    def __init__(self, counts: BeliefCounts) -> None:
        totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for rule, count in counts.rules.items():
            for group in list_groups(rule):
                totals[group][0] += count.right
                totals[group][1] += count.wrong
        self._totals = {group: RuleCount(right, wrong) for group, (right, wrong) in totals.items()}
        self._means: dict[str, float] = {}
        self._factors = {name: _make_factor(count) for name, count in counts.conditions.items() if name in CONDITIONS}
        self.hedged_weight = _make_weight(counts.conditions.get(HEDGED, ConditionCount(0, 0, 0.0)))

    def find_precision(self, rule: str) -> float:
        """The posterior mean of the rule's precision; of a rule that was never seen, its kind's; .5 without counts."""
        mean = self._means.get(rule)
        if mean is None:
            mean, strength = 0.5, 2.0  # before anything was seen, Beta(1, 1)
            for group in list_groups(rule):
                count = self._totals.get(group, RuleCount(0, 0))
                mean = (count.right + strength * mean) / (count.right + count.wrong + strength)
                strength = STRENGTH
            self._means[rule] = mean
        return mean

    def find_strength(self, rule: str) -> float:
        """How many readings the estimate of the rule's precision weighs as much as."""
        count = self._totals.get(rule, RuleCount(0, 0))
        return STRENGTH + count.right + count.wrong

    def find_factor(self, condition: str) -> float:
        """By how much the condition raises (over 1) or lowers the probability of being wrong; 1 if it is unknown."""
        return self._factors.get(condition, 1.0)

    def estimate(self, mention: RelationMention) -> float:
        """How likely the mention says what its passage says, 0 to 1. Hedges and denials do not count here."""
        wrong = 1.0 - self.find_precision(mention.rule)
        for condition in find_conditions(mention):
            wrong *= self.find_factor(condition)
        return 1.0 - min(wrong, MAX_WRONG)


def list_groups(rule: str) -> tuple[str, ...]:
    """What the rule belongs to, from all rules (empty name) to itself.

    ``activates/phrasal_verb.active(on)``: template ``phrasal_verb``, variant ``phrasal_verb.active``.
    """
    variant = rule.partition("/")[2].partition("(")[0]
    return "", variant.partition(".")[0] or "?", f"{variant}.", rule


def find_conditions(mention: RelationMention) -> Iterator[str]:
    """The names of the conditions that hold."""
    return (name for name, holds in CONDITIONS.items() if holds(mention))


def weigh_mentions(mentions: Iterable[RelationMention]) -> tuple[RelationMention, ...]:
    """The mentions with the bundled estimate as their ``prior``; they must be grounded."""
    reliability = load_reliability()
    return tuple(replace(mention, prior=round(reliability.estimate(mention), 4)) for mention in mentions)


@cache
def load_reliability() -> Reliability:
    """The estimates of the bundled counts.

    Raises:
        ResourceError: if the tables are missing or damaged.
    """
    return Reliability(load_belief_counts())


def _make_factor(count: ConditionCount) -> float:
    return (count.wrong + CONDITION_STRENGTH) / (count.expected + CONDITION_STRENGTH)


def _make_weight(count: ConditionCount) -> float:
    """Right by expected right, from a half before anything was counted."""
    right, expected = count.total - count.wrong, count.total - count.expected
    return min(1.0, (right + CONDITION_STRENGTH / 2) / (expected + CONDITION_STRENGTH))
