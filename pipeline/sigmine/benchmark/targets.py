"""What the project asks of its speed, and whether a measurement meets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sigmine.benchmark.memory import MemoryFigures
from sigmine.benchmark.speed import SpeedFigures
from sigmine.benchmark.start import StartFigures
from sigmine.benchmark.timing import JsonObject, Spread


@dataclass(frozen=True, slots=True)
class Target:
    """A figure, and the least (``at_least``) or the most that it should be, by the clock.

    ``unit`` is empty for a ratio.
    """

    name: str
    unit: str
    limit: float
    at_least: bool
    measured: Spread

    @property
    def is_met(self) -> bool:
        """Whether the median meets it."""
        return self.measured.median >= self.limit if self.at_least else self.measured.median <= self.limit

    def to_json(self) -> JsonObject:
        return {
            "name": self.name,
            "unit": self.unit or None,
            **self.measured.to_json(),
            "target": self.limit,
            "at_least": self.at_least,
            "met": self.is_met,
        }


def list_targets(
    speed: SpeedFigures | None = None, memory: MemoryFigures | None = None, start: StartFigures | None = None
) -> tuple[Target, ...]:
    """The targets of what was measured, ratios first."""
    return tuple(sorted(_list_targets(speed, memory, start), key=lambda target: bool(target.unit)))


def _list_targets(
    speed: SpeedFigures | None, memory: MemoryFigures | None, start: StartFigures | None
) -> Iterator[Target]:
    if speed is not None:
        yield Target("end to end / bare spaCy pipeline", "", 0.75, True, speed.make_share_of_bare())
        yield Target("two processes / one", "", 1.85, True, speed.make_gain_of_two())
        yield Target("end to end, one process", "words/s", 5_000, True, speed.runs[1].make_word_rate())
        yield Target("a review of 6,000 words, loaded", "s", 1.5, False, speed.review)
    if memory is not None:
        name = f"memory at {memory.many:,} documents / at {memory.few:,}"
        yield Target(name, "", 1.1, False, Spread(memory.ratio, memory.ratio, memory.ratio))
    if start is not None:
        yield Target("start to first statement", "s", 3, False, start.first_statement)
        yield Target("sigmine --help", "s", 0.5, False, start.help)
        yield Target("import sigmine", "s", 0.15, False, start.imported)
