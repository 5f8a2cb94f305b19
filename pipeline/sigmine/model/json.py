"""Evidence and statements as JSON values: the contract's lines, and back.

The form of a line is fixed by ``docs/contract.md``; other programs rely on it.
"""

from __future__ import annotations

import json
from typing import Any

from sigmine.model.document import Citation, Place, Reference
from sigmine.model.entity import Entity, Site
from sigmine.model.ids import make_mention_id
from sigmine.model.statement import Agent, Evidence, RelationMention, Statement, Trigger

JsonObject = dict[str, Any]


def entity_to_json(entity: Entity) -> JsonObject:
    """An end of a relation as the contract has it."""
    row: JsonObject = {
        "text": entity.text,
        "start": entity.start,
        "end": entity.end,
        "type": entity.type,
        "name": entity.name,
        "curie": entity.curie,
    }
    if entity.modifiers:
        row["modifiers"] = list(entity.modifiers)
    if entity.alternatives:
        row["alternatives"] = list(entity.alternatives)
    if entity.reason:
        row["reason"] = entity.reason
    return row


def entity_from_json(row: JsonObject) -> Entity:
    """The inverse of ``entity_to_json``; what the line does not hold takes its default."""
    return Entity(
        row["text"], row["start"], row["end"], row["type"], row["name"], row.get("curie"),
        modifiers=tuple(row.get("modifiers", ())), alternatives=tuple(row.get("alternatives", ())),
        reason=row.get("reason"),
    )  # fmt: skip


def site_to_json(site: Site) -> JsonObject:
    """A residue as the contract has it; ``reference`` and ``note`` only where there are any."""
    row: JsonObject = {
        "text": site.text,
        "residue": site.residue,
        "position": site.position,
        "start": site.start,
        "end": site.end,
        "status": site.status,
    }
    return row | {name: value for name, value in (("reference", site.reference), ("note", site.note)) if value}


def site_from_json(row: JsonObject) -> Site:
    """The inverse of ``site_to_json``; a residue without a status is unchecked."""
    return Site(
        row["residue"], row["position"], row["text"], row["start"], row["end"],
        status=row.get("status", "unchecked"), reference=row.get("reference"), note=row.get("note", ""),
    )  # fmt: skip


def citation_to_json(citation: Citation) -> list[JsonObject]:
    """One row for each reference of the marker; one row with the marker alone where it is unresolved."""
    base: JsonObject = {"marker": citation.marker, "start": citation.start, "end": citation.end}
    if not citation.references:
        return [{**base, "number": None, "pmid": None, "doi": None, "title": None}]
    return [{**base, **_reference_to_json(reference)} for reference in citation.references]


def _reference_to_json(reference: Reference) -> JsonObject:
    """What is always said of a work, and what else is known of it."""
    row: JsonObject = {
        "number": reference.number,
        "pmid": reference.pmid,
        "doi": reference.doi,
        "title": reference.title,
    }
    more = {
        "pmcid": reference.pmcid,
        "authors": list(reference.authors),
        "journal": reference.journal,
        "year": reference.year,
    }
    return row | {key: value for key, value in more.items() if value}


def _citations_from_json(rows: list[JsonObject]) -> tuple[Citation, ...]:
    markers: dict[tuple[int, int, str], list[Reference]] = {}
    for row in rows:
        references = markers.setdefault((row["start"], row["end"], row["marker"]), [])
        reference = Reference(
            number=row.get("number"),
            pmid=row.get("pmid"),
            doi=row.get("doi"),
            title=row.get("title"),
            pmcid=row.get("pmcid"),
            authors=tuple(row.get("authors", ())),
            journal=row.get("journal"),
            year=row.get("year"),
        )
        if reference != Reference():
            references.append(reference)
    return tuple(Citation(start, end, marker, tuple(refs)) for (start, end, marker), refs in markers.items())


def evidence_to_json(evidence: Evidence, belief: float) -> JsonObject:
    """A line of ``sigmine extract``."""
    mention = evidence.mention
    trigger = mention.trigger
    place: JsonObject = {
        "document": evidence.document,
        "section": evidence.section,
        "sentence": evidence.sentence,
        "start": evidence.start,
        "end": evidence.end,
        "rule": mention.rule,
        "trigger": {"text": trigger.text, "start": trigger.start, "end": trigger.end},
        "citations": [row for citation in mention.citations for row in citation_to_json(citation)],
        "cues": list(mention.cues),
    }
    if evidence.source is not None:
        place["source"] = {
            "start": evidence.source[0],
            "end": evidence.source[1],
            "subject": list(evidence.source_subject) if evidence.source_subject else None,
            "object": list(evidence.source_object) if evidence.source_object else None,
        }
    if evidence.places:
        place["place"] = [{"page": one.page, "box": list(one.box)} for one in evidence.places]
    return {
        "id": make_mention_id(evidence.document, mention),
        "relation": mention.relation,
        "subject": entity_to_json(mention.subject) if mention.subject else None,
        "object": entity_to_json(mention.object),
        "sites": [site_to_json(site) for site in mention.sites],
        "negated": mention.negated,
        "hedged": mention.hedged,
        "claim": mention.claim,
        "direct": mention.direct,
        "belief": round(belief, 4),
        "evidence": place,
    }


def format_mention(evidence: Evidence) -> bytes:
    """A line of ``sigmine extract`` as it is written; its belief is how likely it is read right."""
    return json.dumps(evidence_to_json(evidence, evidence.mention.prior), ensure_ascii=False).encode() + b"\n"


def evidence_from_json(row: JsonObject) -> Evidence:
    """The inverse of ``evidence_to_json``; the line's belief becomes the mention's prior."""
    place = row["evidence"]
    source = place.get("source")

    def pair(value: list[int] | None) -> tuple[int, int] | None:
        return (value[0], value[1]) if value else None

    mention = RelationMention(
        relation=row["relation"],
        subject=entity_from_json(row["subject"]) if row.get("subject") else None,
        object=entity_from_json(row["object"]),
        sites=tuple(site_from_json(site) for site in row["sites"]),
        trigger=Trigger(**place["trigger"]),
        rule=place["rule"],
        sentence=(place["start"], place["end"]),
        negated=row["negated"],
        claim=row.get("claim", "hypothesised" if row["hedged"] else "asserted"),
        direct=row["direct"],
        cues=tuple(place.get("cues", ())),
        prior=row["belief"],
        citations=_citations_from_json(place["citations"]),
    )
    return Evidence(
        document=place["document"],
        section=place["section"],
        sentence=place["sentence"],
        start=place["start"],
        end=place["end"],
        mention=mention,
        source=(source["start"], source["end"]) if source else None,
        source_subject=pair(source["subject"]) if source else None,
        source_object=pair(source["object"]) if source else None,
        places=tuple(Place(one["page"], tuple(one["box"])) for one in place.get("place", ())),
    )


def _agent_to_json(agent: Agent | None) -> JsonObject | None:
    return None if agent is None else {"name": agent.name, "type": agent.type, "curie": agent.curie}


def _agent_from_json(row: JsonObject) -> Agent:
    return Agent(row["name"], row["type"], row.get("curie"))


def statement_to_json(statement: Statement) -> JsonObject:
    """A line of ``statements.jsonl``: the statement, its counts, and each evidence as a line of the contract."""
    negated = sum(evidence.mention.negated for evidence in statement.evidence)
    return {
        "id": statement.id,
        "relation": statement.relation,
        "subject": _agent_to_json(statement.subject),
        "object": _agent_to_json(statement.object),
        "site": statement.site,
        **({"site_status": statement.site_status} if statement.site else {}),
        "direct": statement.direct,
        "belief": round(statement.belief, 4),
        "counts": {
            "evidence": len(statement.evidence),
            "negated": negated,
            "hedged": sum(evidence.mention.hedged for evidence in statement.evidence),
            "documents": len({evidence.document for evidence in statement.evidence}),
        },
        "evidence": [evidence_to_json(evidence, evidence.mention.prior) for evidence in statement.evidence],
    }


def statement_from_json(row: JsonObject) -> Statement:
    """The inverse of ``statement_to_json``."""
    return Statement(
        id=row["id"],
        relation=row["relation"],
        subject=_agent_from_json(row["subject"]) if row["subject"] else None,
        object=_agent_from_json(row["object"]),
        site=row["site"],
        evidence=tuple(evidence_from_json(line) for line in row["evidence"]),
        belief=row["belief"],
        direct=row["direct"],
    )
