"""``sigmine run``: documents in, an output folder and a summary out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli.options import (
    TIME_LIMIT,
    AssumeProteinOption,
    Entities,
    EntitiesOption,
    FastOption,
    FormatOption,
    JobsOption,
    LexiconOption,
    MegabytesOption,
    NerOption,
    ProteomeOption,
    ShardOption,
    StoreOption,
    TimeLimitOption,
    make_limits,
    make_options,
)
from sigmine.cli.run_summary import show_summary
from sigmine.cli.terminal import show_progress


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
    entities: EntitiesOption = Entities.both,
    assume_protein: AssumeProteinOption = False,
    ner: NerOption = None,
    format: FormatOption = None,
    max_megabytes: MegabytesOption = None,
    proteome: ProteomeOption = None,
    lexicon: LexiconOption = None,
    fast: FastOption = False,
    jobs: JobsOption = 1,
    time_limit: TimeLimitOption = TIME_LIMIT,
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

    options = make_options(entities, assume_protein, ner, format, max_megabytes, proteome, lexicon, fast)
    limits = make_limits(time_limit)
    with show_progress(not quiet) as advance:
        summary = run_all(
            paths or (), out, add=add, reread=reread, shard=shard, store=store, options=options, jobs=jobs,
            limits=limits, on_reading=advance,
        )  # fmt: skip
    show_summary(summary, as_json=as_json, quiet=quiet, checked=proteome is not None)
