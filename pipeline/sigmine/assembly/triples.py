"""Statements as RDF, for the triple store and the Turtle exports. ``docs/model.md`` draws the model.

Every resource has an IRI made of what it says, so the same statements give the same triples on every machine; there
are no blank nodes. A store holds what is asked for (``make_triples``), a file all that the model says
(``make_graph_triples``): each triple costs a store time, and a record gives the rest back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from sigmine.assembly.provenance import make_run_triples
from sigmine.assembly.terms import Triple, make_iri, make_literal, term_iri
from sigmine.assembly.vocabulary import MODIFIED_RESIDUES, find_term, make_vocabulary, predicate_iri
from sigmine.model.document import Citation, Reference
from sigmine.model.entity import Entity
from sigmine.model.ids import make_hash, make_mention_id
from sigmine.model.statement import Agent, Evidence, RelationMention, Statement
from sigmine.resources.prefixes import NAMESPACE, PREFIXES, expand_curie, normalize_curie

_TYPE = term_iri("rdf:type")
_LABEL = term_iri("rdfs:label")
_ALT_LABEL = term_iri("skos:altLabel")
_NOTATION = term_iri("skos:notation")
_KEY = term_iri("sigmine:key")
_IDENTIFIER = term_iri("dcterms:identifier")
_PREDICATE = term_iri("rdf:predicate")
_STATEMENT = term_iri("sigmine:Statement")
_RELATION = term_iri("sigmine:relation")
_BELIEF = term_iri("sigmine:belief")
_DENIED = term_iri("sigmine:denied")
_DIRECT = term_iri("sigmine:direct")
_SITE = term_iri("sigmine:site")
_SITE_STATUS = term_iri("sigmine:site_status")
_WRITTEN_SITE = term_iri("sigmine:written_site")
_RESIDUE = term_iri("sigmine:residue")
_POSITION = term_iri("sigmine:position")
_MODIFIED = term_iri("sigmine:modified_residue")
_HAS_EVIDENCE = term_iri("sigmine:evidence")
_EVIDENCE = term_iri("sigmine:Evidence")
_DOCUMENT = term_iri("sigmine:Document")
_SECTION = term_iri("sigmine:section")
_RULE = term_iri("sigmine:rule")
_TRIGGER = term_iri("sigmine:trigger")
_NEGATED = term_iri("sigmine:negated")
_HEDGED = term_iri("sigmine:hedged")
_CLAIM = term_iri("sigmine:claim")
_NUMBER = term_iri("sigmine:number")
_SOURCE = term_iri("oa:hasSource")
_SELECTOR = term_iri("oa:hasSelector")
_QUOTE = term_iri("oa:TextQuoteSelector")
_PLACE = term_iri("oa:TextPositionSelector")
_EXACT = term_iri("oa:exact")
_START = term_iri("oa:start")
_END = term_iri("oa:end")
_GENERATED = term_iri("prov:wasGeneratedBy")
_CITES = term_iri("cito:citesAsEvidence")
_TITLE = term_iri("dcterms:title")
_CITATION = term_iri("dcterms:bibliographicCitation")

_SUBJECT = term_iri("rdf:subject")
_OBJECT = term_iri("rdf:object")
_REIFIES = term_iri("rdf:reifies")
_PLAN = term_iri("prov:Plan")
_STATEMENTS = f"<{PREFIXES['statement']}"
_PUBMED = PREFIXES["pubmed"]
_EVIDENCES = f"<{PREFIXES['evidence']}"

MIN_BELIEF = 0.5
"""Statements that are believed less make no plain triple."""

_SAFE_ID = re.compile(r"[A-Za-z0-9._-]+")
_SITE_NAME = re.compile(r"([A-Z])(\d+)?")


def make_graph_triples(statements: Iterable[Statement], runs: Iterable[Mapping[str, Any]] = ()) -> Iterator[Triple]:
    """All that a file holds: the vocabulary, the runs (manifests), and the statements with every detail.

    A triple that several statements share comes several times.
    """
    yield from make_vocabulary()
    for run in runs:
        yield from make_run_triples(run)
    for statement in statements:
        yield from make_triples(statement)
        yield from make_detail_triples(statement)


def make_triples(statement: Statement) -> Iterator[Triple]:
    """One statement with its ends and its evidence, and the plain triple if it is believed: what a store holds."""
    yield from make_own_triples(statement)
    yield from make_shared_triples(statement)


def make_own_triples(statement: Statement) -> Iterator[Triple]:
    """Of ``make_triples``, those that no other statement makes, but for the plain triple and works without an id."""
    yield from _make_claim(statement)
    yield from _make_links(statement)


def make_shared_triples(statement: Statement) -> Iterator[Triple]:
    """Of ``make_triples``, what is said of the ends and the documents; other statements say it too."""
    for agent in statement.ends:
        yield from _describe_agent(agent)
    yield from _make_sources(statement)


def make_detail_triples(statement: Statement) -> Iterator[Triple]:
    """What files hold beyond ``make_triples``: it follows from the record, and no query of ours asks for it."""
    yield statement_iri(statement.id), _IDENTIFIER, make_literal(statement.id)
    for evidence in statement.evidence:
        yield from _make_details(evidence)


def make_statement_triples(statement: Statement) -> Iterator[Triple]:
    """Of all that a file holds of a statement, what its evidence says taken together, and who its ends are."""
    yield statement_iri(statement.id), _IDENTIFIER, make_literal(statement.id)
    yield from _make_claim(statement)
    for agent in statement.ends:
        yield from _describe_agent(agent)


def make_evidence_triples(statement: Statement) -> Iterator[Triple]:
    """The rest: each piece of evidence with its document, and the names that it uses for the ends."""
    yield from _make_links(statement)
    yield from _make_sources(statement)
    for evidence in statement.evidence:
        yield from _make_details(evidence)


def _make_claim(statement: Statement) -> Iterator[Triple]:
    node = statement_iri(statement.id)
    predicate = predicate_iri(statement.relation, direct=statement.direct)
    subject, object_ = statement.subject, agent_iri(statement.object)
    yield node, _TYPE, _STATEMENT
    yield node, _LABEL, make_literal(make_label(statement))
    yield node, _RELATION, _make_word(statement.relation)
    yield node, _PREDICATE, predicate
    yield node, _BELIEF, make_literal(float(statement.belief))
    yield node, _DIRECT, make_literal(statement.direct)
    yield node, _DENIED, make_literal(is_denied(statement))
    if subject is not None:
        yield node, _SUBJECT, agent_iri(subject)
    yield node, _OBJECT, object_
    if statement.site is not None:
        yield from _make_site(node, statement.relation, statement.site)
        yield node, _SITE_STATUS, make_literal(statement.site_status or "unchecked")
        for written in statement.written_sites:
            yield node, _WRITTEN_SITE, make_literal(written)
    if subject is not None and is_believed(statement):
        yield agent_iri(subject), predicate, object_


def _make_links(statement: Statement) -> Iterator[Triple]:
    node = statement_iri(statement.id)
    for evidence in statement.evidence:
        child = evidence_iri(evidence)
        yield node, _HAS_EVIDENCE, child
        yield from _make_evidence(child, evidence)


def _make_sources(statement: Statement) -> Iterator[Triple]:
    for agent in statement.ends:
        yield from _make_names(agent, statement.evidence)
    for name in {evidence.document: None for evidence in statement.evidence}:
        document = document_iri(name)
        yield document, _TYPE, _DOCUMENT
        yield document, _IDENTIFIER, make_literal(name)


def _make_details(evidence: Evidence) -> Iterator[Triple]:
    node, mention = evidence_iri(evidence), evidence.mention
    passage, rule = _child_iri(node, "passage"), _rule_iri(mention.rule)
    yield node, _IDENTIFIER, make_literal(make_mention_id(evidence.document, mention))
    yield node, _TRIGGER, make_literal(mention.trigger.text)
    yield node, _DIRECT, make_literal(mention.direct)
    yield passage, _TYPE, _QUOTE
    yield passage, _TYPE, _PLACE
    yield rule, _TYPE, _PLAN
    yield rule, _LABEL, make_literal(mention.rule)
    if mention.subject is not None:
        yield from _make_mention(node, "subject", mention.subject)
    yield from _make_mention(node, "object", mention.object)


def make_reifying_triples(statements: Iterable[Statement]) -> Iterator[Triple]:
    """RDF 1.2: each statement with a subject as the reifier of its triple, believed or not (the object is a term)."""
    for statement in statements:
        if statement.subject is not None:
            predicate = predicate_iri(statement.relation, direct=statement.direct)
            triple = f"<<( {agent_iri(statement.subject)} {predicate} {agent_iri(statement.object)} )>>"
            yield statement_iri(statement.id), _REIFIES, triple


def statement_iri(statement_id: str) -> str:
    """``<https://w3id.org/sigmine/statement/...>``"""
    if statement_id.isalnum() and statement_id.isascii():  # as ours are: nothing to encode
        return f"{_STATEMENTS}{statement_id}>"
    return make_iri(PREFIXES["statement"], statement_id)


@lru_cache(maxsize=65536)
def document_iri(document_id: str) -> str:
    """``<https://w3id.org/sigmine/document/...>``"""
    return make_iri(PREFIXES["document"], document_id)


@lru_cache(maxsize=65536)
def agent_iri(agent: Agent) -> str:
    """The identity: that of the CURIE, or one of ours by type and name (``.../name/protein/mtor``) where there is none.

    Two agents with the same key have the same IRI, others have not. A CURIE whose prefix is unknown or not the
    canonical one, or with an odd identifier, has an IRI of ours (``.../curie/...``).
    """
    if not agent.curie:
        return make_iri(PREFIXES["name"], agent.type.lower(), agent.name.lower())
    local = agent.curie.partition(":")[2]
    if _SAFE_ID.fullmatch(local) and normalize_curie(agent.curie) == agent.curie:
        return f"<{expand_curie(agent.curie)}>"
    return make_iri(f"{NAMESPACE}curie/", agent.curie)


def is_denied(statement: Statement) -> bool:
    """Whether all its evidence denies or rejects it (False where there is no evidence)."""
    return bool(statement.evidence) and all(evidence.mention.opposes for evidence in statement.evidence)


def is_believed(statement: Statement) -> bool:
    """Whether it is said as a plain triple: belief is at least ``MIN_BELIEF``, and some passage says so outright.

    What texts only suppose, ask or deny is never a fact, however often they do. A statement without evidence goes by
    its belief alone.
    """
    if statement.belief < MIN_BELIEF:
        return False
    mentions = [evidence.mention for evidence in statement.evidence]
    return not mentions or any(not mention.hedged and not mention.negated for mention in mentions)


def make_label(statement: Statement) -> str:
    """``MTOR phosphorylates AKT1 at S473``; ``something`` stands for a subject that the text does not name."""
    subject = statement.subject.name if statement.subject else "something"
    text = f"{subject} {find_term(statement.relation).label} {statement.object.name}"
    return text if statement.site is None else f"{text} at {statement.site}"


def find_written_names(agent: Agent, evidence: Iterable[Evidence]) -> list[str]:
    """The names other than the standard one under which the evidence knows the agent, sorted."""
    names = set()
    for item in evidence:
        for entity in (item.mention.subject, item.mention.object):
            # Most ends go by the standard name; the look at the key, which costs time, is for the others.
            if entity is not None and entity.text != agent.name and _is_agent(entity, agent):
                names.add(entity.text)
    return sorted(names)


def _is_agent(entity: Entity, agent: Agent) -> bool:
    if entity.curie and agent.curie:
        return entity.curie == agent.curie
    return Agent(entity.name, entity.type, entity.curie).key == agent.key


@lru_cache(maxsize=65536)
def _describe_agent(agent: Agent) -> tuple[Triple, ...]:
    node = agent_iri(agent)
    notation = ((node, _NOTATION, make_literal(agent.curie)),) if agent.curie else ()
    kind, label = make_iri(PREFIXES["sigmine"], agent.type), make_literal(agent.name)
    keys = sorted({make_key(name) for name in (agent.name, agent.curie) if name})
    return (node, _TYPE, kind), (node, _LABEL, label), *notation, *((node, _KEY, make_literal(key)) for key in keys)


def make_key(name: str) -> str:
    """What a name or a CURIE is looked up by, whatever the case of its letters."""
    return name.casefold()


def _make_names(agent: Agent, evidence: Iterable[Evidence]) -> Iterator[Triple]:
    for name in find_written_names(agent, evidence):
        yield agent_iri(agent), _ALT_LABEL, make_literal(name)
        yield agent_iri(agent), _KEY, make_literal(make_key(name))


def _make_site(node: str, relation: str, site: str) -> Iterator[Triple]:
    yield node, _SITE, make_literal(site)
    match = _SITE_NAME.fullmatch(site)
    if match is None:
        return
    residue, position = match.groups()
    yield node, _RESIDUE, make_literal(residue)
    if position is not None:
        yield node, _POSITION, make_literal(int(position))
    modified = MODIFIED_RESIDUES.get((relation, residue))
    if modified is not None:
        yield node, _MODIFIED, term_iri(modified)


def evidence_iri(evidence: Evidence) -> str:
    """By what was read, where, and how it was understood; the run does not matter."""
    mention = evidence.mention
    reading = _hash_reading(mention.rule, mention.negated, mention.claim, mention.direct)
    return f"{_EVIDENCES}{make_mention_id(evidence.document, mention)}-{reading}>"


@lru_cache(maxsize=65536)
def _hash_reading(rule: str, negated: bool, claim: str, direct: bool) -> str:
    return make_hash(["reading", rule, negated, claim, direct])[:8]


@lru_cache(maxsize=65536)
def _rule_iri(rule: str) -> str:
    """``<https://w3id.org/sigmine/rule/phosphorylates/transitive_verb.active>``"""
    return make_iri(PREFIXES["rule"], *rule.split("/"))


_make_word = lru_cache(maxsize=4096)(make_literal)
"""Literals that come again and again: names of relations, kinds of sections and claims."""


@lru_cache(maxsize=65536)
def _run_iri(run: str) -> str:
    return make_iri(PREFIXES["run"], run)


def _make_evidence(node: str, evidence: Evidence) -> Iterator[Triple]:
    mention = evidence.mention
    passage = _child_iri(node, "passage")
    yield node, _TYPE, _EVIDENCE
    yield node, _SOURCE, document_iri(evidence.document)
    yield node, _SECTION, _make_word(evidence.section)
    yield node, _RULE, _rule_iri(mention.rule)
    yield node, _NEGATED, make_literal(mention.negated)
    yield node, _HEDGED, make_literal(mention.hedged)
    yield node, _CLAIM, _make_word(mention.claim)
    if evidence.run:
        yield node, _GENERATED, _run_iri(evidence.run)
    yield node, _SELECTOR, passage
    yield passage, _EXACT, make_literal(evidence.sentence)
    yield passage, _START, make_literal(evidence.start)
    yield passage, _END, make_literal(evidence.end)
    yield from _make_citations(node, mention)


def _child_iri(node: str, name: str) -> str:
    return f"{node[:-1]}/{name}>"


def _make_mention(node: str, role: str, entity: Entity) -> Iterator[Triple]:
    """An end as it stands in the text."""
    child = _child_iri(node, role)
    yield node, term_iri(f"sigmine:{role}"), child
    yield child, _EXACT, make_literal(entity.text)
    yield child, _START, make_literal(entity.start)
    yield child, _END, make_literal(entity.end)


def _make_citations(node: str, mention: RelationMention) -> Iterator[Triple]:
    """The works cited: by PMID or DOI; otherwise a resource below the evidence with what the text gives."""
    works = [
        (citation, reference) for citation in mention.citations for reference in citation.references or (Reference(),)
    ]
    for number, (citation, reference) in enumerate(works, 1):
        work = _work_iri(reference)
        if work is None:
            work = _child_iri(node, f"reference/{number}")
            yield from _make_reference(work, citation, reference)
        yield node, _CITES, work


def _work_iri(reference: Reference) -> str | None:
    if reference.pmid:
        return make_iri(_PUBMED, reference.pmid)
    if reference.doi:
        return make_iri(PREFIXES["doi"], *reference.doi.split("/"))
    return None


def _make_reference(work: str, citation: Citation, reference: Reference) -> Iterator[Triple]:
    yield work, _LABEL, make_literal(citation.marker)
    if reference.number is not None:
        yield work, _NUMBER, make_literal(reference.number)
    if reference.title is not None:
        yield work, _TITLE, make_literal(reference.title)
    if reference.text is not None:
        yield work, _CITATION, make_literal(reference.text)
