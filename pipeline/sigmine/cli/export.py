"""``sigmine export``: the statements of a run in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli.export_formats import ExportCommand, get_export, show_formats
from sigmine.cli.option_groups import take_groups
from sigmine.cli.options import JsonOption
from sigmine.cli.statement_filters import StatementFilters
from sigmine.cli.stores import OptionalOutArgument
from sigmine.cli.terminal import open_output, tell


@take_groups
def export(
    out: OptionalOutArgument = None,
    format: Annotated[
        str | None, typer.Option("--format", "-f", metavar="FORMAT", help="One of those above.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="Write to this file instead of standard output; of a format of several files, to this folder, or to "
            "an archive if it ends in .zip.",
            show_default=False,
        ),
    ] = None,
    *,
    filters: StatementFilters,
    formats: Annotated[bool, typer.Option("--formats", help="List the formats with what each leaves out.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the statements of a run in a format of other programs.

    {formats}

    \b
    Examples:
      sigmine export out --format graphml -o network.graphml
      sigmine export out --format tsv --min-belief 0.7 --no-hedged --no-negated > sure.tsv
      sigmine export out --format tsv --precision 0.95 > sure.tsv
      sigmine export out --format graphml --around MTOR --hops 2 --direct-only -o mtor.graphml

    Exit code: 0; 1 the store cannot be read; 2 wrong usage.
    """
    if formats:
        show_formats(as_json)
        return
    if out is None or format is None:
        raise typer.BadParameter("Name the output folder of a run and a format: sigmine export OUT --format graphml")
    from sigmine.manifest import find_runs

    chosen = get_export(format)
    statements = filters.find_statements(out)
    if not statements:
        tell("no statement fits; the file is empty of statements.")
    if chosen.members is not None and output is not None and output.suffix != ".zip":
        chosen.write_folder(statements, output)
        return
    with open_output(output) as stream:
        chosen.write(statements, stream, find_runs(Path(out)))


app = typer.Typer(add_completion=False)
app.command(cls=ExportCommand)(export)
