"""From a relation mention and its document to evidence that can be shown without the document."""

from __future__ import annotations

from sigmine.model.document import Document
from sigmine.model.statement import Evidence, RelationMention


def make_evidence(mention: RelationMention, document: Document, *, run: str = "") -> Evidence:
    """The evidence that one mention gives.

    Its citations are those of the mention: whoever read the relation has bound them. ``source`` spans are set only
    where the reader changed the text (``document.offsets``); such a span is None where its characters were put in by
    the reader.
    """
    start, end = mention.sentence
    section = document.find_section(start)
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


def _find_source(document: Document, start: int, end: int) -> tuple[int, int] | None:
    try:
        return document.source_span(start, end)
    except ValueError:
        return None
