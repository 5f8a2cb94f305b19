from __future__ import annotations

import os
from pathlib import Path

import pytest

from sigmine.errors import StoreError
from sigmine.output import replace_file, replace_folder


def ours(folder: Path) -> bool:
    return (folder / "mark").exists()


def list_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def break_off(path: Path) -> None:
    path.write_text("half")
    raise ZeroDivisionError


def fill(path: Path, text: str) -> None:
    with replace_folder(path, is_ours=ours) as folder:
        (folder / "mark").write_text(text)


def test_a_folder_appears_when_it_is_complete(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with replace_folder(out, is_ours=ours) as folder:
        (folder / "mark").write_text("x")
        assert not out.exists()
    assert (out / "mark").read_text() == "x"
    assert list_names(out.parent) == ["out"]


def test_a_failure_leaves_the_old_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, "old")
    with pytest.raises(ZeroDivisionError), replace_folder(out, is_ours=ours) as folder:
        break_off(folder / "mark")
    assert (out / "mark").read_text() == "old"
    assert list_names(tmp_path) == ["out"]


def test_replacing_keeps_files_that_are_the_users(tmp_path: Path) -> None:
    out = tmp_path / "out"
    fill(out, "old")
    (out / "notes.txt").write_text("mine")
    fill(out, "new")
    assert (out / "mark").read_text() == "new"
    assert (out / "notes.txt").read_text() == "mine"
    assert list_names(tmp_path) == ["out"]


def test_a_folder_that_is_not_ours_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("precious")
    with pytest.raises(StoreError, match="sigmine did not write"):
        fill(tmp_path, "new")
    assert list_names(tmp_path) == ["thesis.tex"]


def test_an_empty_folder_may_be_filled_and_a_file_may_not(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    fill(tmp_path / "empty", "x")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="it is a file"):
        fill(tmp_path / "file", "x")


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    fill(tmp_path / "real", "old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    fill(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "mark").read_text() == "new"


def test_a_file_takes_its_name_at_the_end_only(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("old")
    with pytest.raises(ZeroDivisionError), replace_file(path) as stream:
        break_off(Path(stream.name))
    assert path.read_text() == "old"
    with replace_file(path) as stream:
        stream.write("α\n".encode())
    assert path.read_bytes() == "α\n".encode()
    assert list_names(tmp_path) == ["out.jsonl"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    with replace_file(fifo) as stream:
        stream.write(b"x")
    assert os.read(reader, 10) == b"x"
    os.close(reader)
    assert fifo.is_fifo()


def test_a_place_where_nothing_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"Cannot write to .*file/out: Not a directory"):
        fill(tmp_path / "file" / "out", "x")


@pytest.mark.parametrize(("name", "reason"), [("", "it is a folder"), ("no/file", "there is no folder")])
def test_a_file_that_cannot_be_written_is_refused_at_once(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(StoreError, match=reason), replace_file(tmp_path / name):
        pass
