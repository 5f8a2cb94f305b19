"""Measure how long each step of reading takes on some texts, one core, beside spaCy's own components.

::

    OMP_NUM_THREADS=1 python measure_stages.py corpus --repeat 5
    OMP_NUM_THREADS=1 python measure_stages.py ../shared/reviews corpus --repeat 5 --json stages.json

Times are the processor's, the least of all rounds, so that other programs on the machine disturb little. *bare* is the
bundled model as spaCy runs it: tokenizer, tok2vec, tagger, parser and ner with its hints, and nothing else of sigmine.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import spacy

from sigmine.analysis import Options, spare_loaded
from sigmine.assembly import make_evidence, weigh_mentions
from sigmine.grounding import check_relation_sites, ground_mentions, ground_relations, load_site_checker, mark_sites
from sigmine.model import Document
from sigmine.nlp.pipeline import load_pipeline, make_doc
from sigmine.nlp.plain_words import read_words
from sigmine.readers import read_documents
from sigmine.resources.language_model import find_model
from sigmine.resources.lexicon import get_lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

UNUSED = ["lemmatizer", "attribute_ruler"]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="+", help="texts, or folders of them")
    parser.add_argument("--repeat", type=int, default=3, help="read them so many times; the fastest counts")
    parser.add_argument("--json", type=Path, help="where to write the figures too")
    options = parser.parse_args()
    documents = [document for document in read_documents(options.paths) if document.text.strip()]
    with spare_loaded():
        ours, bare = load_pipeline(), spacy.load(find_model(), exclude=UNUSED)
        finish = make_finisher()
    best: dict[str, float] = {}
    for _ in range(options.repeat + 1):  # the first round warms up
        for name, seconds in (measure(ours, documents, finish) | measure_bare(bare, documents)).items():
            best[name] = min(seconds, best.get(name, seconds))
    docs = [make_doc(ours, document) for document in documents]
    tokens = sum(map(len, docs))
    words = sum(not (token.is_punct or token.is_space) for doc in docs for token in doc)
    print_table(best, len(documents), tokens, words)
    if options.json:
        options.json.write_text(json.dumps({"tokens": tokens, "words": words, "seconds": best}, indent=1) + "\n")


def measure(nlp: Language, documents: Sequence[Document], finish: Callable[[Document, Doc], Any]) -> dict[str, float]:
    """Processor seconds of each step of ours, by its name."""
    taken: dict[str, float] = defaultdict(float)
    start = process_time()
    for document in documents:
        doc = make_doc(nlp, document)
        start = note(taken, "tokenizer", start)
        for name, component in nlp.pipeline:
            doc = component(doc)
            start = note(taken, name, start)
        finish(document, doc)
        start = note(taken, "grounding, evidence", start)
    return taken


def measure_bare(nlp: Language, documents: Sequence[Document]) -> dict[str, float]:
    """Processor seconds of spaCy's pipeline, in one batch."""
    start = process_time()
    for _ in nlp.pipe(document.text for document in documents):
        pass
    return {"bare": process_time() - start}


def note(taken: dict[str, float], name: str, start: float) -> float:
    now = process_time()
    taken[name] += now - start
    return now


def make_finisher() -> Callable[[Document, Doc], Any]:
    """What ``sigmine.analysis`` does with a Doc, and the evidence made of it."""
    lexicon, checker = get_lexicon(None), load_site_checker(Options().proteome)

    def finish(document: Document, doc: Doc) -> object:
        text = read_words(doc).text
        grounded = ground_relations(doc._.relations, doc._.mentions, lexicon=lexicon, text=text)
        relations = weigh_mentions(check_relation_sites(grounded, checker))
        entities = ground_mentions(doc._.mentions, lexicon=lexicon, text=text)
        sites = mark_sites(doc._.sites, relations)
        return entities, sites, [make_evidence(mention, document, run="") for mention in relations]

    return finish


def print_table(best: dict[str, float], documents: int, tokens: int, words: int) -> None:
    bare = best["bare"]
    total = sum(best.values()) - bare
    print(f"{documents} documents, {tokens} tokens, {words} words")
    for name, seconds in best.items():
        if name != "bare":
            print(f"{name:24}{seconds:8.2f} s {seconds / total:6.0%}")
    for name, seconds in (("all", total), ("bare", bare)):
        print(f"{name:24}{seconds:8.2f} s {words / seconds:8.0f} words/s {tokens / seconds:8.0f} tokens/s")
    print(f"throughput by that of bare: {bare / total:.2f}")


if __name__ == "__main__":
    main()
