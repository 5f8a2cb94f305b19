"""Which statements of a store fit a question that names relation, ends, site, belief and flags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sigmine.assembly.triples import agent_iri
from sigmine.assembly.vocabulary import term_iri
from sigmine.model.entity import SiteStatus
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Agent, ClaimType, Statement
from sigmine.store.lookup import ENDS, find_identities, find_statement_nodes

if TYPE_CHECKING:
    from sigmine.store.graph import Graph


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked; None asks nothing. See ``StatementStore.find_statements``."""

    relation: str | None = None
    subject: str | None = None
    object: str | None = None
    site: str | None = None
    min_belief: float = 0.0
    negated: bool | None = None
    hedged: bool | None = None
    claims: frozenset[ClaimType] | None = None
    site_status: SiteStatus | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Statements that may fit, and the identities (``<...>``) that the names may mean; None where no name is given."""

    nodes: frozenset[str]
    subjects: frozenset[str] | None
    objects: frozenset[str] | None


def find_candidates(graph: Graph, selection: Selection) -> Candidates:
    """The statements that the indexes of the graph give for relation, site and ends; none that fits is left out."""
    subjects = None if selection.subject is None else find_identities(graph, selection.subject)
    objects = None if selection.object is None else find_identities(graph, selection.object)
    groups = [
        {node for agent in agents for node in graph.find_subjects(ENDS, agent)}
        for agents in (subjects, objects)
        if agents is not None
    ]
    texts = (
        (("sigmine:relation",), selection.relation),
        (("sigmine:site", "sigmine:written_site"), selection.site),
        (("sigmine:site_status",), selection.site_status),
    )
    wanted = [(tuple(map(term_iri, terms)), text) for terms, text in texts if text is not None]
    if not groups and wanted:
        groups = [graph.find_with_text(properties, text) for properties, text in wanted]
        wanted = []
    nodes = set.intersection(*groups) if groups else find_statement_nodes(graph)
    # Of one molecule there are few statements, of one relation many: what the ends leave is looked at one by one.
    for properties, text in wanted:
        ordered = sorted(nodes)
        nodes = {node for one in properties for node, found in graph.find_texts(one, ordered) if found == text}
    return Candidates(frozenset(nodes), subjects, objects)


def matches_statement(statement: Statement, selection: Selection, candidates: Candidates) -> bool:
    """Whether one of the candidates fits the whole question."""
    if statement.belief < selection.min_belief or not _matches_flags(statement, selection):
        return False
    subject, object_ = statement.subject, statement.object
    if _matches_ends(subject, object_, candidates):
        return True
    return statement.relation in UNORDERED and _matches_ends(object_, subject, candidates)


def _matches_ends(subject: Agent | None, object_: Agent | None, candidates: Candidates) -> bool:
    return all(
        wanted is None or (agent is not None and agent_iri(agent) in wanted)
        for agent, wanted in ((subject, candidates.subjects), (object_, candidates.objects))
    )


def _matches_flags(statement: Statement, selection: Selection) -> bool:
    """A statement without evidence counts as plainly said."""
    if not statement.evidence:
        return not selection.negated and not selection.hedged and "asserted" in (selection.claims or {"asserted"})
    return any(
        selection.negated in (None, mention.negated)
        and selection.hedged in (None, mention.hedged)
        and (selection.claims is None or mention.claim in selection.claims)
        for mention in (item.mention for item in statement.evidence)
    )
