"""Places in a sentence, from the characters of the file to those of the document and back, as far as evidence tells.

A reader may repair what it reads, so the file may have more characters than the document. An evidence says where its
sentence and its ends stand in both. Between two of these places nothing was put in or left out if both have the same
distance; then, and only then, a place between them is known in both.
"""

from __future__ import annotations

from itertools import pairwise

from sigmine.evaluation.claim import Span
from sigmine.model.statement import Evidence


def find_file_span(evidence: Evidence, start: int, end: int) -> Span | None:
    """The characters of the file for those of the document; None where the evidence does not tell."""
    return _move(start, end, _list_anchors(evidence))


def find_document_span(evidence: Evidence, start: int, end: int) -> Span | None:
    """The characters of the document for those of the file; None where the evidence does not tell."""
    return _move(start, end, [(there, here) for here, there in _list_anchors(evidence)])


def find_words(evidence: Evidence, words: str) -> Span | None:
    """Where words stand in the sentence, first as they are written, then in any case; characters of the document."""
    at = evidence.sentence.find(words)
    if at < 0:
        at = evidence.sentence.lower().find(words.lower())
    return (evidence.start + at, evidence.start + at + len(words)) if words and at >= 0 else None


def _list_anchors(evidence: Evidence) -> list[tuple[int, int]]:
    """Places that are known in both, in order: (in the document, in the file)."""
    if evidence.source is None:
        return [(evidence.start, evidence.start), (evidence.end, evidence.end)]
    mention = evidence.mention
    anchors = [(evidence.start, evidence.source[0]), (evidence.end, evidence.source[1])]
    for entity, place in ((mention.subject, evidence.source_subject), (mention.object, evidence.source_object)):
        if entity is not None and place is not None:
            anchors += [(entity.start, place[0]), (entity.end, place[1])]
    return sorted(set(anchors))


def _move(start: int, end: int, anchors: list[tuple[int, int]]) -> Span | None:
    for (low, low_there), (high, high_there) in pairwise(anchors):
        if low <= start < end <= high and high - low == high_there - low_there:
            return start - low + low_there, end - low + low_there
    return None
