"""What is made of the times; the programs are stand-ins with a clock of their own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from sigmine.benchmark.memory import measure_memory
from sigmine.benchmark.program import ProgramRun, Programs
from sigmine.benchmark.speed import measure_speed
from sigmine.benchmark.start import measure_start
from sigmine.benchmark.targets import list_targets
from sigmine.benchmark.timing import Timing

LOADING, A_DOCUMENT, A_BARE_DOCUMENT, WORDS, BYTES = 5.0, 0.1, 0.08, 200, 1_000


class FakePrograms:
    """A sigmine that needs 5 s to load, 0.1 s for a document, half of it with two processes; the model needs 0.08 s."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, ...]] = []

    def run(self, arguments: Sequence[str], text: str = "", *, one_core: bool = False) -> ProgramRun:
        self.calls.append(tuple(arguments))
        if arguments[0] == "-c" and "print_timing" in arguments[1]:
            numbers = eval(arguments[1].rpartition(", range")[2].removesuffix(")"))
            seconds = A_BARE_DOCUMENT * (numbers[1] - numbers[0])
            return ProgramRun(Timing(9, 9), 9, BYTES, f"{seconds} {seconds}\n")
        if arguments[0] == "-c":
            return ProgramRun(Timing(0.2, 0.1), 0.1, BYTES, "0.05 0.04\n")
        if "run" not in arguments:
            return ProgramRun(Timing(4, 3), 3.5, BYTES, text)
        path, jobs = Path(arguments[3]), int(arguments[arguments.index("--jobs") + 1])
        assert one_core == (jobs == 1)
        content = path.read_text(encoding="utf-8")
        documents = len(content.splitlines()) if path.suffix == ".jsonl" else 10 if len(content) > 100 else 0
        work = A_DOCUMENT * documents / jobs
        Path(arguments[5]).mkdir()
        counts = {"counts": {"words": WORDS * documents}}
        return ProgramRun(Timing(LOADING + work, LOADING), 1.0, BYTES + documents, json.dumps(counts))


@pytest.fixture
def programs() -> Programs:
    return cast(Programs, FakePrograms())


def test_loading_is_taken_off(programs: Programs, tmp_path: Path) -> None:
    said: list[str] = []
    found = measure_speed(programs, tmp_path, 20, 3, said.append)
    one, two = found.runs[1], found.runs[2]
    assert one.documents == [18, 18, 18]
    assert one.words == [18 * WORDS] * 3
    assert one.make_word_rate().median == pytest.approx(WORDS / A_DOCUMENT)
    assert two.make_word_rate().median == pytest.approx(2 * WORDS / A_DOCUMENT)
    assert found.bare.documents == one.documents
    assert found.review.median == pytest.approx(6_000 / WORDS * A_DOCUMENT)
    assert any("round 3 of 3" in line for line in said)


def test_ratios(programs: Programs, tmp_path: Path) -> None:
    found = measure_speed(programs, tmp_path, 20, 1, lambda _: None)
    assert found.make_share_of_bare().median == pytest.approx(0.8)
    assert found.make_gain_of_two().median == pytest.approx(2)
    assert found.make_gain_of_two().by_cpu is None


def test_variants_take_turns_and_each_round_reads_other_texts(programs: Programs, tmp_path: Path) -> None:
    measure_speed(programs, tmp_path, 20, 2, lambda _: None)
    jobs = [call[-2] for call in cast(FakePrograms, programs).calls if "run" in call and ".jsonl" in call[3]]
    assert jobs == ["1", "1", "2", "2"] * 2
    first, second = ((tmp_path / f"many-{number}.jsonl").read_text(encoding="utf-8") for number in range(2))
    assert not set(first.splitlines()) & set(second.splitlines())


def test_memory_at_ten_times_as_many(programs: Programs, tmp_path: Path) -> None:
    found = measure_memory(programs, tmp_path, 500, lambda _: None)
    assert (found.few, found.many) == (50, 500)
    assert found.ratio == pytest.approx(1_500 / 1_050)


def test_the_start_is_measured_to_the_first_line(programs: Programs) -> None:
    found = measure_start(programs, 2, lambda _: None)
    assert found.first_statement.median == 3.5
    assert found.imported.median == 0.05
    assert found.help.median == 4


def test_targets_say_whether_they_are_met_ratios_first(programs: Programs, tmp_path: Path) -> None:
    found = measure_speed(programs, tmp_path, 20, 1, lambda _: None)
    memory = measure_memory(programs, tmp_path, 500, lambda _: None)
    targets = list_targets(found, memory, measure_start(programs, 1, lambda _: None))
    assert {target.name: target.is_met for target in targets} == {
        "end to end / bare spaCy pipeline": True,
        "two processes / one": True,
        "memory at 500 documents / at 50": False,
        "end to end, one process": False,
        "a review of 6,000 words, loaded": False,
        "start to first statement": False,
        "sigmine --help": False,
        "import sigmine": True,
    }
    assert [bool(target.unit) for target in targets] == [False] * 3 + [True] * 5
    assert targets[0].to_json()["met"] is True


def test_nothing_measured_has_no_targets() -> None:
    assert list_targets() == ()
