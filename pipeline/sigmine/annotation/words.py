"""Words that an annotator wrote down, found again in the text of the file."""

from __future__ import annotations

import re
from functools import lru_cache

from sigmine.evaluation.claim import Span

_BREAK = r"(?:[-\u00ad]?\s*\n\s*)?"  # a line may end within a word, with or without a hyphen
_MARK = re.compile(r"\s*([#@])(\d{1,9})$")


def split_mark(words: str) -> tuple[str, str]:
    """``AKT#2`` is the second AKT of the sentence, ``AKT@90`` that at character 90: the words and the mark, or none."""
    found = _MARK.search(words)
    return (words[: found.start()], found.group().strip()) if found else (words, "")


def find_span(text: str, words: str, sentence: Span, *, outside: bool = False) -> Span | None:
    """The place that words with or without a mark name, or None.

    Without a mark it is the first in the sentence or, with ``outside``, the nearest one before the sentence, of which
    a whole word there ("AMP") goes before a part of a word here ("AMPK").
    """
    words, mark = split_mark(words)
    if mark.startswith("@"):
        there = _compile(words).match(text, int(mark[1:])) if words else None
        return there.span() if there else None
    places = find_words(text, words, *sentence)
    if mark:
        return places[int(mark[1:]) - 1] if 1 <= int(mark[1:]) <= len(places) else None
    before = find_words(text, words, 0, sentence[0]) if outside else []
    if before and (not places or (_is_whole(text, before[-1]) and not _is_whole(text, places[0]))):
        return before[-1]
    return places[0] if places else None


@lru_cache(maxsize=10_000)
def _compile(words: str) -> re.Pattern[str]:
    parts = [_BREAK.join(re.escape(character) for character in part) for part in words.split()]
    return re.compile(r"\s+".join(parts))


def find_words(text: str, words: str, start: int, end: int) -> list[Span]:
    """Where the words stand in ``text[start:end]``, in order, as characters of the text; empty if nowhere.

    White space and line breaks may differ. Where the words stand as whole words somewhere, places inside longer words
    do not count.
    """
    if not words.strip():
        return []
    found = [match.span() for match in _compile(words).finditer(text, start, end)]
    whole = [span for span in found if _is_whole(text, span)]
    return whole or found


def _is_whole(text: str, span: Span) -> bool:
    before, after = text[span[0] - 1 : span[0]], text[span[1] : span[1] + 1]
    return not (before.isalnum() and text[span[0]].isalnum()) and not (after.isalnum() and text[span[1] - 1].isalnum())


def describe_words(text: str, span: Span, sentence: Span) -> str:
    """The words of a span as an annotator writes them, such that ``find_span`` gives the span again."""
    words = join_words(text[span[0] : span[1]])
    if not _MARK.search(words) and find_span(text, words, sentence, outside=True) == span:
        return words
    places = find_words(text, words, *sentence)
    return f"{words}#{places.index(span) + 1}" if span in places else f"{words}@{span[0]}"


def join_words(text: str) -> str:
    """One line: a word that a line end broke is joined where a lower-case letter stands before and after the hyphen."""
    return " ".join(re.sub(r"(?<=[a-z])[-\u00ad]\s*\n\s*(?=[a-z])", "", text).split())
