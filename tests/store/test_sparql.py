from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sigmine.errors import StoreError
from sigmine.store import StatementStore, open_store
from store.builders import HEDGED, PLAIN, make_statements

MODEL = Path(__file__).resolve().parents[2] / "docs" / "model.md"
BELIEF = make_statements(PLAIN, HEDGED)[0].belief
EXAMPLES = re.findall(r"```sparql\n(.*?)```", MODEL.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def store() -> Iterator[StatementStore]:
    with open_store(None) as opened:
        opened.write_statements(make_statements())
        yield opened


def test_select_gives_plain_values(store: StatementStore) -> None:
    result = store.query(
        "SELECT ?name ?belief ?direct ?position ?none { ?s rdf:object ?o ; sigmine:belief ?belief ;"
        " sigmine:direct ?direct ; sigmine:position ?position . ?o rdfs:label ?name } ORDER BY ?position"
    )
    assert result.form == "select"
    assert result.variables == ("name", "belief", "direct", "position", "none")
    assert result.rows == [("TSC2", BELIEF, True, 939, None), ("TSC2", 0.8, True, 1462, None)]
    assert result.to_json()["head"] == {"vars": ["name", "belief", "direct", "position", "none"]}


def test_ask_and_construct(store: StatementStore) -> None:
    assert store.query("ASK { hgnc:391 RO:0002447 hgnc:12363 }").answer is True
    assert store.query("ASK { hgnc:391 ro:0002447 hgnc:391 }").to_json() == {"head": {}, "boolean": False}
    result = store.query("CONSTRUCT { ?a skos:related ?b } WHERE { ?a RO:0002447 ?b }")
    assert result.variables == ("subject", "predicate", "object")
    assert [row[1] for row in result.rows] == ["http://www.w3.org/2004/02/skos/core#related"]


def test_text_with_quotes_tags_and_greek_comes_back(store: StatementStore) -> None:
    result = store.query('SELECT ?text { ?passage oa:exact ?text FILTER(CONTAINS(?text, "PKCβ \\"tightly")) }')
    assert result.rows == [('PKCβ "tightly"\tbinds <script>alert(1)</script> & IκBα.',)]


@pytest.mark.parametrize(
    "update",
    [
        "DELETE WHERE { ?s ?p ?o }",
        "insert data { <a:a> <a:a> <a:a> }",
        "# harmless SELECT\nPREFIX a: <http://example.org/#> CLEAR ALL",
        "LOAD <http://example.org/>",
        "BASE <http://example.org/> DROP DEFAULT",
    ],
)
def test_updates_are_refused(store: StatementStore, update: str) -> None:
    with pytest.raises(StoreError, match="is refused"):
        store.query(update)
    assert tuple(store.find_statements()) == make_statements()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://localhost:9/> { ?s ?p ?o } }",
        "SELECT * { service silent <http://localhost:9/> { ?s ?p ?o } }",
        "PREFIX e: <http://localhost:9/> SELECT * { ?s ?p true.SERVICEe:x{ ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://localhost:9/>{ ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?o<'x>') SERVICE <http://localhost:9/> { ?s ?p 'y' } }",
        "SELECT * { ?s ?p '#'. SERVICE ?s { ?s ?p ?o } }",
    ],
)
def test_other_services_are_not_called(store: StatementStore, query: str) -> None:
    with pytest.raises(StoreError, match="another service"):
        store.query(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?delete $SERVICE } LIMIT 1",
        "SELECT ?s { ?s rdfs:label 'DELETE' }",
        "ASK { ?s oa:exact ?text FILTER(REGEX(?text, 'servic[e]')) } # INSERT",
    ],
)
def test_words_in_names_and_texts_are_no_commands(store: StatementStore, query: str) -> None:
    assert not store.query(query).rows or "LIMIT" in query


def test_what_is_no_query_is_explained(store: StatementStore) -> None:
    with pytest.raises(StoreError, match=r"The query is not SPARQL: .*prefixes need no declaration: .*hgnc"):
        store.query("which kinases are there?")


def test_the_examples_of_the_documentation_answer() -> None:
    examples = [example for example in EXAMPLES if "GRAPH" not in example]  # a store has no named graphs
    assert len(examples) == 3
    with open_store(None) as store:
        store.write_statements(make_statements())
        kinases, disputed, cited = (store.query(example) for example in examples)
    assert kinases.rows == [("AKT1", "S939", BELIEF), ("something", "T1462", 0.8)]
    assert disputed.rows == [("RHEB inhibits MTOR", "RHEB never inhibits MTOR.", "alpha")]
    assert cited.rows == [("AKT1 phosphorylates TSC2 at S939", "https://pubmed.ncbi.nlm.nih.gov/12345", "alpha")]
