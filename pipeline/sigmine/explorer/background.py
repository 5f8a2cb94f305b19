"""Work that takes seconds, done one piece at a time beside the requests, which ask how far it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sigmine.errors import SigmineError
from sigmine.model.json import JsonObject

_KEPT = 50
_UNEXPECTED = "It failed in a way that nobody expected; the terminal that the explorer runs in says how."


@dataclass(slots=True)
class Task:
    """A piece of work.

    Attributes:
        result: what it gave; None until it is done.
        failure: why it gave nothing, in words; empty if it did or may.
    """

    result: JsonObject | None = None
    failure: str = ""


class Background:
    """Does work in a thread of its own, in the order in which it is asked for; the program may end meanwhile."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._tasks: OrderedDict[str, Task] = OrderedDict()

    def ask(self, key: str, work: Callable[[], JsonObject]) -> Task:
        """The work of this key, which is begun when it is asked for first; what it gave is kept for a while.

        A failure is told once; asked again, the work is tried again.
        """
        with self._lock:
            task = self._tasks.get(key)
            if task is None:
                task = self._tasks[key] = Task()
                while len(self._tasks) > _KEPT:
                    self._tasks.popitem(last=False)
                threading.Thread(target=self._do, args=(task, work), daemon=True, name=f"sigmine {key}").start()
                return Task()  # as it is now, whatever the thread does meanwhile
            if task.failure:
                del self._tasks[key]
            return task

    def _do(self, task: Task, work: Callable[[], JsonObject]) -> None:
        failure = _UNEXPECTED
        try:
            with self._turn:
                task.result = work()
            failure = ""
        except SigmineError as error:
            failure = str(error)
        finally:
            task.failure = failure
