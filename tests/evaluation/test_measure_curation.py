"""The script that measures what decisions do for beliefs, with readings made for this test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sigmine.resources.belief_counts import BeliefCounts
from store.builders import make_evidence

SCRIPTS = Path(__file__).parents[2] / "pipeline" / "training" / "scripts"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import measure_curation

    return measure_curation


def read(script: ModuleType, right: bool, document: str, number: int) -> Any:
    sentence = f"AKT1 phosphorylates TSC2 {number}."
    evidence = make_evidence(sentence, "phosphorylates", "AKT1", "TSC2", document=document, start=50 * number)
    mention = replace(evidence.mention, rule="x/good.a" if right else "x/bad.b")
    return script.Reading(replace(evidence, mention=mention), right, document)


def test_documents_are_shared_out_whole_and_evenly(script: ModuleType) -> None:
    readings = [read(script, True, name, n) for name, size in (("a", 6), ("b", 3), ("c", 3)) for n in range(size)]
    script.FOLDS = 2
    fold = script.fold_by_document(readings)
    folds = {name: {fold(one) for one in readings if one.fold == name} for name in "abc"}
    assert folds == {"a": {0}, "b": {1}, "c": {1}}


def test_what_is_measured_was_not_decided(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    readings = [read(script, number % 2 == 0, name, number) for name in "ab" for number in range(10)]
    script.measure("title", readings, BeliefCounts({}, {}), script.fold_by_document(readings))
    lines = capsys.readouterr().out.splitlines()
    assert "title: 20 readings, 10 of them decided at a time" in lines
    before, after = (next(line for line in lines if f"{name}, readings" in line) for name in ("before", "after"))
    assert "Brier 0.2500" in before
    assert float(after.split("Brier ")[1].split()[0]) < 0.2, "the other document tells which rule is the good one"
    script.measure("title", readings[:10], BeliefCounts({}, {}), lambda one: 0)
    assert "Brier 0.2500" in capsys.readouterr().out.split("after, readings")[1], "nothing else is decided"
