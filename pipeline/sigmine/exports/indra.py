"""Statements as JSON of INDRA, for its assemblers (PySB, BEL, SBGN, English, CX) and its belief and grounding tools.

[INDRA: Gyori et al. 2017; its JSON schema of statements]
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import IO, Any

from sigmine.assembly.merge import sort_key
from sigmine.exports.cells import find_example, find_works, flatten_text
from sigmine.exports.exchange_terms import (
    ExchangeTerm,
    find_exchange_term,
    find_publication,
    find_uniprot,
    sort_evidence,
    split_curie,
)
from sigmine.model.entity import Entity
from sigmine.model.ids import make_mention_id
from sigmine.model.statement import Agent, Evidence, Statement

JsonObject = dict[str, Any]

SOURCE = "sigmine"
"""What ``source_api`` of each evidence says."""

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "hgnc": "HGNC",
        "fplx": "FPLX",
        "uniprot": "UP",
        "chebi": "CHEBI",
        "pubchem.compound": "PUBCHEM",
        "mesh": "MESH",
        "go": "GO",
        "cl": "CL",
        "cellosaurus": "CVCL",
        "ncbigene": "EGID",
        "ncbitaxon": "TAXONOMY",
        "drugbank": "DRUGBANK",
        "omim": "OMIM",
        "ncit": "NCIT",
        "doid": "DOID",
        "hp": "HP",
        "uberon": "UBERON",
        "pr": "PR",
        "interpro": "IP",
        "pfam": "PF",
        "ensembl": "ENSEMBL",
    }
)
"""Our prefixes, and INDRA's names for the same in ``db_refs``."""

_EMBEDDED = frozenset({"CHEBI", "GO", "CL", "DOID", "HP", "UBERON", "PR"})
"""Namespaces whose identifiers carry their name in INDRA: ``CHEBI:9168``."""
_SECTIONS = {"title": "title", "abstract": "abstract", "legend": "figure"}
"""Kinds of sections that INDRA has a word for."""


def write_indra(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """An array, one statement a line, sorted by relation, names and site; relations without a class are left out."""
    rows = (make_indra_statement(statement) for statement in sorted(statements, key=sort_key))
    lines = [json.dumps(row, ensure_ascii=False) for row in rows if row is not None]
    file.write(("[" + ",\n ".join(lines) + "]\n").encode(errors="replace"))


def make_indra_statement(statement: Statement) -> JsonObject | None:
    """The statement as INDRA's JSON; None where INDRA has no class for the relation."""
    term = find_exchange_term(statement.relation)
    if term.indra is None:
        return None
    evidence = [_make_evidence(one, statement, term) for one in sort_evidence(statement.evidence)]
    row: JsonObject = {"type": term.indra, **_make_roles(statement, term), "belief": round(statement.belief, 4)}
    return row | {"evidence": evidence, "id": statement.id}


def _make_roles(statement: Statement, term: ExchangeTerm) -> JsonObject:
    example = find_example(statement)
    object_ = _make_agent(statement.object, _find_words(statement.object, example))
    subject = statement.subject and _make_agent(statement.subject, _find_words(statement.subject, example))
    if term.indra == "Complex":
        return {"members": [agent for agent in (subject, object_) if agent]}
    if term.indra == "Translocation":
        return {"agent": object_}
    if term.kind == "amount":
        return {"subj": subject, "obj": object_}
    if term.kind == "activity":
        return {"subj": subject, "obj": object_, "obj_activity": "activity"}
    site = statement.site or ""
    parts = {"residue": site[:1], "position": site[1:]}
    ends = {"enz": subject, "sub": object_} if subject else {"sub": object_}
    return ends | {name: part for name, part in parts.items() if part}


def _make_agent(agent: Agent, words: str) -> JsonObject:
    references = {"TEXT": words or flatten_text(agent.name)}
    parts = split_curie(agent)
    if parts is not None:
        prefix, local = parts
        name = NAMESPACES.get(prefix, prefix.upper())
        references[name] = f"{name}:{local}" if name in _EMBEDDED else local
        uniprot = find_uniprot(agent)
        if uniprot:
            references["UP"] = uniprot
    return {"name": flatten_text(agent.name), "db_refs": references}


def _find_words(agent: Agent, example: Evidence | None) -> str:
    """The agent in the words of the sentence that shows the statement best; empty where there is none."""
    if example is None:
        return ""
    ends = [end for end in (example.mention.subject, example.mention.object) if end is not None]
    return next((flatten_text(end.text) for end in ends if _is_of(end, agent)), "")


def _is_of(entity: Entity, agent: Agent) -> bool:
    return Agent(entity.name, entity.type, entity.curie).key == agent.key


def _make_evidence(evidence: Evidence, statement: Statement, term: ExchangeTerm) -> JsonObject:
    mention = evidence.mention
    publication = find_publication(evidence.document)
    cited = [name.removeprefix("pubmed:") for name in find_works([evidence]) if name.startswith("pubmed:")]
    pmid = publication.pmid or (cited[0] if len(cited) == 1 else "")
    references = {"PMID": pmid, "PMCID": publication.pmcid}
    row: JsonObject = {
        "source_api": SOURCE,
        "pmid": pmid,
        "source_id": make_mention_id(evidence.document, mention),
        "text": evidence.sentence,
        "annotations": _make_annotations(evidence, statement, is_cited=bool(pmid) and not publication.pmid),
        "epistemics": _make_epistemics(evidence, term),
        "text_refs": {name: value for name, value in references.items() if value},
    }
    return {name: value for name, value in row.items() if value}


def _make_epistemics(evidence: Evidence, term: ExchangeTerm) -> JsonObject:
    """What INDRA's filters look at.

    ``direct`` is said where we know: texts that say who modifies whom mean the enzyme, while "activates" leaves open
    whether others stand between.
    """
    mention = evidence.mention
    row: JsonObject = {"raw_sections": [evidence.section]}
    if evidence.section in _SECTIONS:
        row["section_type"] = _SECTIONS[evidence.section]
    if mention.opposes:
        row["negated"] = True
    elif mention.hedged:
        row["hypothesis"] = True
    if term.indirect or not mention.direct:
        row["direct"] = False
    elif term.kind == "modification":
        row["direct"] = True
    return row


def _make_annotations(evidence: Evidence, statement: Statement, *, is_cited: bool) -> JsonObject:
    mention = evidence.mention
    ends = _order_ends(evidence, statement)
    row: JsonObject = {
        "found_by": mention.rule,
        "agents": {
            "raw_text": [end and end.text for end in ends],
            "coords": [end and _find_place(end.start, end.end, evidence) for end in ends],
        },
        "trigger": mention.trigger.text,
        "relation": mention.relation,
        "claim": mention.claim,
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "sites": [site.text for site in mention.sites],
        "cites": find_works([evidence]),
        "pmid_is_cited": is_cited,
    }
    return {name: value for name, value in row.items() if value or name == "start"}


def _order_ends(evidence: Evidence, statement: Statement) -> list[Entity | None]:
    """The ends in INDRA's order of the agents."""
    subject, object_ = evidence.mention.subject, evidence.mention.object
    if statement.relation == "translocates":
        return [object_]
    if subject is not None and statement.subject is not None and not _is_of(subject, statement.subject):
        return [object_, subject]
    return [subject, object_]


def _find_place(start: int, end: int, evidence: Evidence) -> list[int] | None:
    """The characters within the sentence, as INDRA's readers give them; None of what stands outside of it."""
    if not evidence.start <= start < end <= evidence.end:
        return None
    return [start - evidence.start, end - evidence.start]
