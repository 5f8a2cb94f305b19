"""Finds the residues that a text names: ``Ser473``, ``T37/46``, ``serines 21 and 9``, ``on tyrosine``, ``H3K27me3``.

Pure string work, no model. What only looks like a residue (``ribosomal protein S6``, ``T cells``, ``Figure S1``,
``K562``), a substitution (``S473A``) and the residue of ubiquitin that links a chain (``K63-linked``) are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sigmine.model import Site
from sigmine.nlp.plain_words import read_words
from sigmine.nlp.site_bare import find_bare
from sigmine.nlp.site_context import (
    carries_modification,
    follows_modification,
    follows_phospho_name,
    has_marker,
    is_counted,
    is_labelled,
    is_linkage,
    is_measured,
    is_replaced,
    names_cells,
    speaks_of_kinases,
    stands_by_own_name,
)
from sigmine.nlp.site_notation import (
    GLUED,
    LETTER,
    LETTER_GLUED,
    MORE,
    NUMBERED,
    complete_number,
    get_letter,
    make_lower,
    make_plain,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

_NAMES = frozenset(
    {"S6", "S100", "K562", "T24", "P450", "P53", "P38", "P70", "P27", "P21", "C1", "C3", "C5", "D1", "D2", "D3", "E1"}
    | {"E2", "E3", "H1", "H2", "H3", "H4", "H5", "H7", "H8", "H89", "N6"}
)
"""Names of molecules and cells that are written like residues."""

_LINKED = re.compile(
    r"[ ,;/&()+-]*(?:(?:and|or|then|followed by|as well as|plus|at|on|both|but|not|phospho|p|residues?|to|of|in"
    r"|me[1-3]?|ac|histones?|H[1-4]\w?)[ ,;/&()+-]*){0,4}"
)

_LONGEST_GAP = 30  # characters between two members of a list
_FINGER_OR_TAG = re.compile(r"[ -]?(?:His|tag)")
_LIST_GOES_ON = re.compile(r"(?: ?, ?-?[0-9]+)*,? (?:and|or|and/or|&) -?[0-9]")
_NAME_GOES_ON = re.compile(r"[.,][0-9]|-\w")  # 14-3-3, 4.5


@dataclass(slots=True)
class _Candidate:
    """A numbered residue before it is judged.

    ``claim`` is ``sure``, ``likely`` (a site unless its list says otherwise), ``weak`` (only in a list with a sure
    one), ``label`` (numbers a figure, names cells; so does the rest of its list) or ``no``.
    """

    site: Site
    claim: str


def find_sites(text: str) -> tuple[Site, ...]:
    """The residues that ``text`` names, sorted and disjoint; empty if none.

    Offsets are characters of ``text``, half-open. In a list the later sites are the bare numbers or codes as they
    stand: ``serines 21 and 9`` gives ``serines 21`` and ``9``.
    """
    plain = make_plain(text)
    lower = make_lower(plain)
    candidates = _drop_overlaps(_find_numbered(plain, lower) + _find_letters(plain, lower))
    chains = _make_chains(plain, candidates)
    known = frozenset(site.name for chain in chains for site in _judge(plain, chain, frozenset()) if site.name[2:])
    numbered = [site for chain in chains for site in _judge(plain, chain, known)]
    taken = {place for candidate in candidates for place in range(candidate.site.start, candidate.site.end)}
    bare = [site for site in find_bare(plain, lower) if taken.isdisjoint(range(site.start, site.end))]
    return tuple(
        replace(site, text=text[site.start : site.end]) for site in sorted(numbered + bare, key=lambda site: site.start)
    )


def _make_site(residue: str, position: int, start: int, end: int) -> Site:
    return Site(residue, position, "", start, end)


def _find_numbered(plain: str, lower: str) -> list[_Candidate]:
    """Names and three-letter codes with numbers, and the bare numbers that continue their lists."""
    found: list[_Candidate] = []
    for match in NUMBERED.finditer(plain):
        residue, position = get_letter(match["name"] or match["code"]), int(match["number"])
        prefix = match["prefix"] or ""
        start = match.start() + (len(prefix) if prefix.endswith("-") else 0)
        end = match.end() if match["link"].endswith("(") or not match["close"] else match.end("number")
        claim = _claim_numbered(plain, lower, match, residue, end)
        found.append(_Candidate(_make_site(residue, position, start, end), claim))
        if claim != "no":
            many = match["plural"] == "s" or (match["residues"] or "").endswith("s")
            found.extend(_find_more(plain, residue, position, end, many=many))
    for match in GLUED.finditer(plain):
        residue, position = get_letter(match["code"]), int(match["number"])
        found.append(_Candidate(_make_site(residue, position, match.start(), match.end()), "sure"))
        found.extend(_find_more(plain, residue, position, match.end(), many=False))
    return found


def _claim_numbered(plain: str, lower: str, match: re.Match[str], residue: str, end: int) -> str:
    start, code, link, position = match.start(), match["code"], match["link"], int(match["number"])
    if (link == " " or code is None) and is_measured(plain, end):
        return "no"
    if code is None:
        return "no" if position < 10 and match["name"].endswith("yl") else "sure"  # prolyl-4-hydroxylase
    if residue in "HC" and _FINGER_OR_TAG.match(plain, end):
        return "no"
    is_gene_like = code.islower() or code.isupper()  # his3, LEU2
    carried = carries_modification(lower, start, end, residue)
    if is_gene_like and (not carried if code.islower() and link == " " else position < 10 and not link):
        return "no"
    if (is_gene_like or position < 20 or (residue in "MW" and not link)) and residue not in "STY":
        return "sure" if carried else "no"
    return "sure"


def _find_more(plain: str, residue: str, head: int, end: int, *, many: bool) -> list[_Candidate]:
    """The numbers that go on with the list whose head ends at ``end``; ``many`` where the head is a plural."""
    found: list[_Candidate] = []
    while match := MORE.match(plain, end):
        number, separator = int(match["number"]), match["separator"]
        start, end = match.span("number")
        if is_counted(plain, end) or is_measured(plain, end) or _NAME_GOES_ON.match(plain, end):
            break
        if separator.strip() == "," and number < head and (separator == "," or not _LIST_GOES_ON.match(plain, end)):
            break  # a citation
        if not many and "," in separator and 1950 <= number <= 2040:
            break  # a year
        head = complete_number(head, number) if "/" in separator else number
        found.append(_Candidate(_make_site(residue, head, start, end), "sure"))
        end = match.end() if "(" in match[0] else end
    return found


def _find_letters(plain: str, lower: str) -> list[_Candidate]:
    """One-letter codes with numbers, and the numbers after a slash that continue them."""
    found: list[_Candidate] = []
    for match in LETTER.finditer(plain):
        residue, position = match["letter"], int(match["number"])
        prefix = match["prefix"] or ""
        start = match.start("letter") - (len(prefix) if not prefix.endswith("-") else 0)
        site = _make_site(residue, position, start, match.end())
        claim = _claim_letter(plain, lower, match, site)
        found.append(_Candidate(site, claim))
        if claim in ("sure", "likely") or (claim == "weak" and plain.startswith("/", match.end())):
            more = _find_more(plain, residue, position, match.end(), many=False)
            found.extend(_Candidate(candidate.site, claim) for candidate in more)
    for match in LETTER_GLUED.finditer(plain):
        site = _make_site(match["letter"], int(match["number"]), match.start(), match.end())
        if carries_modification(lower, site.start, site.end, site.residue):
            found.append(_Candidate(site, "sure"))
    return found


def _claim_letter(plain: str, lower: str, match: re.Match[str], site: Site) -> str:
    start, end, position = site.start, site.end, int(match["number"])
    if match["mark"] or (match["histone"] and site.residue in "KRSTYQ"):
        return "sure"
    if match["histone"] or site.name in _NAMES:
        return "no"
    if is_labelled(plain, match.start()) or names_cells(plain, end):
        return "label"
    carried = carries_modification(lower, start, end, site.residue)
    if (match["prefix"] and (carried or position >= 10)) or (
        site.residue in "STY" and follows_phospho_name(plain, start)
    ):
        return "sure"
    marked = has_marker(plain, start, end) or (
        follows_modification(plain, start) and (site.residue in "STYK" or position >= 10)
    )
    if marked and (carried or (site.residue in "STYK" and speaks_of_kinases(lower, start, end))):
        return "sure"
    if not carried and not (site.residue in "STYK" and stands_by_own_name(lower, start, end, site.residue)):
        return "weak" if site.residue in "STYK" else "no"
    if position < 10:
        return "weak"
    in_brackets = plain.startswith("(", start - 1) or match["open"] is not None
    return "likely" if site.residue in "STYK" or in_brackets else "weak"


def _drop_overlaps(candidates: list[_Candidate]) -> list[_Candidate]:
    """Sorted and disjoint; of two that overlap the one that starts first, then the longer one, stays."""
    kept: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda item: (item.site.start, -item.site.end)):
        if not kept or kept[-1].site.end <= candidate.site.start:
            kept.append(candidate)
    return kept


def _make_chains(plain: str, candidates: list[_Candidate]) -> list[list[_Candidate]]:
    """Candidates grouped into lists: ``K16 followed by K12 and then K8 and/or K5`` is one."""
    chains: list[list[_Candidate]] = []
    for candidate in candidates:
        gap = plain[chains[-1][-1].site.end : candidate.site.start] if chains else None
        if gap is not None and len(gap) <= _LONGEST_GAP and _LINKED.fullmatch(gap):
            chains[-1].append(candidate)
        else:
            chains.append([candidate])
    return chains


def _judge(plain: str, chain: list[_Candidate], known: frozenset[str]) -> list[Site]:
    """The members of a list that are sites; a ``weak`` one is, too, if its name is ``known`` from elsewhere."""
    last = chain[-1].site
    if is_replaced(plain, chain[0].site.start, last.end):
        return []
    linking = is_linkage(plain, last)
    kept = [
        item
        for item in chain
        if item.claim != "no"
        and not is_replaced(plain, item.site.start, item.site.end)
        and not (linking and item.site.residue == "K")
        and not is_linkage(plain, item.site)
    ]
    claims = {item.claim for item in chain}
    if "label" in claims:
        return [item.site for item in kept if item.claim == "sure"]
    if "sure" in claims:
        return [item.site for item in kept]
    return [item.site for item in kept if item.claim == "likely" or item.site.name in known]


class SiteFinder:
    """The spaCy component that sets ``doc._.sites``, a tuple of ``Site``."""

    def __init__(self) -> None:
        from spacy.tokens import Doc

        if not Doc.has_extension("sites"):
            Doc.set_extension("sites", default=())

    def __call__(self, doc: Doc) -> Doc:
        doc._.sites = find_sites(read_words(doc).text)
        return doc
