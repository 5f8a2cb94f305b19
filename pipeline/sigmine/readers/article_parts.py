"""The parts of an article put into one text: sections and citations at their places in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from sigmine.model import READ_KINDS, Citation, Document, OffsetMap, Reference, Section, TableCell
from sigmine.readers.mapped_text import LINE_END, MappedText, concatenate


@dataclass(frozen=True, slots=True)
class Part:
    """One section before it has a place; offsets of citations and cells count from its beginning."""

    kind: str
    content: MappedText
    title: str = ""
    subject: str = ""
    citations: tuple[Citation, ...] = ()
    cells: tuple[TableCell, ...] = ()


@dataclass(frozen=True, slots=True)
class JoinedParts:
    """The whole text, and its sections and citations."""

    content: MappedText
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]

    def make_document(
        self,
        id: str,
        *,
        references: tuple[Reference, ...],
        metadata: Mapping[str, str],
        source: str,
        sha256: str,
        escapes: Mapping[int, int] = MappingProxyType({}),
    ) -> Document:
        """The document; ``escapes`` are start and length of the character references in the file."""
        return Document(
            id=id,
            text=self.content.text,
            sections=self.sections,
            citations=self.citations,
            references=references,
            offsets=OffsetMap(self.content.runs, tuple(sorted(escapes.items()))),
            source=source,
            sha256=sha256,
            metadata=tuple(sorted(metadata.items())),
        )


def stays(kind: str) -> bool:
    """Whether sections of this kind keep their place in the reading order; the others go to the end."""
    return kind in READ_KINDS or kind == "heading"


def join_parts(parts: Iterable[Part]) -> JoinedParts:
    """The parts a line each: what is read and headings in their order, then the others in theirs."""
    ordered = sorted(parts, key=lambda part: not stays(part.kind))  # a stable sort
    sections: list[Section] = []
    citations: list[Citation] = []
    start = 0
    for part in ordered:
        end = start + len(part.content.text)
        cells = tuple(replace(cell, start=start + cell.start, end=start + cell.end) for cell in part.cells)
        sections.append(Section(part.kind, start, end, part.title, part.subject, cells))
        for one in part.citations:
            citations.append(Citation(start + one.start, start + one.end, one.marker, one.references))
        start = end + 1  # A line end stands between two sections.
    content = concatenate([part.content for part in ordered], LINE_END)
    return JoinedParts(content, tuple(sections), tuple(citations))
