"""brat stand-off: ``X.txt`` and ``X.ann``, with our statements as relations.

::

    T1	FAMILY 0 3	AKT
    N1	Reference T1 fplx:AKT	AKT
    R1	phosphorylates Arg1:T1 Arg2:T2
    #1	AnnotatorNotes R1	sites: S939; sentence: 0-34

Sites, flags and the sentence stand in the note of a relation, as ``key: value`` with ``;`` between; the key ``note``,
the last, may hold any words. A subject that is not named is an entity ``Unnamed`` over the sentence. ``* Equiv`` ties
the aliases of an end to it. [Format: brat.nlplab.org/standoff.html]
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count

from sigmine.annotation.properties import make_properties, make_statement
from sigmine.annotation.statement_ids import StatementIds
from sigmine.annotation.texts import AnnotatedText
from sigmine.annotation.words import join_words
from sigmine.evaluation.claim import End, GoldStatement, Span
from sigmine.evaluation.gold import GoldDocument

UNNAMED = "Unnamed"
_ENTITY = re.compile(r"(T\d+)\t(\S+) (\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)(?:\t(.*))?")
_NAME = re.compile(r"(N\d+)\t\S+ (T\d+) (\S+)(?:\t(.*))?")
_RELATION = re.compile(r"(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)\s*")
_NOTE = re.compile(r"#\d+\t\S+ (R\d+)\t(.*)")
_EQUIV = re.compile(r"\*\tEquiv((?: T\d+)+)\s*")


@dataclass(slots=True)
class _Lines:
    """What the lines hold; of relations, with the number of the line."""

    entities: dict[str, tuple[str, Span]] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    relations: list[tuple[int, str, str, str, str]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def format_brat(document: GoldDocument, text: str) -> str:
    """The ``.ann`` file of a gold document; ``text`` is what ``document.file`` holds."""
    ids: dict[tuple[Span, str, str, str | None], str] = {}
    lines: list[str] = []
    numbers = count(1)

    def name_entity(span: Span, end: End) -> str:
        key = (span, end.type, end.name, end.curie)
        if key not in ids:
            number = len(ids) + 1
            ids[key] = f"T{number}"
            words = " ".join(text[slice(*span)].split())
            lines.append(f"T{number}\t{end.type} {span[0]} {span[1]}\t{words}")
            if end.type != UNNAMED:
                lines.append(f"N{number}\tReference T{number} {end.curie or '-'}\t{end.name}")
        return ids[key]

    for statement in document.statements:
        subject = statement.subject or End((statement.sentence,), UNNAMED, UNNAMED)
        places = []
        for end in (subject, statement.object):
            first, *others = (name_entity(span, end) for span in end.spans)
            places.append(first)
            if others:
                lines.append(f"*\tEquiv {' '.join((first, *others))}")
        number = next(numbers)
        lines.append(f"R{number}\t{statement.relation} Arg1:{places[0]} Arg2:{places[1]}")
        notes = "; ".join(f"{key}: {value}" for key, value in make_properties(statement).items())
        lines.append(f"#{number}\tAnnotatorNotes R{number}\t{notes}")
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def parse_brat(
    content: str, name: str, text: AnnotatedText, *, place: str = "brat", annotator: str = ""
) -> tuple[GoldDocument, tuple[str, ...]]:
    """The gold of an ``.ann`` file, and every problem, with its line. Other annotations (events) are left alone."""
    found = _Lines()
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            _read_line(line.rstrip("\r"), number, found, text.text, place)
    notes = {relation_id: _parse_note(found.notes.get(relation_id, "")) for _, relation_id, *_ in found.relations}
    ids = StatementIds(note.get("id", "") for note in notes.values())
    statements: list[GoldStatement] = []
    for number, relation_id, relation, first, second in found.relations:
        ends = [_make_end(one, found, text.text) for one in (first, second)]
        lost = [one for one, end in zip((first, second), ends, strict=True) if end is None]
        if lost or ends[1] is None:
            found.problems.append(f"{place}:{number}: there is no entity {' or '.join(lost)}")
            continue
        subject = None if ends[0] is None or ends[0].type == UNNAMED else ends[0]
        statement, problems = make_statement(
            relation,
            subject,
            ends[1],
            notes[relation_id],
            id=notes[relation_id].get("id") or ids.make(name, len(statements) + 1),
            document=name,
            text=text.text,
        )
        if statement is not None:
            statements.append(statement)
            problems += ids.check(statement.id, f"{place}:{number}")
        found.problems += [f"{place}:{number}: {problem}" for problem in problems]
    document = GoldDocument(name, text.file, text.sha256, text.title, annotator, tuple(statements))
    return document, tuple(found.problems)


def _read_line(line: str, number: int, found: _Lines, text: str, place: str) -> None:
    if line.startswith("T"):
        match = _ENTITY.fullmatch(line)
        if match is None:
            found.problems.append(f"{place}:{number}: not an entity; write T1<tab>PROTEIN 0 3<tab>AKT")
            return
        offsets = [int(offset) for offset in re.findall(r"\d+", match[3])]
        span = (min(offsets), max(offsets))
        if not span[0] < span[1] <= len(text):
            found.problems.append(
                f"{place}:{number}: {span[0]}:{span[1]} is not within the text ({len(text)} characters)"
            )
        elif match[4] is not None and len(offsets) == 2 and text[slice(*span)].split() != match[4].split():
            there = join_words(text[slice(*span)])
            found.problems.append(f"{place}:{number}: {match[1]} is {match[4]!r}, but the text has {there!r}")
        else:
            found.entities[match[1]] = (match[2], span)
    elif match := _NAME.fullmatch(line):
        found.names[match[2]] = (match[3], match[4] or "")
    elif match := _RELATION.fullmatch(line):
        found.relations.append((number, match[1], match[2], match[3], match[4]))
    elif line.startswith("R"):
        found.problems.append(f"{place}:{number}: not a relation; write R1<tab>activates Arg1:T1 Arg2:T2")
    elif match := _NOTE.fullmatch(line):
        found.notes[match[1]] = match[2]
    elif match := _EQUIV.fullmatch(line):
        first, *others = match[1].split()
        found.aliases.setdefault(first, []).extend(others)


def _make_end(entity: str, found: _Lines, text: str) -> End | None:
    if entity not in found.entities:
        return None
    kind, span = found.entities[entity]
    curie, name = found.names.get(entity, ("-", ""))
    others = [found.entities[one][1] for one in found.aliases.get(entity, ()) if one in found.entities]
    return End((span, *others), name or join_words(text[slice(*span)]), kind, None if curie == "-" else curie)


def _parse_note(note: str) -> dict[str, str]:
    """``sites: S473; note: any words; also with semicolons``; a note without keys is the key ``note``."""
    properties: dict[str, str] = {}
    rest = note.strip()
    while rest:
        key, colon, value = rest.partition(":")
        if not colon or not key.strip().isidentifier():
            properties["note"] = rest
            break
        if key.strip() == "note":
            properties["note"] = value.strip()
            break
        value, _, rest = value.partition(";")
        properties[key.strip()] = value.strip()
        rest = rest.strip()
    return properties
