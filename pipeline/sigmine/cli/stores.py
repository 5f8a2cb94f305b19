"""The store that a command reads: named on the command line, opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.terminal import tell
from sigmine.errors import StoreError

if TYPE_CHECKING:
    from sigmine.store import StatementStore

_OUT = typer.Argument(
    metavar="OUT",
    help="Output folder of a run, or a store: its folder, or the address of a SPARQL endpoint.",
    show_default=False,
)
OutArgument = Annotated[str, _OUT]
OptionalOutArgument = Annotated[str | None, _OUT]


@contextmanager
def open_run(out: str) -> Iterator[StatementStore]:
    """The store of an output folder, or of a folder or an endpoint, to read.

    Ends the program with 2 where there is none, with 1 where it fails.
    """
    from sigmine.knowledge import find_store
    from sigmine.store import open_store

    place = find_store(out)
    if isinstance(place, Path) and not place.is_dir():
        if not Path(out).is_dir():
            raise typer.BadParameter(f"There is no folder {out}. Name the output folder of `sigmine run`.")
        raise typer.BadParameter(f"{out} has no folder store/; it was not written by `sigmine run`.")
    try:
        with open_store(place, read_only=True) as store:
            yield store
    except StoreError as error:
        tell(str(error))
        raise typer.Exit(1) from error
