"""Worker processes that are prepared once and given one task after the other; what ends one of them costs its task.

Each worker has a pipe of its own and one task at a time, and no lock is shared, so that a worker may die at any moment
(also while it reads or writes) and hold nothing that another waits for. Libraries were tried first: the standard
library's pool cannot end a task and breaks with its first dead worker; Pebble 5.2, which can do both, gives up the
whole pool ("All workers expired") if a worker is killed before it has said that it took a task: in eight of eight
trials with small tasks by the second kill.

Processes are spawned, not forked: a forked copy of a process with threads (a progress bar) may hang.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from sigmine.errors import SigmineError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

Task = TypeVar("Task")
Result = TypeVar("Result")

WORKER_BYTES = 700_000_000
"""What one worker needs of memory with model and lexicon, and a document of usual size."""
_AHEAD = 16
"""Tasks begun beyond the first one that is not done, for each worker: they wait for it, to keep their order."""
_MAX_STILLBORN = 5
_PREPARE_SECONDS = 600.0
_END_SECONDS = 10.0
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_READY, _BROKEN, _DONE = "ready", "broken", "done"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loss:
    """What became of a task whose worker took too long or died: the reason, a part of a sentence."""

    reason: str


@dataclass(slots=True, eq=False)
class _Entry(Generic[Task]):
    task: Task
    outcome: Any = None
    is_done: bool = False


@dataclass(slots=True, eq=False)
class _Worker(Generic[Task]):
    """Its ``entry`` is what it works on; it must answer before ``deadline``, if there is one."""

    process: SpawnProcess
    connection: Connection
    deadline: float | None
    is_ready: bool = False
    entry: _Entry[Task] | None = None


def run_tasks(
    tasks: Iterable[Task],
    prepare: Callable[[], Callable[[Task], Result]],
    *,
    jobs: int,
    seconds: float = 0.0,
    split: Callable[[Task], Sequence[Task]] = lambda task: (task,),
    answer: Callable[[Task], Result | None] = lambda task: None,
    on_start: Callable[[Task], None] = lambda task: None,
) -> Iterator[tuple[Task, Result | Loss]]:
    """Each task with its result, in order, whatever the number of workers.

    Workers are started as tasks come and ended when the iterator is, at once, in whatever way it ends.

    Args:
        tasks: taken as they are needed, a bounded number before their turn.
        prepare: makes, once in each worker, the function that does a task; must be found by its name in a module, or
            be a ``functools.partial`` of such. What it raises is raised here.
        seconds: how long one task may take, from when a worker starts it; 0 for as long as it likes.
        split: a task of several parts is cut by it when it is lost, and each part then is a task in its place.
        answer: does in this process what needs no worker; None for all else.
        on_start: called when a task is given to a worker.

    Raises:
        SigmineError: if all workers die while they are prepared.
    """
    pool: _Pool[Task] = _Pool(
        iter(tasks), prepare, jobs=max(1, jobs), seconds=seconds, split=split, answer=answer, on_start=on_start
    )
    try:
        yield from pool.run()
    finally:
        pool.stop()


class _Pool(Generic[Task]):
    """The workers of one call of ``run_tasks``, and the tasks between their first and their last turn."""

    def __init__(
        self,
        tasks: Iterator[Task],
        prepare: Callable[[], Callable[[Task], Any]],
        *,
        jobs: int,
        seconds: float,
        split: Callable[[Task], Sequence[Task]],
        answer: Callable[[Task], Any],
        on_start: Callable[[Task], None],
    ) -> None:
        self._tasks, self._prepare, self._jobs, self._seconds = tasks, prepare, jobs, seconds
        self._split, self._answer, self._on_start = split, answer, on_start
        self._workers: list[_Worker[Task]] = []
        self._order: deque[_Entry[Task]] = deque()  # all that was taken and not given back
        self._todo: deque[_Entry[Task]] = deque()  # of these, what no worker has yet
        self._window = _AHEAD * jobs
        self._is_exhausted = False
        self._stillborn = 0

    def run(self) -> Iterator[tuple[Task, Any]]:
        while True:
            self._fill()
            if self._order and self._order[0].is_done:
                entry = self._order.popleft()
                yield entry.task, entry.outcome
                self._collect(0.0)  # the caller may have taken its time
            elif self._order:
                self._collect(None)
            elif self._is_exhausted:
                return

    def stop(self) -> None:
        """Ends all workers at once; what they have begun is of no use any more."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            _bury(worker)
        self._workers.clear()

    def _fill(self) -> None:
        """Takes tasks and starts workers until every worker has a task and one is at hand for each that is coming."""
        while True:
            idle = next((worker for worker in self._workers if worker.is_ready and worker.entry is None), None)
            coming = sum(not worker.is_ready for worker in self._workers)
            if idle is not None and self._todo:
                self._give(idle, self._todo.popleft())
            elif len(self._todo) <= coming and not self._is_exhausted and len(self._order) < self._window:
                self._take()
            elif len(self._workers) < self._jobs and coming < len(self._todo) and self._stillborn < _MAX_STILLBORN:
                self._start_worker()
            else:
                return

    def _take(self) -> None:
        try:
            task = next(self._tasks)
        except StopIteration:
            self._is_exhausted = True
            return
        outcome = self._answer(task)
        entry = _Entry(task, outcome, outcome is not None)
        self._order.append(entry)
        if not entry.is_done:
            self._todo.append(entry)

    def _start_worker(self) -> None:
        from multiprocessing import get_context

        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._prepare), daemon=True)
        process.start()
        theirs.close()  # So that ours ends when the worker does.
        self._workers.append(_Worker(process, ours, time.monotonic() + _PREPARE_SECONDS))

    def _give(self, worker: _Worker[Task], entry: _Entry[Task]) -> None:
        self._on_start(entry.task)
        worker.entry = entry
        worker.deadline = time.monotonic() + self._seconds if self._seconds else None
        try:
            worker.connection.send(entry.task)
        except OSError:  # It died while it had nothing to do.
            worker.entry = None
            self._todo.appendleft(entry)
            self._remove(worker)

    def _collect(self, timeout: float | None) -> None:
        """Waits for an answer, an end or a deadline; with 0 takes what is there."""
        from multiprocessing.connection import wait

        if timeout is None:
            deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
            timeout = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        pipes = [worker.connection for worker in self._workers]
        ready = set(wait([*pipes, *(worker.process.sentinel for worker in self._workers)], timeout))
        now = time.monotonic()
        for worker in list(self._workers):
            # A worker that answered and died then has both; its answer counts.
            if worker.connection in ready or (worker.process.sentinel in ready and worker.connection.poll()):
                self._receive(worker)
            elif worker.process.sentinel in ready:
                self._mourn(worker)
            elif worker.deadline is not None and worker.deadline <= now and not worker.connection.poll():
                self._end_late(worker)

    def _receive(self, worker: _Worker[Task]) -> None:
        try:
            kind, value = worker.connection.recv()
        except (EOFError, OSError):
            self._mourn(worker)
            return
        worker.deadline = None
        if kind == _BROKEN:
            raise value
        self._stillborn = 0
        if kind == _READY:
            worker.is_ready = True
        elif worker.entry is not None:
            worker.entry.outcome, worker.entry.is_done = value, True
            worker.entry = None

    def _end_late(self, worker: _Worker[Task]) -> None:
        entry, was_ready = worker.entry, worker.is_ready
        self._remove(worker)
        if entry is not None:
            self._lose(entry, Loss(explain_lateness(self._seconds)))
        elif not was_ready:
            self._count_stillborn(f"took longer than {_PREPARE_SECONDS:g} s")

    def _mourn(self, worker: _Worker[Task]) -> None:
        """A worker has died by itself, or was killed by another than us."""
        reason = _explain_end(self._remove(worker, _END_SECONDS))
        if worker.entry is not None:
            self._lose(worker.entry, Loss(f"the process that read it {reason}"))
        elif not worker.is_ready:
            self._count_stillborn(reason)

    def _remove(self, worker: _Worker[Task], patience: float = 0.0) -> int | None:
        self._workers.remove(worker)
        return _bury(worker, patience)

    def _lose(self, entry: _Entry[Task], loss: Loss) -> None:
        parts = self._split(entry.task)
        if len(parts) <= 1:
            entry.outcome, entry.is_done = loss, True
            return
        entries = [_Entry(part) for part in parts]
        place = self._order.index(entry)
        del self._order[place]
        for one in reversed(entries):
            self._order.insert(place, one)
            self._todo.appendleft(one)

    def _count_stillborn(self, reason: str) -> None:
        """Where workers cannot be prepared, again and again, the others go on without them, for a while.

        Raises:
            SigmineError: if there are no others.
        """
        self._stillborn += 1
        if self._stillborn < _MAX_STILLBORN:
            return
        _log.warning("%d worker processes in a row could not be started; the last %s.", self._stillborn, reason)
        if not self._workers:
            raise SigmineError(
                f"No worker process could be started: before it had loaded all that it needs it {reason}. A script "
                'that reads in other processes must begin its work under `if __name__ == "__main__":`.'
            )


def _bury(worker: _Worker[Any], patience: float = 0.0) -> int | None:
    """Ends it, if it does not end by itself in time; its exit code, None if it could not be ended."""
    if patience:
        worker.process.join(patience)
    worker.process.kill()
    worker.process.join(_END_SECONDS)
    worker.connection.close()
    return worker.process.exitcode


def explain_lateness(seconds: float) -> str:
    """What is said of a document that hit the time limit."""
    return f"took longer than {seconds:g} s; raise --time-limit (0: none) if it is worth the time."


def _explain_end(code: int | None) -> str:
    """What is said of a process that ended with this exit code, as ``multiprocessing`` counts them."""
    if code is None or code >= 0:
        return f"ended with exit code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    if name == "SIGKILL":
        return "was killed (SIGKILL); most likely the memory ran out: use fewer --jobs"
    return (
        f"crashed ({name})" if name in ("SIGSEGV", "SIGBUS", "SIGABRT", "SIGFPE", "SIGILL") else f"was ended by {name}"
    )


def _serve(connection: Connection, prepare: Callable[[], Callable[[Any], Any]]) -> None:
    """What a worker does until its parent has no more tasks or is gone."""
    _stand_alone()
    try:
        try:
            work = prepare()
        except Exception as error:
            connection.send((_BROKEN, _make_portable(error)))
            return
        connection.send((_READY, None))
        while True:
            connection.send((_DONE, work(connection.recv())))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # No parent, no work.


def _stand_alone() -> None:
    """An interrupt is for the parent, one thread is enough where each core has its worker"""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in _THREADS:  # Read when numpy is loaded, which it is not yet.
        os.environ.setdefault(name, "1")
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _make_portable(error: Exception) -> Exception:
    """The error if it survives the way to another process, else one with its words."""
    import pickle

    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return SigmineError(f"{type(error).__name__}: {error}")
    return error


def count_jobs() -> int:
    """How many workers this machine has cores and free memory for; at least 1."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([cores, *(free // WORKER_BYTES for free in _find_free_memory())]))


def _find_free_memory() -> Iterator[int]:
    """Bytes, as far as Linux tells: of the machine, and of the container."""
    for path, key in (("/proc/meminfo", "MemAvailable:"), ("/sys/fs/cgroup/memory.max", "")):
        try:
            with Path(path).open(encoding="ascii") as lines:
                words = next((line.split() for line in lines if line.startswith(key)), [])
        except OSError:
            continue
        numbers = [int(word) for word in words if word.isdigit()]
        yield from (number * 1024 if key else number for number in numbers[:1])
