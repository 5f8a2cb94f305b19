"""Abstracts by the thousand: sentences of the bundled documents, with names and numbers that no other abstract has.

Names and numbers are invented, so that vocabularies and caches grow with the number of documents as they do in life.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sigmine.benchmark.articles import make_articles

WORDS = 200
"""About so many words has an abstract, as those of PubMed."""

_SYMBOL = re.compile(r"\b[A-Z][A-Z0-9]{2,6}\b")
_NUMBER = re.compile(r"(?<![\w.-])\d{2,4}\b(?![\w.-])")
_RENAMED = 0.15
_DETAILED = 0.3
_VOWELS, _CONSONANTS = "AEIOUY", "BCDFGHJKLMNPQRSTVWXZ"


def make_abstract(number: int) -> tuple[str, str]:
    """Id and text of an abstract, the same for the same number.

    Raises:
        ResourceError: if the bundled documents are missing.
    """
    rng = random.Random(number)
    sentences = _load_sentences()
    chosen: list[str] = []
    words = 0
    while words < WORDS:
        sentence = _vary(rng.choice(sentences), rng)
        chosen.append(sentence)
        words += len(sentence.split())
    return f"bench-{number}", " ".join(chosen)


def write_abstracts(path: Path, numbers: range) -> None:
    """Abstracts as JSON Lines, one document a line.

    Raises:
        ResourceError: if the bundled documents are missing.
    """
    with path.open("w", encoding="utf-8") as stream:
        for number in numbers:
            name, text = make_abstract(number)
            stream.write(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n")


@cache
def _load_sentences() -> tuple[str, ...]:
    return tuple(_list_sentences())


def _list_sentences() -> Iterator[str]:
    (article,) = make_articles(1)
    for paragraph in article.list_paragraphs():
        for text, _ in paragraph:
            yield f"{text}."


def _vary(sentence: str, rng: random.Random) -> str:
    sentence = _SYMBOL.sub(lambda found: _invent_name(rng) if rng.random() < _RENAMED else found[0], sentence)
    sentence = _NUMBER.sub(lambda found: str(rng.randrange(10, 10 ** len(found[0]))), sentence)
    if rng.random() < _DETAILED:
        detail = f" (n = {rng.randrange(3, 90)}, P = 0.{rng.randrange(1, 999):03d}, cells {_invent_name(rng)})."
        sentence = sentence.removesuffix(".") + detail
    return sentence


def _invent_name(rng: random.Random) -> str:
    """Looks like the symbol of a gene."""
    letters = rng.choice(_CONSONANTS) + rng.choice(_VOWELS) + rng.choice(_CONSONANTS) + rng.choice(_CONSONANTS)
    return f"{letters}{rng.randrange(1, 60)}"
