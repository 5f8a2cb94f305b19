"""An empty store is filled by one load, which must give what writing bit by bit gives, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

import pytest

from sigmine.benchmark.statements import make_statements
from sigmine.errors import StoreError
from sigmine.model import Statement
from sigmine.store import StatementStore, open_store

NUMBER = 700  # more than the loader for large amounts needs


def dump(store: StatementStore) -> set[tuple[object, ...]]:
    return set(store.query("SELECT ?s ?p ?o { ?s ?p ?o }").rows)


@pytest.fixture(
    autouse=True, params=[250, pytest.param(5_000, marks=pytest.mark.slow)], ids=["several loads", "one load"]
)
def load_size(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigmine.store.bulk._LOAD", request.param)


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    return list(make_statements(NUMBER))


def test_a_stream_gives_the_store_that_small_pieces_give(statements: list[Statement], tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store, open_store(None) as expected:
        store.write_statements(iter(statements))
        for start in range(0, NUMBER, 100):
            expected.write_statements(statements[start : start + 100])
        assert dump(store) == dump(expected)
        assert {item.id: item for item in store.find_statements()} == {item.id: item for item in statements}
        store.write_statements(store.find_statements())
        assert dump(store) == dump(expected)


def test_a_statement_that_comes_again_in_the_stream_has_all_its_evidence(statements: list[Statement]) -> None:
    again = [replace(item, evidence=(replace(item.evidence[0], document="another"),)) for item in statements[:3]]
    with open_store(None) as store, open_store(None) as expected:
        store.write_statements(chain(statements, again, statements[-2:]))
        expected.write_statements(statements[:400])
        expected.write_statements([*statements[400:], *again])
        assert dump(store) == dump(expected)
        found = store.find_statement(statements[0].id)
        assert found is not None
        assert [item.document for item in found.evidence][-1] == "another"


def test_text_that_is_none_at_the_end_of_a_stream_leaves_the_store_empty(statements: list[Statement]) -> None:
    last = statements[-1]
    broken = replace(last, evidence=(replace(last.evidence[0], sentence="half a pair: \ud800"),))
    with open_store(None) as store:
        nothing = dump(store)
        with pytest.raises(StoreError, match="has characters that are no text"):
            store.write_statements([*statements[:-1], broken])
        assert dump(store) == nothing


def test_a_stream_that_breaks_off_leaves_the_store_empty(statements: list[Statement], tmp_path: Path) -> None:
    def break_off() -> Iterator[Statement]:
        yield from statements
        raise ZeroDivisionError

    with open_store(tmp_path / "store") as store:
        nothing = dump(store)
        with pytest.raises(ZeroDivisionError):
            store.write_statements(break_off())
        assert dump(store) == nothing


def test_statements_are_taken_from_the_stream_a_few_at_a_time() -> None:
    alive: list[int] = []

    def count() -> Iterator[Statement]:
        for number, statement in enumerate(make_statements(NUMBER * 3)):
            alive.append(number)
            yield statement

    stream = count()
    assert len(list(islice(stream, 5))) == 5
    assert len(alive) == 5, "made-up statements are made when they are asked for"
    with open_store(None) as store:
        store.write_statements(stream)
        assert len(list(store.find_statements())) == NUMBER * 3 - 5
