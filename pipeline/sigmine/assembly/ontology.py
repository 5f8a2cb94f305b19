"""Our own classes and properties: what each is called, what it means, and what it is a kind of.

Every store and every RDF file holds them (``make_vocabulary``), so that nobody has to fetch what a term means.
``docs/model.md`` lists them with examples; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sigmine.assembly.terms import Triple, make_literal, term_iri
from sigmine.model.entity import ENTITY_TYPES


@dataclass(frozen=True, slots=True)
class OwnTerm:
    """A class or a property of ours.

    Attributes:
        label: its name in words.
        comment: what it means, one sentence.
        parent: CURIE of what it is a subclass or a subproperty of, or None.
        is_class: whether it is a class; else a property.
    """

    label: str
    comment: str
    parent: str | None = None
    is_class: bool = False


_CLASSES = {
    "Statement": OwnTerm("statement", "A relation between two identities, with its evidence.", "rdf:Statement", True),
    "Evidence": OwnTerm("evidence", "What one rule read at one place.", "oa:SpecificResource", True),
    "Document": OwnTerm("document", "A text that was read.", "prov:Entity", True),
    **{name: OwnTerm(name.lower(), f"What texts name: {name.lower()}.", None, True) for name in ENTITY_TYPES},
}

_PROPERTIES = {
    "relation": OwnTerm("relation", "The name of the relation, as in rules/types.yml."),
    "belief": OwnTerm("belief", "How far the statement is to be believed, 0 to 1."),
    "direct": OwnTerm("direct", "Whether the subject is the one that does it, as far as the texts say."),
    "denied": OwnTerm("denied", "Whether all evidence denies or rejects the statement."),
    "site": OwnTerm("site", "The residue, one letter, with its number if known."),
    "site_status": OwnTerm("site status", "Whether the molecule has this residue there; unchecked is not valid."),
    "written_site": OwnTerm("site as written", "The site as the texts number it, where that differs."),
    "residue": OwnTerm("residue", "The amino acid of the site, one letter."),
    "position": OwnTerm("position", "The number of the site in the sequence, from 1."),
    "modified_residue": OwnTerm("modified residue", "The PSI-MOD term that relation and residue determine."),
    "evidence": OwnTerm("evidence", "Where the statement was read.", "prov:wasDerivedFrom"),
    "section": OwnTerm("section", "The kind of the section that the sentence stands in."),
    "rule": OwnTerm("rule", "The rule that read it.", "prov:wasInfluencedBy"),
    "trigger": OwnTerm("trigger", "The word that carries the relation."),
    "negated": OwnTerm("negated", "Whether the passage denies the statement."),
    "hedged": OwnTerm("hedged", "Whether the passage leaves the statement open."),
    "claim": OwnTerm("claim", "How the author stands to what is said."),
    "subject": OwnTerm("subject in the text", "The characters that name the subject.", "oa:hasSelector"),
    "object": OwnTerm("object in the text", "The characters that name the object.", "oa:hasSelector"),
    "key": OwnTerm("key", "A name or CURIE of an identity in case-folded letters, for looking it up."),
    "number": OwnTerm("number", "The number of a work in the reference list."),
    "version": OwnTerm("version", "The version of a program."),
    "sha256": OwnTerm("SHA-256", "The hash of code, rules or data."),
    "options": OwnTerm("options", "What a run was asked for, as JSON."),
    "record": OwnTerm("record", "The whole statement as JSON; in a store only."),
    "format": OwnTerm("format", "The version of a store's triples and records; in a store only."),
}

OWN_TERMS: Mapping[str, OwnTerm] = MappingProxyType(
    {f"sigmine:{name}": term for name, term in (*_CLASSES.items(), *_PROPERTIES.items())}
)
"""By CURIE, classes first. Predicates of relations are not among them: they come from ``rules/types.yml``."""

INTERACTION_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "phosphorylates": "MI:0217",
        "dephosphorylates": "MI:0203",
        "ubiquitinates": "MI:0220",
        "deubiquitinates": "MI:0204",
        "acetylates": "MI:0192",
        "deacetylates": "MI:0197",
        "methylates": "MI:0213",
        "demethylates": "MI:0871",
        "sumoylates": "MI:0566",
        "desumoylates": "MI:0568",
        "glycosylates": "MI:0559",
        "hydroxylates": "MI:0210",
        "farnesylates": "MI:0206",
        "ribosylates": "MI:0557",
    }
)
"""The interaction type of PSI-MI (a class, so no predicate) of which a relation speaks."""


def make_ontology() -> Iterator[Triple]:
    """Type, label, comment and parent of each term of ours."""
    for curie, term in OWN_TERMS.items():
        node = term_iri(curie)
        yield node, term_iri("rdf:type"), term_iri("rdfs:Class" if term.is_class else "rdf:Property")
        yield node, term_iri("rdfs:label"), make_literal(term.label)
        yield node, term_iri("rdfs:comment"), make_literal(term.comment)
        if term.parent:
            parent = "rdfs:subClassOf" if term.is_class else "rdfs:subPropertyOf"
            yield node, term_iri(parent), term_iri(term.parent)
