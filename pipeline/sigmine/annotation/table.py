"""A table of statements that people fill in with a spreadsheet (TSV), read into gold and made from it.

One line a statement; ends are given in the words of the sentence. ``COLUMNS`` says what the columns mean; only
``REQUIRED`` must be there. A line without a relation says that its sentence was looked at and states nothing (more).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sigmine.annotation.properties import FLAGS, NO, YES
from sigmine.annotation.statement_ids import StatementIds
from sigmine.annotation.texts import AnnotatedText
from sigmine.annotation.tsv import split_table
from sigmine.annotation.words import describe_words, find_span, join_words, split_mark
from sigmine.errors import ReadError
from sigmine.evaluation.claim import RELATIONS, End, GoldStatement, Span
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.gold_check import TYPES, check_statement, name_nearest
from sigmine.evaluation.gold_write import gold_to_json

COLUMNS: dict[str, str] = {
    "document": "the document's id: the file's name without suffix",
    "start": "first character of the sentence in the file, counted from 0",
    "end": "the character after its last",
    "section": "title, abstract, body (where it is left empty), legend or table",
    "sentence": "its words, for reading only",
    "id": "of the statement; made where it is left empty",
    "relation": "phosphorylates, activates, ...; empty: the sentence states nothing",
    "subject": "its words in the sentence, 'AKT#2' for the second AKT there; empty: not named",
    "object": "its words in the sentence",
    "sites": "S473, T308; a residue alone where the text gives no number",
    "negated": "yes or empty, as the next three",
    "hedged": "may, might, is thought to",
    "indirect": "the subject only brings it about",
    "cross_sentence": "an end is named in an earlier sentence only; the nearest such place is taken",
    "subject_name": "its symbol or standard name; may be left empty where another line names the same words",
    "subject_type": "PROTEIN, FAMILY, ...; likewise",
    "subject_curie": "its identifier, - if it has none; looked up by name where it is left empty",
    "subject_aliases": "other words for it in the sentence, with | between",
    "object_name": "as of the subject, and so on",
    "object_type": "",
    "object_curie": "",
    "object_aliases": "",
    "split": "dev (where it is left empty) or test",
    "note": "",
}
"""What each column of the table holds."""

REQUIRED: tuple[str, ...] = ("start", "end", "relation", "subject", "object")
_SEPARATORS = str.maketrans(";/|", ",,,")

FindCurie = Callable[[str, str], str | None]
"""The identifier of a standard name and a type, or None."""
Names = dict[str, tuple[str, str, str]]
"""Name, type and CURIE by the words that name them, in lower case."""


@dataclass(slots=True)
class _Reading:
    names: Names
    find_curie: FindCurie
    ids: StatementIds
    problems: list[str] = field(default_factory=list)


def parse_table(
    content: str,
    texts: Mapping[str, AnnotatedText],
    *,
    place: str = "table",
    annotator: str = "",
    find_curie: FindCurie = lambda name, type: None,
) -> tuple[tuple[GoldDocument, ...], tuple[str, ...]]:
    """The gold of a table, one document for each that it names, and every problem, with its line.

    Args:
        content: the TSV (tabs; a first line with the names of the columns, in any order).
        texts: by the documents' ids. With one text, the column ``document`` may be missing.
        place: the file's name, for the problems.
        find_curie: gives identifiers where the table leaves them out.
    """
    rows, problems = _read_rows(content, place)
    if problems:
        return (), tuple(problems)
    reading = _Reading(_collect_names(row for _, row in rows), find_curie, StatementIds(row["id"] for _, row in rows))
    statements: dict[str, list[GoldStatement]] = {}
    only = next(iter(texts)) if len(texts) == 1 else ""
    for line, row in rows:
        name = row["document"] or only
        if name not in texts:
            allowed = ", ".join(texts) or "none"
            reading.problems.append(f"{place}:{line}: no text of document {name!r} is here. Texts: {allowed}")
            continue
        found = statements.setdefault(name, [])
        if row["relation"]:
            before = len(reading.problems)
            statement = _parse_row(row, f"{place}:{line}", texts[name], name, len(found) + 1, reading)
            if statement is not None and len(reading.problems) == before:
                found.append(statement)
        elif row["subject"] or row["object"]:
            reading.problems.append(f"{place}:{line}: relation is empty, but an end is given")
    documents = tuple(
        GoldDocument(name, texts[name].file, texts[name].sha256, texts[name].title, annotator, tuple(found))
        for name, found in statements.items()
    )
    return documents, tuple(dict.fromkeys(reading.problems))


def _read_rows(content: str, place: str) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Line numbers and cells of the rows; every column is there, empty where the table lacks it."""
    try:
        found = split_table(content, place)
    except ReadError as error:
        return [], [str(error)]
    if not found:
        return [], [f"{place}:1: the table is empty; its first line names the columns: {', '.join(COLUMNS)}"]
    header = [cell.strip().casefold() for cell in found[0][1]]
    problems = [
        f"{place}:1: unknown column {name!r}{name_nearest(name, COLUMNS)}" for name in header if name not in COLUMNS
    ]
    problems += [f"{place}:1: column {name!r} is missing" for name in REQUIRED if name not in header]
    problems += [f"{place}:1: column {name!r} is given twice" for name in COLUMNS if header.count(name) > 1]
    rows = []
    for line, cells in found[1:]:
        if any(cell.strip() for cell in cells):
            given = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            rows.append((line, {name: given.get(name, "") for name in COLUMNS}))
            if any(cell.strip() for cell in cells[len(header) :]):
                problems.append(f"{place}:{line}: more cells than columns ({len(cells)}, {len(header)})")
    return rows, problems


def _collect_names(rows: Iterable[dict[str, str]]) -> Names:
    names: Names = {}
    for row in rows:
        for role in ("subject", "object"):
            words, _ = split_mark(row[role])
            given = tuple(row[f"{role}_{what}"] for what in ("name", "type", "curie"))
            old = names.get(words.casefold(), ("", "", ""))
            names[words.casefold()] = (old[0] or given[0], old[1] or given[1], old[2] or given[2])
    return names


def _parse_row(
    row: dict[str, str], place: str, text: AnnotatedText, document: str, number: int, reading: _Reading
) -> GoldStatement | None:
    problems = reading.problems
    sentence = _parse_sentence(row, place, text, problems)
    flags = {name: _parse_flag(row[name], name, place, problems) for name in FLAGS}
    section = row["section"] or "body"
    if row["relation"] not in RELATIONS:
        problems.append(f"{place}: unknown relation {row['relation']!r}{name_nearest(row['relation'], RELATIONS)}")
    if sentence is None:
        return None
    may_be_outside = flags["cross_sentence"] or section == "table"
    ends = {
        role: _parse_end(row, role, place, text, sentence, may_be_outside, reading) for role in ("subject", "object")
    }
    if ends["object"] is None:
        if not row["object"]:
            problems.append(f"{place}: object is empty; only the subject may be")
        return None
    statement = GoldStatement(
        id=row["id"] or reading.ids.make(document, number),
        document=document,
        relation=row["relation"],
        subject=ends["subject"],
        object=ends["object"],
        sites=tuple(site for part in row["sites"].translate(_SEPARATORS).split(",") if (site := part.strip())),
        sentence=sentence,
        section=section,
        negated=flags["negated"],
        hedged=flags["hedged"],
        direct=not flags["indirect"],
        cross_sentence=flags["cross_sentence"],
        split=row["split"] or "dev",
        note=row["note"],
    )
    faults = [*check_statement(gold_to_json(statement)), *reading.ids.check(statement.id, place)]
    problems += [f"{place}: {fault}" for fault in faults]
    return statement


def _parse_sentence(row: dict[str, str], place: str, text: AnnotatedText, problems: list[str]) -> Span | None:
    try:
        start, end = int(row["start"]), int(row["end"])
    except ValueError:
        problems.append(f"{place}: start and end must be whole numbers, not {row['start']!r} and {row['end']!r}")
        return None
    if not 0 <= start < end <= len(text.text):
        problems.append(f"{place}: no sentence {start}:{end}; the text has {len(text.text)} characters")
        return None
    if row["sentence"] and join_words(text.text[start:end]) != join_words(row["sentence"]):
        problems.append(f"{place}: the text at {start}:{end} is not the sentence given; are start and end another's?")
        return None
    return start, end


def _parse_flag(cell: str, name: str, place: str, problems: list[str]) -> bool:
    if cell.casefold() not in YES | NO:
        problems.append(f"{place}: {name} must be yes or empty, not {cell!r}")
    return cell.casefold() in YES


def _parse_end(
    row: dict[str, str],
    role: str,
    place: str,
    text: AnnotatedText,
    sentence: Span,
    may_be_outside: bool,
    reading: _Reading,
) -> End | None:
    """The end with its place; None where the cell is empty or, with a problem, where its words are not found."""
    if not row[role]:
        return None
    words, _ = split_mark(row[role])
    span = find_span(text.text, row[role], sentence, outside=may_be_outside)
    if span is None:
        also = "" if may_be_outside else "; if it stands in an earlier sentence only, write yes under cross_sentence"
        reading.problems.append(f"{place}: {role} {row[role]!r} is not in the sentence{also}")
        return None
    aliases = []
    for alias in filter(None, (part.strip() for part in row[f"{role}_aliases"].split("|"))):
        other = find_span(text.text, alias, sentence, outside=may_be_outside)
        if other is None:
            reading.problems.append(f"{place}: alias {alias!r} of {role} is not in the sentence")
        else:
            aliases.append(other)
    name, kind, curie = reading.names[words.casefold()]
    name, kind, curie = row[f"{role}_name"] or name, row[f"{role}_type"] or kind, row[f"{role}_curie"] or curie
    if not kind:
        reading.problems.append(f"{place}: {role}_type of {words!r} is in no line. Allowed: {', '.join(TYPES)}")
        return None
    name = name or words
    return End((span, *aliases), name, kind, None if curie == "-" else curie or reading.find_curie(name, kind))


def format_table(documents: Sequence[GoldDocument], texts: Mapping[str, AnnotatedText]) -> str:
    """The table of gold documents, as ``parse_table`` reads it, with every column.

    Raises:
        KeyError: if the text of a document is not among ``texts``.
    """
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(COLUMNS), delimiter="\t", lineterminator="\n")
    writer.writeheader()
    for document in documents:
        text = texts[document.document].text
        for statement in document.statements:
            writer.writerow(_format_row(statement, text))
    return stream.getvalue()


def format_template(sentences: Iterable[tuple[str, Span, str, str]]) -> str:
    """A table to fill in, a line a sentence: (document, place in the file, section, words) each."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(COLUMNS), restval="", delimiter="\t", lineterminator="\n")
    writer.writeheader()
    for document, (start, end), section, words in sentences:
        writer.writerow({"document": document, "start": start, "end": end, "section": section, "sentence": words})
    return stream.getvalue()


def _format_row(statement: GoldStatement, text: str) -> dict[str, object]:
    row: dict[str, object] = {
        "document": statement.document,
        "start": statement.sentence[0],
        "end": statement.sentence[1],
        "section": statement.section,
        "sentence": join_words(text[slice(*statement.sentence)]),
        "id": statement.id,
        "relation": statement.relation,
        "sites": ", ".join(statement.sites),
        "negated": "yes" * statement.negated,
        "hedged": "yes" * statement.hedged,
        "indirect": "yes" * (not statement.direct),
        "cross_sentence": "yes" * statement.cross_sentence,
        "split": statement.split,
        "note": statement.note,
    }
    for role, end in (("subject", statement.subject), ("object", statement.object)):
        if end is not None:
            words, *aliases = (describe_words(text, span, statement.sentence) for span in end.spans)
            row |= {
                role: words,
                f"{role}_name": end.name,
                f"{role}_type": end.type,
                f"{role}_curie": end.curie or "-",
                f"{role}_aliases": " | ".join(aliases),
            }
    return row
