"""Statements and their evidence as a page shows them: JSON values, with sentences cut into marked pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import quote

from sigmine.assembly.support import count_support, describe_support, find_side
from sigmine.assembly.triples import is_denied, make_label
from sigmine.assembly.vocabulary import find_term
from sigmine.curation import Decision, decision_to_json
from sigmine.explorer.marks import mark_evidence
from sigmine.exports.cells import count_flags, find_documents, find_example_sentence, name_site
from sigmine.model.document import Citation, Reference
from sigmine.model.ids import make_evidence_id
from sigmine.model.json import JsonObject, entity_to_json, site_to_json
from sigmine.model.statement import Agent, Evidence, Statement
from sigmine.resources.prefixes import expand_curie

Find = Callable[[str], Decision | None]
"""Gives the decision on a reading."""


def make_row(statement: Statement, find: Find) -> JsonObject:
    """A statement in a list: without its evidence, but with what stands behind it in few words."""
    negated, hedged = count_flags(statement)
    verdicts = [decision.verdict for item in statement.evidence if (decision := find(make_evidence_id(item)))]
    term = find_term(statement.relation)
    return {
        "id": statement.id,
        "label": make_label(statement),
        "relation": statement.relation,
        "relation_label": term.label,
        "sign": term.sign,
        "subject": _make_agent(statement.subject),
        "object": _make_agent(statement.object),
        "site": name_site(statement) or None,
        "site_status": statement.site_status,
        "belief": round(statement.belief, 4),
        "direct": statement.direct,
        "denied": is_denied(statement),
        "evidence": len(statement.evidence),
        "negated": negated,
        "hedged": hedged,
        "support": describe_support(count_support(statement.evidence)),
        "documents": find_documents(statement),
        "sentence": find_example_sentence(statement),
        "curated": {verdict: verdicts.count(verdict) for verdict in dict.fromkeys(verdicts)},
    }


def make_detail(statement: Statement, find: Find) -> JsonObject:
    """A statement with all its evidence: what says so outright first, what speaks against it last."""
    sides = ("stated", "hedged", "against")
    ordered = sorted(statement.evidence, key=lambda item: (sides.index(find_side(item)), -item.mention.prior))
    return {**make_row(statement, find), "pieces": [make_evidence(item, statement.id, find) for item in ordered]}


def make_evidence(evidence: Evidence, statement: str, find: Find) -> JsonObject:
    """One piece of evidence of a statement; ``id`` is that of the reading, as curation knows it."""
    mention = evidence.mention
    sentence, elsewhere = mark_evidence(evidence)
    decision = find(make_evidence_id(evidence))
    return {
        "id": make_evidence_id(evidence),
        "statement": statement,
        "document": evidence.document,
        "section": evidence.section,
        "start": evidence.start,
        "end": evidence.end,
        "pages": sorted({place.page for place in evidence.places}),
        "sentence": sentence,
        "elsewhere": elsewhere,
        "relation": mention.relation,
        "relation_label": find_term(mention.relation).label,
        "subject": entity_to_json(mention.subject) if mention.subject else None,
        "object": entity_to_json(mention.object),
        "sites": [site_to_json(site) for site in mention.sites],
        "side": find_side(evidence),
        "negated": mention.negated,
        "hedged": mention.hedged,
        "claim": mention.claim,
        "direct": mention.direct,
        "cues": list(mention.cues),
        "belief": round(mention.prior, 4),
        "trigger": mention.trigger.text,
        "rule": find_rule(mention.rule),
        "citations": [_make_citation(citation) for citation in mention.citations],
        "decision": decision_to_json(decision) if decision else None,
    }


def _make_agent(agent: Agent | None) -> JsonObject | None:
    if agent is None:
        return None
    link = expand_curie(agent.curie) if agent.curie else None
    return {"key": agent.key, "name": agent.name, "type": agent.type, "curie": agent.curie, "link": link}


@lru_cache(maxsize=1)
def _load_rules() -> dict[str, JsonObject]:
    """By name: example, and file and line of the template and of the trigger words."""
    from sigmine.grammar import get_grammar

    rules: dict[str, JsonObject] = {}
    for rule in get_grammar().rules:
        places = {"example": rule.example, "template": rule.template_place, "words": rule.words_place}
        rules.setdefault(rule.name, {"name": rule.name, **places})
    return rules


def find_rule(name: str) -> JsonObject:
    """The rule in today's grammar; its name alone where there is none."""
    return _load_rules().get(name, {"name": name})


def _make_citation(citation: Citation) -> JsonObject:
    return {"marker": citation.marker, "works": [_make_work(work) for work in citation.references]}


def _make_work(reference: Reference) -> JsonObject:
    links = {"PubMed": find_pubmed(reference), "DOI": find_doi(reference), "PMC": find_pmc(reference)}
    return {
        "number": reference.number,
        "title": reference.title,
        "authors": list(reference.authors),
        "journal": reference.journal,
        "year": reference.year,
        "text": reference.text,
        "links": [{"name": name, "address": address} for name, address in links.items() if address],
    }


def find_pubmed(reference: Reference) -> str | None:
    """The address of the work's abstract; None without a PMID."""
    pmid = reference.pmid or ""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else None


def find_doi(reference: Reference) -> str | None:
    """The address of the work by its DOI, or None."""
    return f"https://doi.org/{quote(reference.doi, safe='/')}" if reference.doi else None


def find_pmc(reference: Reference) -> str | None:
    """The address of the work in PubMed Central, or None."""
    pmcid = reference.pmcid or ""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/" if pmcid.removeprefix("PMC").isdecimal() else None


def make_rows(statements: Iterable[Statement], find: Find) -> list[JsonObject]:
    """``make_row`` of each."""
    return [make_row(statement, find) for statement in statements]
