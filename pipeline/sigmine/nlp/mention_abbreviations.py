"""Abbreviations that a document defines: long and short form are mentions of one thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.mention_candidates import Candidate, TextView, skip_articles
from sigmine.nlp.mention_words import (
    ACTED_ON,
    ACTING_ON,
    GENES,
    LINK_WORDS,
    MOLECULE_HEADS,
    STATE_NOUNS,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon

_CLAUSE_WORDS = frozenset({"which", "that", "is", "are", "was", "were", "who"})
MIN_SCORE = 0.5
"""From which score on the lexicon's match of a long form is believed."""


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One place of a short form (half-open tokens) and the tokens of its long form, where the document defines it."""

    first: int
    last: int
    long_first: int
    long_last: int


def find_abbreviations(view: TextView) -> list[Abbreviation]:
    """What scispaCy's detector left in ``doc._.abbreviations``, in text order; empty if it did not run.

    Long forms are cut to what stands in one bracket and begins with a content word; short forms without a capital,
    and those that are the first part of the long form, are left out.
    """
    doc: Doc = view.doc
    if not doc.has_extension("abbreviations"):
        return []
    found = set()
    for item in doc._.abbreviations:
        first, last, long_first, long_last = _read(item)
        for index in range(long_first, long_last):
            if view.words[index] in ")]" and not set("([") & set(view.words[long_first:index]):
                long_first = index + 1
        while long_first < long_last and view.lower[long_first] in LINK_WORDS:
            long_first += 1
        long_first, long_last = skip_articles(view, long_first, long_last)
        short = view.text(first, last)
        clause = not _CLAUSE_WORDS.isdisjoint(view.lower[long_first:long_last])
        named = (
            long_first < long_last
            and not clause
            and "\n" not in view.full_text[slice(*view.chars(long_first, long_last))]
        )
        if named and any(map(str.isupper, short)) and short not in view.words[long_first:long_last]:
            found.add(Abbreviation(first, last, long_first, long_last))
    return sorted(found, key=lambda a: (a.first, a.last, a.long_first, a.long_last))


def _read(item: Any) -> tuple[int, int, int, int]:
    if isinstance(item, dict):  # scispaCy's form that can be serialised
        return item["short_start"], item["short_end"], item["long_start"], item["long_end"]
    long_form = item._.long_form
    return item.start, item.end, long_form.start, long_form.end


def apply_abbreviations(
    view: TextView, candidates: Sequence[Candidate], lexicon: Lexicon, abbreviations: Sequence[Abbreviation]
) -> list[Candidate]:
    """The candidates with those of long and short forms made sure, or removed where the long form is no entity."""
    kept: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        kept.setdefault(candidate.first, []).append(candidate)
    forms: dict[tuple[int, int], Candidate | None] = {}
    bracketed = [c for c in candidates if c.source == "model" and ")" in view.words[c.first : c.last]]
    for short in abbreviations:
        if any(_goes_on(candidate, short) for candidate in bracketed):
            continue
        place = (short.long_first, short.long_last)
        if place not in forms:
            forms[place] = _find_long_form(view, candidates, lexicon, short)
        whole = forms[place]
        for first in range(short.first, short.last):
            kept[first] = [c for c in kept.get(first, ()) if c.last > short.last]
        if whole is None:
            continue
        made = view.make(short.first, short.last, whole.type, "abbreviation")
        if made.overlaps(whole):
            continue
        other = _find_molecule(view, lexicon, short) if whole.type not in MOLECULE_TYPES else None
        made = replace(made, type=other) if other else replace(made, long_form=view.text(whole.first, whole.last))
        kept[short.first].append(made)
    wholes = [whole for whole in forms.values() if whole is not None]
    return [*(candidate for group in kept.values() for candidate in group), *wholes]


def _goes_on(candidate: Candidate, short: Abbreviation) -> bool:
    """Whether a name holds the long form, the bracket with the short one, and more: "interleukin (IL)-1"."""
    return candidate.first <= short.long_first and short.long_last <= short.first and candidate.last > short.last + 1


def _find_long_form(
    view: TextView, candidates: Sequence[Candidate], lexicon: Lexicon, short: Abbreviation
) -> Candidate | None:
    """The long form as a mention, or None if nothing says that it is an entity.

    A name that reaches further back takes it in: the detector stops at the letter that it needs, so that for "RSK" it
    leaves out the "p90" of "p90 ribosomal protein S6 kinase".
    """
    first, last = short.long_first, short.long_last
    for candidate in candidates:
        if candidate.source == "lexicon" and candidate.last == last and candidate.first < first and not candidate.weak:
            return replace(candidate, source="abbreviation")
    type_ = _find_type(view, candidates, lexicon, short)
    return None if type_ is None else view.make(first, last, type_, "abbreviation")


def _find_molecule(view: TextView, lexicon: Lexicon, short: Abbreviation) -> str | None:
    """The type of the molecule that a disease's abbreviation means here ("activation of TSC"), or None."""
    known = lexicon.find_name(view.text(short.first, short.last))
    if known is None or known.recognise == "weak" or known.type not in GENES:
        return None
    after = view.lower[short.last] if short.last < len(view) else ""
    before = [word for word in view.lower[max(0, short.first - 4) : short.first] if word not in ("the", "both", "of")]
    last = before[-1] if before else ""
    listed = last in ("and", ",") and len(before) > 1 and lexicon.find_name(view.words[short.first - 2])
    neighbour = listed.type if listed else ""
    if after in ACTED_ON or last in ACTED_ON or last in ACTING_ON or neighbour in GENES:
        return known.type
    return None


def _find_head(view: TextView, short: Abbreviation) -> int:
    """The head noun of the long form: the last word, or the one before "of"."""
    words = range(short.long_first, short.long_last)
    end = next((index for index in words if view.lower[index] == "of" and index > short.long_first), short.long_last)
    return next((index for index in range(end - 1, short.long_first, -1) if view.words[index].isalpha()), end - 1)


def _find_type(view: TextView, candidates: Sequence[Candidate], lexicon: Lexicon, short: Abbreviation) -> str | None:
    """The type of what is abbreviated, or None if nothing says that it is an entity."""
    known = lexicon.find_name(view.text(short.first, short.last))
    for match in lexicon.lookup(view.text(short.long_first, short.long_last)):
        if match.score >= MIN_SCORE and match.recognise != "no":
            return match.type
    head = _find_head(view, short)
    if view.lower[head] in STATE_NOUNS:
        return None
    is_molecule = view.lower[head] in MOLECULE_HEADS or view.lower[head].endswith("ase")
    if known is not None and known.type in MOLECULE_TYPES and (is_molecule or known.recognise != "weak"):
        return known.type
    if is_molecule:
        return "PROTEIN"
    holding = (c for c in candidates if c.first <= head < c.last and not c.weak)
    return next((c.type for c in holding), None)
