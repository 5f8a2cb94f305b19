"""Measure extraction on annotated corpora: which events of the BioNLP shared tasks are found, given the entities.

::

    python score_corpora.py CORPORA                            a folder with *.train.jsonl, or such files
    python score_corpora.py CORPORA --split test               articles whose number is below 40; dev is the rest
    python score_corpora.py CORPORA --keep FOLDER              keep the input and what was extracted
    python score_corpora.py CORPORA --predictions FILE         score what was extracted before, anew
    python score_corpora.py indra_curated.dev.jsonl --indra    curated sentences of reading systems, own entities

An event is a relation with its ends in one sentence; several identical events in a sentence count once. An end is the
annotated entity that the predicted span overlaps; entities that name the same thing (an annotated alias, or the same
word in the document) are one end. Intervals: 95 %, bootstrap over articles. Corpus text goes to the terminal
(``--examples``), to a temporary folder, or where ``--keep`` says; keep that outside the project.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from corpus_events import Article, Event, make_article
from splits import article_of, number_of

from sigmine.evaluation.bootstrap import Entry, Interval, Score, score
from sigmine.evaluation.claim import MODIFICATIONS
from sigmine.model import Entity, Evidence
from sigmine.model.ids import UNORDERED
from sigmine.model.json import evidence_from_json

Row = dict[str, Any]
Fact = tuple[Any, ...]
"""The sentence's number first, then the relation and the ends."""

TEST_BELOW = 40
PATHWAY = re.compile(r"\s+(signal(?:l)?ing|signal|cascade|pathways?)\b.*$", re.IGNORECASE)
SIGNS = {"activates": "raises", "increases_amount": "raises", "inhibits": "lowers", "decreases_amount": "lowers"}
FLAGS = {"negated, of what is found": "negated", "hedged, of what is found": "hedged"}
OTHERS = frozenset(MODIFICATIONS) - {"phosphorylates"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted.

    Attributes:
        facts: the facts that an event gives.
        direct: only where the subject itself does it.
        found: only events whose object both sides have, so that what is counted is what is said about it.
    """

    name: str
    facts: Callable[[Event], Iterable[Fact]]
    direct: bool = False
    found: bool = False


def _objects(relations: Iterable[str]) -> Callable[[Event], Iterable[Fact]]:
    """An inhibited phosphorylation has its object too: the corpora annotate it as an event inside the inhibition."""
    chosen = frozenset(relations)

    def collect(event: Event) -> list[Fact]:
        relation = event.relation.removeprefix("inhibits_").replace("phosphorylation", "phosphorylates")
        return [(event.sentence, relation, event.object)] if relation in chosen else []

    return collect


def _pairs(*relations: str) -> Callable[[Event], Iterable[Fact]]:
    return lambda e: [(e.sentence, e.relation, *e.ends)] if e.relation in relations and e.subject else []


def _sites(relations: Iterable[str]) -> Callable[[Event], Iterable[Fact]]:
    chosen = frozenset(relations)
    return lambda e: [(e.sentence, e.relation, e.object, s) for s in e.sites] if e.relation in chosen else []


MEASURES = (
    Measure("phosphorylation: object", _objects(["phosphorylates"])),
    Measure("phosphorylation: kinase, object", _pairs("phosphorylates")),
    Measure("  direct only", _pairs("phosphorylates"), direct=True),
    Measure("phosphorylation: object, site", _sites(["phosphorylates"])),
    Measure("  of the objects found", _sites(["phosphorylates"]), found=True),
    Measure("other modifications: object", _objects(OTHERS)),
    Measure("other modifications: object, site", _sites(OTHERS)),
    Measure("activates", _pairs("activates")),
    Measure("inhibits", _pairs("inhibits")),
    Measure("increases_amount", _pairs("increases_amount")),
    Measure("decreases_amount", _pairs("decreases_amount")),
    Measure(
        "raises/lowers activity or amount",
        lambda e: [(e.sentence, SIGNS[e.relation], *e.ends)] if e.relation in SIGNS and e.subject else [],
    ),
    Measure("inhibits_phosphorylation", _pairs("inhibits_phosphorylation")),
    Measure("binds", _pairs("binds")),
    Measure("  molecules only", lambda e: [] if e.at_dna else _pairs("binds")(e)),
)

MODIFICATION_MEASURES = MEASURES[:7]
ONLY_MODIFICATIONS = frozenset({"epi11"})
"""Corpora whose annotators wrote down modifications and nothing else."""

MATCHED = Measure(
    "",
    lambda e: (
        _objects(MODIFICATIONS)(e)
        if e.relation in MODIFICATIONS
        else _pairs(*SIGNS, "binds", "inhibits_phosphorylation")(e)
    ),
)
"""What must be found for its negation and hedging to be compared."""


def main() -> None:
    options = _parse_arguments()
    if options.indra:
        report_indra(options)
    else:
        report_corpora(options)


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, help="corpus files, or a folder that holds them")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="dev")
    parser.add_argument("--predictions", type=Path, help="score this file of sigmine extract; extract nothing")
    parser.add_argument("--keep", type=Path, help="folder for input.jsonl and predictions.jsonl")
    parser.add_argument("--indra", action="store_true", help="the file is indra_curated.dev.jsonl")
    parser.add_argument("--examples", type=int, default=0, metavar="N", help="show N misses and false alarms of each")
    parser.add_argument("--jobs", type=int, default=1)
    return parser.parse_args()


def is_in_split(document: str, split: str) -> bool:
    """By the article's number, so that an article is on the same side in every corpus."""
    return split == "all" or (number_of(article_of(document)) < TEST_BELOW) == (split == "test")


def load_rows(paths: Sequence[Path], pattern: str) -> Iterator[Row]:
    for path in paths:
        for file in sorted(path.glob(pattern)) if path.is_dir() else [path]:
            with file.open(encoding="utf-8") as lines:
                yield from (json.loads(line) for line in lines if line.strip())


def load_evidence(rows: Sequence[Row], options: argparse.Namespace, entities: str) -> dict[str, list[Evidence]]:
    """What is extracted from rows of the contract, by document."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    with _choose_folder(options.keep) as folder:
        path = options.predictions or _extract(rows, folder, entities, options.jobs)
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                evidence = evidence_from_json(json.loads(line))
                found[evidence.document].append(evidence)
    return found


@contextmanager
def _choose_folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _extract(rows: Sequence[Row], folder: Path, entities: str, jobs: int) -> Path:
    source, target = folder / "input.jsonl", folder / "predictions.jsonl"
    with source.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    program = Path(sys.executable).with_name("sigmine")
    command = [str(program), "extract", str(source), "-o", str(target), "--entities", entities, "--jobs", str(jobs)]
    done = subprocess.run(command, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"'{' '.join(command)}' failed with exit code {done.returncode}.")
    if done.returncode == 1:
        print("Some documents could not be read; their events count as missed.", file=sys.stderr)
    return target


def report_corpora(options: argparse.Namespace) -> None:
    rows = [row for row in load_rows(options.paths, "*.train.jsonl") if is_in_split(row["doc"], options.split)]
    articles = [make_article(row) for row in rows]
    evidence = load_evidence([article.to_contract() for article in articles], options, "given")
    for article in articles:
        article.add_predictions(evidence.get(article.id, []))
    groups = {corpus: frozenset({corpus}) for corpus in dict.fromkeys(article.corpus for article in articles)}
    groups["pc13 + ge"] = frozenset(groups) - ONLY_MODIFICATIONS
    groups["all"] = frozenset(groups)
    for corpus, members in groups.items():
        chosen = [article for article in articles if article.corpus in members]
        scores = score([entry for article in chosen for entry in _count_article(article)])
        print(f"\n{corpus}, {options.split}: {len(chosen)} documents")
        print_table(
            (name, scores[name]) for name in (*(measure.name for measure in MEASURES), *FLAGS) if name in scores
        )
    if options.examples:
        for measure in MEASURES:
            _print_examples(measure, articles, options.examples)


def _compare(measure: Measure, article: Article) -> tuple[set[Fact], set[Fact]]:
    """The gold's facts and ours; ours without those that the measure leaves open."""

    def collect(events: Iterable[Event]) -> set[Fact]:
        return {fact for event in events for fact in measure.facts(event)}

    if measure.found:
        both = _find_objects(article.gold) & _find_objects(article.predicted)
        return (
            collect(event for event in article.gold if _find_objects([event]) & both),
            collect(event for event in article.predicted if _find_objects([event]) & both),
        )
    if not measure.direct:
        return collect(article.gold), collect(article.predicted)
    gold = collect(event for event in article.gold if event.direct)
    indirect = collect(event for event in article.gold if not event.direct)
    return gold, collect(event for event in article.predicted if event.direct) - (indirect - gold)


def _find_objects(events: Iterable[Event]) -> set[Fact]:
    return {(event.sentence, event.relation, event.object) for event in events}


def _count_article(article: Article) -> Iterator[Entry[str]]:
    place = article_of(article.doc)
    for measure in MEASURES if article.corpus not in ONLY_MODIFICATIONS else MODIFICATION_MEASURES:
        gold, predicted = _compare(measure, article)
        counts = (len(gold & predicted), len(predicted - gold), len(gold - predicted))
        if any(counts):
            yield (measure.name, place, *counts)
    for name, flag in FLAGS.items():
        for tally in _count_flag(article, flag):
            yield (name, place, *tally)


def _count_flag(article: Article, flag: str) -> Iterator[tuple[int, int, int]]:
    """tp, fp, fn of a flag, for each fact that both sides have and the gold's events agree on."""

    def collect(events: Iterable[Event]) -> dict[Fact, set[bool]]:
        values: dict[Fact, set[bool]] = defaultdict(set)
        for event in events:
            for fact in MATCHED.facts(event):
                values[fact].add(getattr(event, flag))
        return values

    gold, predicted = collect(article.gold), collect(article.predicted)
    for fact in gold.keys() & predicted.keys():
        if len(gold[fact]) == 1:
            ours, theirs = predicted[fact] == {True}, gold[fact] == {True}
            yield int(ours and theirs), int(ours and not theirs), int(theirs and not ours)


def print_table(rows: Iterable[tuple[str, Score]]) -> None:
    columns = f"{'precision':>19} {'recall':>19} {'F1':>19}"
    print(f"{'':36}{'tp':>6}{'fp':>6}{'fn':>6} {columns}")
    for name, found in rows:
        counts = found.counts
        ratios = (
            _format(counts.precision, found.precision_interval),
            _format(counts.recall, found.recall_interval),
            _format(counts.f1, found.f1_interval),
        )
        print(f"{name:36}{counts.tp:6}{counts.fp:6}{counts.fn:6} {' '.join(f'{ratio:>19}' for ratio in ratios)}")


def _format(ratio: float | None, interval: Interval | None) -> str:
    if ratio is None or interval is None:
        return "-"
    return f"{ratio:.3f} ({interval[0]:.2f}-{interval[1]:.2f})"


def _print_examples(measure: Measure, articles: Sequence[Article], number: int) -> None:
    """The first misses and false alarms with their sentences."""
    shown: dict[str, list[str]] = {"missed": [], "false alarm": []}
    for article in articles:
        gold, predicted = _compare(measure, article)
        for kind, facts in (("missed", gold - predicted), ("false alarm", predicted - gold)):
            for fact in sorted(facts, key=str):
                words = " | ".join(str(part) for part in fact[1:])
                shown[kind].append(f"  {article.id}: {words}\n      {article.find_sentence(fact[0])}")
    for kind, lines in shown.items():
        if lines:
            print("\n".join([f"\n{measure.name.strip()}, {kind}: {len(lines)}", *lines[:number]]))


def report_indra(options: argparse.Namespace) -> None:
    """Of what we find among the judged statements, the share judged correct; of the correct ones, the share found."""
    rows = [
        row
        for row in load_rows(options.paths, "indra_curated.dev.jsonl")
        if row["object"] is not None and is_in_split(f"PMID-{row['pmid']}", options.split)
    ]
    sentences = {text: f"indra-{number}" for number, text in enumerate(dict.fromkeys(row["sentence"] for row in rows))}
    evidence = load_evidence([{"id": name, "text": text} for text, name in sentences.items()], options, "own")
    shown: dict[str, int] = defaultdict(int)
    for title, with_hedged in (("all that is not negated", True), ("neither negated nor hedged", False)):
        entries: list[Entry[str]] = []
        for row in rows:
            found = any(
                _is_judged(row, one) and (with_hedged or not one.mention.hedged)
                for one in evidence.get(sentences[row["sentence"]], [])
            )
            correct = row["tag"] == "correct"
            tally = (int(found and correct), int(found and not correct), int(correct and not found))
            entries += [(name, row["pmid"], *tally) for name in ("all", row["relation"])]
            if with_hedged and correct and not found and shown[row["relation"]] < options.examples:
                shown[row["relation"]] += 1
                _print_miss(row, evidence.get(sentences[row["sentence"]], []))
        print(f"\nindra, {options.split}: {len(rows)} judged statements; {title}")
        print_table(score(entries).items())


def _is_judged(row: Row, evidence: Evidence) -> bool:
    """Whether we extracted the row's statement. A row without subject is silent about it, so any of ours will do."""
    mention = evidence.mention
    if mention.relation != row["relation"] or mention.negated:
        return False

    def agree(subject: Entity | None, theme: Entity | None) -> bool:
        if theme is None or not has_name(theme, row["object"]):
            return False
        return row["subject"] is None or (subject is not None and has_name(subject, row["subject"]))

    swapped = mention.relation in UNORDERED and agree(mention.object, mention.subject)
    return agree(mention.subject, mention.object) or swapped


def has_name(entity: Entity, name: str) -> bool:
    """INDRA's names are HGNC symbols and FamPlex names, else the words of the text."""
    prefix, _, local = (entity.curie or "").partition(":")
    names = {entity.name, entity.text, local if prefix == "fplx" else ""}
    if entity.type == "PROCESS":  # INDRA writes "the NF-kappaB pathway" down as NF-kappaB
        names |= set(find_names(PATHWAY.sub("", entity.text)))
    return name.casefold() in {one.casefold() for one in names}


@cache
def find_names(text: str) -> tuple[str, ...]:
    """The standard names that a text may stand for: HGNC symbols and FamPlex names."""
    from sigmine.resources.lexicon import load_lexicon

    matches = load_lexicon().lookup(text)
    return (
        text,
        *(match.name for match in matches),
        *(match.curie.partition(":")[2] for match in matches if match.curie),
    )


def _print_miss(row: Row, evidence: Sequence[Evidence]) -> None:
    print(f"\nmissed {row['relation']}({row['subject']}, {row['object']}): {row['sentence']}")
    for one in evidence:
        subject = one.mention.subject.name if one.mention.subject else "-"
        print(f"    found {one.mention.relation}({subject}, {one.mention.object.name})")


if __name__ == "__main__":
    main()
