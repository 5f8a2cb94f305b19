from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest

from sigmine.errors import StoreError
from sigmine.model import Statement
from sigmine.store import open_store
from sigmine.store.opening import FORMAT_VERSION, UNFINISHED, make_format_update
from store.builders import make_statements


def test_a_missing_store_cannot_be_read_and_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"There is no store in .*`sigmine run` writes one"):
        open_store(tmp_path / "none", read_only=True)
    assert not (tmp_path / "none").exists()


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        open_store(tmp_path / "file")


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("precious")
    with pytest.raises(StoreError, match="holds other files"):
        open_store(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_store_in_use_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "store"):
        with pytest.raises(StoreError, match="being written"):
            open_store(tmp_path / "store")
        code = f"from sigmine.store import open_store; open_store({str(tmp_path / 'store')!r})"
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        assert "StoreError" in other.stderr
        assert f"being written by another process (PID {os.getpid()})" in other.stderr
        with pytest.raises(StoreError, match="by this process already"):
            open_store(tmp_path / "store")
    open_store(tmp_path / "store").close()


def test_a_damaged_store_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.write_statements(make_statements())
    for path in (tmp_path / "store").iterdir():
        path.write_bytes(b"garbage")
    for read_only in (True, False):
        with pytest.raises(StoreError, match=r"damaged.*`sigmine run`"):
            open_store(tmp_path / "store", read_only=read_only)


def test_a_store_of_another_program_is_refused(tmp_path: Path) -> None:
    other = pyoxigraph.Store(str(tmp_path / "store"))
    node = pyoxigraph.NamedNode("https://example.org/a")
    other.add(pyoxigraph.Quad(node, node, node))
    del other
    with pytest.raises(StoreError, match="was not written by sigmine"):
        open_store(tmp_path / "store")


def test_a_store_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigmine.store.opening.FORMAT_VERSION", 99)
    open_store(tmp_path / "store").close()
    monkeypatch.undo()
    with pytest.raises(StoreError, match="has format 99; this version of sigmine reads format 2"):
        open_store(tmp_path / "store", read_only=True)


def test_a_damaged_record_says_so() -> None:
    with open_store(None) as store:
        store.write_statements(make_statements())
        graph = store._graph
        assert graph is not None
        graph.update('DELETE { ?s ?p ?o } INSERT { ?s ?p "{}" } WHERE { ?s ?p ?o FILTER(STRENDS(STR(?p), "#record")) }')
        with pytest.raises(StoreError, match="The record of a statement cannot be read"):
            store.find_statements()


def test_a_store_whose_first_writing_was_killed_is_empty(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        graph = store._graph
        assert graph is not None
        graph.update(make_format_update(str(FORMAT_VERSION), UNFINISHED))
    with pytest.raises(StoreError, match="writing it was interrupted"):
        open_store(tmp_path / "store", read_only=True)
    with open_store(tmp_path / "store") as store:
        assert list(store.find_statements()) == []
        store.write_statements(make_statements())
    with open_store(tmp_path / "store", read_only=True) as store:
        assert tuple(store.find_statements()) == make_statements()


def test_a_store_whose_first_writing_was_interrupted_is_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt() -> Iterator[Statement]:
        yield from make_statements()
        raise KeyboardInterrupt

    monkeypatch.setattr("sigmine.store.writing._BULK", 1)
    with pytest.raises(KeyboardInterrupt), open_store(tmp_path / "store") as store:
        store.write_statements(interrupt())
    with open_store(tmp_path / "store", read_only=True) as store:
        assert list(store.find_statements()) == []
