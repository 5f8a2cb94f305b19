"""Which of the stretches of text that may be mentions are mentions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.mention_candidates import Candidate, TextView
from sigmine.nlp.mention_words import GENES

_OUTVOTED = frozenset({"CELL", "SPECIES", "LOCATION"})
_OF_PROTEINS = ("phospho", "p", "anti")
_JOINING = (["and"], ["or"], ["/"])
_SOURCES = {"given": 0, "abbreviation": 1, "lexicon": 2, "model": 3}


def choose(view: TextView, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that stay, sorted and disjoint: given ones first, then the longest; weak ones only with support.

    A weak candidate is supported by another that overlaps it and is not from the lexicon, and a symbol by a molecule
    that it is joined with ("YAP and TAZ"). A name so supported once stands for itself elsewhere in the document, if it
    looks like no ordinary word.
    """
    everyone = _believe_model(candidates)
    firm = [c for c in everyone if not c.weak]
    backers: dict[int, list[Candidate]] = {}
    for candidate in firm:
        if candidate.source != "lexicon":
            for index in range(candidate.first, candidate.last):
                backers.setdefault(index, []).append(candidate)
    weak = [c for c in everyone if c.weak]
    backed = {c for c in weak if any(_supports(b, c) for i in range(c.first, c.last) for b in backers.get(i, ()))}
    backed |= _find_joined(view, firm, weak)
    telling = {text for c in backed if _is_symbol(text := view.text(c.first, c.last))}
    firm += [c for c in weak if c in backed or view.text(c.first, c.last) in telling]
    heads: dict[int, list[Candidate]] = {}
    for candidate in firm:
        if candidate.source == "lexicon" and candidate.type in MOLECULE_TYPES:
            heads.setdefault(candidate.end, []).append(candidate)
    kept = [c for c in firm if not (c.source == "model" and any(_is_other_kind(c, h) for h in heads.get(c.end, ())))]
    return _take_disjoint(sorted(kept, key=_rank))


def _believe_model(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates without those whose kind the recogniser, which saw the lexicon's marks and the sentence, denies.

    These are the lexicon's cell lines, species and places where it saw a molecule ("Set2"). The other way round, what
    it took for a place is none if it holds a molecule's name.
    """
    everyone = list(candidates)
    seen = {(c.first, c.last) for c in everyone if c.source == "model" and c.type in MOLECULE_TYPES}
    named = {index for c in everyone if _is_named_molecule(c) for index in range(c.first, c.last)}

    def is_denied(c: Candidate) -> bool:
        if c.source == "model":
            return c.type == "LOCATION" and not named.isdisjoint(range(c.first, c.last))
        return c.source == "lexicon" and c.type in _OUTVOTED and (c.first, c.last) in seen

    return [c for c in everyone if not is_denied(c)]


def _is_named_molecule(candidate: Candidate) -> bool:
    return candidate.source != "model" and candidate.type in MOLECULE_TYPES and not candidate.weak


def _take_disjoint(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Each candidate that overlaps none taken before, sorted by place."""
    chosen: list[Candidate] = []
    for candidate in ranked:
        at = bisect_left(chosen, candidate.start, key=lambda c: c.start)
        if not any(candidate.overlaps(other) for other in chosen[max(0, at - 1) : at + 1]):
            chosen.insert(at, candidate)
    return chosen


def _is_other_kind(phrase: Candidate, head: Candidate) -> bool:
    """Whether the phrase is but a description of its head, of another kind: "protein-derived amino acids"."""
    if phrase.type not in MOLECULE_TYPES or phrase.start >= head.start:
        return False
    return (phrase.type == "CHEMICAL") != (head.type == "CHEMICAL")


def _is_symbol(text: str) -> bool:
    """Whether a text looks like a symbol and no word: capitals and a digit, or three capitals and more."""
    return any(map(str.isupper, text)) and (any(map(str.isdigit, text)) or (len(text) > 2 and text.isupper()))


def _find_joined(view: TextView, firm: Sequence[Candidate], weak: Sequence[Candidate]) -> set[Candidate]:
    """The symbols that one word or a slash joins with a name that is sure, and those of "phospho-S6" and the like."""
    sure = [c for c in firm if c.type in MOLECULE_TYPES]
    ends, starts = {c.last for c in sure}, {c.first for c in sure}
    return {
        c
        for c in weak
        if c.type in MOLECULE_TYPES
        and _is_symbol(view.text(c.first, c.last))
        and (
            (view.lower[c.first - 1 : c.first] in _JOINING and c.first - 1 in ends)
            or (view.lower[c.last : c.last + 1] in _JOINING and c.last + 1 in starts)
            or (view.is_joined(c.first - 1) and view.lower[c.first - 2] in _OF_PROTEINS)
        )
    }


def _supports(backer: Candidate, weak: Candidate) -> bool:
    """Whether one says that the other names something of its kind: a chemical "GPI" is no reason to see the gene."""
    return backer.type == weak.type or (backer.type in GENES and weak.type in GENES)


def _rank(candidate: Candidate) -> tuple[bool, int, int, int]:
    return (
        candidate.source != "given",
        candidate.start - candidate.end,
        _SOURCES[candidate.source],
        candidate.start,
    )
