"""Whose residues are whose: "B at S1 and C at S2", "A and B at S1 and S2, respectively"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.model import Entity, Site
from sigmine.nlp.events import Argument, Claim
from sigmine.nlp.lists import says_respectively
from sigmine.nlp.mention_index import MentionIndex

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText


class SiteSharer:
    """Shares the residues of a modification among its objects, and among its subjects, in one text."""

    def __init__(self, doc: ParsedText, index: MentionIndex, grammar: Grammar) -> None:
        self.doc = doc
        self.index = index
        self.grammar = grammar
        self.separators = grammar.get_cues("coordination", "separators")
        self.places = grammar.get_cues("coordination", "places")

    def share(self, claim: Claim) -> Iterator[Claim]:
        """The claim with the sites that are its own, or one for each object that the text gives residues of its own."""
        residues = self.grammar.relations[claim.relation].residues
        if not residues:
            yield claim
            return
        gapped = self._find_gapped(claim.theme.mention, residues)
        for entity, sites in gapped:
            yield replace(claim, theme=replace(claim.theme, mention=entity), sites=sites)
        if not gapped:
            yield replace(claim, sites=self._find_own(claim))

    def _find_own(self, claim: Claim) -> tuple[Site, ...]:
        event, sites = claim.event, claim.sites
        if len(sites) < 2:
            return sites
        if says_respectively(self.doc, event.anchor):
            for ends, own in ((event.themes, claim.theme), (event.agents, claim.agent)):
                paired = _pair(ends, own, sites)
                if paired:
                    return paired
        return _take_behind(event.themes, claim.theme, sites)

    def _find_gapped(self, theme: Entity, residues: frozenset[str]) -> list[tuple[Entity, tuple[Site, ...]]]:
        """The objects that share a verb, each with its own residues: "... B at S1, C at S2 and D (S3)".

        The theme itself first, then those after it; empty where the text has not at least two such pairs.
        """
        pairs = []
        entity: Entity | None = theme
        i = self._find_end(theme)
        while entity is not None:
            i, sites = self._read_sites(i, residues)
            if not sites:
                break
            pairs.append((entity, sites))
            entity, i = self._find_next(i)
        return pairs if len(pairs) > 1 else []

    def _find_end(self, entity: Entity) -> int:
        """Index of the word behind the name and the abbreviation in brackets behind it."""
        doc, index = self.doc, self.index
        i = index.find_word(entity.start)
        while i < len(doc) and index.entities.get(i) is entity:
            i += 1
        if i < len(doc) and doc[i].lower_ == "(" and index.entities.get(i + 1) is not None:
            while i < len(doc) and doc[i].lower_ != ")":
                i += 1
            i += 1
        return i

    def _read_sites(self, i: int, residues: frozenset[str]) -> tuple[int, tuple[Site, ...]]:
        """The run of residues from word ``i`` on, behind "at", "on" or a bracket, and the word after it."""
        doc, index = self.doc, self.index
        if i >= len(doc) or not (doc[i].lower_ in self.places or i in index.sites):
            return i, ()
        found: list[Site] = []
        last = i
        while i < len(doc) and not (doc[i].is_sent_start and found):
            if i in index.sites:
                found += [site for site in index.sites[i] if site.residue in residues and site not in found]
                last = i + 1
            elif doc[i].lower_ == ")":
                return i + 1, tuple(found)
            elif i in index.entities or doc[i].lower_ not in self.places | self.separators:
                break
            i += 1
        return last, tuple(found)

    def _find_next(self, i: int) -> tuple[Entity | None, int]:
        """The name behind the words that join list members, and the word after it; None where there is none."""
        start = i
        while i < len(self.doc) and self.doc[i].lower_ in self.separators:
            i += 1
        if i == start or i not in self.index.entities:
            return None, i
        entity = self.index.entities[i]
        return entity, self._find_end(entity)


def _pair(ends: tuple[Argument, ...], own: Argument | None, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Of as many residues as ends, the one at the end's own place; empty where the numbers differ."""
    starts = sorted({argument.mention.start for argument in ends})
    if own is None or len(starts) != len(sites) or own.mention.start not in starts:
        return ()
    return (sorted(sites, key=lambda site: site.start)[starts.index(own.mention.start)],)


def _take_behind(themes: tuple[Argument, ...], own: Argument, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Of several objects with residues behind each ("A at S1 and B at S2"), the residues behind its own."""
    starts = sorted({theme.mention.start for theme in themes})
    if len(starts) < 2 or own.mention.start not in starts:
        return sites

    def owner(site: Site) -> int | None:
        return max((start for start in starts if start < site.start), default=None)

    if len({owner(site) for site in sites}) < 2:
        return sites
    return tuple(site for site in sites if owner(site) == own.mention.start)
