"""Queries in SPARQL or with a name, for ``sigmine query``: asked, and their answers shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sigmine.cli.terminal import make_console, show, tell
from sigmine.errors import StoreError

if TYPE_CHECKING:
    from sigmine.store import NamedQuery, QueryResult, StatementStore


def check_question(ways: Mapping[str, object], arguments: Sequence[str] | None, filtered: bool, as_tsv: bool) -> bool:
    """Whether a query is asked in one of the ways; ends the program with 2 where options do not go together."""
    used = [option for option, value in ways.items() if value is not None]
    if len(used) > 1:
        raise typer.BadParameter(f"{used[0]} and {used[1]} do not go together.")
    if used and filtered:
        raise typer.BadParameter(f"{used[0]} stands alone; say the rest in the query.")
    if arguments and (not used or used[0] == "--sparql"):
        raise typer.BadParameter("--arg is for --name and --query-file.")
    if as_tsv and not used:
        raise typer.BadParameter("--tsv is for queries; `sigmine export OUT --format tsv` writes statements.")
    return bool(used)


def ask_store(
    store: StatementStore, sparql: str | None, name: str | None, file: Path | None, values: Sequence[str]
) -> QueryResult:
    """The answer; ends the program with 2 where the question is wrong."""
    from sigmine.store import load_query_file

    try:
        if sparql is not None:
            return store.query(sparql)
        named = get_query(name) if file is None else load_query_file(file)
        result = store.ask(named, *values)
    except StoreError as error:
        if isinstance(error.__cause__, OSError | RuntimeError):
            raise
        raise typer.BadParameter(str(error)) from error
    if not result.bindings and result.answer is None:
        for argument, value in zip(named.arguments, values, strict=False):
            if not argument.is_text and not store.find_identities(value):
                tell(f"no statement is about anything named {value!r}.")
    return result


def get_query(name: str | None) -> NamedQuery:
    from sigmine.store.named import get_named_query

    return get_named_query(name or "")


def show_names(as_json: bool) -> None:
    """The queries with a name, with what they take and an example."""
    from sigmine.store import load_named_queries

    queries = load_named_queries().values()
    if as_json:
        for query in queries:
            arguments = [
                {"name": item.name, "meaning": item.meaning, "text": item.is_text, "optional": item.is_optional}
                for item in query.arguments
            ]
            row = {"name": query.name, "description": query.description, "arguments": arguments}
            typer.echo(json.dumps({**row, "sparql": query.sparql}, ensure_ascii=False))
        return
    show_table(("query", "answers"), [(query.usage, query.description) for query in queries])
    example = next(iter(queries)).name
    show(f"Ask with: sigmine query OUT --name {example} --arg MTOR")


def show_result(result: QueryResult, as_json: bool, as_tsv: bool = False) -> None:
    """An answer as a table, as JSON of SPARQL 1.1, or as tab-separated values with a head."""
    if as_json:
        typer.echo(json.dumps(result.to_json(), ensure_ascii=False))
    elif result.answer is not None:
        show("yes" if result.answer else "no")
    elif not result.bindings:
        tell("no result.")
    else:
        from sigmine.exports.cells import format_value

        rows = [tuple(map(format_value, row)) for row in result.rows]
        if as_tsv:
            for row in (result.variables, *rows):
                show("\t".join(row))
        else:
            show_table(result.variables, rows)


def show_table(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    from rich import box
    from rich.table import Table

    table = Table(*columns, box=box.SIMPLE_HEAD)
    for row in rows:
        table.add_row(*row)
    make_console().print(table)
