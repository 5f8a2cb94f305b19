"""The RDF that is written is what the shapes promise, seen by readers that had no part in writing it."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pyoxigraph
import pyshacl
import pytest
from rdflib import PROV, RDF, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from sigmine.assembly.shapes import read_shapes
from sigmine.assembly.triples import make_label
from sigmine.exports import EXPORTS
from sigmine.store import open_store
from store.builders import ALL, PLAIN, make_statements

OA = Namespace("http://www.w3.org/ns/oa#")
SIGMINE = Namespace("https://w3id.org/sigmine/vocab#")
RUN = {
    "program": "sigmine",
    "version": "0.1.0",
    "run": "0123456789abcdef",
    "sha256": {"code": "a" * 64, "rules": "b" * 64, "model": "c" * 64},
    "dependencies": {"spacy": "3.8.2", "absent": None},
    "options": {"entities": "both"},
}


def write(name: str = "turtle") -> bytes:
    file = io.BytesIO()
    EXPORTS[name].write(make_statements(*(replace(item, run=RUN["run"]) for item in ALL)), file, [RUN])
    return file.getvalue()


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(data=read_shapes(), format="turtle")


@pytest.fixture
def graph() -> Graph:
    return Graph().parse(data=write(), format="turtle")


def find_problems(graph: Graph, shapes: Graph) -> str:
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    return "" if conforms else text


def test_a_file_keeps_to_the_shapes(graph: Graph, shapes: Graph) -> None:
    assert find_problems(graph, shapes) == ""
    assert len(set(graph.subjects(RDF.type, SIGMINE.Statement))) == len(make_statements())


def test_a_store_keeps_to_the_shapes(shapes: Graph) -> None:
    with open_store(None) as store:
        store.write_statements(make_statements())
        store.write_run(RUN)
        rows = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").bindings
    graph = Graph()
    for row in rows:
        kind, value = row["object"]["type"], row["object"]["value"]
        end = URIRef(value) if kind == "uri" else Literal(value, datatype=row["object"].get("datatype"))
        graph.add((URIRef(row["subject"]["value"]), URIRef(row["predicate"]["value"]), end))
    assert find_problems(graph, shapes) == ""


def find_one(graph: Graph, kind: URIRef) -> URIRef:
    node = min(graph.subjects(RDF.type, kind))
    assert isinstance(node, URIRef)
    return node


def drop(kind: URIRef, predicate: URIRef) -> Callable[[Graph], None]:
    return lambda graph: graph.remove((find_one(graph, kind), predicate, None)) and None


def put(kind: URIRef, predicate: URIRef, value: object) -> Callable[[Graph], None]:
    return lambda graph: graph.set((find_one(graph, kind), predicate, Literal(value))) and None


@pytest.mark.parametrize(
    "damage",
    [
        drop(SIGMINE.Statement, RDF.object),
        drop(SIGMINE.Statement, RDF.predicate),
        drop(SIGMINE.Statement, RDFS.label),
        put(SIGMINE.Statement, SIGMINE.belief, 1.5),
        put(SIGMINE.Statement, SIGMINE.belief, "high"),
        put(SIGMINE.Statement, SIGMINE.denied, 0),
        put(SIGMINE.Statement, SIGMINE.residue, "Ser"),
        put(SIGMINE.Statement, SIGMINE.evidence, "a sentence"),
        drop(SIGMINE.Evidence, OA.hasSource),
        drop(SIGMINE.Evidence, OA.hasSelector),
        put(SIGMINE.Evidence, SIGMINE.claim, "shouted"),
        drop(SIGMINE.Evidence, SIGMINE.rule),
        drop(OA.TextQuoteSelector, OA.exact),
        put(OA.TextQuoteSelector, OA.start, 10_000),
        put(OA.TextQuoteSelector, OA.start, -1),
        drop(SIGMINE.Document, RDF.type),
        drop(PROV.Activity, PROV.wasAssociatedWith),
        drop(PROV.Association, PROV.agent),
        lambda graph: graph.remove((None, RDF.type, PROV.Plan)) and None,
    ],
)
def test_broken_data_are_told_apart(damage: Callable[[Graph], None], graph: Graph, shapes: Graph) -> None:
    whole = set(graph)
    damage(graph)
    assert set(graph) != whole
    assert "Constraint Violation" in find_problems(graph, shapes)


def test_the_run_says_what_it_used(graph: Graph) -> None:
    run = URIRef(f"https://w3id.org/sigmine/run/{RUN['run']}")
    hashes = {str(value) for entity in graph.objects(run, PROV.used) for value in graph.objects(entity, SIGMINE.sha256)}
    assert hashes == {"a" * 64, "b" * 64, "c" * 64}
    (association,) = graph.objects(run, PROV.qualifiedAssociation)
    (plan,) = graph.objects(association, PROV.hadPlan)
    assert str(graph.value(plan, SIGMINE.sha256)) == "b" * 64
    programs = {str(graph.value(agent, RDFS.label)) for agent in graph.objects(run, PROV.wasAssociatedWith)}
    assert programs == {"sigmine 0.1.0", "spacy 3.8.2"}
    assert set(graph.subjects(PROV.wasGeneratedBy, run)) == set(graph.subjects(RDF.type, SIGMINE.Evidence))


def test_two_readers_understand_the_same(graph: Graph) -> None:
    quads = pyoxigraph.parse(input=write(), format=pyoxigraph.RdfFormat.TURTLE)
    lines = "".join(f"{quad.triple} .\n" for quad in quads)  # type: ignore[union-attr]
    assert isomorphic(graph, Graph().parse(data=lines, format="nt"))


def test_rdf_12_adds_the_triple_that_each_statement_is_about() -> None:
    plain = {quad.triple for quad in pyoxigraph.parse(input=write(), format=pyoxigraph.RdfFormat.TURTLE)}  # type: ignore[union-attr]
    new = {quad.triple for quad in pyoxigraph.parse(input=write("turtle12"), format=pyoxigraph.RdfFormat.TURTLE)}  # type: ignore[union-attr]
    assert plain < new
    assert {triple.predicate.value for triple in new - plain} == {f"{RDF}reifies"}
    assert len(new - plain) == sum(statement.subject is not None for statement in make_statements())
    (statement,) = make_statements(PLAIN)
    (about,) = [triple.object for triple in new - plain if triple.subject.value.endswith(statement.id)]  # type: ignore[union-attr]
    assert isinstance(about, pyoxigraph.Triple)
    assert about in plain, f"{make_label(statement)} is believed, so it is a plain triple too"


def test_a_denied_statement_reifies_a_triple_that_is_no_fact() -> None:
    graph = pyoxigraph.Store()
    graph.load(input=write("turtle12"), format=pyoxigraph.RdfFormat.TURTLE)
    question = (
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX sigmine: <https://w3id.org/sigmine/vocab#> "
        "SELECT ?label { ?s rdf:reifies <<( ?a ?p ?b )>> ; sigmine:denied true ; "
        "<http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER NOT EXISTS { ?a ?p ?b } }"
    )
    assert [solution[0].value for solution in graph.query(question)] == ["RHEB inhibits MTOR"]  # type: ignore[union-attr]
