"""A small typesetter: articles as two-column PDFs, for tests of the PDF reader.

In texts, ``^{12}`` is raised and ``_{3}`` lowered. The fonts are those that every PDF reader has, unless others are
registered and named.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

PIECE = re.compile(r"\^\{(?P<up>[^}]*)\}|_\{(?P<down>[^}]*)\}|(?P<greek>[α-ωΑ-Ω]+)|(?P<text>(?:(?![\^_]\{)[^α-ωΑ-Ω])+)")
VOWELS = "aeiouy"


@dataclass(frozen=True)
class Block:
    """A unit to set: ``title``, ``authors``, ``abstract``, ``heading``, ``text``, ``figure``, ``table``, ``entry``.

    ``rows`` are the labels of a figure (a row each) or the rows of a table, ``wide`` says that it spans the columns.
    """

    kind: str
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    wide: bool = False


@dataclass
class Setting:
    """How pages look; lengths in points."""

    width: float = 595.0
    height: float = 842.0
    margin: float = 50.0
    gutter: float = 20.0
    columns: int = 2
    size: float = 9.0
    leading: float = 11.0
    regular: str = "Times-Roman"
    bold: str = "Times-Bold"
    greek: str = "Symbol"
    hyphenate: bool = True
    ligatures: bool = False
    indent: float = 10.0
    skip: float = 0.0
    head: str = "J Synth Signal 2021; 4: 10–19"
    feet: bool = True
    encrypt: object = None


FILLER = (
    "The kinase MEK1 is one of the proteins that cells use to send signals, and it is found in nearly every tissue of "
    "the body, where it acts on ERK2 and on a number of others that have been described in yeast and in mice. "
)
"""Words enough to fill lines."""
SIZES = {"title": 1.7, "authors": 1.0, "abstract": 1.0, "heading": 1.1, "figure": 0.85, "table": 0.85, "entry": 0.9}


@dataclass
class Word:
    """Pieces set without a space: text, font, size, rise."""

    pieces: list[tuple[str, str, float, float]]
    plain: str

    @property
    def width(self) -> float:
        return sum(pdfmetrics.stringWidth(text, font, size) for text, font, size, _ in self.pieces)


@dataclass
class Typesetter:
    """Sets blocks from page to page, column to column."""

    setting: Setting
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        s = self.setting
        self.canvas = Canvas(self.buffer, (s.width, s.height), invariant=1, pageCompression=1, encrypt=s.encrypt)
        self.page, self.column, self.top = 1, 0, s.height - s.margin
        self.y = self.top
        self.low = s.margin + 10

    @property
    def column_width(self) -> float:
        s = self.setting
        return (s.width - 2 * s.margin - (s.columns - 1) * s.gutter) / s.columns

    @property
    def left(self) -> float:
        return self.setting.margin + self.column * (self.column_width + self.setting.gutter)

    def set(self, blocks: Sequence[Block]) -> bytes:
        """The PDF."""
        for block in blocks:
            self.set_block(block)
        self.end_page()
        self.canvas.save()
        return self.buffer.getvalue()

    def set_block(self, block: Block) -> None:
        s = self.setting
        size = s.size * SIZES.get(block.kind, 1.0)
        leading = s.leading * SIZES.get(block.kind, 1.0)
        full = block.wide or block.kind in ("title", "authors", "abstract")
        font = s.bold if block.kind in ("title", "heading") else s.regular
        if block.kind in ("figure", "table"):
            self.set_float(block, size, leading)
            return
        if block.kind in ("heading", "title"):
            self.need(4 * leading)
            self.y -= 0.6 * leading
        width = s.width - 2 * s.margin if full else self.column_width
        first = s.indent if block.kind == "text" else 0
        hang = 14.0 if block.kind == "entry" else 0.0
        for line, last, indent in self.break_lines(block.text, font, size, width, first, hang):
            self.need(leading)
            left = s.margin if full else self.left
            self.draw(line, left + indent, self.y - size, None if last else width - indent)
            self.y -= leading
        self.y -= s.skip if block.kind == "text" else 0.4 * leading if block.kind != "entry" else 0
        if full:
            self.top = self.y

    def set_float(self, block: Block, size: float, leading: float) -> None:
        """Rows and legend; a table's legend stands above its rows."""
        s = self.setting
        width = s.width - 2 * s.margin if block.wide else self.column_width
        lines = list(self.break_lines(block.text, s.regular, size, width, 0, 0))
        self.need((len(lines) + len(block.rows) + 5) * leading)
        if block.wide and self.column:
            self.end_page()
        left = s.margin if block.wide else self.left
        self.y -= 1.2 * leading
        for part in ("table", "rows", "figure"):
            if part == "rows":
                for row in block.rows:
                    for index, cell in enumerate(row):
                        self.canvas.setFont(s.regular, size)
                        self.canvas.drawString(left + index * width / max(2, len(row)), self.y - size, cell)
                    self.y -= (1.0 if block.kind == "table" else 2.0) * leading
            elif part == block.kind:
                for line, last, indent in lines:
                    self.draw(line, left + indent, self.y - size, None if last else width)
                    self.y -= leading
                self.y -= 0.5 * leading
        self.y -= 1.2 * leading
        if block.wide:
            self.top = self.y

    def need(self, height: float) -> None:
        """Go on in the next column, or on the next page, where there is no room."""
        if self.y - height >= self.low:
            return
        if self.column + 1 < self.setting.columns:
            self.column += 1
            self.y = self.top
        else:
            self.end_page()

    def end_page(self) -> None:
        s = self.setting
        self.canvas.setFont(s.regular, 8)
        if s.head and self.page > 1:
            self.canvas.drawString(s.margin, s.height - 30, s.head)
        if s.feet:
            self.canvas.drawCentredString(s.width / 2, 25, str(9 + self.page))
        self.canvas.showPage()
        self.page, self.column, self.top = self.page + 1, 0, s.height - s.margin
        self.y = self.top

    def make_words(self, text: str, font: str, size: float) -> list[Word]:
        s = self.setting
        words = []
        for plain in text.split():
            pieces: list[tuple[str, str, float, float]] = []
            for match in PIECE.finditer(plain):
                part = match["up"] or match["down"] or match["greek"] or match["text"]
                rise = 0.35 * size if match["up"] else -0.15 * size if match["down"] else 0.0
                if s.ligatures:
                    part = part.replace("fi", "ﬁ").replace("fl", "ﬂ")
                pieces.append((part, s.greek if match["greek"] else font, size * (0.68 if rise else 1.0), rise))
            words.append(Word(pieces, plain))
        return words

    def break_lines(
        self, text: str, font: str, size: float, width: float, first: float, hang: float
    ) -> Iterator[tuple[list[Word], bool, float]]:
        """Lines of words, whether each is its paragraph's last, and its indent."""
        space = pdfmetrics.stringWidth(" ", font, size)
        line: list[Word] = []
        used, indent = 0.0, first
        words = self.make_words(text, font, size)
        while words:
            word = words.pop(0)
            room = width - indent - used - (space if line else 0)
            if word.width <= room:
                used += word.width + (space if line else 0)
                line.append(word)
                continue
            parts = self.split_word(word, room, font, size)
            if parts:
                line.append(parts[0])
                words.insert(0, parts[1])
            elif line:
                words.insert(0, word)
            else:
                line.append(word)
            yield line, False, indent
            line, used, indent = [], 0.0, hang
        yield line, True, indent

    def split_word(self, word: Word, room: float, font: str, size: float) -> tuple[Word, Word] | None:
        """The word parted with a hyphen behind a vowel and before a consonant, where it fits."""
        if not self.setting.hyphenate or not re.fullmatch(r"[a-z]{7,}[,.;]?", word.plain):
            return None
        for at in range(len(word.plain) - 4, 2, -1):
            if word.plain[at - 1] in VOWELS and word.plain[at] not in VOWELS:
                [head] = self.make_words(word.plain[:at] + "-", font, size)
                if head.width <= room:
                    return head, self.make_words(word.plain[at:], font, size)[0]
        return None

    def draw(self, line: Sequence[Word], x: float, y: float, width: float | None) -> None:
        """Draw the words, spread to the width if one is given."""
        if not line:
            return
        text = self.canvas.beginText(x, y)
        size = line[0].pieces[0][2]
        gaps = max(1, len(line) - 1)
        natural = pdfmetrics.stringWidth(" ", self.setting.regular, size)
        space = natural if width is None else (width - sum(word.width for word in line)) / gaps
        for index, word in enumerate(line):
            for piece, piece_font, piece_size, rise in word.pieces:
                text.setFont(piece_font, piece_size)
                text.setRise(rise)
                text.textOut(piece)
            text.setRise(0)
            text.setFont(self.setting.regular, size)
            if index + 1 < len(line):
                text.setWordSpace(space - natural)
                text.textOut(" ")
                text.setWordSpace(0)
        self.canvas.drawText(text)


def typeset(blocks: Sequence[Block], setting: Setting | None = None) -> bytes:
    """A PDF of the blocks; the same blocks give the same bytes."""
    return Typesetter(setting or Setting()).set(blocks)


def make_blocks(text: str, *, raised: bool = False) -> list[Block]:
    """Blocks of a plain text whose paragraphs are lines; ``raised`` makes its ``[1, 2]`` raised numbers."""
    paragraphs = [re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", part) for part in re.split(r"\n\s*\n", text.strip())]
    blocks: list[Block] = []
    part = ""
    for index, paragraph in enumerate(paragraphs):
        if "\t" in paragraph:
            caption, *rows = paragraph.split("\n")
            blocks.append(Block("table", caption, tuple(tuple(row.split("\t")) for row in rows), wide=True))
            continue
        paragraph = " ".join(paragraph.split("\n"))
        if raised and part != "References":
            paragraph = re.sub(
                r" \[(\d[\d, –-]*)\]([.,;]?)", lambda m: f"{m[2]}^{{{m[1].replace(' ', '')}}}", paragraph
            )
        if index == 0:
            blocks.append(Block("title", paragraph))
        elif len(paragraph) < 80 and not paragraph.endswith("."):
            part = paragraph
            blocks.append(Block("abstract" if part == "Abstract" else "heading", part))
        elif paragraph.startswith(("Figure ", "Table ")):
            blocks.append(Block("figure", paragraph, (("insulin", "plasma membrane"), ("nucleus", "p"))))
        elif part == "References":
            entries = re.split(r" (?=\d{1,2}\. [A-Z])", paragraph)
            blocks += [Block("entry", entry) for entry in entries]
        else:
            blocks.append(Block("abstract" if part == "Abstract" else "text", paragraph))
    return blocks
