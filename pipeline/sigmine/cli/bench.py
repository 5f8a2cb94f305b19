"""``sigmine bench``: how fast sigmine is on this machine."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import JsonOption
from sigmine.cli.terminal import make_console, make_table, tell

if TYPE_CHECKING:
    from rich.table import Table

    from sigmine.benchmark.readers import Figures, Measurement

app = typer.Typer(invoke_without_command=True, add_completion=False)


class Part(StrEnum):
    """``sigmine.benchmark.everything.PARTS``, which is not imported, so that the command line starts at once."""

    start = "start"
    speed = "speed"
    stages = "stages"
    memory = "memory"
    store = "store"


_Documents = Annotated[
    int | None,
    typer.Option(
        "--documents",
        min=10,
        metavar="N",
        help="Abstracts of the largest run, for its memory (default 5000).",
        show_default=False,
    ),
]
_Timed = Annotated[
    int | None,
    typer.Option(
        "--timed", min=10, metavar="N", help="Abstracts of each run that is timed (default 500).", show_default=False
    ),
]
_Repeats = Annotated[
    int | None, typer.Option("--repeats", "-n", min=1, metavar="N", help="Rounds (default 3).", show_default=False)
]
_Parts = Annotated[
    list[Part] | None, typer.Option("--only", help="Measure this part only (may be given again).", show_default=False)
]


@app.callback()
def bench(
    context: typer.Context,
    documents: _Documents = None,
    timed: _Timed = None,
    repeats: _Repeats = None,
    quick: Annotated[bool, typer.Option("--quick", help="One round of few documents: about a minute.")] = False,
    parts: _Parts = None,
    as_json: JsonOption = False,
) -> None:
    """How fast sigmine is on this machine.

    \b
    Without a subcommand it measures, on texts made from those that come with
    sigmine, the start, the work from end to end with one process and with two,
    each stage, memory and the store; and in the same minutes two baselines on
    the same texts: the language model as spaCy runs it in batches (tokens,
    parse, entities), and one document at a time with scispaCy's abbreviations.
    Words and documents a second are without loading. Compare ratios: seconds
    hold for one machine and one hour. The whole takes a quarter of an hour.

    \b
    Examples:
      sigmine bench --quick
      sigmine bench --only speed --timed 200 --repeats 5
      sigmine bench --json > figures.json
      sigmine bench readers
      sigmine bench store --statements 20000

    Exit code: 0 measured, whether or not a target is met; 1 a run failed; 2 wrong usage.
    """
    if context.invoked_subcommand is not None:
        return
    from sigmine.benchmark.everything import PARTS, QUICK, Amounts, measure_everything

    amounts = QUICK if quick else Amounts()
    given = {"documents": documents, "timed": timed, "repeats": repeats}
    amounts = replace(amounts, **{name: number for name, number in given.items() if number is not None})
    report = measure_everything(amounts, [part.value for part in parts or ()] or PARTS, _show)
    _show("")
    if as_json:
        typer.echo(json.dumps({**_describe_machine(), **asdict(amounts), **report.to_json()}, indent=1))
        return
    from sigmine.cli.bench_report import make_tables

    for table in make_tables(report):
        make_console().print(table)


@app.command()
def readers(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]",
            help="Your own files, folders, .gz or .zip; none for articles made from the bundled texts.",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", metavar="NAME", help="Measure this format only (may be given again)."),
    ] = None,
    repeats: Annotated[int, typer.Option("--repeats", "-n", min=1, metavar="N", help="Read each file N times.")] = 5,
    articles: Annotated[
        int, typer.Option("--articles", min=1, metavar="N", help="How many articles to make; each format gets them.")
    ] = 4,
    memory: Annotated[
        bool, typer.Option("--memory", help="Also measure the memory that Python's objects take (slow).")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Measure how fast files of each format become documents; what is found in them is not measured.

    \b
    Without a PATH, reviews of 70,000 characters (half of it 150 references)
    are made from the bundled texts. Each file is read once, then N times under
    the clock: the processor's time of this process, on one core. MB are million
    bytes of the unpacked file, rates the median of the N times, then least and
    most. On a busy machine, look at the most.

    \b
    Examples:
      sigmine bench readers
      sigmine bench readers --format jats --format text --json
      sigmine bench readers papers/ --repeats 3 --memory

    Exit code: 0 all measured, 1 some file could not be read (named on standard error), 2 wrong usage.
    """
    from sigmine.benchmark.readers import measure_readers
    from sigmine.readers import READERS

    for name in formats or ():
        if name not in READERS:
            raise typer.BadParameter(f"unknown format {name!r}; known are {', '.join(READERS)}.")
    measurement = measure_readers(
        paths or (), formats=formats or (), repeats=repeats, articles=articles, memory=memory, advance=_show_file
    )
    _show("")
    for failure in measurement.failures:
        tell(f"could not read {failure}")
    if as_json:
        typer.echo(json.dumps(_make_report(measurement, repeats), ensure_ascii=False, indent=1))
    elif measurement.figures:
        make_console().print(_make_table(list(measurement.figures.values())))
    if measurement.failures:
        raise typer.Exit(1)


@app.command()
def store(
    statements: Annotated[
        int, typer.Option("--statements", "-n", min=1, metavar="N", help="How many statements to make up.")
    ] = 1_000_000,
    memory: Annotated[bool, typer.Option("--memory", help="Keep the store in memory (1,000 bytes a triple).")] = False,
    disk: Annotated[
        Path | None,
        typer.Option(
            "--disk", metavar="FOLDER", help="Write the store to this new folder, and leave it.", show_default=False
        ),
    ] = None,
    repeats: Annotated[int, typer.Option("--repeats", min=1, metavar="N", help="Ask each question N times.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Measure how fast statements are loaded into the triple store, and how fast it answers.

    \b
    The statements are made up, the same for the same N: 5,000 molecules, of
    which ten are spoken of often, 1.2 pieces of evidence and one citation each.
    Without --disk the store is in a temporary folder. `seconds` is by the clock,
    without `making`, in which the statements are made up; `cpu` is the
    processor's time of all threads, making included. On a busy machine the
    clock says little: look at `cpu` divided by the number of cores.

    \b
    Examples:
      sigmine bench store --statements 20000
      sigmine bench store --statements 2000 --memory --json
      sigmine bench store --disk /data/bench-store

    Exit code: 0; 1 the store cannot be written; 2 wrong usage.
    """
    from sigmine.benchmark.store import measure_store

    if memory and disk is not None:
        raise typer.BadParameter("--memory and --disk exclude each other.")
    load, answers = measure_store(statements, memory=memory, folder=disk, repeats=repeats)
    if as_json:
        rows = [answer.make_row() for answer in answers]
        typer.echo(json.dumps({**_describe_machine(), "load": load.make_row(), "queries": rows}, indent=1))
        return
    from sigmine.cli.bench_report import make_answer_table, make_load_table

    make_console().print(make_load_table(load))
    make_console().print(make_answer_table(answers))


def _show(what: str) -> None:
    """What is measured now, on a line of its own that the next one writes over; nothing clears it."""
    if sys.stderr.isatty():
        typer.echo(f"\r\x1b[K{what[:70]}", err=True, nl=False)


def _show_file(name: str) -> None:
    _show(f"reading {name}")


def _make_report(measurement: Measurement, repeats: int) -> dict[str, object]:
    return {
        **_describe_machine(),
        "repeats": repeats,
        "readers": [figures.make_row() for figures in measurement.figures.values()],
        "failures": [str(failure) for failure in measurement.failures],
    }


def _describe_machine() -> dict[str, object]:
    import os
    import platform

    from sigmine import __version__

    return {
        "sigmine": __version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }


def _make_table(rows: list[Figures]) -> Table:
    has_memory = any(row.peak is not None for row in rows)
    table = make_table(
        "format", "files", "documents", "MB", "MB/s", "min-max", "characters/s", "pages/s",
        *(("peak MB",) if has_memory else ()),
    )  # fmt: skip
    for row in rows:
        median, least, most = row.make_rates(row.size)
        table.add_row(
            row.format,
            f"{row.files:,}",
            f"{row.documents:,}",
            f"{row.size / 1e6:.2f}",
            f"{median / 1e6:.2f}",
            f"{least / 1e6:.2f}-{most / 1e6:.2f}",
            f"{row.make_rates(row.characters)[0]:,.0f}",
            f"{row.make_rates(row.pages)[0]:.1f}" if row.pages else "",
            *((f"{row.peak / 1e6:.1f}" if row.peak is not None else "",) if has_memory else ()),
        )
    return table
