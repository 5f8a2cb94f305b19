"""``sigmine run`` from end to end, with one process and two, against the bare language pipeline on the same texts."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sigmine.benchmark.abstracts import write_abstracts
from sigmine.benchmark.article_formats import write_text
from sigmine.benchmark.articles import make_articles
from sigmine.benchmark.baselines import BARE, SINGLE, measure_baseline
from sigmine.benchmark.program import SENTENCE, SIGMINE, ProgramRun, Programs
from sigmine.benchmark.timing import (
    JsonObject,
    Spread,
    Timing,
    spread_rates,
    spread_ratios,
    spread_seconds,
)

JOBS = (1, 2)
REVIEW_WORDS = 6_000


@dataclass(slots=True)
class Variant:
    """One way to do the work: its name, and for each round what it took without loading, words, and bytes.

    ``peaks`` are the most bytes of memory of all processes; empty where it was not measured.
    """

    name: str
    times: list[Timing] = field(default_factory=list)
    loading: list[Timing] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    documents: list[int] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)

    def to_json(self) -> JsonObject:
        return {
            "variant": self.name,
            "seconds": spread_seconds(self.times).to_json(),
            "loading_seconds": spread_seconds(self.loading).to_json() if self.loading else None,
            "words_per_second": self.make_word_rate().to_json(),
            "documents_per_second": self.make_document_rate().to_json(),
            "peak_bytes": max(self.peaks) if self.peaks else None,
        }

    def make_word_rate(self) -> Spread:
        """Words a second, without loading."""
        return spread_rates(self.words, self.times)

    def make_document_rate(self) -> Spread:
        """Documents a second, without loading."""
        return spread_rates(self.documents, self.times)


@dataclass(frozen=True, slots=True)
class SpeedFigures:
    """The variants: ``runs`` are ``sigmine run`` by number of processes, ``review`` seconds for 6,000 words."""

    runs: dict[int, Variant]
    bare: Variant
    single: Variant
    review: Spread

    def make_share_of_bare(self) -> Spread:
        """The words a second of ``sigmine run`` with one process, as a share of the bare pipeline's."""
        return spread_ratios(self.bare.times, self.runs[1].times)

    def make_gain_of_two(self) -> Spread:
        """How many times more words a second two processes read than one. The processor's time tells nothing here."""
        return replace(spread_ratios(self.runs[1].times, self.runs[2].times), by_cpu=None)

    def to_json(self) -> JsonObject:
        return {
            "variants": [one.to_json() for one in (*self.runs.values(), self.bare, self.single)],
            "review_seconds": self.review.to_json(),
        }


def run_sigmine(programs: Programs, folder: Path, path: Path, jobs: int = 1) -> tuple[ProgramRun, int]:
    """``sigmine run`` of a file to a new folder, and the words that it read; one process has one core.

    Raises:
        SigmineError: if it fails.
    """
    out = folder / f"out-{len(list(folder.iterdir()))}"
    found = programs.run(
        [*SIGMINE, "run", str(path), "--out", str(out), "--jobs", str(jobs), "--json"], one_core=jobs == 1
    )
    return found, int(json.loads(found.output)["counts"]["words"])


def measure_speed(
    programs: Programs, folder: Path, documents: int, repeats: int, advance: Callable[[str], None]
) -> SpeedFigures:
    """Runs the variants by turns on the same abstracts, others in each round, and a review alone.

    Of a run of many documents, one of the first tenth of them is taken off: what is left is the work without start,
    loading and what is done once.

    Args:
        documents: of each run, 10 or more.

    Raises:
        SigmineError: if a run fails.
    """
    bare, single = Variant(BARE), Variant(SINGLE)
    runs = {jobs: Variant(f"sigmine run --jobs {jobs}") for jobs in JOBS}
    reviews: list[Timing] = []
    for number in range(repeats):
        numbers = range(number * documents, (number + 1) * documents)
        many, few = folder / f"many-{number}.jsonl", folder / f"few-{number}.jsonl"
        write_abstracts(many, numbers)
        write_abstracts(few, numbers[: documents // 10])
        first, rest = numbers[: documents // 10], numbers[documents // 10 :]
        for jobs, variant, baseline in ((1, runs[1], bare), (2, runs[2], single)):
            advance(f"speed, round {number + 1} of {repeats}: {variant.name}")
            _add_run(variant, run_sigmine(programs, folder, few, jobs), run_sigmine(programs, folder, many, jobs))
            advance(f"speed, round {number + 1} of {repeats}: {baseline.name}")
            baseline.times.append(measure_baseline(programs, baseline.name, first, rest))
            # Words are counted as sigmine counts them, for all variants alike.
            baseline.words.append(runs[1].words[number])
            for each in (variant, baseline):
                each.documents.append(len(rest))
        advance(f"speed, round {number + 1} of {repeats}: a review")
        reviews.append(_measure_review(programs, folder))
    return SpeedFigures(runs, bare, single, spread_seconds(reviews))


def _add_run(variant: Variant, few: tuple[ProgramRun, int], many: tuple[ProgramRun, int]) -> None:
    variant.loading.append(few[0].time)
    variant.times.append(many[0].time - few[0].time)
    variant.words.append(many[1] - few[1])
    variant.peaks.append(many[0].peak)


def _measure_review(programs: Programs, folder: Path) -> Timing:
    """Seconds for 6,000 words of one review: a run of it, less a run of one sentence."""
    (article,) = make_articles(1)
    review, sentence = folder / "review.txt", folder / "sentence.txt"
    review.write_bytes(write_text(article))
    sentence.write_text(SENTENCE, encoding="utf-8")
    least, _ = run_sigmine(programs, folder, sentence)
    run, words = run_sigmine(programs, folder, review)
    taken = run.time - least.time
    return Timing(taken.clock * REVIEW_WORDS / words, taken.cpu * REVIEW_WORDS / words)
