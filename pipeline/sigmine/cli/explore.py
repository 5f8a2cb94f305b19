"""``sigmine explore``: the network, the evidence and the texts of a run in the browser, to look at and to curate."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli import reading_options
from sigmine.cli.options import TextsOption
from sigmine.cli.stores import OutArgument
from sigmine.cli.terminal import tell


def explore(
    out: OutArgument,
    port: Annotated[
        int, typer.Option(min=0, max=65535, metavar="N", help="Port of the page; 0 takes a free one.")
    ] = 8765,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="A loopback address: 127.0.0.1, localhost or ::1.")
    ] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    curation: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Folder of decisions; by default OUT-curation.", show_default=False),
    ] = None,
    curator: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose decisions they are; by default your login.", show_default=False),
    ] = None,
    texts: TextsOption = None,
) -> None:
    """Open the statements of a run in the browser: network, evidence, texts, curation, SPARQL.

    \b
    Examples:
      sigmine explore out
      sigmine explore out --texts papers --curator ada
      sigmine explore http://127.0.0.1:7878 --port 0 --no-browser

    The page is served on this machine alone, until Ctrl-C, and its address is told on standard error. Documents are
    looked for in the current folder, beside the output and among those that come with sigmine; --texts names others.
    Decisions are kept as they are made, in a folder beside the output. Needs the extra 'web' of the package.

    Exit code: 0 stopped; 1 the store, the decisions or the port cannot be used; 2 wrong usage.
    """
    import webbrowser

    from sigmine.explorer import HOSTS, make_app, serve
    from sigmine.knowledge import find_store

    if host not in HOSTS:
        raise typer.BadParameter(
            f"The page shows your texts to whoever opens it, so it is served on {', '.join(HOSTS)} only, not on {host}."
        )
    place = find_store(out)
    if isinstance(place, Path) and not place.is_dir():
        raise typer.BadParameter(f"There is no output of `sigmine run` and no store in {out}.")

    def announce(address: str) -> None:
        tell(f"{out} is open at {address} - stop with Ctrl-C.")
        if not no_browser:
            webbrowser.open(address)

    app = make_app(out, curation_folder=curation, curator=curator or _find_login(), texts=texts or ())
    serve(app, host=host, port=port, ready=announce)
    if reading_options.is_own_process:
        # Threads may be reading the store, which the end of the interpreter would take from under them.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def _find_login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user, as in a container
        return "curator"
