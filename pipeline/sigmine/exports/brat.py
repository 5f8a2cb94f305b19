"""Statements as brat stand-off: ``X.txt`` with the sentences of a document that say something, ``X.ann`` with events.

::

    T1	FAMILY 0 3	AKT
    N1	Reference T1 fplx:AKT	AKT
    T3	phosphorylates 4 18	phosphorylates
    E1	phosphorylates:T3 Subject:T1 Object:T2 Site:T4
    A1	Hedge E1
    #1	AnnotatorNotes E1	statement: 8f1c...; belief: 0.94; rule: phosphorylates/transitive_verb.active; place: 0-34

[Format: brat.nlplab.org/standoff.html]
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.exports.cells import find_works, flatten_text
from sigmine.exports.file_names import make_file_names
from sigmine.exports.passages import Passage, ReadDocument, Reading, Words, collect_documents, find_unplaced, list_words
from sigmine.exports.sentences import describe_statement
from sigmine.model.entity import ENTITY_TYPES, Entity, Site
from sigmine.model.statement import CLAIM_TYPES, Statement

UNPLACED = "without-evidence"
"""The file that tells statements without evidence; there is none where there are none."""

_SITE = "SITE"
_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")
_NO_TEXT = {"Cc", "Cs", "Cn", "Zl", "Zp"}  # lines are what brat shows; nothing else may begin one


def list_brat_files(statements: Iterable[Statement]) -> Iterator[tuple[str, bytes]]:
    """``annotation.conf``, which names the types for brat, then text and annotation of each document.

    Each sentence is a line of the text, in the order of the document, so offsets are those of the text here; the note
    of an event has those of the document (``place``). Words outside the sentence have a line of their own. A document
    whose id is no safe name of a file has one with a hash.
    """
    statements = list(statements)
    documents, unplaced = collect_documents(statements), find_unplaced(statements)
    yield "annotation.conf", make_configuration(documents).encode()
    names = make_file_names(document.id for document in documents)
    for document in documents:
        writer = _Writer(document)
        yield f"{names[document.id]}.txt", writer.text.encode()
        yield f"{names[document.id]}.ann", writer.format_annotation().encode()
    if unplaced:
        name = UNPLACED
        while name in {other.casefold() for other in names.values()}:
            name += "_"
        yield f"{name}.txt", "".join(f"{describe_statement(one)}\n" for one in unplaced).encode()
        yield f"{name}.ann", b""


def make_configuration(documents: Iterable[ReadDocument] = ()) -> str:
    """What brat needs to know of the types: entities, events with their roles, attributes."""
    readings = [reading for document in documents for reading in document.readings]
    ends = {words.type for reading in readings for _, words in list_words(reading) if isinstance(words, Entity)}
    types = dict.fromkeys([*ENTITY_TYPES, *sorted(_make_name(type) for type in ends), _SITE])
    relations = dict.fromkeys([*load_relation_terms(), *sorted(one.evidence.mention.relation for one in readings)])
    events = [f"{relation}\tSubject?:<ENTITY>, Object:<ENTITY>, Site*:{_SITE}" for relation in relations]
    attributes = [f"{name}\tArg:<EVENT>" for name in ("Negation", "Hedge", "Indirect")]
    attributes.append(f"Claim\tArg:<EVENT>, Value:{'|'.join(CLAIM_TYPES)}")
    sections = {"entities": types, "relations": (), "events": events, "attributes": attributes}
    return "".join(f"{line}\n" for name, lines in sections.items() for line in (f"[{name}]", *lines))


class _Writer:
    """One document: its text, and the lines about it with their running numbers."""

    def __init__(self, document: ReadDocument) -> None:
        self.document = document
        self.text = "".join(f"{_make_line(passage)}\n" for passage in document.passages)
        self._starts = list(accumulate((len(passage.text) + 1 for passage in document.passages), initial=0))
        self._marks: dict[tuple[object, ...], str] = {}
        self._lines: list[str] = []
        self._attributes = 0

    def format_annotation(self) -> str:
        for number, reading in enumerate(self.document.readings, start=1):
            self._add_event(number, reading)
        return "".join(f"{line}\n" for line in self._lines)

    def _add_event(self, number: int, reading: Reading) -> None:
        mention = reading.evidence.mention
        marks = [(role, self._mark(words, reading)) for role, words in list_words(reading)]
        trigger = next(mark for role, mark in marks if role == "trigger")
        ends = [f"{role.capitalize()}:{mark}" for role, mark in marks if role not in ("trigger", "site")]
        sites = [mark for role, mark in marks if role == "site"]
        ends += [f"Site{index if index > 1 else ''}:{mark}" for index, mark in enumerate(dict.fromkeys(sites), 1)]
        self._lines.append(f"E{number}\t{mention.relation}:{trigger} {' '.join(ends)}")
        flags = {"Negation": mention.negated, "Hedge": mention.hedged, "Indirect": not mention.direct}
        for line in (
            *(f"{name} E{number}" for name, flag in flags.items() if flag),
            f"Claim E{number} {mention.claim}",
        ):
            self._attributes += 1
            self._lines.append(f"A{self._attributes}\t{line}")
        self._lines.append(f"#{number}\tAnnotatorNotes E{number}\t{_make_note(reading)}")

    def _mark(self, words: Words, reading: Reading) -> str:
        """The id of the words, which are written when they are first met."""
        type = _make_name(words.type) if isinstance(words, Entity) else _SITE
        if not isinstance(words, Entity | Site):
            type = reading.evidence.mention.relation
        name = flatten_text(words.name) if isinstance(words, Entity) else ""
        key = (words.start, words.end, type, name)
        if key not in self._marks:
            number = self.document.find_passage(words, reading.evidence)
            start = self._starts[number] + words.start - self.document.passages[number].start
            end = start + words.end - words.start
            mark = self._marks[key] = f"T{len(self._marks) + 1}"
            self._lines.append(f"{mark}\t{type} {start} {end}\t{self.text[start:end]}")
            if isinstance(words, Entity) and words.curie:
                self._lines.append(f"N{mark[1:]}\tReference {mark} {flatten_text(words.curie)}\t{name}")
        return self._marks[key]


def _make_line(passage: Passage) -> str:
    """The text of a passage on one line, with as many characters."""
    return "".join(" " if unicodedata.category(one) in _NO_TEXT else one for one in passage.text)


def _make_name(type: str) -> str:
    return _NO_NAME.sub("_", type)


def _make_note(reading: Reading) -> str:
    evidence = reading.evidence
    values = {
        "statement": ", ".join(statement.id for statement in reading.statements),
        "belief": ", ".join(f"{statement.belief:.4f}" for statement in reading.statements),
        "rule": evidence.mention.rule,
        "section": evidence.section,
        "place": f"{evidence.start}-{evidence.end}",
        "citations": ", ".join(find_works([evidence])),
    }
    return "; ".join(f"{key}: {flatten_text(value)}" for key, value in values.items() if value)
