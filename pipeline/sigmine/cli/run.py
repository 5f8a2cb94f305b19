"""``sigmine run``: documents in, an output folder and a summary out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.options import ShardOption, StoreOption
from sigmine.cli.reading_options import ReadingOptions, WorkOptions
from sigmine.cli.run_summary import show_summary, tell_how_to_go_on
from sigmine.cli.terminal import show_progress


@take_groups
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Files, folders, .gz or .zip to read. Default: what comes with sigmine."),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="The folder to write.")] = Path(
        "sigmine-out"
    ),
    add: Annotated[
        bool, typer.Option("--add", help="Keep the documents that the folder has; those given again replace theirs.")
    ] = False,
    reread: Annotated[bool, typer.Option("--reread", help="Read again also what did not change.")] = False,
    shard: ShardOption = None,
    store: StoreOption = None,
    *,
    how: ReadingOptions,
    work: WorkOptions,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show nothing but what failed.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the summary as JSON.")] = False,
) -> None:
    """Read documents and write what they state together: statements, triple store, graph.

    \b
    Examples:
      sigmine run
      sigmine run papers/ more.zip --out my-out
      sigmine run papers/ --proteome UP000005640_9606.fasta.gz
      sigmine run new.txt --out my-out --add
      sigmine run papers/ --out my-out --store http://127.0.0.1:7878
      sigmine run papers/ --out part-3 --shard 3/10

    The folder appears when it is complete; running again replaces it, and reads only what changed: other files, other
    options, another version. A run that ended early (Ctrl-C, a crash, no power) goes on when the same command is given
    again. With --add the folder keeps its documents: one that is given again (same name) replaces what was read of it
    before. --store writes the statements to a store of your own too, where other documents stay.

    Exit code: 0 all read, 1 some document could not be read, 2 wrong usage.
    """
    from sigmine.run import run as run_all

    options = how.make()
    limits = work.make_limits()
    with tell_how_to_go_on(out), show_progress(not quiet) as advance:
        summary = run_all(
            paths or (), out, add=add, reread=reread, shard=shard, store=store, options=options, jobs=work.jobs,
            limits=limits, on_reading=advance,
        )  # fmt: skip
    show_summary(summary, as_json=as_json, quiet=quiet, checked=how.proteome is not None)
