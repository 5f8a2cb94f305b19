"""What commands show to people: tables, progress, messages. Messages and progress go to standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from sigmine.analysis import Reading

_PIPE_WIDTH = 160


def make_console() -> Console:
    """Standard output; wide where it is not a terminal, so that a table in a file keeps its words."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else _PIPE_WIDTH)


def tell(message: str) -> None:
    """One message on standard error."""
    typer.echo(f"sigmine: {message}", err=True)


def tell_failure(reading: Reading) -> None:
    """Names a document that could not be read, and why."""
    place = reading.source or reading.document
    if reading.document not in place:
        place = f"{place}, document {reading.document}"
    tell(f"could not read {place}: {reading.failure}")


@contextmanager
def show_progress(enabled: bool) -> Iterator[Callable[[Reading], None]]:
    """Gives a function to call after each document; shows the count where standard error is a terminal."""
    if not (enabled and sys.stderr.isatty()):
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
