"""Stretches of text that may be mentions: from the recogniser, the lexicon and the code names of drugs; and the choice
among those that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.mention_words import (
    ARTICLES,
    GENERIC,
    GENES,
    JOINTS,
    KEPT_GENERIC,
    LEADING,
    NUCLEOTIDES,
    RECEIVERS,
    STATE_WORDS,
    TRAILING,
    is_site,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon, LexiconMatch

_GLUED = re.compile(r"(?<=[A-Za-z0-9α-ω])\.(?:\d{1,3}(?:[,–-]\d{1,3})*)?$")
_CODE = re.compile(r"\b(?:[A-Z][A-Za-z]{1,3}-)?([A-Z]{2,5})[-  ]?\d{3,10}[A-Z]?(?:-\d{1,2})?\b(?![-/]\w)")
_ENZYME = re.compile(r"(?<!dise)(?<!ph)(?<!incre)(?<!decre)(?<!rele)ases?$")
_SOURCES = {"given": 0, "abbreviation": 1, "lexicon": 2, "model": 3}


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
        self.doc = doc
        self.words = [_strip_glued(token.text) for token in doc]
        self.spaces = [bool(token.whitespace_) for token in doc]
        self.lower = [word.lower() for word in self.words]

    def __len__(self) -> int:
        return len(self.words)

    def chars(self, first: int, last: int) -> tuple[int, int]:
        """The characters of a stretch of tokens."""
        return self.doc[first].idx, self.doc[last - 1].idx + len(self.words[last - 1])

    def text(self, first: int, last: int) -> str:
        """The text of a stretch of tokens, white space collapsed."""
        start, end = self.chars(first, last)
        return " ".join(self.doc.text[start:end].split())

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
    if glued and len(word) > 3 and (glued[0] != "." or word[glued.start() - 1 : glued.start()].isalnum()):
        return word[: glued.start()]
    return word


def find_in_lexicon(view: TextView, lexicon: Lexicon) -> list[Candidate]:
    """Names of the lexicon, weak ones marked."""
    found = []
    for first, last, match in lexicon.find_spans(view.words, view.spaces):
        if is_site(view.text(first, last)) or _is_state(view, first, last):
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
    return (
        match.type == "CHEMICAL" and bool(re.search("ases?$", head)) and head not in ("disease", "diseases", "phases")
    )


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
    """Drugs known by a code: letters that such codes begin with, then at least three digits (``PF-04691502``)."""
    found = []
    for match in _CODE.finditer(view.doc.text):
        if match[1] not in lexicon.code_prefixes and match[0].split("-")[0] not in lexicon.code_prefixes:
            continue
        span = view.doc.char_span(match.start(), match.end())
        known = lexicon.find_name(match[0])
        if span is not None and (known is None or known.type == "CHEMICAL" or known.recognise == "weak"):
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
            pieces = [_skip_articles(view, ent.start, ent.end)]
        for first, last in pieces:
            if first < last:
                type_ = settle_type(lexicon, view.text(first, last), ent.label_)
                found.append(view.make(first, last, type_, "model"))
    return found


def _skip_articles(view: TextView, first: int, last: int) -> tuple[int, int]:
    while first < last and (view.lower[first] in ARTICLES or not any(map(str.isalnum, view.words[first]))):
        first += 1
    while first < last and not any(map(str.isalnum, view.words[last - 1])):
        last -= 1
    return first, last


def trim(view: TextView, lexicon: Lexicon, first: int, last: int) -> tuple[int, int]:
    """The stretch without articles, states, heads and loose marks at its ends; empty if nothing else is there."""
    while first < last and _find_exact(lexicon, view.text(first, last)) is None:
        lower, end = view.lower[first], view.lower[last - 1]
        opens = lower in ("(", "[") and ")" in view.words[first:last]
        if lower in LEADING or (not any(map(str.isalnum, lower)) and not opens):
            first += 1
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


def _can_lose_head(view: TextView, lexicon: Lexicon, first: int, last: int) -> bool:
    """Whether what stands before the head is a name by itself ("AKT kinase"), unlike "latent membrane protein"."""
    if first >= last:
        return True
    end = view.words[last - 1]
    return (
        any(char.isupper() or char.isdigit() or not char.isascii() for char in end)
        or end.lower() in TRAILING
        or not end.isalnum()
        or lexicon.find_name(view.text(first, last)) is not None
    )


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
        if len(pieces) > 1 and all(match is not None and match.type in MOLECULE_TYPES for match in matches):
            yield from pieces
            return
    if first < last:
        yield first, last


def is_nameless(view: TextView, lexicon: Lexicon, first: int, last: int) -> bool:
    """Whether the stretch holds no name: a residue, a number, one letter, or general words only ("protein kinases")."""
    text = view.text(first, last)
    if len(text) < 2 or not any(map(str.isalpha, text)):
        return True
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


def choose(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that stay, sorted and disjoint: given ones first, then the longest; weak ones only with support.

    A weak candidate is supported by another that overlaps it and is not from the lexicon.
    """
    everyone = list(candidates)
    firm = [c for c in everyone if not c.weak]
    backers = [c for c in firm if c.source != "lexicon"]
    firm += [c for c in everyone if c.weak and any(_supports(b, c) for b in backers)]
    chosen: list[Candidate] = []
    for candidate in sorted(firm, key=_rank):
        if not any(candidate.overlaps(other) for other in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.start)


def _supports(backer: Candidate, weak: Candidate) -> bool:
    same = backer.type == weak.type or (backer.type in MOLECULE_TYPES and weak.type in MOLECULE_TYPES)
    return same and backer.overlaps(weak)


def _rank(candidate: Candidate) -> tuple[bool, int, int, int]:
    return (
        candidate.source != "given",
        candidate.start - candidate.end,
        _SOURCES[candidate.source],
        candidate.start,
    )


def find_covered(chosen: Sequence[Candidate], index: int) -> Candidate | None:
    """The chosen candidate that holds the token, or None."""
    return next((c for c in chosen if c.first <= index < c.last), None)
