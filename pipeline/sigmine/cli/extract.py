"""``sigmine extract``: documents in, JSON Lines out."""

from __future__ import annotations

import sys
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
    TimeLimitOption,
    make_limits,
    make_options,
)
from sigmine.cli.terminal import explain_long_sentences, open_output, show_progress, tell, tell_failure


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
    from sigmine.contents import format_mention
    from sigmine.extraction import extract as read

    options = make_options(entities, assume_protein, ner, format, max_megabytes, proteome, lexicon, fast)
    count = failed = long_sentences = 0
    with open_output(output) as stream, show_progress(output is not None or not sys.stdout.isatty()) as advance:
        for reading in read(paths, options=options, jobs=jobs, limits=make_limits(time_limit)):
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
