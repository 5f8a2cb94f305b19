"""From files to readings: what there is to read, and each part of it read, here or in worker processes.

``find_items`` lists files and documents, ``read_items`` reads them, ``extract`` is both. A document that fails, in
whatever way, is recorded with the reason and the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, overload

from sigmine.analysis import Loader, Options, Reading, load_analyser
from sigmine.batch_reading import Batch, BatchReader, Pack, make_lost_reading, read_in_time, report_failure
from sigmine.items import Item, Origin, find_items
from sigmine.logs import LogSettings, find_settings, log_readings, start_logs
from sigmine.model import Document
from sigmine.pool import Loss, count_jobs, run_tasks

__all__ = [
    "TIME_LIMIT",
    "Item",
    "Origin",
    "Pack",
    "ReadingLimits",
    "extract",
    "find_items",
    "read_items",
    "report_failure",
]

TIME_LIMIT = 120.0
"""Seconds that one document may take; a review of 6,000 words takes one or two."""

_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 50_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one document may take.

    Attributes:
        seconds: from when it is begun, reading of the file included; 0 for no limit.
        isolate: with one job too, read in a process of its own, so that what crashes it costs one document and the time
            limit holds whatever it does.
    """

    seconds: float = TIME_LIMIT
    isolate: bool = False


def extract(
    sources: Origin | Iterable[Origin],
    *,
    options: Options | None = None,
    jobs: int = 1,
    load: Loader = load_analyser,
    limits: ReadingLimits | None = None,
    run_id: str = "",
) -> Iterator[Reading]:
    """Reads documents and gives one ``Reading`` for each, in the order given.

    Args:
        sources: paths (a folder is walked; ``-`` is standard input) and documents made in memory.
        jobs: how many processes read; the result is the same for any number; 0 for as many as the machine has cores
            and memory for. With 1 the documents are read in this process.
        load: makes the analyser; replaced in tests.
        limits: of one document; None for ``ReadingLimits()``.
        run_id: written to the evidence.

    Raises:
        ResourceError: if bundled data are missing.
        SigmineError: if worker processes cannot be started.
    """
    options = options or Options()
    items = find_items(sources, options)
    for _, readings in read_items(items, options, jobs=jobs, load=load, limits=limits, run_id=run_id):
        yield from log_readings(readings)


def _keep(item: Item, reading: Reading) -> Reading:
    return reading


@overload
def read_items(
    items: Iterable[Item],
    options: Options | None = ...,
    *,
    jobs: int = ...,
    load: Loader = ...,
    run_id: str = ...,
    limits: ReadingLimits | None = ...,
    on_start: Callable[[Item], None] | None = ...,
) -> Iterator[tuple[Item, tuple[Reading, ...]]]: ...


@overload
def read_items(
    items: Iterable[Item],
    options: Options | None = ...,
    *,
    jobs: int = ...,
    load: Loader = ...,
    run_id: str = ...,
    limits: ReadingLimits | None = ...,
    on_start: Callable[[Item], None] | None = ...,
    pack: Pack[T],
) -> Iterator[tuple[Item, tuple[T, ...]]]: ...


def read_items(
    items: Iterable[Item],
    options: Options | None = None,
    *,
    jobs: int = 1,
    load: Loader = load_analyser,
    run_id: str = "",
    limits: ReadingLimits | None = None,
    on_start: Callable[[Item], None] | None = None,
    pack: Pack[Any] = _keep,
) -> Iterator[tuple[Item, tuple[Any, ...]]]:
    """Each item with a reading for each document or failure of it, in the order of the items.

    Items are taken as they are needed. What reads does not depend on the number of processes, nor do the results.

    Args:
        jobs: 0 for as many processes as the machine has cores and memory for; 1 reads in this process, where the time
            limit holds in the main thread and not on Windows, and not while C code runs that does not come back.
        run_id: written to the evidence.
        limits: of one document; None for ``ReadingLimits()``.
        on_start: called, in the order of the items but for those read again, when an item is about to be read.
        pack: makes what is given of each reading, in the process that read it; a function of a module or a
            ``functools.partial`` of one. Results that are bytes cost this process less than evidence does.

    Raises:
        ResourceError: if bundled data are missing.
        SigmineError: if worker processes cannot be started.
    """
    batches = _make_batches(items)
    limits = limits or ReadingLimits()
    prepare = partial(BatchReader, load, options or Options(), run_id, pack)

    def start(batch: Batch) -> None:
        for item in batch:
            if on_start is not None:
                on_start(item)

    if jobs == 1 and not limits.isolate:
        reader = prepare()
        for batch in batches:
            start(batch)
            yield from zip(batch, read_in_time(batch, reader, limits.seconds), strict=True)
        return
    done = run_tasks(
        batches,
        partial(_prepare, prepare, find_settings()),
        jobs=jobs or count_jobs(),
        seconds=limits.seconds,
        split=lambda batch: [(item,) for item in batch],
        answer=partial(_read_nothing, prepare()),
        on_start=start,
    )
    for batch, outcome in done:
        if isinstance(outcome, Loss):
            outcome = [(pack(item, make_lost_reading(item, outcome.reason)),) for item in batch]
        yield from zip(batch, outcome, strict=True)


def _prepare(make: Callable[[], BatchReader], logs: LogSettings | None) -> BatchReader:
    """A worker's reader, loaded; its logs go where those of the process go that started it."""
    start_logs(logs)
    reader = make()
    reader.load()
    return reader


def _read_nothing(reader: BatchReader, batch: Batch) -> list[tuple[Any, ...]] | None:
    """What is said of what could not be read, which needs no other process; None for all else."""
    return None if any(item.is_readable for item in batch) else reader(batch)


def _make_batches(items: Iterable[Item]) -> Iterator[Batch]:
    """Consecutive items, cut by size alone; what could not be read stands alone, and so does a PDF."""
    batch: list[Item] = []
    total = 0
    for item in items:
        size = _measure(item)
        if batch and (len(batch) >= _BATCH_DOCUMENTS or total + size > _BATCH_CHARACTERS):
            yield tuple(batch)
            batch, total = [], 0
        batch.append(item)
        total += size
    if batch:
        yield tuple(batch)


def _measure(item: Item) -> int:
    """About how many characters it is to read; of a format whose reader may take long or crash, many."""
    if isinstance(item.content, Document):
        return len(item.content.text)
    if not item.format or item.format == "pdf":
        return _BATCH_CHARACTERS
    return item.content.size  # type: ignore[union-attr]
