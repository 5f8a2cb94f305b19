"""``sigmine distribute``: documents read by workers on this machine or many, into a folder of partitions."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.reading_options import ReadingOptions
from sigmine.cli.terminal import tell

if TYPE_CHECKING:
    from sigmine.cluster import Progress as State


SourcesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Files, folders, sets of documents (.jsonl, .parquet), addresses (s3://bucket/folder).",
        show_default=False,
    ),
]
PartsOption = Annotated[
    Path,
    typer.Option(
        "--parts", "-p", metavar="FOLDER", help="Where the partitions go; all workers see it.", show_default=False
    ),
]
WorkersOption = Annotated[
    int, typer.Option("--workers", "-w", min=1, metavar="N", help="Processes to start on this machine.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="Use the workers of a Dask scheduler instead: tcp://host:8786, or its --scheduler-file.",
        show_default=False,
    ),
]
DocumentsOption = Annotated[
    int, typer.Option(min=1, metavar="N", help="Documents in a partition, at most; about 4 million bytes, too.")
]
TimeLimitOption = Annotated[
    float,
    typer.Option("--time-limit", min=0.0, metavar="SECONDS", help="How long one document may take; 0 for no limit."),
]


@take_groups
def distribute(
    sources: SourcesArgument,
    parts: PartsOption,
    workers: WorkersOption = 2,
    scheduler: SchedulerOption = None,
    documents: DocumentsOption = 500,
    time_limit: TimeLimitOption = 120.0,
    *,
    how: ReadingOptions,
    as_json: Annotated[bool, typer.Option("--json", help="Write the summary as JSON.")] = False,
) -> None:
    """Read documents with many processes or machines, into Parquet partitions that `sigmine merge` puts together.

    \b
    Examples:
      sigmine distribute papers --parts parts
      sigmine distribute abstracts.jsonl more.parquet --parts parts --workers 16
      sigmine distribute s3://bucket/articles --parts /shared/parts --scheduler tcp://host:8786
      sigmine merge parts --out out

    Started again with the same inputs it goes on where it stopped, and reads what changed. A worker that dies is
    replaced and its partition read again; a document that ends its worker twice is left out and named. What each
    engine does, and how SLURM and Kubernetes start workers: docs/scale.md. Needs the extra 'cluster' of the package.

    Exit code: 0 all read, 1 some document could not be read (named on standard error), 2 wrong usage.
    """
    from sigmine.cluster import Cut, do_on_dask
    from sigmine.cluster import distribute as distribute_all

    options = how.make()
    engine = partial(do_on_dask, workers=workers, scheduler=scheduler)
    with _tell_progress(parts) as advance:
        progress = distribute_all(
            sources,
            parts,
            engine,
            options=options,
            cut=Cut(documents),
            seconds=time_limit,
            on_progress=advance,
        )
    _summarize(progress, parts, as_json)
    if progress.failed:
        raise typer.Exit(1)


def _summarize(progress: State, parts: Path, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(progress.to_json(), indent=1))
    else:
        typer.echo(
            f"{progress.documents:,} documents, {progress.words:,} words in {progress.partitions:,} partitions"
            + (f", {progress.kept:,} of which were there before" if progress.kept else "")
            + f". Put them together: sigmine merge {parts} --out sigmine-out"
        )
    for failure in progress.failures:
        tell(f"could not read {failure}")
    if progress.failed > len(progress.failures):
        tell(f"and {progress.failed - len(progress.failures):,} more could not be read; the partitions name them.")
    if progress.strangers:
        tell(f"{progress.strangers:,} partitions in {parts} are of other inputs; they are kept, and not read.")


@contextmanager
def _tell_progress(parts: Path) -> Iterator[Callable[[State], None]]:
    """A line that changes where standard error is a terminal; what stays is told if it is stopped."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    last: list[tuple[int, int]] = []
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task("Planning ...", total=None)

        def advance(progress: State) -> None:
            last[:] = [(progress.done, progress.partitions)]
            shown.update(
                task,
                total=progress.partitions,
                completed=progress.done,
                description=f"Reading: {progress.documents:,} documents, {progress.words:,} words",
            )

        try:
            yield advance
        except (KeyboardInterrupt, SystemExit):
            if last:
                tell(f"stopped: {last[0][0]} of {last[0][1]} partitions are in {parts}; the same command goes on.")
            raise
