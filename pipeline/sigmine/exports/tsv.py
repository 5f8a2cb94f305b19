"""Statements as a table for people and spreadsheets: UTF-8, tab-separated, one row a statement."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import IO

from sigmine.assembly.merge import sort_statements
from sigmine.exports.cells import guard_formula
from sigmine.exports.columns import TEXT_COLUMNS, find_texts
from sigmine.model.statement import Statement

COLUMNS: tuple[str, ...] = tuple(column.text_name for column in TEXT_COLUMNS)
"""``sigmine.exports.columns`` says what each holds; cells with several values separate them by ``; ``."""


def write_tsv(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """One row a statement, sorted by relation, names and site.

    No cell holds a tab or a line break, and text of documents cannot start a formula. Cells with a quotation mark are
    quoted, as spreadsheets and pandas expect.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    try:
        writer = csv.writer(text, delimiter="\t", lineterminator="\n")
        writer.writerow(COLUMNS)
        for statement in sort_statements(statements):
            cells = find_texts(statement, guard_formula)
            writer.writerow([f"{cell:.4f}" if isinstance(cell, float) else cell for cell in cells])
        text.flush()
    finally:
        text.detach()
