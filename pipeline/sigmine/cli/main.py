"""The command ``sigmine``."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from sigmine.cli import options
from sigmine.cli.terminal import tell
from sigmine.errors import SigmineError

COMMANDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "Read": {
            "run": "Read documents and write what they state together: statements, triple store, graph.",
            "remove": "Take documents out of an output folder: their evidence, and the statements that then have none.",
            "extract": "Write what each sentence states, one JSON line for each mention of a relation.",
            "entities": (
                "Show what a file names: text, place, type, state, standard name and identifier; and the residues."
            ),
            "render": "Show texts as a page: names marked by type, and relations drawn as lines above the words.",
            "fetch": (
                "Fetch open-access articles as JATS XML, with a manifest of what they are and where they came from."
            ),
        },
        "Ask and show": {
            "query": "Show statements of a run, or answer a query about them.",
            "export": "Write the statements of a run in a format of other programs.",
            "plot": "Draw the network of a run.",
            "report": "Write a page to read, search and pass on: network, statements, evidence, contradictions.",
            "explore": "Open the statements of a run in the browser: network, evidence, texts, curation, SPARQL.",
            "citations": "Show the papers that the statements of a run rest on, those of most statements first.",
            "refinements": (
                "Show which statements say more than which: general ones first, what refines them indented below."
            ),
            "contradictions": (
                "Show statements that cannot both hold: activates against inhibits, a statement against its denial."
            ),
        },
        "Judge": {
            "evaluate": "Score extracted statements against the gold: precision, recall and F1 with 95 % intervals.",
            "compare": (
                "Show what one output states and another does not, or, with --with, what of an output is known already."
            ),
            "why": (
                "Show why a sentence gave its statements: rule, trigger, paths, flags, sites, and the rules that "
                "nearly fired."
            ),
            "curate": "Judge what was read: accept, reject, correct. Decisions become gold and beliefs.",
            "gold": "Make, check, count and compare hand-made annotations.",
        },
        "The program itself": {
            "rules": "Work on the grammar.",
            "model": "The bundled language model.",
            "lexicon": "Names and identifiers of molecules and the like.",
            "bench": "How fast sigmine is on this machine.",
        },
    }
)
"""The commands as ``--help`` lists them, with the first paragraph of their own help, for which their modules would have
to be loaded. Each is a function, or an ``app``, in the module of its name."""


_OWN_FLAGS = frozenset({"--debug", "--verbose", "-v", "-vv"})
_OWN_VALUES = frozenset({"--log-format", "--log-file"})


class LogFormat(StrEnum):
    """How logs are written."""

    text = "text"
    json = "json"


@cache
def load_command(name: str, panel: str) -> Any:
    """A command, made when it is asked for: to make all of them takes longer than some of them do."""
    module = import_module(f"sigmine.cli.{name}")
    app = getattr(module, "app", None)
    if app is None:
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
        app.command(name)(getattr(module, name))
    command = typer.main.get_command(app)
    command.name = name
    command.rich_help_panel = panel  # type: ignore[attr-defined]
    return command


class _LazyCommands(Mapping[str, Any]):
    """The commands by name."""

    def __init__(self) -> None:
        self._panels = {name: panel for panel, names in COMMANDS.items() for name in names}

    def __getitem__(self, name: str) -> Any:
        return load_command(name, self._panels[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._panels)

    def __len__(self) -> int:
        return len(self._panels)


class _Commands(TyperGroup):
    """Takes its own options at any place, and shows an expected error as one line."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.commands = _LazyCommands()  # type: ignore[assignment]

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        loading = self.commands
        self.commands = {
            name: TyperCommand(name, help=summary, rich_help_panel=panel)
            for panel, summaries in COMMANDS.items()
            for name, summary in summaries.items()
        }
        try:
            super().format_help(ctx, formatter)
        finally:
            self.commands = loading

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, _move_to_front(args))

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (SigmineError, OSError) as error:
            if ctx.params["debug"] or isinstance(error, BrokenPipeError):
                raise
            tell(str(error))
            raise typer.Exit(1) from error


def _move_to_front(args: Sequence[str]) -> list[str]:
    """What belongs to ``sigmine`` itself (how much it tells) before the command, wherever it stands; up to ``--``."""
    end = args.index("--") if "--" in args else len(args)
    own, rest, waiting = list[str](), list[str](), False
    for arg in args[:end]:
        name = arg.partition("=")[0]
        if waiting or name in _OWN_VALUES or arg in _OWN_FLAGS:
            own.append(arg)
            waiting = not waiting and arg in _OWN_VALUES
        else:
            rest.append(arg)
    return [*own, *rest, *args[end:]]


app = typer.Typer(
    cls=_Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
    verbose: Annotated[
        int, typer.Option("--verbose", "-v", count=True, help="Tell of each document; -vv of more, with reasons.")
    ] = 0,
    log_format: Annotated[
        LogFormat | None, typer.Option(help="Logs as lines of text or of JSON.", envvar="SIGMINE_LOG_FORMAT")
    ] = None,
    log_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Add logs to FILE, not to standard error.", envvar="SIGMINE_LOG_FILE"),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error arose; logs as by -vv.")] = False,
) -> None:
    """Read papers on cell signalling and write down who phosphorylates, activates or inhibits whom.

    \b
    First steps:
      sigmine run
      sigmine extract paper.txt -o paper.jsonl

    How much is told (-v, --log-format, --log-file) may be said before or behind the command, or by SIGMINE_LOG=info.
    """
    from sigmine.logs import choose_settings, start_logs

    start_logs(choose_settings(2 if debug else verbose, format=log_format, file=log_file))


def main() -> None:
    """The entry point of the installed command."""
    # Ended by another program (timeout, a batch system), it cleans up as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    options.is_own_process = True
    app(prog_name="sigmine")
