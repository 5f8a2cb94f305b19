"""Scores of predictions against the gold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sigmine.errors import GoldError
from sigmine.evaluation.alignment import Aligner, Alignment, Options, Outcome, align, assign_documents, select_read
from sigmine.evaluation.bootstrap import RESAMPLES, Counts, Entry, JudgedCounts, Score, score
from sigmine.evaluation.calibration import calibrate
from sigmine.evaluation.claim import RELATIONS, Claim, GoldStatement, Prediction
from sigmine.evaluation.confusion import count_confusions
from sigmine.evaluation.error_classes import find_errors
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.hard_classes import HARD_CLASSES, tally_hard_classes
from sigmine.evaluation.judged import JUDGED, Judged, JudgedTally, find_judged, get_scope
from sigmine.evaluation.matching import LEVELS
from sigmine.evaluation.report import Finding, FlagScore, Macro, Report, Scores
from sigmine.evaluation.steps import STEPS

Slice = tuple[str, str]
"""What a score is of: ``("relation", "activates")``, ``("all", "")``."""

TOTAL = "total"
_FLAGS = ("negated", "hedged", "indirect")
_OVER_ALL = frozenset({"all", "relation", "section", "sites_overall", "object_only", "object_site", "hard"})


def evaluate(
    gold: Sequence[GoldDocument],
    predictions: Sequence[Prediction],
    *,
    level: str = "relaxed",
    core: bool = True,
    relations: Sequence[str] = (),
    match_negation: bool = False,
    read: Collection[str] | None = None,
    because: Mapping[str, str] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Report:
    """Score predictions against the gold.

    Args:
        level: one of ``sigmine.evaluation.matching.LEVELS``.
        core: count core statements only. A prediction that matches gold outside the core is then neither right
            nor wrong.
        relations: confine the scores to these; empty for all.
        match_negation: a prediction that asserts what the gold denies, or the reverse, does not match.
        read: ids of the documents that were read; gold of others is left out. None: all gold counts.
        because: why statements were missed, by their ids (``sigmine.evaluation.error_classes.BECAUSE``).
        seed, resamples: of the bootstrap behind the intervals.

    Gold that judges readings only gives a precision over those and no recall (``Scores.judged``).

    Raises:
        ValueError: if the level or a relation is unknown.
        GoldError: if some of the gold judges readings only and some whole documents, or the level is ``document``
            where readings are judged.
    """
    for name, allowed in [(level, LEVELS), *((relation, RELATIONS) for relation in relations)]:
        if name not in allowed:
            raise ValueError(f"{name!r} is unknown; allowed: {', '.join(allowed)}.")
    if get_scope(gold) == JUDGED and level == "document":
        raise GoldError("Curators judged readings in their sentences: ask for the level strict, relaxed or identity.")
    options = Options(level, core, tuple(relations), match_negation)
    inside, outside = assign_documents(gold, predictions)
    gold, unread = (gold, ()) if read is None else select_read(gold, {*read, *(one.document for one in inside)})
    statements = [statement for document in gold for statement in document.statements]
    judged = find_judged(gold)
    results = _align(statements, inside, options, judged, because or {})
    names = [document.document for document in gold]
    predicted = {prediction.document for prediction in inside}
    splits = sorted({statement.split for document in gold for statement in (*document.statements, *document.rejected)})
    scores = [_summarise(name, results, names, seed, resamples) for name in (*splits, TOTAL)]
    return Report(
        level=level,
        core=core,
        relations=options.relations,
        splits=tuple(scores[:-1]),
        total=scores[-1],
        without_predictions=tuple(name for name in names if name not in predicted),
        documents=tuple(names),
        not_read=tuple(document.document for document in unread),
        not_in_gold=outside,
        scope=JUDGED if judged else "all",
    )


@dataclass(frozen=True, slots=True)
class _Results:
    """What all splits are counted from; of judged readings, those parts that need no recall."""

    alignment: Alignment
    findings: Sequence[Finding]
    objects: Sequence[Outcome] = ()
    steps: Sequence[tuple[str, Sequence[Outcome]]] = ()
    crossing: Sequence[Outcome] = ()
    rejected: Sequence[GoldStatement] | None = None

    def list_entries(self, name: str) -> list[Entry[Slice]]:
        """What is counted in the split ``name``, or in all."""
        outcomes = _select(self.alignment.outcomes, name)
        entries = [*_make_entries(outcomes), *_make_object_entries(_select(self.objects, name))]
        for step, found in self.steps:
            entries += [(("step", step), one.cluster, *_tally(one)) for one in _select(found, name)]
        hard = tally_hard_classes(outcomes, _select(self.crossing, name))
        return entries + [(("hard", kind), one.cluster, *counts) for kind, one, counts in hard]


def _align(
    statements: Sequence[GoldStatement],
    predictions: Sequence[Prediction],
    options: Options,
    judged: Judged | None,
    because: Mapping[str, str],
) -> _Results:
    aligner = Aligner(statements, predictions, options, judged=judged)
    alignment = aligner.align()
    findings = find_errors(alignment.outcomes, statements, predictions, options, because)
    if judged is not None:
        rejected = [one for one in judged.rejected if options.counts(one)]
        return _Results(alignment, tuple(_take_curators_word(one, judged) for one in findings), rejected=rejected)
    return _Results(
        alignment=alignment,
        findings=findings,
        objects=aligner.align_objects(),
        steps=tuple((name, aligner.align_step(name)) for name in STEPS),
        crossing=align(statements, predictions, replace(options, cross_sentence=True)).outcomes,
    )


def _take_curators_word(finding: Finding, judged: Judged) -> Finding:
    """A wrong reading with the class of error that its curator gave."""
    reading = judged.find(finding.claim) if finding.kind == "false_alarm" and finding.claim is not None else None
    return finding if reading is None else replace(finding, error=reading.error or "other")


def _select(outcomes: Sequence[Outcome], name: str) -> list[Outcome]:
    return [outcome for outcome in outcomes if name in (outcome.split, TOTAL)]


def _summarise(name: str, results: _Results, documents: Sequence[str], seed: int, resamples: int) -> Scores:
    """The scores of the split ``name``, or of all."""
    alignment = results.alignment
    outcomes = _select(alignment.outcomes, name)
    chosen = tuple(finding for finding in results.findings if name in (finding.split, TOTAL))
    scores = score(results.list_entries(name), seed=seed, resamples=resamples)

    judged = results.rejected is not None

    def find(kind: str, value: str = "") -> Score:
        found = replace(scores.get((kind, value), Score("", Counts())), name=value or kind)
        return _drop_recall(found) if judged and kind in _OVER_ALL else found

    relations = tuple(find("relation", relation) for relation in RELATIONS if ("relation", relation) in scores)
    return Scores(
        name=name,
        micro=find("all"),
        macro=_make_macro(relations, judged=judged),
        relations=relations,
        documents=tuple(
            _drop_recall(one) if judged else one for one in _score_documents(outcomes, documents, seed, resamples)
        ),
        sections=tuple(find(*key) for key in sorted(scores) if key[0] == "section"),
        sites_matched=find("sites_matched"),
        sites_overall=find("sites_overall"),
        object_only=find("object_only"),
        object_site=find("object_site"),
        flags=tuple(_make_flag(flag, find("flag", flag), outcomes) for flag in _FLAGS),
        steps=()
        if judged
        else _list_steps([find("step", step) for step, found in results.steps if found], find("all")),
        hard_classes=tuple(find("hard", kind) for kind in HARD_CLASSES if ("hard", kind) in scores),
        calibration=calibrate(outcomes, judged=judged),
        confusion=count_confusions(outcomes, chosen),
        duplicates=_count(alignment.duplicates, name),
        ignored=_count(alignment.ignored, name),
        errors=_count_errors(chosen, flaws=False),
        flaws=_count_errors(chosen, flaws=True),
        because=tuple(Counter(finding.because for finding in chosen if finding.because).most_common()),
        findings=chosen,
        judged=_count_judged(results, name),
    )


def _count_judged(results: _Results, name: str) -> JudgedTally | None:
    if results.rejected is None:
        return None
    outcomes = _select(results.alignment.outcomes, name)
    kinds = Counter((one.gold.verdict, one.prediction is not None) for one in outcomes if one.gold is not None)
    found = {verdict: (kinds[verdict, True], kinds[verdict, True] + kinds[verdict, False]) for verdict, _ in kinds}
    again = sum(one.gold is None for one in outcomes)
    rejected = [one for one in results.rejected if name in (one.split, TOTAL)]
    return JudgedTally(
        accepted=found.get("accepted", (0, 0)),
        corrected=found.get("corrected", (0, 0)),
        rejected=(again, len(rejected)),
        not_judged=_count(results.alignment.not_judged, name),
    )


def _drop_recall(found: Score) -> Score:
    """Of judged readings: nobody knows what else the texts say."""
    counts = found.counts
    return Score(found.name, JudgedCounts(counts.tp, counts.fp, counts.fn), found.precision_interval)


def _list_steps(steps: Sequence[Score], headline: Score) -> tuple[Score, ...]:
    """The steps with the headline score, which is one of them, before the last."""
    return (*steps[:-1], replace(headline, name="pairs with relation"), *steps[-1:])


def _count_errors(findings: Sequence[Finding], *, flaws: bool) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(one.error for one in findings if (one.kind == "flaw") == flaws).most_common())


def _count(splits: Sequence[str], name: str) -> int:
    return len(splits) if name == TOTAL else splits.count(name)


def _tally(outcome: Outcome) -> tuple[int, int, int]:
    """tp, fp, fn of one outcome."""
    if outcome.gold is None:
        return (0, 1, 0)
    return (0, 0, 1) if outcome.prediction is None else (1, 0, 0)


def _tally_sites(outcome: Outcome) -> tuple[int, int, int]:
    """tp, fp, fn over (statement, site)."""
    gold = set(outcome.gold.sites) if outcome.gold else set()
    predicted = set(outcome.prediction.sites) if outcome.prediction else set()
    return (len(gold & predicted), len(predicted - gold), len(gold - predicted))


def _get_claim(outcome: Outcome) -> Claim:
    """The gold's claim; for a false alarm, the prediction."""
    claim: Claim | Prediction | None = outcome.gold or outcome.prediction
    assert claim is not None
    return claim


def _make_entries(outcomes: Sequence[Outcome]) -> Iterator[Entry[Slice]]:
    for outcome in outcomes:
        claim, counts, sites = _get_claim(outcome), _tally(outcome), _tally_sites(outcome)
        for key in (("all", ""), ("relation", claim.relation), ("section", claim.section)):
            yield (key, outcome.cluster, *counts)
        if any(sites):
            yield (("sites_overall", ""), outcome.cluster, *sites)
        if outcome.gold is not None and outcome.prediction is not None:
            if any(sites):
                yield (("sites_matched", ""), outcome.cluster, *sites)
            for flag in _FLAGS:
                in_gold, predicted = _get_flag(outcome.gold, flag), _get_flag(outcome.prediction, flag)
                tally = (int(in_gold and predicted), int(predicted and not in_gold), int(in_gold and not predicted))
                yield (("flag", flag), outcome.cluster, *tally)


def _make_object_entries(outcomes: Sequence[Outcome]) -> Iterator[Entry[Slice]]:
    for outcome in outcomes:
        yield (("object_only", ""), outcome.cluster, *_tally(outcome))
        sites = _tally_sites(outcome)
        if any(sites):
            yield (("object_site", ""), outcome.cluster, *sites)


def _score_documents(
    outcomes: Sequence[Outcome], documents: Sequence[str], seed: int, resamples: int
) -> tuple[Score, ...]:
    """Each document by itself: its own sentences are drawn."""
    entries: dict[str, list[Entry[str]]] = {name: [] for name in documents}
    for outcome in outcomes:
        name = _get_claim(outcome).document
        entries[name].append((name, outcome.cluster, *_tally(outcome)))
    return tuple(score(own, seed=seed, resamples=resamples)[name] for name, own in entries.items() if own)


def _get_flag(claim: Claim, flag: str) -> bool:
    return {"negated": claim.negated, "hedged": claim.hedged, "indirect": not claim.direct}[flag]


def _make_flag(flag: str, found: Score, outcomes: Sequence[Outcome]) -> FlagScore:
    pairs = [(o.gold, o.prediction) for o in outcomes if o.gold is not None and o.prediction is not None]
    right = sum(_get_flag(gold, flag) == _get_flag(prediction, flag) for gold, prediction in pairs)
    return FlagScore(flag, right, len(pairs), found)


def _make_macro(relations: Sequence[Score], *, judged: bool) -> Macro:
    counts = [found.counts for found in relations if found.counts.tp + found.counts.fn]
    if not counts:
        return Macro(0, None, None, None)

    def mean(values: Sequence[float | None]) -> float:
        return sum(value or 0.0 for value in values) / len(values)

    return Macro(
        relations=len(counts),
        precision=mean([count.precision for count in counts]),
        recall=None if judged else mean([count.recall for count in counts]),
        f1=None if judged else mean([count.f1 for count in counts]),
    )
