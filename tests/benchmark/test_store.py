from __future__ import annotations

from pathlib import Path

from sigmine.assembly import assemble
from sigmine.benchmark.statements import make_statements
from sigmine.benchmark.store import QUESTIONS, measure_store
from sigmine.store import load_named_queries, open_store

NUMBER = 1_200


def test_made_up_statements_are_the_same_each_time_and_each_has_its_own_id() -> None:
    statements = list(make_statements(NUMBER))
    assert list(make_statements(NUMBER)) == statements
    assert len({item.id for item in statements}) == NUMBER
    pieces = [piece for item in statements for piece in item.evidence]
    assert 1.1 < len(pieces) / NUMBER < 1.3
    assert {item.site is None for item in statements} == {True, False}
    assert {piece.mention.negated for piece in pieces} == {True, False}
    assert {piece.mention.hedged for piece in pieces} == {True, False}


def test_made_up_statements_are_as_reading_gives_them() -> None:
    statements = list(make_statements(500))
    for statement in statements:
        for piece in statement.evidence:
            mention = piece.mention
            ends = (mention.trigger, mention.object, *([mention.subject] if mention.subject else []), *mention.sites)
            for end in ends:
                assert piece.sentence[end.start - piece.start : end.end - piece.start] == end.text
    again = assemble(piece for statement in statements for piece in statement.evidence)
    assert {item.id: item for item in again} == {item.id: item for item in statements}


def test_the_store_is_measured_and_asked(tmp_path: Path) -> None:
    load, answers = measure_store(NUMBER, folder=tmp_path / "store", repeats=2)
    assert load.statements == NUMBER
    assert load.triples > 20 * NUMBER
    assert load.size > 0
    assert [answer.name for answer in answers][4:] == [" ".join(words) for words in QUESTIONS]
    assert all(len(answer.seconds) == 2 for answer in answers)
    assert sum(answer.rows for answer in answers) > 0
    with open_store(tmp_path / "store", read_only=True) as store:
        assert len(list(store.find_statements())) == NUMBER


def test_all_queries_with_a_name_are_asked() -> None:
    assert {words[0] for words in QUESTIONS} == set(load_named_queries())


def test_a_store_in_memory_has_no_size() -> None:
    load, answers = measure_store(100, memory=True, questions=[("hedged", "nobody")], repeats=1)
    assert load.size == 0
    assert answers[-1].name == "hedged nobody"
