"""Options that several commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sigmine.shards import Shard


class Level(StrEnum):
    """``sigmine.evaluation.LEVELS``, which is not imported, so that the command line starts at once."""

    strict = "strict"
    relaxed = "relaxed"
    identity = "identity"
    document = "document"


class Split(StrEnum):
    """Splits of the gold."""

    dev = "dev"
    test = "test"
    all = "all"


def _parse_shard(value: str) -> Shard:
    from sigmine.shards import parse_shard

    try:
        return parse_shard(value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


ShardOption = Annotated[
    Any,  # sigmine.shards.Shard or None
    typer.Option(
        "--shard",
        metavar="I/N",
        parser=_parse_shard,
        show_default=False,
        help="Read only the I-th of N parts of the documents; sigmine merge puts the parts together.",
    ),
]


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="STORE",
        help="A store that has the statements too: the address of a SPARQL 1.1 endpoint (http://127.0.0.1:7878, or "
        "QUERY-ADDRESS,UPDATE-ADDRESS), or a folder.",
        show_default=False,
    ),
]
TextsOption = Annotated[
    list[Path] | None,
    typer.Option("--texts", metavar="PATH", help="File or folder of the documents (may be given again)."),
]
GoldOption = Annotated[
    Path,
    typer.Option(
        "--gold",
        metavar="GOLD",
        help="Gold file, or a folder of gold files or of decisions (out-curation).",
        show_default=False,
    ),
]
ExtendedOption = Annotated[bool, typer.Option("--extended", help="Count all relations and ends, not only the core.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON, for programs.")]
LevelOption = Annotated[Level, typer.Option("--level", help="When two statements are the same; docs/evaluation.md.")]
JsonLinesOption = Annotated[bool, typer.Option("--json", help="JSON Lines, for programs.")]
RelationOption = Annotated[
    str | None, typer.Option(metavar="R", help="This relation only, e.g. phosphorylates.", show_default=False)
]
BeliefOption = Annotated[float, typer.Option(min=0.0, max=1.0, metavar="X", help="Belief of at least X.")]
