"""``sigmine merge``: one output folder from several."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli.run_summary import show_summary


def merge(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER",
            help="Output folders of sigmine run, or folders of partitions of sigmine distribute.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder to write.")] = Path(
        "sigmine-out"
    ),
    partial: Annotated[bool, typer.Option("--partial", help="Do without parts that are missing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing but what failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the summary as JSON.")] = False,
) -> None:
    """Put output folders together to one: the parts of a run with --shard, or any others.

    \b
    Examples:
      sigmine run papers/ --shard 1/2 --out part-1
      sigmine run papers/ --shard 2/2 --out part-2
      sigmine merge part-1 part-2 --out all

    Of all parts of one set of documents, the folder is what one run would have written. Other folders follow one
    another in the order given; a document that two of them hold, unchanged, counts once.

    Exit code: 0; 1 some document could not be read, or an input cannot be used; 2 wrong usage.
    """
    from sigmine.merging import merge as merge_all

    show_summary(merge_all(inputs, out, partial=partial), as_json=as_json, quiet=quiet)
