"""Stores of every kind, so that what holds of one is tested of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests

from sigmine.store import StatementStore, open_store
from store.endpoint_server import serve


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with serve() as address:
        yield address


@pytest.fixture
def endpoint(server: str) -> str:
    """The address of an empty endpoint."""
    requests.post(
        f"{server}/update", data="CLEAR ALL", headers={"Content-Type": "application/sparql-update"}, timeout=9
    )
    return server


@pytest.fixture(params=["memory", "disk", "endpoint"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], StatementStore]]:
    """Opens an empty store of the kind; of an endpoint, the same each time, emptied."""
    opened: list[StatementStore] = []

    def make() -> StatementStore:
        place: str | Path | None = None
        if request.param == "disk":
            place = tmp_path / f"store-{len(opened)}"
        elif request.param == "endpoint":
            place = request.getfixturevalue("endpoint")
        opened.append(open_store(place))
        return opened[-1]

    yield make
    for store in opened:
        store.close()
