"""What a run came to, for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sigmine.cli.terminal import explain_long_sentences, make_console, tell, tell_failure

if TYPE_CHECKING:
    from sigmine.summary import RunSummary


@contextmanager
def tell_how_to_go_on(out: Path) -> Iterator[None]:
    """Says, when the user ends a run, what is left of it."""
    try:
        yield
    except KeyboardInterrupt:
        tell(f"stopped. {out} is as it was; the same command goes on with what was read.")
        raise


def show_summary(summary: RunSummary, *, as_json: bool, quiet: bool, checked: bool = False) -> None:
    """Writes the summary, and ends the command with 1 if a document could not be read.

    Args:
        checked: residues were checked against sequences.
    """
    if as_json:
        typer.echo(json.dumps(summary.to_json(), indent=1))
    elif not quiet:
        _show(summary)
    if not quiet and (checked or summary.counts["sites"]["impossible"]):
        _tell_sites(summary)
    if summary.counts["long_sentences"] and not quiet:
        tell(explain_long_sentences(summary.counts["long_sentences"]))
    if summary.skipped and not quiet:
        tell(f"{len(summary.skipped):,} of the documents did not change and were not read again.")
    if summary.resumed and not quiet:
        tell(f"{len(summary.resumed):,} of the documents had been read before the last run ended early.")
    for failure in summary.failures:
        tell_failure(failure)
    if summary.failures:
        raise typer.Exit(1)


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
