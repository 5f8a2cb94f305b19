"""Text set in rows without a browser: where each character stands, so that lines can be drawn from word to word.

Widths are those of Helvetica, which Arial and Liberation Sans share. What is drawn says how wide each run of words is
(``textLength``), so it fits also where a page is shown in another font.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FONT_SIZE = 16.0
"""In pixels, as all lengths here."""

_THOUSANDTHS = {
    191: "'", 222: "ijl’‘", 260: "|", 278: " !,./:;I[]\\ft\u00a0", 333: "()-`r{}“”", 355: '"', 389: "*", 469: "^",
    500: "Jcksvxyz", 556: "#$?L_abdeghnopqu0123456789–", 584: "+<=>~×±", 611: "FTZ",
    667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%", 944: "W", 1000: "—…", 1015: "@",
}  # fmt: skip
_WIDTHS = {character: width / 1000 for width, characters in _THOUSANDTHS.items() for character in characters}
_OTHER_WIDTH = 0.6
_WIDE_FROM = "\u2e80"  # from here on come the scripts whose signs are squares


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of one row: ``left`` and ``right`` in pixels, rows counted from 0; ``start`` and ``end`` are its
    half-open characters.
    """

    row: int
    left: float
    right: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Rows:
    """A text in rows. Of each character ``rows`` says the row and ``lefts`` the place; blanks at a row's end reach out.

    ``count`` is the number of rows, at least 1.
    """

    text: str
    rows: tuple[int, ...]
    lefts: tuple[float, ...]
    count: int

    def find_boxes(self, start: int, end: int) -> list[Box]:
        """The places of ``text[start:end]``, a box for each row; blanks at its ends and at rows' ends do not count."""
        boxes: list[Box] = []
        for word in re.compile(r"\S+").finditer(self.text, max(start, 0), min(end, len(self.text))):
            for at in range(*word.span()):
                row, left = self.rows[at], self.lefts[at]
                right = left + measure_character(self.text[at])
                if boxes and boxes[-1].row == row:
                    boxes[-1] = Box(row, boxes[-1].left, right, boxes[-1].start, at + 1)
                else:
                    boxes.append(Box(row, left, right, at, at + 1))
        return boxes


def measure_character(character: str) -> float:
    """Its width in pixels, at ``FONT_SIZE``."""
    width = _WIDTHS.get(character)
    if width is None:
        width = 1.0 if character >= _WIDE_FROM else _OTHER_WIDTH
    return width * FONT_SIZE


def measure_text(text: str, size: float = FONT_SIZE) -> float:
    """The width of a text in one row, in pixels."""
    return sum(map(measure_character, text)) * size / FONT_SIZE


def flow_text(text: str, width: float) -> Rows:
    """The text in rows of at most ``width`` pixels, broken between words, and within a word that is wider than one."""
    rows: list[int] = []
    lefts: list[float] = []
    row, left = 0, 0.0
    for word in re.finditer(r"\S+|\s+", text):
        is_blank = word[0].isspace()
        if not is_blank and left > 0 and left + measure_text(word[0]) > width:
            row, left = row + 1, 0.0
        for character in word[0]:
            step = measure_character(" " if is_blank else character)
            if not is_blank and left > 0 and left + step > width:
                row, left = row + 1, 0.0
            rows.append(row)
            lefts.append(left)
            if not (is_blank and left == 0):  # no row begins with a blank
                left += step
    return Rows(text, tuple(rows), tuple(lefts), row + 1)
