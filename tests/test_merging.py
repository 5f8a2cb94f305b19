from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import fake_pipeline
from sigmine.analysis import Options
from sigmine.cli.main import app
from sigmine.errors import StoreError
from sigmine.journal import find_journal
from sigmine.merging import merge
from sigmine.run import run
from sigmine.shards import Shard
from test_adding import assert_same
from test_run import BAD, MORE, NOTE, read_texts

DOCUMENTS = [
    replace(BAD if n % 7 == 3 else NOTE, id=f"d{n}") if n % 2 else replace(MORE, id=f"d{n}") for n in range(24)
]


def write_parts(folder: Path, count: int, documents: Any = DOCUMENTS, **more: Any) -> list[Path]:
    parts = []
    for index in range(1, count + 1):
        parts.append(folder / f"part-{index}")
        run(documents, parts[-1], shard=Shard(index, count), load=fake_pipeline.load, **more)
    return parts


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_parts_of_a_run_give_the_run(tmp_path: Path, count: int) -> None:
    run(DOCUMENTS, tmp_path / "all", load=fake_pipeline.load)
    summary = merge(reversed(write_parts(tmp_path, count)), tmp_path / "out")  # type: ignore[arg-type]
    assert_same(tmp_path / "out", tmp_path / "all")
    assert summary.counts["documents"] + summary.counts["failed"] == 24
    assert [failure.document for failure in summary.failures] == ["d3", "d17"]
    assert not find_journal(tmp_path / "out").exists()


def test_a_part_may_have_no_document_at_all(tmp_path: Path) -> None:
    run([NOTE, MORE], tmp_path / "all", load=fake_pipeline.load)
    merge(write_parts(tmp_path, 6, [NOTE, MORE]), tmp_path / "out")
    assert_same(tmp_path / "out", tmp_path / "all")


def test_a_part_that_was_read_again_is_a_part(tmp_path: Path) -> None:
    parts = write_parts(tmp_path, 2)
    before = read_texts(parts[0])
    run(DOCUMENTS, parts[0], shard=Shard(1, 2), load=fake_pipeline.load)
    assert read_texts(parts[0]) == before


def test_a_folder_becomes_a_part_and_a_part_a_folder(tmp_path: Path) -> None:
    """Also where not one document changed; and a part learns its places anew when others come before it."""

    def find_shard(*documents: Any, shard: Shard | None) -> Any:
        run(documents, tmp_path / "out", shard=shard, load=fake_pipeline.load)
        return json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")).get("shard")

    assert find_shard(NOTE, shard=None) is None
    assert find_shard(NOTE, shard=Shard(1, 1)) == {"index": 1, "count": 1, "places": [0]}
    assert find_shard(NOTE, shard=None) is None
    index = 1 if Shard(1, 2).holds("note") else 2
    other = next(f"d{n}" for n in range(99) if not Shard(index, 2).holds(f"d{n}"))
    assert find_shard(NOTE, shard=Shard(index, 2))["places"] == [0]
    assert find_shard(replace(MORE, id=other), NOTE, shard=Shard(index, 2))["places"] == [1]


def test_missing_parts_are_named(tmp_path: Path) -> None:
    parts = write_parts(tmp_path, 3)
    with pytest.raises(StoreError, match=r"Missing: 2/3. Read them with `sigmine run --shard`"):
        merge([parts[0], parts[2]], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    summary = merge([parts[0], parts[2]], tmp_path / "out", partial=True)
    assert 0 < summary.counts["documents"] < 24


def test_parts_of_different_runs_are_refused(tmp_path: Path) -> None:
    parts = write_parts(tmp_path, 2)
    run(DOCUMENTS, tmp_path / "more", shard=Shard(1, 3), load=fake_pipeline.load)
    run(DOCUMENTS, tmp_path / "own", shard=Shard(2, 2), load=fake_pipeline.load, options=Options(entities="own"))
    run([NOTE], tmp_path / "whole", load=fake_pipeline.load)
    for folders, message in (
        ([parts[0], tmp_path / "more"], "different numbers of parts"),
        ([parts[0], tmp_path / "own"], "different programs or options"),
        ([*parts, tmp_path / "whole"], "whole: no part of a run with --shard"),
        ([*parts, parts[1]], "are both part 2/2"),
        ([parts[0], tmp_path / "none"], "was not written by `sigmine run`"),
    ):
        with pytest.raises(StoreError, match=message):
            merge(folders, tmp_path / "out")
    with pytest.raises(StoreError, match="cannot be merged into itself"):
        merge(parts, parts[0])


def test_other_folders_follow_one_another(tmp_path: Path) -> None:
    run([NOTE, MORE], tmp_path / "all", load=fake_pipeline.load)
    run([NOTE], tmp_path / "one", load=fake_pipeline.load)
    run([NOTE, MORE], tmp_path / "two", load=fake_pipeline.load)
    summary = merge([tmp_path / "one", tmp_path / "two"], tmp_path / "out")
    assert summary.counts["documents"] == 2, "the same document counts once"
    assert_same(tmp_path / "out", tmp_path / "all")


def test_two_documents_of_one_id_are_refused(tmp_path: Path) -> None:
    run([NOTE], tmp_path / "one", load=fake_pipeline.load)
    run([replace(MORE, id="note")], tmp_path / "two", load=fake_pipeline.load)
    with pytest.raises(StoreError, match=r"note of .*two is another document than note of an earlier folder"):
        merge([tmp_path / "one", tmp_path / "two"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_one_folder_could_not_read_another_may_have(tmp_path: Path) -> None:
    run([NOTE, replace(BAD, id="more")], tmp_path / "one", load=fake_pipeline.load)
    run([MORE], tmp_path / "two", load=fake_pipeline.load)
    for order in (("one", "two"), ("two", "one")):
        summary = merge([tmp_path / name for name in order], tmp_path / "out")
        assert summary.counts["documents"] == 2
    assert merge([tmp_path / "one", tmp_path / "two"], tmp_path / "out").counts["failed"] == 0


def test_the_manifest_names_all_programs(tmp_path: Path) -> None:
    one = run([NOTE], tmp_path / "one", load=fake_pipeline.load)
    two = run([MORE], tmp_path / "two", load=fake_pipeline.load, options=Options(entities="own"))
    merge([tmp_path / "one", tmp_path / "two"], tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["run"] == two.run
    assert [row["run"] for row in manifest["earlier_runs"]] == [one.run]
    assert [row["run"] for row in manifest["documents"]] == [one.run, two.run]


@pytest.mark.usefixtures("fake_reading")
def test_the_commands(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    for n in range(6):
        (texts / f"{n}.txt").write_text(NOTE.text, encoding="utf-8")
    for index in (1, 2):
        arguments = ["run", str(texts), "--out", str(tmp_path / f"p{index}"), "--shard", f"{index}/2"]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
    arguments = ["merge", str(tmp_path / "p1"), str(tmp_path / "p2"), "--out", str(tmp_path / "out"), "--json"]
    result = CliRunner().invoke(app, arguments)
    assert json.loads(result.stdout)["counts"]["documents"] == 6
    result = CliRunner().invoke(app, ["run", str(texts), "--out", str(tmp_path / "x"), "--shard", "3/2"])
    assert result.exit_code == 2
    assert "no part 3 of 2" in result.stderr


def test_partitions_give_what_a_run_gives(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from sigmine.cluster import Cut, distribute, do_serially
    from sigmine.knowledge import open as open_output

    texts = tmp_path / "texts"
    texts.mkdir()
    for n, document in enumerate(DOCUMENTS):
        (texts / f"d{n:02}.txt").write_text(document.text, encoding="utf-8")
    distribute([str(texts)], tmp_path / "parts", do_serially, cut=Cut(5), load=fake_pipeline.load)
    summary = merge([tmp_path / "parts"], tmp_path / "out")
    run([texts], tmp_path / "all", load=fake_pipeline.load)
    assert summary.counts["failed"] == 2
    for name in ("mentions.jsonl", "statements.jsonl", "statements.tsv", "graph.graphml", "manifest.json"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "all" / name).read_bytes(), name
    with open_output(tmp_path / "out") as one, open_output(tmp_path / "all") as other:
        assert list(one.statements()) == list(other.statements())
    next((tmp_path / "parts").glob("part-*.parquet")).unlink()
    with pytest.raises(StoreError, match="parts is not complete: 1 of 5 partitions are missing"):
        merge([tmp_path / "parts"], tmp_path / "out")
