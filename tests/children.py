"""The processes that a test has started, for tests that look whether any is left."""

from __future__ import annotations

from multiprocessing import active_children
from multiprocessing.process import BaseProcess

import pytest

_others: set[int | None] = set()


@pytest.fixture(autouse=True)
def note_children() -> None:
    """Those that are there before the test, which other tests share, are none of its own."""
    _others.clear()
    _others.update(child.pid for child in active_children())


def find_children() -> list[BaseProcess]:
    """The processes that the test started and that are still there."""
    return [child for child in active_children() if child.pid not in _others]
