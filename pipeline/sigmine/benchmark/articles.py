"""Articles to measure with: as long and as nested as reviews are, out of the documents that come with sigmine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sigmine.resources.corpus import find_corpus

REFERENCES = 150
"""Entries of an article's reference list, as reviews have."""
_CITES_EVERY = 2
_MARKER = re.compile(r"\s?(?:\[\d+(?:[,–-]\s?\d+)*\]|\(\d+(?:[,–-]\s?\d+)*\))")
_SENTENCE_END = re.compile(r"(?<=[a-z\d)])\.\s(?=[A-Z])")
_BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*\.?\s+")
_SURNAMES = ("Adler", "Brandt", "Costa", "Dumas", "Eriksen", "Ferrari", "Gruber", "Horvat", "Ito", "Jansen", "Kovacs")
_WORDS = ("kinase", "signalling", "growth", "lysosome", "membrane", "receptor", "cascade", "stress", "liver", "mouse")
_JOURNALS = ("Annals of Invented Signalling", "J Synth Biol", "Imaginary Cell")

Sentence = tuple[str, tuple[int, ...]]
"""Without its full stop, and the numbers of the works that it cites."""
Paragraph = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its paragraphs, and the sections within it."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """An invented entry of a reference list."""

    number: int
    authors: tuple[tuple[str, str], ...]
    title: str
    journal: str
    year: int

    @property
    def text(self) -> str:
        """As it is printed, without its number."""
        names = ", ".join(f"{surname} {initials}" for surname, initials in self.authors)
        place = f"{self.number % 60 + 1}:{self.number}–{self.number + 9}"
        return f"{names}. {self.title}. {self.journal}. {self.year};{place}. doi:{self.doi}"

    @property
    def doi(self) -> str:
        """Leads nowhere: 10.5555 is the prefix for examples."""
        return f"10.5555/bench.{self.number}"


@dataclass(frozen=True, slots=True)
class Article:
    """A review: its parts in reading order.

    ``rows`` are those of its table, the heads of the columns first; ``legends`` are those of its figures; ``is_raised``
    says whether it cites by raised numbers or by numbers in brackets.
    """

    title: str
    abstract: Paragraph
    sections: tuple[Section, ...]
    rows: tuple[tuple[str, ...], ...]
    legends: tuple[str, ...]
    works: tuple[Work, ...]
    is_raised: bool

    def list_paragraphs(self) -> list[Paragraph]:
        """The paragraphs of all sections, in reading order."""
        return [paragraph for section in self.sections for paragraph in _walk(section)]


def make_articles(count: int, *, texts: int | None = None) -> list[Article]:
    """So many articles, the same each time; they differ in the order of their sections and in how they cite.

    Args:
        texts: how many of the bundled documents an article is made of; None for all.

    Raises:
        ResourceError: if the bundled documents are missing.
    """
    files = sorted(find_corpus().glob("*.txt"))[:texts]
    chapters = [_read_chapter(path.read_text(encoding="utf-8")) for path in files]
    works = tuple(_make_work(number) for number in range(1, REFERENCES + 1))
    return [_make_article(chapters[at:] + chapters[:at], works, at) for at in (i % len(files) for i in range(count))]


def _walk(section: Section) -> Iterator[Paragraph]:
    yield from section.paragraphs
    for inner in section.sections:
        yield from _walk(inner)


@dataclass(frozen=True, slots=True)
class _Chapter:
    """What a bundled document holds, its own references left out."""

    title: str
    abstract: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    legends: tuple[str, ...]


def _read_chapter(text: str) -> _Chapter:
    text = _BROKEN_WORD.sub("", text.partition("\nReferences\n")[0])
    blocks = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
    title, abstract = blocks[0], blocks[2]
    sections: list[tuple[str, tuple[str, ...]]] = []
    legends: list[str] = []
    for block in blocks[3:]:
        if block.startswith(("Figure", "Table")):
            legends.append(block)
        elif len(block) < 100 and not block.endswith("."):
            sections.append((_NUMBERED.sub("", block), ()))
        elif sections and " " in block:
            heading, paragraphs = sections[-1]
            sections[-1] = (heading, (*paragraphs, block))
    return _Chapter(title, abstract, tuple(sections), tuple(legends))


def _make_article(chapters: Sequence[_Chapter], works: tuple[Work, ...], place: int) -> Article:
    numbers = _count_up(len(works))
    sections = tuple(
        Section(
            chapter.title,
            (_make_paragraph(chapter.abstract, numbers),),
            tuple(
                Section(heading, tuple(_make_paragraph(one, numbers) for one in paragraphs))
                for heading, paragraphs in chapter.sections
            ),
        )
        for chapter in chapters
    )
    first = chapters[0]
    abstract = tuple((text, ()) for text in _SENTENCE_END.split(_MARKER.sub("", first.abstract).rstrip(".")))
    legends = tuple(legend for chapter in chapters for legend in chapter.legends)
    return Article(first.title, abstract, sections, _make_rows(chapters), legends, works, is_raised=place % 2 == 1)


def _count_up(limit: int) -> Iterator[tuple[int, ...]]:
    """Groups of numbers as reviews cite: new ones in order, again from 1 after the last."""
    number = 0
    while True:
        for size in (1, 2, 1, 3):
            yield tuple(sorted((number + step) % limit + 1 for step in range(size)))
            number += size


def _make_paragraph(text: str, numbers: Iterator[tuple[int, ...]]) -> Paragraph:
    sentences = _SENTENCE_END.split(_MARKER.sub("", text).rstrip("."))
    return tuple((one, () if place % _CITES_EVERY else next(numbers)) for place, one in enumerate(sentences))


def _make_rows(chapters: Sequence[_Chapter]) -> tuple[tuple[str, ...], ...]:
    """A table of short cells; its words are the documents' own."""
    rows = [
        (heading, f"{len(paragraphs)} paragraphs", _SENTENCE_END.split(paragraphs[0])[0][:80])
        for chapter in chapters
        for heading, paragraphs in chapter.sections
        if paragraphs
    ]
    return (("Topic", "Length", "What is said first"), *rows)


def _make_work(number: int) -> Work:
    people = tuple(
        (_SURNAMES[(number * 7 + place * 3) % len(_SURNAMES)], "ABCDEFGHJK"[(number + place) % 10])
        for place in range(3 + number % 5)
    )
    words = [_WORDS[(number * 7 + place * 3) % len(_WORDS)] for place in range(7)]
    title = f"{words[0].capitalize()} {words[1]} and the {' '.join(words[2:5])} of {words[5]} {words[6]}"
    return Work(number, people, title, _JOURNALS[number % len(_JOURNALS)], 1990 + number % 35)
