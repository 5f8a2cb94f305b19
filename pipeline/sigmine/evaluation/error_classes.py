"""Why a statement was missed, a prediction is wrong, or a right one has a flaw, in the classes that curators use.

For a miss or a false alarm the other side's claims in its sentence tell; the first that applies is taken:

==================  ====================================================================================
class               the other side has, in the same sentence,
==================  ====================================================================================
entity_boundaries   the same relation and ends, but (level ``strict``) other characters
grounding           the same relation and ends, but (level ``identity``) another identity
negation            the same relation and ends, denied by one side only (where negation is asked for)
direction           the same relation, the ends exchanged
polarity            the same ends and the opposite relation (activates for inhibits)
activity_vs_amount  the same ends and sign, for the activity instead of the amount or the reverse
wrong_relation      the same ends and another relation
wrong_entity        the same relation and one of the ends, and is itself wrong or missed
coreference         an end that another sentence names: of the gold statement or of the prediction
no_relation         (false alarm) both our ends, in statements with others: no relation of these two
not_in_gold         (false alarm) none of these: the gold says nothing of one of the ends there
missed_entity       (miss) none of these, and an end was not recognised at all
missed              (miss) none of these
==================  ====================================================================================

A right statement may have the flaws ``negation``, ``hypothesis`` (one side hedges), ``site`` (other residues),
``grounding`` (an end has another identity) and ``entity_boundaries`` (an end overlaps the gold's, not exactly).
The classes are those in which INDRA's curators sort what readers get wrong, as far as a program can tell them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sigmine.evaluation.alignment import Options, Outcome
from sigmine.evaluation.claim import SIGNS, Claim, End, GoldStatement, Prediction, is_unordered, overlap
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
_ACTIVITY = frozenset({"activates", "inhibits"})
_AMOUNT = frozenset({"increases_amount", "decreases_amount"})

ERROR_CLASSES: tuple[str, ...] = (
    "entity_boundaries",
    "grounding",
    "negation",
    "direction",
    "polarity",
    "activity_vs_amount",
    "wrong_relation",
    "wrong_entity",
    "coreference",
    "no_relation",
    "not_in_gold",
    "missed_entity",
    "missed",
    "hypothesis",
    "site",
)
"""The names of the classes; for misses and false alarms in the order in which they are tried."""

BECAUSE: tuple[str, ...] = ("no mention", "no trigger", "no path", "filtered")
"""Why a statement was missed, as reading its sentence again tells: an end was not recognised; no word of the sentence
announces the relation; a word does, but no rule leads from it to the ends; a rule did, and its claim was dropped."""


def find_errors(
    outcomes: Sequence[Outcome],
    statements: Sequence[GoldStatement],
    predictions: Sequence[Prediction],
    options: Options,
    because: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """What went wrong, in the order of the documents' ids and their sentences.

    Args:
        statements, predictions: all of them, also those that do not count.
        because: for the ids of missed statements, one of ``BECAUSE``; None where nobody has looked.
    """
    search = _Search(outcomes, statements, predictions, options, because or {})
    findings: list[Finding] = []
    for outcome in outcomes:
        if outcome.gold is None and outcome.prediction is not None:
            findings.append(search.explain_alarm(outcome, outcome.prediction))
        elif outcome.gold is not None and outcome.prediction is None:
            findings.append(search.explain_miss(outcome, outcome.gold))
        elif outcome.gold is not None and outcome.prediction is not None:
            findings += [
                make_finding("flaw", flaw, outcome, outcome.prediction, outcome.prediction.text)
                for flaw in find_flaws(outcome.gold, outcome.prediction)
            ]
    return tuple(sorted(findings, key=lambda finding: (finding.document, finding.sentence)))


class _Search:
    """The claims of both sides, found by their places."""

    def __init__(
        self,
        outcomes: Sequence[Outcome],
        statements: Sequence[GoldStatement],
        predictions: Sequence[Prediction],
        options: Options,
        because: Mapping[str, str],
    ) -> None:
        self.statements, self.predictions = statements, predictions
        self.options, self.because = options, because
        self.same = END_TESTS["document" if options.level == "document" else "relaxed"]
        self.gold_index = ClaimIndex(statements, options.level, partly=True)
        self.prediction_index = ClaimIndex(predictions, options.level, partly=True)
        self.sentences = ClaimIndex(predictions, "relaxed")
        self.matched = {
            claim.key
            for one in outcomes
            if one.gold is not None and one.prediction is not None
            for claim in (one.gold, one.prediction)
        }

    def explain_alarm(self, outcome: Outcome, claim: Prediction) -> Finding:
        others = [self.statements[index] for index in self.gold_index.find(claim)]
        error, other = self._classify(claim, others)
        if not error and crosses(claim):
            error = "coreference"
        elif not error:
            known = all(self._names(others, end) for end in (claim.subject, claim.object) if end is not None)
            error = "no_relation" if known else "not_in_gold"
        return make_finding("false_alarm", error, outcome, other, claim.text)

    def explain_miss(self, outcome: Outcome, claim: GoldStatement) -> Finding:
        others = [self.predictions[index] for index in self.prediction_index.find(claim)]
        text = next((self.predictions[index].text for index in self.sentences.find(claim)), "")
        because = self.because.get(claim.id, "")
        error, other = self._classify(claim, others)
        if not error and claim.cross_sentence:
            error = "coreference"
        elif not error:
            error = "missed_entity" if because == "no mention" else "missed"
        return make_finding("missed", error, outcome, other, text, because)

    def _names(self, others: Sequence[Claim], end: End) -> bool:
        return any(
            self.same(end, other) for claim in others for other in (claim.subject, claim.object) if other is not None
        )

    def _classify(self, claim: Claim, others: Sequence[Claim]) -> tuple[str, Claim | None]:
        """The class of a claim that is wrong or missed, and the other side's claim that tells; empty if none does.

        In a list, each statement that is right shares an end with the one that was missed, which does not make that
        one a wrong entity.
        """
        found = [(name, other) for other in others if (name := _compare(claim, other, self.options)) is not None]
        found = [pair for pair in found if not (pair[0] == "wrong_entity" and pair[1].key in self.matched)]
        return min(found, key=lambda pair: ERROR_CLASSES.index(pair[0]), default=("", None))


def find_flaws(gold: GoldStatement, prediction: Prediction) -> tuple[str, ...]:
    """What a right prediction says differently."""
    ends = [(gold.object, prediction.object)]
    if gold.subject is not None and prediction.subject is not None:
        ends.append((gold.subject, prediction.subject))
    if is_unordered(gold.relation) and not all(
        one.overlaps(other) or one.has_identity_of(other) for one, other in ends
    ):
        ends = [(ends[0][0], ends[-1][1]), (ends[-1][0], ends[0][1])]
    placed = [(one, other) for one, other in ends if one.spans and other.spans]
    flaws = {
        "negation": gold.negated != prediction.negated,
        "hypothesis": gold.hedged != prediction.hedged,
        "site": set(gold.sites) != set(prediction.sites),
        "grounding": not all(one.has_identity_of(other) for one, other in ends),
        "entity_boundaries": any(one.overlaps(other) and not one.has_characters_of(other) for one, other in placed),
    }
    return tuple(name for name, is_so in flaws.items() if is_so)


def crosses(claim: Claim) -> bool:
    """Whether an end stands outside its sentence; in a table the row's head may."""
    if claim.section == "table":
        return False
    ends = [end for end in (claim.subject, claim.object) if end is not None and end.spans]
    return any(not any(overlap(span, claim.sentence) for span in end.spans) for end in ends)


def make_finding(kind: str, error: str, outcome: Outcome, other: Claim | None, text: str, because: str = "") -> Finding:
    claim: Claim | None = outcome.gold or outcome.prediction
    assert claim is not None
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
        predicted_sites=prediction.sites if prediction and kind == "flaw" else (),
        negated=claim.negated,
        rule=prediction.rule if prediction else "",
        text=text,
        because=because,
        claim=claim,
        other=other,
    )


def _compare(claim: Claim, other: Claim, options: Options) -> str | None:
    same = END_TESTS["document" if options.level == "document" else "relaxed"]
    if claims_agree(claim, other, same):
        return _name_difference(claim, other, options)
    straight = ends_agree(claim, other, same)
    crossed = ends_agree(claim, other, same, swapped=True)
    if claim.relation == other.relation:
        if crossed:
            return "direction"
        return "wrong_entity" if _share_an_end(claim, other, same) else None
    if straight or (crossed and is_unordered(claim.relation)) or (crossed and is_unordered(other.relation)):
        return _name_relations(claim.relation, other.relation)
    return None


def _name_relations(one: str, other: str) -> str:
    pair = frozenset((one, other))
    if pair in OPPOSITES:
        return "polarity"
    if len(pair & _ACTIVITY) == 1 and len(pair & _AMOUNT) == 1:
        return "activity_vs_amount" if SIGNS[one] == SIGNS[other] else "polarity"
    return "wrong_relation"


def _name_difference(claim: Claim, other: Claim, options: Options) -> str | None:
    """Why two claims that agree at level ``relaxed`` are not a match."""
    if not claims_agree(claim, other, END_TESTS[options.level]):
        return "entity_boundaries" if options.level == "strict" else "grounding"
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
