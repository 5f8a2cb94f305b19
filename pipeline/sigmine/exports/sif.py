"""Statements as a simple interaction file (SIF) for Cytoscape: ``name<tab>relation<tab>name``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from sigmine.assembly.triples import is_denied
from sigmine.exports.cells import flatten_text
from sigmine.model.statement import Statement


def write_sif(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """One line for each pair and relation, sorted, each once. Tabs separate, so a name may hold spaces.

    A statement that all evidence denies is left out; one without a subject gives a line with its object alone.
    """
    lines = {_make_line(statement) for statement in statements if not is_denied(statement)}
    linked = {name for line in lines if len(line) == 3 for name in (line[0], line[2])}
    for line in sorted(lines):
        if len(line) == 3 or line[0] not in linked:
            file.write("\t".join(line).encode() + b"\n")


def _make_line(statement: Statement) -> tuple[str, ...]:
    object_ = flatten_text(statement.object.name)
    if statement.subject is None:
        return (object_,)
    return flatten_text(statement.subject.name), statement.relation, object_
