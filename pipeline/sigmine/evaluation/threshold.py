"""Which belief to ask for, so that what is kept has a wanted precision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sigmine.assembly.belief import compute_belief
from sigmine.evaluation.alignment import Options, align, assign_documents
from sigmine.evaluation.bootstrap import Interval
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.judged import find_judged
from sigmine.evaluation.predictions import make_prediction
from sigmine.evaluation.rule_report import find_share_interval
from sigmine.model.ids import make_evidence_id
from sigmine.model.statement import Statement
from sigmine.resources.belief_counts import ThresholdCount, load_belief_counts

MIN_STATEMENTS = 20
"""A precision of fewer statements is not offered: three of three say nothing."""

Judged = tuple[float, bool]
"""A statement's belief, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Of ``judged`` gold statements, ``total`` have at least this belief, of which ``right`` are right."""

    belief: float
    right: int
    total: int
    judged: int

    @property
    def precision(self) -> float:
        return self.right / self.total

    @property
    def interval(self) -> Interval:
        """Wilson's, at 95 %."""
        return find_share_interval(self.right, self.total)


def judge_statements(gold: Sequence[GoldDocument], statements: Iterable[Statement]) -> list[Judged]:
    """Beliefs and truth of the statements that the gold judges: of all relations, at the level ``relaxed``.

    A statement is right if any evidence for it is; its belief is that of its judged evidence alone. What has no judged
    evidence for it (other documents, denials, repetitions in a sentence) is left out. The site is not looked at. Of
    documents in which only readings are judged, the others are left out too.
    """
    listed = list(statements)
    known = {make_evidence_id(evidence): evidence for statement in listed for evidence in statement.evidence}
    predictions = [make_prediction(evidence, key) for key, evidence in known.items()]
    inside, _ = assign_documents(gold, predictions)
    claims = [claim for document in gold for claim in document.statements]
    verdicts = {
        outcome.prediction.id: outcome.gold is not None
        for outcome in align(claims, inside, Options("relaxed", core=False), judged=find_judged(gold)).outcomes
        if outcome.prediction is not None
    }
    judged = []
    for statement in listed:
        evidence = [item for item in statement.evidence if make_evidence_id(item) in verdicts]
        supporting = [verdicts[make_evidence_id(item)] for item in evidence if not item.mention.opposes]
        if supporting:
            judged.append((compute_belief(evidence), any(supporting)))
    return judged


def make_cuts(judged: Iterable[Judged]) -> tuple[Cut, ...]:
    """The counts above each belief, highest first, one a hundredth."""
    rows = sorted(judged, key=lambda pair: -pair[0])
    found: dict[float, Cut] = {}
    right = 0
    for number, (belief, is_right) in enumerate(rows, start=1):
        right += is_right
        near = round(belief, 2)
        low = near if near <= belief else max(0.0, round(near - 0.01, 2))  # nothing counted falls below it
        found[low] = Cut(low, right, number, len(rows))
    return tuple(found.values())


def find_cut(cuts: Iterable[Cut], precision: float) -> Cut | None:
    """The lowest belief from which on the precision is reached; None where it is reached nowhere."""
    fit = [cut for cut in cuts if cut.total >= MIN_STATEMENTS and cut.precision >= precision]
    return min(fit, key=lambda cut: cut.belief, default=None)


def find_best(cuts: Iterable[Cut]) -> Cut | None:
    """The highest precision that is reached, with most statements; None where too few are judged."""
    fit = [cut for cut in cuts if cut.total >= MIN_STATEMENTS]
    return max(fit, key=lambda cut: (cut.precision, cut.total), default=None)


def load_bundled_cuts() -> tuple[Cut, ...]:
    """From the development gold, each document judged by the counts of the others.

    Raises:
        ResourceError: if the table is missing or damaged.
    """
    rows: tuple[ThresholdCount, ...] = load_belief_counts().thresholds
    judged = max((row.total for row in rows), default=0)
    return tuple(Cut(row.belief, row.right, row.total, judged) for row in rows)
