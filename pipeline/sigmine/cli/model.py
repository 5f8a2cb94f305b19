"""``sigmine model``: what the bundled language model is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sigmine.cli.terminal import make_console

if TYPE_CHECKING:
    from rich.table import Table

app = typer.Typer(help="The bundled language model.", no_args_is_help=True, add_completion=False)


@app.callback()
def model() -> None:
    """The bundled language model."""


@app.command()
def info(
    as_json: Annotated[bool, typer.Option("--json", help="The model's meta.json, for programs.")] = False,
) -> None:
    """Show the bundled model: version, parts, the data that it was trained on with their licences, its scores.

    \b
    Examples:
      sigmine model info
      sigmine model info --json
    """
    from sigmine.resources.language_model import find_model, load_model_meta

    meta = load_model_meta()
    if as_json:
        typer.echo(json.dumps(meta, ensure_ascii=False, indent=1))
        return
    console = make_console()
    size = sum(path.stat().st_size for path in find_model().rglob("*") if path.is_file()) / 1e6
    console.print(f"{meta['lang']}_{meta['name']} {meta['version']}: {meta['description']}")
    console.print(f"parts: {', '.join(meta['pipeline'])}")
    console.print(f"{size:.1f} MB, licence {meta['license']}, for spaCy {meta['spacy_version']}")
    console.print(_list_sources(meta["sources"]))
    for table in _list_scores(meta["performance"]):
        console.print(table)


def _list_sources(sources: list[dict[str, str]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table("trained on", "licence", "by", box=box.SIMPLE_HEAD)
    for source in sources:
        table.add_row(source["name"], source["license"], source["author"])
    return table


def _list_scores(performance: dict[str, Any]) -> list[Table]:
    """A table for each part of the measurement: single figures, and precision, recall and F of each type."""
    from rich import box
    from rich.table import Table

    tables = []
    for part, scores in performance.items():
        figures = Table(f"{part}: measure", "value", box=box.SIMPLE_HEAD)
        types = Table(f"{part}: type", "P", "R", "F", "names", box=box.SIMPLE_HEAD)
        for measure, value in scores.items():
            if isinstance(value, dict):
                numbers = (f"{value[key]:.3f}" for key in ("p", "r", "f"))
                types.add_row(measure, *numbers, f"{value['n']:,}")
            else:
                figures.add_row(measure, f"{value:,}")
        tables += [table for table in (figures, types) if table.row_count]
    return tables
