"""The formats of ``sigmine export``: listed, found by name, and filled into the help text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from sigmine.exports import Export

_PLACEHOLDER = "{formats}"


class ExportCommand(TyperCommand):
    """Fills the list of formats into the help text when it is asked for, so that nothing is loaded before."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self.help = (self.help or "").replace(_PLACEHOLDER, "\b\n" + "\n".join(_list_formats()))
        super().format_help(ctx, formatter)


def _list_formats() -> list[str]:
    from sigmine.exports import FAMILIES

    return [
        line
        for family, formats in FAMILIES.items()
        if formats
        for line in (f"{family}:", *(f"  {name:<11} {export.purpose}" for name, export in sorted(formats.items())))
    ]


def get_export(name: str) -> Export:
    """The format of this name; ends the program with 2 if there is none, naming those there are."""
    from difflib import get_close_matches

    from sigmine.exports import EXPORTS

    if name not in EXPORTS:
        near = get_close_matches(name, EXPORTS, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise typer.BadParameter(f"There is no format {name!r}. {hint}Known: {', '.join(sorted(EXPORTS))}.")
    return EXPORTS[name]


def show_formats(as_json: bool) -> None:
    """All formats with what they are for and what they lose, as a table or as JSON."""
    from sigmine.exports import EXPORTS

    if as_json:
        rows = [
            {"format": name, "purpose": one.purpose, "lost": one.lost, "suffix": one.suffix, "requires": one.requires}
            for name, one in EXPORTS.items()
        ]
        typer.echo(json.dumps(rows, indent=1))
        return
    from rich import box
    from rich.table import Table

    from sigmine.cli.terminal import make_console

    table = Table("format", "for", "leaves out", box=box.SIMPLE_HEAD)
    for name, one in EXPORTS.items():
        needs = f" (needs: pip install '{one.requires}')" if one.requires else ""
        table.add_row(name, f"{one.purpose}{needs}", one.lost)
    make_console().print(table)
