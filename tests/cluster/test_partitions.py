"""Partitions: what is written is read back, whole files only, ids given once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fake_pipeline
from sigmine.cluster.partitions import (
    Outcome,
    Plan,
    find_outcome,
    load_plan,
    read_partitions,
    write_partition,
    write_plan,
)
from sigmine.cluster.unique_ids import UniqueIds, rename_record
from sigmine.errors import StoreError
from sigmine.model import Document
from sigmine.records import Record, make_record
from sigmine.run import extract

pytest.importorskip("pyarrow", reason="partitions need pyarrow, which is in the extra cluster")

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ROW = st.dictionaries(TEXT, st.one_of(st.none(), st.integers(-(2**60), 2**60), TEXT, st.lists(TEXT)), max_size=4)
RECORDS = st.lists(st.builds(Record, st.uuids().map(str), TEXT, ROW, st.lists(st.binary(), max_size=3).map(tuple)))


def write(folder: Path, name: str, records: list[Record], *, first: int = 0, run: str = "r") -> None:
    with write_partition(folder / name) as writer:
        for position, record in enumerate(records, first):
            writer.add_record(position, record)
        writer.finish(Outcome(name, run, len(records)))


@settings(deadline=None)
@given(RECORDS)
def test_records_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, records: list[Record]) -> None:
    folder = tmp_path_factory.mktemp("parts")
    write(folder, "part-000000-x.parquet", records, first=7)
    write_plan(folder, Plan(("part-000000-x.parquet",), {"run": "r"}))
    assert list(read_partitions(folder)) == list(enumerate(records, 7))
    assert find_outcome(folder / "part-000000-x.parquet") == Outcome("part-000000-x.parquet", "r", len(records))


def test_many_records_are_read_as_a_stream(tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    records = [Record(f"d{number}", "k", {"n": number}, (b"x" * 100,)) for number in range(1000)]
    write(tmp_path, "p.parquet", records)
    write_plan(tmp_path, Plan(("p.parquet",), {"run": "r"}))
    assert parquet.ParquetFile(tmp_path / "p.parquet").metadata.num_row_groups == 4
    assert [record for _, record in read_partitions(tmp_path)] == records


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    def fail() -> None:
        with write_partition(tmp_path / "p.parquet") as writer:
            writer.add_record(0, Record("d", "k", {}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_the_later_of_two_writers_leaves_one_file(tmp_path: Path) -> None:
    with write_partition(tmp_path / "p.parquet") as one, write_partition(tmp_path / "p.parquet") as other:
        for writer in (one, other):
            writer.add_record(0, Record("d", "k", {}))
            writer.finish(Outcome("p.parquet", "r", 1))
    assert [path.name for path in tmp_path.iterdir()] == ["p.parquet"]
    write_plan(tmp_path, Plan(("p.parquet",), {"run": "r"}))
    assert list(read_partitions(tmp_path)) == [(0, Record("d", "k", {}))]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not at all"])
def test_what_is_no_partition_counts_as_missing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "p.parquet").write_bytes(content)
    write_plan(tmp_path, Plan(("p.parquet",), {"run": "r"}))
    assert find_outcome(tmp_path / "p.parquet") is None
    with pytest.raises(StoreError, match=r"1 of 1 partitions are missing \(p.parquet\). Run the same `sigmine distr"):
        read_partitions(tmp_path)


def test_a_parquet_file_of_others_is_no_partition(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet as parquet

    parquet.write_table(pyarrow.table({"position": [1]}), tmp_path / "p.parquet")
    assert find_outcome(tmp_path / "p.parquet") is None


def test_a_plan_of_another_version_is_refused(tmp_path: Path) -> None:
    write_plan(tmp_path, Plan(("p.parquet",), {"run": "r"}))
    rows = json.loads((tmp_path / "_plan.json").read_text())
    (tmp_path / "_plan.json").write_text(json.dumps({**rows, "schema": 99}))
    with pytest.raises(StoreError, match="another version of sigmine"):
        load_plan(tmp_path)


def name_in_order(ids: list[str]) -> list[str]:
    """As the readers do it, with all names at hand."""
    taken: dict[str, None] = {}
    for name in ids:
        new, count = name, 1
        while new in taken:
            count += 1
            new = f"{name}-{count}"
        taken[new] = None
    return list(taken)


@given(st.lists(st.sampled_from(["a", "b", "a-2", "a-2-2", "a-3", "b-x", "-2", "c", "d", "e-2"]), max_size=14))
def test_ids_are_given_as_one_process_gives_them(ids: list[str]) -> None:
    unique = UniqueIds.from_batches([ids[:3], ids[3:]])
    assert [unique.take(name) for name in ids] == name_in_order(ids)


def test_a_renamed_record_is_as_if_it_had_been_read_by_that_name() -> None:
    text = "AKT1 phosphorylates TSC2 at S939. MTOR inhibits TSC2."
    one, other = (
        make_record(reading, "k", "r")
        for reading in extract([Document("note", text), Document("note-2", text)], load=fake_pipeline.load)
    )
    assert rename_record(one, "note-2") == other
    assert {evidence.document for evidence in rename_record(one, "note-2").load_evidence()} == {"note-2"}
