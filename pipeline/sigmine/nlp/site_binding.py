"""Which residues belong to which modification: those a rule's path reached, else those the words place beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.grammar.match_layout import find_sentence_end
from sigmine.model import Site
from sigmine.nlp.events import Claim
from sigmine.nlp.mention_index import MentionIndex

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord


class SiteBinder:
    """Gives each claim its sites.

    A site that a path reached is taken as it is. Else the nearest run of sites in the sentence is, if no other trigger
    of a modification and no other molecule stands between it and the trigger or the object.
    """

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.modifications = frozenset(name for name, kind in grammar.relations.items() if kind.residues)

    def bind(self, doc: ParsedText, index: MentionIndex, claims: Sequence[Claim]) -> list[tuple[Site, ...]]:
        """The sites of each claim, in text order; empty where none is stated."""
        taken = {site for claim in claims for site in claim.sites}
        anchors = {claim.event.anchor for claim in claims if claim.relation in self.modifications}
        bound: list[tuple[Site, ...]] = []
        for claim in claims:
            relation = "phosphorylates" if claim.relation == "inhibits_phosphorylation" else claim.relation
            residues = self.grammar.relations[relation].residues
            if not residues:
                bound.append(())
                continue
            sites = [site for site in claim.sites if site.residue in residues]
            if not sites and not claim.sites:
                sites = self._find_near(doc, index, claim, taken, anchors, residues)
            bound.append(tuple(sorted(set(sites), key=lambda site: site.start)))
        return bound

    def _find_near(
        self,
        doc: ParsedText,
        index: MentionIndex,
        claim: Claim,
        taken: set[Site],
        anchors: set[int],
        residues: frozenset[str],
    ) -> list[Site]:
        low, high = index.find_sentence(doc[claim.event.anchor].idx)
        candidates = [s for s in index.all_sites if low <= s.start < high and s.residue in residues and s not in taken]
        found = [site for site in candidates if self._is_beside(doc, index, claim, site, anchors)]
        if not found:
            return []
        first = found[0]
        run = [first]
        for site in found[1:]:
            if site.start - run[-1].end <= 12:
                run.append(site)
        return run

    def _is_beside(self, doc: ParsedText, index: MentionIndex, claim: Claim, site: Site, anchors: set[int]) -> bool:
        """Whether only small words, sites and the claim's own words stand between site and object or trigger."""
        spans = [(claim.theme.mention.start, claim.theme.mention.end)]
        trigger = doc[claim.event.anchor]
        spans.append((trigger.idx, trigger.idx + len(trigger)))
        for start, end in spans:
            low, high = (end, site.start) if site.start >= end else (site.end, start)
            if high - low > 60 or low > high:
                continue
            words = (word for word in _find_sentence(trigger) if low <= word.idx and word.idx + len(word) <= high)
            if not any(
                (word.i in index.entities and index.entities[word.i] != claim.theme.mention)
                or word.i in anchors
                or word.lower_ in {";", "whereas", "while", "but"}
                for word in words
            ):
                return True
        return False


def _find_sentence(word: ParsedWord) -> list[ParsedWord]:
    return word.doc[word.sentence_start : find_sentence_end(word)]
