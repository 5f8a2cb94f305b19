"""``sigmine evaluate --report``: the whole evaluation as one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sigmine.evaluation.bootstrap import Score
from sigmine.evaluation.claim import Claim, Prediction
from sigmine.evaluation.report import Finding, Report, Scores
from sigmine.evaluation.significance import PairedComparison
from sigmine.web import plots
from sigmine.web.marked_sentence import Segment, mark_sentence
from sigmine.web.pages import render_page

_KINDS = {"missed": "missed", "false_alarm": "false alarm", "flaw": "flaw"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One error, as the page shows it; ``segments`` is empty where the sentence is not known."""

    finding: Finding
    kind: str
    gold: str
    ours: str
    segments: tuple[Segment, ...]


def render_evaluation(
    report: Report,
    scores: Scores,
    texts: Mapping[str, str],
    *,
    title: str,
    comparison: PairedComparison | None = None,
) -> str:
    """The page: one file that needs no network; everything from texts and files is escaped.

    Args:
        scores: the split that plots, tables and errors are of; headline figures are of all.
        texts: the gold's texts that are here, by document, to show and mark sentences; others are shown without marks.
        comparison: with another output, if there is one.
    """
    from markupsafe import Markup

    return render_page(
        "evaluation.html",
        ("page.css", "evaluation.css"),
        ("evaluation.js",),
        has_plots=True,
        title=title,
        report=report,
        scores=scores,
        headline=(*report.splits, report.total),
        tables=_list_tables(scores),
        plots={name: Markup(svg) for name, svg in _draw_plots(scores).items()},
        rows=[_make_row(finding, texts) for finding in scores.findings],
        comparison=comparison,
        changes=[_describe_change(one) for one in comparison.changes] if comparison else [],
    )


def _list_tables(scores: Scores) -> list[tuple[str, str, Sequence[Score]]]:
    """Heading, what it says, and the rows."""
    groups = (
        ("Step by step", "Each step asks for all of the one before.", scores.steps),
        ("Relations", "", scores.relations),
        ("Sections", "", scores.sections),
        ("Hard classes", "Negated and hedged statements are right if they are found and marked.", scores.hard_classes),
        ("Documents", "", scores.documents),
        (
            "Sites and flags",
            "Residues of right statements and of all; objects, whoever modifies them; flags of right statements.",
            [
                *(_rename(one, name) for one, name in _list_site_scores(scores)),
                *(_rename(flag.score, f"{flag.name}, of right") for flag in scores.flags),
            ],
        ),
    )
    return [group for group in groups if group[2]]


def _list_site_scores(scores: Scores) -> list[tuple[Score, str]]:
    sites = [
        (scores.sites_matched, "sites, of right statements"),
        (scores.sites_overall, "sites, of all statements"),
    ]
    if scores.judged is not None:
        return sites
    return [
        *sites,
        (scores.object_only, "modified object, any subject"),
        (scores.object_site, "site of modified object"),
    ]


def _rename(score: Score, name: str) -> Score:
    return Score(name, score.counts, score.precision_interval, score.recall_interval, score.f1_interval)


def _draw_plots(scores: Scores) -> dict[str, str]:
    """By name; empty where there is nothing to draw."""
    counts = Counter((one.error, one.kind) for one in scores.findings)
    errors = [(name, *(counts[name, kind] for kind in _KINDS)) for name in dict.fromkeys(error for error, _ in counts)]
    found = scores.calibration
    return {
        "relations": plots.draw_scores(scores.relations) if scores.relations else "",
        "precision_recall": plots.draw_precision_recall(found) if found.thresholds else "",
        "reliability": plots.draw_reliability(found) if found.bins else "",
        "confusion": plots.draw_confusion(scores.confusion) if scores.confusion else "",
        "errors": plots.draw_errors(errors) if errors else "",  # type: ignore[arg-type]
    }


def _make_row(finding: Finding, texts: Mapping[str, str]) -> _Row:
    claims = [one for one in (finding.claim, finding.other) if one is not None]
    gold = next((one for one in claims if not isinstance(one, Prediction)), None)
    ours = next((one for one in claims if isinstance(one, Prediction)), None)
    text = texts.get(finding.document, "")
    segments = mark_sentence(text, gold, ours) if text else ()
    if not segments and finding.text:
        segments = (Segment(finding.text),)
    return _Row(finding, _KINDS[finding.kind], _describe(gold), _describe(ours), segments)


def _describe(claim: Claim | None) -> str:
    """``AKT1 phosphorylates TSC2 at S939 (hedged)``; empty for None."""
    if claim is None:
        return ""
    subject = claim.subject.name if claim.subject else "(not named)"
    sites = f" at {', '.join(claim.sites)}" if claim.sites else ""
    flags = {"negated": claim.negated, "hedged": claim.hedged, "indirect": not claim.direct}
    said = ", ".join(name for name, on in flags.items() if on)
    return f"{subject} {claim.relation} {claim.object.name}{sites}{f' ({said})' if said else ''}"


def _describe_change(change: Any) -> dict[str, str]:
    flaws = ""
    if change.kind == "changed":
        flaws = f"{', '.join(change.before) or 'no flaw'} → {', '.join(change.after) or 'no flaw'}"
    claim = change.claim
    place = f"{claim.document}:{claim.sentence[0]}–{claim.sentence[1]}"
    return {"kind": change.kind, "claim": _describe(claim), "place": place, "flaws": flaws}
