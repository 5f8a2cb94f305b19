"""An explorer of a small store, asked without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sigmine.explorer import make_app
from sigmine.model import Statement
from sigmine.store import open_store
from store.builders import make_statements

ADDRESS = "http://127.0.0.1:8765"


class Page:
    """What a page of an explorer asks: addresses below ``/api/``, with the token that stands in it."""

    def __init__(self, client: TestClient, token: str) -> None:
        self.client = client
        self.token = token

    def ask(self, path: str, *, status: int = 200, **parameters: Any) -> Any:
        answer = self.client.get(f"/api/{path}", params=parameters)
        assert answer.status_code == status, answer.text
        return answer.json()

    def send(self, path: str, body: Any, *, status: int = 200) -> Any:
        answer = self.client.post(f"/api/{path}", json=body, headers={"x-sigmine-token": self.token})
        assert answer.status_code == status, answer.text
        return answer.json()


Open = Callable[..., Page]


@pytest.fixture(scope="session")
def statements() -> tuple[Statement, ...]:
    return make_statements()


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory, statements: tuple[Statement, ...]) -> Path:
    """A folder with a store of ``store.builders.ALL``, which explorers only read."""
    folder = tmp_path_factory.mktemp("explored") / "store"
    with open_store(folder) as store:
        store.write_statements(statements)
    return folder


@contextmanager
def open_pages(folder: Path) -> Iterator[Open]:
    """Opens explorers with decisions in the folder; they end with the context."""
    with ExitStack() as stack:

        def open_one(place: Path, *, curator: str = "ada", texts: tuple[Path, ...] = ()) -> Page:
            app = make_app(place, curation_folder=folder, curator=curator, texts=texts)
            client = stack.enter_context(TestClient(app, base_url=ADDRESS, raise_server_exceptions=False))
            return Page(client, app.state.session.token)

        yield open_one


@pytest.fixture
def open_page(tmp_path: Path) -> Iterator[Open]:
    """Opens explorers that end with the test."""
    with open_pages(tmp_path / "decisions") as open_one:
        yield open_one


@pytest.fixture
def page(place: Path, open_page: Open) -> Page:
    """An explorer in which the test may decide."""
    return open_page(place)


@pytest.fixture(scope="session")
def read_page(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """An explorer that tests share, and in which nothing is decided."""
    with open_pages(tmp_path_factory.mktemp("undecided")) as open_one:
        yield open_one(place)
