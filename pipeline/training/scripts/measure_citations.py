"""Citation markers bound to statements, against ``gold/citations``: how many have exactly the right works.

Usage: python measure_citations.py [TEXTS...] [--gold DIR] [--errors dev|held-out|all]

The texts are those of the project (``corpus/``, ``tests/data/citations/``) and the folders or files named. Sentences
are split in two by the hash of document and place: ``dev``, which the rules were written on, and ``held-out``. A
statement of the gold that is not read today is counted as such and left out. ``before``: all markers of the sentence.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sigmine.model import Citation, RelationMention
from sigmine.nlp.citation_binding import find_citations
from sigmine.readers.text import parse_text
from sigmine.readers.text_citations import expand_numbers

ROOT = Path(__file__).resolve().parents[3]
TEXTS = (ROOT / "corpus", ROOT / "tests" / "data" / "citations")
_AUTHOR = re.compile(r"([A-ZÀ-Þ][\w’'‐-]+)[^;\d]*\(?((?:19|20)\d\d)")


def find_works(citations: Iterable[Citation]) -> list[str]:
    """``3`` or ``Smith 2015`` for each work that the markers name."""
    works: list[str] = []
    for citation in citations:
        named = [f"{author} {year}" for author, year in _AUTHOR.findall(citation.marker)]
        works += named or [str(number) for number in expand_numbers(citation.marker)]
    return works


def find_split(document: str, start: int) -> str:
    """``dev`` or ``held-out``."""
    return ("dev", "held-out")[hashlib.sha256(f"{document}:{start}".encode()).digest()[0] % 2]


def find_paths(places: Iterable[Path], names: frozenset[str]) -> Iterator[Path]:
    """The texts of those names."""
    for place in places:
        files = sorted(place.glob("*.txt")) if place.is_dir() else [place]
        yield from (file for file in files if file.stem in names)


def make_key(mention: RelationMention) -> tuple[object, ...]:
    """What the gold knows a statement by."""
    return mention.subject and mention.subject.text, mention.relation, mention.object.text, mention.trigger.start


class Tally:
    """Counts by split and kind of sentence."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str, str]] = Counter()
        self.errors: list[tuple[str, str]] = []

    def add(
        self,
        document: str,
        text: str,
        row: dict[str, Any],
        mention: RelationMention | None,
        all_: list[str],
        several: bool,
    ) -> None:
        """Counts one statement of the gold."""
        split = find_split(document, row["sentence"][0])
        kinds = ["all", "several markers" if several else "one marker"]
        want = set(row["works"])
        for kind in kinds:
            self.counts[split, kind, "gold"] += 1
            self.counts[split, kind, "before"] += set(all_) == want
            if mention is None:
                self.counts[split, kind, "not read"] += 1
            elif set(find_works(mention.citations)) == want:
                self.counts[split, kind, "right"] += 1
        if mention is not None and set(find_works(mention.citations)) != want:
            found = sorted(find_works(mention.citations))
            self.errors.append((split, f"{document} {row}: found {found}\n    {text}"))

    def rows(self) -> Iterator[str]:
        """A line for each split and kind."""
        for split in ("dev", "held-out"):
            for kind in ("all", "one marker", "several markers"):
                count = {name: self.counts[split, kind, name] for name in ("gold", "not read", "right", "before")}
                read = count["gold"] - count["not read"]
                share = f"{count['right'] / read:.3f}" if read else "-"
                before = f"{count['before'] / count['gold']:.3f}" if count["gold"] else "-"
                numbers = f"statements {count['gold']:4}  not read {count['not read']:3}  right {count['right']:4}"
                yield f"{split:9} {kind:15} {numbers} = {share}  before {before}"


def measure(places: Iterable[Path], gold: Path) -> Tally:
    """Reads the texts that gold is there for."""
    from sigmine.nlp.pipeline import load_pipeline, read_relations

    nlp = load_pipeline()
    tally = Tally()
    wanted = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold.glob("*.json"))}
    paths = list(find_paths(places, frozenset(wanted)))
    documents = [parse_text(path.read_text(encoding="utf-8"), id=path.stem) for path in paths]
    for document, doc in read_relations(nlp, documents):
        found = {make_key(mention): mention for mention in doc._.relations}
        for row in wanted[document.id]:
            span = (row["sentence"][0], row["sentence"][1])
            citations = list(find_citations(document.text, document.citations, span))
            mention = found.get((row["subject"], row["relation"], row["object"], row["trigger"]))
            sentence = document.text[span[0] : span[1]]
            tally.add(document.id, sentence, row, mention, find_works(citations), len(citations) > 1)
    return tally


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--gold", type=Path, default=ROOT / "gold" / "citations")
    parser.add_argument("--errors", choices=("dev", "held-out", "all"))
    args = parser.parse_args()
    tally = measure([*TEXTS, *args.texts], args.gold)
    for split, error in tally.errors:
        if args.errors in (split, "all"):
            print(f"{split}: {error}")
    print("\n".join(tally.rows()))


if __name__ == "__main__":
    main()
