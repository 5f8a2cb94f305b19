"""The script that counts how often each rule is right, with readings made for this test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sigmine.assembly.reliability import HEDGED, Reliability
from store.builders import make_evidence

SCRIPTS = Path(__file__).parents[2] / "pipeline" / "training" / "scripts"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import measure_beliefs

    return measure_beliefs


def read(script: ModuleType, right: bool, *, fold: str = "doc", rule: str = "r/verb.active", **changes: Any) -> Any:
    evidence = make_evidence("AKT1 phosphorylates TSC2.", "phosphorylates", "AKT1", "TSC2", document=fold)
    mention = replace(evidence.mention, rule=rule, **changes)
    return script.Reading(replace(evidence, mention=mention), right, fold)


def test_rules_are_counted(script: ModuleType) -> None:
    readings = [read(script, True), read(script, False), read(script, True, rule="r/noun.of")]
    counts = script.count(readings)
    assert {name: (one.right, one.wrong) for name, one in counts.rules.items()} == {
        "r/verb.active": (1, 1),
        "r/noun.of": (1, 0),
    }


def test_errors_under_a_condition_are_held_against_what_the_rule_lets_expect(script: ModuleType) -> None:
    plain = [read(script, i % 10 > 0) for i in range(100)]
    bad = [read(script, i % 2 > 0, cues=("coref:previous",)) for i in range(20)]
    reference = script.count([*plain, *bad]).conditions["reference"]
    assert (reference.total, reference.wrong) == (20, 10)
    assert reference.expected < 6
    assert Reliability(script.count([*plain, *bad])).find_factor("reference") > 1.4


def test_hedged_readings_are_judged_by_the_curators_alone(script: ModuleType) -> None:
    readings = [
        read(script, False, claim="hypothesised"),
        read(script, True, fold="indra-1", claim="hypothesised"),
        read(script, False, fold="indra-2", claim="open_question"),
    ]
    hedged = script.count(readings).conditions[HEDGED]
    assert (hedged.total, hedged.wrong) == (1, 0)


def test_no_document_is_judged_by_its_own_counts(script: ModuleType) -> None:
    readings = [read(script, False, fold="a") for _ in range(30)] + [read(script, True, fold="b") for _ in range(30)]
    crossed = {one.fold: one.evidence.mention.prior for one in script.cross_weigh(readings)}
    assert crossed["a"] > 0.9 > 0.1 > crossed["b"]


def test_a_statement_is_right_if_one_reading_is(script: ModuleType) -> None:
    readings = [
        read(script, True, fold="a"),
        read(script, False, fold="b"),
        read(script, False, fold="c", negated=True),
    ]
    ((_, right),) = script.judge(readings)
    assert right is True
    assert script.judge(readings[2:]) == []


def test_what_is_written_is_what_is_loaded(script: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sigmine.resources import belief_counts

    counts = script.count([read(script, True), read(script, False, subject=None)])
    script.write_tables(counts, script.make_cuts([(0.9, True), (0.4, False)]), tmp_path / "data" / "beliefs")
    monkeypatch.setattr(belief_counts, "files", lambda package: tmp_path)
    found = belief_counts.load_belief_counts.__wrapped__()
    assert dict(found.rules) == counts.rules
    assert found.conditions["no_subject"].wrong == 1
    assert [(one.belief, one.right, one.total) for one in found.thresholds] == [(0.9, 1, 1), (0.4, 1, 2)]
