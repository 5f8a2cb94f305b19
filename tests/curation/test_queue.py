"""What to judge next."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from curation.builders import decide_on, list_statements, make_reading_of
from sigmine.assembly import assemble
from sigmine.benchmark.statements import make_statements
from sigmine.curation import make_queue, open_curation
from sigmine.curation import queue as module
from sigmine.model import Evidence
from sigmine.model.ids import make_evidence_id
from sigmine.resources.belief_counts import BeliefCounts, RuleCount
from store.builders import make_evidence


@pytest.fixture(autouse=True)
def _known_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that are nearly always right, half right, and never seen."""
    from sigmine.curation import beliefs

    rules = {"x/sure.a": RuleCount(500, 2), "x/doubtful.a": RuleCount(100, 100)}
    monkeypatch.setattr(beliefs, "load_belief_counts", lambda: BeliefCounts(rules, {}))


def by_rule(rule: str, number: int, **more: object) -> Evidence:
    evidence = make_reading_of(number, **more)
    return replace(evidence, mention=replace(evidence.mention, rule=rule))


def test_uncertain_readings_come_first() -> None:
    evidence = [by_rule("x/sure.a", 0), by_rule("x/doubtful.a", 1, document="beta")]
    statements = [*list_statements(evidence[0]), *list_statements(evidence[1])]
    found = make_queue(statements, [], 10)
    assert [one.evidence.mention.rule for one in found] == ["x/doubtful.a", "x/sure.a"]
    assert found[0].own > found[1].own
    assert found[0].score == found[0].own + found[0].rule


def test_rules_that_read_much_come_first_and_do_not_stay() -> None:
    often = [by_rule("x/new.a", number) for number in range(40)]
    seldom = [by_rule("x/other.b", 100)]
    statements = [statement for one in (*often, *seldom) for statement in list_statements(one)]
    found = make_queue(statements, [], 41)
    assert found[0].evidence.mention.rule == "x/new.a"
    gains = [one.rule for one in found if one.evidence.mention.rule == "x/new.a"]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 2 * gains[10] > 0


def test_molecules_that_much_is_said_of_come_first() -> None:
    hub = [make_evidence(f"MTOR binds Q{n} here.", "binds", "MTOR", f"Q{n}", start=100 * n) for n in range(5)]
    lonely = make_evidence("RHEB binds ZZZ here.", "binds", "RHEB", "ZZZ", start=900)
    found = make_queue(assemble([lonely, *hub]), [], 10)
    assert [one.evidence for one in found][-1] == lonely


def test_what_other_sentences_say_already_teaches_less() -> None:
    said_often = [by_rule("x/doubtful.a", number) for number in range(4)]
    said_once = by_rule("x/doubtful.a", 9, document="beta")
    once = replace(said_once, mention=replace(said_once.mention, relation="binds"))
    found = make_queue(assemble([*said_often, once]), [], 10)
    assert found[0].evidence == once


def test_what_is_decided_is_not_asked_again(tmp_path: Path) -> None:
    evidence = [by_rule("x/doubtful.a", number) for number in range(3)]
    statements = assemble(evidence)
    curation = open_curation(tmp_path, curator="ada")
    curation.decide(decide_on(evidence[1], "rejected"))
    assert {one.evidence_id for one in make_queue(statements, curation, 10)} == {
        make_evidence_id(evidence[0]),
        make_evidence_id(evidence[2]),
    }
    read_otherwise = [by_rule("x/new.a", number) for number in range(3)]
    assert len(make_queue(assemble(read_otherwise), curation, 10)) == 2
    curation.undo()
    assert len(make_queue(statements, curation, 10)) == 3


def test_one_passage_is_asked_for_once() -> None:
    twice = [by_rule("x/doubtful.a", 0), by_rule("x/new.a", 0)]
    assert len(make_queue(assemble(twice), [], 10)) == 1
    with_two_sites = by_rule("x/doubtful.a", 0, site="S9")
    sites = (*with_two_sites.mention.sites, replace(with_two_sites.mention.sites[0], residue="T"))
    both = replace(with_two_sites, mention=replace(with_two_sites.mention, sites=sites))
    statements = assemble([both])
    assert len(statements) == 2
    (item,) = make_queue([replace(one, evidence=(replace(both),)) for one in statements], [], 10)
    (alone,) = make_queue(list_statements(with_two_sites), [], 10)
    assert item.own > alone.own, "its verdict moves two statements"


def test_the_order_of_statements_does_not_matter() -> None:
    statements = list(make_statements(300))
    expected = [one.evidence_id for one in make_queue(statements, [], 40)]
    assert len(set(expected)) == 40
    assert [one.evidence_id for one in make_queue(list(make_statements(300)), [], 40)] == expected
    shuffled = [one.score for one in make_queue(statements[::-1], [], 40)]
    assert shuffled == pytest.approx([one.score for one in make_queue(statements, [], 40)])


def test_a_sample_has_nothing_to_do_with_what_is_said() -> None:
    sure = [by_rule("x/sure.a", number) for number in range(0, 100)]
    doubtful = [by_rule("x/doubtful.a", number) for number in range(100, 200)]
    statements = [statement for one in (*sure, *doubtful) for statement in list_statements(one)]
    found = make_queue(statements, [], 60, order="sample")
    assert 18 < sum(one.evidence.mention.rule == "x/sure.a" for one in found) < 42
    assert found == make_queue(statements[::-1], [], 60, order="sample")


def test_nothing_gives_nothing() -> None:
    assert make_queue([], [], 10) == []
    assert make_queue(assemble([make_reading_of(0)]), [], 0) == []


@pytest.mark.bench
def test_a_hundred_thousand_statements_take_less_than_two_seconds() -> None:
    statements = list(make_statements(100_000))
    started = time.process_time()
    assert len(module.make_queue(statements, [], 50)) == 50
    assert time.process_time() - started < 2.0
