"""Documents read by many workers, in a way that may stop at any moment and go on: plan, give out, tell."""

from __future__ import annotations

import pickle
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from sigmine.analysis import Loader, Options, load_analyser
from sigmine.cluster.chunks import Cut, find_chunks
from sigmine.cluster.extra import import_parquet
from sigmine.cluster.partitions import Outcome, Plan, is_partitions, write_plan
from sigmine.cluster.parts import Part, make_parts
from sigmine.cluster.work import Task
from sigmine.errors import ReadError, SigmineError
from sigmine.manifest import describe_program
from sigmine.model.json import JsonObject
from sigmine.output import check_folder, lock_folder

Engine = Callable[[Iterable[Task]], Iterator[Outcome]]
"""Does tasks, in any order, in whatever processes; ``work.do_serially`` is the plainest."""

_PARTITION = re.compile(r"part-\d{6,}-[0-9a-f]{16}\.parquet")
_DRAFT = re.compile(rf"\.{_PARTITION.pattern}\.[0-9a-f]{{16}}")
_SHOWN_FAILURES = 20


@dataclass(slots=True)
class Progress:
    """What has been done of a plan.

    Attributes:
        partitions: how many the plan has; ``done`` of them are there, ``kept`` of these were there before.
        documents, failed, words: of those that are there.
        failures: the first few failures.
        strangers: files of partitions that the plan does not name: of other inputs, and not read.
    """

    partitions: int
    done: int = 0
    kept: int = 0
    documents: int = 0
    failed: int = 0
    words: int = 0
    failures: tuple[str, ...] = ()
    strangers: int = 0

    def add_outcome(self, outcome: Outcome) -> None:
        self.done += 1
        self.kept += outcome.was_done
        self.documents += outcome.documents
        self.failed += outcome.failed
        self.words += outcome.words
        self.failures = (*self.failures, *outcome.failures)[:_SHOWN_FAILURES]

    def to_json(self) -> JsonObject:
        return {**asdict(self), "failures": list(self.failures)}


def distribute(
    sources: str | Path | Iterable[str | Path],
    folder: str | Path,
    engine: Engine,
    *,
    options: Options | None = None,
    cut: Cut | None = None,
    seconds: float = 0.0,
    load: Loader = load_analyser,
    on_progress: Callable[[Progress], None] | None = None,
) -> Progress:
    """Reads documents and writes a folder of partitions, which ``read_partitions`` gives in the order of the input.

    Begun again, with the same inputs, it goes on where it stopped; what was changed, or read by another program, is
    read anew. Partitions of inputs that are not named any more stay, and are not read.

    Args:
        sources: files, folders, JSON Lines and Parquet sets, and addresses that fsspec opens.
        folder: seen by all workers under this path.
        engine: starts the workers.
        cut: how much goes into a partition; None for ``Cut()``.
        seconds: how long one document may take; the worker then ends itself, so the engine must start another.
        load: makes the analyser; replaced in tests.
        on_progress: called when the plan is made, and after each partition.

    Raises:
        ReadError: if there is nothing to read.
        StoreError: if the folder cannot be used.
        MissingDependency: if pyarrow, or the library of an address, is not installed.
        SigmineError: if the engine gives up.
    """
    import_parquet()
    options, cut, folder = options or Options(), cut or Cut(), Path(folder).resolve()
    program = describe_program(asdict(options))
    named = [sources] if isinstance(sources, str | Path) else sources
    with lock_folder(folder), tempfile.TemporaryFile(prefix="sigmine-") as spool:
        check_folder(folder, is_partitions)
        names = tuple(_spool(make_parts(find_chunks(named, options, cut), cut), spool))
        if not names:
            raise ReadError("Nothing was read: there was no document in what was given.")
        write_plan(folder, Plan(names, program))
        progress = Progress(len(names), strangers=_tidy(folder, frozenset(names)))
        if on_progress:
            on_progress(progress)
        tasks = (Task(part, str(folder), options, program["run"], load, seconds) for part in _unspool(spool))
        for outcome in engine(tasks):
            progress.add_outcome(outcome)
            if on_progress:
                on_progress(progress)
        _tidy(folder, frozenset(names))
    if progress.done < progress.partitions:
        raise SigmineError(
            f"{progress.partitions - progress.done} of {progress.partitions} partitions of {folder} were not done. "
            "Run the same command again."
        )
    return progress


def _spool(parts: Iterable[Part], spool: IO[bytes]) -> Iterator[str]:
    """Names of the parts, which are kept on disk: of six million files they take gigabytes."""
    for part in parts:
        pickle.dump(part, spool)
        yield part.name


def _unspool(spool: IO[bytes]) -> Iterator[Part]:
    spool.seek(0)
    while True:
        try:
            part = pickle.load(spool)  # written by this process, to a file without a name
        except EOFError:
            return
        yield part


def _tidy(folder: Path, names: frozenset[str]) -> int:
    """Removes what killed workers left unfinished; the number of partitions that are not in the plan."""
    strangers = 0
    for entry in folder.iterdir():
        if _DRAFT.fullmatch(entry.name):
            entry.unlink(missing_ok=True)
        strangers += _PARTITION.fullmatch(entry.name) is not None and entry.name not in names
    return strangers
