"""Sentence borders that layout and punctuation decide, set before the parser, which decides the rest.

The parser neither joins what stands apart here nor cuts what is kept together.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from sigmine.nlp.plain_words import read_words
from sigmine.nlp.sentence_signs import begins_like_sentence, find_border

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from thinc.types import Ints2d

    from sigmine.model import Document

_CODES = {True: 1, False: -1, None: 0}  # of spaCy's SENT_START
_LONGEST_BRACKET = 200  # characters; a longer one may hold sentences, or its end is lost
_BRACKET_OR_BREAK = re.compile(r"[()\[\]]|\n\n")
_CLOSES = {")": "(", "]": "["}
_GLUED = re.compile(r"[\w)\]]{2}[.?!]$")
_CAPITALISED = re.compile(r"[A-Z][a-z]")
_WRAPPED_AT = 130  # characters of a line, at most, in text with hard line ends


class SentenceBorders:
    """The spaCy component that sets ``token.is_sent_start`` where the border is certain.

    True at the starts of the sections of ``doc._.document`` (if it is set), after paragraphs, and after a full stop
    that ends a sentence; False within one, after abbreviations and initials, and in brackets; None where it stays
    open. White space belongs to the sentence before it.
    """

    def __init__(self) -> None:
        from spacy.tokens import Doc

        if not Doc.has_extension("document"):
            Doc.set_extension("document", default=None)

    def __call__(self, doc: Doc) -> Doc:
        import numpy as np

        borders = _find_borders(doc)
        # All at once: the setter of a token looks through the whole Doc each time.
        values = np.array([[_CODES[border]] for border in borders], dtype=np.int64).reshape(-1, 1)
        return doc.from_array(["SENT_START"], cast("Ints2d", values.astype(np.uint64)))


def _find_borders(doc: Doc) -> list[bool | None]:
    """For each token whether a sentence begins with it."""
    plain = read_words(doc)
    text = plain.text
    fixed = _find_section_borders(doc._.document) if doc._.document is not None else []
    bracketed = _find_bracketed(text)
    wrapped = is_wrapped(text)
    borders: list[bool | None] = []
    end = 0  # of the last token that is no white space
    for word, start in zip(plain.words, plain.starts, strict=True):
        if word.isspace():
            borders.append(not borders)
            continue
        crossed = False
        while fixed and fixed[-1] <= start:
            fixed.pop()
            crossed = True
        if not end:
            borders.append(not borders)
        elif start == end + 1 and text[end] == " " and text[end - 1].isalpha() and text[start] != "(":
            borders.append(crossed)  # the usual case, which ``find_border`` denies too
        else:
            borders.append(crossed or _decide(text, end, start, bracketed, wrapped=wrapped))
        end = start + len(word)
    return borders


def _find_section_borders(document: Document) -> list[int]:
    """Starts and ends of sections, the last first."""
    return sorted({place for section in document.sections for place in (section.start, section.end)}, reverse=True)


def _decide(text: str, end: int, start: int, bracketed: bytearray, *, wrapped: bool) -> bool | None:
    """Whether a sentence begins at ``start``; the word before ends at ``end``."""
    if end == start:
        # A missing space ("is active.The") may be a border; the parser sees.
        return None if _GLUED.search(text, max(0, end - 3), end) and _CAPITALISED.match(text, start) else False
    breaks = text.count("\n", end, start)
    if breaks > 1:
        return True
    if breaks and not wrapped:
        return begins_like_sentence(text, start) or None
    return False if bracketed[start] else find_border(text, start)


def _find_bracketed(text: str) -> bytearray:
    """One byte for each character: 1 inside round or square brackets that close soon and in the same paragraph."""
    inside = bytearray(len(text))
    opened: list[int] = []
    for match in _BRACKET_OR_BREAK.finditer(text):
        place, character = match.start(), match[0]
        if character in "([":
            opened.append(place)
        elif character in _CLOSES:
            if opened and text[opened[-1]] == _CLOSES[character]:
                first = opened.pop() + 1
                if place - first <= _LONGEST_BRACKET:
                    inside[first:place] = b"\x01" * (place - first)
        else:
            opened.clear()
    return inside


def is_wrapped(text: str) -> bool:
    """Whether single line ends only wrap lines: at least three long lines, most of which do not end a sentence."""
    rows = [row.strip() for row in text.split("\n")]
    lines = [row for row, after in pairwise(rows) if row and after]
    if len(lines) < 3 or max(map(len, lines)) > _WRAPPED_AT or sum(map(len, lines)) < 40 * len(lines):
        return False
    return 2 * sum(line.endswith((".", "?", "!", ":")) for line in lines) < len(lines)
