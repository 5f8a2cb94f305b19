from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sigmine.assembly.ontology import INTERACTION_TYPES, OWN_TERMS, make_ontology
from sigmine.assembly.provenance import make_run_triples
from sigmine.assembly.terms import Triple, make_literal, term_iri
from sigmine.assembly.triples import make_graph_triples, make_reifying_triples
from sigmine.assembly.vocabulary import load_relation_terms, make_vocabulary, predicate_iri
from sigmine.model import Reference
from sigmine.resources.prefixes import PREFIXES, compress_iri
from store.builders import ALL, make_evidence, make_statements

MODEL = (Path(__file__).resolve().parents[2] / "docs" / "model.md").read_text(encoding="utf-8")
VOCABULARIES = ("sigmine", "rdf", "rdfs", "skos", "dcterms", "oa", "prov", "cito")
RUN = {"run": "1", "version": "1", "sha256": {"rules": "a"}, "dependencies": {"spacy": "3"}, "options": {}}
WORK = Reference(7, title="A title", text="7. A title")
BARE = make_evidence("RHEB activates MTOR [7].", "activates", "RHEB", "MTOR", references=(WORK,))


def find_terms(triples: Iterable[Triple]) -> set[str]:
    """CURIEs of the predicates, and of the objects that are terms of a vocabulary."""
    terms = set()
    for _, predicate, object_ in triples:
        for node in (predicate, object_):
            curie = compress_iri(node[1:-1]) if re.fullmatch("<[^<>]+>", node) else None
            if curie and curie.partition(":")[0] in VOCABULARIES:
                terms.add(curie)
    return terms


def list_all() -> set[str]:
    statements = make_statements(*ALL, BARE)
    relations = {
        compress_iri(predicate_iri(name, direct=flag)[1:-1]) for name in load_relation_terms() for flag in (True, False)
    }
    terms = find_terms([*make_graph_triples(statements, [RUN]), *make_reifying_triples(statements)])
    return {term for term in terms if term not in relations}


def test_every_term_is_in_the_documentation() -> None:
    missing = {term for term in list_all() | set(OWN_TERMS) if f"`{term}`" not in MODEL}
    assert not missing


def test_every_term_of_ours_has_a_label_and_a_comment() -> None:
    described = set(make_vocabulary())
    for term in {term for term in list_all() if term.startswith("sigmine:")}:
        assert term in OWN_TERMS
        label, comment = OWN_TERMS[term].label, OWN_TERMS[term].comment
        assert (term_iri(term), term_iri("rdfs:label"), make_literal(label)) in described
        assert comment.endswith(".")
    assert set(make_ontology()) <= described


def test_relations_of_psi_mi_are_relations_of_ours() -> None:
    assert set(INTERACTION_TYPES) <= set(load_relation_terms())
    assert len(set(INTERACTION_TYPES.values())) == len(INTERACTION_TYPES)
    assert all(re.fullmatch(r"MI:\d{4}", curie) for curie in INTERACTION_TYPES.values())


def test_a_run_is_described_whatever_its_manifest_leaves_out() -> None:
    triples = set(make_run_triples({"run": "1"}))
    assert (f"<{PREFIXES['run']}1>", term_iri("rdf:type"), term_iri("prov:Activity")) in triples
    assert set(make_run_triples(RUN)) > {triple for triple in triples if "unknown" not in " ".join(triple)}
