"""The columns of a table of statements: what each is called, holds and means.

One list for all tables: TSV and XLSX, where a cell is text, Parquet and ``StatementList.to_pandas``, where it has a
type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from sigmine.assembly.support import count_support, support_to_json
from sigmine.assembly.triples import is_denied
from sigmine.exports.cells import (
    count_claims,
    count_flags,
    find_citations,
    find_documents,
    find_example_sentence,
    flatten_text,
)
from sigmine.model.statement import Statement

Kind = Literal["text", "texts", "number", "count", "flag"]
"""A text or None, a list of texts, a number with a point, a whole number, true or false."""

Value = str | list[str] | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of statements.

    Attributes:
        name: what it is called where values have types.
        kind: the type of its values.
        meaning: what it holds, one sentence.
        text_name: what it is called where values are text; empty where such tables leave it out.
    """

    name: str
    kind: Kind
    meaning: str
    text_name: str


def _column(name: str, kind: Kind, meaning: str, text_name: str | None = None) -> Column:
    return Column(name, kind, meaning, name if text_name is None else text_name)


_UNITS = {"sentences": "Different sentences", "documents": "Documents", "papers": "Papers cited by sentences"}
_SIDES = {"stated": "that say so outright", "hedged": "that say so with reserve", "against": "that deny or reject it"}

COLUMNS: tuple[Column, ...] = (
    _column("subject", "text", "Who does it; empty where the texts name no one."),
    _column("relation", "text", "What is done."),
    _column("object", "text", "To whom."),
    _column("site", "text", "The residue, one letter, with its number if known."),
    _column("written_site", "texts", "The site as the texts number it, where that differs."),
    _column("site_status", "text", "Whether the molecule has this residue there; unchecked is not valid."),
    _column("belief", "number", "How far the statement is to be believed, 0 to 1."),
    _column("direct", "flag", "Whether the subject is the one that does it, as far as the texts say."),
    _column("denied", "flag", "Whether all evidence denies or rejects it."),
    _column("evidence", "count", "Lines of evidence."),
    _column("negated", "count", "Those that deny it."),
    _column("hedged", "count", "Those that leave it open."),
    _column("claims", "texts", "How many lines are of which type of claim."),
    _column("documents", "count", "In how many documents it was read.", ""),
    _column("document_ids", "texts", "In which.", "documents"),
    _column("subject_id", "text", "The CURIE of the subject; empty where its identity is not known."),
    _column("object_id", "text", "The same of the object."),
    _column("statement_id", "text", "The same in every run and on every machine."),
    _column("sentence", "text", "One of its sentences."),
    _column("citations", "texts", "What its sentences cite for it: PMID, else DOI, else the marker."),
    *(
        _column(f"{unit}_{side}", "count", f"{units} {who}.")
        for side, who in _SIDES.items()
        for unit, units in _UNITS.items()
    ),
)
"""The last nine count what is different: ``sigmine.assembly.support.Support``."""

TEXT_COLUMNS: tuple[Column, ...] = tuple(column for column in COLUMNS if column.text_name)
"""Those of tables of text."""


def find_values(statement: Statement) -> dict[str, Value]:
    """What the columns hold of a statement, by ``Column.name``, in the order of ``COLUMNS``.

    Texts of documents are on one line (``flatten_text``); what is not there is None, a list empty.
    """
    subject, object_ = statement.subject, statement.object
    negated, hedged = count_flags(statement)
    documents = find_documents(statement)
    support = (count for side in support_to_json(count_support(statement.evidence)).values() for count in side.values())
    values: tuple[Value, ...] = (
        _flatten(subject.name) if subject else None,
        statement.relation,
        _flatten(object_.name),
        statement.site,
        list(statement.written_sites),
        statement.site_status,
        float(statement.belief),
        statement.direct,
        is_denied(statement),
        len(statement.evidence),
        negated,
        hedged,
        count_claims(statement),
        len(documents),
        [flatten_text(name) for name in documents],
        _flatten(subject.curie) if subject else None,
        _flatten(object_.curie),
        statement.id,
        find_example_sentence(statement) or None,
        [flatten_text(work) for work in find_citations(statement)],
        *support,
    )
    return {column.name: value for column, value in zip(COLUMNS, values, strict=True)}


def find_texts(statement: Statement, guard: Callable[[str], str] = str) -> list[str | int | float]:
    """The same of ``TEXT_COLUMNS``: lists joined by ``; ``, flags as yes and no, numbers as they are, else empty.

    Args:
        guard: what is done to each text, once it is whole.
    """
    values = find_values(statement)
    return [_make_text(values[column.name], guard) for column in TEXT_COLUMNS]


def _make_text(value: Value, guard: Callable[[str], str]) -> str | int | float:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    return guard("; ".join(value) if isinstance(value, list) else value or "")


def _flatten(text: str | None) -> str | None:
    return None if text is None else flatten_text(text)


def list_names(columns: Iterable[Column] = COLUMNS) -> list[str]:
    """``Column.name`` of each."""
    return [column.name for column in columns]
