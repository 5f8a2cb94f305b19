"""What an evaluation says: values only, and their JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sigmine.evaluation.bootstrap import Interval, Score
from sigmine.evaluation.calibration import Calibration
from sigmine.evaluation.claim import Claim, Span
from sigmine.evaluation.judged import JudgedTally
from sigmine.evaluation.ratios import round_ratio

JsonObject = dict[str, Any]
Confusion = tuple[tuple[str, str, int], ...]
"""The gold's relation, ours (``none`` where there is no statement of the ends), and how often."""


@dataclass(frozen=True, slots=True)
class Macro:
    """Means over the relations that the gold has; an undefined precision counts as 0. None without any relation."""

    relations: int
    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class FlagScore:
    """How well a flag (negated, hedged, indirect) of the matched statements is read.

    ``right`` of ``total`` matched statements have the gold's value; ``score`` counts the flag where it is set.
    """

    name: str
    right: int
    total: int
    score: Score

    @property
    def accuracy(self) -> float | None:
        return self.right / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Finding:
    """One miss, false alarm or flaw of a right statement.

    Attributes:
        kind: ``missed``, ``false_alarm`` or ``flaw``.
        error: the class (``sigmine.evaluation.error_classes``).
        id: of the gold statement or the prediction.
        subject, object: names; subject is None where there is none.
        sites: of the gold statement (false alarm: of the prediction); ``predicted_sites``: of a matched prediction.
        sentence: characters in the file; ``text``: the sentence, empty where no prediction gives it.
        rule: of the prediction, empty for a miss.
        because: why it was missed, as far as somebody has looked; else empty.
        claim: the gold statement or, of a false alarm, the prediction; ``other``: the other side's claim that the class
            comes from; of a flaw, the prediction; None where there is none.
    """

    kind: str
    error: str
    id: str
    document: str
    split: str
    section: str
    sentence: Span
    relation: str
    subject: str | None
    object: str
    sites: tuple[str, ...] = ()
    predicted_sites: tuple[str, ...] = ()
    negated: bool = False
    rule: str = ""
    text: str = ""
    because: str = ""
    claim: Claim | None = None
    other: Claim | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of one split of the gold, or of all.

    Attributes:
        name: ``dev``, ``test`` or ``total``.
        micro: over all statements; ``macro``: mean over relations.
        relations, documents, sections: the same, apart.
        sites_matched: (statement, site) of the matched statements; ``sites_overall``: of all statements.
        object_only: modifications with the right object, whoever does it; ``object_site``: (object, site) of those.
        flags: negated, hedged, indirect.
        steps: names, pairs and so on (``sigmine.evaluation.steps``); ``hard_classes``: negated, coordinated and so on.
        calibration: of the beliefs; ``confusion``: which relation was taken for which.
        duplicates: predictions that repeat another one in the same sentence; neither right nor wrong.
        ignored: predictions that match gold outside the score (core score: gold that is not core).
        errors: error classes of the misses and false alarms and how often each occurs, most frequent first; ``flaws``:
            the same of right statements; ``because``: why statements were missed; empty where nobody has looked.
        judged: what became of judged readings; None where the gold is of whole documents. Where it is not, there is no
            recall and no F1, ``missed`` is what curators accepted or wrote, and steps, hard classes, objects, the
            thresholds of the calibration and its average precision are left out.
    """

    name: str
    micro: Score
    macro: Macro
    relations: tuple[Score, ...]
    documents: tuple[Score, ...]
    sections: tuple[Score, ...]
    sites_matched: Score
    sites_overall: Score
    object_only: Score
    object_site: Score
    flags: tuple[FlagScore, ...]
    steps: tuple[Score, ...]
    hard_classes: tuple[Score, ...]
    calibration: Calibration
    confusion: Confusion
    duplicates: int
    ignored: int
    errors: tuple[tuple[str, int], ...]
    flaws: tuple[tuple[str, int], ...]
    because: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    judged: JudgedTally | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What ``evaluate`` returns.

    Attributes:
        level: of ``sigmine.evaluation.matching.LEVELS``; ``core``: whether only core statements count.
        relations: the relations that the scores were confined to; empty if none was named.
        splits: the scores of each split that the gold has, dev first; ``total``: of all.
        documents: the gold documents that count; ``without_predictions``: those without any prediction.
        not_read: gold documents that are left out because they were not read.
        not_in_gold: documents with predictions but without gold; they are left out.
        scope: ``all``, or ``judged`` where the gold judges readings only.
    """

    level: str
    core: bool
    relations: tuple[str, ...]
    splits: tuple[Scores, ...]
    total: Scores
    documents: tuple[str, ...]
    without_predictions: tuple[str, ...]
    not_read: tuple[str, ...]
    not_in_gold: tuple[str, ...]
    scope: str = "all"

    def to_json(self, *, findings: bool = False) -> JsonObject:
        """Numbers and names only; with ``findings``, also each miss and false alarm with its sentence's text."""
        return {
            "level": self.level,
            "scope": self.scope,
            "core": self.core,
            "relations": list(self.relations),
            "splits": [_scores_to_json(scores, findings) for scores in self.splits],
            "total": _scores_to_json(self.total, findings),
            "documents": list(self.documents),
            "without_predictions": list(self.without_predictions),
            "not_read": list(self.not_read),
            "not_in_gold": list(self.not_in_gold),
        }


def _interval_to_json(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(interval[0], 4), round(interval[1], 4)]


def score_to_json(score: Score) -> JsonObject:
    """Counts, ratios (4 digits; null where undefined) and their 95 % intervals."""
    counts = score.counts
    return {
        "name": score.name,
        "tp": counts.tp,
        "fp": counts.fp,
        "fn": counts.fn,
        "precision": round_ratio(counts.precision),
        "recall": round_ratio(counts.recall),
        "f1": round_ratio(counts.f1),
        "precision_interval": _interval_to_json(score.precision_interval),
        "recall_interval": _interval_to_json(score.recall_interval),
        "f1_interval": _interval_to_json(score.f1_interval),
    }


def _flag_to_json(flag: FlagScore) -> JsonObject:
    accuracy = {"right": flag.right, "total": flag.total, "accuracy": round_ratio(flag.accuracy)}
    return {**score_to_json(flag.score), "name": flag.name, **accuracy}


def _finding_to_json(finding: Finding) -> JsonObject:
    return {
        "kind": finding.kind,
        "error": finding.error,
        "id": finding.id,
        "document": finding.document,
        "split": finding.split,
        "section": finding.section,
        "sentence": list(finding.sentence),
        "relation": finding.relation,
        "subject": finding.subject,
        "object": finding.object,
        "sites": list(finding.sites),
        "predicted_sites": list(finding.predicted_sites),
        "negated": finding.negated,
        "rule": finding.rule,
        "text": finding.text,
        "because": finding.because or None,
        "other": finding.other.id if finding.other else None,
    }


def _scores_to_json(scores: Scores, findings: bool) -> JsonObject:
    macro = scores.macro
    row: JsonObject = {
        "name": scores.name,
        "micro": score_to_json(scores.micro),
        "macro": {
            "relations": macro.relations,
            "precision": round_ratio(macro.precision),
            "recall": round_ratio(macro.recall),
            "f1": round_ratio(macro.f1),
        },
        "relations": [score_to_json(score) for score in scores.relations],
        "documents": [score_to_json(score) for score in scores.documents],
        "sections": [score_to_json(score) for score in scores.sections],
        "sites_matched": score_to_json(scores.sites_matched),
        "sites_overall": score_to_json(scores.sites_overall),
        "object_only": score_to_json(scores.object_only),
        "object_site": score_to_json(scores.object_site),
        "flags": [_flag_to_json(flag) for flag in scores.flags],
        "steps": [score_to_json(score) for score in scores.steps],
        "hard_classes": [score_to_json(score) for score in scores.hard_classes],
        "calibration": scores.calibration.to_json(),
        "confusion": [list(row) for row in scores.confusion],
        "duplicates": scores.duplicates,
        "ignored": scores.ignored,
        "errors": dict(scores.errors),
        "flaws": dict(scores.flaws),
        "because": dict(scores.because),
    }
    if scores.judged is not None:
        row["judged"] = asdict(scores.judged)
    if findings:
        row["findings"] = [_finding_to_json(finding) for finding in scores.findings]
    return row
