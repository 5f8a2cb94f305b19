"""One part read and its partition written, in whatever process an engine starts."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sigmine.analysis import Analyser, Loader, Options, Reading
from sigmine.cluster.attempts import Attempt, open_attempt
from sigmine.cluster.partitions import ATTEMPTS, Outcome, find_outcome, write_partition
from sigmine.cluster.parts import PLACES, Part
from sigmine.cluster.reading import make_key, read_chunks
from sigmine.errors import SigmineError
from sigmine.manifest import describe_program
from sigmine.model import Document
from sigmine.records import make_record
from sigmine.run import extract

if TYPE_CHECKING:
    from sigmine.readers import ReadFailure

_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 50_000
_SHOWN_FAILURES = 20
_ENDED_BY_ITSELF = 75
_one_at_a_time = threading.Lock()
"""The language pipeline is not made for threads; an engine may start several in a worker."""


@dataclass(frozen=True, slots=True)
class Task:
    """A part and all that a worker needs to do it.

    Attributes:
        folder: where its partition goes; the workers and whoever started them see the same folder.
        run: the id of the program that is to read it.
        load: makes the analyser; replaced in tests.
        seconds: how long one document may take; then the process ends itself, for which there must be an engine that
            starts another. 0 for no limit.
    """

    part: Part
    folder: str
    options: Options
    run: str
    load: Loader
    seconds: float = 0.0


def do_task(task: Task) -> Outcome:
    """Reads the part and writes its partition, or gives what it came to if that is done.

    Raises:
        SigmineError: if this worker is not of the same program, or its processes cannot start.
        OSError: if the partition cannot be written.
    """
    path = Path(task.folder, task.part.name)
    note = Path(task.folder, ATTEMPTS, f"{task.part.name}.json")
    with _one_at_a_time:
        done = find_outcome(path)
        if done is not None and done.run == task.run:
            note.unlink(missing_ok=True)
            return replace(done, was_done=True, seconds=0.0)
        if _find_run(task.options) != task.run:
            raise SigmineError(
                "A worker has another version of sigmine, its data, Python or libraries than the process that gives "
                "out the work. Install the same everywhere; `pip freeze` tells what there is."
            )
        attempt = open_attempt(note)
        outcome = _read_part(task, attempt, path)
        attempt.close()
        return outcome


@lru_cache(maxsize=4)
def _find_run(options: Options) -> str:
    return str(describe_program(asdict(options))["run"])


@lru_cache(maxsize=1)
def _load(load: Loader, options: Options) -> Loader:
    analyser = load(options)

    def get(options: Options) -> Analyser:
        return analyser

    return get


def _read_part(task: Task, attempt: Attempt, path: Path) -> Outcome:
    started = time.monotonic()
    load = _load(task.load, task.options)  # before anything is noted as being read
    count = failed = words = 0
    failures: list[str] = []
    with write_partition(path) as writer:
        for reading, key in _read_all(task, attempt, load):
            writer.add_record(task.part.number * PLACES + count, make_record(reading, key, task.run))
            count += 1
            words += reading.words
            if reading.failure is not None:
                failed += 1
                if len(failures) < _SHOWN_FAILURES:
                    failures.append(_describe(reading))
        outcome = Outcome(
            task.part.name, task.run, count, failed, words, tuple(failures), round(time.monotonic() - started, 3)
        )
        writer.finish(outcome)
    return outcome


def _describe(reading: Reading) -> str:
    place = reading.source or reading.document
    if reading.document not in place:
        place = f"{place}, document {reading.document}"
    return f"{place}: {reading.failure}"


def _read_all(task: Task, attempt: Attempt, load: Loader) -> Iterator[tuple[Reading, str]]:
    """Each reading with its key, in order, batch by batch."""
    chunk = ["chunk 0"]

    def enter(index: int) -> str | None:
        chunk[0] = f"chunk {index}"
        if chunk[0] not in attempt.blamed:
            attempt.note([chunk[0]])
        return attempt.blamed.get(chunk[0])

    items = read_chunks(task.part.chunks, task.options, enter)
    for batch in _make_batches(items, attempt, task.seconds):
        documents = [(place, item) for place, item in batch if isinstance(item, Document)]
        todo = [(place, item) for place, item in documents if f"document {place}" not in attempt.blamed]
        with _watch(attempt, [f"document {place}" for place, _ in todo], task.seconds):
            readings = extract([item for _, item in todo], options=task.options, load=load, run_id=task.run)
            done = {place: reading for (place, _), reading in zip(todo, readings, strict=True)}
        for place, item in batch:
            if not isinstance(item, Document):
                yield Reading(Path(item.source).stem, item.source, failure=item.reason), ""
            elif place in done:
                # Ids are made unique where all partitions are read: here only this part's are known.
                yield done[place], make_key(item)
            else:
                reason = attempt.blamed[f"document {place}"]
                yield Reading(item.id, item.source, item.sha256, failure=reason), make_key(item)
        attempt.note([chunk[0]])


Batch = list[tuple[int, "Document | ReadFailure"]]


def _make_batches(items: Iterator[Document | ReadFailure], attempt: Attempt, seconds: float) -> Iterator[Batch]:
    """Consecutive items with their places, cut by size; what is suspected stands alone, and no id twice in a batch."""
    batch: Batch = []
    ids: set[str] = set()
    characters = 0
    for place, item in enumerate(_pull(items, attempt, seconds)):
        size = len(item.text) if isinstance(item, Document) else 0
        name = item.id if isinstance(item, Document) else ""
        is_suspected = attempt.suspicion[f"document {place}"] > 0
        is_full = len(batch) >= _BATCH_DOCUMENTS or characters + size > _BATCH_CHARACTERS
        if batch and (is_suspected or is_full or name in ids):
            yield batch
            batch, ids, characters = [], set(), 0
        batch.append((place, item))
        ids |= {name} - {""}
        characters += size
        if is_suspected:
            yield batch
            batch, ids, characters = [], set(), 0
    if batch:
        yield batch


def _pull(
    items: Iterator[Document | ReadFailure], attempt: Attempt, seconds: float
) -> Iterator[Document | ReadFailure]:
    """The items, each read within the time limit."""
    end = object()
    while True:
        with _limit(attempt, seconds):
            item = next(items, end)
        if item is end:
            return
        yield item  # type: ignore[misc]


@contextmanager
def _watch(attempt: Attempt, reading: list[str], seconds: float) -> Iterator[None]:
    if reading:
        attempt.note(reading)
    with _limit(attempt, seconds):
        yield


@contextmanager
def _limit(attempt: Attempt, seconds: float) -> Iterator[None]:
    """Ends the process, with a note, if the block takes longer."""
    if not seconds:
        yield
        return
    is_over = threading.Event()

    def end() -> None:
        if not is_over.wait(seconds):
            attempt.note_slow(seconds)
            os._exit(_ENDED_BY_ITSELF)

    threading.Thread(target=end, daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


def do_serially(tasks: Iterable[Task], do: Callable[[Task], Outcome] = do_task) -> Iterator[Outcome]:
    """The plainest engine: one task after the other, in this process."""
    return map(do, tasks)
