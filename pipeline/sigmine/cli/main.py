"""The command ``sigmine``."""

from __future__ import annotations

import logging
import signal
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from sigmine.cli.bench import app as bench
from sigmine.cli.citations import citations
from sigmine.cli.compare import compare
from sigmine.cli.contradictions import contradictions
from sigmine.cli.curate import app as curate
from sigmine.cli.entities import entities
from sigmine.cli.evaluate import evaluate
from sigmine.cli.explore import explore
from sigmine.cli.export import export
from sigmine.cli.export_formats import ExportCommand
from sigmine.cli.extract import extract
from sigmine.cli.fetch import fetch
from sigmine.cli.gold import app as gold
from sigmine.cli.lexicon import app as lexicon
from sigmine.cli.model import app as model
from sigmine.cli.plot import plot
from sigmine.cli.query import query
from sigmine.cli.refinements import refinements
from sigmine.cli.remove import remove
from sigmine.cli.render import render
from sigmine.cli.report import report
from sigmine.cli.rules import app as rules
from sigmine.cli.run import run
from sigmine.cli.terminal import tell
from sigmine.cli.why import why
from sigmine.errors import SigmineError


class _Commands(TyperGroup):
    """Takes ``--debug`` at any place, and shows an expected error as one line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if "--debug" in args:
            args = ["--debug", *(arg for arg in args if arg != "--debug")]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (SigmineError, OSError) as error:
            if ctx.params["debug"] or isinstance(error, BrokenPipeError):
                raise
            tell(str(error))
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(run)
app.command()(remove)
app.command()(extract)
app.command()(entities)
app.command()(render)
app.command()(fetch)
app.command()(query)
app.command(cls=ExportCommand)(export)
app.command()(plot)
app.command()(report)
app.command()(explore)
app.command()(citations)
app.command()(refinements)
app.command()(contradictions)
app.command()(evaluate)
app.command()(compare)
app.command()(why)
app.add_typer(curate, name="curate")
app.add_typer(gold, name="gold")
app.add_typer(rules, name="rules")
app.add_typer(model, name="model")
app.add_typer(lexicon, name="lexicon")
app.add_typer(bench, name="bench")


def _show_version(value: bool) -> None:
    if value:
        from sigmine import __version__

        typer.echo(f"sigmine {__version__}")
        raise typer.Exit


@app.callback()
def sigmine(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error arose.")] = False,
) -> None:
    """Read papers on cell signalling and write down who phosphorylates, activates or inhibits whom.

    \b
    First steps:
      sigmine run
      sigmine extract paper.txt -o paper.jsonl
    """
    if debug:
        logging.basicConfig(level=logging.INFO)
        logging.getLogger("sigmine").setLevel(logging.DEBUG)


def main() -> None:
    """The entry point of the installed command."""
    # Ended by another program (timeout, a batch system), it cleans up as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    app(prog_name="sigmine")
