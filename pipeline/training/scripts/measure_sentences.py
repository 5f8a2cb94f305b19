"""Sentence borders of the whole pipeline against those marked by hand in ``gold/sentences``.

Usage: python measure_sentences.py GOLD/sentences FOLDER... [--errors]

The folders hold the documents. A border that the program sets inside a piece is an error of that piece's type; pieces
of a ``broken`` sentence and ``junk`` are not counted, nor are borders in what the reader leaves out (disclosures, a
legend that stands there twice).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from figures import Scores, to_scores

from sigmine.model import Document
from sigmine.nlp.pipeline import load_pipeline, make_doc
from sigmine.readers import read_documents

TYPES = ("prose", "heading", "legend", "table")
RUNNING = ("prose", "heading", "legend")
_RAISED = re.compile(r"(?<=[.?!])\d{1,3}(?:[,–-]\d{1,3})*$")


def find_ends(documents: list[Document]) -> Iterator[tuple[set[int], Callable[[int], bool]]]:
    """The places in the file behind each sentence, and whether a character is read at all, of each document."""
    nlp = load_pipeline()
    for document in documents:
        doc = nlp(make_doc(nlp, document))
        ends = set()
        for sentence in doc.sents:
            text = sentence.text.rstrip()
            if text:
                end = sentence.start_char + len(text)
                ends.add(document.offsets.get_span(end - 1, end)[1] if document.offsets else end)
        runs = document.offsets.runs if document.offsets else ((0, 0, len(document.text)),)
        last = len(doc.text)
        read = {at for first, source, length in runs for at in range(source, source + min(length, last - first))}
        yield ends, read.__contains__


def skip_citation(text: str, end: int) -> int:
    """The place in front of raised citation numbers behind a full stop: the reader takes them out of the sentence."""
    raised = _RAISED.search(text, max(0, end - 40), end)
    return raised.start() if raised else end


def compare(
    stretches: list[dict[str, Any]], ends: set[int], is_read: Callable[[int], bool], text: str
) -> Iterator[tuple[str, str, int]]:
    """(type of the piece, ``right``, ``wrong`` or ``missed``, place); nothing for what the reader leaves out."""
    ends = {skip_citation(text, end) for end in ends}
    for stretch in stretches:
        start = stretch["start"]
        for marked, kind in stretch["boundaries"]:
            border = skip_citation(text, marked)
            if is_read(border - 1):
                yield kind, "right" if border in ends else "missed", border
            yield from ((kind, "wrong", end) for end in sorted(ends) if start < end < border)
            start = border


def score(counts: Counter[tuple[str, str]], types: tuple[str, ...]) -> Scores:
    right, wrong, missed = (sum(counts[kind, what] for kind in types) for what in ("right", "wrong", "missed"))
    return to_scores(right, right + wrong, right, right + missed)


def read_marked(name: str, sha256: str, folders: list[Path]) -> Document | None:
    """The document that was annotated, or None if it is in none of the folders.

    Raises:
        ValueError: it is another version of the file.
    """
    file = next((folder / name for folder in folders if (folder / name).exists()), None)
    if file is None:
        return None
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise ValueError(f"{file} is not the file that was annotated.")
    return next(item for item in read_documents([file]) if isinstance(item, Document))


def measure_sentences(gold: Path, folders: list[Path], *, show: bool = False) -> dict[str, Scores]:
    """Precision, recall, F and number of borders: running text (without tables), all, and each type.

    Raises:
        ValueError: a document is not the one that was marked.
    """
    wanted, documents = [], []
    for path in sorted(gold.glob("*.json")):
        marked = json.loads(path.read_text(encoding="utf-8"))
        document = read_marked(marked["document"], marked["sha256"], folders)
        if document is not None:
            wanted.append(marked["stretches"])
            documents.append(document)
    counts: Counter[tuple[str, str]] = Counter()
    for document, stretches, (ends, is_read) in zip(documents, wanted, find_ends(documents), strict=True):
        text = Path(document.source).read_text(encoding="utf-8")
        for kind, what, place in compare(stretches, ends, is_read, text):
            counts[kind, what] += 1
            if show and what != "right" and kind in TYPES:
                print(
                    document.id, place, kind, what, repr(text[place - 60 : place]), "|", repr(text[place : place + 40])
                )
    return {"running text": score(counts, RUNNING), "all": score(counts, TYPES)} | {
        kind: score(counts, (kind,)) for kind in TYPES
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    for name, row in measure_sentences(args.gold, args.folders, show=args.errors).items():
        print(name, row)
