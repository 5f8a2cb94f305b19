"""Stretches of text that may be mentions: from the recogniser, the lexicon and the code names of drugs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.mention_words import (
    ACTING_ON,
    ARTICLES,
    GENERIC,
    GENES,
    JOINTS,
    KEPT_GENERIC,
    LAYOUT,
    LEADING,
    LETTER,
    NO_NAME,
    NUCLEOTIDES,
    NUMBER,
    RECEIVERS,
    ROMAN,
    STATE_WORDS,
    TRAILING,
    is_site,
)
from sigmine.nlp.plain_words import read_words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon, LexiconMatch

LEXICON_SPANS = "sigmine.lexicon_spans"
"""The key of ``doc.user_data`` under which names of the lexicon that an earlier component looked for are kept."""

_GLUED = re.compile(r"(?<=[A-Za-z0-9α-ω])\.(?:\d{1,3}(?:[,–-]\d{1,3})*)?$")
_CODE = re.compile(r"\b(?:[A-Z][A-Za-z]{1,3}-)?([A-Z]{2,5})[-  ]?\d{3,10}[A-Z]?(?:-\d{1,2})?\b(?![-/]\w)")
_STEM = re.compile(
    r"\b[A-Za-z]{2,}"
    r"(?:[tfmnv]inib|rafenib|metinib|rasib|ciclib|lisib|sertib|limus|parib|zomib|degib|[iuox]mab|statin)\b"
)
"""The stems by which the WHO names kinase inhibitors, rapamycin derivatives, antibodies and the like."""

_ENZYME = re.compile(r"(?<!dise)(?<!\bph)(?<!\bc)(?<!incre)(?<!decre)(?<!rele)ases?$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of tokens that may be a mention.

    ``first`` and ``last`` are half-open token indices, ``start`` and ``end`` characters; ``name`` is empty where the
    text is the name; ``weak`` candidates need another's support.
    """

    first: int
    last: int
    start: int
    end: int
    type: str
    source: str
    name: str = ""
    weak: bool = False
    long_form: str | None = None
    modifiers: frozenset[str] = frozenset()
    parts: tuple[Candidate, ...] = field(default=(), repr=False)

    def overlaps(self, other: Candidate) -> bool:
        return self.start < other.end and other.start < self.end


class TextView:
    """A Doc's words as names are looked for in them: a full stop or raised citation number glued to a word is off."""

    def __init__(self, doc: Doc) -> None:
        plain = read_words(doc)
        self.doc = doc
        self.full_text = plain.text
        stripped = {word: _strip_glued(word) for word in set(plain.words)}
        self.words = [stripped[word] for word in plain.words]
        self.starts = plain.starts
        self.spaces = plain.spaces
        self.lower = [word.lower() for word in self.words]

    def __len__(self) -> int:
        return len(self.words)

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """The characters of a stretch of tokens."""
        return self.starts[first], self.starts[last - 1] + len(self.words[last - 1])

    def text(self, first: int, last: int) -> str:
        """The text of a stretch of tokens, white space collapsed."""
        start, end = self.chars(first, last)
        return " ".join(self.full_text[start:end].split())

    def is_joined(self, index: int) -> bool:
        """Whether the token is a dash or slash with no space on either side."""
        return (
            0 < index < len(self.words) - 1
            and self.words[index] in JOINTS
            and not self.spaces[index]
            and not self.spaces[index - 1]
        )

    def make(self, first: int, last: int, type_: str, source: str, *, name: str = "", weak: bool = False) -> Candidate:
        start, end = self.chars(first, last)
        return Candidate(first, last, start, end, type_, source, name, weak)


def _strip_glued(word: str) -> str:
    glued = _GLUED.search(word)
    if glued and len(word) > 3 and any(map(str.isalpha, word)):
        return word[: glued.start()]
    return word


def find_in_lexicon(view: TextView, lexicon: Lexicon) -> list[Candidate]:
    """Names of the lexicon, weak ones marked."""
    spans = view.doc.user_data.pop(LEXICON_SPANS, None)
    if spans is None:
        spans = lexicon.find_spans(view.words, view.spaces)
    found = []
    for first, last, match in spans:
        text = view.text(first, last)
        if (is_site(text) and match.status != "curated") or _is_state(view, first, last) or ROMAN.match(text):
            continue
        type_ = match.type
        if match.type in MOLECULE_TYPES and last < len(view) and _names_another(view.lower[last], match):
            last, type_ = last + 1, "PROTEIN"
        found.append(view.make(first, last, type_, "lexicon", weak=match.recognise == "weak"))
    return found


def _names_another(head: str, match: LexiconMatch) -> bool:
    """Whether the word after a name makes it another molecule's: "somatostatin receptor", "heparin lyase"."""
    if head in RECEIVERS:
        return not match.text.endswith(("R", "receptor", "receptors", "RTK", "GPCR"))
    return match.type == "CHEMICAL" and bool(_ENZYME.search(head))


def _is_state(view: TextView, first: int, last: int) -> bool:
    """Whether a nucleotide is part of an adjective ("ATP-competitive", "GTP-bound")."""
    return (
        last - first == 1
        and view.words[first] in NUCLEOTIDES
        and (
            (view.is_joined(last) and view.lower[last + 1] in STATE_WORDS)
            or view.lower[last : last + 1] == ["competitive"]
        )
    )


def find_codes(view: TextView, lexicon: Lexicon) -> list[Candidate]:
    """Drugs known by a code, and those that the lexicon lacks but whose name ends as such drugs' names do.

    A code is letters that such codes begin with, then at least three digits: ``PF-04691502``.
    """
    found = []
    for match in _CODE.finditer(view.full_text):
        if match[1] not in lexicon.code_prefixes and match[0].split("-")[0] not in lexicon.code_prefixes:
            continue
        span = view.doc.char_span(match.start(), match.end())
        known = lexicon.find_name(match[0])
        if span is not None and (known is None or known.type == "CHEMICAL" or known.recognise == "weak"):
            found.append(view.make(span.start, span.end, "CHEMICAL", "lexicon"))
    for match in _STEM.finditer(view.full_text):
        span = view.doc.char_span(match.start(), match.end())
        if span is not None and lexicon.find_name(match[0]) is None:
            found.append(view.make(span.start, span.end, "CHEMICAL", "lexicon"))
    return found


def find_by_model(view: TextView, lexicon: Lexicon) -> list[Candidate]:
    """What the recogniser marked (``doc.ents``), cut to the name, with the type that the lexicon settles."""
    found = []
    for ent in view.doc.ents:
        if ent.label_ in MOLECULE_TYPES:
            pieces = [
                (first, last)
                for first, last in _split(view, lexicon, *trim(view, lexicon, ent.start, ent.end))
                if not is_nameless(view, lexicon, first, last) and not _is_state(view, first, last)
            ]
        else:
            pieces = [skip_articles(view, ent.start, ent.end)]
        for first, last in pieces:
            if first < last:
                type_ = settle_type(lexicon, view.text(first, last), ent.label_)
                found.append(view.make(first, last, type_, "model"))
    return found


def skip_articles(view: TextView, first: int, last: int) -> tuple[int, int]:
    """The stretch without articles at its beginning and marks at its ends; empty if nothing else is there."""
    while first < last and (view.lower[first] in ARTICLES or not any(map(str.isalnum, view.words[first]))):
        first += 1
    while first < last and not any(map(str.isalnum, view.words[last - 1])):
        last -= 1
    return first, last


def trim(view: TextView, lexicon: Lexicon, first: int, last: int) -> tuple[int, int]:
    """The stretch without articles, states, heads and loose marks at its ends; empty if nothing else is there."""
    first, last = _balance(view, first, last)
    while first < last:
        lower, end = view.lower[first], view.lower[last - 1]
        if not any(map(str.isalnum, lower)) and lower not in ("(", "["):
            first += 1
        elif not any(map(str.isalnum, end)) and not _closes(view, first, last):
            last -= 1
        elif _find_exact(lexicon, view.text(first, last)) is not None:
            break
        elif lower in LEADING:
            first += 1
        elif end == ")" and (cut := _find_bracket(view, lexicon, first, last)) is not None:
            last = cut
        elif lower in ("p", "phospho", "anti", "non") and first + 2 < last and view.words[first + 1] in JOINTS:
            first += 2
        elif lower == "wild" and view.lower[first + 1 : first + 3] in (["-", "type"], ["–", "type"]):
            first += 3
        elif (not any(map(str.isalnum, end)) and not _closes(view, first, last)) or (
            end in TRAILING and _can_lose_head(view, lexicon, first, last - 1)
        ):
            last -= 1
        elif is_site(end) and last - first > 1 and view.words[last - 2] in JOINTS | {"("}:
            last -= 2
        else:
            break
    return first, last


def _find_bracket(view: TextView, lexicon: Lexicon, first: int, last: int) -> int | None:
    """Where a bracket opens that ends the stretch after a name ("CK2 (B)"), or None."""
    opened = next((index for index in range(last - 1, first, -1) if view.words[index] == "("), None)
    if opened is None or _find_exact(lexicon, view.text(first, opened)) is None:
        return None
    return opened


def _balance(view: TextView, first: int, last: int) -> tuple[int, int]:
    """The stretch cut before a bracket that is not closed in it; empty if one is closed that was not opened."""
    depth, opened = 0, last
    for index in range(first, last):
        if view.words[index] in "([":
            opened = index if depth == 0 else opened
            depth += 1
        elif view.words[index] in ")]":
            depth -= 1
            if depth < 0:
                return first, first
    return first, last if depth == 0 else opened


def _can_lose_head(view: TextView, lexicon: Lexicon, first: int, last: int) -> bool:
    """Whether what stands before the head is a name by itself ("AKT kinase"), unlike "latent membrane protein"."""
    if first >= last:
        return True
    end, text = view.words[last - 1], view.text(first, last)
    if end == ")" or lexicon.find_name(text) is not None:
        return end != ")"
    is_symbol = any(char.isupper() or char.isdigit() or not char.isascii() for char in end)
    return end.lower() in TRAILING or (is_symbol and " " not in text)


def _closes(view: TextView, first: int, last: int) -> bool:
    """Whether the last token is a bracket whose partner stands inside, or a charge (``Ca2+``)."""
    words = view.words[first:last]
    return (words[-1] == ")" and words.count("(") >= words.count(")")) or words[-1] == "+"


def _find_exact(lexicon: Lexicon, text: str) -> LexiconMatch | None:
    match = lexicon.find_name(text)
    return match if match is not None and match.recognise != "weak" else None


def _split(view: TextView, lexicon: Lexicon, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The stretch, or the names in it that slashes and dashes join, if all of them are names of molecules."""
    cuts = [index for index in range(first, last) if view.is_joined(index)]
    if cuts and _find_exact(lexicon, view.text(first, last)) is None:
        borders = [first - 1, *cuts, last]
        pieces = [(left + 1, right) for left, right in pairwise(borders) if left + 1 < right]
        matches = [_find_exact(lexicon, view.text(*piece)) for piece in pieces]
        rest = pieces[1:]
        if rest and matches[0] is not None and all(_is_member(view, *piece) for piece in rest):
            yield pieces[0]  # "TSC1" of "TSC1/2"; ``expand_lists`` adds the other members
            return
        if len(pieces) > 1 and all(match is not None and match.type in MOLECULE_TYPES for match in matches):
            yield from pieces
            return
    if first < last:
        yield first, last


def _is_member(view: TextView, first: int, last: int) -> bool:
    """Whether the stretch is a bare number or letter behind a slash, or the end of a range ("TEAD1–4")."""
    word, joint, before = view.words[first], view.words[first - 1], view.words[first - 2]
    if last - first > 1 or (joint != "/" and not (joint == "–" and before[-1].isdigit())):
        return False
    return bool(NUMBER.match(word) or (joint == "/" and LETTER.match(word)))


def is_nameless(view: TextView, lexicon: Lexicon, first: int, last: int) -> bool:
    """Whether the stretch holds no name: a residue, a number, one letter, or general words only ("protein kinases")."""
    text = view.text(first, last)
    if any(word in ACTING_ON for word in view.lower[first:last]):
        return True  # a clause, no name
    if len(text) < 2 or not any(map(str.isalpha, text)) or view.lower[first] in LAYOUT or NO_NAME.match(text):
        return True
    if text.isalpha() and len(text) <= 4 and text[1:].islower() and not lexicon.lookup(text, types=MOLECULE_TYPES):
        return True  # "Why", "Pan": the recogniser takes capitals at odd places for names
    if is_site(text) and _find_exact(lexicon, text) is None:
        return True
    if text.lower() in KEPT_GENERIC or _find_exact(lexicon, text) is not None:
        return False
    words = [word for word in view.lower[first:last] if any(map(str.isalnum, word))]
    return all(word in GENERIC or word.isdigit() for word in words)


def settle_type(lexicon: Lexicon, text: str, label: str) -> str:
    """The type of a mention that the recogniser labelled, after a look into the lexicon.

    Among proteins, families and complexes the lexicon decides; between them and other types it decides only where the
    text stands there as a name in just this form.
    """
    matches = [match for match in lexicon.lookup(text) if match.score >= 0.5]
    if not matches:
        return label
    near = [match for match in matches if match.score >= matches[0].score - 0.1]
    if label in GENES and (genes := [match for match in near if match.type in GENES]):
        return genes[0].type
    if any(match.type == label for match in near):
        return label
    named = _find_exact(lexicon, text)
    if named is None or named.type not in MOLECULE_TYPES or (label == "DISEASE" and len(text) <= 4):
        return label
    return named.type
