"""The words of one element of JATS: inline markup dissolved, white space made single, citation marks noted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sigmine.readers.jats_xml import Node, Piece
from sigmine.readers.mapped_text import MappedText
from sigmine.readers.raised_numbers import find_powers, move_span, sign_powers

FLOATS = frozenset(
    {"fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "supplementary-material", "fn", "media"}
    | {"chem-struct-wrap"}
)
"""What may stand in the middle of a sentence and is no part of it."""
SILENT = frozenset(
    {"graphic", "inline-graphic", "object-id", "alt-text", "long-desc", "sec-meta", "tex-math", "annotation"}
    | {"annotation-xml", "index-term", "index-term-range-end", "processing-meta", "counts", "glyph-data", "ref-list"}
    | {"abbrev-journal-title", "related-article", "related-object"}
)
"""What is not printed as words, or not as these."""
_FOOTNOTES = frozenset({"fn", "table-fn", "author-notes", "corresp", "aff", "contrib"})
_LONGEST_FOOTNOTE = 3
_CITING = frozenset({"bibr", "ref", "bib", "biblio", "reference", "citation", ""})
"""The ``ref-type`` of links to the reference list; only the first one says so for sure."""
_FORMATS = frozenset(
    {"italic", "bold", "sup", "sub", "sc", "underline", "monospace", "roman", "styled-content", "math", "x"}
)
_PARTED = frozenset({"break", "disp-formula", "disp-formula-group", "p", "title", "list-item", "td", "def", "label"})
"""White space stands around these, whether the file has it or not."""
_SPECIAL = FLOATS | SILENT | _PARTED | {"xref", "sup", "math", "alternatives"}
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_ODD = re.compile(r"[^\S ]|  |[\xad\u200b\u2060-\u2064\ufeff]")
_WHITE_OR_NOTHING = re.compile(r"\s+|[\xad\u200b\u2060-\u2064\ufeff]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A link to the reference list: ``text[start:end]`` (may be empty) and the ids that it points to.

    One that is not ``sure`` is such a link only if the list has one of the ids.
    """

    start: int
    end: int
    targets: tuple[str, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """Text with its way back to the file; the marks and the raised spans in it, both sorted."""

    content: MappedText
    marks: tuple[Mark, ...] = ()
    raised: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        return self.content.text


class Flow:
    """Collects words; ``floats`` holds the elements on the way that are no part of the sentence.

    Args:
        escapes: filled with start and length of each character reference that was met, places in the file.
        parted: whether elements within each other are words of their own (names and fields of a reference).
        printed: ``parted`` only where nothing stands between two elements: the text has its own signs (``19: 131``).
        footnotes: raised texts that are left out (the marks of a table's notes).
    """

    __slots__ = (
        "_ended", "_escapes", "_footnotes", "_length", "_marks", "_parted", "_parts", "_printed", "_raised", "_runs",
        "_spaced", "floats",
    )  # fmt: skip

    def __init__(
        self,
        escapes: dict[int, int],
        *,
        parted: bool = False,
        printed: bool = False,
        footnotes: frozenset[str] = frozenset(),
    ) -> None:
        self.floats: list[Node] = []
        self._escapes, self._parted, self._footnotes = escapes, parted, footnotes
        self._printed = printed
        self._ended = -1  # Where the last element of a printed reference ended.
        self._parts: list[str] = []
        self._runs: list[tuple[int, int, int]] = []
        self._marks: list[Mark] = []
        self._raised: list[tuple[int, int]] = []
        self._length = 0
        self._spaced = True  # At the start no white space is wanted either.

    def finish(self) -> Words:
        """What was collected so far, without white space at the end."""
        text = "".join(self._parts)
        shown = text.rstrip()
        runs = self._runs.copy()
        while runs and runs[-1][0] + runs[-1][2] > len(shown):
            start, place, _ = runs.pop()
            if start < len(shown):
                runs.append((start, place, len(shown) - start))
        raised: list[tuple[int, int]] = []
        if self._raised:
            for start, end in sorted(self._raised, key=lambda span: (span[0], -span[1])):
                if not raised or start >= raised[-1][1]:
                    raised.append((start, end))  # What is raised within it needs no span of its own.
        words = Words(MappedText(shown, tuple(runs)), tuple(self._marks), tuple(raised))
        return _sign_powers(words) if raised else words

    def put(self, text: str) -> None:
        """Characters that the file does not have."""
        self._parts.append(text)
        self._length += len(text)
        self._spaced = text[-1:].isspace()

    def part(self) -> None:
        """White space, if there is none."""
        if not self._spaced:
            self._parts.append(" ")
            self._length += 1
            self._spaced = True

    def take(self, children: Iterable[Node | Piece]) -> Flow:
        """The words of these; returns itself."""
        for child in children:
            if isinstance(child, Piece):
                text, start, length = child
                # Nearly all texts pass the two quick tests, and none that passes is odd.
                if length == len(text) and ((text.isprintable() and "  " not in text) or _ODD.search(text) is None):
                    self._append(text, start)
                else:
                    self._add_odd(text, start, length)
                continue
            tag = child.tag
            if tag in _SPECIAL:
                if tag in FLOATS:
                    self.floats.append(child)
                elif tag not in SILENT:
                    self._take_special(child)
            elif self._printed and tag not in _FORMATS:
                if self._ended == self._length:
                    self.part()
                self.take(child.children)
                self._ended = self._length
            elif self._parted and tag not in _FORMATS:
                self.part()
                self.take(child.children)
                self.part()
            else:
                self.take(child.children)
        return self

    def _take_special(self, node: Node) -> None:
        tag = node.tag
        if tag == "xref":
            self._take_link(node)
        elif tag == "sup":
            start = self._length
            if not self._footnotes or get_text(node) not in self._footnotes:
                self.take(node.children)
            if self._length > start:
                self._raised.append((start, self._length))
        elif tag == "math":
            self._take_formula(node)
        elif tag == "alternatives":
            chosen = node.find("math") or next((one for one in node.elements() if one.tag not in SILENT), None)
            self.take([chosen] if chosen else ())
        else:
            self.part()
            self.take(node.children if tag != "disp-formula" else [one for one in node.children if not _is_label(one)])
            self.part()

    def _take_link(self, node: Node) -> None:
        kind = node.attributes.get("ref-type", "")
        if kind in _FOOTNOTES and len(get_text(node)) <= _LONGEST_FOOTNOTE:
            return
        start = self._length
        self.take(node.children)
        if kind in _CITING:
            targets = tuple(node.attributes.get("rid", "").split())
            self._marks.append(Mark(start, self._length, targets, kind == "bibr"))

    def _take_formula(self, node: Node) -> None:
        """MathML on one line: its letters, numbers and signs, a stroke between the parts of a fraction."""
        for index, child in enumerate(one for one in node.elements() if one.tag not in SILENT):
            if index and node.tag == "mfrac":
                self.put("/")
            if child.tag in _TOKENS:
                self.take(child.children)
            elif child.tag in ("mspace", "mtr", "mtd"):
                self.part()
                self._take_formula(child)
            else:
                self._take_formula(child)

    def _add_odd(self, text: str, start: int, length: int) -> None:
        """Characters with white space to be made single, or a character reference."""
        if length != len(text) and not text.isspace():
            self._escapes[start] = length
            for char in text if _ODD.search(text) is None else ():
                self._append(char, start)
        elif text.isspace():
            self._append(" ", start)
        else:
            at = 0
            for match in _WHITE_OR_NOTHING.finditer(text):
                self._append(text[at : match.start()], start + at)
                if match[0][0].isspace():
                    self._append(" ", start + match.start())
                at = match.end()
            self._append(text[at:], start + at)

    def _append(self, text: str, start: int) -> None:
        """Characters of the file, no white space within but single spaces."""
        if self._spaced and text[:1] == " ":
            text, start = text[1:], start + 1
        if not text:
            return
        runs, at, length = self._runs, self._length, len(text)
        if runs:
            before, place, size = runs[-1]
            if place + size == start and before + size == at:
                runs[-1] = (before, place, size + length)
            else:
                runs.append((at, start, length))
        else:
            runs.append((at, start, length))
        self._parts.append(text)
        self._length = at + length
        self._spaced = text[-1] == " "


def _sign_powers(words: Words) -> Words:
    """The words with ``^`` before the powers of numbers; a number that links to the reference list is none."""
    cited = {at for mark in words.marks for at in (mark.start, mark.end)}
    free = [(start, end) for start, end in words.raised if start not in cited and end not in cited]
    places = find_powers(words.text, free)
    if not places:
        return words
    marks = (Mark(*move_span(mark.start, mark.end, places), mark.targets, mark.sure) for mark in words.marks)
    raised = (move_span(start, end, places) for start, end in words.raised)
    return Words(sign_powers(words.content, places), tuple(marks), tuple(raised))


def _is_label(child: Node | Piece) -> bool:
    return isinstance(child, Node) and child.tag == "label"


def get_text(node: Node | None) -> str:
    """All characters of an element, white space single, none at the ends; empty for None."""
    if node is None:
        return ""
    children = node.children
    if len(children) == 1 and isinstance(child := children[0], Piece):
        return " ".join(child.text.split())
    texts: list[str] = []
    _collect(node, texts)
    return " ".join("".join(texts).split())


def _collect(node: Node, texts: list[str]) -> None:
    for child in node.children:
        if isinstance(child, Piece):
            texts.append(child.text)
        else:
            _collect(child, texts)
