"""Types of claims (asserted, attributed, hypothesised, open question, contradicted) against ``tests/data/claims``.

Usage: python measure_claims.py [--gold DIR] [--errors]

The sentences and paragraphs are our own, written and annotated without sight of the rules. Rules were written on the
``dev`` ones, of which ``--errors`` shows what is wrong; of ``test`` only counts are shown. A statement of the gold that
is not read is counted and left out: what is measured is the type. ``flags``: what negation and hedging alone would say.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sigmine.evaluation.rule_report import find_share_interval
from sigmine.model import Document, RelationMention
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import CLAIM_TYPES

GOLD = Path(__file__).resolve().parents[3] / "tests" / "data" / "claims"
FILES = ("sentences", "paragraphs")
Row = dict[str, Any]


def load_rows(folder: Path) -> Iterator[tuple[str, Row]]:
    """The name of the file and each of its rows."""
    for name in FILES:
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield name, json.loads(line)


def find_mention(row: Row, mentions: Sequence[RelationMention], used: set[int]) -> RelationMention | None:
    """The first mention with the statement's relation and ends that no earlier statement has taken, or None."""
    wanted = [_fold(row["subject"]), _fold(row["object"])]
    for i, one in enumerate(mentions):
        ends = [_fold(one.subject.text if one.subject else None), _fold(one.object.text)]
        same = ends == wanted or (row["relation"] in UNORDERED and sorted(ends) == sorted(wanted))
        if i not in used and one.relation == row["relation"] and same:
            used.add(i)
            return one
    return None


def _fold(name: str | None) -> str:
    return (name or "").lower()


class Tally:
    """Right and wrong types by split and file."""

    def __init__(self) -> None:
        self.pairs: Counter[tuple[str, str, str, str]] = Counter()
        self.missed: Counter[tuple[str, str]] = Counter()
        self.plain: Counter[tuple[str, str]] = Counter()
        self.errors: list[str] = []

    def add(self, file: str, row: Row, mentions: Sequence[RelationMention]) -> None:
        """Counts the statements of one text."""
        used: set[int] = set()
        for want in row["statements"]:
            mention = find_mention(want, mentions, used)
            split = row["split"]
            if mention is None:
                self.missed[split, file] += 1
                continue
            self.pairs[split, file, want["claim"], mention.claim] += 1
            self.plain[split, file] += want["claim"] == ("hypothesised" if mention.hedged else "asserted")
            if split == "dev" and mention.claim != want["claim"]:
                said = f"{want['subject']} {want['relation']} {want['object']}"
                text = row["text"] if file == "sentences" else row["text"][mention.sentence[0] : mention.sentence[1]]
                self.errors.append(
                    f"{row['id']} {said}: {mention.claim} {mention.cues}, should be {want['claim']}\n   {text}"
                )

    def make_totals(self) -> Iterator[tuple[str, ...]]:
        """Split, file, statements, not read, right, share with interval, and what the flags alone would give."""
        for split in ("dev", "test"):
            for file in FILES:
                counts = {key[2:]: count for key, count in self.pairs.items() if key[:2] == (split, file)}
                read, missed = sum(counts.values()), self.missed[split, file]
                right = sum(count for (want, got), count in counts.items() if want == got)
                low, high = find_share_interval(right, read)
                plain = f"{self.plain[split, file] / read:.2f}" if read else "-"
                share = f"{right / read:.2f} ({low:.2f}-{high:.2f})" if read else "-"
                yield split, file, str(read + missed), str(missed), str(right), share, plain

    def make_types(self) -> Iterator[tuple[str, ...]]:
        """Split, type, precision, recall and how many there are, sentences and paragraphs together."""
        for split in ("dev", "test"):
            for claim in CLAIM_TYPES:
                found = {key[2:]: 0 for key in self.pairs}
                for key, count in self.pairs.items():
                    found[key[2:]] += count if key[0] == split else 0
                right = found.get((claim, claim), 0)
                given = sum(count for (_, got), count in found.items() if got == claim)
                there = sum(count for (want, _), count in found.items() if want == claim)
                precision = f"{right / given:.2f}" if given else "-"
                recall = f"{right / there:.2f}" if there else "-"
                yield split, claim, str(there), precision, recall


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as their widest cell."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    for row in (head, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    print()


def measure(folder: Path) -> Tally:
    """Reads the texts of the folder."""
    from sigmine.nlp.pipeline import load_pipeline, read_relations

    rows = list(load_rows(folder))
    documents = [Document(row["id"], row["text"]) for _, row in rows]
    tally = Tally()
    for (file, row), (_, doc) in zip(rows, read_relations(load_pipeline(), documents), strict=True):
        tally.add(file, row, doc._.relations)
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--errors", action="store_true", help="show what is wrong in the dev texts")
    args = parser.parse_args()
    tally = measure(args.gold)
    if args.errors:
        print("\n".join(tally.errors))
    print_table(("split", "texts", "gold", "not read", "right", "share", "flags"), list(tally.make_totals()))
    print_table(("split", "type", "gold", "precision", "recall"), list(tally.make_types()))


if __name__ == "__main__":
    main()
