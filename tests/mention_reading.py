"""What a recogniser and an abbreviation detector would leave in a Doc, and what is read from it then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from sigmine.nlp.mentions import MentionRecognizer

Marked = Sequence[tuple[str, str]]


def mark(doc: Doc, ents: Marked) -> Doc:
    """Sets ``doc.ents`` as a recogniser would: the first place of each text."""
    spans = []
    for text, label in ents:
        start = doc.text.index(text)
        span = doc.char_span(start, start + len(text), label)
        assert span is not None
        spans.append(span)
    doc.set_ents(spans)
    return doc


def shorten(doc: Doc, long_form: str, short: str) -> Doc:
    """What scispaCy's detector leaves: every place of the short form, with the long form where it stands."""
    if not doc.has_extension("abbreviations"):
        doc.set_extension("abbreviations", default=[])
    start = doc.text.index(long_form)
    long_span = doc.char_span(start, start + len(long_form))
    assert long_span is not None
    places = [token.i for token in doc if token.text == short]
    doc._.abbreviations = [
        {"short_start": i, "short_end": i + 1, "long_start": long_span.start, "long_end": long_span.end} for i in places
    ]
    return doc


def read(nlp: Language, recognizer: MentionRecognizer, text: str, ents: Marked = ()) -> list[tuple[str, str]]:
    """(text or the name that it stands for, type) of each mention."""
    doc = recognizer(mark(nlp(text), ents))
    for mention in doc._.mentions:
        assert doc.text[mention.start : mention.end] == mention.text
    return [(mention.name, mention.type) for mention in doc._.mentions]
