"""Whether memory grows with the number of documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sigmine.benchmark.abstracts import write_abstracts
from sigmine.benchmark.program import Programs, can_see_processes
from sigmine.benchmark.speed import run_sigmine
from sigmine.benchmark.timing import JsonObject

TIMES = 10


@dataclass(frozen=True, slots=True)
class MemoryFigures:
    """The most bytes that ``sigmine run`` takes at few documents and at ten times as many, one process each.

    ``all_processes`` is false where only the largest process could be seen (psutil is not installed).
    """

    few: int
    few_peak: int
    many: int
    many_peak: int
    all_processes: bool

    @property
    def ratio(self) -> float:
        """How many times as much memory ten times as many documents take."""
        return self.many_peak / max(1, self.few_peak)

    def to_json(self) -> JsonObject:
        return {
            "peak_bytes": {str(self.few): self.few_peak, str(self.many): self.many_peak},
            "ratio": self.ratio,
            "all_processes": self.all_processes,
        }


def measure_memory(programs: Programs, folder: Path, documents: int, advance: Callable[[str], None]) -> MemoryFigures:
    """Runs a tenth of the documents, then all.

    Args:
        documents: the larger number, 10 or more.

    Raises:
        SigmineError: if a run fails.
    """
    peaks = []
    for count in (documents // TIMES, documents):
        advance(f"memory: {count:,} documents")
        path = folder / f"memory-{count}.jsonl"
        write_abstracts(path, range(count))
        run, _ = run_sigmine(programs, folder, path)
        peaks.append(run.peak)
    return MemoryFigures(documents // TIMES, peaks[0], documents, peaks[1], can_see_processes())
