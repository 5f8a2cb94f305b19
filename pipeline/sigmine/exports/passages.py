"""Statements by the document they were read in: its sentences that say something, and what was read in each.

What formats of annotation tools are made of: they hold texts with marks, not statements.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sigmine.assembly.merge import sort_key
from sigmine.assembly.triples import evidence_iri
from sigmine.model.entity import Entity, Site
from sigmine.model.statement import Evidence, Statement, Trigger

CONTEXT = "context"
"""The section of a passage that is no sentence but words that one refers to: the head of a table's column, say."""

Words = Entity | Site | Trigger
"""What is marked: ``start``, ``end`` and ``text``."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Characters ``start:end`` of ``Document.text``; ``section`` is the kind of their section, or ``CONTEXT``."""

    start: int
    end: int
    text: str
    section: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What one rule read at one place, with the statements that it is evidence for, one for each of its sites."""

    evidence: Evidence
    statements: tuple[Statement, ...]

    @property
    def sites(self) -> tuple[Site, ...]:
        """The sites of the statements, in text order; those of statements that were left out are not among them."""
        names = {statement.site for statement in self.statements}
        return tuple(site for site in self.evidence.mention.sites if site.standard_name in names)


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The passages are sorted; the readings are in the order of the text."""

    id: str
    passages: tuple[Passage, ...]
    readings: tuple[Reading, ...]

    def find_passage(self, words: Words, evidence: Evidence) -> int:
        """The number of the passage that holds the words; where several do, it is the sentence of the evidence."""
        if evidence.start <= words.start and words.end <= evidence.end:
            return self.find_sentence(evidence)
        holding = (
            number
            for number, passage in enumerate(self.passages)
            if passage.start <= words.start and words.end <= passage.end
        )
        return next(holding)

    def find_sentence(self, evidence: Evidence) -> int:
        """The number of the passage that is the sentence of the evidence."""
        return bisect_left(self.passages, (evidence.start, evidence.end), key=lambda one: (one.start, one.end))


def collect_documents(statements: Iterable[Statement]) -> list[ReadDocument]:
    """The documents of the evidence, by their ids. The order of the statements does not matter."""
    readings: dict[str, dict[str, Reading]] = {}
    for statement in sorted(statements, key=sort_key):
        for evidence in statement.evidence:
            document, name = readings.setdefault(evidence.document, {}), evidence_iri(evidence)
            known = document[name].statements if name in document else ()
            document[name] = Reading(evidence, (*known, statement))
    return [
        ReadDocument(name, tuple(_find_passages(found.values())), tuple(sorted(found.values(), key=_rank)))
        for name, found in sorted(readings.items())
    ]


def find_unplaced(statements: Iterable[Statement]) -> list[Statement]:
    """The statements without evidence, which no document holds, in the order of statements."""
    return sorted((statement for statement in statements if not statement.evidence), key=sort_key)


def list_words(reading: Reading) -> Iterator[tuple[str, Words]]:
    """What is marked, with its role: ``subject``, ``object``, ``trigger`` and each ``site``."""
    mention = reading.evidence.mention
    if mention.subject is not None:
        yield "subject", mention.subject
    yield "object", mention.object
    yield "trigger", mention.trigger
    for site in reading.sites:
        yield "site", site


def _rank(reading: Reading) -> tuple[object, ...]:
    evidence = reading.evidence
    return evidence.start, evidence.mention.trigger.start, evidence.mention.relation, evidence_iri(evidence)


def _find_passages(readings: Iterable[Reading]) -> list[Passage]:
    readings = list(readings)
    sentences: dict[tuple[int, int], Passage] = {}
    for reading in sorted(readings, key=_rank):
        item = reading.evidence
        sentences.setdefault((item.start, item.end), Passage(item.start, item.end, item.sentence, item.section))
    passages = sorted(sentences.values())
    words = {(found.start, found.end, found.text) for reading in readings for _, found in list_words(reading)}
    for start, end, text in sorted(words, key=lambda found: (found[0], -found[1], found[2])):
        if not any(one.start <= start and end <= one.end for one in passages):
            passages.append(Passage(start, end, text, CONTEXT))
    return sorted(passages)
