"""What statements are asked for, and whether one fits: relation, ends, site, belief, flags, place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypedDict

from sigmine.assembly.merge import restate
from sigmine.assembly.triples import agent_iri
from sigmine.model.entity import SiteStatus
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent, ClaimType, Statement


class Filters(TypedDict, total=False):
    """What statements are asked for: the arguments of ``StatementStore.find_statements``, ``Knowledge.statements``.

    A statement must fit all that is given; what is not given, None or empty asks nothing. A name is a CURIE, the
    standard name, or one that the texts use, in any case of letters. Where several are taken, a single text is one.

    relation: of one of these (``phosphorylates`` ...).
    subject, object: a name. Either end of an unordered relation (``binds``) may be meant.
    molecules: with one of these names at either end.
    around, hops: of the network that all other filters leave, the neighbourhood of these names: the statements whose
        ends all lie within so many steps of one of them, whichever way the arrows point. 1, the default, gives a
        molecule, its neighbours and all that is said between these (``networkx.ego_graph``, or Cytoscape's first
        neighbours with all edges between them); 0 gives what is said between the names themselves.
    site: ``S473``, or ``S`` for statements with a residue and no position; in the numbering of the reference sequence
        or that of the texts.
    site_status: whose site has this status (``SITE_STATUSES``).
    min_belief: 0 to 1.
    negated, hedged: with some evidence that is (True) or is not (False) so; what is given together must fit the same
        evidence. ``negated=False, hedged=False`` gives what is plainly said.
    claims: with some evidence of one of these types (``CLAIM_TYPES``).
    direct: True for what the subject does itself, False for what it only brings about.
    sections, documents: read in one of these kinds of sections (``abstract``, ``body``, ``table`` ...) or documents
        (ids). These two say what counts as read: evidence from elsewhere is left out of the statements, and belief,
        directness and all other filters go by the rest, as if nothing else had been read.
    collapse_families: whether members of a family count as the family (``sigmine.assembly.families``). The other
        filters then go by what that gives; the name of a member means its family.
    """

    relation: Collection[str] | None
    subject: str | None
    object: str | None
    molecules: Collection[str]
    around: Collection[str]
    hops: int
    site: str | None
    site_status: SiteStatus | None
    min_belief: float
    negated: bool | None
    hedged: bool | None
    claims: Collection[ClaimType] | None
    direct: bool | None
    sections: Collection[str]
    documents: Collection[str]
    collapse_families: bool


_SEVERAL = ("relation", "molecules", "around", "claims", "sections", "documents")


@dataclass(frozen=True, slots=True)
class Selection:
    """``Filters`` with their defaults; where several are taken, a frozen set.

    Raises:
        ValueError: if ``hops`` is negative.
    """

    relation: Collection[str] | None = None
    subject: str | None = None
    object: str | None = None
    molecules: Collection[str] = ()
    around: Collection[str] = ()
    hops: int = 1
    site: str | None = None
    site_status: SiteStatus | None = None
    min_belief: float = 0.0
    negated: bool | None = None
    hedged: bool | None = None
    claims: Collection[ClaimType] | None = None
    direct: bool | None = None
    sections: Collection[str] = ()
    documents: Collection[str] = ()
    collapse_families: bool = False

    def __post_init__(self) -> None:
        if self.hops < 0:
            raise ValueError(f"hops is {self.hops}; it is 0 or more.")
        for name in _SEVERAL:
            value = getattr(self, name)
            texts = (value,) if isinstance(value, str) else value or ()
            object.__setattr__(self, name, frozenset(texts))

    @property
    def narrows(self) -> bool:
        """Whether some evidence may be left out."""
        return bool(self.sections or self.documents)


@dataclass(frozen=True, slots=True)
class Identities:
    """The identities (``<...>``) that the names of a selection mean; None where no name is given."""

    subjects: frozenset[str] | None
    objects: frozenset[str] | None
    molecules: frozenset[str] | None


def narrow_evidence(statement: Statement, selection: Selection) -> Statement | None:
    """The statement on its evidence from the sections and documents that are asked for; None if that is none."""
    if not selection.narrows:
        return statement
    evidence = [
        item
        for item in statement.evidence
        if (not selection.sections or item.section in selection.sections)
        and (not selection.documents or item.document in selection.documents)
    ]
    return restate(statement, evidence) if evidence else None


def matches_statement(statement: Statement, selection: Selection, identities: Identities) -> bool:
    """Whether the statement, on the evidence that counts, fits all but ``around``."""
    if (selection.relation and statement.relation not in selection.relation) or statement.belief < selection.min_belief:
        return False
    if selection.direct not in (None, statement.direct) or not _matches_site(statement, selection):
        return False
    return _matches_flags(statement, selection) and _matches_names(statement, identities)


def _matches_site(statement: Statement, selection: Selection) -> bool:
    if selection.site is not None and selection.site not in (statement.site, *statement.written_sites):
        return False
    return selection.site_status is None or statement.site_status == selection.site_status


def _matches_names(statement: Statement, identities: Identities) -> bool:
    subject, object_ = statement.subject, statement.object
    named = identities.molecules is None or any(
        end is not None and agent_iri(end) in identities.molecules for end in (subject, object_)
    )
    if not named or _matches_ends(subject, object_, identities):
        return named
    return statement.relation in UNORDERED and _matches_ends(object_, subject, identities)


def _matches_ends(subject: Agent | None, object_: Agent | None, identities: Identities) -> bool:
    return all(
        wanted is None or (agent is not None and agent_iri(agent) in wanted)
        for agent, wanted in ((subject, identities.subjects), (object_, identities.objects))
    )


def _matches_flags(statement: Statement, selection: Selection) -> bool:
    """A statement without evidence counts as plainly said."""
    if not statement.evidence:
        return not selection.negated and not selection.hedged and "asserted" in (selection.claims or {"asserted"})
    return any(
        selection.negated in (None, mention.negated)
        and selection.hedged in (None, mention.hedged)
        and (not selection.claims or mention.claim in selection.claims)
        for mention in (item.mention for item in statement.evidence)
    )
