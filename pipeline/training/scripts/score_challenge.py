"""Measure extraction on our own challenge sentences, each written for one construct or flag.

::

    python score_challenge.py                 both files, dev and test apart
    python score_challenge.py --constructs    a row for each construct, dev and test together

The sentences were written and annotated without sight of the rules. ``dev`` ones may be read while writing rules; of
the ``test`` ones only the counts.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from score_corpora import print_table

from sigmine.evaluation.bootstrap import Entry, score
from sigmine.model import Document, Entity, RelationMention
from sigmine.model.ids import UNORDERED

Row = dict[str, Any]
Fact = tuple[str, ...]
CHALLENGE = Path(__file__).resolve().parents[3] / "tests" / "data" / "challenge"
FILES = ("constructs", "flags")


@dataclass(slots=True)
class Tally:
    """What is right, wrong and missed, by sentence, and how many sentences are read in full."""

    entries: list[Entry[str]] = field(default_factory=list)
    sentences: int = 0
    full: int = 0

    def add(self, row: Row, found: Sequence[RelationMention]) -> None:
        """Compares what was read in a sentence with what it states."""
        wanted = {_make_fact(one["subject"], one["relation"], one["object"]): one for one in row["expect"]}
        read = {_make_fact(one.subject and one.subject.text, one.relation, one.object.text): one for one in found}
        both = wanted.keys() & read.keys()
        self._count(row, "statements", wanted.keys(), read.keys())
        sites = {(*fact, site) for fact in both for site in wanted[fact].get("sites", ())}
        sites_read = {(*fact, site.name) for fact in both for site in read[fact].sites}
        self._count(row, "sites", sites, sites_read)
        same = wanted.keys() == read.keys() and sites == sites_read
        for flag in ("negated", "hedged"):
            flagged = {fact for fact in both if wanted[fact].get(flag)}
            flagged_read = {fact for fact in both if getattr(read[fact], flag)}
            self._count(row, flag, flagged, flagged_read)
            same = same and flagged == flagged_read
        self.sentences += 1
        self.full += same

    def _count(self, row: Row, name: str, wanted: Iterable[Fact], read: Iterable[Fact]) -> None:
        gold, ours = set(wanted), set(read)
        counts = len(gold & ours), len(ours - gold), len(gold - ours)
        if any(counts):
            self.entries.append((name, row["id"], *counts))


def _make_fact(subject: str | None, relation: str, theme: str) -> Fact:
    ends = [subject or "", theme]
    return (relation, *(sorted(ends) if relation in UNORDERED else ends))


def load_rows(name: str) -> list[Row]:
    """The sentences of one file (``constructs`` or ``flags``)."""
    with (CHALLENGE / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_rows(rows: Sequence[Row]) -> Iterator[tuple[Row, tuple[RelationMention, ...]]]:
    """Each row with what is read in its sentence, its names given."""
    from sigmine.nlp.pipeline import load_pipeline, read_relations

    nlp = load_pipeline(entities="given")
    documents = (Document(row["id"], row["text"], mentions=tuple(_find_names(row))) for row in rows)
    for row, (_, doc) in zip(rows, read_relations(nlp, documents), strict=True):
        yield row, doc._.relations


def _find_names(row: Row) -> Iterator[Entity]:
    for name, kind in row["entities"].items():
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", row["text"]):
            yield Entity(name, match.start(), match.end(), kind, name, source="given")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--constructs", action="store_true", help="a row for each construct")
    options = parser.parse_args()
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name in FILES:
        for row, found in read_rows(load_rows(name)):
            tallies[row["construct"] if options.constructs else f"{name}, {row['split']}"].add(row, found)
    for title, tally in sorted(tallies.items()):
        print(f"{title}: {tally.full} of {tally.sentences} sentences in full")
        print_table(score(tally.entries).items())


if __name__ == "__main__":
    main()
