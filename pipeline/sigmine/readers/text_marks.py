"""Markdown's marks within lines: emphasis, links, pictures, and HTML's tags of raised and lowered characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sigmine.readers.mapped_text import MappedText, strip
from sigmine.readers.text_lines import Line
from sigmine.readers.text_shapes import is_markdown_heading

_SCRIPT_TAG = re.compile(r"</?su[bp]>", re.IGNORECASE)
_MARKS = re.compile(
    r"(?P<tag></?su[bp]>)"
    r"|(?P<picture>!\[[^\[\]]*\]\([^()\s]*\))"
    r"|(?P<open>\[)(?P<words>[^\[\]]{1,300})(?P<close>\]\([^()\s]{1,500}\))"
    r"|(?P<before>(?<![\w*])\*{1,3}(?=[^\s*])|(?<![\w_])_{1,2}(?=[^\s_]))"
    r"|(?P<after>(?<=[^\s*])\*{1,3}(?![\w*])|(?<=[^\s_])_{1,2}(?![\w_]))",
    re.IGNORECASE,
)
_MAX_OPEN = 8
"""Marks of emphasis that wait for their other end."""
_NUMBERS = re.compile(r"[\d\s,;–-]+")


def strip_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines without such marks; emphasis, links and pictures count only in a text with Markdown's headings.

    ``<sup>`` and ``<sub>`` are taken away from any text. A link whose words are numbers is a citation marker and keeps
    its brackets. A line that was nothing but a picture is gone.
    """
    markdown = any(is_markdown_heading(line.text) for line in lines)
    if not markdown and not any("<su" in line.text.lower() for line in lines):
        return list(lines)
    kept: list[Line] = []
    gap = 0
    for line in lines:
        line.content = _strip_content(line.content, markdown)
        line.cells = tuple(_strip_content(cell, markdown) for cell in line.cells)
        line.gap, gap = line.gap + gap, 0
        if line.text:
            kept.append(line)
        else:
            gap = line.gap
    return kept or list(lines)


def _strip_content(content: MappedText, markdown: bool) -> MappedText:
    found = _find_marks(content.text) if markdown else (match.span() for match in _SCRIPT_TAG.finditer(content.text))
    rest = content.remove(found)
    return content if rest is content else strip(rest)


def _find_marks(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the marks, sorted; one of emphasis counts only with its other end."""
    spans: list[tuple[int, int]] = []
    waiting: list[tuple[str, tuple[int, int]]] = []
    for match in _MARKS.finditer(text):
        if match["tag"] or match["picture"]:
            spans.append(match.span())
        elif match["words"]:
            numbers = _NUMBERS.fullmatch(match["words"]) is not None
            start, end = match.span("close")
            spans += [(start + 1, end)] if numbers else [match.span("open"), (start, end)]
        elif match["before"]:
            waiting = [*waiting[-_MAX_OPEN:], (match["before"], match.span())]
        elif any(mark == match["after"] for mark, _ in waiting):
            while waiting:
                mark, span = waiting.pop()
                if mark == match["after"]:
                    spans += [span, match.span()]
                    break
    return iter(sorted(spans))
