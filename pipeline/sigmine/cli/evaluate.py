"""``sigmine evaluate``: predictions against the gold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sigmine.cli.terminal import make_console, tell
from sigmine.errors import GoldError, SigmineError

if TYPE_CHECKING:
    from sigmine.evaluation.bootstrap import Interval, Score
    from sigmine.evaluation.report import FlagScore, Report, Scores


class Level(StrEnum):
    strict = "strict"
    relaxed = "relaxed"
    identity = "identity"
    document = "document"


def evaluate(
    out: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="Output folder of a run, or a file that 'sigmine extract -o' wrote."),
    ],
    gold: Annotated[Path, typer.Option(metavar="GOLD", help="Gold file, or a folder of gold files.")],
    level: Annotated[Level, typer.Option(help="When a prediction is right; see docs/evaluation.md.")] = Level.relaxed,
    extended: Annotated[
        bool, typer.Option("--extended", help="Count all relations and ends, not only the core.")
    ] = False,
    relation: Annotated[
        list[str] | None, typer.Option(metavar="R", help="Count this relation only (may be given again).")
    ] = None,
    all_gold: Annotated[
        bool, typer.Option("--all-gold", help="Count gold documents that were not read as missed.")
    ] = False,
    match_negation: Annotated[
        bool, typer.Option("--match-negation", help="What asserts what the gold denies, or the reverse, is wrong.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List each miss, false alarm and wrong site.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write the report as JSON.")] = False,
    min_f1: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, metavar="X", help="Fail if the F1 over all splits is below X.")
    ] = None,
) -> None:
    """Score extracted statements against the gold: precision, recall and F1 with 95 % intervals.

    \b
    Examples:
      sigmine evaluate --gold gold out
      sigmine extract review.txt -o review.jsonl && sigmine evaluate --gold gold/reviews review.jsonl --errors
      sigmine evaluate --gold gold out --extended --relation binds --json

    Gold documents that the run did not read are left out (of a file: those without any prediction).

    Exit code: 0, 1 if the F1 is below --min-f1, 2 wrong usage (this includes a gold or prediction file with errors).
    """
    relations = relation or []
    _check_relations(relations, extended)
    options = {"level": level.value, "core": not extended, "relations": relations, "match_negation": match_negation}
    try:
        report = _score(gold, out, all_gold, options)
    except SigmineError as error:
        tell(str(error))
        raise typer.Exit(2) from error
    if json:
        _print_json(report, errors)
    else:
        _print_tables(report)
        if errors:
            _print_findings(report.total)
    reached = report.total.micro.counts.f1
    if min_f1 is not None and (reached is None or reached < min_f1):
        tell(f"F1 is {_format_ratio(reached)}, below {min_f1}.")
        raise typer.Exit(1)


def _check_relations(relations: list[str], extended: bool) -> None:
    from sigmine.evaluation.claim import CORE_RELATIONS, RELATIONS
    from sigmine.evaluation.gold_check import name_nearest

    for name in relations:
        if name not in RELATIONS:
            raise typer.BadParameter(f"unknown relation {name!r}{name_nearest(name, RELATIONS)}")
        if not extended and name not in CORE_RELATIONS:
            raise typer.BadParameter(f"{name!r} is not in the core ({', '.join(CORE_RELATIONS)}); add --extended.")


def _score(gold: Path, out: Path, all_gold: bool, options: dict[str, Any]) -> Report:
    """Scores and tells which documents are left out, and why.

    Raises:
        SigmineError: if a file is wrong or no document of the gold was read.
    """
    from sigmine.evaluation import evaluate, load_gold, load_predictions, load_read_documents

    documents = load_gold(gold)
    predictions = load_predictions(out)
    recorded = load_read_documents(out)
    read = {prediction.document for prediction in predictions} if recorded is None else recorded
    report = evaluate(documents, predictions, read=None if all_gold else read, **options)
    if report.not_read:
        reason = "there is no prediction for" if recorded is None else "the run did not read"
        tell(f"left out, because {reason} them: {', '.join(report.not_read)} (--all-gold counts them as missed).")
    if report.not_in_gold:
        names = ", ".join(report.not_in_gold[:5]) + (", ..." if len(report.not_in_gold) > 5 else "")
        tell(f"left out, because the gold does not have them: {names} ({len(report.not_in_gold)} in all).")
    if not report.documents:
        raise GoldError("Nothing to score: no document of the gold was read.")
    return report


def _print_json(report: Report, findings: bool) -> None:
    import json

    typer.echo(json.dumps(report.to_json(findings=findings), ensure_ascii=False, indent=2))


def _print_tables(report: Report) -> None:
    scope = "core statements" if report.core else "all statements"
    only = f", {', '.join(report.relations)} only" if report.relations else ""
    for scores in (*report.splits, report.total):
        _print_scores(scores, f"{scores.name}: {scope}{only}, level {report.level}")


def _print_scores(scores: Scores, title: str) -> None:
    from rich import box
    from rich.table import Table

    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    table.add_column("")
    for column in ("right", "wrong", "missed", "precision", "recall", "F1"):
        table.add_column(column, justify="right", no_wrap=True)
    _add_score(table, "all statements", scores.micro)
    macro = scores.macro
    ratios = (macro.precision, macro.recall, macro.f1)
    table.add_row(f"mean of {macro.relations} relations", "", "", "", *(_format_ratio(ratio) for ratio in ratios))
    table.add_section()
    for group in (scores.relations, scores.sections, scores.documents):
        for score in group:
            _add_score(table, score.name, score)
        table.add_section()
    _add_score(table, "sites, of right statements", scores.sites_matched)
    _add_score(table, "sites, of all statements", scores.sites_overall)
    _add_score(table, "modified object, any subject", scores.object_only)
    _add_score(table, "site of modified object", scores.object_site)
    table.add_section()
    for flag in scores.flags:
        _add_score(table, f"{flag.name} ({_format_accuracy(flag)})", flag.score)
    console = make_console()
    console.print(table)
    console.print(f"  repeated predictions: {scores.duplicates}, outside the score: {scores.ignored}", markup=False)
    if scores.errors:
        console.print("  errors: " + ", ".join(f"{name} {count}" for name, count in scores.errors), markup=False)
    console.print()


def _add_score(table: object, name: str, score: Score) -> None:
    from rich.markup import escape
    from rich.table import Table

    assert isinstance(table, Table)
    counts = score.counts
    ratios = (
        (counts.precision, score.precision_interval),
        (counts.recall, score.recall_interval),
        (counts.f1, score.f1_interval),
    )
    cells = [f"{_format_ratio(ratio)} {_format_interval(interval)}".strip() for ratio, interval in ratios]
    table.add_row(escape(name), str(counts.tp), str(counts.fp), str(counts.fn), *cells)


def _format_ratio(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.3f}"


def _format_interval(interval: Interval | None) -> str:
    return "" if interval is None else f"({interval[0]:.2f}-{interval[1]:.2f})"


def _format_accuracy(flag: FlagScore) -> str:
    return f"{flag.right} of {flag.total} right"


def _print_findings(scores: Scores) -> None:
    """Plain lines, one finding each, then its sentence where a prediction gives it."""
    for finding in scores.findings:
        subject = finding.subject or "-"
        sites = f" at {', '.join(finding.sites)}" if finding.sites else ""
        if finding.kind == "site":
            sites += f" (predicted: {', '.join(finding.predicted_sites) or 'none'})"
        denied = " (negated)" if finding.negated else ""
        place = f"{finding.document}:{finding.sentence[0]}-{finding.sentence[1]} {finding.section} {finding.split}"
        kind = finding.kind if finding.kind == finding.error else f"{finding.kind}/{finding.error}"
        rule = f" [{finding.rule}]" if finding.rule else ""
        typer.echo(
            f"{place}  {kind}  {finding.relation}({subject}, {finding.object}){sites}{denied} {finding.id}{rule}"
        )
        if finding.text:
            typer.echo(f"    {' '.join(finding.text.split())}")
