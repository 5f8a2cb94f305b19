"""Options that several commands share, each declared once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sigmine.analysis import Options as AnalysisOptions
    from sigmine.extraction import ReadingLimits


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


def make_options(
    entities: Entities,
    assume_protein: bool,
    ner: str | None,
    format: str | None,
    max_megabytes: int | None,
    proteome: Path | None,
    lexicon: Path | None,
    fast: bool = False,
) -> AnalysisOptions:
    """How documents are read, from what the command line says."""
    from sigmine.analysis import Options

    return Options(
        entities=entities.value,
        assume_protein=assume_protein,
        ner=ner,
        format=format,
        max_megabytes=max_megabytes,
        proteome=None if proteome is None else str(proteome),
        lexicon=None if lexicon is None else str(lexicon),
        fast=fast,
    )


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
FastOption = Annotated[
    bool, typer.Option("--fast", help="Parse only sentences with a rule's word and two names of the lexicon.")
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="NAME",
        callback=_check_format,
        help="Read standard input, and files whose suffix misleads, as this format: text, jsonl, standoff, bioc, jats, "
        "html, pdf or pubtator. Else the first bytes tell, then the suffix. Of folders and archives, files of its "
        "suffix only.",
    ),
]
MegabytesOption = Annotated[
    int | None,
    typer.Option(
        "--max-megabytes",
        min=1,
        metavar="N",
        help="Refuse a document over N million bytes (default 10; a collection or standard input 200, all of an "
        "archive 2000, or N if that is more).",
    ),
]


def _check_lexicon(value: Path | None) -> Path | None:
    if value is not None and not value.exists():
        raise typer.BadParameter(
            f"{value}: no such file or folder. Give a table of names (columns name, curie, standard name, type; "
            "docs/howto.md), or a folder of 'sigmine lexicon build'."
        )
    return value


ProteomeOption = Annotated[
    Path | None,
    typer.Option(
        "--proteome",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="Check residues against the sequences in this FASTA file of UniProt (may end in .gz).",
    ),
]
LexiconOption = Annotated[
    Path | None,
    typer.Option(
        "--lexicon",
        metavar="PATH",
        callback=_check_lexicon,
        help="Your own table of names (TSV), which goes before the bundled lexicon, or a folder of 'sigmine lexicon "
        "build' to use instead.",
    ),
]


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


JobsOption = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        parser=_parse_jobs,
        metavar="N",
        help="Processes that read at once; auto (or 0): as many as there are cores and memory for, about 0.7 GB each.",
    ),
]
TIME_LIMIT = 120.0
"""``sigmine.extraction.TIME_LIMIT``, which is not imported, so that the command line starts at once."""
TimeLimitOption = Annotated[
    float,
    typer.Option(
        "--time-limit", min=0.0, metavar="SECONDS", help="Give up a document that takes longer; 0: wait for it."
    ),
]
is_own_process = False
"""Whether the command is all that this process does, so that it may start others; ``main`` says so."""


def make_limits(time_limit: float) -> ReadingLimits:
    """What a document may take; where the command is the whole process, it is read in another, which it may crash."""
    from sigmine.extraction import ReadingLimits

    return ReadingLimits(time_limit, isolate=is_own_process)


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
