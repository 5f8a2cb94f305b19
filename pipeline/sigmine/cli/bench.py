"""``sigmine bench``: how fast sigmine is on this machine."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.options import JsonOption
from sigmine.cli.terminal import make_console, make_table, tell

if TYPE_CHECKING:
    from rich.table import Table

    from sigmine.benchmark.readers import Figures, Measurement

app = typer.Typer(help="How fast sigmine is on this machine.", no_args_is_help=True)


@app.callback()
def bench() -> None:
    """How fast sigmine is on this machine."""


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
        paths or (), formats=formats or (), repeats=repeats, articles=articles, memory=memory, advance=_show
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


def _show(name: str) -> None:
    """The file that is read now, on a line of its own that the next one writes over; an empty name clears it."""
    if sys.stderr.isatty():
        typer.echo(f"\r\x1b[K{'reading ' if name else ''}{name[:60]}", err=True, nl=False)


def _make_report(measurement: Measurement, repeats: int) -> dict[str, object]:
    import platform

    from sigmine import __version__

    return {
        "sigmine": __version__,
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "repeats": repeats,
        "readers": [figures.make_row() for figures in measurement.figures.values()],
        "failures": [str(failure) for failure in measurement.failures],
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
