"""Lines to running text: hyphens at line ends, slashes and dashes, a space for every other line break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sigmine.readers.mapped_text import SPACE, MappedText, join
from sigmine.readers.text_lines import Line
from sigmine.readers.word_lists import KEEPING_PREFIXES, SECOND_PARTS, SOLID_PREFIXES

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LEFT = re.compile(r"([A-Za-z]+)-$")
_RIGHT = re.compile(r"[A-Za-z]+")
_LONGEST_WORD = 50
_HYPHENS = ("-", "\u2010", "\u2011")
_SOFT_HYPHEN = "\xad"
_BROKEN_ENDS = (*_HYPHENS, _SOFT_HYPHEN)


@dataclass(frozen=True, slots=True)
class WordForms:
    """How the document itself writes its words, in lower case: ``downstream``, ``rapamycin-insensitive``."""

    solid: frozenset[str]
    hyphenated: frozenset[str]


def collect_words(lines: Iterable[Line]) -> WordForms:
    """The words of the lines, without the pieces of words broken at line ends."""
    written: set[str] = set()
    broken = False
    for line in lines:
        text = line.text
        words = _WORD.findall(text)
        ends_broken = text.endswith(_BROKEN_ENDS)
        if broken or ends_broken:
            words = words[1 if broken else 0 : -1 if ends_broken else None]
        written.update(words)
        broken = ends_broken
    solid: set[str] = set()
    hyphenated: set[str] = set()
    for lowered in map(str.lower, written):
        if "-" in lowered:
            hyphenated.add(lowered)
            solid.update(lowered.split("-"))
        else:
            solid.add(lowered)
    return WordForms(frozenset(solid), frozenset(hyphenated))


def keeps_hyphen(left: str, right: str, words: WordForms) -> bool:
    """Whether the hyphen that ends ``left`` belongs to the word (``mTOR-`` / ``dependent``) or to the line."""
    left = left[-_LONGEST_WORD:]
    first, second = _LEFT.search(left), _RIGHT.match(right)
    if first is None or second is None:
        return True
    head, tail = first[1], second[0]
    if len(head) == 1 or not tail.islower() or not (head.islower() or head.istitle()) or _goes_left(left, first):
        return True
    head, tail = head.lower(), tail.lower()
    solid, hyphenated = head + tail in words.solid, f"{head}-{tail}" in words.hyphenated
    if solid != hyphenated:
        return hyphenated
    if head in KEEPING_PREFIXES:
        return True
    if head in SOLID_PREFIXES:
        return False
    if tail in SECOND_PARTS:
        return len(head) >= 4 or head in words.solid
    return len(head) >= 4 and len(tail) >= 5 and head in words.solid and tail in words.solid


def _goes_left(left: str, first: re.Match[str]) -> bool:
    """Whether what ends in the hyphen is more than a word: a name with digits or Greek, or ``loss-of-``."""
    if first.start() == 0:
        return False
    before = left[first.start() - 1]
    return before.isdigit() or before > "\u036f" or (before == "-" and first[1] in ("of", "to", "in", "by"))


def join_lines(contents: Sequence[MappedText], words: WordForms) -> MappedText:
    """One unit of running text out of the contents of its lines."""
    parts: list[MappedText] = []
    for content in contents:
        if parts:
            parts[-1:] = _glue(parts[-1], content, words)
        parts.append(content)
    return join(parts)


def _glue(before: MappedText, after: MappedText, words: WordForms) -> list[MappedText]:
    """What stands before ``after``: the text before, without a hyphen or with a space as it takes."""
    text = before.text
    if text.endswith(_SOFT_HYPHEN):
        return [before.cut(0, len(text) - 1)]
    if len(text) > 1 and not text[-2].isspace():
        if text.endswith(_HYPHENS):
            if _is_suspended(text, after.text):
                return [before, SPACE]
            return [before] if keeps_hyphen(text, after.text, words) else [before.cut(0, len(text) - 1)]
        if text[-1] in "/–" and (after.text[0].isalnum() or after.text[0] in "(["):
            return [before]
    return [before, SPACE]


def _is_suspended(left: str, right: str) -> bool:
    """``pre- and postsynaptic``: the hyphen stays and a space follows."""
    return re.match(r"(?:and|or|to|versus|vs)\b", right) is not None and not left[:-1].endswith("-")
