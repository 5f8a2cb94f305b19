"""Nanopublications, by the rules of the guidelines and by the library that signs and publishes them."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import replace

import pyoxigraph
import pytest
from rdflib import PROV, RDF, RDFS, Dataset, Graph, Namespace, URIRef

from sigmine.assembly.triples import is_believed, make_label
from sigmine.exports.nanopubs import MAX_EVIDENCE, write_nanopubs
from sigmine.model import Agent, Statement
from store.builders import ALL, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, make_evidence, make_statements

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's, of what it and its users call

NP = Namespace("http://www.nanopub.org/nschema#")
BASE = "https://w3id.org/sigmine/np/"
SIGMINE = Namespace("https://w3id.org/sigmine/vocab#")
RUN = {"program": "sigmine", "version": "0.1.0", "run": "0123456789abcdef", "sha256": {"rules": "b" * 64}}
PARTS = ("Head", "assertion", "provenance", "pubinfo")


def make_all() -> tuple[Statement, ...]:
    """All statements; one is long and has every odd character."""
    odd = replace(make_statements(PLAIN)[0], id="0" * 16, subject=Agent('a\x00b\\"\n\u2028β', "PROTEIN"))
    return (*make_statements(*(replace(one, run=RUN["run"]) for one in ALL)), odd)


def write(*statements: Statement) -> bytes:
    file = io.BytesIO()
    write_nanopubs(statements, file, [RUN])
    return file.getvalue()


def read(*statements: Statement) -> dict[str, dict[str, Graph]]:
    """The graphs of each nanopublication, by its IRI and their names."""
    dataset = Dataset()
    dataset.parse(data=write(*statements).decode(), format="trig")
    found: dict[str, dict[str, Graph]] = defaultdict(dict)
    for graph in dataset.graphs():
        if len(graph):
            name, _, part = str(graph.identifier).partition("#")
            found[name][part] = graph
    return dict(found)


def test_each_statement_that_is_believed_and_said_outright_has_one() -> None:
    labels = [str(graphs["pubinfo"].value(URIRef(name), RDFS.label)) for name, graphs in read(*make_all()).items()]
    believed = [make_label(one) for one in make_all() if is_believed(one)]
    assert sorted(labels) == sorted(believed)
    assert 0 < len(believed) < len(make_all())
    assert read(*make_statements(HEDGED)) == {}


def test_they_keep_to_the_guidelines() -> None:
    found = read(*make_all())
    for name, graphs in found.items():
        node = URIRef(name)
        assert sorted(graphs) == sorted(PARTS)
        parts = [
            graphs["Head"].value(node, predicate)
            for predicate in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)
        ]
        assert parts == [URIRef(f"{name}#{part}") for part in PARTS[1:]]
        assert (node, RDF.type, NP.Nanopublication) in graphs["Head"]
        assert len(graphs["Head"]) == 4
        assert (URIRef(f"{name}#assertion"), None, None) in graphs["provenance"]
        assert (node, None, None) in graphs["pubinfo"]
        assert sum(map(len, graphs.values())) <= 1200
    quads = list(pyoxigraph.parse(input=write(*make_all()), format=pyoxigraph.RdfFormat.TRIG))
    assert not [quad for quad in quads if isinstance(quad.graph_name, pyoxigraph.DefaultGraph)]
    assert len(set(quads)) == len(quads) == sum(len(graph) for graphs in found.values() for graph in graphs.values())


def test_the_assertion_is_what_is_said_and_the_provenance_why() -> None:
    (graphs,) = read(*make_statements(replace(PLAIN, run=RUN["run"]))).values()
    (statement,) = graphs["assertion"].subjects(RDF.type, SIGMINE.Statement)
    predicate = graphs["assertion"].value(statement, RDF.predicate)
    ends = graphs["assertion"].value(statement, RDF.subject), graphs["assertion"].value(statement, RDF.object)
    assert (ends[0], predicate, ends[1]) in graphs["assertion"]
    assert str(graphs["assertion"].value(statement, SIGMINE.site)) == "S939"
    assert graphs["assertion"].value(statement, SIGMINE.belief) is None
    assert graphs["provenance"].value(statement, SIGMINE.belief) is not None
    assertion = graphs["assertion"].identifier
    (evidence,) = graphs["provenance"].objects(assertion, PROV.wasDerivedFrom)
    (run,) = graphs["provenance"].objects(assertion, PROV.wasGeneratedBy)
    assert (evidence, PROV.wasGeneratedBy, run) in graphs["provenance"]
    assert (evidence, RDF.type, SIGMINE.Evidence) in graphs["provenance"]
    program = graphs["pubinfo"].value(URIRef(str(assertion).partition("#")[0]), PROV.wasAttributedTo)
    assert str(graphs["pubinfo"].value(program, RDFS.label)) == "sigmine 0.1.0"


def test_without_a_subject_or_a_run_it_is_still_one() -> None:
    (statement,) = make_statements(NO_SUBJECT)
    (graphs,) = read(replace(statement, belief=0.9)).values()
    assert len(list(graphs["assertion"].subjects(RDF.type, SIGMINE.Statement))) == 1
    (graphs,) = read(replace(make_statements(INDIRECT)[0], evidence=(), belief=0.9)).values()
    assert sorted(graphs) == sorted(PARTS)
    (program,) = graphs["provenance"].objects(graphs["assertion"].identifier, PROV.wasAttributedTo)
    assert str(graphs["pubinfo"].value(program, RDFS.label)) == "sigmine"


def test_the_iri_changes_with_what_is_said() -> None:
    (one,) = read(*make_statements(PLAIN))
    assert one.startswith(f"{BASE}RA")
    assert len(one) == len(BASE) + 45
    (same,) = read(*make_statements(PLAIN))
    (other,) = read(replace(make_statements(PLAIN)[0], belief=0.99))
    assert one == same != other


def test_no_nanopublication_is_too_long_for_servers() -> None:
    one = make_evidence("AKT1 phosphorylates TSC2.", "phosphorylates", "AKT1", "TSC2")
    many = [replace(one, document=f"d{number}") for number in range(100)]
    (graphs,) = read(replace(make_statements(*many)[0], belief=0.9)).values()
    assert sum(map(len, graphs.values())) <= 1200
    kept = list(graphs["provenance"].objects(graphs["assertion"].identifier, PROV.wasDerivedFrom))
    assert len(kept) == MAX_EVIDENCE


@pytest.mark.slow
def test_the_library_that_publishes_them_finds_each_valid_and_its_hash_right() -> None:
    nanopub = pytest.importorskip("nanopub")
    from rdflib import ConjunctiveGraph

    found = read(*make_all())
    for name, graphs in found.items():
        whole = ConjunctiveGraph()
        for graph in graphs.values():
            whole.addN((*triple, whole.get_context(graph.identifier)) for triple in graph)
        made = nanopub.Nanopub(rdf=whole, conf=nanopub.NanopubConf())
        assert made.is_valid
        assert str(made.source_uri) == name
        assert made.has_valid_trusty
    assert len(found) > 3
