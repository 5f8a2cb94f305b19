from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from sigmine.readers.lookup import find_files, list_places
from sigmine.resources.corpus import find_corpus


def test_a_file_is_found_by_name_and_bytes(tmp_path: Path) -> None:
    for folder, text in (("one", "old"), ("two", "new")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text, encoding="utf-8")
    places = (tmp_path / "one", tmp_path / "none", tmp_path / "two")
    assert [path.parent.name for path in find_files("a.txt", places)] == ["one", "two"]
    digest = hashlib.sha256(b"new").hexdigest()
    assert [path.parent.name for path in find_files("a.txt", places, sha256=digest)] == ["two"]
    assert not list(find_files("b.txt", places))


def test_a_name_never_leads_out_of_the_places(tmp_path: Path) -> None:
    (tmp_path / "place").mkdir()
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    assert not list(find_files("../secret.txt", [tmp_path / "place"]))


def test_the_current_folder_comes_first_and_the_bundled_documents_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert list_places(tmp_path / "x") == (Path(), tmp_path / "x", find_corpus())
