"""Statements as JSON Lines: what ``statements.jsonl`` of a run holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from sigmine.assembly.merge import sort_statements
from sigmine.assembly.support import statement_to_row
from sigmine.model.statement import Statement


def write_jsonl(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """One line a statement with all its evidence, sorted by relation, names and site."""
    for statement in sort_statements(statements):
        file.write(json.dumps(statement_to_row(statement), ensure_ascii=False).encode() + b"\n")
