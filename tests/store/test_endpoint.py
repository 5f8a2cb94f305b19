"""Stores behind a SPARQL endpoint: a real server where one is installed, and answers that no store should give."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sigmine.errors import StoreError
from sigmine.model import Statement
from sigmine.store import open_store, writing
from sigmine.store.endpoint import split_address
from store.builders import ACTIVE, ALL, PLAIN, make_statements
from store.test_statements import dump, statements


@contextmanager
def answer_with(status: int, kind: str, text: str) -> Iterator[str]:
    """The address of a server that always answers the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("place", "query", "update"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:7878/", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:3030/ds", "http://h:3030/ds/query", "http://h:3030/ds/update"),
        ("http://h:3030/ds/sparql", "http://h:3030/ds/query", "http://h:3030/ds/update"),
        ("http://h/repo, http://h/repo/statements", "http://h/repo", "http://h/repo/statements"),
    ],
)
def test_where_queries_and_updates_go(place: str, query: str, update: str) -> None:
    assert split_address(place) == (query, update)


@pytest.mark.parametrize(
    ("status", "kind", "text", "message"),
    [
        (404, "text/plain", "no", r"There is no SPARQL endpoint at http://.*/query \(404\).*Name an endpoint"),
        (405, "text/plain", "no", r"There is no SPARQL endpoint"),
        (401, "text/plain", "no", r"refuses access \(401\).*name:password@host"),
        (200, "text/html; charset=utf-8", "<html>", "answered with a web page; it is no SPARQL endpoint"),
        (200, "application/sparql-results+json", "{half", "not the JSON of SPARQL 1.1"),
        (200, "application/sparql-results+json", "[]", "not the JSON of SPARQL 1.1"),
        (500, "text/plain", "disk full\nat line 7", "answered 500 Internal Server Error: disk full$"),
        (503, "text/html", "<html>", "answered 503 Service Unavailable.$"),
    ],
)
def test_what_is_no_answer_is_explained(status: int, kind: str, text: str, message: str) -> None:
    with answer_with(status, kind, text) as address, pytest.raises(StoreError, match=message):
        open_store(address)


def test_nobody_there_is_said() -> None:
    with pytest.raises(StoreError, match=r"http://127.0.0.1:9/query cannot be reached. Is the server running"):
        open_store("http://127.0.0.1:9")


def test_a_password_is_not_shown() -> None:
    with pytest.raises(StoreError) as error:
        open_store("http://me:secret@127.0.0.1:9")
    assert "secret" not in str(error.value)


def test_an_empty_endpoint_cannot_be_read_and_is_left_empty(endpoint: str) -> None:
    with pytest.raises(StoreError, match=f"is empty: `sigmine run --store {endpoint}` writes to it"):
        open_store(endpoint, read_only=True)
    assert not requests.post(f"{endpoint}/query", data={"query": "ASK { ?s ?p ?o }"}, timeout=9).json()["boolean"]


def test_an_endpoint_with_other_data_is_left_alone(endpoint: str) -> None:
    text = "INSERT DATA { <http://example.org/a> <http://example.org/b> 1 }"
    requests.post(f"{endpoint}/update", data=text, headers={"Content-Type": "application/sparql-update"}, timeout=9)
    with pytest.raises(StoreError, match="was not written by sigmine"):
        open_store(endpoint)


def test_queries_are_explained_as_those_of_other_stores(endpoint: str) -> None:
    with open_store(endpoint) as store:
        for question in (
            "which kinases?",
            "DELETE WHERE { ?s ?p ?o }",
            "SELECT * { SERVICE <http://h/> { ?s ?p ?o } }",
        ):
            with open_store(None) as other, pytest.raises(StoreError) as expected:
                other.query(question)
            with pytest.raises(StoreError) as found:
                store.query(question)
            assert str(found.value) == str(expected.value)
        assert store.query("CONSTRUCT { ?s a ?o } { ?s a ?o }").form == "construct"
        assert store.query("ASK { hgnc:391 ?p ?o }").answer is False


def test_what_one_writes_another_reads(endpoint: str) -> None:
    with open_store(endpoint) as store:
        store.write_statements(make_statements())
    with open_store(endpoint, read_only=True) as store:
        assert tuple(store.find_statements()) == make_statements()
        with pytest.raises(StoreError, match="read-only"):
            store.remove_document("alpha")


def test_much_is_written_in_parts_with_whole_documents(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_REQUEST", 3)
    many = [replace(item, document=f"d{n}") for n in range(5) for item in ALL]
    with open_store(endpoint) as store, open_store(None) as expected:
        sent = []
        update = store._graph.update  # type: ignore[union-attr]
        monkeypatch.setattr(store._graph, "update", lambda text: (sent.append(text), update(text))[1])
        store.write_statements(make_statements(*many))
        expected.write_statements(make_statements(*many))
        assert dump(store) == dump(expected)
        assert tuple(store.find_statements()) == make_statements(*many)
        for text in sent:  # all evidence of a document comes in one update
            assert sum(f"sigmine/document/d{n}> ." in text for n in range(5)) <= 1 or "DELETE" in text
        store.write_statements(make_statements(PLAIN), replacing=[f"d{n}" for n in range(5)])
        assert tuple(store.find_statements()) == make_statements(PLAIN)


def test_a_second_writer_is_told_who_writes(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(endpoint) as store, open_store(endpoint) as other:
        find = writing._find_touched

        def interfere(*arguments: object) -> set[str]:
            with pytest.raises(StoreError, match=r"is being written by another process \(PID \d+ on "):
                other.write_statements(make_statements(ACTIVE))
            return find(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(writing, "_find_touched", interfere)
        store.write_statements(make_statements(PLAIN))
        monkeypatch.undo()
        other.write_statements(make_statements(ACTIVE))
        assert len(list(store.find_statements())) == 2


def test_the_claim_of_a_dead_process_does_not_count(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(endpoint) as store:
        monkeypatch.setattr("os.getpid", lambda: 2**22 + 1)
        graph = store._graph
        assert graph is not None
        update = graph.update
        monkeypatch.setattr(graph, "update", lambda text: None if "DELETE DATA" in text else update(text))
        store.write_statements(make_statements(PLAIN))
        monkeypatch.undo()
        store.write_statements(make_statements(ACTIVE))
        assert not store.query("ASK { ?store sigmine:writer ?who }").answer


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(statements(), max_size=3, unique_by=lambda item: item.id))
def test_any_statement_comes_out_as_it_went_in(endpoint: str, written: list[Statement]) -> None:
    requests.post(
        f"{endpoint}/update", data="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}, timeout=9
    )
    with open_store(endpoint) as store, open_store(None) as expected:
        store.write_statements(written)
        expected.write_statements(written)
        assert {item.id: item for item in store.find_statements()} == {item.id: item for item in written}
        assert dump(store) == dump(expected)
        store.write_statements((), replacing=[e.document for item in written for e in item.evidence])
        assert all(not item.evidence for item in store.find_statements())
