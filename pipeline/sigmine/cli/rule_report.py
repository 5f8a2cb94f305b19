"""``sigmine rules report``: each rule against the gold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigmine.cli.gold_source import load_any_gold
from sigmine.cli.options import ExtendedOption, GoldOption, Split, TextsOption
from sigmine.cli.terminal import (
    format_interval,
    format_ratio,
    make_console,
    make_table,
    show,
    show_progress,
    tell,
    tell_failure,
)
from sigmine.errors import GoldError, SigmineError

if TYPE_CHECKING:
    from sigmine.evaluation import GoldDocument
    from sigmine.evaluation.claim import Prediction
    from sigmine.evaluation.rule_report import RuleExample, RuleReport, RuleScore


def report(
    gold: GoldOption,
    out: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="Output folder of a run, or a file that 'sigmine extract -o' wrote."),
    ] = Path("sigmine-out"),
    texts: TextsOption = None,
    split: Annotated[Split, typer.Option("--split", help="Count this split of the gold only.")] = Split.all,
    extended: ExtendedOption = False,
    overlap: Annotated[bool, typer.Option(help="Read the documents again, to know what several rules find.")] = True,
    examples: Annotated[
        int, typer.Option("--examples", min=0, metavar="N", help="Show N right and N wrong hits of each rule.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Write the report as JSON.")] = False,
) -> None:
    """Show for each rule how often it is right, how much of the gold it finds, and what only it finds.

    \b
    Examples:
      sigmine rules report --gold gold/corpus out
      sigmine rules report --gold gold/corpus out --split dev --examples 2
      sigmine rules report --gold gold/reviews out --texts papers/ --json

    Where several rules read one statement, the output has the surest one's name. For 'also', 'overlap' and 'unique'
    the documents are read again with today's rules: those named by --texts, else files with the gold's file name and
    SHA-256 in the current folder, beside OUT or the gold, or among those that come with sigmine.

    Exit code: 0 shown; 1 some document could not be read again; 2 wrong usage (this includes a gold or prediction file
    with errors).
    """
    from sigmine.evaluation import load_predictions, load_read_documents
    from sigmine.evaluation.alignment import select_read
    from sigmine.evaluation.rule_report import report_rules

    try:
        documents, predictions = load_any_gold(gold), load_predictions(out)
        recorded = load_read_documents(out)
        read = {one.document for one in predictions} if recorded is None else set(recorded)
        chosen, _ = select_read(documents, read)
        if not chosen:
            raise GoldError("Nothing to report: no document of the gold was read.")
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    claims, failed = _read_claims(chosen, out, gold, texts) if overlap else (None, False)
    found = report_rules(
        documents, predictions, claims=claims, split=split.value, core=not extended, read=read, examples=examples
    )
    if found.not_read:
        tell(f"left out, because they were not read: {', '.join(found.not_read)}.")
    if as_json:
        typer.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
    else:
        _show(found)
    if failed:
        raise typer.Exit(1)


def _read_claims(
    gold: Sequence[GoldDocument], out: Path, gold_path: Path, texts: Sequence[Path] | None
) -> tuple[list[Prediction] | None, bool]:
    """What each rule finds by itself in the gold's documents; None where they are not here. And whether one failed."""
    from sigmine.analysis import load_exhaustive_analyser
    from sigmine.evaluation import make_prediction
    from sigmine.readers.lookup import find_files, list_places
    from sigmine.rereading import load_run_options
    from sigmine.run import extract

    paths = list(texts or ())
    if not texts:
        places = list_places(out.parent, gold_path if gold_path.is_dir() else gold_path.parent)
        found = {one.document: next(find_files(one.file, places, sha256=one.sha256), None) for one in gold}
        missing = [name for name, path in found.items() if path is None]
        if missing:
            tell(f"no overlap, because the text is not here: {', '.join(missing)}. Name the files with --texts.")
            return None, False
        paths = [path for path in found.values() if path is not None]
    claims = []
    failed = False
    digests: dict[str, str] = {}
    with show_progress(True) as advance:
        for reading in extract(paths, options=load_run_options(out), load=load_exhaustive_analyser):
            if reading.failure is not None:
                failed = True
                tell_failure(reading)
            digests[reading.document] = reading.sha256
            claims += [make_prediction(evidence, f"claim-{n}") for n, evidence in enumerate(reading.evidence)]
            advance(reading)
    missing = [
        one.document for one in gold if one.sha256 not in (digests.get(one.document), digests.get(Path(one.file).stem))
    ]
    if missing:
        tell(f"no overlap, because the texts are not those that the gold was made on: {', '.join(missing)}.")
        return None, failed
    return claims, failed


def _show(found: RuleReport) -> None:
    scope = "core statements" if found.core else "all statements"
    splits = "all splits" if found.split == "all" else f"split {found.split}"
    columns = ("hits", "right", "precision", "recall", "also", "overlap", "unique")
    table = make_table("rule", *columns, title=f"{splits}: {scope}, {found.gold} in the gold")
    for row in found.rules:
        interval = format_interval(row.precision_interval)
        ratios = (f"{format_ratio(row.precision)} {interval}".strip(), format_ratio(row.recall))
        last = (_format_count(row.also), format_ratio(row.overlap), _format_count(row.unique))
        table.add_row(row.rule, str(row.hits), str(row.right), *ratios, *last)
    make_console().print(table)
    for row in found.rules:
        _show_examples(row)


def _show_examples(row: RuleScore) -> None:
    if row.right_examples or row.wrong_examples:
        show(row.rule)
    for kind, examples in (("right", row.right_examples), ("wrong", row.wrong_examples)):
        for one in examples:
            show(f"  {kind}  {one.document}:{one.sentence[0]}-{one.sentence[1]}  {_format_claim(one)}  {one.id}")
            show(f"         {' '.join(one.text.split())}")


def _format_claim(one: RuleExample) -> str:
    sites = "".join(f" {site}" for site in one.sites)
    return f"{one.relation}({one.subject or '-'}, {one.object}){sites}{' negated' if one.negated else ''}"


def _format_count(count: int | None) -> str:
    return "-" if count is None else str(count)
