"""Parts given out to Dask's workers: of this machine, or of a scheduler that is there already."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from sigmine.cluster.extra import import_distributed
from sigmine.cluster.partitions import Outcome
from sigmine.cluster.work import Task, do_task
from sigmine.errors import SigmineError

_AHEAD = 3
"""Parts given out for each worker, so that none waits; more would only fill the scheduler's memory."""
_MAX_LOST = 1000
"""How often a part is given out again: each document that ends its worker costs two; notes on disk end it before."""
_SETTINGS = {
    # A part tells by its notes when to give up; the scheduler knows tasks only, and gives up after three lost workers.
    "distributed.scheduler.allowed-failures": _MAX_LOST,
    # By default Dask has the C library give memory back at once, and the language pipeline fetches it again each time.
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": 128 << 20,
    # Looks at what the threads do a hundred times a second.
    "distributed.worker.profile.enabled": False,
}


def do_on_dask(
    tasks: Iterable[Task],
    *,
    workers: int = 2,
    scheduler: str | None = None,
    do: Callable[[Task], Outcome] = do_task,
    on_start: Callable[[Any], None] = lambda client: None,
) -> Iterator[Outcome]:
    """What each part came to, as they are done, in any order.

    A part whose worker dies is given out again. Tasks are taken as they are needed.

    Args:
        workers: processes to start on this machine, where there is no ``scheduler``.
        scheduler: the address of a Dask scheduler, ``tcp://host:8786``, or the path of its file.
        on_start: called with the ``distributed.Client`` before the first part is given out.

    Raises:
        MissingDependency: if Dask is not installed.
        SigmineError: if the scheduler cannot be reached, or a part cannot be done.
    """
    distributed = import_distributed()
    import dask

    with ExitStack() as stack:
        stack.enter_context(dask.config.set(_SETTINGS))
        client = stack.enter_context(_connect(distributed, stack, workers, scheduler))
        on_start(client)
        yield from _give_out(client, distributed, iter(tasks), do)


def _connect(distributed: Any, stack: ExitStack, workers: int, scheduler: str | None) -> Any:
    if scheduler is None:
        # Lost workers are told of by the parts that they lose.
        cluster = distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address=None,
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )
        return distributed.Client(stack.enter_context(cluster))
    try:
        if "://" not in scheduler:
            Path(scheduler).stat()  # Dask would wait for it for ever.
            return distributed.Client(scheduler_file=scheduler, timeout=30)
        return distributed.Client(scheduler, timeout=30)
    except (OSError, ValueError) as error:
        raise SigmineError(
            f"There is no Dask scheduler at {scheduler}: {error}. Start one with `dask scheduler` and give the address "
            "that it tells, such as tcp://host:8786, or its --scheduler-file."
        ) from error


def _give_out(client: Any, distributed: Any, tasks: Iterator[Task], do: Callable[[Task], Outcome]) -> Iterator[Outcome]:
    todo: deque[Task] = deque()
    running: dict[Any, Task] = {}
    lost: dict[str, int] = {}
    done = distributed.as_completed()
    try:
        while True:
            window = _AHEAD * max(1, len(client.nthreads()))
            while len(running) < window:
                task = todo.popleft() if todo else next(tasks, None)
                if task is None:
                    break
                # Not pure: a part that is done again is not answered from memory.
                future = client.submit(do, task, pure=False, key=f"{task.part.name}-{lost.get(task.part.name, 0)}")
                running[future] = task
                done.add(future)
            if not running:
                return
            future = next(done)
            task = running.pop(future)
            try:
                yield future.result()
            except distributed.KilledWorker as error:
                # The scheduler of somebody else has its own idea of how many workers a task may lose.
                lost[task.part.name] = lost.get(task.part.name, 0) + 1
                if lost[task.part.name] > _MAX_LOST:
                    raise SigmineError(f"{task.part.name} cannot be done: {error}") from error
                todo.append(task)
    finally:
        for future in running:
            future.cancel()
