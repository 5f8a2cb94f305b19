from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmine.assembly.vocabulary import load_relation_terms
from sigmine.errors import StoreError
from sigmine.model import Entity, Reference
from sigmine.store import StatementStore, load_named_queries, load_query_file
from sigmine.store.named import parse_named_query
from store.builders import ACTIVE, ALL, DENIED, make_evidence, make_statements

NAMES = (
    "by-section",
    "complexes",
    "contradictions",
    "drug-targets",
    "hedged",
    "kinases-of",
    "most-cited",
    "neighbours",
    "paths",
    "substrates-of",
)
RAPAMYCIN = Entity("Rapamycin", 0, 9, "CHEMICAL", "sirolimus", "chebi:9168")
PAPER = Reference(1, pmid="77")
MORE = (
    make_evidence("AKT1 inhibits TSC2.", "inhibits", "AKT1", "TSC2", document="c"),
    make_evidence("TSC2 inhibits RHEB.", "inhibits", "TSC2", "RHEB", document="c", start=50),
    make_evidence("RHEB inhibits MTOR.", "inhibits", "RHEB", "MTOR", document="c", start=100),
    make_evidence("AKT1 activates TSC2.", "activates", "AKT1", "TSC2", document="d", references=(PAPER,)),
    make_evidence("Rapamycin inhibits MTOR.", "inhibits", RAPAMYCIN, "MTOR", document="c", start=150),
    make_evidence("RHEB is part of AKT.", "part_of", "RHEB", Entity("AKT", 16, 19, "COMPLEX", "AKT", "fplx:AKT")),
    make_evidence("MTOR may activate AKT1.", "activates", "MTOR", "AKT1", document="e", hedged=True),
)  # fmt: skip


@pytest.fixture
def store(new_store: Callable[[], StatementStore]) -> StatementStore:
    opened = new_store()
    opened.write_statements(make_statements(*ALL, *MORE))
    return opened


def find_column(store: StatementStore, query: str, *values: str, column: str) -> list[object]:
    result = store.ask(query, *values)
    return [row[result.variables.index(column)] for row in result.rows]


def test_there_are_ten_each_with_a_description_and_an_example_that_runs(store: StatementStore) -> None:
    queries = load_named_queries()
    assert tuple(queries) == NAMES
    for name, query in queries.items():
        assert query.description.endswith(".")
        assert query.arguments
        first, *values = query.example.split()
        assert first == name
        store.ask(name, *values)


def test_kinases_and_substrates_with_sites_and_papers(store: StatementStore) -> None:
    for query, molecule, other in (("kinases-of", "tsc2", "AKT1"), ("substrates-of", "hgnc:391", "TSC2")):
        (row,) = store.ask(query, molecule).rows
        assert (row[0], row[2]) == (other, "S939")
        assert row[4] == 2
        papers = {"https://doi.org/10.1000/x%3C1%3Ey", "https://pubmed.ncbi.nlm.nih.gov/12345"}
        assert set(str(row[5]).split("; ")) == papers
    assert store.ask("kinases-of", "AKT").rows == [], "insulin is no kinase"


def test_works_without_an_identifier_stand_with_document_and_marker(
    new_store: Callable[[], StatementStore],
) -> None:
    works = (Reference(19, title="On AKT1; and TSC2"), Reference(20, pmid="77"))
    read = make_evidence("AKT1 phosphorylates TSC2 [19, 20].", "phosphorylates", "AKT1", "TSC2", references=works)
    store = new_store()
    store.write_statements(make_statements(read))
    (row,) = store.ask("kinases-of", "TSC2").rows
    marker = read.mention.citations[0].marker
    assert set(str(row[5]).split("; ")) == {f"{read.document} [{marker}]", "https://pubmed.ncbi.nlm.nih.gov/77"}


def test_contradictions_are_those_of_the_grammar() -> None:
    asked = re.findall(r'\("(\w+)" "(\w+)"\)', load_named_queries()["contradictions"].sparql)
    terms = load_relation_terms()
    assert {frozenset(pair) for pair in asked} == {
        frozenset((name, other)) for name, term in terms.items() for other in term.opposes
    }


def test_paths_have_a_sign_and_come_shortest_first(store: StatementStore) -> None:
    paths = store.ask("paths", "AKT1", "MTOR").rows
    assert [row[3] for row in paths] == sorted((row[3] for row in paths), reverse=True)  # type: ignore[type-var]
    assert {row[:3] for row in paths} == {
        (3, "+", "AKT1 inhibits TSC2 inhibits RHEB activates MTOR"),
        (3, "-", "AKT1 activates TSC2 inhibits RHEB activates MTOR"),
        (3, "?", "AKT1 phosphorylates TSC2 inhibits RHEB activates MTOR"),
    }
    assert store.ask("paths", "TSC2", "RHEB").rows == [(1, "-", "TSC2 inhibits RHEB", 0.8)]
    assert store.ask("paths", "MTOR", "PKCβ").rows == []
    assert store.ask("paths", "nobody", "MTOR").rows == []


def test_a_denied_relation_is_no_step(new_store: Callable[[], StatementStore]) -> None:
    store = new_store()
    store.write_statements(make_statements(DENIED))
    assert store.ask("paths", "RHEB", "MTOR").rows == []


@pytest.mark.parametrize(
    ("query", "values", "column", "expected"),
    [
        ("contradictions", ("TSC2",), "label", ["AKT1 activates TSC2"]),
        ("contradictions", ("TSC2",), "against", ["AKT1 inhibits TSC2"]),
        ("contradictions", (), "label", ["AKT1 activates TSC2", "RHEB activates MTOR", "RHEB inhibits MTOR"]),
        ("contradictions", ("AKT",), "label", []),
        ("drug-targets", ("rapamycin",), "target", ["MTOR"]),
        ("drug-targets", (), "target", ["AKT", "MTOR", "RHEB"]),
        ("drug-targets", ("AKT1",), "target", []),
        ("most-cited", (), "papers", [2, 1]),
        ("most-cited", ("TSC2",), "label", ["AKT1 phosphorylates TSC2 at S939", "AKT1 activates TSC2"]),
        ("complexes", ("AKT",), "member", ["RHEB"]),
        ("complexes", ("RHEB",), "complex", ["AKT"]),
        ("by-section", ("RHEB", "body"), "section", ["body"] * 5),
        ("by-section", ("RHEB", 'no" } #'), "section", []),
        ("hedged", (), "label", ["MTOR activates AKT1"]),
        ("hedged", ("TSC2",), "label", []),
        ("neighbours", ("AKT1",), "partner", ["TSC2", "TSC2", "TSC2", "MTOR"]),
    ],
)
def test_answers(
    store: StatementStore, query: str, values: tuple[str, ...], column: str, expected: list[object]
) -> None:
    found = find_column(store, query, *values, column=column)
    assert sorted(map(str, found)) == sorted(map(str, expected))


@pytest.mark.parametrize("name", ["> } DELETE", '"', "\\", "\\u0022", "TSC2 ; drop", "{ UNDEF }", "\n", ""])
def test_a_name_is_never_part_of_the_query(store: StatementStore, name: str) -> None:
    assert store.ask("kinases-of", name).rows == []
    assert store.ask("by-section", "TSC2", name).rows == []


def test_what_is_asked_wrongly_is_explained(store: StatementStore) -> None:
    with pytest.raises(StoreError, match=r"no query 'kinase-of'. Did you mean 'kinases-of'\? Known: by-section, "):
        store.ask("kinase-of", "MTOR")
    with pytest.raises(StoreError, match=r"takes kinases-of MOLECULE \(MOLECULE: the substrate\); 0 given"):
        store.ask("kinases-of")
    with pytest.raises(StoreError, match=r"takes by-section MOLECULE \[SECTION\] .*; 3 given"):
        store.ask("by-section", "MTOR", "body", "more")


def test_a_file_of_the_users_is_asked_in_the_same_way(store: StatementStore, tmp_path: Path) -> None:
    path = tmp_path / "acts.rq"
    path.write_text(
        "# What a molecule does.\n# argument who: the molecule\n"
        "SELECT ?label { VALUES ?who { UNDEF } ?s rdf:subject ?who ; rdfs:label ?label } ORDER BY ?label",
        encoding="utf-8",
    )
    query = load_query_file(path)
    assert (query.usage, query.description) == ("acts WHO", "What a molecule does.")
    assert store.ask(query, "TSC2").rows == [("TSC2 inhibits RHEB",)]
    with pytest.raises(StoreError, match=r"none.rq cannot be read"):
        load_query_file(tmp_path / "none.rq")
    with pytest.raises(StoreError, match=r"takes 'who' but does not use it: write VALUES \?who \{ UNDEF \}"):
        parse_named_query("acts", "# argument who: the molecule\nSELECT * { ?s ?p ?who }")


def test_statements_without_names_stay_findable_by_any_case(store: StatementStore) -> None:
    store.write_statements(make_statements(ACTIVE))
    assert store.find_identities("rheb") == store.find_identities("HGNC:10011") != []
