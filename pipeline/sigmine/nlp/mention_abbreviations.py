"""Abbreviations that a document defines: long and short form are mentions of one thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.mention_candidates import Candidate, TextView, trim
from sigmine.nlp.mention_words import GENES, MOLECULE_HEADS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon

MIN_SCORE = 0.5
"""From which score on the lexicon's match of a long form is believed."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One place of a short form (half-open tokens) and the tokens of its long form, where the document defines it."""

    first: int
    last: int
    long_first: int
    long_last: int


def find_abbreviations(doc: Doc) -> list[Abbreviation]:
    """What scispaCy's detector left in ``doc._.abbreviations``, in text order; empty if it did not run."""
    if not doc.has_extension("abbreviations"):
        return []
    found = {_read(item) for item in doc._.abbreviations}
    return sorted(found, key=lambda a: (a.first, a.last, a.long_first, a.long_last))


def _read(item: Any) -> Abbreviation:
    if isinstance(item, dict):  # scispaCy's form that can be serialised
        return Abbreviation(item["short_start"], item["short_end"], item["long_start"], item["long_end"])
    long_form = item._.long_form
    return Abbreviation(item.start, item.end, long_form.start, long_form.end)


def apply_abbreviations(
    view: TextView, candidates: Sequence[Candidate], lexicon: Lexicon, abbreviations: Sequence[Abbreviation]
) -> list[Candidate]:
    """The candidates with those of long and short forms made sure, or removed where the long form is no entity."""
    result = list(candidates)
    types: dict[tuple[int, int], str | None] = {}
    for short in abbreviations:
        place = (short.long_first, short.long_last)
        if place not in types:
            types[place] = _find_type(view, candidates, lexicon, short)
        type_ = types[place]
        first, last = trim(view, lexicon, *place)
        if first >= last:
            continue
        inside = [c for c in result if short.first <= c.first and c.last <= short.last and c.source != "given"]
        result = [c for c in result if c not in inside]
        if type_ is None:
            continue
        long_form = view.text(first, last)
        if inside and inside[0].type in GENES and type_ in GENES:
            type_ = _settle(lexicon, view.text(short.first, short.last), long_form, inside[0].type)
        made = view.make(short.first, short.last, type_, "abbreviation")
        result.append(replace(made, long_form=long_form))
        whole = view.make(first, last, type_, "abbreviation")
        if whole not in result and not made.overlaps(whole):
            result.append(whole)
    return result


def _settle(lexicon: Lexicon, short: str, long_form: str, otherwise: str) -> str:
    for text in (long_form, short):
        for match in lexicon.lookup(text, types=GENES):
            if match.score >= MIN_SCORE:
                return match.type
    return otherwise


def _find_type(view: TextView, candidates: Sequence[Candidate], lexicon: Lexicon, short: Abbreviation) -> str | None:
    """The type of what is abbreviated, or None if nothing says that it is an entity."""
    for match in lexicon.lookup(view.text(*trim(view, lexicon, short.long_first, short.long_last) or (0, 1))):
        if match.score >= MIN_SCORE and match.recognise != "no":
            return match.type
    head = next((i for i in range(short.long_last - 1, short.long_first - 1, -1) if view.words[i].isalpha()), None)
    own = [c for c in candidates if c.first == short.first and c.last == short.last and not c.weak]
    for candidate in _hold(candidates, head):
        if candidate.last - candidate.first > 1 or candidate.source != "lexicon" or not own:
            return candidate.type
    is_molecule = head is not None and (view.lower[head] in MOLECULE_HEADS or view.lower[head].endswith("ase"))
    known = lexicon.find_name(view.text(short.first, short.last))
    if is_molecule or (known is not None and known.recognise != "weak"):
        if known is not None and known.type in MOLECULE_TYPES:
            return known.type
        return next((c.type for c in own if c.type in MOLECULE_TYPES), "PROTEIN" if is_molecule else None)
    return None


def _hold(candidates: Sequence[Candidate], index: int | None) -> Iterator[Candidate]:
    return (c for c in candidates if index is not None and c.first <= index < c.last and not c.weak)
