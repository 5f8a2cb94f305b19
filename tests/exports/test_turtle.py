from __future__ import annotations

import io

import pyoxigraph

from sigmine.exports.turtle import write_turtle
from sigmine.store import open_store
from store.builders import PLAIN, make_statements

RECORD = "https://w3id.org/sigmine/vocab#record"
FORMAT = "https://w3id.org/sigmine/vocab#format"


def write() -> bytes:
    file = io.BytesIO()
    write_turtle(make_statements(), file)
    return file.getvalue()


def test_the_file_holds_the_triples_of_the_store_and_details_without_its_records() -> None:
    with open_store(None) as store:
        store.write_statements(make_statements())
        graph = store._graph.database  # type: ignore[union-attr]
        stored = {quad for quad in graph if quad.predicate.value not in (RECORD, FORMAT)}
    file = pyoxigraph.Store()
    file.load(input=write(), format=pyoxigraph.RdfFormat.TURTLE)
    assert set(file) > stored
    names = {quad.predicate.value.rpartition("#")[2].rpartition("/")[2] for quad in set(file) - stored}
    assert names == {"identifier", "trigger", "direct", "type", "label", "subject", "object", "exact", "start", "end"}


def test_people_can_read_it() -> None:
    text = write().decode()
    assert "@prefix hgnc: <" in text
    assert "\nhgnc:391 RO:0002447 hgnc:12363 ;" in text
    assert f"\nstatement:{make_statements(PLAIN)[0].id} " in text
    assert "_:" not in text
