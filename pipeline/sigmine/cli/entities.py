"""``sigmine entities``: the molecules and the like that a file names."""

from __future__ import annotations

from typing import Annotated

import typer

from sigmine.cli.options import AssumeProteinOption, Entities, EntitiesOption, NerOption
from sigmine.cli.terminal import make_console, tell_failure


def entities(
    file: Annotated[str, typer.Argument(metavar="FILE", help="File to read; '-' reads standard input.")],
    entities: EntitiesOption = Entities.both,
    assume_protein: AssumeProteinOption = False,
    ner: NerOption = None,
) -> None:
    """Show what a file names: text, place, type, standard name and identifier.

    \b
    Examples:
      sigmine entities review.txt
      echo 'AKT phosphorylates TSC2.' | sigmine entities -
    """
    from rich import box
    from rich.table import Table

    from sigmine.analysis import Options
    from sigmine.run import extract

    options = Options(entities=entities.value, assume_protein=assume_protein, ner=ner)
    failed = False
    for reading in extract(file, options=options):
        if reading.failure is not None:
            failed = True
            tell_failure(reading)
            continue
        table = Table("text", "start", "end", "type", "name", "identifier", "score", box=box.SIMPLE_HEAD)
        table.title, table.title_justify = f"{reading.document}: {len(reading.entities):,} mentions", "left"
        for entity in reading.entities:
            score = "" if entity.score is None else f"{entity.score:.2f}"
            place = (str(entity.start), str(entity.end))
            table.add_row(entity.text, *place, entity.type, entity.name, entity.curie or "", score)
        make_console().print(table)
    if failed:
        raise typer.Exit(1)
