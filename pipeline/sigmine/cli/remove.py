"""``sigmine remove``: documents out of an output folder, with all that follows from them."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli.options import JsonOption, StoreOption
from sigmine.cli.terminal import tell


def remove(
    documents: Annotated[
        list[str], typer.Argument(metavar="DOC", help="Ids of documents, or names of files.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="The output folder of a run.")] = Path(
        "sigmine-out"
    ),
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take documents out of an output folder: their evidence, and the statements that then have none.

    \b
    Examples:
      sigmine remove review --out my-out
      sigmine remove old.txt retracted.nxml --out my-out
      sigmine remove review --out my-out --store http://127.0.0.1:7878

    All files of the folder follow. manifest.json lists the documents. Exit code: 0; 1 a document is not there (nothing
    is removed then), or the folder or the store cannot be used; 2 wrong usage.
    """
    from sigmine.draft import remove_documents
    from sigmine.store import open_store

    with ExitStack() as stack:
        opened = None if store is None else stack.enter_context(open_store(store))
        removed, tally = remove_documents(documents, out, store=opened)
    counts = tally.to_json()["counts"]
    if as_json:
        typer.echo(json.dumps({"removed": removed, "counts": counts}))
    else:
        tell(
            f"removed {', '.join(removed)}; {counts['documents']:,} documents with {counts['statements']:,} statements "
            f"are left in {out}."
        )
