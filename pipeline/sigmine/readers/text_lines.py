"""The lines of a text file: their content, the white space around them, and the layout they make."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from sigmine.readers.mapped_text import SPACE, MappedText, join
from sigmine.readers.text_shapes import starts_lower

_DROPPED = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b-\u200f\u2060\ufeff"
_SOFT_HYPHEN = "\xad"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_ODD = re.compile(rf"  |[^\S ]|[{_DROPPED}{_SOFT_HYPHEN}\ufb00-\ufb06]")
_PIECE = re.compile(rf"[\s{_DROPPED}{_SOFT_HYPHEN}]+|[\ufb00-\ufb06]|[^\s{_DROPPED}{_SOFT_HYPHEN}\ufb00-\ufb06]+")
_BLANK = re.compile(rf"[\s{_DROPPED}{_SOFT_HYPHEN}]+")
_MARGINS = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u2028\u2029\ufeff\u200b"

_CELL_BREAK = re.compile(r"\s+\|\s+|^\|\s*|\s*\|$|\s*\t\s*|\s{3,}")
_ANY_BAR = re.compile(r"\|")
_BAR = re.compile(r"(?<=\s)\|(?=\s)|^\|(?=\s)|(?<=\s)\|$")
_SCRIPT = re.compile(r"\d{1,3}(?:[,–-]\d{1,3})*|[+−]|\d[+−]")
_SUBSCRIPT_NAME = re.compile(r"(?:^|[\s(/–-])(?:PIP|IC|EC|ED|LD|GI|TC|LC|G|CO|H|Ca|Mg|PG[EDFI]|Ins?P|IP|V|T|K|D)$")
_BULLET = re.compile(r"[•●▪◦■]")
_INLINE_BULLET = re.compile(r"(?<=\S)\s+(?=[•●▪◦■]\s)")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_CLOSING = ",;.:)/]"
_LONG_LINE = 250


@dataclass(slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        content: without white space at the ends, runs of white space inside as one space.
        number: of the line in the file, from 1.
        gap: blank lines before it.
        indent: white space characters before its content.
        trailing: whether white space follows its content.
        page: whether a page break stands before it.
        cells: its columns where tabs, bars or wide gaps part them, else empty.
        drawn: whether it is known to be a word inside a drawing.
    """

    content: MappedText
    number: int
    gap: int = 0
    indent: int = 0
    trailing: bool = False
    page: bool = False
    cells: tuple[MappedText, ...] = ()
    drawn: bool = False

    @property
    def text(self) -> str:
        return self.content.text


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a file make paragraphs.

    Attributes:
        flowing: a paragraph is one line, however long (copied from a web page).
        spaced: a blank line follows every line, so it says nothing about paragraphs (text layer of a PDF).
        trailing: a line that goes on ends in white space; one without ends its paragraph.
        indented: the first line of a paragraph is indented.
    """

    flowing: bool = False
    spaced: bool = False
    trailing: bool = False
    indented: bool = False


def normalise(content: MappedText) -> MappedText:
    """White space runs as one space, invisible characters out, ligatures spelt out (their letters are inserted)."""
    text = content.text
    # Nearly all lines pass these quick tests: what is odd cannot be printed, apart from ligatures.
    if text.isprintable() and "  " not in text and (text.isascii() or not _LIGATURE.search(text)):
        return content
    if not _ODD.search(text):
        return content
    parts: list[MappedText] = []
    for match in _PIECE.finditer(content.text):
        piece, start = match[0], match.start()
        if piece in _LIGATURES:
            parts.append(MappedText.inserted(_LIGATURES[piece]))
        elif _BLANK.fullmatch(piece):
            space = piece.find(" ")
            if space >= 0:
                parts.append(content.cut(start + space, start + space + 1))
            elif not piece.isspace() and not any(char.isspace() for char in piece):
                # A soft hyphen counts at the end of a line only, where a word is broken.
                if match.end() == len(content.text) and _SOFT_HYPHEN in piece:
                    at = start + piece.index(_SOFT_HYPHEN)
                    parts.append(content.cut(at, at + 1))
            else:
                parts.append(SPACE)
        else:
            parts.append(content.cut(start, match.end()))
    return join(parts)


def split_lines(text: str) -> list[Line]:
    """The lines that are not blank, in file order."""
    lines: list[Line] = []
    position = gap = 0
    page = False
    for number, raw in enumerate(text.splitlines(keepends=True), start=1):
        stripped = raw.strip(_MARGINS)
        body = raw.rstrip("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        if not stripped or (not stripped[0].isprintable() and _BLANK.fullmatch(stripped)):
            if body and gap == 0 and lines and _SCRIPT.fullmatch(lines[-1].text):
                lines[-1].trailing = True  # The white space after a raised or lowered number got its own line.
            else:
                gap += 1
        else:
            indent = raw.index(stripped[0])
            start = position + indent
            content = normalise(MappedText(stripped, ((0, start, len(stripped)),)))
            trailing = body[-1].isspace()
            cells = (
                _split_cells(text, start, stripped) if "\t" in stripped or "|" in stripped or "   " in stripped else ()
            )
            lines.append(Line(content, number, gap, indent, trailing, page, cells))
            gap, page = 0, False
        page = page or raw.endswith("\f")
        position += len(raw)
    return lines


def _split_cells(text: str, start: int, stripped: str) -> tuple[MappedText, ...]:
    if stripped[0] == stripped[-1] == "|" or _BAR.search(stripped):
        return _split_bars(text, start, stripped)
    cells: list[MappedText] = []
    position = 0
    for match in [*_CELL_BREAK.finditer(stripped), None]:
        end = match.start() if match else len(stripped)
        if end > position:
            cells.append(normalise(MappedText.from_file(text, start + position, start + end)))
        position = match.end() if match else end
    return tuple(cells) if len(cells) > 1 else ()


def _split_bars(text: str, start: int, stripped: str) -> tuple[MappedText, ...]:
    """Between bars, empty cells too; bars within words part nothing, but for a line framed by bars (Markdown)."""
    pattern = _ANY_BAR if stripped[0] == stripped[-1] == "|" else _BAR
    bars = [match.start() for match in pattern.finditer(stripped)]
    bars = [*([] if bars[0] == 0 else [-1]), *bars, *([] if stripped[-1] == "|" else [len(stripped)])]
    cells: list[MappedText] = []
    for low, high in itertools.pairwise(bars):
        inside = stripped[low + 1 : high]
        at = start + low + 1 + len(inside) - len(inside.lstrip(_MARGINS))
        cells.append(normalise(MappedText.from_file(text, at, at + len(inside.strip(_MARGINS)))))
    return tuple(cells) if len(cells) > 1 else ()


def merge_scripts(lines: Sequence[Line]) -> list[Line]:
    """Put raised and lowered numbers that got a line of their own (``PIP`` / ``2`` / ``) is``) back into their line."""
    merged: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        after = lines[index + 1] if index + 1 < len(lines) else None
        index += 1
        first = line.text[:1]
        may_be = first.isdigit() or first in "+−"
        if not may_be or not merged or after is None or not _is_script(merged[-1], line, after):
            merged.append(line)
            continue
        base = merged[-1]
        parts = [base.content, line.content]
        base.trailing = line.trailing
        if not line.trailing and (_hangs(after) or starts_lower(after.text)):
            if after.text[0] not in _CLOSING:
                parts.append(SPACE)
            parts.append(after.content)
            base.trailing = after.trailing
            index += 1
        base.content = join(parts)
    return merged


def _is_script(base: Line, line: Line, after: Line) -> bool:
    """Told from a page number by the lines around it: the base lacks a number, or the line after visibly goes on."""
    if (
        base.trailing
        or line.gap + after.gap > 1
        or not _SCRIPT.fullmatch(line.text)
        or not _HAS_LETTER.search(base.text)
    ):
        return False
    if _SUBSCRIPT_NAME.search(base.text):
        return True
    cites = base.text[-1] in ".,;:)”’"
    return (line.trailing or _hangs(after)) and (cites or starts_lower(after.text) or after.text[0] in _CLOSING)


def _hangs(after: Line) -> bool:
    return after.indent > 0 or after.text[0] in _CLOSING


def split_bullets(lines: Sequence[Line]) -> list[Line]:
    """Start a new line at a bullet inside a line (``RAPTOR mTORC1 • Binds ...``), unless the line lists keywords."""
    result: list[Line] = []
    for line in lines:
        bullets = None if line.text.isascii() else _BULLET.search(line.text, 1)
        starts = [match.start() for match in _INLINE_BULLET.finditer(line.text)] if bullets else []
        if not starts or line.text[:4].lower() in ("keyw", "key "):
            result.append(line)
            continue
        first = True
        for start, end in zip([0, *starts], [*starts, len(line.text)], strict=True):
            content = line.content.cut(start, end)
            content = content.cut(len(content.text) - len(content.text.lstrip()))
            last = end == len(line.text)
            gap, indent = (line.gap, line.indent) if first else (0, 0)
            result.append(Line(content, line.number, gap, indent, last and line.trailing, first and line.page))
            first = False
    return result


def measure_layout(lines: Sequence[Line]) -> Layout:
    """Read the layout off the places where a sentence plainly goes on in the next line."""
    texts = [line.text for line in lines]
    lengths = [len(text) for text in texts]
    if sum(length for length in lengths if length > _LONG_LINE) > 0.3 * sum(lengths):
        return Layout(flowing=True)
    pairs = [
        (lines[index], lines[index + 1])
        for index, (text, after) in enumerate(itertools.pairwise(texts))
        if lengths[index] >= 25 and (text[-1].islower() or text[-1] == ",") and starts_lower(after)
    ]
    spaced = len(pairs) >= 3 and sum(after.gap > 0 for _, after in pairs) > 0.5 * len(pairs)
    trailing = len(pairs) >= 4 and sum(line.trailing for line, _ in pairs) > 0.8 * len(pairs)
    wide = [line.indent for line, length in zip(lines, lengths, strict=True) if length >= 25]
    share = sum(indent >= 2 for indent in wide)
    indented = not trailing and 0.02 * len(wide) < share < 0.4 * len(wide)
    return Layout(spaced=spaced, trailing=trailing, indented=indented)
