"""What curators' decisions do for the beliefs of what nobody judged: the development gold, as if it were curated.

::

    sigmine run REVIEWS corpus --out OUT
    python measure_curation.py OUT --indra indra_curated.dev.jsonl --predictions PREDICTIONS

The beliefs begin with counts that know nothing of the readings measured: those of the sentences that curators of INDRA
judged (another domain, other people), or those and the bundled texts. Then the readings of some folds count as
decisions and the others are measured: a reading's own verdict is never part of its belief. ``PREDICTIONS`` is what
``sigmine extract`` gave for INDRA's sentences (``measure_beliefs.py --keep``).
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from measure_beliefs import Reading, count, describe, judge, load_gold_readings, load_indra_readings, weigh

from sigmine.assembly.reliability import Reliability
from sigmine.curation.beliefs import add_counts
from sigmine.evaluation.threshold import Judged
from sigmine.resources.belief_counts import BeliefCounts

FOLDS = 5
Fold = Callable[[Reading], int]


def hash_text(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def fold_by_document(readings: Sequence[Reading]) -> Fold:
    """Documents in folds of about the same number of readings: the largest first, each to the fold with the fewest."""
    sizes = {name: sum(one.fold == name for one in readings) for name in {one.fold for one in readings}}
    loads = [0] * min(FOLDS, len(sizes))
    places = {}
    for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
        places[name] = loads.index(min(loads))
        loads[places[name]] += sizes[name]
    return lambda one: places[one.fold]


def fold_by_sentence(one: Reading) -> int:
    return hash_text(f"{one.fold} {one.evidence.start}") % FOLDS


def measure(title: str, readings: Sequence[Reading], base: BeliefCounts, fold: Fold, *, few: bool = False) -> None:
    """Before and after; with ``few``, one fold is decided and the others measured, instead of the reverse."""
    sides: dict[str, list[tuple[list[Judged], list[Judged]]]] = {"before": [], "after": []}
    verdicts = []
    for number in sorted({fold(one) for one in readings}):
        decided = [one for one in readings if (fold(one) == number) == few]
        measured = [one for one in readings if (fold(one) == number) != few]
        counts = add_counts(base, [(one.evidence.mention.rule, one.right) for one in decided])
        verdicts.append(len(decided))
        for name, used in (("before", base), ("after", counts)):
            weighed = list(weigh(measured, Reliability(used)))
            sides[name].append(([(one.evidence.mention.prior, one.right) for one in weighed], judge(weighed)))
    print(f"\n{title}: {len(readings)} readings, {sum(verdicts) // len(verdicts)} of them decided at a time")
    for name, parts in sides.items():
        print(describe(f"  {name}, readings", [pair for part, _ in parts for pair in part]))
        print(describe(f"  {name}, statements", [pair for _, part in parts for pair in part]))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("out", type=Path, help="output of sigmine run on the reviews and the corpus")
    parser.add_argument("--indra", type=Path, required=True, help="indra_curated.dev.jsonl")
    parser.add_argument("--predictions", type=Path, help="what sigmine extract gave for INDRA's sentences")
    parser.add_argument("--keep", type=Path, help="folder for input.jsonl and predictions.jsonl of INDRA's sentences")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    gold = load_gold_readings(options.out, "dev")
    indra = load_indra_readings(options, "dev")
    reviews = [one for one in gold if one.fold[:3].isdigit()]
    texts = [one for one in gold if not one.fold[:3].isdigit()]
    base = count(indra)
    measure("by document, beginning with INDRA's sentences", gold, base, fold_by_document(gold))
    measure("by sentence, beginning with INDRA's sentences", gold, base, fold_by_sentence)
    both = count([*indra, *texts])
    measure("the reviews by sentence, beginning with INDRA and the texts", reviews, both, fold_by_sentence)
    measure("the same, a fifth decided", reviews, both, fold_by_sentence, few=True)


if __name__ == "__main__":
    main()
