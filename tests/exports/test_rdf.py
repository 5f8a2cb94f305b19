"""The RDF formats, read by two libraries of which only one had a part in writing them."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pyoxigraph
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from sigmine.assembly.quads import TOGETHER
from sigmine.assembly.triples import document_iri
from sigmine.exports import EXPORTS
from sigmine.model import Agent, Evidence, Statement
from sigmine.resources.prefixes import PREFIXES
from store.builders import ALL, HEDGED, PLAIN, make_statements
from store.test_sparql import EXAMPLES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")  # rdflib's, of what it calls itself

RUN = {"program": "sigmine", "version": "0.1.0", "run": "0123456789abcdef", "sha256": {"rules": "b" * 64}}
FORMATS = {"nquads": pyoxigraph.RdfFormat.N_QUADS, "trig": pyoxigraph.RdfFormat.TRIG}
ODD = Agent('a\x00b\x0c\t"c\\\u2028d\x85', "PROTEIN")


def make(*evidence: Evidence) -> tuple[Statement, ...]:
    made = make_statements(*(replace(item, run=RUN["run"]) for item in evidence or ALL))
    return (*made, replace(made[0], id="0" * 16, subject=ODD))


def write(name: str, statements: tuple[Statement, ...] | None = None) -> bytes:
    file = io.BytesIO()
    EXPORTS[name].write(make() if statements is None else statements, file, [RUN])
    return file.getvalue()


def list_quads(data: bytes, format: pyoxigraph.RdfFormat) -> set[pyoxigraph.Quad]:
    store = pyoxigraph.Store()
    store.load(input=data, format=format)
    return set(store)


def list_triples(data: bytes, format: pyoxigraph.RdfFormat) -> set[pyoxigraph.Triple]:
    return {quad.triple for quad in list_quads(data, format)}


def read_all(name: str, rdflib_format: str) -> Graph:
    """All triples of a file, whatever their graph, as rdflib reads them."""
    dataset = Dataset(default_union=True)
    dataset.parse(data=write(name).decode(), format=rdflib_format)
    graph = Graph()
    for triple in dataset.triples((None, None, None)):
        graph.add(triple)
    return graph


@pytest.mark.parametrize(
    ("name", "format"),
    [*FORMATS.items(), ("jsonld", pyoxigraph.RdfFormat.JSON_LD)],
)  # fmt: skip
def test_every_format_says_what_turtle_says(name: str, format: pyoxigraph.RdfFormat) -> None:
    triples = list_triples(write("turtle"), pyoxigraph.RdfFormat.TURTLE)
    assert list_triples(write(name), format) == triples
    assert len(triples) > 300


@pytest.mark.parametrize(("name", "format"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_the_same(name: str, format: str) -> None:
    turtle = Graph().parse(data=write("turtle").decode(), format="turtle")
    assert isomorphic(read_all(name, format), turtle)


def test_both_formats_with_graphs_have_the_same_quads() -> None:
    quads = list_quads(write("trig"), FORMATS["trig"])
    assert list_quads(write("nquads"), FORMATS["nquads"]) == quads
    dataset = Dataset()
    dataset.parse(data=write("trig").decode(), format="trig")
    names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert names == {quad.graph_name.value for quad in quads}  # type: ignore[union-attr]
    assert names == {TOGETHER[1:-1], *(document_iri(item.document)[1:-1] for item in ALL)}


def ask(store: pyoxigraph.Store, question: str) -> list[str]:
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    return [row[0].value for row in store.query(prefixes + question)]  # type: ignore[union-attr, index]


def test_a_document_can_be_dropped_and_nothing_of_it_is_left() -> None:
    store = pyoxigraph.Store()
    store.load(input=write("trig", make_statements(PLAIN, HEDGED)), format=FORMATS["trig"])
    before = set(store)
    store.update(f"DROP GRAPH {document_iri('beta')}")
    gone = before - set(store)
    assert not [quad for quad in store if "It may be" in str(quad) or "document/beta" in str(quad)]
    assert {quad.graph_name.value for quad in gone} == {document_iri("beta")[1:-1]}  # type: ignore[union-attr]
    sentences = "SELECT ?sentence { GRAPH ?document { ?e oa:hasSelector/oa:exact ?sentence } }"
    assert ask(store, sentences) == [PLAIN.sentence]
    assert ask(store, f"SELECT ?s {{ GRAPH {TOGETHER} {{ ?s a sigmine:Statement }} }}") == [
        f"{PREFIXES['statement']}{make_statements(PLAIN)[0].id}"
    ]


def test_the_example_of_the_documentation_counts_the_evidence_of_each_document() -> None:
    (example,) = (one for one in EXAMPLES if "GRAPH" in one)
    store = pyoxigraph.Store()
    store.load(input=write("trig", make_statements(PLAIN, HEDGED)), format=FORMATS["trig"])
    prefixes = "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items())
    rows = [[term.value for term in row] for row in store.query(prefixes + example)]  # type: ignore[union-attr]
    label = "AKT1 phosphorylates TSC2 at S939"
    assert rows == [[label, document_iri(item.document)[1:-1], "1"] for item in (PLAIN, HEDGED)]


def test_with_the_union_of_graphs_queries_need_not_name_them() -> None:
    store = pyoxigraph.Store()
    store.load(input=write("nquads", make_statements(PLAIN)), format=FORMATS["nquads"])
    question = f"""PREFIX sigmine: <{PREFIXES["sigmine"]}> PREFIX oa: <{PREFIXES["oa"]}>
        SELECT ?sentence {{ ?s sigmine:site "S939" ; sigmine:evidence/oa:hasSelector/oa:exact ?sentence }}"""
    assert not list(store.query(question))  # type: ignore[arg-type]
    (row,) = store.query(question, use_default_graph_as_union=True)  # type: ignore[misc, union-attr]
    assert row[0].value == PLAIN.sentence  # type: ignore[union-attr, index]


def test_what_a_document_says_stays_with_it() -> None:
    quads = list_quads(write("trig"), FORMATS["trig"])
    together = {quad.predicate.value for quad in quads if str(quad.graph_name) == TOGETHER}
    apart = {quad.predicate.value for quad in quads if str(quad.graph_name) != TOGETHER}
    assert together & apart == {
        f"{PREFIXES['rdf']}type", f"{PREFIXES['rdfs']}label", f"{PREFIXES['dcterms']}identifier",
        f"{PREFIXES['sigmine']}direct", f"{PREFIXES['sigmine']}key",
    }  # fmt: skip
    assert f"{PREFIXES['sigmine']}belief" in together
    assert f"{PREFIXES['sigmine']}evidence" in apart


def test_json_without_a_library_for_rdf_is_readable() -> None:
    data = json.loads(write("jsonld", make_statements(PLAIN)))
    assert data["@context"]["hgnc"] == PREFIXES["hgnc"]
    assert data["@context"]["RO"] == {"@id": PREFIXES["RO"], "@prefix": True}
    nodes = {node["@id"]: node for node in data["@graph"]}
    assert len(nodes) == len(data["@graph"])
    statement = nodes[f"statement:{make_statements(PLAIN)[0].id}"]
    assert statement["@type"] == "sigmine:Statement"
    assert statement["rdf:subject"] == {"@id": "hgnc:391"}
    assert (statement["sigmine:site"], statement["sigmine:position"], statement["sigmine:denied"]) == (
        "S939",
        939,
        False,
    )
    assert statement["sigmine:belief"]["@type"] == "xsd:double"
    assert nodes["hgnc:391"]["RO:0002447"] == {"@id": "hgnc:12363"}


def test_people_can_read_trig() -> None:
    text = write("trig").decode()
    assert "\ndocument:alpha {\n" in text
    assert f"\n{TOGETHER} {{\n" in text
    assert "_:" not in text
