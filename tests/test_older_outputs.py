from __future__ import annotations

import json
from pathlib import Path

import pytest

import fake_pipeline
from sigmine.draft import remove_documents
from sigmine.errors import StoreError
from sigmine.run import run
from test_adding import assert_same
from test_run import BAD, MORE, NOTE


def make_older(out: Path) -> None:
    """The folder as the first version wrote it."""
    (out / "readings.jsonl").unlink()
    change_schema(out, 1)


def change_schema(out: Path, schema: int) -> None:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    text = json.dumps({**manifest, "schema": schema}, ensure_ascii=False, indent=1) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")


def test_a_folder_of_schema_1_is_added_to_and_then_is_one_of_today(tmp_path: Path) -> None:
    run([NOTE, BAD], tmp_path / "out", load=fake_pipeline.load)
    run([NOTE, BAD], tmp_path / "all", load=fake_pipeline.load)
    make_older(tmp_path / "out")
    for name in ("out", "all"):
        run([MORE], tmp_path / name, add=True, load=fake_pipeline.load)
    one, other = (
        json.loads((tmp_path / name / "manifest.json").read_text(encoding="utf-8")) for name in ("out", "all")
    )
    assert one == other
    assert one["schema"] == 2
    for name in ("mentions.jsonl", "statements.jsonl", "statements.tsv", "graph.graphml"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "all" / name).read_bytes()


def test_documents_can_be_removed_from_it(tmp_path: Path) -> None:
    run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load)
    run([MORE], tmp_path / "all", load=fake_pipeline.load)
    make_older(tmp_path / "out")
    remove_documents(["note"], tmp_path / "out")
    assert (tmp_path / "out" / "statements.jsonl").read_bytes() == (tmp_path / "all" / "statements.jsonl").read_bytes()


def test_a_run_over_it_reads_everything(tmp_path: Path) -> None:
    run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "all", load=fake_pipeline.load)
    make_older(tmp_path / "out")
    assert run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load).skipped == ()
    assert_same(tmp_path / "out", tmp_path / "all")


def test_one_that_was_changed_by_hand_is_not_guessed_at(tmp_path: Path) -> None:
    run([NOTE], tmp_path / "out", load=fake_pipeline.load)
    make_older(tmp_path / "out")
    mentions = tmp_path / "out" / "mentions.jsonl"
    mentions.write_text(mentions.read_text(encoding="utf-8").replace("TSC2", "TSC1"), encoding="utf-8")
    with pytest.raises(StoreError, match=r"mentions.jsonl, line 1, is not what"):
        run([MORE], tmp_path / "out", add=True, load=fake_pipeline.load)


def test_nothing_is_added_to_a_folder_of_a_newer_version_which_may_be_written_again(tmp_path: Path) -> None:
    run([NOTE], tmp_path / "out", load=fake_pipeline.load)
    change_schema(tmp_path / "out", 99)
    with pytest.raises(StoreError, match=r"by a newer version of sigmine \(schema 99, this one knows up to 2\)"):
        run([NOTE], tmp_path / "out", add=True, load=fake_pipeline.load)
    run([NOTE], tmp_path / "out", load=fake_pipeline.load)
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["schema"] == 2


@pytest.mark.parametrize("damage", ["cut", "gone", "half"])
def test_a_damaged_folder_is_told(tmp_path: Path, damage: str) -> None:
    run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load)
    readings = tmp_path / "out" / "readings.jsonl"
    lines = readings.read_bytes().splitlines(keepends=True)
    if damage == "gone":
        readings.unlink()
    else:
        readings.write_bytes(lines[0] if damage == "half" else lines[0][:-20])
    with pytest.raises(StoreError, match=r"readings\.jsonl|The record of a document"):
        run([BAD], tmp_path / "out", add=True, load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "all", load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "out", load=fake_pipeline.load)
    assert_same(tmp_path / "out", tmp_path / "all")
