"""What was read: once in one sentence (``RelationMention``), and taken together (``Statement``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sigmine.model.document import Citation, Place
from sigmine.model.entity import SITE_STATUSES, Entity, Site, SiteStatus

ClaimType = Literal["asserted", "attributed", "hypothesised", "open_question", "contradicted"]
"""How the author stands to what is said: outright, as somebody's finding, as a possibility, asked, or as a view that is
rejected. The last three are hedged."""

CLAIM_TYPES: tuple[ClaimType, ...] = get_args(ClaimType)

HEDGED_CLAIMS: frozenset[ClaimType] = frozenset({"hypothesised", "open_question", "contradicted"})
"""The types of claims that do not say that something is so."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The word that carries a relation."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RelationMention:
    """What one rule saw once.

    Attributes:
        relation: ``phosphorylates``, ``activates`` ... as in ``rules/types.yml``.
        subject: who does it; None where the text names no one.
        object: to whom.
        sites: residues, in text order; empty if none is stated.
        trigger: the word that carries the relation.
        rule: the rule's name, e.g. ``phosphorylates/transitive_verb.passive``.
        sentence: half-open characters of the sentence in ``Document.text``.
        negated: whether the passage denies it.
        claim: how the author stands to it, denied or not (``CLAIM_TYPES``).
        direct: False where the subject only brings the effect about.
        cues: the words that made it negated, hedged, flipped or indirect, in text order, e.g. ``("hedge:may",)``.
        prior: how likely it is read right, 0 to 1: while rules are chosen, the grammar's rank of its rule; then the
            estimate of ``sigmine.assembly.reliability``.
        citations: the citation markers that belong to it.
    """

    relation: str
    subject: Entity | None
    object: Entity
    sites: tuple[Site, ...]
    trigger: Trigger
    rule: str
    sentence: tuple[int, int]
    negated: bool = False
    claim: ClaimType = "asserted"
    direct: bool = True
    cues: tuple[str, ...] = ()
    prior: float = 0.8
    citations: tuple[Citation, ...] = ()

    @property
    def hedged(self) -> bool:
        """Whether the passage leaves it open: what is hypothesised, asked or rejected."""
        return self.claim in HEDGED_CLAIMS

    @property
    def opposes(self) -> bool:
        """Whether it speaks against the statement: it denies it, or brings it up as a view that is rejected."""
        return self.negated != (self.claim == "contradicted")


@dataclass(frozen=True, slots=True)
class Agent:
    """One end of a statement: an identity, free of any place in a text."""

    name: str
    type: str
    curie: str | None = None

    @property
    def key(self) -> str:
        """The CURIE, or ``type:name`` in lower case where there is none."""
        return self.curie or f"{self.type.lower()}:{self.name.lower()}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement was read: enough to show it without reading the document again.

    Attributes:
        document: the document's id.
        section: the section's kind.
        sentence: its text; ``start`` and ``end`` are its characters in ``Document.text``.
        source: the same in the file's own characters; None where they are equal.
        mention: the relation mention (spans, rule, trigger, flags, sites, citations).
        run: id of the run that read it (empty if none).
        places: where the sentence is printed, a place for each line; empty for formats without pages.
    """

    document: str
    section: str
    sentence: str
    start: int
    end: int
    mention: RelationMention
    source: tuple[int, int] | None = None
    source_subject: tuple[int, int] | None = None
    source_object: tuple[int, int] | None = None
    run: str = ""
    places: tuple[Place, ...] = ()

    def _repr_html_(self) -> str:
        from sigmine.model.html import render_evidence  # which imports this module

        return render_evidence(self)


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between two identities, with all its evidence.

    ``id`` is a hash of relation, ends and site alone (``sigmine.model.ids``), so it is the same in every run and on
    every machine. ``site`` is ``S473``, ``S`` or None; where the text's number is known to mean another residue of the
    reference sequence (``Site.reference``), it is that one. A denial is evidence with ``mention.negated``, not another
    statement. ``belief`` is 0 to 1. ``direct`` is True if any evidence makes the subject the one that does it.
    """

    id: str
    relation: str
    subject: Agent | None
    object: Agent
    site: str | None
    evidence: tuple[Evidence, ...] = ()
    belief: float = 0.0
    direct: bool = True

    @property
    def ends(self) -> tuple[Agent, ...]:
        """The subject, where one is named, and the object."""
        return (self.object,) if self.subject is None else (self.subject, self.object)

    @property
    def site_status(self) -> SiteStatus | None:
        """The best that any evidence says of the site (``SITE_STATUSES``); None where there is no site."""
        if self.site is None:
            return None
        found = {site.status for site in self._find_sites()}
        return next((status for status in SITE_STATUSES if status in found), "unchecked")

    @property
    def written_sites(self) -> tuple[str, ...]:
        """The site as the texts number it, where that differs from ``site``: ``("T389",)``; sorted."""
        return tuple(sorted({site.name for site in self._find_sites()} - {self.site}))

    def _find_sites(self) -> list[Site]:
        return [site for item in self.evidence for site in item.mention.sites if site.standard_name == self.site]

    def _repr_html_(self) -> str:
        from sigmine.model.html import render_statement  # which imports this module

        return render_statement(self)


def rank_evidence(evidence: Evidence) -> tuple[object, ...]:
    """A key to sort evidence by, what shows a statement best first: for it before against it, plain before hedged,
    then the surest rule, the shortest sentence, the first place.
    """
    mention = evidence.mention
    return (
        mention.opposes,
        mention.hedged,
        not mention.direct,
        -mention.prior,
        len(evidence.sentence),
        evidence.document,
        evidence.start,
        mention.trigger.start,
    )
