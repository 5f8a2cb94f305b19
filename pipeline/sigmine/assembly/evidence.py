"""From a relation mention and its document to evidence that can be shown without the document."""

from __future__ import annotations

from dataclasses import replace

from sigmine.model.document import Citation, Document
from sigmine.model.statement import Evidence, RelationMention


def make_evidence(mention: RelationMention, document: Document, *, run: str = "") -> Evidence:
    """The evidence that one mention gives.

    A mention without citations gets those of its sentence. ``source`` spans are set only where the reader changed
    the text (``document.offsets``); such a span is None where its characters were put in by the reader.
    """
    start, end = mention.sentence
    if not mention.citations:
        mention = replace(mention, citations=find_citations(document, start, end))
    section = document.find_section(mention.trigger.start)
    mapped = document.offsets is not None
    subject, object_ = mention.subject, mention.object
    return Evidence(
        document=document.id,
        section=section.kind if section else "body",
        sentence=document.text[start:end],
        start=start,
        end=end,
        mention=mention,
        source=_find_source(document, start, end) if mapped else None,
        source_subject=_find_source(document, subject.start, subject.end) if mapped and subject else None,
        source_object=_find_source(document, object_.start, object_.end) if mapped else None,
        run=run,
        places=document.find_places(start, end),
    )


def find_citations(document: Document, start: int, end: int) -> tuple[Citation, ...]:
    """The markers within ``text[start:end]``, and one that touches its end (``... at Ser473.[12]``), in text order."""
    return tuple(
        citation
        for citation in document.citations
        if (start <= citation.start and citation.end <= end) or citation.start == end
    )


def _find_source(document: Document, start: int, end: int) -> tuple[int, int] | None:
    try:
        return document.source_span(start, end)
    except ValueError:
        return None
