"""``sigmine lexicon``: what the names and identifiers are, what a name may mean, and a lexicon of one's own tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sigmine.cli.options import JsonOption
from sigmine.cli.reading_options import LexiconOption
from sigmine.cli.terminal import make_console, make_table, show, tell

if TYPE_CHECKING:
    from rich.table import Table

    from sigmine.grounding import GroundingCandidate
    from sigmine.resources.lexicon import Lexicon
    from sigmine.resources.lexicon_tables import Membership

app = typer.Typer(help="Names and identifiers of molecules and the like.", no_args_is_help=True, add_completion=False)
_MOST = 12


@app.callback()
def lexicon() -> None:
    """Names and identifiers of molecules and the like."""


@app.command()
def info(lexicon: LexiconOption = None, as_json: JsonOption = False) -> None:
    """Show the tables that the lexicon was made from, with licence and version where known, and what it holds.

    \b
    Examples:
      sigmine lexicon info
      sigmine lexicon info --lexicon mine.tsv
      sigmine lexicon info --json

    "packed" is the day that a compressed table's own header gives: no release's date, but the latest that it can be.
    """
    from sigmine.resources.lexicon import load_lexicon_manifest

    manifest = load_lexicon_manifest(None if lexicon is None else str(lexicon))
    if as_json:
        typer.echo(json.dumps(manifest, ensure_ascii=False, indent=1))
        return
    console = make_console()
    console.print(f"{manifest['names']:,} names")
    if own := manifest.get("own"):
        console.print(f"before them {own['names']:,} of {own['file']}, and {own['never']:,} that do not mean something")
    console.print(_list_tables(manifest["tables"]))
    for title, key in (("names by source", "names_by_source"), ("names by type", "names_by_type")):
        table = make_table(title, "names")
        for name, count in sorted(manifest[key].items(), key=lambda row: (-row[1], row[0])):
            table.add_row(name, f"{count:,}")
        console.print(table)


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As a text writes it.", show_default=False)],
    type: Annotated[
        str | None,
        typer.Option("--type", metavar="TYPE", callback=lambda value: _check_type(value), help="PROTEIN, FAMILY, ..."),
    ] = None,
    lexicon: LexiconOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what a name may mean, best first, why, and which one is taken where nothing around it says otherwise.

    \b
    Examples:
      sigmine lexicon lookup AKT
      sigmine lexicon lookup CAT --type PROTEIN
      sigmine lexicon lookup "complex I" --json
      sigmine lexicon lookup MyName --lexicon mine.tsv

    The chosen one is marked with *; where none is, a text must tell it: by the long form, or by what else it names.
    Exit code: 0 the name is known, 1 it is not, 2 wrong usage.
    """
    from sigmine.grounding import explain_grounding
    from sigmine.resources.lexicon import get_lexicon

    names = get_lexicon(None if lexicon is None else str(lexicon))
    found = explain_grounding(name, type=type, lexicon=names)
    if as_json:
        rows = [_to_json(one, names) for one in found]
        typer.echo(json.dumps({"name": name, "type": type, "candidates": rows}, ensure_ascii=False, indent=1))
    elif found:
        make_console().print(_list_candidates(found))
        for line in _list_relatives(found, names):
            show(line)
    if not found:
        tell(f"{name!r} is not in the lexicon{f' as a {type}' if type else ''}.")
        raise typer.Exit(1)


@app.command()
def build(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Holds the tables.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder to write.")],
) -> None:
    """Compile tables of names into a lexicon, as the bundled one was made; the same tables give the same bytes.

    \b
    Examples:
      sigmine lexicon build tables -o my-lexicon
      sigmine run review.txt --lexicon my-lexicon

    Which files FOLDER must hold is said where one is missing, and in docs/howto.md.
    """
    from sigmine.resources.lexicon_build import build_lexicon

    manifest = build_lexicon(folder, out)
    show(f"{manifest['names']:,} names, written to {out}")


def _check_type(value: str | None) -> str | None:
    if value is None:
        return None
    from sigmine.model import ENTITY_TYPES

    if value.upper() not in ENTITY_TYPES:
        raise typer.BadParameter(f"unknown type {value!r}; known are {', '.join(ENTITY_TYPES)}.")
    return value.upper()


def _list_tables(tables: list[dict[str, Any]]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table("table", "file", "by", "licence", "version", "packed", "sha256", box=box.SIMPLE_HEAD)
    for row in tables:
        version = row["version"] or "not known"
        cells = (
            row["source"],
            row["file"],
            row["by"],
            row["licence"],
            version,
            row["packed"] or "",
            row["sha256"][:12],
        )
        table.add_row(*cells)
    return table


def _list_candidates(found: tuple[GroundingCandidate, ...]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table("", "identifier", "name", "type", "score", "reasons", box=box.SIMPLE_HEAD)
    for one in found:
        mark = "*" if one.chosen else ""
        table.add_row(mark, one.curie or "", one.name, one.type, f"{one.score:.2f}", "; ".join(one.reasons))
    return table


def _list_relatives(found: tuple[GroundingCandidate, ...], lexicon: Lexicon) -> list[str]:
    lines = []
    for one in found:
        for title, rows, end in _find_relatives(one, lexicon):
            names = [f"{_name(getattr(row, end), lexicon)} ({row.relation})" for row in rows]
            more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
            lines.append(f"{one.name} {title} {', '.join(names[:_MOST])}{more}")
    return lines


def _find_relatives(one: GroundingCandidate, lexicon: Lexicon) -> list[tuple[str, tuple[Membership, ...], str]]:
    if one.curie is None:
        return []
    both = (
        ("holds", lexicon.find_children(one.curie), "child"),
        ("belongs to", lexicon.find_parents(one.curie), "parent"),
    )
    return [row for row in both if row[1]]


def _name(curie: str, lexicon: Lexicon) -> str:
    entity = lexicon.find_entity(curie)
    return entity[0] if entity else curie


def _to_json(one: GroundingCandidate, lexicon: Lexicon) -> dict[str, Any]:
    def list_rows(rows: tuple[Membership, ...], end: str) -> list[dict[str, str]]:
        return [
            {"curie": getattr(row, end), "name": _name(getattr(row, end), lexicon), "relation": row.relation}
            for row in rows
        ]

    curie = one.curie or ""
    return {
        "curie": one.curie,
        "name": one.name,
        "type": one.type,
        "score": one.score,
        "chosen": one.chosen,
        "exact": one.exact,
        "source": one.source,
        "reasons": list(one.reasons),
        "members": list_rows(lexicon.find_children(curie), "child"),
        "parents": list_rows(lexicon.find_parents(curie), "parent"),
    }
