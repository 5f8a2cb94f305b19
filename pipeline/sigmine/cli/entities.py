"""``sigmine entities``: the molecules, residues and the like that a file names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.reading_options import ReadingOptions
from sigmine.cli.readings import read_with_documents
from sigmine.cli.terminal import make_console, open_output, tell_failure

if TYPE_CHECKING:
    from rich.table import Table

    from sigmine.analysis import Reading


@take_groups
def entities(
    file: Annotated[str, typer.Argument(metavar="FILE", help="File to read; '-' reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON Lines, one name a line, for programs.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="The text with its names marked, to open in a browser.")] = (
        False
    ),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
    ] = None,
    *,
    how: ReadingOptions,
) -> None:
    """Show what a file names: text, place, type, state, standard name and identifier; and the residues.

    \b
    Examples:
      sigmine entities review.txt
      sigmine entities review.txt --html -o review.html
      sigmine entities review.txt --json | head
      echo 'AKT phosphorylates TSC2.' | sigmine entities -
      sigmine entities table.dat --format pubtator

    Exit code: 0 all read, 1 some document could not be read (named on standard error), 2 wrong usage.
    """
    if as_json and as_html:
        raise typer.BadParameter("--json and --html exclude each other.")
    options = how.make()
    failures: list[Reading] = []
    readings = read_with_documents([file], options, failures)
    with open_output(output) as stream:
        if as_html:
            from sigmine.web.text_page import render_texts, show_document

            shown = [show_document(doc, reading.entities, reading.sites, ()) for doc, reading in readings]
            unread = [(failure.source or failure.document, failure.failure or "") for failure in failures]
            stream.write(render_texts(shown, title=", ".join(one.document for one in shown), failures=unread).encode())
        elif as_json:
            for _, reading in readings:
                _write_lines(reading, stream)
        else:
            for _, reading in readings:
                stream.write(_show_table(_make_table(reading), wide=output is not None))
                stream.flush()
    for failure in failures:
        tell_failure(failure)
    if failures:
        raise typer.Exit(1)


def _list_names(reading: Reading) -> list[dict[str, Any]]:
    """Entities and residues in the order of the text, as JSON values."""
    from sigmine.model.json import entity_to_json, site_to_json

    rows = [
        {
            "document": reading.document,
            **entity_to_json(entity),
            "score": entity.score,
            "source": entity.source,
            "long_form": entity.long_form,
        }
        for entity in reading.entities
    ]
    for site in reading.sites:
        rows.append({"document": reading.document, **site_to_json(site), "type": "SITE", "name": site.name})
    return sorted(rows, key=lambda row: (row["start"], row["end"]))


def _write_lines(reading: Reading, stream: IO[bytes]) -> None:
    for row in _list_names(reading):
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")


def _make_table(reading: Reading) -> Table:
    from rich import box
    from rich.table import Table

    table = Table("text", "start", "end", "type", "state", "name", "identifier", "score", box=box.SIMPLE_HEAD)
    table.title, table.title_justify = (
        f"{reading.document}: {len(reading.entities):,} mention{'s' * (len(reading.entities) != 1)}",
        "left",
    )
    if reading.sites:
        table.title += f", {len(reading.sites):,} residue{'s' * (len(reading.sites) != 1)}"
    for row in _list_names(reading):
        score = "" if row.get("score") is None else f"{row['score']:.2f}"
        state = ", ".join(row.get("modifiers", ()))
        if row.get("status", "unchecked") != "unchecked":
            state = row["status"]
        identity = row.get("reference") or _tell_identity(row)
        place = (str(row["start"]), str(row["end"]))
        table.add_row(row["text"], *place, row["type"], state, row["name"], identity, score)
    return table


def _tell_identity(row: dict[str, Any]) -> str:
    """The identifier, or in brackets why there is none."""
    reason = row.get("reason")
    return row.get("curie") or (f"({reason})" if reason else "")


def _show_table(table: Table, *, wide: bool) -> bytes:
    console = make_console(wide=wide)
    with console.capture() as capture:
        console.print(table)
    return capture.get().encode()
