"""How documents are read: the options that all commands share that read documents."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.option_groups import OptionGroup

if TYPE_CHECKING:
    from sigmine.analysis import Options
    from sigmine.extraction import ReadingLimits

TIME_LIMIT = 120.0
"""``sigmine.extraction.TIME_LIMIT``, which is not imported, so that the command line starts at once."""
is_own_process = False
"""Whether the command is all that this process does, so that it may start others; ``main`` says so."""


class Entities(StrEnum):
    own = "own"
    given = "given"
    both = "both"


def _check_format(value: str | None) -> str | None:
    if value is not None:
        from sigmine.readers import READERS

        if value not in READERS:
            raise typer.BadParameter(f"unknown format {value!r}; known are {', '.join(READERS)}.")
    return value


def _check_lexicon(value: Path | None) -> Path | None:
    if value is not None and not value.exists():
        raise typer.BadParameter(
            f"{value}: no such file or folder. Give a table of names (columns name, curie, standard name, type; "
            "docs/howto.md), or a folder of 'sigmine lexicon build'."
        )
    return value


def _parse_jobs(value: str | int) -> int:
    if value == "auto":
        return 0
    try:
        jobs = int(value)
    except ValueError:
        jobs = -1
    if jobs < 0:
        raise typer.BadParameter(f"{value!r} is no number of processes; give 1 or more, or auto.")
    return jobs


LexiconOption = Annotated[
    Path | None,
    typer.Option(
        "--lexicon",
        metavar="PATH",
        callback=_check_lexicon,
        help="Your own table of names (TSV), which goes before the bundled lexicon, or a folder of 'sigmine "
        "lexicon build' to use instead.",
    ),
]


@dataclass(frozen=True, slots=True)
class ReadingOptions(OptionGroup):
    """What is read of a document; ``sigmine.analysis.Options`` tells what each means."""

    entities: Annotated[
        Entities,
        typer.Option(help="Whose entities count: our own, those given with the document, or both (given ones first)."),
    ] = Entities.both
    assume_protein: Annotated[
        bool, typer.Option("--assume-protein", help="Treat given entities of an unknown type as proteins.")
    ] = False
    ner: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Use the entities of an installed spaCy pipeline instead of ours."),
    ] = None
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME",
            callback=_check_format,
            help="Read standard input, and files whose suffix misleads, as this format: text, jsonl, standoff, bioc, "
            "jats, html, pdf or pubtator. Else the first bytes tell, then the suffix. Of folders and archives, files "
            "of its suffix only.",
        ),
    ] = None
    max_megabytes: Annotated[
        int | None,
        typer.Option(
            "--max-megabytes",
            min=1,
            metavar="N",
            help="Refuse a document over N million bytes (default 10; a collection or standard input 200, all of an "
            "archive 2000, or N if that is more).",
        ),
    ] = None
    proteome: Annotated[
        Path | None,
        typer.Option(
            "--proteome",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Check residues against the sequences in this FASTA file of UniProt (may end in .gz).",
        ),
    ] = None
    lexicon: LexiconOption = None
    fast: Annotated[
        bool, typer.Option("--fast", help="Parse only sentences with a rule's word and two names of the lexicon.")
    ] = False

    def make(self) -> Options:
        from sigmine.analysis import Options

        return Options(
            entities=self.entities.value,
            assume_protein=self.assume_protein,
            ner=self.ner,
            format=self.format,
            max_megabytes=self.max_megabytes,
            proteome=None if self.proteome is None else str(self.proteome),
            lexicon=None if self.lexicon is None else str(self.lexicon),
            fast=self.fast,
        )


@dataclass(frozen=True, slots=True)
class WorkOptions(OptionGroup):
    """With how many processes, and how long a document may take."""

    jobs: Annotated[
        int,
        typer.Option(
            "--jobs",
            "-j",
            parser=_parse_jobs,
            metavar="N",
            help="Processes that read at once; auto (or 0): as many as there are cores and memory for, 0.7 GB each.",
        ),
    ] = 1
    time_limit: Annotated[
        float,
        typer.Option(
            "--time-limit", min=0.0, metavar="SECONDS", help="Give up a document that takes longer; 0: wait for it."
        ),
    ] = TIME_LIMIT

    def make_limits(self) -> ReadingLimits:
        """What a document may take; where the command is all of this process, it is read in another."""
        from sigmine.extraction import ReadingLimits

        return ReadingLimits(self.time_limit, isolate=is_own_process)
