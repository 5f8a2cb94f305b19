"""Statements as nodes and edges of the Biolink model, version 4.

[Biolink: Unni et al. 2022; https://w3id.org/biolink; knowledge level and agent type as Translator's text miner]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

from sigmine.assembly.merge import sort_key
from sigmine.assembly.vocabulary import find_term
from sigmine.exports.cells import find_works, flatten_text
from sigmine.exports.exchange_terms import find_exchange_term, find_publication, select_evidence, sort_evidence
from sigmine.model.ids import make_mention_id
from sigmine.model.statement import Agent, Evidence, Statement

JsonObject = dict[str, Any]

SOURCE = "infores:sigmine"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {"uniprot": "UniProtKB", "ncbigene": "NCBIGene", "ncbitaxon": "NCBITaxon", "interpro": "interpro"}
    | {"fplx": "fplx", "cellosaurus": "cellosaurus"}
)
"""Our prefixes in the model's letters; others are written in capitals. The last two are not in its map of prefixes."""

_CATEGORIES = {
    "PROTEIN": "Protein",
    "FAMILY": "GeneFamily",
    "COMPLEX": "MacromolecularComplex",
    "CHEMICAL": "ChemicalEntity",
    "PROCESS": "BiologicalProcess",
    "DISEASE": "Disease",
    "LOCATION": "CellularComponent",
    "CELL": "Cell",
    "SPECIES": "OrganismTaxon",
}
_OF_PREFIX = {
    ("PROTEIN", "hgnc"): "Gene",
    ("PROTEIN", "ncbigene"): "Gene",
    ("PROTEIN", "ensembl"): "Gene",
    ("CHEMICAL", "pubchem.compound"): "SmallMolecule",
    ("CELL", "cellosaurus"): "CellLine",
}
"""What the identifier says more exactly than our type: HGNC's are of genes, PubChem's compounds are small."""

_GENES = frozenset({"Gene", "Protein"})
_CHEMICALS = frozenset({"ChemicalEntity", "SmallMolecule"})
_BIOLOGICAL = _GENES | {
    "GeneFamily", "MacromolecularComplex", "BiologicalProcess", "Disease", "CellularComponent", "Cell", "CellLine",
}  # fmt: skip
_GENES_AND_FAMILIES = _GENES | {"GeneFamily"}

_ASSOCIATIONS: tuple[tuple[str, frozenset[str], frozenset[str], str], ...] = (
    ("affects", _CHEMICALS, _GENES, "ChemicalAffectsGeneAssociation"),
    ("affects", _CHEMICALS, _BIOLOGICAL, "ChemicalAffectsBiologicalEntityAssociation"),
    ("affects", _CHEMICALS | _GENES_AND_FAMILIES, _CHEMICALS, "GeneAffectsChemicalAssociation"),
    ("affects", _GENES, _GENES, "GeneToGeneAssociation"),
    ("physically_interacts_with", _GENES, _GENES, "PairwiseGeneToGeneInteraction"),
    ("physically_interacts_with", _CHEMICALS, _GENES, "ChemicalGeneInteractionAssociation"),
    ("member_of", frozenset({"Gene"}), frozenset({"GeneFamily"}), "GeneToGeneFamilyAssociation"),
)
"""The classes of associations whose domain and range fit, the first that does; others are plain ``Association``."""


def make_nodes(statements: Iterable[Statement]) -> list[JsonObject]:
    """The ends of the edges, each once, sorted by id."""
    ends = {
        make_node_id(end): end
        for statement in sorted(statements, key=sort_key, reverse=True)
        for end in (statement.subject, statement.object)
        if end is not None and statement.subject is not None
    }
    return [
        {"id": name, "category": [f"biolink:{find_category(end)}"], "name": flatten_text(end.name)}
        for name, end in sorted(ends.items())
    ]


def make_edges(statements: Iterable[Statement]) -> Iterator[JsonObject]:
    """The edges, sorted by relation and names: one for what is stated outright, one with ``negated`` for what is
    denied; what is only supposed or asked, and what names no subject, gives none.
    """
    for statement in sorted(statements, key=sort_key):
        if statement.subject is None:
            continue
        stated, against = (select_evidence(statement, side) for side in ("stated", "against"))
        if stated or not statement.evidence:
            yield _make_edge(statement, statement.subject, stated)
        if against:
            yield _make_edge(statement, statement.subject, against, negated=True)


def make_node_id(agent: Agent) -> str:
    """The CURIE with the model's prefix; ``name:protein/pkc%CE%B2`` where there is none."""
    if agent.curie is None:
        return f"name:{quote(agent.type.lower())}/{quote(flatten_text(agent.name).lower())}"
    prefix, _, local = agent.curie.partition(":")
    return f"{PREFIXES.get(prefix, prefix.upper())}:{quote(local)}"


def find_category(agent: Agent) -> str:
    """The class of the model: ``Gene``, ``GeneFamily``, ...; ``NamedThing`` of a type that we do not know."""
    prefix = (agent.curie or "").partition(":")[0]
    return _OF_PREFIX.get((agent.type, prefix)) or _CATEGORIES.get(agent.type, "NamedThing")


def _make_edge(
    statement: Statement, subject: Agent, evidence: tuple[Evidence, ...], *, negated: bool = False
) -> JsonObject:
    term = find_exchange_term(statement.relation)
    object_, predicate = statement.object, term.predicate or "affects"
    if predicate == "physically_interacts_with" and find_category(object_) in _CHEMICALS:
        subject, object_ = object_, subject  # it holds both ways, and the model has the chemical first
    row: JsonObject = {
        "id": f"statement:{statement.id}{'-denied' if negated else ''}",
        "category": [f"biolink:{_find_association(predicate, subject, object_)}"],
        "subject": make_node_id(subject),
        "predicate": f"biolink:{predicate}",
        "object": make_node_id(object_),
        **_make_qualifiers(statement.relation),
        "negated": negated or None,
        "description": _describe(statement),
        "knowledge_level": "not_provided",
        "agent_type": "text_mining_agent",
        "primary_knowledge_source": SOURCE,
        "publications": _find_publications(evidence),
        "has_confidence_score": None if negated else round(statement.belief, 4),
        "evidence_count": len(evidence) or None,
        "has_supporting_studies": _make_studies(evidence),
    }
    return {name: value for name, value in row.items() if value is not None and value not in ([], {})}


def _find_association(predicate: str, subject: Agent, object: Agent) -> str:
    ends = find_category(subject), find_category(object)
    return next(
        (
            name
            for one, first, second, name in _ASSOCIATIONS
            if one == predicate and ends[0] in first and ends[1] in second
        ),
        "Association",
    )


def _make_qualifiers(relation: str) -> JsonObject:
    """``affects`` with what of the object; where the direction is known, "causes increased phosphorylation of"."""
    term = find_exchange_term(relation)
    if term.predicate is not None:
        return {}
    row = {"object_aspect_qualifier": term.aspect}
    if term.sign:
        row["qualified_predicate"] = "biolink:causes"
        row["object_direction_qualifier"] = "increased" if term.sign > 0 else "decreased"
    return {name: value for name, value in row.items() if value}


def _describe(statement: Statement) -> str:
    """The residue, and whether it is indirect, for which the model has no slot."""
    subject = statement.subject.name if statement.subject else "something"
    label = find_term(statement.relation).label
    words = f"{subject} {label} {statement.object.name}{f' at {statement.site}' if statement.site else ''}"
    return flatten_text(words if statement.direct else f"{words} (indirectly)")


def _find_publications(evidence: tuple[Evidence, ...]) -> list[str]:
    """The documents that are publications, then what they cite for it."""
    found = []
    for one in sort_evidence(evidence):
        publication = find_publication(one.document)
        found += [f"PMID:{publication.pmid}"] * bool(publication.pmid)
        found += [f"PMCID:{publication.pmcid}"] * bool(publication.pmcid)
    works = find_works(sort_evidence(evidence))
    found += [f"PMID:{work.removeprefix('pubmed:')}" for work in works if work.startswith("pubmed:")]
    found += [flatten_text(work) for work in works if work.startswith("doi:")]
    return list(dict.fromkeys(found))


def _make_studies(evidence: tuple[Evidence, ...]) -> JsonObject:
    """A study for each document that was read, with a result for each passage."""
    studies: dict[str, JsonObject] = {}
    for one in sort_evidence(evidence):
        name = f"document:{quote(one.document, safe='')}"
        study = {"id": name, "category": ["biolink:Study"], "name": flatten_text(one.document), "has_study_results": []}
        studies.setdefault(name, study)["has_study_results"].append(_make_result(one))
    return studies


def _make_result(evidence: Evidence) -> JsonObject:
    mention = evidence.mention
    row: JsonObject = {
        "id": f"evidence:{make_mention_id(evidence.document, mention)}",
        "category": ["biolink:TextMiningStudyResult"],
        "supporting_text": [evidence.sentence],
        "extraction_confidence_score": round(mention.prior, 4),
        "supporting_text_section_type": evidence.section,
    }
    for name, end in (("subject", mention.subject), ("object", mention.object)):
        if end is not None and evidence.start <= end.start < end.end <= evidence.end:
            row[f"{name}_location_in_text"] = [end.start - evidence.start, end.end - evidence.start]
    return row
