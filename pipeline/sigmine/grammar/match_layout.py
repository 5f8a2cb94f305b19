"""Steps by where words stand, not by the parse: the word before, after, before a comma, the words of a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord

_PHRASE_LIMIT = 6
_FAR = 25
_OPENINGS = frozenset("(|[")
_HYPHENS = frozenset("-‐‑‒–—−")
_IN_PHRASE = frozenset({"DT", "JJ", "NN", "NNS", "NNP", "NNPS", "HYPH", "CD", "PRP$", "SYM", "POS"})
_AUXILIARIES = frozenset({"is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "does", "do", "did"})
_CLAUSE_OPENERS = frozenset(
    {"that", "because", "while", "whereas", "if", "although", "since", "when", "whether", "where"}
)
_PHRASE_TAGS = frozenset(
    {"SYM", "DT", "JJ", "JJS", "RB", "RBS", "NN", "NNS", "NNP", "NNPS", "HYPH", "VBN", "VBG", "PRP$", "CD"}
)


def find_word_before(token: ParsedWord) -> ParsedWord | None:
    """The word right before, over a hyphen or a bracketed abbreviation: "kinase" in "kinase (GSK3) phosphorylation"."""
    doc, i, start = token.doc, token.i - 1, token.sentence_start
    if i > start and doc[i].lower_ in _HYPHENS:
        i -= 1
    if i > start and doc[i].lower_ == ")":
        while i > start and doc[i].lower_ != "(":
            i -= 1
        i -= 1
    return doc[i] if i >= start else None


def find_word_after(token: ParsedWord) -> ParsedWord | None:
    """The next word of the sentence, over a hyphen or an article."""
    doc, i = token.doc, token.i + 1
    if i < len(doc) and doc[i].lower_ in _HYPHENS:
        i += 1
    if i < len(doc) and doc[i].lower_ in {"the", "a", "an"}:
        i += 1
    return doc[i] if i < len(doc) and not doc[i].is_sent_start else None


def find_noun_after(token: ParsedWord) -> ParsedWord | None:
    """The last word of the noun phrase right after the word; None where there is none."""
    doc, i = token.doc, token.i + 1
    while i < len(doc) and not doc[i].is_sent_start and doc[i].tag_ in _IN_PHRASE:
        i += 1
    return doc[i - 1] if i - 1 > token.i and doc[i - 1].tag_.startswith(("NN", "CD")) else None


def find_next_of(token: ParsedWord, words: frozenset[str]) -> ParsedWord | None:
    """The next of some words in the sentence; None if a verb or a semicolon comes first."""
    for word in token.doc[token.i + 1 : token.i + 1 + _FAR]:
        if word.is_sent_start or word.tag_.startswith(("VB", "MD")) or word.lower_ == ";":
            return None
        if word.lower_ in words:
            return word
    return None


def find_noun_before(token: ParsedWord) -> ParsedWord | None:
    """The last word of the noun phrase before the word and its auxiliaries; None if a preposition governs it."""
    doc, i, start = token.doc, token.i - 1, token.sentence_start
    while i >= start and (doc[i].tag_ in ("RB", "MD") or doc[i].lower_ in _AUXILIARIES):
        i -= 1
    last = i
    while i >= start and doc[i].tag_ in _IN_PHRASE:
        i -= 1
    if last == i or not doc[last].tag_.startswith(("NN", "CD")):
        return None
    if i >= start and doc[i].tag_ in ("IN", "TO", "VBG", "VBN") and doc[i].lower_ not in _CLAUSE_OPENERS:
        return None
    return doc[last]


def find_words_listed(token: ParsedWord) -> Iterator[ParsedWord]:
    """The words after "<token>:" to the end of the sentence, or in the brackets right behind it.

    A bracketed synonym before the colon is passed over; what holds a verb or a pronoun is a clause and gives nothing.
    """
    doc, i = token.doc, token.i + 1
    closing = _find_closing(token)
    if closing is not None and closing + 1 < len(doc) and doc[closing + 1].lower_ == ":":
        i, closing = closing + 1, None
    if closing is None and (i >= len(doc) or doc[i].lower_ != ":"):
        return
    listed = []
    i += 1
    while i < len(doc) and not doc[i].is_sent_start and i != closing:
        if doc[i].tag_.startswith(("VB", "PRP")):
            return  # a clause, not a list
        listed.append(doc[i])
        i += 1
    yield from listed


def _find_closing(token: ParsedWord) -> int | None:
    """Index of the bracket that closes the one right behind the word; None where none opens there."""
    doc, i = token.doc, token.i + 1
    if i >= len(doc) or doc[i].lower_ != "(":
        return None
    depth = 0
    while i < len(doc) and not doc[i].is_sent_start:
        depth += {"(": 1, ")": -1}.get(doc[i].lower_, 0)
        if depth == 0:
            return i
        i += 1
    return None


def _is_fronted(doc: ParsedText, start: int, end: int) -> bool:
    """Whether what stands before the comma is a phrase in front of the clause: "Unlike AKT, the kinase ..."."""
    while end > start and doc[end - 1].lower_ != ",":
        end -= 1
    return doc[end].tag_ in ("IN", "RB", "TO")


def find_sentence_end(token: ParsedWord) -> int:
    """Index behind the last word of the word's sentence."""
    doc, i = token.doc, token.i + 1
    while i < len(doc) and not doc[i].is_sent_start:
        i += 1
    return i


def find_word_before_comma(token: ParsedWord) -> ParsedWord | None:
    """The word before "A, the well-known <token>": before the comma, bracket or line in front of its noun phrase."""
    doc, i, start = token.doc, token.i - 1, token.sentence_start
    while i > start and token.i - i <= _PHRASE_LIMIT and doc[i].tag_ in _PHRASE_TAGS and doc[i].lower_ not in _OPENINGS:
        i -= 1
    if i <= start or token.i - i < 2 or _is_fronted(doc, start, i):
        return None
    if doc[i].lower_ in _OPENINGS:
        return doc[i - 1]
    return find_word_before(doc[i]) if doc[i].lower_ == "," and doc[i + 1].tag_ in {"DT", "JJ"} else None
