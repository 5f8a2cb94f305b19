"""``sigmine fetch``: open-access articles by their identifiers into a folder."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sigmine.cli.options import JsonOption
from sigmine.cli.terminal import show, tell
from sigmine.errors import FetchError

if TYPE_CHECKING:
    from sigmine.fetch import Outcome

_EMAIL = re.compile(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+", re.ASCII)
_STANDARD_INPUT = "-"


EmailOption = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Yours, for the sources to reach you; please give it.")
]
RateOption = Annotated[float, typer.Option(min=0.01, max=1000, metavar="N", help="Requests a second at most.")]
TimeoutOption = Annotated[float, typer.Option(min=0.01, metavar="SECONDS", help="How long to wait for an answer.")]
RetriesOption = Annotated[int, typer.Option(min=0, metavar="N", help="How often to ask again after a failure.")]
MirrorOption = Annotated[str | None, typer.Option(metavar="URL", hidden=True)]


def fetch(
    identifiers: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="PMCID, PMID, DOI, or an address with one; '-' reads standard input."),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FOLDER", file_okay=False, help="Where the articles go.")
    ] = Path("papers"),
    from_: Annotated[
        list[Path] | None,
        typer.Option("--from", metavar="FILE", dir_okay=False, help="File of identifiers, one a line; '-' as above."),
    ] = None,
    suggested: Annotated[
        bool, typer.Option("--suggested", help="Reviews on signalling that sigmine's corpus/manifest.toml lists.")
    ] = False,
    email: EmailOption = None,
    rate: RateOption = 3.0,
    timeout: TimeoutOption = 30.0,
    retries: RetriesOption = 4,
    as_json: JsonOption = False,
    europe_pmc: MirrorOption = None,
    pmc_cloud: MirrorOption = None,
) -> None:
    """Fetch open-access articles as JATS XML, with a manifest of what they are and where they came from.

    \b
    Examples:
      sigmine fetch PMC7175140 --out papers --email you@example.org
      sigmine fetch 27635236 10.3390/cells8121597 --out papers
      sigmine fetch --from ids.txt --out papers

    From Europe PMC, else from PubMed Central's open-access files. What is there already is not fetched again.

    Exit code: 0 all there, 1 some not (each named on standard error with the reason), 2 wrong usage.
    """
    from sigmine.fetch import Manners, Sources, fetch_articles

    if email is not None and not _EMAIL.fullmatch(email):
        raise typer.BadParameter("give one address, such as you@example.org.", param_hint="--email")
    names = list(dict.fromkeys(_find_names(identifiers or [], from_ or [], suggested)))
    if not names:
        raise typer.BadParameter("give at least one: sigmine fetch PMC7175140.", param_hint="ID")
    manners = Manners(rate=rate, timeout=timeout, retries=retries, email=email)
    mirrors = {"europe_pmc": europe_pmc, "pmc_cloud": pmc_cloud}
    sources = Sources(**{name: url for name, url in mirrors.items() if url is not None})
    try:
        outcomes = fetch_articles(names, out, manners=manners, sources=sources)
    except FetchError as error:
        raise typer.BadParameter(str(error), param_hint="URL") from error
    _show(outcomes, len(names), out, as_json=as_json)


def _show(outcomes: Iterable[Outcome], total: int, out: Path, *, as_json: bool) -> None:
    """Fetches, as the outcomes come one by one; ends the command with 1 if some article is not there."""
    done: list[Outcome] = []
    with _show_progress(total) as advance:
        for outcome in outcomes:
            done.append(outcome)
            _tell(outcome, out, quiet=as_json)
            advance()
    if as_json:
        typer.echo(
            json.dumps({"out": str(out), "results": [asdict(one) for one in done]}, ensure_ascii=False, indent=1)
        )
    missing = sum(one.article is None for one in done)
    if missing:
        tell(f"{missing} of {len(done)} could not be fetched.")
        raise typer.Exit(1)


def _find_names(identifiers: list[str], files: list[Path], suggested: bool) -> Iterator[str]:
    from sigmine.fetch import parse_identifiers

    yield from (name for name in identifiers if name != _STANDARD_INPUT)
    if _STANDARD_INPUT in (*identifiers, *map(str, files)):
        yield from parse_identifiers(_decode(sys.stdin.buffer.read(), "standard input"))
    for path in files:
        if str(path) != _STANDARD_INPUT:
            yield from parse_identifiers(_decode(_load(path), str(path)))
    if suggested:
        from sigmine.resources.corpus import load_open_access

        yield from load_open_access()


def _load(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error.strerror}.", param_hint="--from") from error


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{name} is not UTF-8 text; it should hold an identifier a line.") from error


def _tell(outcome: Outcome, out: Path, *, quiet: bool) -> None:
    article = outcome.article
    if article is None:
        tell(f"could not fetch {outcome.given}: {outcome.reason}")
        return
    if article.retracted:
        tell(f"{article.id} has been retracted; what it states may be wrong.")
    if not quiet:
        columns: tuple[Any, ...] = (outcome.status, out / article.file, article.licence or "licence: see the article")
        show("\t".join(map(str, (*columns, article.citation or article.title))))


@contextmanager
def _show_progress(total: int) -> Iterator[Callable[[], None]]:
    """Gives a function to call after each article; shows a bar where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("Fetching"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)
