"""INDRA's JSON statements as claims, so that other readers (REACH, TRIPS, Eidos, ...) are scored on the same gold.

Each evidence of a statement is a claim. Statements without two ends that we have a relation for (``ActiveForm``,
``Influence``, ...) are left out. [Format: INDRA's JSON schema of statements, Gyori et al. 2017]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any

from sigmine.annotation.place import FoundClaim
from sigmine.evaluation.claim import End
from sigmine.exports.exchange_terms import load_exchange_terms

Row = Mapping[str, Any]
FindType = Callable[[str, str], str | None]

_GTPASES = {"Gef": ("activates", "gef"), "Gap": ("inhibits", "gap")}
_OTHERS = ("Autophosphorylation", "Complex", "Translocation", "Conversion")
_PREFIXES = {
    "HGNC": "hgnc",
    "FPLX": "fplx",
    "CHEBI": "chebi",
    "MESH": "mesh",
    "GO": "go",
    "PUBCHEM": "pubchem.compound",
}
AGENT_TYPES = {"FPLX": "FAMILY", "HGNC": "PROTEIN", "UP": "PROTEIN", "CHEBI": "CHEMICAL", "PUBCHEM": "CHEMICAL",
          "CHEMBL": "CHEMICAL", "DRUGBANK": "CHEMICAL", "HMDB": "CHEMICAL", "GO": "PROCESS", "MESH": "PROCESS",
          "HP": "DISEASE", "DOID": "DISEASE", "EFO": "DISEASE"}  # fmt: skip
"""By namespace, the first that an agent has; an agent without identifiers is taken for a protein."""


@cache
def load_types() -> frozenset[str]:
    """The types of statements that we have a relation for."""
    return frozenset({*_load_relations("modification"), *_load_relations("activity", "amount"), *_GTPASES, *_OTHERS})


@cache
def _load_relations(*kinds: str) -> Mapping[str, str]:
    """Our relation of each type of these kinds: ``exports/exchange.yml``, read backwards."""
    terms = load_exchange_terms().items()
    return {term.indra: relation for relation, term in terms if term.indra and term.kind in kinds and not term.indirect}


def parse_indra(statements: Sequence[Row], find_type: FindType = lambda curie, name: None) -> Iterator[FoundClaim]:
    """The claims of statements, in order, one an evidence; without evidence one without a sentence.

    Args:
        find_type: the type of an identifier and a name, where the namespace does not tell (MeSH has all types).
    """
    for number, statement in enumerate(statements):
        for relation, subject, object, agents in find_relations(statement):
            sites = make_sites(statement)
            evidences: Sequence[Row] = statement.get("evidence") or ({},)
            for evidence in evidences:
                epistemics = evidence.get("epistemics") or {}
                annotations = evidence.get("annotations") or {}
                words = (annotations.get("agents") or {}).get("raw_text") or ()
                yield FoundClaim(
                    id=f"{statement.get('id') or number}-{evidence.get('source_hash', '')}",
                    relation=relation,
                    subject=None if subject is None else _make_end(subject),
                    object=_make_end(object),
                    sites=sites,
                    negated=bool(epistemics.get("negated")),
                    hedged=bool(epistemics.get("hypothesis")),
                    direct=epistemics.get("direct") is not False,
                    sentence=str(evidence.get("text") or ""),
                    documents=tuple(_list_documents(evidence)),
                    words=tuple(words[agent] if agent < len(words) else None for agent in agents),
                    rule=str(annotations.get("found_by") or evidence.get("source_api") or ""),
                    belief=float(statement.get("belief", 1.0)),
                )


def find_relations(statement: Row) -> Iterator[tuple[str, Row | None, Row, tuple[int, ...]]]:
    """Relation, subject and object, and which of the statement's agents the ends are, in INDRA's order of them.

    Nothing for a type that is not in ``load_types()``, or where an agent that the relation needs is missing.
    """
    kind = statement.get("type", "")
    modifications, effects = _load_relations("modification"), _load_relations("activity", "amount")
    if kind in modifications and statement.get("sub"):
        yield modifications[kind], statement.get("enz"), statement["sub"], (0, 1)
    elif kind == "Autophosphorylation" and statement.get("enz"):
        yield "phosphorylates", statement["enz"], statement["enz"], (0, 0)
    elif kind in effects and statement.get("subj") and statement.get("obj"):
        yield effects[kind], statement["subj"], statement["obj"], (0, 1)
    elif kind in _GTPASES and statement.get(_GTPASES[kind][1]) and statement.get("ras"):
        relation, role = _GTPASES[kind]
        yield relation, statement[role], statement["ras"], (0, 1)
    elif kind == "Complex":
        for (first, one), (second, other) in combinations(enumerate(statement.get("members") or ()), 2):
            yield "binds", one, other, (first, second)
    elif kind == "Translocation" and statement.get("agent"):
        yield "translocates", None, statement["agent"], (0,)
    elif kind == "Conversion" and statement.get("subj"):
        for number, substrate in enumerate(statement.get("obj_from") or (), start=1):
            yield "converts", statement["subj"], substrate, (0, number)


def _make_end(agent: Row) -> End:
    references = agent.get("db_refs") or {}
    namespace = find_namespace(references)
    curie = None
    for name, prefix in _PREFIXES.items():
        if name in references:
            local = references[name][0] if isinstance(references[name], list) else references[name]
            curie = f"{prefix}:{str(local).removeprefix(f'{name}:')}"
            break
    return End((), str(agent.get("name", "")), AGENT_TYPES.get(namespace, "PROTEIN"), curie)


def find_namespace(references: Row) -> str:
    """The first of ``AGENT_TYPES`` that an agent has an identifier of; empty if none."""
    return next((name for name in AGENT_TYPES if name in references), "")


def make_sites(statement: Row) -> tuple[str, ...]:
    """``("S473",)``, ``("S",)``, or nothing where the statement names no residue."""
    residue, position = statement.get("residue"), statement.get("position")
    return (f"{residue}{position or ''}",) if residue else ()


def _list_documents(evidence: Row) -> Iterator[str]:
    """What the evidence calls its document, surest first."""
    references = evidence.get("text_refs") or {}
    for name in (evidence.get("source_id"), evidence.get("pmid"), *references.values()):
        if name:
            yield str(name)
