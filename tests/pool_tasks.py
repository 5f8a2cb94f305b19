"""What worker processes do in tests. A module of its own, so that a worker can import it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sigmine.errors import ResourceError


def prepare() -> Callable[[int], tuple[int, bytes]]:
    return work


def work(task: int) -> tuple[int, bytes]:
    return task, b"x" * (300_000 if task % 3 else 10)  # more than a pipe holds, and little


def prepare_threads() -> Callable[[int], str | None]:
    return lambda task: os.environ.get("OMP_NUM_THREADS")


def prepare_once(marker: Path) -> Callable[[int], int]:
    """The first worker dies while it is prepared."""
    if not marker.exists():
        marker.touch()
        os._exit(1)
    return abs


def refuse() -> Callable[[int], int]:
    raise ResourceError("The bundled language model is missing.")


def die() -> Callable[[int], int]:
    os._exit(9)


def prepare_pid() -> Callable[[int], tuple[int, tuple[int, bytes]]]:
    return lambda task: (os.getpid(), work(task))
