"""Gold and predictions side by side: what counts, what matches what, and which sentence and split each belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeVar

from sigmine.evaluation.claim import MODIFICATIONS, Claim, GoldStatement, Prediction, Span
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.matching import Comparison, compare, merge_repetitions

AnyClaim = TypeVar("AnyClaim", GoldStatement, Prediction)


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a comparison: as the arguments of ``sigmine.evaluation.evaluate``."""

    level: str = "relaxed"
    core: bool = True
    relations: tuple[str, ...] = ()
    match_negation: bool = False

    def counts(self, claim: Claim) -> bool:
        """Whether the claim is part of the score."""
        return (claim.core or not self.core) and (not self.relations or claim.relation in self.relations)


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
    """All that was compared.

    Attributes:
        outcomes: matches, then misses, then false alarms.
        objects: the same for modifications without regard to the subject: each object counts once a sentence.
        duplicates, ignored: the split of each such prediction.
    """

    outcomes: tuple[Outcome, ...]
    objects: tuple[Outcome, ...]
    duplicates: tuple[str, ...]
    ignored: tuple[str, ...]


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


def align(statements: Sequence[GoldStatement], predictions: Sequence[Prediction], options: Options) -> Alignment:
    """Compare what counts; the documents' ids must be the gold's (``assign_documents``)."""
    gold = [statement for statement in statements if options.counts(statement)]
    predicted = [prediction for prediction in predictions if options.counts(prediction)]
    uncounted = [statement for statement in statements if options.core and not statement.core]
    if options.level == "document":
        gold, predicted = _merge(gold, options), _merge(predicted, options)
    clusters = _number_sentences([*statements, *predictions])
    splits = _SplitFinder(statements)

    def make_outcomes(
        gold: Sequence[GoldStatement], predicted: Sequence[Prediction], comparison: Comparison
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
            split = statement.split if statement else splits.find(claim)
            outcomes.append(Outcome(statement, prediction, split, clusters[claim.document, claim.sentence]))
        return tuple(outcomes)

    def run(
        gold: Sequence[GoldStatement], predicted: Sequence[Prediction], uncounted: Sequence[GoldStatement]
    ) -> Comparison:
        return compare(gold, predicted, options.level, uncounted=uncounted, match_negation=options.match_negation)

    comparison = run(gold, predicted, uncounted)
    objects_gold = _drop_subjects(gold, options)
    objects_predicted = _drop_subjects(predicted, options)
    objects = run(objects_gold, objects_predicted, _drop_subjects(uncounted, options))
    return Alignment(
        outcomes=make_outcomes(gold, predicted, comparison),
        objects=make_outcomes(objects_gold, objects_predicted, objects),
        duplicates=tuple(splits.find(predicted[index]) for index in comparison.duplicates),
        ignored=tuple(splits.find(predicted[index]) for index in comparison.ignored),
    )


def _merge(claims: Sequence[AnyClaim], options: Options) -> list[AnyClaim]:
    return merge_repetitions(claims, options.level, match_negation=options.match_negation)


def _drop_subjects(claims: Sequence[AnyClaim], options: Options) -> list[AnyClaim]:
    """The modifications among the claims, without their subjects; each object once a sentence, with all its sites."""
    return _merge([replace(claim, subject=None) for claim in claims if claim.relation in MODIFICATIONS], options)


def _number_sentences(claims: Sequence[Claim]) -> dict[tuple[str, Span], int]:
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
