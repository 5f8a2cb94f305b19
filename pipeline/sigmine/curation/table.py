"""Decisions in a spreadsheet: a row for each reading, with cells to fill in, and back.

Fill in ``verdict`` (accepted, rejected, corrected), and where it is wrong ``error``. For a correction, change the cells
``relation`` to ``direct`` to what the sentence says and write ``corrected``. An end is given in the words of the
sentence, as any name of it in the output, or as ``words = name | TYPE | hgnc:391``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sigmine.annotation.tsv import split_table
from sigmine.curation.decision import VERDICTS, Correction, Decision, make_decision, make_reading
from sigmine.curation.sources import NO_SOURCE, Source
from sigmine.curation.spans import find_file_span, find_words
from sigmine.errors import CurationError, ReadError
from sigmine.evaluation.claim import RELATIONS, End
from sigmine.evaluation.gold_check import TYPES, name_nearest
from sigmine.evaluation.reasons import REASONS
from sigmine.exports.cells import flatten_text, guard_formula
from sigmine.model.entity import Entity
from sigmine.model.ids import make_evidence_id
from sigmine.model.statement import Evidence, Statement

SAID: tuple[str, ...] = ("relation", "subject", "object", "sites", "negated", "hedged", "direct")
JUDGED: tuple[str, ...] = ("verdict", "error", "comment", "curator")
COLUMNS: tuple[str, ...] = (
    "statement", "evidence", "document", "section", "belief", "rule", *SAID, "sentence", *JUDGED,
)  # fmt: skip
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": False}

Row = dict[str, str]
_Shown = tuple[Statement, Evidence]


def format_table(readings: Iterable[_Shown], decisions: Mapping[str, Decision]) -> str:
    """A row for each reading, with what stands of it; UTF-8 text separated by tabs, with a line of column names.

    Args:
        decisions: by the ids of readings.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, delimiter="\t", lineterminator="\n")
    writer.writeheader()
    for statement, evidence in readings:
        row = _make_row(statement, evidence)
        decision = decisions.get(row["evidence"])
        if decision is not None:
            row |= {name: getattr(decision, name) or "" for name in JUDGED}
            row |= {} if decision.correction is None else _say(decision.correction)
        writer.writerow({name: guard_formula(flatten_text(value)) for name, value in row.items()})
    return text.getvalue()


@dataclass(slots=True)
class _Task:
    """What rows are read with."""

    readings: dict[str, _Shown]
    by_statement: dict[str, list[_Shown]]
    ends: dict[str, End]
    sources: Mapping[str, Source]
    curator: str
    place: str
    problems: list[str] = field(default_factory=list)


def parse_table(
    content: str,
    statements: Sequence[Statement],
    *,
    curator: str,
    sources: Mapping[str, Source] | None = None,
    place: str = "table",
) -> tuple[tuple[Decision, ...], tuple[str, ...]]:
    """The decisions of the rows that have a verdict, and every problem, with its line.

    Needed are the columns ``verdict`` and ``evidence`` or, of statements that were read once, ``statement``. A row that
    names its curator is that one's.

    Args:
        statements: of the output that was judged.
        curator: whose the other rows are.
        place: the file's name, for the problems.
    """
    try:
        rows = split_table(content, place)
    except ReadError as error:
        return (), (str(error),)
    header = [cell.strip().casefold() for cell in rows[0][1]] if rows else []
    faults = [f"unknown column {name!r}{name_nearest(name, COLUMNS)}" for name in header if name not in COLUMNS]
    if "verdict" not in header or not {"evidence", "statement"} & set(header):
        faults.append("the first line names the columns; needed are 'verdict' and 'evidence' (or 'statement')")
    if faults:
        return (), tuple(f"{place}:1: {fault}" for fault in faults)
    task = _make_task(statements, sources or {}, curator, place)
    decisions = []
    for line, cells in rows[1:]:
        row = dict.fromkeys(COLUMNS, "") | dict(zip(header, map(_read_cell, cells), strict=False))
        if row["verdict"]:
            decision = _parse_row(row, set(header), f"{place}:{line}", task)
            decisions += [] if decision is None else [decision]
        elif row["error"]:
            task.problems.append(f"{place}:{line}: an error without a verdict; write rejected or corrected")
    return tuple(decisions), tuple(task.problems)


def _make_task(statements: Sequence[Statement], sources: Mapping[str, Source], curator: str, place: str) -> _Task:
    readings: dict[str, _Shown] = {}
    by_statement: dict[str, list[_Shown]] = {}
    ends: dict[str, End] = {}
    for statement in statements:
        by_statement[statement.id] = [(statement, one) for one in statement.evidence]
        for evidence in statement.evidence:
            readings.setdefault(make_evidence_id(evidence), (statement, evidence))
            for entity in (evidence.mention.subject, evidence.mention.object):
                if entity is not None:
                    end = End((), entity.name, entity.type, entity.curie)
                    for name in (entity.name, entity.text, entity.curie or entity.name):
                        ends.setdefault(name.casefold(), end)
    return _Task(readings, by_statement, ends, sources, curator, place)


def _make_row(statement: Statement, evidence: Evidence) -> Row:
    return {
        **dict.fromkeys(COLUMNS, ""),
        "statement": statement.id,
        "evidence": make_evidence_id(evidence),
        "document": evidence.document,
        "section": evidence.section,
        "belief": f"{evidence.mention.prior:.2f}",
        "rule": evidence.mention.rule,
        **_say_read(evidence),
        "sentence": evidence.sentence,
    }


def _say_read(evidence: Evidence) -> Row:
    return _say(make_reading(evidence))


def _say(said: Any) -> Row:
    """The cells of a reading or a correction."""
    return {
        "relation": said.relation,
        "subject": "" if said.subject is None else said.subject.name,
        "object": said.object.name,
        "sites": ", ".join(said.sites),
        "negated": "yes" if said.negated else "no",
        "hedged": "yes" if said.hedged else "no",
        "direct": "yes" if said.direct else "no",
    }


def _read_cell(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and guard_formula(cell[1:]) == cell else cell


def _parse_row(row: Row, given: set[str], place: str, task: _Task) -> Decision | None:
    shown, problem = _find_reading(row, task)
    verdict = row["verdict"].casefold()
    error = row["error"].casefold().replace(" ", "_") or None
    if verdict not in VERDICTS:
        problem = problem or f"unknown verdict {row['verdict']!r}{name_nearest(verdict, VERDICTS)}"
    if error is not None and error not in REASONS:
        by_label = {reason.label.casefold().replace(" ", "_"): reason.id for reason in REASONS.values()}
        problem = problem or (
            "" if error in by_label else f"unknown error {row['error']!r}{name_nearest(error, REASONS)}"
        )
        error = by_label.get(error)
    if shown is None or problem:
        task.problems.append(f"{place}: {problem}")
        return None
    statement, evidence = shown
    try:
        correction = _parse_correction(row, given, evidence, task) if verdict == "corrected" else None
        if verdict != "corrected" and _list_changes(row, given, evidence):
            names = ", ".join(_list_changes(row, given, evidence))
            raise CurationError(f"{names} differ from what was read, which goes with the verdict 'corrected'")
        return make_decision(
            evidence,
            statement.id,
            verdict,  # type: ignore[arg-type]  # checked above
            source=task.sources.get(evidence.document, NO_SOURCE),
            error=error,
            correction=correction,
            comment=row["comment"],
            curator=row["curator"] or task.curator,
        )
    except CurationError as fault:
        task.problems.append(f"{place}: {fault}")
        return None


def _find_reading(row: Row, task: _Task) -> tuple[_Shown | None, str]:
    if row["evidence"]:
        found = task.readings.get(row["evidence"])
        return found, "" if found else f"the output has no reading {row['evidence']!r}"
    shown = task.by_statement.get(row["statement"], [])
    if len(shown) == 1:
        return shown[0], ""
    if not shown:
        return None, f"the output has no statement {row['statement']!r}"
    return None, f"statement {row['statement']} was read {len(shown)} times; name the reading in the column 'evidence'"


def _list_changes(row: Row, given: set[str], evidence: Evidence) -> list[str]:
    """The columns of what was read whose cells were changed."""
    before = _say_read(evidence)
    return [name for name in SAID if name in given and row[name] != flatten_text(before[name])]


def _parse_correction(row: Row, given: set[str], evidence: Evidence, task: _Task) -> Correction:
    changed = _list_changes(row, given, evidence)
    if not changed:
        raise CurationError(f"corrected, but nothing is changed in {', '.join(SAID)}")
    reading = make_reading(evidence)
    relation = row["relation"] if "relation" in changed else reading.relation
    if relation not in RELATIONS:
        raise CurationError(f"unknown relation {relation!r}{name_nearest(relation, RELATIONS)}")
    flags = {}
    for name in ("negated", "hedged", "direct"):
        value = _YES.get(row[name].casefold()) if name in changed else getattr(reading, name)
        if value is None:
            raise CurationError(f"{name} is {row[name]!r}; write yes or no")
        flags[name] = value
    subject = reading.subject
    if "subject" in changed:
        subject = _find_end(row["subject"], evidence, task) if row["subject"] else None
    object_ = _find_end(row["object"], evidence, task) if "object" in changed else reading.object
    sites = reading.sites
    if "sites" in changed:
        sites = tuple(filter(None, (name.strip().upper() for name in row["sites"].replace(";", ",").split(","))))
    return Correction(relation, subject, object_, sites, **flags)


def _find_end(cell: str, evidence: Evidence, task: _Task) -> End:
    """The end that a cell means, with its place where the sentence has its words."""
    words, equals, rest = (part.strip() for part in cell.partition("="))
    name, type, curie = ([part.strip() for part in rest.split("|")] + ["", ""])[:3] if equals else ("", "", "")
    known = task.ends.get((name or words).casefold())
    if equals and type:
        if type not in TYPES:
            raise CurationError(f"unknown type {type!r}{name_nearest(type, TYPES)}")
        known = End((), name or words, type, curie or None)
    if known is None:
        raise CurationError(
            f"nobody knows {cell!r}: the output has no such name. Write it as words = name | TYPE | identifier, for "
            "example AKT = AKT1 | PROTEIN | hgnc:391"
        )
    return End(_find_places(words, known, evidence), known.name, known.type, known.curie)


def _find_places(words: str, end: End, evidence: Evidence) -> tuple[tuple[int, int], ...]:
    """Where the sentence has it: at an end that was read, else where its words stand; empty where it has not."""
    mention = evidence.mention
    for entity, place in ((mention.subject, evidence.source_subject), (mention.object, evidence.source_object)):
        if entity is not None and _is_named(entity, words, end):
            own = place if evidence.source is not None else (entity.start, entity.end)
            if own is not None:
                return (own,)
    span = find_words(evidence, words) or find_words(evidence, end.name)
    found = None if span is None else find_file_span(evidence, *span)
    return () if found is None else (found,)


def _is_named(entity: Entity, words: str, end: End) -> bool:
    return entity.text == words or (entity.name, entity.curie) == (end.name, end.curie)
