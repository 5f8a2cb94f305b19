"""Claims of other programs put at their place in the gold's texts, by the words of their sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sigmine.annotation.texts import AnnotatedText
from sigmine.annotation.words import find_words
from sigmine.evaluation.claim import End, Prediction, Span
from sigmine.evaluation.matching import merge_repetitions


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """What another program states, before its place is known.

    Attributes:
        sentence: its words; empty where they are not given.
        documents: what it calls its document, surest first; ``place``: characters of the sentence, where given.
        words: those that name the subject and the object, in this order, where given.
    """

    id: str
    relation: str
    subject: End | None
    object: End
    sites: tuple[str, ...] = ()
    negated: bool = False
    hedged: bool = False
    direct: bool = True
    sentence: str = ""
    documents: tuple[str, ...] = ()
    place: Span | None = None
    words: tuple[str | None, ...] = ()
    rule: str = ""
    belief: float = 1.0


@dataclass(frozen=True, slots=True)
class Placement:
    """``predictions`` with a document; those in ``unplaced`` have no sentence, and count at level ``document`` only."""

    predictions: tuple[Prediction, ...]
    unplaced: frozenset[str]
    lost: int

    def select(self, level: str) -> tuple[Prediction, ...]:
        """Those that can be compared at a level.

        What says the same in one sentence is one claim, with all residues: INDRA has a statement for each residue.
        """
        if level == "document":
            return self.predictions
        return tuple(merge_repetitions([one for one in self.predictions if one.id not in self.unplaced], "identity"))


def place_claims(
    claims: Iterable[FoundClaim], documents: Sequence[str], texts: Mapping[str, AnnotatedText]
) -> Placement:
    """Find the document and the characters of each claim.

    Args:
        documents: ids of the gold's documents; with one alone, a claim that names none is of it.
        texts: those that are here, by document.

    A claim belongs to the document that it names or, where it names none of them, to the first text that holds its
    sentence; ``lost`` counts those that belong to none.
    """
    predictions: list[Prediction] = []
    unplaced: set[str] = set()
    lost = 0
    for number, claim in enumerate(claims):
        named = next((name for name in claim.documents if name in documents), None)
        document, span = _find(claim, [named] if named else documents, texts)
        document = document or named or (documents[0] if len(documents) == 1 and not claim.documents else None)
        if document is None:
            lost += 1
            continue
        prediction = _make_prediction(claim, f"{claim.id}#{number}", document, span or (0, 0))
        if span is None:
            unplaced.add(prediction.id)
        elif document in texts:
            prediction = _place_ends(prediction, claim, texts[document].text)
        predictions.append(prediction)
    return Placement(tuple(predictions), frozenset(unplaced), lost)


def _find(
    claim: FoundClaim, documents: Sequence[str], texts: Mapping[str, AnnotatedText]
) -> tuple[str | None, Span | None]:
    if claim.place is not None and len(documents) == 1 and (not claim.documents or documents[0] in claim.documents):
        return documents[0], claim.place
    for name in documents:
        if claim.sentence and name in texts:
            text = texts[name].text
            places = find_words(text, claim.sentence, 0, len(text))
            if places:
                return name, places[0]
    return None, None


def _make_prediction(claim: FoundClaim, name: str, document: str, sentence: Span) -> Prediction:
    return Prediction(
        id=name,
        document=document,
        relation=claim.relation,
        subject=claim.subject,
        object=claim.object,
        sites=claim.sites,
        sentence=sentence,
        negated=claim.negated,
        hedged=claim.hedged,
        direct=claim.direct,
        text=claim.sentence,
        rule=claim.rule,
        belief=claim.belief,
    )


def _place_ends(prediction: Prediction, claim: FoundClaim, text: str) -> Prediction:
    """The ends with the characters of their words, or of their names, in the sentence."""

    def locate(end: End, words: str | None) -> End:
        if end.spans:
            return end
        for name in (words, end.name):
            places = find_words(text, name, *prediction.sentence) if name else []
            if places:
                return replace(end, spans=(places[0],))
        return end

    given = [*claim.words, None, None]
    if claim.subject is None:
        given = [None, *(word for word in given if word), None]
    subject = locate(claim.subject, given[0]) if claim.subject else None
    return replace(prediction, subject=subject, object=locate(claim.object, given[1]))
