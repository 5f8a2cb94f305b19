"""What the words beside a name say of its state: phosphorylated, mutant, knocked out, or that an antibody is meant."""

from __future__ import annotations

from dataclasses import replace

from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.mention_candidates import Candidate, TextView
from sigmine.nlp.mention_words import JOINTS, OPENERS

_BEFORE = {
    "phospho": "phospho",
    "phosphorylated": "phospho",
    "hyperphosphorylated": "phospho",
    "unphosphorylated": "unphosphorylated",
    "nonphosphorylated": "unphosphorylated",
    "dephosphorylated": "unphosphorylated",
    "mutant": "mutant",
    "mutated": "mutant",
    "active": "active",
    "activated": "active",
    "inactive": "inactive",
    "inactivated": "inactive",
    "anti": "antibody",
}
_AFTER = {
    "antibody": "antibody",
    "antibodies": "antibody",
    "mutant": "mutant",
    "mutants": "mutant",
    "null": "knockout",
    "knockout": "knockout",
    "knock-out": "knockout",
    "ko": "knockout",
}
_VERBAL = frozenset(
    {"phosphorylated", "mutated", "activated", "inactivated", "dephosphorylated", "hyperphosphorylated"}
)


def add_states(view: TextView, candidate: Candidate) -> Candidate:
    """The candidate with its ``modifiers``; only molecules have states."""
    if candidate.type not in MOLECULE_TYPES:
        return candidate
    found = {*candidate.modifiers, *_look_before(view, candidate.first), *_look_after(view, candidate.last)}
    return replace(candidate, modifiers=frozenset(found))


def _look_before(view: TextView, first: int) -> set[str]:
    index = first - 1
    if index < 0:
        return set()
    tied = view.is_joined(index)
    if tied:
        index -= 1
    word = view.lower[index]
    if tied and word == "p":
        return {"phospho"}
    if word not in _BEFORE or (word == "anti" and not tied):
        return set()
    if word in _VERBAL and not tied and not _is_adjective(view, index):
        return set()
    return {_BEFORE[word]}


def _is_adjective(view: TextView, index: int) -> bool:
    """Whether a participle stands before a noun and is not the verb of a clause."""
    token = view.doc[index]
    if view.doc.has_annotation("DEP"):
        return token.dep_ in ("amod", "nmod", "compound")
    return index == 0 or view.lower[index - 1] in OPENERS


def _look_after(view: TextView, last: int) -> set[str]:
    words = view.words[last : last + 5]
    marks = "".join("-" if word in JOINTS and word != "/" else word for word in words)
    if marks.startswith(("-/-", "(-/-)")) and (view.words[last] == "(" or not view.spaces[last - 1]):
        return {"knockout"}
    if last < len(view) and view.lower[last] in _AFTER:
        return {_AFTER[view.lower[last]]}
    return set()
