"""Count how often each rule is right, write the tables that beliefs are made of, and measure the beliefs.

::

    sigmine run REVIEWS corpus --out OUT
    python measure_beliefs.py OUT --indra indra_curated.dev.jsonl           dev: each document by the others' counts
    python measure_beliefs.py OUT --indra indra_curated.dev.jsonl --write   and write resources/data/beliefs
    python measure_beliefs.py OUT --indra indra_curated.dev.jsonl --test    what is bundled, on what was held out

What is judged: the statements of our gold, of all relations, and those of the sentences that curators of INDRA judged.
The BioNLP corpora are left out, as they call much wrong that is right (README). Hedged readings are judged by INDRA's
curators alone: our gold asks for them as for others.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import log
from pathlib import Path

from score_corpora import _is_judged, is_in_split, load_evidence, load_rows

from sigmine.assembly.belief import SYSTEMATIC_SHARE
from sigmine.assembly.merge import assemble
from sigmine.assembly.refinements import find_refinements
from sigmine.assembly.reliability import CONDITIONS, HEDGED, Reliability, find_conditions, load_reliability
from sigmine.evaluation import load_gold, load_predictions
from sigmine.evaluation.alignment import Options, align, assign_documents
from sigmine.evaluation.predictions import MENTIONS
from sigmine.evaluation.threshold import Cut, Judged, make_cuts
from sigmine.model import Evidence
from sigmine.model.json import evidence_from_json
from sigmine.resources.belief_counts import BeliefCounts, ConditionCount, RuleCount

ROOT = Path(__file__).resolve().parents[3]
TABLES = ROOT / "pipeline" / "sigmine" / "resources" / "data" / "beliefs"
FOLDS = 10
"""Parts of INDRA's articles, which have a sentence or two each."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One judged reading; ``fold`` is its document, or the part of INDRA's articles."""

    evidence: Evidence
    right: bool
    fold: str

    @property
    def is_indra(self) -> bool:
        return self.fold.startswith("indra")


def load_gold_readings(out: Path, split: str) -> list[Reading]:
    """What the gold judges of an output."""
    evidence = {}
    for row in load_rows([out / MENTIONS], ""):
        evidence[row["id"], row["evidence"]["rule"]] = evidence_from_json(row)
    gold = load_gold(ROOT / "gold")
    inside, _ = assign_documents(gold, load_predictions(out))
    claims = [claim for document in gold for claim in document.statements]
    return [
        Reading(evidence[one.prediction.id, one.prediction.rule], one.gold is not None, one.prediction.document)
        for one in align(claims, inside, Options("relaxed", core=False)).outcomes
        if one.prediction is not None and one.split == split
    ]


def load_indra_readings(options: argparse.Namespace, split: str) -> list[Reading]:
    """What the curators judge of what we read in their sentences; right if any of its verdicts says so."""
    rows = [
        row
        for row in load_rows([options.indra], "")
        if row["object"] is not None and is_in_split(f"PMID-{row['pmid']}", split)
    ]
    sentences = {text: f"indra-{number}" for number, text in enumerate(dict.fromkeys(row["sentence"] for row in rows))}
    found = load_evidence([{"id": name, "text": text} for text, name in sentences.items()], options, "own")
    readings: dict[tuple[str, int], Reading] = {}
    for row in rows:
        for number, evidence in enumerate(found.get(sentences[row["sentence"]], ())):
            if _is_judged(row, evidence):
                key = (evidence.document, number)
                right = row["tag"] == "correct" or (key in readings and readings[key].right)
                readings[key] = Reading(evidence, right, f"indra-{int(row['pmid']) % FOLDS}")
    return list(readings.values())


def count(readings: Sequence[Reading]) -> BeliefCounts:
    """Rules first; then each condition against what the rules, with the factors of the other conditions, let expect."""
    rules: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in readings:
        rules[one.evidence.mention.rule][not one.right] += 1
    counted = {rule: RuleCount(*rules[rule]) for rule in sorted(rules)}
    names = [(one, set(find_conditions(one.evidence.mention))) for one in readings]
    totals = Counter(name for _, held in names for name in held)
    wrong = Counter(name for one, held in names for name in held if not one.right)
    conditions = {name: ConditionCount(totals[name], wrong[name], float(wrong[name])) for name in CONDITIONS}
    for _ in range(20):  # each depends on the others; it settles soon
        reliability = Reliability(BeliefCounts(counted, conditions))
        expected = dict.fromkeys(CONDITIONS, 0.0)
        for one, held in names:
            share = 1.0 - reliability.estimate(one.evidence.mention)
            for name in held:
                expected[name] += share / reliability.find_factor(name)
        conditions = {name: ConditionCount(totals[name], wrong[name], expected[name]) for name in CONDITIONS}
    reliability = Reliability(BeliefCounts(counted, conditions))
    hedged = [one for one in readings if one.is_indra and one.evidence.mention.claim == HEDGED]
    expected_wrong = sum(1.0 - reliability.estimate(one.evidence.mention) for one in hedged)
    conditions[HEDGED] = ConditionCount(len(hedged), sum(not one.right for one in hedged), expected_wrong)
    return BeliefCounts(counted, conditions)


def weigh(readings: Iterable[Reading], reliability: Reliability) -> Iterator[Reading]:
    for one in readings:
        mention = replace(one.evidence.mention, prior=reliability.estimate(one.evidence.mention))
        yield replace(one, evidence=replace(one.evidence, mention=mention))


def cross_weigh(readings: Sequence[Reading]) -> list[Reading]:
    """Each document's readings by the counts of all others."""
    weighed: list[Reading] = []
    for fold in dict.fromkeys(one.fold for one in readings):
        reliability = Reliability(count([one for one in readings if one.fold != fold]))
        weighed += weigh([one for one in readings if one.fold == fold], reliability)
    return weighed


def judge(readings: Sequence[Reading]) -> list[Judged]:
    """The statements that the readings make, with what ``judge_statements`` asks of them."""
    verdicts = {id(one.evidence): one.right for one in readings}
    judged = []
    for statement in assemble(one.evidence for one in readings):
        supporting = [verdicts[id(item)] for item in statement.evidence if not item.mention.opposes]
        if supporting:
            judged.append((statement.belief, any(supporting)))
    return judged


def list_pairs(readings: Sequence[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Pairs of readings of the same statement in two sentences."""
    groups: dict[tuple[str, ...], list[Reading]] = defaultdict(list)
    by_id = {id(one.evidence): one for one in readings}
    for statement in assemble(one.evidence for one in readings):
        key = (statement.relation, statement.subject.key if statement.subject else "", statement.object.key)
        groups[key] += [by_id[id(item)] for item in statement.evidence]
    for group in groups.values():
        distinct = list({id(one): one for one in group}.values())
        for one, other in combinations(distinct, 2):
            if one.evidence.sentence != other.evidence.sentence:
                yield one, other


def describe_pairs(readings: Sequence[Reading], reliability: Reliability) -> str:
    """How much of the errors comes again: 0 if sentences err independently, 1 if they err together."""
    pairs = list(list_pairs(list(weigh(readings, reliability))))
    both = sum(not (one.right or other.right) for one, other in pairs)
    doubts = [(1 - one.evidence.mention.prior, 1 - other.evidence.mention.prior) for one, other in pairs]
    apart, together = sum(a * b for a, b in doubts), sum(min(pair) for pair in doubts)
    share = (both - apart) / (together - apart)
    return (
        f"{len(pairs)} pairs of sentences that state the same: both wrong {both}; {apart:.1f} if independent, "
        f"{together:.1f} if together: systematic share {share:.2f} (used: {SYSTEMATIC_SHARE})"
    )


def describe(name: str, judged: Sequence[Judged]) -> str:
    """Brier score with that of one belief for all, log loss, area under the ROC curve."""
    total = len(judged)
    right = sum(is_right for _, is_right in judged)
    brier = sum((belief - is_right) ** 2 for belief, is_right in judged) / total
    loss = -sum(log(max(belief if is_right else 1 - belief, 1e-6)) for belief, is_right in judged) / total
    good, bad = ([belief for belief, is_right in judged if is_right is want] for want in (True, False))
    area = sum((a > b) + (a == b) / 2 for a in good for b in bad) / max(1, len(good) * len(bad))
    share = right / total
    return (
        f"{name:34} {right:4}/{total:<4} {share:.3f}  Brier {brier:.4f} (constant {share * (1 - share):.4f})  "
        f"log loss {loss:.3f}  AUC {area:.3f}"
    )


def show_refined(readings: Sequence[Reading]) -> None:
    """Statements that others refine: is the belief with the evidence of those the better one?"""
    verdicts = {id(one.evidence): one.right for one in readings}
    found = find_refinements(assemble(one.evidence for one in readings))

    def is_right(statement_id: str) -> bool:
        evidence = found.statements[statement_id].evidence
        return any(verdicts[id(item)] for item in evidence if not item.mention.opposes)

    general = [one for one, below in found.specific.items() if below]
    truth = [is_right(one) or any(map(is_right, found.find_all_specific(one))) for one in general]
    own = [found.statements[one].belief for one in general]
    print()
    print(describe("refined, by their own evidence", list(zip(own, truth, strict=True))))
    shared = [found.compute_belief(one) for one in general]
    print(describe("refined, with that of the others", list(zip(shared, truth, strict=True))))


def describe_bins(judged: Sequence[Judged]) -> str:
    bins: dict[int, list[Judged]] = defaultdict(list)
    for pair in judged:
        bins[min(int(pair[0] * 10), 9)].append(pair)
    parts = []
    for low in sorted(bins):
        inside = bins[low]
        mean = sum(belief for belief, _ in inside) / len(inside)
        parts.append(f"{mean:.2f}: {sum(right for _, right in inside)}/{len(inside)}")
    return "    belief: right   " + ",  ".join(parts)


def show(readings: Sequence[Reading], title: str) -> None:
    print(f"\n{title}")
    for name, chosen in (
        ("gold", [one for one in readings if not one.is_indra]),
        ("INDRA", [one for one in readings if one.is_indra]),
        ("both", list(readings)),
    ):
        mentions = [(one.evidence.mention.prior, one.right) for one in chosen]
        print(describe(f"{name}, readings", mentions))
        print(describe_bins(mentions))
        print(describe(f"{name}, statements", judge(chosen)))
        print(describe_bins(judge(chosen)))


def write_tables(counts: BeliefCounts, cuts: Sequence[Cut], folder: Path = TABLES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rules = [(rule, one.right, one.wrong) for rule, one in counts.rules.items()]
    conditions = [(name, one.total, one.wrong, round(one.expected, 3)) for name, one in counts.conditions.items()]
    thresholds = [(f"{cut.belief:.2f}", cut.right, cut.total) for cut in cuts]
    for name, head, rows in (
        ("rules.tsv", ("rule", "right", "wrong"), rules),
        ("conditions.tsv", ("condition", "total", "wrong", "expected"), conditions),
        ("thresholds.tsv", ("belief", "right", "total"), thresholds),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter="\t", lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)


def show_conditions(counts: BeliefCounts) -> None:
    reliability = Reliability(counts)
    for name, one in counts.conditions.items():
        said = f"weight {reliability.hedged_weight:.2f}" if name == HEDGED else f"x {reliability.find_factor(name):.2f}"
        print(f"{name:14} {one.wrong:3} wrong of {one.total:4}, expected {one.expected:6.1f}: {said}")


def load_readings(options: argparse.Namespace, split: str) -> list[Reading]:
    return [*load_gold_readings(options.out, split), *load_indra_readings(options, split)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path, help="output of sigmine run on the reviews and the corpus")
    parser.add_argument("--indra", type=Path, required=True, help="indra_curated.dev.jsonl")
    parser.add_argument("--predictions", type=Path, help="what sigmine extract gave for INDRA's sentences of the split")
    parser.add_argument("--keep", type=Path, help="folder for input.jsonl and predictions.jsonl of INDRA's sentences")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--write", action="store_true", help=f"write the tables in {TABLES.relative_to(ROOT)}")
    parser.add_argument("--test", action="store_true", help="measure the bundled tables on what was held out")
    options = parser.parse_args()
    if options.test:
        show(list(weigh(load_readings(options, "test"), load_reliability())), "held out, by the bundled counts")
        return
    readings = load_readings(options, "dev")
    show(readings, "dev, by the beliefs of the output")
    crossed = cross_weigh(readings)
    show(crossed, "dev, each document by the counts of the others")
    show_refined([one for one in crossed if not one.is_indra])
    counts = count(readings)
    print()
    show_conditions(counts)
    print(describe_pairs(readings, Reliability(counts)))
    if options.write:
        write_tables(counts, make_cuts(judge([one for one in crossed if not one.is_indra])))


if __name__ == "__main__":
    main()
