"""Statements about members of a family taken together: what AKT1 and AKT2 do becomes what AKT does.

The nearest family of a protein is the one of fewest genes among those that FamPlex says it is a member of (``isa``):
TGFBR1 goes to TGFBR, not to the receptors of its class. A class of more than ``MAX_MEMBERS`` genes is no family
(RING_E3_ligase), nor is a complex: what mTOR does may be mTORC1's or mTORC2's doing, and TSC2 is not a kind of TSC.
Only proteins go to their family; a family stays what it is, so one step is all there ever is.

A statement about a family says that some member does it, or has it done. So

- a denial for one member says nothing of the family. It stays with the member, in a statement of its own.
- a residue keeps the number that it has in the member, as where a text says "AKT at S473", which is AKT1's number
  (AKT2 has S474 there). One place of the family may so make several statements (S473, S474), and one number stand for
  places of two members: which member was meant stands in the evidence.
- RAF1 that binds BRAF becomes RAF that binds RAF: a self-loop that does not say that a molecule acts on itself. Only
  membership of itself says nothing, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from sigmine.assembly.merge import restate, sort_key
from sigmine.model.ids import UNORDERED, make_statement_id
from sigmine.model.statement import Agent, Evidence, Statement
from sigmine.resources.lexicon import Lexicon, load_lexicon
from sigmine.resources.prefixes import normalize_curie

MAX_MEMBERS = 30
"""A class of more genes is no family, as for the check of residues (``sigmine.grounding.sites``)."""

_MEMBERSHIP = frozenset({"member_of", "part_of"})


class Families:
    """Which family a protein belongs to.

    Args:
        lexicon: whose memberships count; by default the bundled ones (FamPlex).
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or load_lexicon()
        self.find_family = lru_cache(maxsize=None)(self._search_family)
        self._count_genes = lru_cache(maxsize=None)(self._search_genes)

    def collapse(self, agent: Agent) -> Agent:
        """The family of a protein; any other agent, and a protein without a family, as it is."""
        if agent.type != "PROTEIN" or agent.curie is None:
            return agent
        return self.find_family(agent.curie) or agent

    def find_members(self, family: str) -> list[str]:
        """The CURIEs of the proteins that collapse into the family (a CURIE), sorted; empty for what is none."""
        children = {one.child for one in self._lexicon.find_children(family) if one.relation == "isa"}
        found = {child: self.find_family(child) for child in children}
        return sorted(child for child, agent in found.items() if agent is not None and agent.curie == family)

    def find_named(self, name: str) -> str | None:
        """The CURIE of the family that a name or a CURIE means, or the name of a member; None if there is none."""
        meant = [match.curie for match in self._lexicon.lookup(name, types={"FAMILY", "PROTEIN"})]
        for curie in filter(None, (normalize_curie(name), *meant)):
            family = self.find_family(curie)
            if family is not None or self.find_members(curie):
                return curie if family is None else family.curie
        return None

    def _search_family(self, curie: str) -> Agent | None:
        if self._lexicon.find_children(curie):  # it is a family itself
            return None
        sizes: list[tuple[int, str, Agent]] = []
        for parent in (one.parent for one in self._lexicon.find_parents(curie) if one.relation == "isa"):
            entity = self._lexicon.find_entity(parent)
            if entity is not None and entity[1] == "FAMILY" and self._count_genes(parent) <= MAX_MEMBERS:
                sizes.append((self._count_genes(parent), parent, Agent(*entity, parent)))
        # Of two families of one size, of which FamPlex has none, the first by identifier: the protein is in both.
        return min(sizes)[2] if sizes else None

    def _search_genes(self, family: str) -> int:
        """How many proteins belong to it over any number of steps."""
        seen: set[str] = set()
        waiting = [family]
        while waiting:
            children = {one.child for one in self._lexicon.find_children(waiting.pop())} - seen
            seen |= children
            waiting += sorted(children)
        return sum(not self._lexicon.find_children(one) for one in seen)


def collapse_families(statements: Iterable[Statement], families: Families | None = None) -> list[Statement]:
    """The statements with each protein replaced by its nearest family, and those that are then the same merged.

    The evidence of each is all that supports its parts, each piece once and unchanged: the passages still say which
    member they name. Id, belief and directness follow as ``assemble`` has them; of statements without any evidence the
    highest belief is kept. The result is sorted as ``assemble`` sorts, and does not depend on the order given.

    Args:
        families: which family a protein belongs to; by default the bundled ones.
    """
    families = families or Families()
    groups: dict[str, list[Statement]] = {}
    for statement in sorted(statements, key=sort_key):
        for part in _collapse(statement, families):
            groups.setdefault(part.id, []).append(part)
    return sorted(map(_merge, groups.values()), key=sort_key)


def _collapse(statement: Statement, families: Families) -> list[Statement]:
    """The statement about the family and what stays with the member; the statement itself where there is no family."""
    subject = None if statement.subject is None else families.collapse(statement.subject)
    object_ = families.collapse(statement.object)
    if (subject, object_) == (statement.subject, statement.object):
        return [statement]
    denials = [item for item in statement.evidence if item.mention.opposes]
    parts = [restate(statement, denials)] if denials else []
    if subject is not None and subject.key == object_.key and statement.relation in _MEMBERSHIP:
        return parts
    if len(denials) < len(statement.evidence) or not denials:
        rest = restate(statement, [item for item in statement.evidence if not item.mention.opposes])
        parts.append(_rename(rest, subject, object_))
    return parts


def _rename(statement: Statement, subject: Agent | None, object: Agent) -> Statement:
    """The same said of other ends."""
    if subject is not None and statement.relation in UNORDERED and object.key < subject.key:
        subject, object = object, subject
    return Statement(
        id=make_statement_id(statement.relation, subject, object, statement.site),
        relation=statement.relation,
        subject=subject,
        object=object,
        site=statement.site,
        evidence=statement.evidence,
        belief=statement.belief,
        direct=statement.direct,
    )


def _merge(parts: list[Statement]) -> Statement:
    """One statement of several with the same id."""
    if len(parts) == 1:
        return parts[0]
    evidence: dict[Evidence, None] = {item: None for part in parts for item in part.evidence}
    if evidence:
        return restate(parts[0], tuple(evidence))
    return max(parts, key=lambda part: (part.belief, part.direct))
