"""How long it takes until sigmine works: the import, the help, the first statement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sigmine.benchmark.program import SENTENCE, SIGMINE, Programs
from sigmine.benchmark.timing import JsonObject, Spread, Timing, spread_seconds

_IMPORT = (
    "import time; clock, cpu = time.perf_counter(), time.process_time(); import sigmine; "
    "print(time.perf_counter() - clock, time.process_time() - cpu)"
)


@dataclass(frozen=True, slots=True)
class StartFigures:
    """Seconds: of ``import sigmine``, of ``sigmine --help``, and from the start to the first statement on the screen.

    The processor's time is that of the whole run. ``memory`` is the most bytes that reading the one sentence takes.
    """

    imported: Spread
    help: Spread
    first_statement: Spread
    memory: int

    def to_json(self) -> JsonObject:
        return {
            "import_seconds": self.imported.to_json(),
            "help_seconds": self.help.to_json(),
            "first_statement_seconds": self.first_statement.to_json(),
            "memory_bytes": self.memory,
        }


def measure_start(programs: Programs, repeats: int, advance: Callable[[str], None]) -> StartFigures:
    """Starts the program again and again.

    Raises:
        SigmineError: if it does not start.
    """
    imports: list[Timing] = []
    helps: list[Timing] = []
    firsts: list[Timing] = []
    memory = 0
    for number in range(1, repeats + 1):
        advance(f"start, {number} of {repeats}")
        imports.append(Timing(*map(float, programs.run(["-c", _IMPORT]).output.split())))
        helps.append(programs.run([*SIGMINE, "--help"]).time)
        run = programs.run([*SIGMINE, "extract", "-"], SENTENCE)
        firsts.append(Timing(run.time.clock if run.first is None else run.first, run.time.cpu))
        memory = max(memory, run.peak)
    return StartFigures(spread_seconds(imports), spread_seconds(helps), spread_seconds(firsts), memory)
