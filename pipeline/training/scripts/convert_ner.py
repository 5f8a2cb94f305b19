"""Token-per-line entity corpora to spaCy's binary format, one file a guideline, split by article.

Usage: python convert_ner.py SHARED OUT_DIR [--teacher MODEL_DIR]

Corpora differ in what they annotate and how: one without diseases says nothing about diseases, and what is a gene's
name to one is a family to another. So each Doc is trained under its own guideline (``guideline_corpus.py``), and the
bundled recogniser reads by that of PC13. With ``--teacher`` (a model of a first run without it) PC13, and CG and
BC5CDR once more as ``pc-cg`` and ``pc-bc5``, are annotated with all types under PC13's guideline: the types that a
corpus lacks, or does not annotate as PC13 does, come from the teacher where they overlap nothing annotated.
"""

from __future__ import annotations

import argparse
import gzip
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


@dataclass(frozen=True)
class Guideline:
    """Corpora annotated alike: which of their labels are which of our types."""

    corpora: tuple[str, ...]
    labels: dict[str, str]


GUIDELINES = {
    "pc": Guideline(
        ("BioNLP13PC",),
        {
            "Gene_or_gene_product": "PROTEIN",
            "Complex": "COMPLEX",
            "Simple_chemical": "CHEMICAL",
            "Cellular_component": "LOCATION",
        },
    ),
    "cg": Guideline(
        ("BioNLP13CG",),
        {
            "Gene_or_gene_product": "PROTEIN",
            "Simple_chemical": "CHEMICAL",
            "Cellular_component": "LOCATION",
            "Cancer": "DISEASE",
            "Cell": "CELL",
            "Organism": "SPECIES",
        },
    ),
    "bc5": Guideline(("BC5CDR",), {"Chemical": "CHEMICAL", "Disease": "DISEASE"}),
    "bc2": Guideline(("BC2GM",), {"GENE": "PROTEIN"}),
    "jnlpba": Guideline(
        ("JNLPBA",),
        {"protein": "PROTEIN", "DNA": "PROTEIN", "RNA": "PROTEIN", "cell_type": "CELL", "cell_line": "CELL"},
    ),
    "ge": Guideline(("BioNLP09", "BioNLP13GE", "BioNLP11EPI", "Ex-PTM"), {"Protein": "PROTEIN"}),
    "craft": Guideline(
        ("CRAFT",), {"GGP": "PROTEIN", "CHEBI": "CHEMICAL", "CL": "CELL", "Taxon": "SPECIES", "GO": "LOCATION"}
    ),
    "ncbi": Guideline(("NCBI-disease",), {"Disease": "DISEASE"}),
    "linnaeus": Guideline(("linnaeus",), {"Species": "SPECIES"}),
}
TARGET = "pc"
KEPT = {
    "pc": {"PROTEIN", "COMPLEX", "CHEMICAL", "LOCATION"},
    "cg": {"CELL", "SPECIES", "DISEASE"},
    "bc5": {"CHEMICAL", "DISEASE"},
}
"""The types that a corpus keeps from its annotators when it becomes part of the target corpus."""

TAUGHT = {"pc": KEPT["pc"], "cg": KEPT["cg"], "bc5": {"DISEASE"}}
"""The types that the teacher adds by each guideline. CG knows only cancers among the diseases, so it gets them too."""

MEASURED = ("BioNLP13CG", "BC5CDR")  # their `devel` part is only measured on; PC13 is split by article
NEIGHBOURS = 12  # so many sentences around one that stands in a measured part are left out of training, as its article
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


def fill_missing(doc: Doc, teacher: Language, corpus: str) -> Doc:
    """Keeps the annotators' entities of some types and adds the teacher's of the types that the corpus lacks."""
    kept = KEPT[corpus]
    complete = kept - TAUGHT["bc5"] if corpus == "cg" else kept
    own = [ent for ent in doc.ents if ent.label_ in kept]
    taken = {index for ent in own for index in range(ent.start, ent.end)}
    extra = []
    for guideline, types in TAUGHT.items():
        blank = teacher.make_doc(doc.text)
        blank.user_data["guideline"] = guideline
        for ent in teacher(blank).ents:
            if ent.label_ in types - complete and taken.isdisjoint(range(ent.start, ent.end)):
                extra.append(Span(doc, ent.start, ent.end, ent.label_))
                taken.update(range(ent.start, ent.end))
    doc.set_ents(sorted([*own, *extra]))
    return doc


def pack(sentence: Sentence) -> str:
    return "".join(sentence.words)


def read_pc13(shared: Path) -> Iterator[tuple[Sentence, tuple[str, str] | None]]:
    """PC13's sentences with (article, text); None where the article is not among the statements."""
    running = RunningText(shared / "corpora" / "pc13.train.jsonl")
    for sentence in read_sentences(shared / "ner" / "BioNLP13PC.train.tsv.gz"):
        yield sentence, running.find_sentence(sentence.words)


def find_measured(shared: Path) -> set[str]:
    """The sentences of the measured and tuning parts, packed, but for short ones that say nothing."""
    measured = {pack(sentence) for sentence, found in read_pc13(shared) if not found or split_of(found[0]) != "train"}
    for corpus in MEASURED:
        measured.update(map(pack, read_sentences(shared / "ner" / f"{corpus}.devel.tsv.gz")))
    return {bare for bare in measured if len(bare) > 40}


def read_guideline(shared: Path, name: str, measured: set[str]) -> Iterator[tuple[str, str, Sentence]]:
    """(part, text, sentence) of every corpus of the guideline, each sentence once; training without measured ones."""
    if name == TARGET:
        for sentence, found in read_pc13(shared):
            if found:
                yield split_of(found[0]), found[1], sentence
        return
    seen: set[str] = set()
    for corpus in GUIDELINES[name].corpora:
        for part in ("train", "devel", "test"):
            path = shared / "ner" / f"{corpus}.{part}.tsv.gz"
            sentences = list(read_sentences(path)) if path.exists() else []
            if corpus in MEASURED and part == "devel":
                yield from (("test", guess_text(sentence.words), sentence) for sentence in sentences)
                continue
            hits = [index for index, sentence in enumerate(sentences) if pack(sentence) in measured]
            left_out = {near for hit in hits for near in range(hit - NEIGHBOURS, hit + NEIGHBOURS + 1)}
            for index, sentence in enumerate(sentences):
                if index not in left_out and pack(sentence) not in seen:
                    seen.add(pack(sentence))
                    yield "train", guess_text(sentence.words), sentence


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--teacher", type=Path)
    args = parser.parse_args()
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    teacher = spacy.load(args.teacher) if args.teacher else None
    measured = find_measured(args.shared)
    bins: dict[str, DocBin] = {}
    for name, guideline in GUIDELINES.items():
        for part, text, sentence in read_guideline(args.shared, name, measured):
            doc = make_doc(nlp, text, sentence, guideline.labels)
            kinds = {name: doc}
            if teacher and part == "train" and name in KEPT:
                target = TARGET if name == TARGET else f"{TARGET}-{name}"
                kinds[target] = fill_missing(doc.copy(), teacher, name)
            for file, filled in kinds.items():
                bins.setdefault(f"{part}-{file}", DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"])).add(filled)
    args.out.mkdir(parents=True, exist_ok=True)
    for file, docs in bins.items():
        docs.to_disk(args.out / f"{file}.spacy")
        print(file, len(docs))


if __name__ == "__main__":
    main()
