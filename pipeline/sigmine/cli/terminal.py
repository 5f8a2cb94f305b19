"""What commands show and write: tables, progress, messages, bytes. Messages and progress go to standard error."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from sigmine.analysis import Reading

_PIPE_WIDTH = 160
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters but tab and line end that would write over a line of the terminal, or turn it round."""


def make_console(*, wide: bool = False) -> Console:
    """Standard output; wide where it is not a terminal, or on demand, so that a table in a file keeps its words.

    Characters of names and sentences that would steer the terminal are left out; they have no width.
    """
    from rich.console import Console
    from rich.segment import Segment

    class SafeConsole(Console):
        def render(self, *what: Any, **how: Any) -> Iterator[Segment]:
            for text, style, control in super().render(*what, **how):
                yield Segment(text if control else _CONTROL.sub("", text), style, control)

    return SafeConsole(
        highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() and not wide else _PIPE_WIDTH
    )


def show(text: str = "") -> None:
    """A line, or several, on standard output; names and sentences cannot steer the terminal."""
    typer.echo(_escape(text))


def tell(message: str) -> None:
    """One message on standard error; names of files and documents cannot steer the terminal."""
    typer.echo(f"sigmine: {_escape(message)}", err=True)


def _escape(text: str) -> str:
    return _CONTROL.sub(lambda match: ascii(match[0])[1:-1], text)


def tell_failure(reading: Reading) -> None:
    """Names a document that could not be read, and why."""
    place = reading.source or reading.document
    if reading.document not in place:
        place = f"{place}, document {reading.document}"
    tell(f"could not read {place}: {reading.failure}")


def explain_long_sentences(count: int) -> str:
    """What is said where sentences were too long to be read."""
    from sigmine.nlp.long_sentences import MAX_SENTENCE_WORDS

    what = "1 sentence" if count == 1 else f"{count:,} sentences"
    return (
        f"{what} of more than {MAX_SENTENCE_WORDS} words, most likely the remains of a table or a sequence: no "
        "statement was looked for there."
    )


@contextmanager
def open_output(path: Path | None) -> Iterator[IO[bytes]]:
    """The file, which appears when it is complete; without one standard output, as bytes: UTF-8 on every machine."""
    from sigmine.output import replace_file

    if path is not None:
        with replace_file(path) as stream:
            yield stream
        return
    try:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever reads wants no more, as with "| head". Nothing may be flushed into the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None


@contextmanager
def show_progress(enabled: bool) -> Iterator[Callable[[Reading], None]]:
    """Gives a function to call after each document; shows the count where standard error is a terminal without logs."""
    if not (enabled and sys.stderr.isatty()) or logging.getLogger("sigmine").isEnabledFor(logging.INFO):
        yield lambda reading: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading ...")
        documents = words = 0

        def advance(reading: Reading) -> None:
            nonlocal documents, words
            documents += 1
            words += reading.words
            progress.update(task, description=f"Reading: {documents:,} documents, {words:,} words")

        yield advance


def make_table(first: str, *columns: str, title: str | None = None) -> Table:
    """A table to print: the first column words, the others numbers, which stand to the right."""
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column(first, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def format_ratio(ratio: float | None) -> str:
    """Three digits; ``-`` where there was nothing to count."""
    return "-" if ratio is None else f"{ratio:.3f}"


def format_interval(interval: tuple[float, float] | None) -> str:
    """``(0.71-0.80)``, or nothing."""
    return "" if interval is None else f"({interval[0]:.2f}-{interval[1]:.2f})"
