"""A page that shows texts with their names marked and their relations drawn above the words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sigmine.model import ENTITY_TYPES, READ_KINDS, Document, Entity, Evidence, Section, Site
from sigmine.model.html import escape_text
from sigmine.model.marked import cut_text
from sigmine.web.drawn_sentence import Name, choose_names, draw_sentence, name_entity, name_site
from sigmine.web.pages import render_page

_SHOWN_KINDS = READ_KINDS | {"heading", "keywords"}
_HEADINGS = {"title": "h3", "heading": "h4"}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text, ``start`` its first character in the document; a sentence if ``evidence`` is of it."""

    text: str
    start: int
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading, a row of a table; ``kind`` is that of its section."""

    kind: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ShownText:
    """What the page shows of one document; ``names`` are sorted and disjoint, ``note`` is empty if there is none."""

    document: str
    passages: tuple[Passage, ...]
    names: tuple[Name, ...]
    note: str = ""

    @property
    def relations(self) -> int:
        """How many are drawn."""
        return sum(len(part.evidence) for passage in self.passages for part in passage.parts)


def show_document(
    document: Document,
    entities: Iterable[Entity],
    sites: Iterable[Site],
    evidence: Sequence[Evidence],
    *,
    relations_only: bool = False,
) -> ShownText:
    """The running text, section by section.

    Args:
        evidence: what is drawn, of this document.
        relations_only: show the sentences with relations alone.
    """
    sections = document.sections or _split_paragraphs(document.text)
    passages = (
        Passage(section.kind, tuple(_split_section(document.text, section, evidence, relations_only)))
        for section in sections
    )
    names = choose_names([*map(name_entity, entities), *map(name_site, sites)], evidence)
    return ShownText(document.id, tuple(one for one in passages if one.parts), names)


def show_evidence(document: str, evidence: Sequence[Evidence], *, note: str = "") -> ShownText:
    """The sentences that state something, where the text itself is not at hand; what is marked are their ends."""
    passages = [
        Passage(group[0].section, (Part(group[0].sentence, group[0].start, tuple(group)),))
        for group in _group_sentences(evidence)
    ]
    return ShownText(document, tuple(passages), choose_names((), evidence), note)


def render_texts(texts: Sequence[ShownText], *, title: str, failures: Sequence[tuple[str, str]] = ()) -> str:
    """The page: one file that needs no network and no script; everything from texts and files is escaped.

    Args:
        failures: place and reason of each document that could not be read.
    """
    from markupsafe import Markup

    return render_page(
        "text.html",
        ("page.css", "network.css", "drawing.css", "text.css"),
        (),
        title=title,
        texts=[(text, Markup(_render_text(text))) for text in texts],
        failures=failures,
        types=_find_types(texts),
        has_relations=any(text.relations for text in texts),
    )


def _render_text(text: ShownText) -> str:
    starts = [name.start for name in text.names]

    def find_names(part: Part) -> Sequence[Name]:
        low, high = bisect_left(starts, part.start), bisect_left(starts, part.start + len(part.text))
        return text.names[low:high]

    pieces = []
    for is_shown, passages in groupby(text.passages, key=lambda one: one.kind in _SHOWN_KINDS):
        body = "\n".join(_render_passage(one, find_names) for one in passages)
        pieces.append(body if is_shown else f"<details><summary>not read</summary>\n{body}\n</details>")
    return "\n".join(pieces)


def _render_passage(passage: Passage, find_names: Callable[[Part], Sequence[Name]]) -> str:
    tag = _HEADINGS.get(passage.kind, "div")
    body = "".join(_render_part(part, find_names(part)) for part in passage.parts)
    return f'<{tag} class="passage {escape_text(passage.kind)}">{body}</{tag}>'


def _render_part(part: Part, names: Sequence[Name]) -> str:
    if part.evidence:
        return f"<figure>{draw_sentence(part.text, part.start, names, part.evidence)}</figure>"
    by_place = {(name.start, name.end): name for name in names}
    pieces, at = [], part.start
    for piece in cut_text(part.text, [(name.start, name.end, name.type) for name in names], start=part.start):
        words = escape_text(piece.text)
        name = by_place.get((at, at + len(piece.text)))
        if name is not None:
            words = f'<mark class="{escape_text(name.type)}" title="{escape_text(name.title)}">{words}</mark>'
        pieces.append(words)
        at += len(piece.text)
    return "".join(pieces)


def _split_section(text: str, section: Section, evidence: Sequence[Evidence], relations_only: bool) -> Iterator[Part]:
    inside = [one for one in evidence if section.start <= one.start < section.end]
    at = section.start
    for group in _group_sentences(inside):
        start, end = group[0].start, group[0].end
        if text[at:start].strip() and not relations_only:
            yield Part(text[at:start], at)
        yield Part(text[start:end], start, tuple(group))
        at = max(at, end)
    if text[at : section.end].strip() and not relations_only:
        yield Part(text[at : section.end], at)


def _group_sentences(evidence: Iterable[Evidence]) -> Iterator[list[Evidence]]:
    """Evidence by its sentence, in the order of the text."""
    ordered = sorted(evidence, key=lambda one: (one.start, one.end, one.mention.trigger.start))
    for _, group in groupby(ordered, key=lambda one: (one.start, one.end)):
        yield list(group)


def _split_paragraphs(text: str) -> list[Section]:
    sections, at = [], 0
    for paragraph in text.split("\n\n"):
        sections.append(Section("body", at, at + len(paragraph)))
        at += len(paragraph) + 2
    return sections


def _find_types(texts: Iterable[ShownText]) -> list[str]:
    found = {name.type for text in texts for name in text.names}
    known = (*ENTITY_TYPES, "SITE")
    return [*(one for one in known if one in found), *sorted(found - {*known})]
