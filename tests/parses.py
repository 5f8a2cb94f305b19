"""Sentences whose parse is written by hand."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from sigmine.grammar.parsed_text import ParsedText

VOCAB = spacy.blank("en").vocab


def make_text(rows: str) -> ParsedText:
    """One word a line: word, tag, label, index of the head."""
    words, tags, labels, heads = zip(*(row.split() for row in rows.strip().splitlines()), strict=True)
    return ParsedText(Doc(VOCAB, words=words, tags=tags, deps=labels, heads=[int(head) for head in heads]))


ACTIVE = make_text(
    """
    RSK NN nsubj 1
    phosphorylates VBZ ROOT 1
    RAPTOR NN dobj 1
    , , punct 1
    thereby RB advmod 5
    activating VBG advcl 1
    mTORC1 NN dobj 5
    . . punct 1
    """
)
