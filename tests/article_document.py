"""The ``Document`` that an article of ``articles`` should become, whatever file it comes in."""

from __future__ import annotations

from articles import Article, Block, Piece, Work, find_pieces
from sigmine.model import Citation, Document, Reference, Section, TableCell


def make_document(article: Article) -> Document:
    """What a reader without fault makes of the article: raised markers cut out, table cells behind their row's head."""
    builder = _Builder(article)
    builder.add("title", article.title)
    for block in article.blocks:
        if block.kind == "table":
            builder.add("legend", block.text)
            for number, row in enumerate(block.rows):
                for column, cell in enumerate(row):
                    builder.add_cell(number, column, cell, row[0], block)
        else:
            builder.add({"text": "body"}.get(block.kind, block.kind), block.text)
    return builder.finish()


class _Builder:
    """Text, sections and citations in the making."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.works = {work.key: make_reference(work) for work in article.works}
        self.text = ""
        self.sections: list[Section] = []
        self.citations: list[Citation] = []
        self.heading = ""

    def add(self, kind: str, text: str) -> None:
        start = len(self.text)
        for piece in find_pieces(text, frozenset(self.works)):
            if piece.kind == "cite":
                works = tuple(self.works[key] for key in find_keys(piece, self.article))
                at = len(self.text) - 1 if piece.raised else len(self.text)
                end = at + 1 if piece.raised else at + len(piece.text)
                self.citations.append(Citation(at, end, piece.text, works))
            self.text += "" if piece.raised else piece.text
        title = "" if kind in ("title", "heading") else self.heading
        self.heading = text if kind == "heading" else self.heading
        self.sections.append(Section(kind, start, len(self.text), title))
        self.text += "\n"

    def add_cell(self, number: int, column: int, cell: str, head: str, block: Block) -> None:
        start = len(self.text)
        front = f"{head} " if number and column else ""
        self.text += front + cell + "\n"
        end = len(self.text) - 1
        cells = (TableCell(number, column, block.rows[0][column], start + len(front), end),)
        self.sections.append(Section("table", start, end, block.text, front.strip(), cells))

    def finish(self) -> Document:
        return Document(
            id=self.article.id,
            text=self.text,
            sections=tuple(self.sections),
            citations=tuple(self.citations),
            references=tuple(self.works.values()),
        )


def make_reference(work: Work) -> Reference:
    return Reference(number=work.number, pmid=work.pmid, doi=work.doi, title=work.title, text=work.text)


def find_keys(piece: Piece, article: Article) -> list[str]:
    """The keys that a marker means, those between the ends of a range too."""
    keys = [work.key for work in article.works]
    found: list[str] = []
    between = False
    for text, key in piece.parts:
        if key is None:
            between = text.strip() in ("–", "-")
            continue
        first = keys.index(found[-1]) + 1 if between and found else keys.index(key)
        found += keys[first : keys.index(key) + 1]
        between = False
    return found
