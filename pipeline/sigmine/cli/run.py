"""``sigmine run``: documents in, an output folder and a summary out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import (
    AssumeProteinOption,
    Entities,
    EntitiesOption,
    FormatOption,
    JobsOption,
    LexiconOption,
    MegabytesOption,
    NerOption,
)
from sigmine.cli.terminal import make_console, show_progress, tell_failure

if TYPE_CHECKING:
    from sigmine.summary import RunSummary


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files, folders, .gz or .zip to read. Default: what comes with sigmine."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder to write.")] = Path(
        "sigmine-out"
    ),
    entities: EntitiesOption = Entities.both,
    assume_protein: AssumeProteinOption = False,
    ner: NerOption = None,
    format: FormatOption = None,
    max_megabytes: MegabytesOption = None,
    lexicon: LexiconOption = None,
    jobs: JobsOption = 1,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing but what failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the summary as JSON.")] = False,
) -> None:
    """Read documents and write what they state together: statements, triple store, graph.

    \b
    Examples:
      sigmine run
      sigmine run papers/ more.zip --out my-out
      sigmine run review.txt --out my-out --json

    The folder appears when it is complete; running again replaces it.

    Exit code: 0 all read, 1 some document could not be read, 2 wrong usage.
    """
    from sigmine.analysis import Options
    from sigmine.run import run as run_all

    options = Options(
        entities=entities.value,
        assume_protein=assume_protein,
        ner=ner,
        format=format,
        max_megabytes=max_megabytes,
        lexicon=None if lexicon is None else str(lexicon),
    )
    with show_progress(not quiet) as advance:
        summary = run_all(paths or (), out, options=options, jobs=jobs, on_reading=advance)
    if as_json:
        typer.echo(json.dumps(summary.to_json(), indent=1))
    elif not quiet:
        _show(summary)
    for failure in summary.failures:
        tell_failure(failure)
    if summary.failures:
        raise typer.Exit(1)


def _show(summary: RunSummary) -> None:
    from rich import box
    from rich.table import Table

    console = make_console()
    counts = summary.counts
    figures = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    figures.add_column()
    figures.add_column(justify="right")
    for kind in ("documents", "failed", "sentences", "words", "entities", "mentions", "statements"):
        if kind != "failed" or counts[kind]:
            figures.add_row(kind, f"{counts[kind]:,}")
    console.print(figures)
    by_count = sorted(counts["relations"].items(), key=lambda row: (-row[1], row[0]))
    for title, head, rows in (
        ("Statements by relation", ("relation", "statements"), by_count),
        ("Most connected molecules", ("molecule", "partners"), summary.molecules),
    ):
        if rows:
            console.print(f"\n{title}")
            table = Table(box=box.SIMPLE_HEAD, show_edge=False)
            table.add_column(head[0])
            table.add_column(head[1], justify="right")
            for name, count in rows:
                table.add_row(name, f"{count:,}")
            console.print(table)
    console.print(f"\nWritten to {summary.out}: {', '.join(summary.files)}", soft_wrap=True)
    console.print(f"Took {summary.seconds:.1f} s.")
