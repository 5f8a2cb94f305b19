"""CoNLL-U of CRAFT to spaCy's binary format, one Doc a paragraph, split by article.

Usage: python convert_treebank.py SHARED/treebank/craft.conllu.gz OUT_DIR
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from splits import split_of

MAX_TOKENS = 400  # a longer paragraph is cut at a sentence end, so that batches stay even


def read_paragraphs(path: Path) -> Iterator[tuple[str, list[list[list[str]]]]]:
    """Yields (article id, sentences); a sentence is a list of CoNLL-U rows."""
    article, paragraph, rows = "", [], []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith(("# newdoc", "# newpar")):
                if paragraph:
                    yield article, paragraph
                paragraph = []
                if line.startswith("# newdoc"):
                    article = line.split("=")[1].strip()
            elif line.startswith("#"):
                continue
            elif not line.strip():
                if rows:
                    if sum(map(len, paragraph)) + len(rows) > MAX_TOKENS and paragraph:
                        yield article, paragraph
                        paragraph = []
                    paragraph.append(rows)
                rows = []
            else:
                row = line.rstrip("\n").split("\t")
                if row[0].isdigit():
                    rows.append(row)
    if paragraph:
        yield article, paragraph


def make_doc(vocab: spacy.vocab.Vocab, sentences: list[list[list[str]]]) -> Doc:
    words, spaces, tags, pos, lemmas, heads, deps, starts = [], [], [], [], [], [], [], []
    for rows in sentences:
        offset = len(words)
        for index, row in enumerate(rows):
            words.append(row[1])
            spaces.append("SpaceAfter=No" not in row[9])
            lemmas.append(row[2])
            pos.append(row[3])
            tags.append(row[4])
            head = int(row[6])
            heads.append(offset + (head - 1 if head else index))
            deps.append("ROOT" if head == 0 else row[7])
            starts.append(index == 0)
        spaces[-1] = True
    return Doc(vocab, words=words, spaces=spaces, tags=tags, pos=pos, lemmas=lemmas, heads=heads, deps=deps)


def main(source: Path, out: Path) -> None:
    vocab = spacy.blank("en").vocab
    bins = {
        name: DocBin(attrs=["ORTH", "SPACY", "TAG", "POS", "LEMMA", "HEAD", "DEP", "SENT_START"])
        for name in ("train", "dev", "test")
    }
    counts = dict.fromkeys(bins, 0)
    for article, sentences in read_paragraphs(source):
        split = split_of(article)
        doc = make_doc(vocab, sentences)
        bins[split].add(doc)
        counts[split] += len(doc)
    out.mkdir(parents=True, exist_ok=True)
    for name, docs in bins.items():
        docs.to_disk(out / f"treebank-{name}.spacy")
    print("tokens", counts)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
