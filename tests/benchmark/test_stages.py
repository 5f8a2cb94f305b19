from __future__ import annotations

from types import SimpleNamespace

import pytest
import spacy

from sigmine.benchmark import stages
from sigmine.benchmark.stages import STAGES, measure_stages
from sigmine.nlp.factories import register_extensions
from sigmine.resources.lexicon import Lexicon


@pytest.fixture(autouse=True)
def small_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language pipeline that finds sentences and nothing else."""
    register_extensions()
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    monkeypatch.setattr(stages, "_Tools", lambda: SimpleNamespace(nlp=nlp, lexicon=Lexicon([]), checker=None))


def test_every_stage_has_a_row_in_the_order_of_the_work() -> None:
    said: list[str] = []
    rows = measure_stages(3, 2, said.append)
    assert [row.name for row in rows] == [*STAGES, "sentencizer"]
    by_name = {row.name: row for row in rows}
    assert by_name["tokens"].seconds.median > 0
    assert by_name["sentencizer"].seconds.median > 0
    assert by_name["parse"].seconds.median == 0
    assert by_name["assembly and writing"].seconds.median > by_name["reading"].seconds.median
    assert by_name["tokens"].words.median == pytest.approx(200 * by_name["tokens"].documents.median, rel=0.5)
    assert said[-1] == "stages, 2 of 2"


def test_rows_are_json() -> None:
    (row, *_) = measure_stages(2, 1, lambda _: None)
    made = row.to_json()
    assert made["stage"] == "reading"
    assert set(made) == {"stage", "seconds", "words_per_second", "documents_per_second"}
