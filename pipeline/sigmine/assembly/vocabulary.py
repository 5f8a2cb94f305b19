"""The terms of the RDF projection: our classes and properties, and the predicate of each relation.

Predicates, labels and signs come from ``rules/types.yml``; a relation that it does not know has ``sigmine:<relation>``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from sigmine.assembly.ontology import INTERACTION_TYPES, make_ontology
from sigmine.assembly.terms import Triple, make_iri, make_literal, term_iri
from sigmine.errors import GrammarError
from sigmine.resources.prefixes import PREFIXES

__all__ = [
    "MODIFIED_RESIDUES",
    "RelationTerm",
    "find_term",
    "load_relation_terms",
    "make_vocabulary",
    "predicate_iri",
    "term_iri",
]


@dataclass(frozen=True, slots=True)
class RelationTerm:
    """How a relation stands in RDF and in graphs.

    Attributes:
        predicate: CURIE of the predicate of a direct statement.
        label: what stands between the names, e.g. ``inhibits the phosphorylation of``.
        sign: 1 where the subject raises the activity or amount of the object, -1 where it lowers it, else 0.
        close_match: CURIE of another ontology's term that means nearly the same as the predicate, or None.
        parent: the more general relation, or None.
        opposes: the relations that cannot hold as well, of the same ends.
    """

    predicate: str
    label: str
    sign: int = 0
    close_match: str | None = None
    parent: str | None = None
    opposes: frozenset[str] = frozenset()


MODIFIED_RESIDUES: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("phosphorylates", "S"): "MOD:00046",
        ("phosphorylates", "T"): "MOD:00047",
        ("phosphorylates", "Y"): "MOD:00048",
        ("dephosphorylates", "S"): "MOD:00046",
        ("dephosphorylates", "T"): "MOD:00047",
        ("dephosphorylates", "Y"): "MOD:00048",
        ("acetylates", "K"): "MOD:00064",
        ("deacetylates", "K"): "MOD:00064",
        ("ubiquitinates", "K"): "MOD:01148",
        ("deubiquitinates", "K"): "MOD:01148",
    }
)
"""The modified residue (PSI-MOD) that a relation makes or undoes."""


@lru_cache(maxsize=1)
def load_relation_terms() -> Mapping[str, RelationTerm]:
    """The relations that are written out, by name.

    Raises:
        GrammarError: if ``types.yml`` is wrong.
    """
    import yaml
    from pydantic import ValidationError

    from sigmine.grammar.schema import TypesFile

    text = files("sigmine.rules").joinpath("types.yml").read_text(encoding="utf-8")
    try:
        relations = TypesFile.model_validate(yaml.safe_load(text)).relations
    except (yaml.YAMLError, ValidationError) as error:
        raise GrammarError(f"rules/types.yml is wrong; `sigmine rules check` tells where: {error}") from error
    pairs = {(name, other) for name, relation in relations.items() for other in relation.opposes}
    pairs |= {(other, name) for name, other in pairs}
    return MappingProxyType(
        {
            name: RelationTerm(
                relation.predicate, relation.label, relation.sign, relation.close_match, relation.parent,
                frozenset(other for one, other in pairs if one == name),
            )
            for name, relation in relations.items()
            if not relation.internal
        }
    )  # fmt: skip


def find_term(relation: str) -> RelationTerm:
    """The relation's term; predicate and label made of its name where ``types.yml`` does not know it."""
    term = load_relation_terms().get(relation)
    return term or RelationTerm(f"sigmine:{relation}", relation.replace("_", " "))


@lru_cache(maxsize=1024)
def predicate_iri(relation: str, *, direct: bool = True) -> str:
    """The predicate of the plain triple; an indirect statement has ``sigmine:<relation>_indirectly``.

    So nobody who follows RO:0002447 takes a cytokine for a kinase.
    """
    prefix, _, local = find_term(relation).predicate.partition(":")
    if direct and prefix in PREFIXES:
        return make_iri(PREFIXES[prefix], local)
    return make_iri(PREFIXES["sigmine"], relation if direct else f"{relation}_indirectly")


def make_vocabulary() -> Iterator[Triple]:
    """What our own terms mean; the same in every store and every file. Terms of others are left to their makers."""
    kind, label = term_iri("rdf:type"), term_iri("rdfs:label")
    yield from make_ontology()
    for relation, term in load_relation_terms().items():
        for direct in (True, False):
            predicate = predicate_iri(relation, direct=direct)
            if predicate.startswith(f"<{PREFIXES['sigmine']}"):
                yield predicate, kind, term_iri("rdf:Property")
                yield predicate, label, make_literal(term.label if direct else f"{term.label} (indirectly)")
        if term.close_match:
            yield predicate_iri(relation), term_iri("skos:closeMatch"), term_iri(term.close_match)
        if relation in INTERACTION_TYPES:
            yield predicate_iri(relation), term_iri("skos:relatedMatch"), term_iri(INTERACTION_TYPES[relation])
