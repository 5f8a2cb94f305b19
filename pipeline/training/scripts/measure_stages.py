"""Measure how long each component of the pipeline takes on some texts, one core.

::

    python measure_stages.py corpus/*.txt --repeat 3
    python measure_stages.py ../shared/reviews

The parse is tok2vec, tagger and parser together; the rule stage is ``sigmine_relations``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from time import perf_counter

from sigmine.analysis import spare_loaded
from sigmine.nlp.pipeline import load_pipeline, make_doc
from sigmine.readers import read_documents

PARSE = ("tok2vec", "tagger", "parser")
RULES = "sigmine_relations"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="+", help="texts, or folders of them")
    parser.add_argument("--repeat", type=int, default=1, help="read them so many times; the fastest counts")
    options = parser.parse_args()
    with spare_loaded():
        nlp = load_pipeline()
    documents = [document for document in read_documents(options.paths) if document.text.strip()]
    best: dict[str, float] = {}
    words = 0
    for _ in range(options.repeat + 1):  # the first round warms up
        taken: dict[str, float] = defaultdict(float)
        docs = [make_doc(nlp, document) for document in documents]
        words = sum(map(len, docs))
        for name, component in nlp.pipeline:
            start = perf_counter()
            docs = [component(doc) for doc in docs]
            taken[name] = perf_counter() - start
        for name, seconds in taken.items():
            best[name] = min(seconds, best.get(name, seconds))
    parse = sum(best[name] for name in PARSE)
    print(f"{len(documents)} documents, {words} words")
    for name, seconds in best.items():
        print(f"{name:24}{seconds:8.2f} s {words / seconds:10.0f} words/s")
    print(f"{'parse':24}{parse:8.2f} s; the rules take {best[RULES] / parse:.0%} of it")


if __name__ == "__main__":
    main()
