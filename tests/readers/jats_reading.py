"""JATS of a few lines read in tests, and what is looked at."""

from __future__ import annotations

from pathlib import Path

from sigmine.model import Document, Section
from sigmine.readers import Source
from sigmine.readers.jats import read_jats

DATA = Path(__file__).resolve().parents[1] / "data"
SAMPLE = DATA / "reader_sample.nxml"
REFERENCES = "".join(
    f'<ref id="B{n}"><label>{n}</label><mixed-citation>Work {n}.</mixed-citation></ref>' for n in range(1, 10)
)


def parse(text: str | bytes) -> Document:
    [document] = read_jats(Source("a.nxml", data=text.encode() if isinstance(text, str) else text))
    assert isinstance(document, Document)
    return document


def parse_body(body: str) -> Document:
    return parse(
        f"<article><body>{body}</body><back><ref-list>{REFERENCES}</ref-list></back></article>",
    )


def cited(document: Document) -> list[tuple[str, list[int | None]]]:
    return [(c.marker, [reference.number for reference in c.references]) for c in document.citations]


def get_section(document: Document, text: str) -> Section:
    [section] = [s for s in document.sections if document.text[s.start : s.end] == text]
    return section
