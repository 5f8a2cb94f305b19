"""Measures the trained parts on held-out articles, from raw text, and writes the figures as JSON.

Usage: python measure.py PARSER_MODEL NER_MODEL TREEBANK_TEST NER_FOLDER OUT.json
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example


def load_examples(nlp: Language, path: Path) -> list[Example]:
    """Gold Docs beside Docs made from their text by our own tokenizer."""
    gold: list[Doc] = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    return [Example(nlp.make_doc(doc.text), doc) for doc in gold]


def measure_parser(nlp: Language, path: Path) -> dict[str, Any]:
    examples = load_examples(nlp, path)
    scores = nlp.evaluate(examples)
    words = sum(len(example.reference) for example in examples)
    texts = [example.reference.text for example in examples]
    started = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    names = ("token_acc", "token_f", "tag_acc", "lemma_acc", "dep_uas", "dep_las", "sents_p", "sents_r", "sents_f")
    figures = {name: round(scores[name], 4) for name in names if scores.get(name) is not None}
    return {**figures, "words": words, "words_per_second": round(words / (time.perf_counter() - started))}


def measure_ner(nlp: Language, folder: Path) -> dict[str, Any]:
    figures = {}
    for path in sorted(folder.glob("ner-test-*.spacy")):
        scores = nlp.evaluate(load_examples(nlp, path))
        per_type = {
            label: {key: round(value, 4) for key, value in row.items()}
            for label, row in sorted(scores["ents_per_type"].items())
        }
        figures[path.stem.removeprefix("ner-test-")] = {"ents_f": round(scores["ents_f"], 4), "per_type": per_type}
    return figures


def main(parser: str, ner: str, treebank: str, entities: str, out: str) -> None:
    figures = {
        "craft_test": measure_parser(spacy.load(parser), Path(treebank)),
        "entities_test": measure_ner(spacy.load(ner), Path(entities)),
    }
    Path(out).parent.mkdir(parents=True, exist_ok=True)
    Path(out).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:6])
