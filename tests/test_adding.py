"""Documents added to an output folder, and removed from it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import fake_pipeline
from sigmine.analysis import Analyser, Options
from sigmine.cli.main import app
from sigmine.draft import remove_documents
from sigmine.errors import StoreError
from sigmine.output import lock_folder
from sigmine.run import run
from sigmine.store import open_store
from test_run import BAD, MORE, NOTE, read_lines, read_texts

CHANGED = replace(NOTE, text="AKT1 inhibits TSC2. MTOR activates RPS6KB1. MTOR activates RPS6KB1.")


def add(documents: list[Any], out: Path, **more: Any) -> Any:
    return run(documents, out, add=True, load=fake_pipeline.load, **more)


def read_statements(out: Path) -> list[Any]:
    with open_store(out / "store", read_only=True) as store:
        return list(store.find_statements())


def assert_same(one: Path, other: Path) -> None:
    assert read_texts(one) == read_texts(other)
    assert read_statements(one) == read_statements(other)


def test_adding_gives_what_reading_all_at_once_gives(tmp_path: Path) -> None:
    run([NOTE, MORE], tmp_path / "all", load=fake_pipeline.load)
    add([NOTE], tmp_path / "out")
    summary = add([MORE], tmp_path / "out")
    assert summary.counts["documents"] == 2
    assert_same(tmp_path / "out", tmp_path / "all")


def test_a_document_given_again_takes_its_own_place(tmp_path: Path) -> None:
    run([CHANGED, MORE], tmp_path / "all", load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load)
    for _ in range(2):  # nothing is counted twice
        add([CHANGED], tmp_path / "out")
        assert_same(tmp_path / "out", tmp_path / "all")


def test_a_document_that_fails_keeps_what_was_read_of_it(tmp_path: Path) -> None:
    run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load)
    before = read_statements(tmp_path / "out")
    summary = add([replace(NOTE, text="BOOM")], tmp_path / "out")
    assert (summary.counts["documents"], summary.counts["failed"]) == (2, 1)
    assert read_statements(tmp_path / "out") == before
    assert add([NOTE], tmp_path / "out").counts["failed"] == 0


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    for name, document in (("a", NOTE), ("b", MORE)):
        (tmp_path / f"{name}.txt").write_text(document.text, encoding="utf-8")
    out, first = tmp_path / "out", tmp_path / "a.txt"
    add([first], out)
    summary = add([first, tmp_path / "b.txt"], out)
    assert summary.skipped == ("a",)
    assert summary.counts["documents"] == 2

    def refuse(options: Options) -> Analyser:
        raise AssertionError("nothing is read")

    before = read_texts(out)
    summary = run([first, tmp_path / "b.txt"], out, add=True, load=refuse)
    assert (summary.skipped, summary.counts["statements"]) == (("a", "b"), 4)
    assert read_texts(out) == before
    first.write_text("LATS1 phosphorylates YAP1 at S127.", encoding="utf-8")
    assert add([first], out).skipped == ()
    assert add([first], out, options=Options(entities="own")).skipped == (), "other options read otherwise"


def test_the_manifest_says_which_run_read_what(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = run([NOTE], out, load=fake_pipeline.load)
    second = add([MORE], out, options=Options(entities="own"))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["run"] == second.run
    assert [row["run"] for row in manifest["documents"]] == [first.run, second.run]
    assert [row["run"] for row in manifest["earlier_runs"]] == [first.run]
    assert manifest["earlier_runs"][0]["options"]["entities"] == "both"
    add([NOTE], out, options=Options(entities="own"))
    assert "earlier_runs" not in json.loads((out / "manifest.json").read_text(encoding="utf-8"))


def test_removing_gives_what_the_others_give(tmp_path: Path) -> None:
    run([MORE], tmp_path / "all", load=fake_pipeline.load)
    run([NOTE, MORE, BAD], tmp_path / "out", load=fake_pipeline.load)
    removed, tally = remove_documents(["note", "bad"], tmp_path / "out")
    assert removed == ["note", "bad"]
    assert len(tally.documents) == 1
    assert_same(tmp_path / "out", tmp_path / "all")
    remove_documents(["more"], tmp_path / "out")
    assert read_statements(tmp_path / "out") == []
    assert add([MORE], tmp_path / "out").counts["statements"] == 3
    assert_same(tmp_path / "out", tmp_path / "all")


def test_a_store_has_the_statements_too(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    run([NOTE], tmp_path / "one", store=shared, load=fake_pipeline.load)
    run([MORE], tmp_path / "two", store=shared, load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "all", load=fake_pipeline.load)
    with open_store(shared, read_only=True) as store:
        assert list(store.find_statements()) == read_statements(tmp_path / "all")
    with open_store(shared) as store:
        remove_documents(["more"], tmp_path / "two", store=store)
        assert list(store.find_statements()) == read_statements(tmp_path / "one")


def test_a_document_that_a_store_lacks_is_sent_without_reading_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE.text, encoding="utf-8")
    add([tmp_path / "a.txt"], tmp_path / "out")
    assert add([tmp_path / "a.txt"], tmp_path / "out", store=tmp_path / "shared").skipped == ("a",)
    with open_store(tmp_path / "shared", read_only=True) as store:
        assert list(store.find_statements()) == read_statements(tmp_path / "out")


def test_a_second_process_is_told_who_writes(tmp_path: Path) -> None:
    import os

    with lock_folder(tmp_path / "out"):
        with pytest.raises(StoreError, match=rf"out is being written by another process \(PID {os.getpid()}\)"):
            run([NOTE], tmp_path / "out", load=fake_pipeline.load)
        assert not (tmp_path / "out").exists()
    run([NOTE], tmp_path / "out", load=fake_pipeline.load)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


@pytest.mark.usefixtures("fake_reading")
def test_the_commands(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTE.text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(MORE.text, encoding="utf-8")
    out = str(tmp_path / "out")
    for name in ("a.txt", "b.txt", "a.txt"):
        result = CliRunner().invoke(app, ["run", str(tmp_path / name), "--out", out, "--add"])
        assert result.exit_code == 0, result.output
    assert "1 of the documents did not change and were not read again." in result.stderr
    result = CliRunner().invoke(app, ["remove", "c.txt", "a.txt", "--out", out])
    assert result.exit_code == 1
    assert "has no document c.txt; nothing was removed. Did you mean" in result.stderr
    result = CliRunner().invoke(app, ["remove", "a.txt", "--out", out, "--json"])
    assert json.loads(result.stdout)["removed"] == ["a"]
    assert {row["evidence"]["document"] for row in read_lines(tmp_path / "out" / "mentions.jsonl")} == {"b"}
    assert CliRunner().invoke(app, ["remove", "b", "--out", str(tmp_path)]).exit_code == 1
