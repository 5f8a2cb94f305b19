"""All that ``sigmine bench`` measures, in one report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sigmine.benchmark.memory import MemoryFigures, measure_memory
from sigmine.benchmark.program import Programs
from sigmine.benchmark.speed import SpeedFigures, measure_speed
from sigmine.benchmark.stages import StageFigures, measure_stages
from sigmine.benchmark.start import StartFigures, measure_start
from sigmine.benchmark.store import Answer, LoadFigures, measure_store
from sigmine.benchmark.targets import Target, list_targets
from sigmine.benchmark.timing import JsonObject

PARTS: tuple[str, ...] = ("start", "speed", "stages", "memory", "store")


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much is measured.

    Attributes:
        documents: of the largest run, whose memory is compared with that of a tenth of them; 10 or more.
        timed: documents of the runs that are timed; 10 or more.
        repeats: rounds.
        statements: that the store takes in.
    """

    documents: int = 5_000
    timed: int = 500
    repeats: int = 3
    statements: int = 20_000


QUICK = Amounts(documents=300, timed=50, repeats=1, statements=2_000)
"""About a minute."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured; None, or empty, for what was not."""

    start: StartFigures | None = None
    speed: SpeedFigures | None = None
    stages: tuple[StageFigures, ...] = ()
    memory: MemoryFigures | None = None
    load: LoadFigures | None = None
    answers: tuple[Answer, ...] = ()

    def list_targets(self) -> tuple[Target, ...]:
        """The project's targets for what was measured, ratios first."""
        return list_targets(self.speed, self.memory, self.start)

    def to_json(self) -> JsonObject:
        return {
            "targets": [target.to_json() for target in self.list_targets()],
            "speed": self.speed.to_json() if self.speed else None,
            "stages": [stage.to_json() for stage in self.stages],
            "memory": self.memory.to_json() if self.memory else None,
            "start": self.start.to_json() if self.start else None,
            "store": {"load": self.load.make_row(), "queries": [answer.make_row() for answer in self.answers]}
            if self.load
            else None,
        }


def measure_everything(
    amounts: Amounts, parts: Collection[str] = PARTS, advance: Callable[[str], None] = lambda what: None
) -> Report:
    """Measures the parts (names in ``PARTS``) one after the other.

    Raises:
        SigmineError: if a run fails, or bundled data are missing.
    """
    with TemporaryDirectory(prefix="sigmine-bench-") as place:
        compiled, work = Path(place) / "compiled", Path(place) / "work"
        work.mkdir()
        programs = Programs(compiled)
        if set(parts) - {"store"}:
            advance("modules are compiled")
            programs.compile(work)
        start = measure_start(programs, amounts.repeats, advance) if "start" in parts else None
        speed = None
        if "speed" in parts:
            speed = measure_speed(programs, work, amounts.timed, amounts.repeats, advance)
        stages = measure_stages(programs, amounts.timed, amounts.repeats, advance) if "stages" in parts else ()
        memory = measure_memory(programs, work, amounts.documents, advance) if "memory" in parts else None
    load, answers = _measure_store(amounts, advance) if "store" in parts else (None, ())
    return Report(start, speed, tuple(stages), memory, load, tuple(answers))


def _measure_store(amounts: Amounts, advance: Callable[[str], None]) -> tuple[LoadFigures, Sequence[Answer]]:
    advance(f"store: {amounts.statements:,} statements")
    return measure_store(amounts.statements, repeats=amounts.repeats)
