"""Abbreviations that a document defines, by scispaCy's rules on the brackets that can hold one.

Method: Schwartz and Hearst 2003, "A simple algorithm for identifying abbreviation definitions in biomedical text".

scispaCy's own component asks spaCy's matcher for every stretch between an opening and a closing bracket of the text,
however far apart, throws away those of more than eight words, and keeps in the matcher what it added to it; so its
time grows with the square of the brackets, and its memory with the texts.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sigmine.nlp.plain_words import read_words

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

_LONGEST = 8  # words in brackets; scispaCy leaves out what is longer


class AbbreviationFinder:
    """Sets ``doc._.abbreviations``: spans of short forms, each with its long form as ``span._.long_form``.

    They are in the order of the definitions, for each in that of the text; empty where the text defines none.
    """

    def __init__(self, nlp: Language) -> None:
        from spacy.tokens import Doc, Span

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # a regular expression in scispaCy
            import scispacy.abbreviation
        self._rules = scispacy.abbreviation
        Doc.set_extension("abbreviations", default=[], force=True)
        Span.set_extension("long_form", default=None, force=True)

    def __call__(self, doc: Doc) -> Doc:
        words = read_words(doc).words
        stretches = [(0, first, last) for first, last in _find_bracketed(words)]
        definitions: list[tuple[Span, Span]] = []
        long_forms: set[str] = set()
        short_forms: set[str] = set()
        for long_candidate, short_candidate in self._rules.filter_matches(stretches, doc) if stretches else ():
            short, long = self._rules.find_abbreviation(long_candidate, short_candidate)
            if long is None or long.text in long_forms or short.text in short_forms:
                continue
            long_forms.add(long.text)
            short_forms.add(short.text)
            definitions.append((short, long))
        for short, long in definitions:
            for first in _find_places(words, words[short.start : short.end]):
                found = doc[first : first + len(short)]
                found._.long_form = long
                doc._.abbreviations.append(found)
        return doc


def _find_bracketed(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The half-open words between an opening and a closing bracket, in the order of the closing ones."""
    for last, word in enumerate(words):
        if word == ")":
            for first in range(max(0, last - _LONGEST), last):
                if first and words[first - 1] == "(":
                    yield first, last


def _find_places(words: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    """The number of the first word of each place where the words stand; places may overlap."""
    first = -1
    while True:
        try:
            first = words.index(wanted[0], first + 1)
        except ValueError:
            return
        if words[first : first + len(wanted)] == wanted:
            yield first
