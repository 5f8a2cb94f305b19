from __future__ import annotations

from collections.abc import Iterator

import pytest

from fetch.sources import Served, serve_sources


@pytest.fixture
def served() -> Iterator[Served]:
    with serve_sources() as sources:
        yield sources
