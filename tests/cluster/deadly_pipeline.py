"""Analysers that end their process, for tests of what remains; a module of its own, so that workers can import it.

A document that holds DEADLY kills the process, one that holds SLOW takes a minute. One that holds UNLUCKY kills it the
first time: it then leaves a file of the name that stands behind the word.
"""

from __future__ import annotations

import os
import re
import signal
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import fake_pipeline
from sigmine.analysis import Analyser, Analysis, Options, load_analyser
from sigmine.cluster.partitions import Outcome
from sigmine.cluster.work import Task, do_task
from sigmine.model import Document


def load(options: Options) -> Analyser:
    return _make_deadly(fake_pipeline.load(options))


def load_real(options: Options) -> Analyser:
    """The bundled language model, with the same habits."""
    return _make_deadly(load_analyser(options))


def load_never(options: Options) -> Analyser:
    """As where the model does not fit into memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _make_deadly(analyser: Analyser) -> Analyser:
    def analyse(documents: Sequence[Document]) -> Iterable[Analysis]:
        for document in documents:
            unlucky = re.search(r"UNLUCKY (\S+)", document.text)
            if "DEADLY" in document.text or (unlucky and _is_first(Path(unlucky[1]))):
                os.kill(os.getpid(), signal.SIGKILL)
            if "SLOW" in document.text:
                time.sleep(60)
        return analyser(documents)

    return analyse


def _is_first(path: Path) -> bool:
    if path.exists():
        return False
    path.touch()
    return True


def do_in_children(tasks: Iterable[Task], *, deaths: Callable[[int], None] = lambda count: None) -> Iterable[Outcome]:
    """An engine: each task in a process of its own, and again in another if that died."""
    for task in tasks:
        count = 0
        while (outcome := _do_in_child(task)) is None:
            count += 1
            assert count < 50, "the part is never done"
        deaths(count)
        yield outcome


def _do_in_child(task: Task) -> Outcome | None:
    child = os.fork()
    if not child:
        code = 1
        try:
            do_task(task)
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code != 1, "the task raised"
    return do_task(task) if code == 0 else None  # done: it only says what it came to
