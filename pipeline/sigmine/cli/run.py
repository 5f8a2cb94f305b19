"""``sigmine run``: documents in, an output folder and a summary out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import (
    TIME_LIMIT,
    AssumeProteinOption,
    Entities,
    EntitiesOption,
    FastOption,
    FormatOption,
    JobsOption,
    LexiconOption,
    MegabytesOption,
    NerOption,
    ProteomeOption,
    StoreOption,
    TimeLimitOption,
    make_limits,
    make_options,
)
from sigmine.cli.terminal import explain_long_sentences, make_console, show_progress, tell, tell_failure

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
    add: Annotated[
        bool, typer.Option("--add", help="Keep the documents that the folder has; those given again replace theirs.")
    ] = False,
    store: StoreOption = None,
    entities: EntitiesOption = Entities.both,
    assume_protein: AssumeProteinOption = False,
    ner: NerOption = None,
    format: FormatOption = None,
    max_megabytes: MegabytesOption = None,
    proteome: ProteomeOption = None,
    lexicon: LexiconOption = None,
    fast: FastOption = False,
    jobs: JobsOption = 1,
    time_limit: TimeLimitOption = TIME_LIMIT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing but what failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the summary as JSON.")] = False,
) -> None:
    """Read documents and write what they state together: statements, triple store, graph.

    \b
    Examples:
      sigmine run
      sigmine run papers/ more.zip --out my-out
      sigmine run review.txt --out my-out --json
      sigmine run papers/ --proteome UP000005640_9606.fasta.gz
      sigmine run new.txt --out my-out --add
      sigmine run papers/ --out my-out --store http://127.0.0.1:7878

    The folder appears when it is complete; running again replaces it. With --add it keeps its documents: one that is
    given again (same name) replaces what was read of it before, or is skipped if nothing changed, so an interrupted
    run may be started again. --store writes the statements to a store of your own too, where other documents stay.

    Exit code: 0 all read, 1 some document could not be read, 2 wrong usage.
    """
    from sigmine.run import run as run_all

    options = make_options(entities, assume_protein, ner, format, max_megabytes, proteome, lexicon, fast)
    limits = make_limits(time_limit)
    with show_progress(not quiet) as advance:
        summary = run_all(
            paths or (), out, add=add, store=store, options=options, jobs=jobs, limits=limits, on_reading=advance
        )
    if as_json:
        typer.echo(json.dumps(summary.to_json(), indent=1))
    elif not quiet:
        _show(summary)
    if not quiet:
        _tell(summary, checked=proteome is not None)
    for failure in summary.failures:
        tell_failure(failure)
    if summary.failures:
        raise typer.Exit(1)


def _tell(summary: RunSummary, *, checked: bool) -> None:
    if checked or summary.counts["sites"]["impossible"]:
        _tell_sites(summary)
    if summary.counts["long_sentences"]:
        tell(explain_long_sentences(summary.counts["long_sentences"]))
    if summary.skipped:
        tell(f"{len(summary.skipped)} of the documents did not change and were not read again.")


def _tell_sites(summary: RunSummary) -> None:
    """How many residues were checked, and where to see those that cannot be."""
    sites = summary.counts["sites"]
    checked = sum(sites.values()) - sites["unchecked"]
    message = (
        f"{checked:,} of {sum(sites.values()):,} residues of statements checked, {sites['impossible']:,} impossible"
    )
    if sites["impossible"]:
        message += f"; see them with `sigmine query {summary.out} --site-status impossible`"
    tell(f"{message}.")


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
