"""The sentences of texts, to fill in statements beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sigmine.annotation.texts import AnnotatedText
from sigmine.annotation.words import join_words
from sigmine.evaluation.claim import Span
from sigmine.model import READ_KINDS, Document
from sigmine.nlp.pipeline import load_pipeline, read_relations

SentenceRow = tuple[str, Span, str, str]
"""The document's id, characters of the file, kind of section, and the words in one line."""


def find_sentences(documents: Iterable[Document], texts: Mapping[str, AnnotatedText]) -> Iterator[SentenceRow]:
    """The sentences in which statements are looked for, in order; of a table, the cells, or the row if it is one line.

    Args:
        texts: the files of the documents, by id.
    """
    for document, doc in read_relations(load_pipeline(), documents):
        text = texts[document.id].text
        row: SentenceRow | None = None
        for start, end, kind in _find_parts(document, [(s.start_char, s.text) for s in doc.sents]):
            span = document.source_span(start, end)
            if row is not None and row[2] == kind == "table" and "\n" not in text[row[1][1] : span[0]]:
                span = (row[1][0], span[1])
            elif row is not None:
                yield row
            row = (document.id, span, kind, join_words(text[slice(*span)]))
        if row is not None:
            yield row


def _find_parts(document: Document, sentences: Iterable[tuple[int, str]]) -> Iterator[tuple[int, int, str]]:
    """Start and end in the document's text, and kind of section, of what is read."""
    for start, sentence in sentences:
        words = sentence.strip()
        if not words:
            continue
        low = start + sentence.index(words[0])
        high = low + len(words)
        section = document.find_section(low)
        kind = section.kind if section else "body"
        if section is not None and section.subject and low == section.start:
            # The reader put the row's head in front of the cell; the cell's own words are meant.
            head = len(section.subject)
            low = min(high, low + head + len(words[head:]) - len(words[head:].lstrip(" :")))
        if kind in READ_KINDS and low < high:
            yield low, high, kind
