"""Paragraphs of a text that must stay as it is."""

from __future__ import annotations

import re

from sigmine.model import Section
from sigmine.readers.text_shapes import starts_lower

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONG_LINE = 160


def find_paragraphs(text: str) -> tuple[Section, ...]:
    """Body sections: parted by blank lines; in a text of long lines (none broken to a width) each line is one.

    White space at the ends belongs to no section; line ends inside a paragraph stay. A blank text has no section.
    """
    lines = [match for match in _LINE.finditer(text) if match[0].strip()]
    in_long = sum(len(match[0]) for match in lines if len(match[0]) > _LONG_LINE)
    flowing = 2 * in_long > sum(len(match[0]) for match in lines)
    sections: list[Section] = []
    for match in lines:
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        tight = bool(sections) and len(_LINE_END.findall(text, sections[-1].end, start)) == 1
        if tight and (not flowing or starts_lower(text[start:end])):
            sections[-1] = Section("body", sections[-1].start, end)
        else:
            sections.append(Section("body", start, end))
    return tuple(sections)
