"""Powers: a raised number right after a number, which plain text would run together (``10<sup>6</sup>``, ``10^6``)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from sigmine.readers.mapped_text import MappedText, join

_BASE = re.compile(r"(?:(?<![\w.-])|(?<=[×·*–−])|(?<=\d[xX]))\d{1,4}(?:\.\d{1,4})?$")
_EXPONENT = re.compile(r"[+−–‐‑-]?\s?\d{1,3}(?:\.\d{1,3})?")
_SIGN = MappedText.inserted("^")
_LONGEST_BASE = 12


def find_powers(text: str, raised: Iterable[tuple[int, int]]) -> list[int]:
    """Where a raised span begins that is the power of the number before it; sorted, empty if there is none."""
    return sorted(
        {
            start
            for start, end in raised
            if text[start - 1 : start].isdigit()
            and _EXPONENT.fullmatch(text[start:end].strip())
            and _BASE.search(text[max(0, start - _LONGEST_BASE) : start])
        }
    )


def sign_powers(content: MappedText, places: Sequence[int]) -> MappedText:
    """The text with ``^``, which the file does not have, at each of the sorted places."""
    parts: list[MappedText] = []
    position = 0
    for place in places:
        parts += [content.cut(position, place), _SIGN]
        position = place
    return join([*parts, content.cut(position)])


def move_span(start: int, end: int, places: Sequence[int]) -> tuple[int, int]:
    """A span of the text before as one of the text with the signs; what begins at a sign begins after it."""
    return start + bisect_right(places, start), end + bisect_left(places, end)
