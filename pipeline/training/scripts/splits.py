"""Which article is for training, tuning and testing: one rule for every corpus, by article, never by sentence.

The number of an article is a hash of its identifier (PubMed, PMC or treebank id; else the text), so that an
article that stands in several corpora falls on the same side in all of them.
"""

from __future__ import annotations

import hashlib
import re


def article_of(doc_id: str) -> str:
    """``PMC-1134658-05-Results`` and ``PMID-123`` to the article's own id."""
    match = re.match(r"(PMC|PMID)-?(\d+)", doc_id)
    return f"{match[1]}-{match[2]}" if match else doc_id


def number_of(article: str) -> int:
    """0 to 99, the same on every machine."""
    return int(hashlib.sha256(article.encode()).hexdigest()[:8], 16) % 100


def split_of(doc_id: str) -> str:
    """``test`` (15 %), ``dev`` (5 %) or ``train`` for language-model data."""
    number = number_of(article_of(doc_id))
    return "test" if number < 15 else "dev" if number < 20 else "train"
