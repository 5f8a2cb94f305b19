"""How ``sigmine evaluate`` shows its report: tables for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

from sigmine.cli.terminal import format_interval, format_ratio, make_console, make_table, show

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from sigmine.evaluation.bootstrap import Score
    from sigmine.evaluation.judged import JudgedTally
    from sigmine.evaluation.report import Finding, Report, Scores
    from sigmine.evaluation.significance import PairedComparison

_MARKS = {"gained": "+", "lost": "-", "new alarm": "!", "mended": "*", "changed": "~"}


def print_json(report: Report, split: str, findings: bool, comparison: PairedComparison | None) -> None:
    """The report; of one split, without the others."""
    rows = report.to_json(findings=findings)
    if split != "all":
        rows["splits"] = [row for row in rows["splits"] if row["name"] == split]
        del rows["total"]
    if comparison is not None:
        rows["comparison"] = comparison.to_json()
    typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))


def print_report(report: Report, scores: Scores, split: str, errors: bool, comparison: PairedComparison | None) -> None:
    """Tables, then the errors of ``scores`` if asked for, then what another output does otherwise, if there is one."""
    _print_tables(report, split)
    if errors:
        _print_findings(scores)
    if comparison is not None:
        _print_comparison(comparison)


def _print_tables(report: Report, split: str) -> None:
    """A table for each split and for all, or for one split."""
    scope = "core statements" if report.core else "all statements"
    only = f", {', '.join(report.relations)} only" if report.relations else ""
    for scores in (*report.splits, report.total):
        if split in (scores.name, "all"):
            _print_scores(scores, f"{scores.name}: {scope}{only}, level {report.level}")


def _print_scores(scores: Scores, title: str) -> None:
    table = make_table("", "right", "wrong", "missed", "precision", "recall", "F1", title=title)
    _add_score(table, "all statements", scores.micro)
    macro = scores.macro
    ratios = (macro.precision, macro.recall, macro.f1)
    table.add_row(f"mean of {macro.relations} relations", "", "", "", *(format_ratio(ratio) for ratio in ratios))
    table.add_section()
    for group in (scores.steps, scores.relations, scores.sections, scores.hard_classes, scores.documents):
        for score in group:
            _add_score(table, score.name, score)
        table.add_section()
    _add_score(table, "sites, of right statements", scores.sites_matched)
    _add_score(table, "sites, of all statements", scores.sites_overall)
    if scores.judged is None:
        _add_score(table, "modified object, any subject", scores.object_only)
        _add_score(table, "site of modified object", scores.object_site)
    table.add_section()
    for flag in scores.flags:
        _add_score(table, f"{flag.name}, of right ({flag.right} of {flag.total})", flag.score)
    console = make_console()
    console.print(table)
    console.print(f"  repeated predictions: {scores.duplicates}, outside the score: {scores.ignored}", markup=False)
    if scores.judged is not None:
        _print_judged(console, scores.judged)
    for name, counts in (("errors", scores.errors), ("flaws of right statements", scores.flaws)):
        if counts:
            console.print(f"  {name}: {_join(counts)}", markup=False)
    if scores.because:
        console.print(f"  missed because: {_join(scores.because)}", markup=False)
    found = scores.calibration
    if found.brier is not None:
        console.print(
            f"  beliefs: Brier score {format_ratio(found.brier)} (all alike: {format_ratio(found.baseline)}), "
            f"average precision {format_ratio(found.average_precision)}",
            markup=False,
        )
    console.print()


def _print_judged(console: Console, judged: JudgedTally) -> None:
    parts = [f"{name} {found} of {total} found" for name, (found, total) in _list_right(judged) if total]
    read, rejected = judged.rejected
    parts += [f"rejected {read} of {rejected} read"] if rejected else []
    console.print(f"  readings that curators judged: {', '.join(parts) or 'none'}", markup=False)
    console.print(
        f"  {judged.not_judged} predictions that nobody judged are left out; no recall and no F1, since nobody looked "
        "for what was not read",
        markup=False,
    )


def _list_right(judged: JudgedTally) -> tuple[tuple[str, tuple[int, int]], ...]:
    return ("accepted", judged.accepted), ("corrected", judged.corrected)


def _join(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts)


def _add_score(table: Table, name: str, score: Score) -> None:
    from rich.markup import escape

    counts = score.counts
    ratios = (
        (counts.precision, score.precision_interval),
        (counts.recall, score.recall_interval),
        (counts.f1, score.f1_interval),
    )
    cells = [f"{format_ratio(ratio)} {format_interval(interval)}".strip() for ratio, interval in ratios]
    table.add_row(escape(name), str(counts.tp), str(counts.fp), str(counts.fn), *cells)


def _print_findings(scores: Scores) -> None:
    """Plain lines, one finding each, then its sentence where a prediction gives it."""
    for finding in scores.findings:
        place = f"{finding.document}:{finding.sentence[0]}-{finding.sentence[1]} {finding.section} {finding.split}"
        kind = finding.kind if finding.kind == finding.error else f"{finding.kind}/{finding.error}"
        because = f" (because: {finding.because})" if finding.because else ""
        rule = f" [{finding.rule}]" if finding.rule else ""
        show(f"{place}  {kind}{because}  {_format_finding(finding)} {finding.id}{rule}")
        if finding.text:
            show(f"    {' '.join(finding.text.split())}")


def _format_finding(finding: Finding) -> str:
    """``phosphorylates(AKT1, TSC2) at S939``."""
    sites = f" at {', '.join(finding.sites)}" if finding.sites else ""
    if finding.error == "site":
        sites += f" (predicted: {', '.join(finding.predicted_sites) or 'none'})"
    denied = " (negated)" if finding.negated else ""
    return f"{finding.relation}({finding.subject or '-'}, {finding.object}){sites}{denied}"


def _print_comparison(found: PairedComparison) -> None:
    """The measures of both with the paired test, then each change."""
    table = make_table("", "other", "this", "difference", "95 % interval", "p", title="against the other output")
    for one in found.differences:
        difference = "-" if one.difference is None else f"{one.difference:+.3f}"
        interval = "" if one.interval is None else f"{one.interval[0]:+.3f} to {one.interval[1]:+.3f}"
        p = "-" if one.p is None else f"{one.p:.3f}"
        table.add_row(one.name, format_ratio(one.other), format_ratio(one.ours), difference, interval, p)
    console = make_console()
    console.print(table)
    for change in found.changes:
        claim = change.claim
        subject = claim.subject.name if claim.subject else "-"
        place = f"{claim.document}:{claim.sentence[0]}-{claim.sentence[1]}"
        flaws = f"  {_name_flaws(change.before)} -> {_name_flaws(change.after)}" if change.kind == "changed" else ""
        sites = "".join(f" {site}" for site in claim.sites)
        show(
            f"{_MARKS[change.kind]} {change.kind:<9}  {place}  {claim.relation}({subject}, {claim.object.name}){sites}"
            f" {claim.id}{flaws}"
        )
    counts = ", ".join(f"{kind} {found.count(kind)}" for kind in _MARKS if found.count(kind))
    show(counts or "no difference")


def _name_flaws(flaws: tuple[str, ...]) -> str:
    return ", ".join(flaws) or "no flaw"
