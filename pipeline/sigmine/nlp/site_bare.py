"""Residues named without a number: ``on serine``, ``tyrosine phosphorylation``, ``lysine residues``.

A name of an amino acid alone is a site only where something is done to it; in ``serine/threonine kinase`` or
``leucine uptake`` it is not. Coordinated names are judged together.
"""

from __future__ import annotations

import re

from sigmine.model import Site
from sigmine.nlp.site_context import MODIFIED, carries_modification
from sigmine.nlp.site_notation import BARE, MODIFICATIONS, get_letter

_COORDINATOR = re.compile(r" ?/ ?| ?, ?(?:and/or |and |or )?|-? (?:and|or|and/or|but not) (?:on )?|-")
_OFTEN_MODIFIED = frozenset("STYKRPN")
_ASIDE = r"(?: \([^()]{1,60}\))?"
_DONE_AFTER = re.compile(
    rf"{_ASIDE}[ -]{MODIFIED}(?!\w*-regulated)(?!\w*-specific)\w*|-linked\b",
    re.IGNORECASE,
)
_DONE_BEFORE = re.compile(rf"{MODIFIED}\w*(?: [\w-]+){{0,4}} $", re.IGNORECASE)
_ON_BEFORE = re.compile(
    rf"(?:{MODIFIED}|attach|link|glcnac|galnac|glycan|saccharide|carbohydrate)"
    r"[^.;]{0,100} (?:on|at|to)(?: [\w-]+){0,3} $",
    re.IGNORECASE,
)
_ONE_BEFORE = re.compile(
    r"\b(?:an?|the|this|each|one|single|another|conserved|specific|critical|key|particular|internal|target|acceptor"
    r"|substrate|[NC]-terminal|equivalent|corresponding|same) $",
    re.IGNORECASE,
)
_ONE_AFTER = re.compile(
    rf"{_ASIDE}(?:[,.;)]|$| (?:in|of|at|within|is|was|are|were|that|which|on|located|near|between|whose|can|could|must"
    r"|and|or|but|to|by)\b)"
)
_ENZYME = r"(?!increase|decrease|release|phase|base|disease|case|phrase)\w*(?:ases?[0-9]*|tks?|tkis?)\b"
_OTHER_HEAD = re.compile(
    rf"{_ASIDE}[ -]"
    r"(?:(?:[\w-]*(?:specific|specificity|regulated|dependent)|protein|receptor|directed|[0-9](?:,[0-9])?)[ -]){0,2}"
    rf"(?:{_ENZYME}|rich|zipper|repeat|based|containing|specific|transport|transducer|uptake|metaboli|bio|synthe|depriv"
    r"|starv|supplement|concentration|level|pool|supply|antibod|sepharose|to-|substitut|mutat|analog|deriv|acid|trna"
    r"|cross|aldehyde|deficien|binding|bound|receptors?\b)",
    re.IGNORECASE,
)
_MODIFIED_OTHER_HEAD = re.compile(
    rf"[ -](?:(?:protein|dependent) )?(?:{_ENZYME}|binding|antibod|specific|supply|deriv|analog)", re.IGNORECASE
)
_MODIFIED_RESIDUES = {"phospho": "STYH", "p": "STY", "methyl": "KRH", "acetyl": "K", "hydroxy": "KPND"}
_NOT_BEFORE = re.compile(r"(?:\b[LD]-|poly-?|phosphatidyl-|anti-|[a-z]-|[0-9] ?[mnµμ]?M )$", re.IGNORECASE)
_PEPTIDE_GOES_ON = re.compile(r"(?:/[A-Z][a-z]{2})*(?:-[A-Z0-9]|\()")
_SIDE_CHAIN = re.compile(r" (?:amino acid )?(?:residue|side[ -]chain)s?\b", re.IGNORECASE)


def find_bare(plain: str, lower: str) -> list[Site]:
    """Sites without a number, in text order; ``lower`` is ``plain`` in lower case."""
    groups: list[list[re.Match[str]]] = []
    for match in BARE.finditer(plain):
        if get_letter(match["name"] or match["code"]) not in MODIFICATIONS or _is_in_chain(plain, match):
            continue
        gap = plain[groups[-1][-1].end() : match.start()] if groups else None
        if gap is not None and len(gap) < 12 and _COORDINATOR.fullmatch(gap):
            groups[-1].append(match)
        else:
            groups.append([match])
    return [
        Site(get_letter(match["name"] or match["code"]), None, "", match.start(), match.end())
        for group in groups
        if _is_site(plain, lower, group)
        for match in group
    ]


def _is_in_chain(plain: str, match: re.Match[str]) -> bool:
    """Whether it is one link of a peptide (``Ser-Pro``, ``Arg-Gly-Asp``) or part of another name."""
    before = plain[max(0, match.start() - 16) : match.start()]
    if match["prefix"] is None and _NOT_BEFORE.search(before):
        return True
    return match["code"] is not None and _PEPTIDE_GOES_ON.match(plain, match.end()) is not None


def _names_modified_residue(match: re.Match[str]) -> bool:
    """``phosphotyrosine``, ``trimethyl-lysine``, ``hydroxyproline``; not ``acetylcysteine``, a drug."""
    prefix = (match["prefix"] or "").lower().rstrip("-")
    letter = get_letter(match["name"] or match["code"])
    return any(prefix.endswith(word) and letter in letters for word, letters in _MODIFIED_RESIDUES.items())


def _is_site(plain: str, lower: str, group: list[re.Match[str]]) -> bool:
    first, last = group[0], group[-1]
    start, end = first.start(), last.end()
    if any(_names_modified_residue(match) for match in group):
        return not _MODIFIED_OTHER_HEAD.match(plain, end) and not plain.startswith("anti-", max(0, start - 5))
    letters = {get_letter(match["name"] or match["code"]) for match in group}
    if not any(carries_modification(lower, start, end, letter) for letter in letters):
        return False
    if last["residues"] or _SIDE_CHAIN.match(plain, end):
        return True
    if _OTHER_HEAD.match(plain, end) and not _DONE_AFTER.match(plain, end):
        return False
    if _DONE_AFTER.match(plain, end):
        return not _OTHER_HEAD.match(plain, end)
    before = plain[max(0, start - 120) : start]
    done_before = _DONE_BEFORE.search(before)
    if _ON_BEFORE.search(before) or (done_before and (last["name"] is not None or " " not in done_before[0].rstrip())):
        return True
    if last["name"] is None or not letters & _OFTEN_MODIFIED:
        return False
    if any(match["plural"] for match in group):
        return True
    return bool(_ONE_BEFORE.search(before) and _ONE_AFTER.match(plain, end))
