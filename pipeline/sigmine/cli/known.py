"""How ``sigmine compare --with`` reads and shows: counts, lists, JSON, a table."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.terminal import make_console, make_table, open_output, show, tell
from sigmine.errors import ReadError

if TYPE_CHECKING:
    from sigmine.known import Claim, Finding, KnownComparison, KnownSource

WithOption = Annotated[
    Path | None,
    typer.Option(
        "--with",
        metavar="FILE",
        help="Compare with what is known instead: SIGNOR's table, CausalTAB, INDRA's JSON, SIF, another output.",
        show_default=False,
    ),
]
WithFormatOption = Annotated[
    str | None,
    typer.Option(
        "--with-format",
        metavar="NAME",
        help="signor, causaltab, indra, sif or sigmine; else the content of FILE tells.",
        show_default=False,
    ),
]
ShowOption = Annotated[
    list[str] | None,
    typer.Option(
        "--show",
        metavar="CLASS",
        help="List known, refined, conflicting, new or missed. Repeatable.",
        show_default=False,
    ),
]
LimitOption = Annotated[int, typer.Option("--limit", min=0, metavar="N", help="List at most N of a class.")]
AnywhereOption = Annotated[
    bool, typer.Option("--anywhere", help="List what is missed also where our output has not both ends.")
]
TableOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE.tsv", help="Write all that is found as a table.", show_default=False),
]

_MOST_FAULTS = 20
_MOST_WORDS = 10
_SAYS_MORE: dict[str | None, str] = {
    "ours": "ours says more",
    "theirs": "theirs says more",
    "each": "each says more in something",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for; fields as the options of ``sigmine compare``."""

    show: tuple[str, ...]
    limit: int
    anywhere: bool
    relation: str | None
    min_belief: float
    output: Path | None
    as_json: bool


def compare_known(out: Path, file: Path, format: str | None, request: Request) -> None:
    """Compare an output with a file, and show it; exits with 2 where one of them cannot be read."""
    from sigmine.known import CLASSES, FORMATS, compare_with_known, load_claims, load_known

    if format is not None and format not in FORMATS:
        raise typer.BadParameter(f"unknown format {format!r}; known are {', '.join(FORMATS)}.")
    unknown = sorted(set(request.show) - set(CLASSES))
    if unknown:
        raise typer.BadParameter(f"unknown class {unknown[0]!r}; known are {', '.join(CLASSES)}.")
    _check_relation(request.relation)
    try:
        ours, source = load_claims(out), load_known(file, format)
    except ReadError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    relations = () if request.relation is None else (request.relation,)
    result = compare_with_known(ours, source.claims, min_belief=request.min_belief, relations=relations)
    _tell_faults(source)
    if request.output is not None:
        from sigmine.known.rows import write_table

        with open_output(request.output) as stream:
            write_table(result.findings, stream)
    if request.as_json:
        from sigmine.known.rows import make_json

        shown = [one for one in result.findings if not request.show or one.kind in request.show]
        typer.echo(json.dumps(make_json(result, source, shown), ensure_ascii=False))
        return
    _show_source(source)
    _show_counts(result)
    for kind in CLASSES:
        if kind in request.show:
            _show_list(kind, result.select(kind, anywhere=request.anywhere), request.limit, source)


def _check_relation(relation: str | None) -> None:
    from sigmine.evaluation.claim import RELATIONS

    if relation is not None and relation not in RELATIONS:
        raise typer.BadParameter(f"there is no relation {relation!r}; known are {', '.join(RELATIONS)}.")


def _tell_faults(source: KnownSource) -> None:
    for one in source.malformed[:_MOST_FAULTS]:
        tell(f"{source.path}:{one.place}: {one.text}.")
    if len(source.malformed) > _MOST_FAULTS:
        tell(f"{len(source.malformed) - _MOST_FAULTS:,} more rows cannot be read; --json names them all.")


def _show_source(source: KnownSource) -> None:
    unread = len({one.place for one in source.malformed})
    show(
        f"{source.path}, {source.format}: {source.rows:,} rows, {len(source.claims):,} claims"
        + (
            f"; in {unread:,} row{'s' * (unread != 1)} something could not be read (named on standard error)"
            if unread
            else ""
        )
        + "."
    )
    for reason, lead in (("no relation", "no relation of ours"), ("unknown word", "unknown here")):
        words = [(word, count) for one, word, count in source.words if one == reason]
        if words:
            _show_names(f"{lead}:", words)
    if source.without_identity:
        lead = (
            f"{source.without_identity:,} of the claims have an end without an identity of ours, known by name alone:"
        )
        _show_names(lead, source.unidentified)


def _show_names(lead: str, names: Sequence[tuple[str, int]]) -> None:
    from sigmine.exports.cells import flatten_text

    shown = ", ".join(f"{flatten_text(name)} ({count:,})" for name, count in names[:_MOST_WORDS])
    show(f"  {lead} {shown}{', ...' if len(names) > _MOST_WORDS else ''}")


def _show_counts(result: KnownComparison) -> None:
    table = make_table(
        "relation", "ours", "known", "refined", "conflicting", "new", "theirs", "missed", "missed anywhere"
    )
    rows = [
        (one.ours, one.known, one.refined, one.conflicting, one.new, one.theirs, one.missed, one.missed_anywhere)
        for one in result.counts
    ]
    for count, row in zip(result.counts, rows, strict=True):
        table.add_row(count.relation, *(f"{number:,}" for number in row))
    table.add_section()
    table.add_row("all", *(f"{sum(column):,}" for column in zip(*rows, strict=True)))
    make_console().print(table)
    show("missed: both ends are ends of ours too; missed anywhere: all that they state and we do not.")
    refined = result.select("refined")
    directions: Counter[str | None] = Counter(one.direction for one in refined)
    for direction, words in _SAYS_MORE.items():
        if directions[direction]:
            whys = Counter(", ".join(one.why) for one in refined if one.direction == direction)
            said = "; ".join(f"{why} {count}" for why, count in whys.most_common())
            show(f"refined, {words}: {directions[direction]} ({said})")
    conflicts = Counter(one.why[0] for one in result.select("conflicting"))
    if conflicts:
        show("conflicting: " + ", ".join(f"{why} {count}" for why, count in conflicts.most_common()))


def _show_list(kind: str, findings: Sequence[Finding], limit: int, source: KnownSource) -> None:
    show(f"\n{kind}: {len(findings):,}{f', the first {limit}' if len(findings) > limit else ''}")
    for one in findings[:limit]:
        hedged = "hedged" if one.ours is not None and one.ours.hedged else ""
        notes = ", ".join(filter(None, [_SAYS_MORE.get(one.direction, ""), *one.why, hedged]))
        if one.ours is not None:
            show(f"  {one.ours.label}  {one.ours.belief:.2f}{f'  [{notes}]' if notes else ''}")
            show(f"      {one.ours.document}: {one.ours.words}")
        for claim in one.theirs[:3]:
            show(f"  {'    = ' if one.ours else ''}{_format_theirs(claim, source)}")
        if len(one.theirs) > 3:
            show(f"      and {len(one.theirs) - 3} more rows")


def _format_theirs(claim: Claim, source: KnownSource) -> str:
    from sigmine.exports.cells import flatten_text

    names = [f"{Path(source.path).name}:{claim.place}", claim.source_id, *claim.publications[:3]]
    line = f"{claim.label}  ({claim.words})  {' '.join(filter(None, names))}"
    return "  ".join(map(flatten_text, line.split("  ")))
