"""Gold and predictions side by side: what counts, what matches what, and which sentence and split each belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeVar

from sigmine.evaluation.claim import MODIFICATIONS, Claim, GoldStatement, Prediction, Span, is_core
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.judged import Judged
from sigmine.evaluation.matching import (
    END_TESTS,
    ClaimIndex,
    Comparison,
    claims_agree,
    compare,
    merge_repetitions,
)
from sigmine.evaluation.steps import STEPS, simplify

AnyClaim = TypeVar("AnyClaim", GoldStatement, Prediction)


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a comparison: as the arguments of ``sigmine.evaluation.evaluate``."""

    level: str = "relaxed"
    core: bool = True
    relations: tuple[str, ...] = ()
    match_negation: bool = False
    cross_sentence: bool = False  # whether core includes what another sentence is needed for

    def counts(self, claim: Claim) -> bool:
        """Whether the claim is part of the score."""
        core = is_core(claim) if self.cross_sentence else claim.core
        return (core or not self.core) and (not self.relations or claim.relation in self.relations)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A match (both sides), a miss (gold alone) or a false alarm (prediction alone).

    ``split`` is dev or test; ``cluster`` numbers the sentence.
    """

    gold: GoldStatement | None
    prediction: Prediction | None
    split: str
    cluster: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """Gold and predictions, compared.

    Attributes:
        outcomes: matches, then misses, then false alarms.
        duplicates, ignored: the split of each such prediction; ``not_judged``: of those that the gold says nothing of,
            in documents where only readings are judged.
    """

    outcomes: tuple[Outcome, ...]
    duplicates: tuple[str, ...]
    ignored: tuple[str, ...]
    not_judged: tuple[str, ...] = ()


def select_read(
    gold: Sequence[GoldDocument], read: Collection[str]
) -> tuple[tuple[GoldDocument, ...], tuple[GoldDocument, ...]]:
    """The gold documents that ``read`` names, by id or by the file's name without suffix, and the others."""
    chosen = tuple(one for one in gold if one.document in read or PurePath(one.file).stem in read)
    return chosen, tuple(one for one in gold if one not in chosen)


def assign_documents(
    gold: Sequence[GoldDocument], predictions: Sequence[Prediction]
) -> tuple[list[Prediction], tuple[str, ...]]:
    """Predictions under the gold's document ids, and the ids that the gold does not have.

    A document is known by its id or by its file's name without suffix.
    """
    known = {PurePath(document.file).stem: document.document for document in gold}
    known |= {document.document: document.document for document in gold}
    inside = []
    outside: dict[str, None] = {}
    for prediction in predictions:
        name = known.get(prediction.document)
        if name is None:
            outside[prediction.document] = None
        else:
            inside.append(prediction if name == prediction.document else replace(prediction, document=name))
    return inside, tuple(outside)


def align(
    statements: Sequence[GoldStatement],
    predictions: Sequence[Prediction],
    options: Options,
    *,
    beside: Sequence[Claim] = (),
    judged: Judged | None = None,
) -> Alignment:
    """Compare what counts; arguments as for ``Aligner``."""
    return Aligner(statements, predictions, options, beside=beside, judged=judged).align()


class Aligner:
    """Compares what counts; the documents' ids must be the gold's (``assign_documents``).

    Args:
        beside: other claims that sentences are numbered with, so that two alignments number them alike.
        judged: of documents of which only readings are judged (``find_judged``); None if there are none.
    """

    def __init__(
        self,
        statements: Sequence[GoldStatement],
        predictions: Sequence[Prediction],
        options: Options,
        *,
        beside: Sequence[Claim] = (),
        judged: Judged | None = None,
    ) -> None:
        self.options, self.judged = options, judged
        self.gold = [statement for statement in statements if options.counts(statement)]
        self.predicted = [prediction for prediction in predictions if options.counts(prediction)]
        self.uncounted = [
            one for one in statements if options.core and not options.counts(one) and not _is_other(one, options)
        ]
        if options.level == "document":
            self.gold, self.predicted = _merge(self.gold, options), _merge(self.predicted, options)
        self.clusters = number_sentences([*statements, *predictions, *beside])
        self.splits = _SplitFinder([*statements, *(judged.rejected if judged else ())])
        self._names: tuple[list[GoldStatement], list[Prediction], list[GoldStatement]] | None = None

    def align(self) -> Alignment:
        """The score itself."""
        if self.judged is not None:
            return self._align_judged(self.judged)
        return self._make_alignment(self.predicted, self._compare(self.gold, self.predicted, self.uncounted))

    def _align_judged(self, judged: Judged) -> Alignment:
        """What nobody has judged is left out; what was rejected, and not put right, matches nothing."""
        chosen, wrong, left = self._sort_judged(judged)
        rejected = self._compare((), wrong, ())
        found = self._compare(self.gold, chosen, self.uncounted)
        # What lacks a statement only because another prediction matches it was not judged by itself.
        unsaid = {index for index in found.false_alarms if not _is_judged_wrong(judged, chosen[index])}
        left += [chosen[index] for index in sorted(unsaid)]
        alarms = [index for index in found.false_alarms if index not in unsaid]
        alarms += [len(chosen) + index for index in rejected.false_alarms]
        repeated = [*found.duplicates, *(len(chosen) + index for index in rejected.duplicates)]
        together = replace(found, false_alarms=tuple(alarms), duplicates=tuple(repeated))
        not_judged = tuple(self.splits.find(one) for one in left)
        return replace(self._make_alignment([*chosen, *wrong], together), not_judged=not_judged)

    def _sort_judged(self, judged: Judged) -> tuple[list[Prediction], list[Prediction], list[Prediction]]:
        """Predictions that may be right, those that are rejected readings, and those that nobody has judged."""
        right = [*self.gold, *self.uncounted]
        index, same = ClaimIndex(right, self.options.level), END_TESTS[self.options.level]
        chosen: list[Prediction] = []
        wrong: list[Prediction] = []
        left: list[Prediction] = []
        for one in self.predicted:
            reading = judged.find(one) if one.document in judged.documents else None
            if reading is not None and not reading.instead:
                wrong.append(one)
            elif (
                reading is not None
                or one.document not in judged.documents
                or any(claims_agree(right[other], one, same) for other in index.find(one))
            ):
                chosen.append(one)
            else:
                left.append(one)
        return chosen, wrong, left

    def _make_alignment(self, predicted: Sequence[Prediction], found: Comparison) -> Alignment:
        return Alignment(
            outcomes=self._make_outcomes(self.gold, predicted, found),
            duplicates=tuple(self.splits.find(predicted[index]) for index in found.duplicates),
            ignored=tuple(self.splits.find(predicted[index]) for index in found.ignored),
        )

    def align_objects(self) -> tuple[Outcome, ...]:
        """Modifications without regard to the subject: each object counts once a sentence."""
        gold, predicted, uncounted = (
            _drop_subjects(self.gold, self.options),
            _drop_subjects(self.predicted, self.options),
            _drop_subjects(self.uncounted, self.options),
        )
        return self._make_outcomes(gold, predicted, self._compare(gold, predicted, uncounted))

    def align_step(self, name: str) -> tuple[Outcome, ...]:
        """One of ``sigmine.evaluation.steps.STEPS``; empty where it has no meaning (places, at level ``document``)."""
        level = STEPS[name] or self.options.level
        if STEPS[name] and self.options.level == "document":
            return ()
        gold, predicted, uncounted = self._simplify(name)
        if not STEPS[name]:
            # "TORC1/2" names two complexes with the same characters, so pairs are told apart by their identities
            alike = {"strict": "exact", "document": "document"}.get(level, "identity")
            gold, predicted = _merge(gold, self.options, alike), _merge(predicted, self.options, alike)
        return self._make_outcomes(gold, predicted, self._compare(gold, predicted, uncounted, level))

    def _simplify(self, name: str) -> tuple[list[GoldStatement], list[Prediction], list[GoldStatement]]:
        """What a step compares; the two steps of names compare the same, which is kept from one to the other."""
        names = bool(STEPS[name])
        if names and self._names is not None:
            return self._names
        simple = simplify(name, self.gold), simplify(name, self.predicted), simplify(name, self.uncounted)
        if names:
            self._names = simple
        return simple

    def _compare(
        self,
        gold: Sequence[GoldStatement],
        predicted: Sequence[Prediction],
        uncounted: Sequence[GoldStatement],
        level: str = "",
    ) -> Comparison:
        """At the level of the evaluation, unless another is given."""
        options = self.options
        level = level or options.level
        return compare(gold, predicted, level, uncounted=uncounted, match_negation=options.match_negation)

    def _make_outcomes(
        self, gold: Sequence[GoldStatement], predicted: Sequence[Prediction], comparison: Comparison
    ) -> tuple[Outcome, ...]:
        pairs: list[tuple[GoldStatement | None, Prediction | None]] = [
            *((gold[one], predicted[other]) for one, other in comparison.pairs),
            *((gold[one], None) for one in comparison.missed),
            *((None, predicted[one]) for one in comparison.false_alarms),
        ]
        outcomes = []
        for statement, prediction in pairs:
            claim: Claim | None = statement or prediction
            assert claim is not None
            split = statement.split if statement else self.splits.find(claim)
            outcomes.append(Outcome(statement, prediction, split, self.clusters[claim.document, claim.sentence]))
        return tuple(outcomes)


def _is_other(statement: GoldStatement, options: Options) -> bool:
    """Whether it is left out only because the scores are confined to other relations."""
    return bool(options.relations) and statement.core and statement.relation not in options.relations


def _is_judged_wrong(judged: Judged, claim: Prediction) -> bool:
    return claim.document not in judged.documents or judged.find(claim) is not None


def _merge(claims: Sequence[AnyClaim], options: Options, level: str = "") -> list[AnyClaim]:
    return merge_repetitions(claims, level or options.level, match_negation=options.match_negation)


def _drop_subjects(claims: Sequence[AnyClaim], options: Options) -> list[AnyClaim]:
    """The modifications among the claims, without their subjects; each object once a sentence, with all its sites."""
    return _merge([replace(claim, subject=None) for claim in claims if claim.relation in MODIFICATIONS], options)


def number_sentences(claims: Sequence[Claim]) -> dict[tuple[str, Span], int]:
    """A number for each (document, sentence); sentences that overlap have the same number."""
    numbers: dict[tuple[str, Span], int] = {}
    document, reach, number = "", 0, -1
    for name, sentence in sorted({(claim.document, claim.sentence) for claim in claims}):
        if name != document or number < 0 or sentence[0] >= reach:
            number += 1
            document, reach = name, sentence[1]
        reach = max(reach, sentence[1])
        numbers[name, sentence] = number
    return numbers


class _SplitFinder:
    """The split of a prediction: that of the gold statement with the nearest sentence in its document."""

    def __init__(self, statements: Sequence[GoldStatement]) -> None:
        self._places: dict[str, list[tuple[Span, str]]] = defaultdict(list)
        for statement in statements:
            self._places[statement.document].append((statement.sentence, statement.split))
        for places in self._places.values():
            places.sort()

    def find(self, claim: Claim) -> str:
        places = self._places.get(claim.document)
        if not places:
            return "dev"
        index = bisect_left(places, (claim.sentence, ""))
        near = places[max(0, index - 1) : index + 1]
        return min(near, key=lambda place: _distance(place[0], claim.sentence))[1]


def _distance(one: Span, other: Span) -> int:
    """Characters between two spans; 0 or less if they touch or overlap."""
    return max(one[0], other[0]) - min(one[1], other[1])
