"""What one name may stand for, each possibility with its score and the reasons for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sigmine.model import ENTITY_TYPES, MOLECULE_TYPES
from sigmine.resources.lexicon import Lexicon, LexiconMatch, load_lexicon
from sigmine.resources.lexicon_keys import fold, make_key, make_keys

GENES: frozenset[str] = frozenset({"PROTEIN", "FAMILY", "COMPLEX"})
MARGIN = 0.1
"""Two identities whose scores differ by less are not told apart by the name alone."""
MIN_SCORE = 0.4
"""Below this a match says nothing: letter by letter a synonym gets more than a half."""

_SAME_GROUP = 0.97
_OTHER_GROUP = 0.85
_PLURAL = 0.85
_NOT_HUMAN = 0.5
_WITHOUT_HEAD = "without the general word after it"
_PLACES = re.compile(r"\s+")
_HEADS = re.compile(r"[\s-]+(?:complex(?:es)?|proteins?|genes?|kinases?|famil(?:y|ies)|members?)$", re.IGNORECASE)
_STATES = re.compile(
    r"^(?:the|human|mouse|murine|rat|mutant|active|activated|phosphorylated|recombinant|wild-type|endogenous|total)\s+"
    r"|^(?:p|phospho|anti)[-‐‑–](?=\S)",
    re.IGNORECASE,
)
_SITE = re.compile(r"[\s(-]+p?(?:Ser|Thr|Tyr|[STYK])[-\s]?\d{1,4}\)?$")
_ANIMAL = re.compile(
    r"^(?:rh|h|m|r)(?=[A-Z]{2}[A-Za-z]*[-\d]|[A-Z]{3,}|[A-Z][a-z]+[A-Z\d])(?=.{4})|^p(?=[A-Z][A-Za-z]{2})"
)
"""The first letter of human, mouse, rat, "recombinant human" and phospho before a name: hBRCA2, pAkt."""
_ISOFORM = re.compile(r"(?<=[A-Z]\d)[a-c]$")


@dataclass(frozen=True, slots=True)
class GroundingCandidate:
    """One identity that a name may have.

    Attributes:
        curie: None for a class that no database we use has an identifier for.
        name, type: standard name and type of the identity.
        score: 0 to 1.
        reasons: why it is thought of and what speaks for or against it, in the order in which that was looked at.
        exact: whether the text is a name of it letter by letter (the case of longer names may differ).
        chosen: whether it is what the name is grounded to.
        matched: the name in the lexicon; empty where it was found in another way.
        source: the table that this name comes from.
    """

    curie: str | None
    name: str
    type: str
    score: float
    reasons: tuple[str, ...]
    exact: bool = False
    chosen: bool = False
    matched: str = ""
    source: str = ""

    @property
    def key(self) -> tuple[str | None, str, str]:
        return (self.curie, self.name, self.type)


def find_candidates(
    text: str, type_: str | None, lexicon: Lexicon, *, other_types: bool = False
) -> list[GroundingCandidate]:
    """The identities that a name may have, best first; empty if the lexicon has nothing of that kind.

    The text is looked up as it stands, then without states at its beginning, general heads and sites at its end, the
    letter of a mammal or of a state before it, and the letter of an isoform, until something is found.

    Args:
        type_: the type of the mention; None or a type that is not ours allows every identity.
        other_types: where nothing of the type is found, a molecule of another type that is spelled so counts too: the
            recogniser may have taken a protein for a chemical.
    """
    return list(_find_cached(text, type_, lexicon, other_types))


@lru_cache(maxsize=5_000)
def _find_cached(text: str, type_: str | None, lexicon: Lexicon, other_types: bool) -> tuple[GroundingCandidate, ...]:
    """``find_candidates``; documents name the same molecules again and again."""
    for form, note in _forms(text, type_):
        if found := _find_form(form, note, type_, lexicon):
            return tuple(found)
    if type_ == "COMPLEX" and (whole := _find_by_parts(text, lexicon)) is not None:
        return (whole,)
    if other_types and type_ in MOLECULE_TYPES:
        form = _PLACES.sub(" ", text).strip()
        wanted = GENES if type_ == "CHEMICAL" else {"CHEMICAL"}
        note = f"recognised as a {type_}"
        return tuple(
            replace(one, score=round(one.score * _OTHER_GROUP, 4))
            for one in _find_form(form, note, None, lexicon)
            if one.type in wanted
            and (one.exact or fold(one.matched) == fold(form))
            and one.score * _OTHER_GROUP >= MIN_SCORE
        )
    return ()


def _find_form(form: str, note: str, type_: str | None, lexicon: Lexicon) -> list[GroundingCandidate]:
    """The identities of exactly this form of a name, best first."""
    found = [
        candidate
        for match in lexicon.lookup(form)
        if (candidate := _make_candidate(form, match, type_, note)) is not None and candidate.score >= MIN_SCORE
    ]
    if len(found) > 1:
        found = _prefer_human(_prefer_whole(form, found))
    return sorted(found, key=lambda c: -c.score)


def _prefer_whole(form: str, found: list[GroundingCandidate]) -> list[GroundingCandidate]:
    """What is named with the s at its end goes before what would be its plural: Gαs is not several Gα."""
    keys = set(make_keys(form))
    if not any(make_key(one.matched) in keys for one in found):
        return found
    return [
        replace(one, score=round(one.score * _PLURAL, 4), reasons=(*one.reasons, "only as a plural"))
        if make_key(one.matched) not in keys and f"{make_key(one.matched)}s" in keys
        else one
        for one in found
    ]


def _prefer_human(found: list[GroundingCandidate]) -> list[GroundingCandidate]:
    """Human genes and families go before proteins of other species, which the lexicon has under UniProt.

    Not before one that is spelled just so, as the virus's Tax.
    """
    human = any(one.curie is not None and one.curie.startswith(("hgnc:", "fplx:")) for one in found)
    return [
        replace(one, score=round(one.score * _NOT_HUMAN, 4), reasons=(*one.reasons, "not human"))
        if human and not one.exact and one.curie is not None and one.curie.startswith("uniprot:")
        else one
        for one in found
    ]


def choose_identity(text: str, candidates: Sequence[GroundingCandidate], lexicon: Lexicon) -> GroundingCandidate | None:
    """The candidate that the name means, or None where that would be a guess.

    A name of up to three letters is believed only where a curator or the nomenclature says so; a name with two
    identities of like score is not believed, unless it is spelled as only one of them is, or one is the family of the
    others: then the family is meant.
    """
    if not candidates:
        return None
    near = [c for c in candidates if c.score > candidates[0].score - MARGIN]
    best = next((c for c in near if c.exact), near[0])
    rivals = [c for c in near if c.key != best.key and c.exact == best.exact]
    if rivals:
        return _find_family([best, *rivals], lexicon)
    plain = fold(text)
    if len(plain) <= 3 and plain.isalpha() and best.score < 0.7 and best.type in GENES:
        return None
    return best


def explain_grounding(
    text: str, *, type: str | None = None, lexicon: Lexicon | None = None
) -> tuple[GroundingCandidate, ...]:
    """What a name by itself may be grounded to, best first, with reasons; the chosen one is marked.

    A document can decide otherwise: by a long form that it gives, or by what else it names.
    """
    lexicon = load_lexicon() if lexicon is None else lexicon
    candidates = find_candidates(text, type, lexicon)
    chosen = choose_identity(text, candidates, lexicon)
    marked = []
    for candidate in candidates:
        if candidate is chosen:
            marked.append(replace(candidate, chosen=True))
        elif chosen is None and candidate.score > candidates[0].score - MARGIN and len(candidates) > 1:
            marked.append(replace(candidate, reasons=(*candidate.reasons, "not told apart from others by the name")))
        else:
            marked.append(candidate)
    return tuple(marked)


def _find_family(candidates: Sequence[GroundingCandidate], lexicon: Lexicon) -> GroundingCandidate | None:
    """The candidate that all others belong to, or None."""
    for candidate in candidates:
        if candidate.curie is None or candidate.type not in ("FAMILY", "COMPLEX"):
            continue
        members = {membership.child for membership in lexicon.find_children(candidate.curie)}
        if all(other is candidate or other.curie in members for other in candidates):
            return candidate
    return None


def _forms(text: str, type_: str | None) -> list[tuple[str, str]]:
    """The text, and the shorter forms to look up if it is not found, each with a note for the reasons."""
    text = _PLACES.sub(" ", text).strip()
    forms = [(text, "")]
    stripped = _STATES.sub("", text)
    if stripped != text:
        forms.append((stripped, "without the state before it"))
    head = _HEADS.sub("", stripped)
    if head != stripped and (type_ != "PROCESS"):
        forms.append((head, _WITHOUT_HEAD))
    if type_ is None or type_ in GENES:
        for pattern, note in (
            (_SITE, "without the site"),
            (_ANIMAL, "without the letter of a species or state"),
            (_ISOFORM, "without the letter of the isoform"),
        ):
            if (shorter := pattern.sub("", stripped)) != stripped:
                forms.append((shorter, note))
    return [(form, note) for form, note in forms if form]


def _make_candidate(form: str, match: LexiconMatch, type_: str | None, note: str) -> GroundingCandidate | None:
    """The match as a candidate for a mention of the type, or None if the types do not go together."""
    reasons = [f"{match.status} name {match.text!r} of {match.source}", f"name and text alike: {match.score:.2f}"]
    if note:
        reasons.insert(0, note)
    score = match.score
    if type_ in ENTITY_TYPES and match.type != type_:
        if not {match.type, type_} <= GENES or (
            type_ == "COMPLEX" and match.type == "PROTEIN" and note == _WITHOUT_HEAD
        ):
            return None
        score *= _SAME_GROUP
        reasons.append(f"{match.type}, while the mention is a {type_}")
    elif type_ in ENTITY_TYPES:
        reasons.append("the types agree")
    exact = match.text == form or (len(form) >= 5 and match.text.casefold() == form.casefold())
    return GroundingCandidate(
        match.curie,
        match.name,
        match.type,
        round(score, 4),
        tuple(reasons),
        exact,
        matched=match.text,
        source=match.source,
    )


def _find_by_parts(text: str, lexicon: Lexicon) -> GroundingCandidate | None:
    """The complex that all named parts belong to, if it is the only one; else None.

    Of complexes that are part of one another the smallest counts.
    """
    bare = _HEADS.sub("", text)
    common: set[str] | None = None
    parts = [part for part in re.split(r"[-‐‑–—/:]", bare) if part]
    if len(parts) < 2:
        return None
    for part in parts:
        chosen = choose_identity(part, find_candidates(part, "PROTEIN", lexicon), lexicon)
        if chosen is None or chosen.curie is None:
            return None
        above = _find_complexes(chosen.curie, lexicon)
        common = above if common is None else common & above
    common = common or set()
    closest = [one for one in common if not any(one in _find_complexes(other, lexicon) for other in common - {one})]
    if len(closest) != 1:
        return None
    curie = closest[0]
    entity = lexicon.find_entity(curie)
    if entity is None:
        return None
    reason = f"the only complex that holds {' and '.join(parts)}"
    return GroundingCandidate(curie, entity[0], entity[1], 0.7, (reason,))


def _find_complexes(curie: str, lexicon: Lexicon) -> set[str]:
    """The complexes that a molecule, or a family that it belongs to, is part of."""
    found: set[str] = set()
    queue = [curie]
    while queue:
        for membership in lexicon.find_parents(queue.pop()):
            entity = lexicon.find_entity(membership.parent)
            if entity is not None and entity[1] == "COMPLEX" and membership.parent not in found:
                found.add(membership.parent)
            if membership.parent not in found:
                queue.append(membership.parent)
    return found
