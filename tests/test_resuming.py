"""A run that was ended goes on where it was, and comes to the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import fake_pipeline
from sigmine.analysis import Analyser, Options, Reading
from sigmine.journal import find_journal
from sigmine.run import run
from test_run import BAD, MORE, NOTE, read_texts

TESTS = Path(__file__).parent
DOCUMENTS = [replace(NOTE, id=f"note{n}") for n in range(5)] + [BAD, MORE]


def refuse(options: Options) -> Analyser:
    raise AssertionError("nothing is read")


def stop_after(document: str) -> Any:
    def stop(reading: Reading) -> None:
        if reading.document == document:
            raise KeyboardInterrupt

    return stop


def break_off(out: Path, after: str, documents: Any = DOCUMENTS, **more: Any) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(documents, out, load=fake_pipeline.load, on_reading=stop_after(after), **more)


def test_a_run_that_broke_off_goes_on(tmp_path: Path) -> None:
    run(DOCUMENTS, tmp_path / "all", load=fake_pipeline.load)
    break_off(tmp_path / "out", "note2")
    assert not (tmp_path / "out").exists()
    assert find_journal(tmp_path / "out").exists()
    seen: list[str] = []
    summary = run(
        DOCUMENTS, tmp_path / "out", load=fake_pipeline.load, on_reading=lambda one: seen.append(one.document)
    )
    assert summary.resumed == ("note0", "note1", "note2")
    assert seen == ["note3", "note4", "bad", "more"]
    assert read_texts(tmp_path / "out") == read_texts(tmp_path / "all")
    assert not find_journal(tmp_path / "out").exists()


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    break_off(tmp_path / "out", "bad")
    seen: list[str] = []
    run(DOCUMENTS, tmp_path / "out", load=fake_pipeline.load, on_reading=lambda one: seen.append(one.document))
    assert seen == ["bad", "more"]


def test_other_inputs_in_another_order_are_a_run_of_their_own(tmp_path: Path) -> None:
    changed = [MORE, replace(NOTE, id="note1", text="TSC2 inhibits MTOR."), *DOCUMENTS[:1]]
    run(changed, tmp_path / "all", load=fake_pipeline.load)
    break_off(tmp_path / "out", "note3")
    summary = run(changed, tmp_path / "out", load=fake_pipeline.load)
    assert summary.resumed == ("note0",)
    assert read_texts(tmp_path / "out") == read_texts(tmp_path / "all")


def test_other_options_read_everything_anew(tmp_path: Path) -> None:
    break_off(tmp_path / "out", "note3")
    summary = run(DOCUMENTS, tmp_path / "out", load=fake_pipeline.load, options=Options(entities="own"))
    assert summary.resumed == ()


def test_adding_goes_on_too(tmp_path: Path) -> None:
    changed = [replace(DOCUMENTS[1], text="TSC2 inhibits MTOR."), MORE, replace(NOTE, id="last")]
    for name in ("out", "all"):
        run(DOCUMENTS[:3], tmp_path / name, load=fake_pipeline.load)
    run(changed, tmp_path / "all", add=True, load=fake_pipeline.load)
    break_off(tmp_path / "out", "more", changed, add=True)
    summary = run(changed, tmp_path / "out", add=True, load=fake_pipeline.load)
    assert summary.resumed == ("note1", "more")
    assert summary.counts["documents"] == 5
    assert read_texts(tmp_path / "out") == read_texts(tmp_path / "all")


def test_what_was_resumed_is_sent_to_the_store(tmp_path: Path) -> None:
    from sigmine.store import open_store

    break_off(tmp_path / "out", "note3", store=tmp_path / "shared")
    run(DOCUMENTS, tmp_path / "out", store=tmp_path / "shared", load=fake_pipeline.load)
    with open_store(tmp_path / "shared", read_only=True) as shared, open_store(tmp_path / "out" / "store") as own:
        assert list(shared.find_statements()) == list(own.find_statements())


def test_a_folder_that_is_there_is_not_read_again(tmp_path: Path) -> None:
    run(DOCUMENTS[:5], tmp_path / "out", load=fake_pipeline.load)
    before = read_texts(tmp_path / "out")
    summary = run(DOCUMENTS[:5], tmp_path / "out", load=refuse)
    assert len(summary.skipped) == 5
    assert summary.counts["statements"] == 2
    assert read_texts(tmp_path / "out") == before


def test_nor_is_it_written_again_where_what_failed_fails_again(tmp_path: Path) -> None:
    run(DOCUMENTS, tmp_path / "out", load=fake_pipeline.load)
    before, inode = read_texts(tmp_path / "out"), (tmp_path / "out").stat().st_ino
    summary = run(DOCUMENTS, tmp_path / "out", load=fake_pipeline.load)
    assert [failure.document for failure in summary.failures] == ["bad"]
    assert (tmp_path / "out").stat().st_ino == inode
    moved = [BAD, *(one for one in DOCUMENTS if one is not BAD)]
    run(moved, tmp_path / "out", load=fake_pipeline.load)
    run(moved, tmp_path / "all", load=fake_pipeline.load)
    assert read_texts(tmp_path / "out") == read_texts(tmp_path / "all") != before


def test_of_a_folder_only_what_changed_is_read_again(tmp_path: Path) -> None:
    changed = [DOCUMENTS[4], replace(DOCUMENTS[0], text="TSC2 inhibits MTOR."), MORE]
    run(changed, tmp_path / "all", load=fake_pipeline.load)
    run(DOCUMENTS[:5], tmp_path / "out", load=fake_pipeline.load)
    seen: list[str] = []
    summary = run(changed, tmp_path / "out", load=fake_pipeline.load, on_reading=lambda one: seen.append(one.document))
    assert seen == ["note0", "more"]
    assert summary.skipped == ("note4",)
    assert read_texts(tmp_path / "out") == read_texts(tmp_path / "all")


def test_a_file_that_is_missing_is_written_again(tmp_path: Path) -> None:
    run(DOCUMENTS[:5], tmp_path / "out", load=fake_pipeline.load)
    before = read_texts(tmp_path / "out")
    (tmp_path / "out" / "report.html").unlink()
    run(DOCUMENTS[:5], tmp_path / "out", load=refuse)
    assert read_texts(tmp_path / "out") == before


def test_everything_is_read_again_on_demand(tmp_path: Path) -> None:
    run(DOCUMENTS[:5], tmp_path / "out", load=fake_pipeline.load)
    break_off(tmp_path / "out", "note1", reread=True)
    seen: list[str] = []
    run(
        DOCUMENTS[:5],
        tmp_path / "out",
        reread=True,
        load=fake_pipeline.load,
        on_reading=lambda one: seen.append(one.document),
    )
    assert len(seen) == 5


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by SIGKILL")
@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.slow)])
def test_a_run_killed_at_any_moment_comes_to_the_same_bytes(tmp_path: Path, kills: int) -> None:
    path = os.pathsep.join([str(TESTS), *sys.path])
    done = subprocess.run(
        [sys.executable, str(TESTS / "resuming.py"), str(tmp_path), str(kills), "7"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["killed"] == kills
    if kills > 20:
        assert max(found["resumed"]) > 20, found
