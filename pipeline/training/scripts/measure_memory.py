"""Measure how much memory reading takes, after some hundred and after some thousand documents.

::

    OMP_NUM_THREADS=1 python measure_memory.py corpus --documents 5000

The documents are of the length of abstracts: sentences of the texts given, in an order of chance, in which every
twentieth word is one that no text had before, so that the vocabulary goes on growing.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from sigmine.analysis import Options, load_analyser
from sigmine.model import Document
from sigmine.readers import read_documents

SENTENCES = 8  # of a document
NEW_WORDS = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="+", help="texts, or folders of them")
    parser.add_argument("--documents", type=int, default=5000)
    options = parser.parse_args()
    text = "\n".join(document.text for document in read_documents(options.paths))
    analyse = load_analyser(Options())
    print(f"loaded: {read_memory():.0f} MB")
    words, start = 0, process_time()
    for number, document in enumerate(make_documents(text, options.documents), start=1):
        for analysis in analyse([document]):
            words += analysis.words
        if number in (100, 250) or number % 500 == 0:
            taken, start = process_time() - start, process_time()
            print(f"{number} documents: {read_memory():.0f} MB, {words / taken:.0f} words/s", flush=True)
            words = 0


def make_documents(text: str, number: int) -> Iterator[Document]:
    """Documents of chance, the same each time."""
    chance = random.Random(5)
    sentences = [sentence for sentence in re.split(r"(?<=[.])\s+", text) if 20 < len(sentence) < 400]
    for place in range(number):
        words = " ".join(chance.choices(sentences, k=SENTENCES)).split()
        made = [make_word(chance) if chance.random() < NEW_WORDS else word for word in words]
        yield Document(f"document-{place}", " ".join(made))


def make_word(chance: random.Random) -> str:
    letters = "".join(chance.choices("abcdefghiklmnoprstu", k=chance.randint(3, 9)))
    return letters if chance.random() < 0.6 else f"{letters[:4].upper()}{chance.randint(1, 99999)}"


def read_memory() -> float:
    """What the process holds now, in million bytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main()
