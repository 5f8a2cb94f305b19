"""Residues found in the held-out articles of the BioNLP corpora, against those that the annotators marked.

Usage: python measure_sites.py CORPORA [--errors]

Recall: sites of events in all corpora whose text names an amino acid, and residues with a number among PC13's
chemicals.
Precision: PC13 only, which marks residues wherever they stand, not only in events; a residue of ours that nothing
annotated overlaps counts as wrong.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from figures import Scores, overlaps, to_scores
from score_corpora import is_in_split

from sigmine.evaluation.claim import Span
from sigmine.nlp.sites import find_sites

_AMINO_ACID = (
    "ala(?:nine)?|arg(?:inine)?|asn|asparagine|asp(?:artate|artic acid)?|cys(?:teine)?|gln|glutamine|glu(?:tamate)?|"
    "gly(?:cine)?|his(?:tidine)?|ile|isoleucine|leu(?:cine)?|lys(?:ine)?|met(?:hionine)?|phe(?:nylalanine)?|pro(?:line)?|ser(?:ine)?|"
    "thr(?:eonine)?|trp|tryptophan|tyr(?:osine)?|val(?:ine)?"
)
_RESIDUE = re.compile(rf"(?i:\b(?:{_AMINO_ACID})s?(?:\b|(?=[-( ]?\d)))|\b[STYKRHDC]-?\d{{1,4}}\b")


def find_wanted(row: dict[str, Any]) -> set[Span]:
    """Characters of the annotated residues."""
    wanted = {
        tuple(span)
        for statement in row["statements"]
        for span, text in zip(statement["site_spans"], statement["site_texts"], strict=True)
        if _RESIDUE.search(text)
    }
    if row["corpus"] == "pc13":
        wanted |= {
            (entity["start"], entity["end"])
            for entity in row["entities"]
            if entity["type"] == "Simple_chemical"
            and _RESIDUE.match(entity["text"])
            and re.search(r"\d", entity["text"])
        }
    return wanted


def measure_sites(corpora: Path, *, show: bool = False) -> Scores:
    """Precision on PC13, recall on all corpora, F of the two, and the numbers behind them."""
    counts: Counter[str] = Counter()
    seen: set[tuple[str, Span]] = set()
    for path in sorted(corpora.glob("*.train.jsonl")):
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            if not is_in_split(row["doc"], "test"):
                continue
            ours = [(site.start, site.end) for site in find_sites(row["text"])]
            for span in find_wanted(row):
                if (row["doc"], span) in seen:
                    continue  # GE11 and GE13 share articles
                seen.add((row["doc"], span))
                counts["wanted"] += 1
                found = overlaps(span, ours)
                counts["found"] += found
                if show and not found:
                    print("missed", row["doc"], row["text"][slice(*span)])
            if row["corpus"] == "pc13":
                marked = [(entity["start"], entity["end"]) for entity in row["entities"]]
                counts["ours"] += len(ours)
                counts["right"] += sum(overlaps(span, marked) for span in ours)
                if show:
                    wrong = [row["text"][slice(*span)] for span in ours if not overlaps(span, marked)]
                    print(*(["not annotated", row["doc"], wrong] if wrong else []))
    return to_scores(counts["right"], counts["ours"], counts["found"], counts["wanted"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    print(measure_sites(args.corpora, show=args.errors))
