from __future__ import annotations

import pytest

from sigmine.benchmark import baselines
from sigmine.benchmark.abstracts import make_abstract
from sigmine.benchmark.baselines import BARE, SINGLE, print_timing


def test_texts_are_read_once_after_others(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    read: list[list[str]] = []
    monkeypatch.setattr(baselines, "_LOADERS", {BARE: lambda: lambda texts: read.append(list(texts))})
    print_timing(BARE, range(1), range(1, 3))
    assert read == [[make_abstract(0)[1]], [make_abstract(1)[1], make_abstract(2)[1]]]
    clock, cpu = map(float, capsys.readouterr().out.split())
    assert clock >= 0
    assert cpu >= 0


@pytest.mark.slow
@pytest.mark.parametrize("name", [BARE, SINGLE])
def test_the_model_reads(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_timing(name, range(1), range(1, 2))
    clock, _ = map(float, capsys.readouterr().out.split())
    assert clock > 0
