from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pytest

from explorer.conftest import Open, Page

SELECT = 'SELECT ?s ?label { ?s sigmine:relation "inhibits" ; rdf:object ?o . ?o rdfs:label ?label }'


@pytest.fixture
def page(read_page: Page) -> Page:
    """The tests share one, as nothing is decided."""
    return read_page


def test_sparql_is_answered_with_ways_on(page: Page) -> None:
    answer = page.ask("ask", sparql=SELECT)
    assert answer["variables"] == ["s", "label"]
    [[statement, label]] = answer["rows"]
    assert label["text"] == "MTOR"
    assert page.ask("statement", id=statement["statement"])["object"]["name"] == "MTOR"
    [[molecule]] = page.ask("ask", sparql='SELECT ?o { ?s sigmine:relation "inhibits" ; rdf:object ?o }')["rows"]
    assert (molecule["molecule"], molecule["text"]) == ("hgnc:3942", "hgnc:3942")
    assert page.ask("ask", sparql="ASK { hgnc:3942 ?p ?o }")["answer"] is True


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "refused"),
        ("DELETE WHERE { ?s ?p ?o }", "refused"),
        ("DROP ALL", "refused"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "another service"),
        ("SELECT", "not SPARQL"),
        ("", "Write a query"),
        ("SELECT * {}" + " " * 20_000, "characters"),
    ],
)
def test_what_may_not_be_asked_is_refused_in_words(page: Page, query: str, words: str) -> None:
    assert words in page.ask("ask", sparql=query, status=400)["error"]
    assert page.ask("session")["statements"] == page.ask("statements")["total"]


def test_queries_with_a_name_take_their_arguments(page: Page) -> None:
    answer = page.ask("ask", name="kinases-of", arg="TSC2")
    assert [row[0]["text"] for row in answer["rows"]] == ["AKT1"]
    assert page.ask("ask", name="contradictions", arg="")["total"] == page.ask("ask", name="contradictions")["total"]
    assert "kinases-of MOLECULE" in page.ask("ask", name="kinases-of", status=400)["error"]
    assert "no query" in page.ask("ask", name="nothing", status=400)["error"]


def test_answers_are_downloaded_whole(page: Page) -> None:
    answer = page.client.get("/api/answer", params={"sparql": SELECT, "form": "tsv"})
    assert answer.headers["content-disposition"] == 'attachment; filename="sigmine-query.tsv"'
    rows = list(csv.reader(io.StringIO(answer.text), delimiter="\t"))
    assert rows[0] == ["s", "label"]
    assert rows[1][1] == "MTOR"
    data = json.loads(page.client.get("/api/answer", params={"sparql": SELECT, "form": "json"}).content)
    assert data["results"]["bindings"][0]["label"]["value"] == "MTOR"
    assert "tsv or json" in page.ask("answer", sparql=SELECT, form="xml", status=400)["error"]
    yes = page.client.get("/api/answer", params={"sparql": "ASK { ?s ?p ?o }", "form": "tsv"}).text
    assert yes == "answer\ntrue\n"


def test_a_cell_with_tabs_and_lines_stays_one_cell(page: Page) -> None:
    query = 'SELECT ("a\\tb\\nc" AS ?text) (1 AS ?number) {}'
    text = page.client.get("/api/answer", params={"sparql": query, "form": "tsv"}).text
    assert text == "text\tnumber\na b c\t1\n"


SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def test_a_query_without_end_is_ended_and_the_next_one_is_answered(open_page: Open, place: Path) -> None:
    page = open_page(place)
    session = page.client.app.state.session  # type: ignore[attr-defined]
    assert page.ask("ask", sparql="ASK { hgnc:3942 ?p ?o }")["answer"] is True
    session.queries.seconds = 0.5
    started = time.monotonic()
    assert "took more than 0.5 s" in page.ask("ask", sparql=SLOW, status=400)["error"]
    assert page.client.get("/api/answer", params={"sparql": SLOW, "form": "tsv"}).status_code == 400
    assert time.monotonic() - started < 60
    session.queries.seconds = 30
    assert page.ask("ask", sparql=SELECT)["total"] == 1
    assert page.ask("session")["statements"]


def test_a_process_that_dies_is_told_and_replaced(open_page: Open, place: Path) -> None:
    page = open_page(place)
    assert page.ask("ask", sparql=SELECT)["total"] == 1
    page.client.app.state.session.queries._process.kill()  # type: ignore[attr-defined]
    assert "memory" in page.ask("ask", sparql=SELECT, status=400)["error"]
    assert page.ask("ask", sparql=SELECT)["total"] == 1
