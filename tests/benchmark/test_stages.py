from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import redirect_stdout
from types import SimpleNamespace
from typing import cast

import pytest
import spacy

from sigmine.benchmark import stages
from sigmine.benchmark.program import ProgramRun, Programs
from sigmine.benchmark.stages import STAGES, measure_stages
from sigmine.benchmark.timing import Timing
from sigmine.nlp.factories import register_extensions
from sigmine.resources.lexicon import Lexicon


@pytest.fixture(autouse=True)
def small_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """A language pipeline that finds sentences and nothing else."""
    register_extensions()
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    monkeypatch.setattr(stages, "_Tools", lambda: SimpleNamespace(nlp=nlp, lexicon=Lexicon([]), checker=None))


class SameProcess:
    """Runs the code that a program of its own would run, here."""

    def run(self, arguments: Sequence[str], text: str = "", *, one_core: bool = False) -> ProgramRun:
        written = io.StringIO()
        with redirect_stdout(written):
            exec(arguments[1], {})
        return ProgramRun(Timing(0, 0), None, 0, written.getvalue())


PROGRAMS = cast(Programs, SameProcess())


def test_every_stage_has_a_row_in_the_order_of_the_work() -> None:
    said: list[str] = []
    rows = measure_stages(PROGRAMS, 3, 2, said.append)
    assert [row.name for row in rows] == [*STAGES, "sentencizer"]
    by_name = {row.name: row for row in rows}
    assert by_name["tokens"].seconds.median > 0
    assert by_name["sentencizer"].seconds.median > 0
    assert by_name["parse"].seconds.median == 0
    assert by_name["assembly and writing"].seconds.median > by_name["reading"].seconds.median
    assert by_name["tokens"].words.median == pytest.approx(200 * by_name["tokens"].documents.median, rel=0.5)
    assert said == ["stages, round 1 of 2", "stages, round 2 of 2"]


def test_rows_are_json() -> None:
    (row, *_) = measure_stages(PROGRAMS, 2, 1, lambda _: None)
    made = row.to_json()
    assert made["stage"] == "reading"
    assert set(made) == {"stage", "seconds", "words_per_second", "documents_per_second"}
