"""How often each rule is right, how much of the gold it finds, and what no other rule finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

from sigmine.evaluation.alignment import Options, Outcome, align, assign_documents, select_read
from sigmine.evaluation.bootstrap import Interval
from sigmine.evaluation.claim import Prediction, Span
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.judged import find_judged
from sigmine.evaluation.matching import END_TESTS, ClaimIndex, claims_agree
from sigmine.evaluation.ratios import round_ratio

JsonObject = dict[str, Any]
_Z = 1.959964  # the normal quantile of 97.5 %


@dataclass(frozen=True, slots=True)
class RuleExample:
    """A right or wrong hit: its document, the characters of its sentence in the file, and what it says."""

    id: str
    document: str
    sentence: Span
    relation: str
    subject: str | None
    object: str
    sites: tuple[str, ...]
    negated: bool
    text: str


@dataclass(frozen=True, slots=True)
class RuleScore:
    """One rule against the gold.

    Attributes:
        hits: statements of the output under this rule's name that count: ``right`` and ``wrong`` ones. What repeats
            another statement in its sentence, or matches gold outside the score, is in neither.
        precision: right of hits, None without hits, with Wilson's 95 % interval: a bootstrap says nothing of two hits.
        recall: right of all gold statements; None where only readings are judged.
        also: right statements that stand under another rule's name and that this one finds too; None where the
            claims of all rules are not known, as are the next two.
        overlap: share of its right hits that another rule finds too; ``unique``: how many no other rule finds.
        right_examples, wrong_examples: in the order of the gold and of the text.
    """

    rule: str
    hits: int
    right: int
    wrong: int
    precision: float | None
    precision_interval: Interval | None
    recall: float | None
    also: int | None
    overlap: float | None
    unique: int | None
    right_examples: tuple[RuleExample, ...] = ()
    wrong_examples: tuple[RuleExample, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What ``report_rules`` returns; ``rules`` by hits, most first.

    ``gold`` counts the gold statements, ``split`` is dev, test or all, ``not_read`` and ``not_in_gold`` are documents
    that are left out.
    """

    split: str
    level: str
    core: bool
    gold: int
    rules: tuple[RuleScore, ...]
    documents: tuple[str, ...]
    not_read: tuple[str, ...]
    not_in_gold: tuple[str, ...]

    def to_json(self) -> JsonObject:
        """Ratios have 4 digits and are null where undefined or unknown."""
        rows = asdict(self)
        for row in rows["rules"]:
            for name in ("precision", "recall", "overlap"):
                row[name] = round_ratio(row[name])
            interval = row["precision_interval"]
            row["precision_interval"] = None if interval is None else [round_ratio(bound) for bound in interval]
        return rows


def report_rules(
    gold: Sequence[GoldDocument],
    predictions: Sequence[Prediction],
    *,
    claims: Sequence[Prediction] | None = None,
    split: str = "all",
    level: str = "relaxed",
    core: bool = True,
    read: Collection[str] | None = None,
    examples: int = 3,
) -> RuleReport:
    """Score each rule by the statements under its name.

    Args:
        claims: what every rule finds by itself (``sigmine.analysis.load_exhaustive_analyser``); None if not known.
        split: dev, test or all.
        level, core, read: as for ``evaluate``.
        examples: how many right and wrong hits of each rule to give; 0 for none.
    """
    inside, outside = assign_documents(gold, predictions)
    chosen, unread = (gold, ()) if read is None else select_read(gold, {*read, *(one.document for one in inside)})
    statements = [statement for document in chosen for statement in document.statements]
    options = Options(level, core)
    outcomes = [
        o for o in align(statements, inside, options, judged=find_judged(chosen)).outcomes if split in (o.split, "all")
    ]
    counted = sum(outcome.gold is not None for outcome in outcomes)
    by_rule: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.prediction is not None:
            by_rule[outcome.prediction.rule].append(outcome)
    finders = None if claims is None else _find_finders(chosen, outcomes, claims, level)
    names = {*by_rule, *(rule for rules in (finders or {}).values() for rule in rules)}
    judged = find_judged(chosen) is not None
    rows = [_score_rule(rule, by_rule.get(rule, []), 0 if judged else counted, finders, examples) for rule in names]
    rows.sort(key=lambda row: (-row.hits, -row.right, row.rule))
    names_read = tuple(document.document for document in chosen)
    left_out = tuple(document.document for document in unread)
    return RuleReport(split, level, core, counted, tuple(rows), names_read, left_out, outside)


def _score_rule(
    rule: str,
    hits: Sequence[Outcome],
    counted: int,
    finders: Mapping[str, set[str]] | None,
    examples: int,
) -> RuleScore:
    right = [o for o in hits if o.gold is not None]
    wrong = [o for o in hits if o.gold is None]
    also = unique = overlap = None
    if finders is not None:
        found = [finders[o.gold.id] for o in right if o.gold is not None]
        unique = sum(not rules - {rule} for rules in found)
        overlap = 1 - unique / len(right) if right else None
        also = sum(rule in rules for rules in finders.values()) - sum(rule in rules for rules in found)
    return RuleScore(
        rule=rule,
        hits=len(hits),
        right=len(right),
        wrong=len(wrong),
        precision=len(right) / len(hits) if hits else None,
        precision_interval=find_share_interval(len(right), len(hits)) if hits else None,
        recall=len(right) / counted if counted else None,
        also=also,
        overlap=overlap,
        unique=unique,
        right_examples=tuple(_make_example(o) for o in right[:examples]),
        wrong_examples=tuple(_make_example(o) for o in wrong[:examples]),
    )


def find_share_interval(right: int, total: int) -> Interval:
    """Wilson's score interval at 95 %."""
    ratio = right / total
    spread = _Z * sqrt(ratio * (1 - ratio) / total + _Z**2 / (4 * total**2))
    scale = 1 + _Z**2 / total
    middle = ratio + _Z**2 / (2 * total)
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def _find_finders(
    gold: Sequence[GoldDocument], outcomes: Sequence[Outcome], claims: Sequence[Prediction], level: str
) -> dict[str, set[str]]:
    """For the id of each gold statement that was found, the rules that find it."""
    inside, _ = assign_documents(gold, claims)
    index = ClaimIndex(inside, level)
    same = END_TESTS[level]
    finders: dict[str, set[str]] = {}
    for outcome in outcomes:
        if outcome.gold is not None and outcome.prediction is not None:
            near = (inside[number] for number in index.find(outcome.gold))
            finders[outcome.gold.id] = {claim.rule for claim in near if claims_agree(outcome.gold, claim, same)}
    return finders


def _make_example(outcome: Outcome) -> RuleExample:
    claim = outcome.prediction
    assert claim is not None
    subject = claim.subject.name if claim.subject else None
    place = (claim.id, claim.document, claim.sentence)
    return RuleExample(*place, claim.relation, subject, claim.object.name, claim.sites, claim.negated, claim.text)
