"""Floors of the scores on the challenge sentences, well below what is measured, so that a slip is noticed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "pipeline" / "training" / "scripts"


@pytest.fixture(scope="module")
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(SCRIPTS))
    import score_challenge

    yield score_challenge
    sys.path.remove(str(SCRIPTS))


@pytest.fixture(scope="module")
def ratios(script: ModuleType) -> dict[tuple[str, str], tuple[float, float]]:
    """Precision and recall, by file and by what is compared."""
    from sigmine.evaluation.bootstrap import score

    found = {}
    for name in script.FILES:
        tally = script.Tally()
        for row, mentions in script.read_rows(script.load_rows(name)):
            tally.add(row, mentions)
        for kind, one in score(tally.entries).items():
            found[name, kind] = (one.counts.precision or 0.0, one.counts.recall or 0.0)
    return found


@pytest.mark.parametrize(
    ("file", "kind", "precision", "recall"),
    [
        ("constructs", "statements", 0.88, 0.74),
        ("constructs", "sites", 0.95, 0.92),
        ("flags", "statements", 0.95, 0.84),
        ("flags", "negated", 0.93, 0.84),
        ("flags", "hedged", 0.93, 0.82),
    ],
)
def test_no_score_falls_below_its_floor(
    ratios: dict[tuple[str, str], tuple[float, float]], file: str, kind: str, precision: float, recall: float
) -> None:
    found = ratios[file, kind]
    assert found[0] >= precision
    assert found[1] >= recall


def test_each_sentence_holds_the_names_it_is_annotated_with(script: ModuleType) -> None:
    for name in script.FILES:
        rows = script.load_rows(name)
        assert len({row["id"] for row in rows}) == len(rows)
        for row in rows:
            ends = {end for one in row["expect"] for end in (one["subject"], one["object"]) if end}
            assert ends <= row["entities"].keys()
            assert all(name in row["text"] for name in row["entities"])
            assert row["split"] in ("dev", "test")
