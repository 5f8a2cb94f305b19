"""Sentences that are too long to be any: the remains of a table, sequences, lists of samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

MAX_SENTENCE_WORDS = 300
"""Words and signs. The longest sentence that states something in the texts that this was measured on has 197; beyond
this the time of the rules grows with the square of the length, and of a list of names in both ends faster."""


def find_long_sentences(doc: Doc) -> list[Span]:
    """The sentences in which no relation is looked for, in order."""
    return [sentence for sentence in doc.sents if len(sentence) > MAX_SENTENCE_WORDS]
