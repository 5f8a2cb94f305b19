"""Token-per-line entity corpora to spaCy's binary format, split by article.

Usage: python convert_ner.py SHARED OUT_DIR [--teacher MODEL_DIR]

Corpora differ in what they annotate: a corpus without diseases says nothing about diseases, but a plain
"O" would teach that there are none. With ``--teacher`` (a model trained by a first run without it) the
types that a corpus does not annotate are filled in with the teacher's predictions where they overlap
nothing annotated; without it only the corpora in ``FIRST`` are used.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans
from splits import split_of

from sigmine.nlp.tokenizer import make_tokenizer

LABELS = {
    "BioNLP13PC": {
        "Gene_or_gene_product": "PROTEIN",
        "Complex": "COMPLEX",
        "Simple_chemical": "CHEMICAL",
        "Cellular_component": "LOCATION",
    },
    "BioNLP13CG": {
        "Gene_or_gene_product": "PROTEIN",
        "Simple_chemical": "CHEMICAL",
        "Cellular_component": "LOCATION",
        "Cancer": "DISEASE",
        "Cell": "CELL",
        "Organism": "SPECIES",
    },
    "BC5CDR": {"Chemical": "CHEMICAL", "Disease": "DISEASE"},
}
FIRST = ("BioNLP13PC", "BioNLP13CG")
SOURCES = {"BioNLP13PC": "pc13"}  # the corpus under corpora/ that holds the same articles as running text
NO_SPACE_BEFORE = set(".,;:)]}%?!'")
NO_SPACE_AFTER = set("([{")
JOINED = set("-–/")


@dataclass
class Sentence:
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def read_sentences(path: Path) -> Iterator[Sentence]:
    sentence = Sentence()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                word, tag = line.rstrip("\n").split("\t")
                sentence.words.append(word)
                sentence.tags.append(tag)
            elif sentence.words:
                yield sentence
                sentence = Sentence()
    if sentence.words:
        yield sentence


def find_entities(sentence: Sentence) -> list[tuple[int, int, str]]:
    """(first word, word after the last, source label) of each IOB run."""
    runs: list[tuple[int, int, str]] = []
    for index, tag in enumerate(sentence.tags):
        if tag.startswith("B-"):
            runs.append((index, index + 1, tag[2:]))
        elif tag.startswith("I-") and runs and runs[-1][1] == index and runs[-1][2] == tag[2:]:
            runs[-1] = (runs[-1][0], index + 1, tag[2:])
        elif tag.startswith("I-"):
            runs.append((index, index + 1, tag[2:]))
    return runs


class RunningText:
    """The articles of a corpus, to give a sentence of bare tokens its spaces and its article back."""

    def __init__(self, path: Path) -> None:
        self.articles: list[tuple[str, str, str, list[int]]] = []
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            positions = [index for index, char in enumerate(row["text"]) if not char.isspace()]
            self.articles.append((row["doc"], row["text"], "".join(row["text"].split()), positions))

    def find_sentence(self, words: list[str]) -> tuple[str, str] | None:
        bare = "".join(words)
        for doc, text, packed, positions in self.articles:
            at = packed.find(bare)
            if at >= 0:
                return doc, text[positions[at] : positions[at + len(bare) - 1] + 1]
        return None


def guess_text(words: list[str]) -> str:
    """Sets spaces between tokens where the corpus kept none."""
    text = ""
    glue = True
    for word in words:
        if not glue and word not in JOINED and word[0] not in NO_SPACE_BEFORE:
            text += " "
        text += word
        glue = word in JOINED or word in NO_SPACE_AFTER
    return text


def make_doc(nlp: Language, text: str, sentence: Sentence, labels: dict[str, str]) -> Doc:
    doc = nlp.make_doc(text)
    offsets, at = [], 0
    for word in sentence.words:
        start = (
            text.index(word, at)
            if word in text[at:]
            else re.compile(r"\s*".join(map(re.escape, word))).search(text, at).start()
        )  # type: ignore[union-attr]
        at = start + len(word)
        offsets.append((start, at))
    spans = []
    for first, last, label in find_entities(sentence):
        if label not in labels:
            continue
        span = doc.char_span(offsets[first][0], offsets[last - 1][1], labels[label], alignment_mode="expand")
        if span is not None:
            spans.append(span)
    doc.set_ents(filter_spans(spans))
    return doc


def fill_missing(doc: Doc, teacher: Language, own: set[str]) -> None:
    """Adds the teacher's entities of the types that this corpus does not annotate."""
    predicted = teacher(doc.text)
    if len(predicted) != len(doc):
        return
    extra = [
        Span(doc, ent.start, ent.end, ent.label_)
        for ent in predicted.ents
        if ent.label_ not in own and not any(doc[i].ent_type_ for i in range(ent.start, ent.end))
    ]
    doc.set_ents(filter_spans([*doc.ents, *extra]))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--teacher", type=Path)
    args = parser.parse_args()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    teacher = spacy.load(args.teacher) if args.teacher else None
    bins: dict[str, DocBin] = {}
    for corpus in LABELS if teacher else FIRST:
        labels = LABELS[corpus]
        running = RunningText(args.shared / "corpora" / f"{SOURCES[corpus]}.train.jsonl") if corpus in SOURCES else None
        for part in ("train", "devel"):
            path = args.shared / "ner" / f"{corpus}.{part}.tsv.gz"
            if not path.exists():
                continue
            for sentence in read_sentences(path):
                found = running.find_sentence(sentence.words) if running else None
                bare = "".join(sentence.words)
                if running and not found:
                    continue  # one article of PC13 is not among the statements: its side is unknown
                article, text = found or (hashlib.sha256(bare.encode()).hexdigest(), guess_text(sentence.words))
                split = split_of(article) if running else ("test" if part == "devel" else "train")
                doc = make_doc(nlp, text, sentence, labels)
                if teacher and split == "train":
                    fill_missing(doc, teacher, set(labels.values()))
                name = "train" if split == "train" else f"{split}-{corpus}"
                bins.setdefault(name, DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"])).add(doc)
    args.out.mkdir(parents=True, exist_ok=True)
    for name, docs in bins.items():
        docs.to_disk(args.out / f"ner-{name}.spacy")
        print(name, len(docs))


if __name__ == "__main__":
    main()
