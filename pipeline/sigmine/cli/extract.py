"""``sigmine extract``: documents in, JSON Lines out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sigmine.cli.option_groups import take_groups
from sigmine.cli.reading_options import ReadingOptions, WorkOptions
from sigmine.cli.terminal import explain_long_sentences, open_output, show_progress, tell, tell_failure


@take_groups
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH", help="Files, folders, .gz or .zip to read; '-' reads standard input.", show_default=False
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
    ] = None,
    *,
    how: ReadingOptions,
    work: WorkOptions,
) -> None:
    """Write what each sentence states, one JSON line for each mention of a relation.

    \b
    Examples:
      sigmine extract paper.txt -o paper.jsonl
      echo 'AKT phosphorylates TSC2 at Ser939.' | sigmine extract -
      sigmine extract abstracts.jsonl --entities given --jobs 4 | head
      sigmine extract papers.zip -o papers.jsonl
      zcat bioc.xml.gz | sigmine extract - --format bioc

    Exit code: 0 all read, 1 some document could not be read (named on standard error), 2 wrong usage.
    """
    from sigmine.extraction import extract as read
    from sigmine.model.json import format_mention

    options = how.make()
    count = failed = long_sentences = 0
    with open_output(output) as stream, show_progress(output is not None or not sys.stdout.isatty()) as advance:
        for reading in read(paths, options=options, jobs=work.jobs, limits=work.make_limits()):
            count += 1
            long_sentences += reading.long_sentences
            if reading.failure is not None:
                failed += 1
                tell_failure(reading)
            for evidence in reading.evidence:
                stream.write(format_mention(evidence))
            stream.flush()
            advance(reading)
    if not count:
        tell(f"there was no document in {', '.join(paths)}.")
    if long_sentences:
        tell(explain_long_sentences(long_sentences))
    if failed:
        raise typer.Exit(1)
