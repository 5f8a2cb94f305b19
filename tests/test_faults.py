"""What goes wrong around a run: no room, no right to write, files that go while they are read."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import fake_pipeline
from sigmine.errors import StoreError
from sigmine.journal import find_journal
from sigmine.run import run
from test_run import MORE, NOTE, read_texts

DOCUMENTS = [replace(NOTE, id=f"note{n}") for n in range(40)] + [MORE]
LONG = " ".join(f"K{n} phosphorylates S{n} at S{n % 90 + 1}. P{n} binds Q{n}." for n in range(600))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not sys.platform.startswith("linux") or os.geteuid() or not shutil.which("mount"):
        pytest.skip("only root on Linux can mount a disk")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_full_disk_is_told_and_costs_nothing(small_disk: Path) -> None:
    out = small_disk / "out"
    run([NOTE], out, load=fake_pipeline.load)
    before = read_texts(out)
    documents = [replace(NOTE, id=f"long{n}", text=LONG) for n in range(4)]
    with pytest.raises(StoreError, match=r"The disk that holds .*out is full. out is as it was"):
        run(documents, out, load=fake_pipeline.load)
    assert read_texts(out) == before
    subprocess.run(["mount", "-o", "remount,size=300m", small_disk], check=True)
    summary = run(documents, out, load=fake_pipeline.load)
    assert summary.counts["documents"] == 4
    assert sorted(path.name for path in small_disk.iterdir()) == ["out"]


@pytest.mark.parametrize("name", ["statements.tsv", "graph.graphml", "manifest.json", "report.html", "readings.jsonl"])
def test_a_disk_that_is_full_at_any_file_leaves_the_old_folder(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    run([NOTE], out, load=fake_pipeline.load)
    before = read_texts(out)
    plain = Path.open

    def fail(path: Path, mode: str = "r", *more: Any, **others: Any) -> Any:
        if path.name == name and "w" in mode:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return plain(path, mode, *more, **others)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", fail)
        with pytest.raises(StoreError, match="is full"):
            run(DOCUMENTS, out, load=fake_pipeline.load)
    assert read_texts(out) == before
    summary = run(DOCUMENTS, out, load=fake_pipeline.load)
    assert len(summary.resumed) == len(DOCUMENTS), "what was read is not read again"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are told otherwise")
def test_a_folder_that_must_not_be_written_is_told_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Any, *more: Any, **others: Any) -> Any:  # root may write everywhere
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    def load(options: Any) -> Any:
        raise AssertionError("nothing is loaded")

    monkeypatch.setattr("sigmine.locks.os.open", refuse)
    with pytest.raises(StoreError, match=r"Cannot write to .*out: Permission denied. Name another folder"):
        run([NOTE], tmp_path / "out", load=load)


def test_a_file_that_goes_while_others_are_read_is_named(tmp_path: Path) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(4)]
    for path in paths[1:]:
        path.write_text(NOTE.text, encoding="utf-8")
    paths[2].unlink()
    paths[2].symlink_to(tmp_path / "gone.txt")
    summary = run(paths, tmp_path / "out", load=fake_pipeline.load)
    assert summary.counts["documents"] == 2
    assert [failure.document for failure in summary.failures] == ["0", "2"]
    assert all("no such file" in (failure.failure or "") for failure in summary.failures)


def test_a_folder_that_goes_while_a_run_writes_it_is_written_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run([NOTE], out, load=fake_pipeline.load)
    run([NOTE, MORE], out, load=fake_pipeline.load, on_reading=lambda reading: shutil.rmtree(out, ignore_errors=True))
    assert len(read_texts(out)) == 7
    assert not find_journal(out).exists()
