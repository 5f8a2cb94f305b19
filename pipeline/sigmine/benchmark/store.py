"""How fast the store takes statements in, and how fast it answers."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sigmine.benchmark.statements import make_gene, make_statements
from sigmine.model import Statement
from sigmine.store import Filters, StatementStore, open_store

_HUB, _GENE = make_gene(3), make_gene(403)

QUESTIONS: tuple[tuple[str, ...], ...] = (
    ("by-section", _GENE.name),
    ("complexes", _GENE.name),
    ("contradictions", _GENE.name),
    ("drug-targets", _GENE.name),
    ("hedged", _GENE.name),
    ("kinases-of", _GENE.name),
    ("kinases-of", _HUB.name),
    ("most-cited", _GENE.name),
    ("neighbours", _GENE.name),
    ("paths", _GENE.name, make_gene(1204).name),
    ("substrates-of", _GENE.name),
)
"""Queries with a name, and the molecules they are asked for: an ordinary one, and one of the ten hubs."""


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """What loading took.

    Attributes:
        statements, triples: how many.
        seconds: by the clock, until the store was closed, without ``making``.
        making: seconds by the clock in which the statements were made up; the store's own threads go on meanwhile.
        cpu: seconds of the processor, all threads, making included.
        size: bytes of the folder; 0 in memory.
        peak: most bytes of memory that the process has had.
    """

    statements: int
    triples: int
    seconds: float
    making: float
    cpu: float
    size: int
    peak: int

    def make_row(self) -> dict[str, float]:
        """For JSON: seconds and bytes."""
        return {
            "statements": self.statements,
            "triples": self.triples,
            "seconds": self.seconds,
            "making_seconds": self.making,
            "cpu_seconds": self.cpu,
            "statements_per_second": self.statements / self.seconds,
            "bytes": self.size,
            "peak_bytes": self.peak,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """One question: how many rows it gave, and the seconds by the clock of each time it was asked."""

    name: str
    rows: int
    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)

    def make_row(self) -> dict[str, object]:
        """For JSON: seconds."""
        return {"query": self.name, "rows": self.rows, "median_seconds": self.median, "seconds": list(self.seconds)}


def measure_store(
    statements: int,
    *,
    memory: bool = False,
    folder: Path | None = None,
    questions: Sequence[Sequence[str]] = QUESTIONS,
    repeats: int = 5,
) -> tuple[LoadFigures, list[Answer]]:
    """Loads made-up statements as ``sigmine run`` does, opens the store again to read, and asks.

    Args:
        folder: where to write, and leave, the store; None for a folder that is deleted.
        questions: names of queries with their values; four searches for a molecule are always asked.

    Raises:
        StoreError: if the folder cannot be written or is no empty one.
    """
    with TemporaryDirectory(prefix="sigmine-bench-") as temporary:
        place = None if memory else folder or Path(temporary) / "store"
        started, worked = time.perf_counter(), time.process_time()
        store = open_store(place)
        stopwatch = Stopwatch(make_statements(statements))
        store.write_statements(stopwatch)
        if place is not None:
            store.close()
        seconds, cpu = time.perf_counter() - started, time.process_time() - worked
        with store if place is None else open_store(place, read_only=True) as opened:
            answers = ask(opened, questions, repeats)
            counted = opened.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
        size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file()) if place else 0
    assert isinstance(counted, int)
    making = stopwatch.seconds
    return LoadFigures(statements, counted, seconds - making, making, cpu, size, _find_peak()), answers


class Stopwatch:
    """Passes statements on, and counts the seconds by the clock until each came."""

    def __init__(self, statements: Iterator[Statement]) -> None:
        self.seconds = 0.0
        self._statements = statements

    def __iter__(self) -> Stopwatch:
        return self

    def __next__(self) -> Statement:
        started = time.perf_counter()
        try:
            return next(self._statements)
        finally:
            self.seconds += time.perf_counter() - started


def ask(store: StatementStore, named: Sequence[Sequence[str]], repeats: int) -> list[Answer]:
    """Asks each question so many times."""
    questions: list[tuple[str, Callable[[], Sequence[object]]]] = [
        (f"find_statements: {asked} {what}", _make_search(store, filters))
        for what, agent in (("a hub", _HUB.name), ("a molecule", _GENE.name))
        for asked, filters in (
            ("what phosphorylates", Filters(relation="phosphorylates", object=agent)),
            ("around", Filters(around=agent)),
        )
    ]
    questions += [(" ".join(words), _make_question(store, *words)) for words in named]
    answers = []
    for name, question in questions:
        times = []
        rows: Sequence[object] = ()
        for _ in range(repeats):
            started = time.perf_counter()
            rows = question()
            times.append(time.perf_counter() - started)
        answers.append(Answer(name, len(rows), tuple(times)))
    return answers


def _make_search(store: StatementStore, filters: Filters) -> Callable[[], Sequence[object]]:
    return lambda: list(store.find_statements(**filters))


def _make_question(store: StatementStore, name: str, *values: str) -> Callable[[], Sequence[object]]:
    return lambda: store.ask(name, *values).rows


def _find_peak() -> int:
    """Bytes; 0 where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
