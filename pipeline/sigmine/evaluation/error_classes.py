"""Why a statement was missed or a prediction is wrong, as far as the other side's claims in the same place tell.

==============  ====================================================================================
class           there is a claim on the other side, in the same sentence, with
==============  ====================================================================================
span            the same relation and ends, but (level ``strict``) other characters
grounding       the same relation and ends, but (level ``identity``) another identity
negation        the same relation and ends, denied by one side only (where negation is asked for)
direction       the same relation, the ends exchanged
polarity        the same ends and the opposite relation (activates for inhibits)
wrong_relation  the same ends and another relation
entity          the same relation and one of the ends, and is itself wrong or missed
==============  ====================================================================================

The first that applies is taken; if none does, a prediction is ``not_in_gold`` and a gold statement ``missed``.
``site`` is the class of matched statements whose sites differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from sigmine.evaluation.alignment import Options, Outcome
from sigmine.evaluation.claim import Claim, GoldStatement, Prediction, is_unordered
from sigmine.evaluation.matching import END_TESTS, ClaimIndex, EndTest, claims_agree, ends_agree
from sigmine.evaluation.report import Finding

OPPOSITES: frozenset[frozenset[str]] = frozenset(
    frozenset(pair)
    for pair in (
        ("activates", "inhibits"),
        ("increases_amount", "decreases_amount"),
        ("phosphorylates", "dephosphorylates"),
        ("phosphorylates", "inhibits_phosphorylation"),
        ("ubiquitinates", "deubiquitinates"),
        ("acetylates", "deacetylates"),
        ("methylates", "demethylates"),
        ("sumoylates", "desumoylates"),
    )
)
"""Relations with the same ends that say the contrary."""

_ORDER = ("span", "grounding", "negation", "direction", "polarity", "wrong_relation", "entity")


def find_errors(
    outcomes: Sequence[Outcome],
    statements: Sequence[GoldStatement],
    predictions: Sequence[Prediction],
    options: Options,
) -> tuple[Finding, ...]:
    """What went wrong, in the order of the documents' ids and their sentences.

    Args:
        statements, predictions: all of them, also those that do not count.
    """
    gold_index = ClaimIndex(statements, options.level, partly=True)
    prediction_index = ClaimIndex(predictions, options.level, partly=True)
    sentences = ClaimIndex(predictions, "relaxed")
    matched = {
        claim.id
        for o in outcomes
        if o.gold is not None and o.prediction is not None
        for claim in (o.gold, o.prediction)
    }
    findings = []
    for outcome in outcomes:
        gold, prediction = outcome.gold, outcome.prediction
        if gold is None and prediction is not None:
            others: list[Claim] = [statements[index] for index in gold_index.find(prediction)]
            error = classify(prediction, others, matched, options) or "not_in_gold"
            findings.append(_make_finding("false_alarm", error, prediction, outcome, prediction.text))
        elif gold is not None and prediction is None:
            others = [predictions[index] for index in prediction_index.find(gold)]
            text = next((predictions[index].text for index in sentences.find(gold)), "")
            error = classify(gold, others, matched, options) or "missed"
            findings.append(_make_finding("missed", error, gold, outcome, text))
        elif gold is not None and prediction is not None and set(gold.sites) != set(prediction.sites):
            findings.append(_make_finding("site", "site", gold, outcome, prediction.text))
    return tuple(sorted(findings, key=lambda finding: (finding.document, finding.sentence)))


def _make_finding(kind: str, error: str, claim: Claim, outcome: Outcome, text: str) -> Finding:
    prediction = outcome.prediction
    return Finding(
        kind=kind,
        error=error,
        id=claim.id,
        document=claim.document,
        split=outcome.split,
        section=claim.section,
        sentence=claim.sentence,
        relation=claim.relation,
        subject=claim.subject.name if claim.subject else None,
        object=claim.object.name,
        sites=claim.sites,
        predicted_sites=prediction.sites if prediction and kind == "site" else (),
        negated=claim.negated,
        rule=prediction.rule if prediction else "",
        text=text,
    )


def classify(claim: Claim, others: Sequence[Claim], matched: AbstractSet[str], options: Options) -> str | None:
    """The class of a claim that is wrong or missed, or None if the other side has nothing like it.

    Args:
        others: the other side's claims in its place.
        matched: ids of claims that are right. In a list, each shares an end with the one that was missed, which does
            not make that one a wrong entity.
    """
    found = {(_compare(claim, other, options), other.id in matched) for other in others}
    names = {name for name, is_right in found if not (name == "entity" and is_right)}
    return next((name for name in _ORDER if name in names), None)


def _compare(claim: Claim, other: Claim, options: Options) -> str | None:
    same = END_TESTS["document" if options.level == "document" else "relaxed"]
    if claims_agree(claim, other, same):
        return _name_difference(claim, other, options)
    straight = ends_agree(claim, other, same)
    crossed = ends_agree(claim, other, same, swapped=True)
    if claim.relation == other.relation:
        if crossed:
            return "direction"
        return "entity" if _share_an_end(claim, other, same) else None
    if straight or (crossed and is_unordered(claim.relation)) or (crossed and is_unordered(other.relation)):
        return "polarity" if frozenset((claim.relation, other.relation)) in OPPOSITES else "wrong_relation"
    return None


def _name_difference(claim: Claim, other: Claim, options: Options) -> str | None:
    """Why two claims that agree at level ``relaxed`` are not a match."""
    if not claims_agree(claim, other, END_TESTS[options.level]):
        return "span" if options.level == "strict" else "grounding"
    if options.match_negation and claim.negated != other.negated:
        return "negation"
    return None  # the other one is taken by a third claim


def _share_an_end(claim: Claim, other: Claim, same: EndTest) -> bool:
    """One end is right; for unordered relations, at either place."""
    if same(claim.object, other.object):
        return True
    if claim.subject is None or other.subject is None:
        return False
    if same(claim.subject, other.subject):
        return True
    return is_unordered(claim.relation) and (same(claim.subject, other.object) or same(claim.object, other.subject))
