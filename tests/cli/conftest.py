"""A run's store that ``query`` and ``export`` read."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigmine.store import open_store
from store.builders import make_statements


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    with open_store(folder / "store") as store:
        store.write_statements(make_statements())
    return folder
