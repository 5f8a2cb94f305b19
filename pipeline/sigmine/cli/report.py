"""``sigmine report``: the report of a run, or of the part of a store that is asked for."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.statement_filters import StatementFilters
from sigmine.cli.stores import OutArgument
from sigmine.cli.terminal import open_output, tell


@take_groups
def report(
    out: OutArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file instead of standard output.", show_default=False
        ),
    ] = None,
    *,
    filters: StatementFilters,
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="The page's heading; else the documents.", show_default=False)
    ] = "",
) -> None:
    """Write a page to read, search and pass on: network, statements, evidence, contradictions.

    \b
    Examples:
      sigmine report out -o all.html
      sigmine report out --around MTOR --min-belief 0.8 --title "Around MTOR" -o mtor.html
      sigmine report http://127.0.0.1:7878 --document PMC7175140 -o one.html

    `sigmine run` writes the page of all statements beside its other files (report.html). The page is one file, opens
    in any browser, also from a mail, and asks the network for nothing. Where there is no room for all statements (3
    MB) it holds the best believed and says how many it leaves out.

    Exit code: 0, also where no statement fits; 1 the store cannot be read; 2 wrong usage.
    """
    from sigmine.manifest import find_manifest
    from sigmine.web.report_page import render_report

    statements = filters.find_statements(out)
    if not statements:
        tell("no statement fits; the page has none.")
    page = render_report(
        statements, manifest=find_manifest(Path(out)), title=title, selection=_describe_filters(filters)
    )
    with open_output(output) as stream:
        stream.write(page)


def _describe_filters(filters: StatementFilters) -> list[str]:
    """The options that are set, as they are written."""
    shown = []
    for field in fields(filters):
        value = getattr(filters, field.name)
        if value in (field.default, []):
            continue
        option = f"--{field.name.replace('_', '-')}"
        values = value if isinstance(value, list) else [value]
        shown += [option if one is True else f"{option} {one}" for one in values]
    return shown
