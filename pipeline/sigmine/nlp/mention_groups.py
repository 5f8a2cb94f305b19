"""Names that make one mention together ("PI3K/AKT pathway", "TSC1-TSC2 complex"), and lists that name more than they
spell out ("mTORC1/2")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.mention_candidates import Candidate, TextView
from sigmine.nlp.mention_words import (
    AFTER_NUMBER,
    COMPLEX_HEADS,
    DRUG_HEADS,
    LETTER,
    NUMBER,
    PATHWAY_HEADS,
    PATHWAY_LINKS,
    PLURAL_HEADS,
)

if TYPE_CHECKING:
    from sigmine.resources.lexicon import Lexicon


def expand_lists(view: TextView, chosen: Sequence[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """Adds the members of a list that only have their number: "TSC1/2" names TSC1 and, by "2", TSC2.

    If they are all the members of a family ("LATS1/2"), the whole names the family.
    Only members that the lexicon knows as molecules are added, so "AKT1/2 h" adds nothing for "h".
    """
    result = []
    taken = {index for candidate in chosen for index in range(candidate.first, candidate.last)}
    for candidate in chosen:
        head = candidate
        if candidate.type in MOLECULE_TYPES and candidate.source != "given":
            head = _extend_plural(view, candidate, lexicon) or candidate
            members = _find_members(view, head, lexicon, taken)
            family = _find_family(view, head, members, lexicon)
            head, members = (family, []) if family else (head, members)
            result += members
        result.append(head)
    return sorted(result, key=lambda c: c.start)


def _extend_plural(view: TextView, candidate: Candidate, lexicon: Lexicon) -> Candidate | None:
    """ "caspases-3" of "caspases-3 and -9" as caspase-3, or None if it is not of that kind."""
    dash, number = candidate.last, candidate.last + 1
    text = view.text(candidate.first, candidate.last)
    if not text.endswith("s") or not view.is_joined(dash) or not NUMBER.match(view.words[number]):
        return None
    name = f"{text[:-1]}-{view.words[number]}"
    match = lexicon.find_name(name)
    if match is None or match.type not in MOLECULE_TYPES:
        return None
    return view.make(candidate.first, number + 1, match.type, candidate.source, name=name)


def _find_members(view: TextView, head: Candidate, lexicon: Lexicon, taken: set[int]) -> list[Candidate]:
    found: list[Candidate] = []
    text = head.name or view.text(head.first, head.last)
    index = head.last
    while (place := _find_next_member(view, index)) is not None and place not in taken:
        name = _rename(text, view.words[place])
        match = lexicon.find_name(name) if name else None
        if name is None or match is None or match.type not in MOLECULE_TYPES:
            break
        found.append(view.make(place, place + 1, match.type, head.source, name=name))
        index = place + 1
    return found


def _find_family(view: TextView, head: Candidate, members: Sequence[Candidate], lexicon: Lexicon) -> Candidate | None:
    """The family that has just these members, if slashes or dashes join them, or None."""
    if not members or any(not view.is_joined(member.first - 1) for member in members):
        return None
    names = [head.name or view.text(head.first, head.last), *(member.name for member in members)]
    matches = [lexicon.find_name(name) for name in names]
    curies = {match.curie for match in matches if match is not None and match.curie is not None}
    first = matches[0].curie if matches[0] is not None else None
    for parent in lexicon.find_parents(first or ""):
        known = lexicon.find_entity(parent.parent)
        children = {child.child for child in lexicon.find_children(parent.parent)}
        if known is not None and known[1] == "FAMILY" and children == curies and len(curies) == len(names):
            return view.make(head.first, members[-1].last, "FAMILY", head.source, name=known[0])
    return None


def _find_next_member(view: TextView, index: int) -> int | None:
    """The token with a bare number or letter that continues a list after ``index``, or None."""
    words = view.words

    def is_member(place: int) -> bool:
        return place < len(words) and bool(NUMBER.match(words[place]) or LETTER.match(words[place]))

    if index < len(words) and words[index] in "/–-" and not view.spaces[index - 1] and is_member(index + 1):
        return index + 1
    if index + 1 >= len(words) or view.lower[index] not in ("and", "or", ",", "&"):
        return None
    place = index + 1
    if view.lower[place] in ("and", "or"):
        place += 1
    if place + 1 < len(words) and words[place] in "-–‑" and not view.spaces[place] and is_member(place + 1):
        return place + 1
    closed = place + 1 >= len(words) or view.lower[place + 1] in AFTER_NUMBER
    listed = view.lower[place - 1] in ("and", "or", "&") and place < len(words) and NUMBER.match(words[place])
    return place if listed and closed and not view.is_joined(place + 1) else None


def _rename(text: str, member: str) -> str | None:
    """The first name of the list with its last number or letter exchanged: TSC1 and 2 give TSC2."""
    if member.isdigit():
        stem = text.rstrip("0123456789")
    elif member.isascii():
        stem = text[:-1] if LETTER.match(text[-1]) else text
    else:
        stem = text.rstrip("αβγδεζηθικλ0123456789")
    return None if stem in (text, "") else stem + member


def find_classes(view: TextView, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Classes of drugs named by what they act on: "mTOR inhibitors". Readings beside the mentions, which name mTOR."""
    return [
        view.make(candidate.first, candidate.last + 1, "CHEMICAL", candidate.source)
        for candidate in chosen
        if candidate.type in MOLECULE_TYPES and candidate.last < len(view) and view.lower[candidate.last] in DRUG_HEADS
    ]


def join_groups(view: TextView, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Puts names and the head word after them together: complexes first, then pathways.

    A mention made of others keeps them as ``parts``. Given mentions are left as they are.
    """
    joined = _join_complexes(view, chosen)
    return _join_pathways(view, joined)


def _chains(view: TextView, chosen: Sequence[Candidate]) -> list[list[Candidate]]:
    """Runs of molecules that dashes, slashes or colons join without spaces; a lone molecule is a run of one."""
    chains: list[list[Candidate]] = []
    for candidate in chosen:
        if candidate.type not in MOLECULE_TYPES or candidate.source == "given":
            continue
        last = chains[-1][-1] if chains else None
        if (
            last is not None
            and last.last + 1 == candidate.first
            and (view.is_joined(last.last) or view.words[last.last] == ":")
        ):
            chains[-1].append(candidate)
        else:
            chains.append([candidate])
    return chains


def _merge(view: TextView, chain: Sequence[Candidate], last: int, type_: str) -> Candidate:
    whole = view.make(chain[0].first, last, type_, chain[0].source)
    return replace(whole, parts=tuple(chain))


def _replace_parts(chosen: Sequence[Candidate], wholes: Sequence[Candidate]) -> list[Candidate]:
    rest = [c for c in chosen if not any(whole.overlaps(c) for whole in wholes)]
    return sorted([*rest, *wholes], key=lambda c: c.start)


def _join_complexes(view: TextView, chosen: Sequence[Candidate]) -> list[Candidate]:
    wholes = []
    for chain in _chains(view, chosen):
        last = chain[-1].last
        headed = last < len(view) and view.lower[last] in COMPLEX_HEADS and view.spaces[last - 1]
        if headed or (len(chain) > 1 and view.lower[last - 1] in COMPLEX_HEADS):
            whole = _merge(view, chain, last + headed, "COMPLEX")
            if not any(whole.overlaps(c) and c not in chain for c in chosen):
                wholes.append(whole)
    return _replace_parts(chosen, wholes)


def _join_pathways(view: TextView, chosen: Sequence[Candidate]) -> list[Candidate]:
    wholes: list[Candidate] = []
    chains = _chains(view, chosen)
    for number in range(len(chains) - 1, -1, -1):
        chain = chains[number]
        end = _find_pathway_end(view, chain[-1].last)
        if end is not None:
            wholes.append(_merge(view, chain, end, "PROCESS"))
        elif wholes and _shares_head(view, chain[-1].last, wholes[-1]):
            wholes.append(_merge(view, chain, chain[-1].last, "PROCESS"))
    return _replace_parts(chosen, wholes)


def _find_pathway_end(view: TextView, index: int) -> int | None:
    """The token after "pathway", "signaling cascade" and the like at ``index``, or None."""
    if index < len(view) and view.is_joined(index):  # insulin-signaling pathway
        index += 1
    place, end = index, None
    while place < len(view) and place < index + 4:
        if view.lower[place] in PATHWAY_HEADS:
            end = place + 1
        elif view.lower[place] not in PATHWAY_LINKS:
            break
        place += 1
    return end


def _shares_head(view: TextView, index: int, following: Candidate) -> bool:
    """Whether "and" or "or" alone stands before a pathway whose head is plural: "the Ras and PI3K pathways"."""
    return (
        index + 1 == following.first
        and view.lower[index] in ("and", "or")
        and view.lower[following.last - 1] in PLURAL_HEADS
    )
