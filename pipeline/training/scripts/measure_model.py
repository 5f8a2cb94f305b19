"""The parts of the bundled model on held-out articles, from raw text."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import Any

import spacy
from figures import to_scores
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.training import Example

PARSER_SCORES = {
    "token_f": "tokens, F",
    "tag_acc": "tags",
    "lemma_acc": "lemmas",
    "dep_uas": "UAS",
    "dep_las": "LAS",
    "sents_f": "sentences, F (parser alone)",
}
GENES = frozenset({"PROTEIN", "COMPLEX"})


def read_docs(nlp: Language, path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(nlp.vocab))


def measure_parser(model: Path, treebank: Path) -> dict[str, Any]:
    """From raw text by our tokenizer; UAS and LAS once more with the treebank's own tokens."""
    nlp = spacy.load(model, exclude=["sigmine_hints", "ner"])
    gold = read_docs(nlp, treebank)
    scores = nlp.evaluate([Example(nlp.make_doc(doc.text), doc) for doc in gold])
    figures: dict[str, Any] = {name: round(scores[key], 4) for key, name in PARSER_SCORES.items()}
    given = nlp.evaluate(
        [Example(Doc(nlp.vocab, [t.text for t in doc], [bool(t.whitespace_) for t in doc]), doc) for doc in gold]
    )
    figures |= {"UAS, tokens given": round(given["dep_uas"], 4), "LAS, tokens given": round(given["dep_las"], 4)}
    figures["words"] = sum(map(len, gold))
    return figures


def measure_entities(model: Path, path: Path) -> dict[str, Any]:
    """Each type that the corpus annotates, exact spans, by the recogniser alone; genes and complexes also as one."""
    nlp = spacy.load(model)
    types = find_types(path)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in read_docs(nlp, path)]
    for example, doc in zip(examples, nlp.pipe([example.text for example in examples]), strict=True):
        example.predicted = doc
    counts: Counter[tuple[str, str]] = Counter()
    for example in examples:
        count_spans(example, counts, types)
    places = ("right", "found", "right", "wanted")
    scores: dict[str, Any] = {label: to_scores(*(counts[label, what] for what in places)) for label in types}
    if "COMPLEX" in types:
        scores["PROTEIN or COMPLEX"] = to_scores(*(counts["GENES", what] for what in places))
    return scores


def find_types(path: Path) -> list[str]:
    docs = read_docs(spacy.blank("en"), path)
    return sorted({ent.label_ for doc in docs for ent in doc.ents})


def count_spans(example: Example, counts: Counter[tuple[str, str]], types: list[str]) -> None:
    for label, wanted in [*((label, {label}) for label in types), ("GENES", GENES)]:
        theirs, ours = (
            {(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in wanted}
            for doc in (example.reference, example.predicted)
        )
        counts[label, "right"] += len(theirs & ours)
        counts[label, "found"] += len(ours)
        counts[label, "wanted"] += len(theirs)


def measure_speed(model: Path, treebank: Path) -> dict[str, Any]:
    """Words a second on one thread, the best of three runs: from text to entities, and without the parser."""
    texts = [doc.text for doc in read_docs(spacy.blank("en"), treebank)][:250]
    started = time.perf_counter()
    nlp = spacy.load(model, exclude=["lemmatizer", "attribute_ruler"])
    figures: dict[str, Any] = {"seconds to load": round(time.perf_counter() - started, 2)}
    words = sum(len(doc) for doc in nlp.tokenizer.pipe(texts))
    for name, left_out in (("words a second", []), ("words a second, without the parser", ["parser"])):
        with nlp.select_pipes(disable=left_out):
            figures[name] = round(max(words / run(nlp, texts) for _ in range(3)))
    megabytes = sum(path.stat().st_size for path in model.rglob("*") if path.is_file()) / 1e6
    return {**figures, "megabytes": round(megabytes, 1)}


def run(nlp: Language, texts: list[str]) -> float:
    started = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - started
