"""Options that several commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Entities(StrEnum):
    own = "own"
    given = "given"
    both = "both"


EntitiesOption = Annotated[
    Entities,
    typer.Option(help="Whose entities count: our own, those given with the document, or both (given ones first)."),
]
NerOption = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Use the entities of an installed spaCy pipeline instead of ours."),
]
AssumeProteinOption = Annotated[
    bool, typer.Option("--assume-protein", help="Treat given entities of an unknown type as proteins.")
]
JobsOption = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that read at once.")]
TextsOption = Annotated[
    list[Path] | None,
    typer.Option("--texts", metavar="PATH", help="File or folder of the documents (may be given again)."),
]
