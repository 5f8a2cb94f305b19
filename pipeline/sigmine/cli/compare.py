"""``sigmine compare``: two outputs side by side, or one beside what is known."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.gold_source import load_any_gold
from sigmine.cli.known import (
    AnywhereOption,
    LimitOption,
    Request,
    ShowOption,
    TableOption,
    WithFormatOption,
    WithOption,
    compare_known,
)
from sigmine.cli.options import BeliefOption, RelationOption
from sigmine.cli.terminal import make_console, make_table, show, tell
from sigmine.errors import SigmineError

if TYPE_CHECKING:
    from sigmine.evaluation.comparison import Count, Difference, RunComparison

_HELP = "Output folder of a run, or a file that 'sigmine extract -o' wrote."
_MARKS = {"gained": "+", "lost": "-", "changed": "~"}


def compare(
    before: Annotated[Path, typer.Argument(metavar="BEFORE", help=_HELP, show_default=False)],
    after: Annotated[Path | None, typer.Argument(metavar="AFTER", help=_HELP, show_default=False)] = None,
    gold: Annotated[
        Path | None, typer.Option(metavar="GOLD", help="Say of each difference whether it is right.")
    ] = None,
    extended: Annotated[
        bool, typer.Option("--extended", help="Judge all relations and ends, not only the core.")
    ] = False,
    known: WithOption = None,
    known_format: WithFormatOption = None,
    show: ShowOption = None,
    limit: LimitOption = 20,
    anywhere: AnywhereOption = False,
    relation: RelationOption = None,
    min_belief: BeliefOption = 0.0,
    output: TableOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the comparison as JSON.")] = False,
) -> None:
    """Show what one output states and another does not, or, with --with, what of an output is known already.

    \b
    Examples:
      sigmine compare before after
      sigmine compare before.jsonl after.jsonl --gold gold/corpus
      sigmine compare out --with signor.tsv
      sigmine compare out --with signor.tsv --show new --limit 10
      sigmine compare out --with indra.json --relation binds -o compared.tsv

    Two outputs are compared mention by mention: the same are document, relation and characters of both ends. With
    --with statements are compared, by relation, identities and site: known, refined (one side says more), conflicting
    (the opposite, or denied by one side), new, missed. docs/evaluation.md tells how words of others become ours.

    Exit code: 0 no difference, or shown with --with; 1 some difference; 2 wrong usage or a file with errors.
    """
    if known is not None:
        if after is not None or gold is not None or extended:
            raise typer.BadParameter("--with takes one output, and no --gold or --extended.")
        request = Request(tuple(show or ()), limit, anywhere, relation, min_belief, output, as_json)
        compare_known(before, known, known_format, request)
    elif after is None:
        raise typer.BadParameter("name a second output, or with --with FILE what is known.")
    elif any([show, anywhere, relation, min_belief, output, known_format]):
        raise typer.BadParameter("--show, --anywhere, --relation, --min-belief, -o and --with-format need --with FILE.")
    else:
        _compare_outputs(before, after, gold, extended=extended, as_json=as_json)


def _compare_outputs(before: Path, after: Path, gold: Path | None, *, extended: bool, as_json: bool) -> None:
    from sigmine.evaluation import load_predictions
    from sigmine.evaluation.comparison import compare_outputs

    try:
        sides = load_predictions(before), load_predictions(after)
        _tell_documents(before, after)
        found = compare_outputs(*sides, gold=None if gold is None else load_any_gold(gold), core=not extended)
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
    else:
        _show(found)
    if found.differences:
        raise typer.Exit(1)


def _tell_documents(before: Path, after: Path) -> None:
    from sigmine.evaluation import load_read_documents

    old, new = load_read_documents(before), load_read_documents(after)
    if old is None or new is None:
        return
    for path, names in ((before, set(old) - set(new)), (after, set(new) - set(old))):
        if names:
            tell(f"only {path} has read {', '.join(sorted(names))}.")


def _show(found: RunComparison) -> None:
    for one in found.differences:
        show(_format(one))
        for change in one.changes:
            show(f"    {change.aspect}: {change.before} -> {change.after}")
        show(f"    {' '.join(one.text.split())}")
    if found.differences:
        show()
        _show_counts("relation", found.relations)
        _show_counts("rule", [row for row in found.rules if row.gained or row.lost or row.changed])
    show(f"statements: {found.before} before, {found.after} after" + (":" if found.differences else ", no difference."))
    for kind in _MARKS if found.differences else ():
        chosen = found.select(kind)
        verdicts = Counter(one.verdict for one in chosen if one.verdict is not None)
        judged = ", ".join(f"{verdicts[name]} {name}" for name in ("right", "wrong", "not counted") if verdicts[name])
        show(f"  {kind:<8}{len(chosen)}{f' ({judged})' if judged else ''}")


def _format(one: Difference) -> str:
    sites = "".join(f" {site}" for site in one.sites)
    flags = {"negated": one.negated, "hedged": one.hedged, "indirect": not one.direct}
    shown = "".join(f" {name}" for name, on in flags.items() if on)
    verdict = f" {one.verdict}" if one.verdict else ""
    place = f"{one.document}:{one.sentence[0]}-{one.sentence[1]}"
    claim = f"{one.relation}({one.subject or '-'}, {one.object}){sites}{shown}"
    return f"{_MARKS[one.kind]} {one.kind}{verdict}  {place}  {claim}  [{one.rule}] {one.id}"


def _show_counts(title: str, rows: Sequence[Count]) -> None:
    table = make_table(title, "before", "after", "gained", "lost", "changed")
    for row in rows:
        table.add_row(row.name, *(str(count) for count in (row.before, row.after, row.gained, row.lost, row.changed)))
    make_console().print(table)
