"""Statements as a table for people and spreadsheets: UTF-8, tab-separated, one row a statement."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple
from typing import IO

from sigmine.assembly.merge import sort_key
from sigmine.assembly.support import count_support
from sigmine.exports.cells import (
    count_claims,
    count_flags,
    find_citations,
    find_documents,
    find_example_sentence,
    flatten_text,
    guard_formula,
)
from sigmine.model.statement import Agent, Statement

SUPPORT_COLUMNS: tuple[str, ...] = tuple(
    f"{unit}_{side}" for side in ("stated", "hedged", "against") for unit in ("sentences", "documents", "papers")
)
"""``sentences_stated`` to ``papers_against``: ``sigmine.assembly.support.Support``."""

COLUMNS: tuple[str, ...] = (
    "subject",
    "relation",
    "object",
    "site",
    "written_site",
    "site_status",
    "belief",
    "direct",
    "evidence",
    "negated",
    "hedged",
    "claims",
    "documents",
    "subject_id",
    "object_id",
    "statement_id",
    "sentence",
    "citations",
    *SUPPORT_COLUMNS,
)
"""``written_site`` is the site as the texts number it where that differs, ``site_status`` one of ``SITE_STATUSES``;
``evidence``, ``negated`` and ``hedged`` are counts of lines, ``claims`` says how many of each type (``asserted 2;
attributed 1``); cells with several values separate them by ``; ``. The last nine count what is different."""


def write_tsv(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """One row a statement, sorted by relation, names and site.

    No cell holds a tab or a line break, and text of documents cannot start a formula. Cells with a quotation mark are
    quoted, as spreadsheets and pandas expect.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_make_row(statement) for statement in sorted(statements, key=sort_key))
        text.flush()
    finally:
        text.detach()


def _make_row(statement: Statement) -> tuple[str | int, ...]:
    negated, hedged = count_flags(statement)
    subject, object_ = statement.subject, statement.object
    return (
        _make_cell(subject.name) if subject else "",
        statement.relation,
        _make_cell(object_.name),
        statement.site or "",
        "; ".join(statement.written_sites),
        statement.site_status or "",
        f"{statement.belief:.4f}",
        "yes" if statement.direct else "no",
        len(statement.evidence),
        negated,
        hedged,
        "; ".join(count_claims(statement)),
        _make_cell("; ".join(find_documents(statement))),
        _make_id(subject),
        _make_id(object_),
        statement.id,
        _make_cell(find_example_sentence(statement)),
        _make_cell("; ".join(find_citations(statement))),
        *(count for side in astuple(count_support(statement.evidence)) for count in side),
    )


def _make_cell(text: str) -> str:
    return guard_formula(flatten_text(text))


def _make_id(agent: Agent | None) -> str:
    return _make_cell(agent.curie or "") if agent else ""
