"""Many documents, many parts: the same records as one process gives, each once, whatever happened on the way."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import fake_pipeline
from cluster.deadly_pipeline import do_in_children, load, load_never
from sigmine.cluster import Cut, Progress, distribute, do_serially, read_partitions
from sigmine.cluster.partitions import PLAN, Outcome
from sigmine.cluster.work import Task
from sigmine.errors import ReadError, SigmineError, StoreError
from sigmine.records import Record, make_record
from sigmine.run import extract

pytest.importorskip("pyarrow", reason="partitions need pyarrow, which is in the extra cluster")


def write_texts(folder: Path, count: int = 7) -> Path:
    """Two folders of texts, one file that is none, and JSON Lines with ids that others have, too."""
    for number in range(count):
        path = folder / ("a", "b")[number % 2] / f"t{number // 2}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"AKT{number} activates TSC{number}. MTOR inhibits S{number}.")
    (folder / "c.html").write_text("<html><body><p>JAK2 activates STAT3.</p></body></html>")
    (folder / "d.pdf").write_text("no PDF")
    rows = [{"id": ("t1", "t1", "j2")[number], "text": f"LATS{number} inhibits YAP{number}."} for number in range(3)]
    rows += [{"id": "t1-2", "text": "MTOR binds RPTOR."}, {"text": "RAF1 activates MEK1."}, {"text": "BOOM"}]
    lines = [json.dumps(row) for row in rows]
    (folder / "e.jsonl").write_text("\n".join([*lines[:4], "", "{", *lines[4:]]) + "\n")
    return folder


def read_at_once(folder: Path) -> list[Record]:
    return [make_record(reading, "", "") for reading in extract(folder, load=fake_pipeline.load)]


def strip(record: Record) -> tuple[object, ...]:
    evidence = [replace(item, run="") for item in record.load_evidence()]
    return record.document, record.row | {"run": ""}, evidence


def start(sources: object, parts: Path, cut: int = 3, **values: object) -> Progress:
    arguments = {"engine": do_serially, "load": fake_pipeline.load, "cut": Cut(cut)} | values
    return distribute(sources, parts, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("cut", [1, 3, 100])
def test_partitions_hold_what_one_process_reads(tmp_path: Path, cut: int) -> None:
    texts = write_texts(tmp_path / "in")
    progress = start(texts, tmp_path / "parts", cut)
    expected = read_at_once(texts)
    found = list(read_partitions(tmp_path / "parts"))
    assert [strip(record) for _, record in found] == [strip(record) for record in expected]
    assert [position for position, _ in found] == sorted({position for position, _ in found})
    assert progress.documents == len(expected)
    assert progress.failed == sum("reason" in record.row for record in expected) == 3
    assert {record.document for _, record in found} >= {"t1", "t1-2", "t1-3", "t1-4", "t1-2-2", "e-7"}


def test_every_document_has_a_key_that_changes_with_it(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "in")
    start(texts, tmp_path / "one")
    (texts / "a" / "t0.txt").write_text("AKT0 inhibits TSC0.")
    start(texts, tmp_path / "two")
    before, after = ([record.key for _, record in read_partitions(tmp_path / name)] for name in ("one", "two"))
    changed = [one != two for one, two in zip(before, after, strict=True)]
    names = [record.document for _, record in read_partitions(tmp_path / "one")]
    assert [name for name, is_new in zip(names, changed, strict=True) if is_new] == ["t0"], "the one in b is the same"
    assert before.count("") == 2, "a PDF that is none, and a line that is no JSON"


def test_what_is_done_is_not_read_again(tmp_path: Path) -> None:
    texts, parts = write_texts(tmp_path / "in"), tmp_path / "parts"
    first = start(texts, parts)
    files = {path.name: path.stat().st_mtime_ns for path in parts.iterdir() if path.name != PLAN}
    again = start(texts, parts, load=load_never)
    assert (again.kept, again.partitions) == (first.partitions, first.partitions)
    assert (again.documents, again.failed, again.words) == (first.documents, first.failed, first.words)
    assert {path.name: path.stat().st_mtime_ns for path in parts.iterdir() if path.name != PLAN} == files


def test_only_the_part_of_a_changed_file_is_read_again(tmp_path: Path) -> None:
    texts, parts = write_texts(tmp_path / "in"), tmp_path / "parts"
    start(texts, parts)
    (texts / "b" / "t1.txt").write_text("AKT9 phosphorylates TSC9.")
    again = start(texts, parts)
    assert again.partitions - again.kept == 1
    assert again.strangers == 1, "the partition of the file as it was stays"
    expected = [strip(record) for record in read_at_once(texts)]
    assert [strip(record) for _, record in read_partitions(parts)] == expected


def test_other_options_are_another_program(tmp_path: Path) -> None:
    from sigmine.analysis import Options

    texts, parts = write_texts(tmp_path / "in"), tmp_path / "parts"
    count = start(texts, parts).partitions

    def stop_early(tasks: Iterable[Task]) -> Iterator[Outcome]:
        for number, outcome in enumerate(do_serially(tasks)):
            yield outcome
            if number == 1:
                return

    with pytest.raises(SigmineError, match=f"{count - 2} of {count} partitions .* Run the same command again"):
        start(texts, parts, engine=stop_early, options=Options(assume_protein=True))
    with pytest.raises(StoreError, match=rf"{count - 2} of {count} are not of run \w+ \(part-000002-"):
        read_partitions(parts)
    assert len(list(read_partitions(parts, mixed=True))) == len(read_at_once(texts))
    assert start(texts, parts, options=Options(assume_protein=True)).kept == 2


def test_an_interrupted_run_leaves_what_is_done_and_goes_on(tmp_path: Path) -> None:
    texts, parts = write_texts(tmp_path / "in"), tmp_path / "parts"

    def interrupt(tasks: Iterable[Task]) -> Iterator[Outcome]:
        for number, outcome in enumerate(do_serially(tasks)):
            yield outcome
            if number == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        start(texts, parts, engine=interrupt)
    with pytest.raises(StoreError, match=r"not complete: \d+ of \d+ partitions are missing \(part-000003-"):
        read_partitions(parts)
    expected = [strip(record) for record in read_at_once(texts)]
    there = [strip(record) for _, record in read_partitions(parts, incomplete=True)]
    assert there == expected[: len(there)]
    assert 0 < len(there) < len(expected)
    assert start(texts, parts).kept == 3
    assert [strip(record) for _, record in read_partitions(parts)] == expected


def test_what_killed_writers_left_is_tidied_and_nothing_else(tmp_path: Path) -> None:
    texts, parts = write_texts(tmp_path / "in"), tmp_path / "parts"
    start(texts, parts)
    name = next(path.name for path in parts.glob("part-*"))
    draft = parts / f".{name}.{'0' * 16}"
    draft.write_bytes(b"PAR1 half")
    (parts / "part-notes.parquet").write_text("mine")
    (parts / name).write_bytes((parts / name).read_bytes()[:-9])
    progress = start(texts, parts)
    assert not draft.exists()
    assert (parts / "part-notes.parquet").read_text() == "mine"
    assert (progress.partitions - progress.kept, progress.strangers) == (1, 0), "the one that was cut short"


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "in")
    with pytest.raises(StoreError, match="sigmine did not write"):
        start(texts, texts)
    with pytest.raises(StoreError, match="is no folder of partitions"):
        read_partitions(texts)


def test_nothing_to_read_and_standard_input_are_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="Nothing was read"):
        start([], tmp_path / "parts")
    with pytest.raises(ReadError, match="Standard input cannot be distributed"):
        start("-", tmp_path / "parts")
    assert start(tmp_path / "none", tmp_path / "parts").failures[0].endswith("no such file or folder.")


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed by signals")


@needs_fork
def test_a_document_that_kills_its_worker_costs_itself(tmp_path: Path) -> None:
    texts, parts, deaths = tmp_path / "in.jsonl", tmp_path / "parts", []
    words = ["AKT activates A.", "DEADLY", "AKT activates B.", "AKT activates C.", "DEADLY too", "AKT activates D."]
    texts.write_text("\n".join(json.dumps({"id": f"d{n}", "text": text}) for n, text in enumerate(words)))
    engine = lambda tasks: do_in_children(tasks, deaths=deaths.append)  # noqa: E731
    progress = start(texts, parts, 100, engine=engine, load=load)
    records = [record for _, record in read_partitions(parts)]
    assert [record.document for record in records] == [f"d{number}" for number in range(6)]
    assert [len(record.lines) for record in records] == [1, 0, 1, 1, 0, 1]
    assert [number for number, record in enumerate(records) if "reason" in record.row] == [1, 4]
    assert "ended 2 times at it" in records[1].row["reason"]
    assert progress.failed == 2
    assert deaths == [3], "one for the batch, one for each of the two"
    assert len(list(parts.iterdir())) == progress.partitions + 1, "no note is left, and nothing half written"


@needs_fork
def test_a_worker_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    texts, parts, deaths = tmp_path / "in", tmp_path / "parts", []
    write_texts(texts)
    (texts / "a" / "t1.txt").write_text(f"AKT activates B. UNLUCKY {tmp_path / 'seen'}")
    engine = lambda tasks: do_in_children(tasks, deaths=deaths.append)  # noqa: E731
    start(texts, parts, engine=engine, load=load)
    assert sum(deaths) == 1
    assert [strip(record) for _, record in read_partitions(parts)] == [strip(one) for one in read_at_once(texts)]


@needs_fork
def test_a_document_that_takes_too_long_costs_itself(tmp_path: Path) -> None:
    texts, parts, deaths = tmp_path / "in", tmp_path / "parts", []
    write_texts(texts, 3)
    (texts / "a" / "t1.txt").write_text("AKT activates B. SLOW")
    engine = lambda tasks: do_in_children(tasks, deaths=deaths.append)  # noqa: E731
    start(texts, parts, engine=engine, load=load, seconds=0.5)
    slow = [record for _, record in read_partitions(parts) if "took more than 0.5 s" in record.row.get("reason", "")]
    assert [(record.document, record.row["file"]) for record in slow] == [("t1-3", "t1.txt")]
    assert sum(deaths) == 2, "once in its batch, once alone"


@needs_fork
def test_workers_that_cannot_start_end_the_run(tmp_path: Path) -> None:
    from cluster.deadly_pipeline import _do_in_child
    from sigmine.cluster.work import do_task

    texts = write_texts(tmp_path / "in", 1)

    def engine(tasks: Iterable[Task]) -> Iterator[Outcome]:
        task = next(iter(tasks))
        assert [_do_in_child(task) for _ in range(3)] == [None] * 3
        yield do_task(task)

    with pytest.raises(SigmineError, match="3 worker processes ended before they had read anything"):
        start(texts, tmp_path / "parts", engine=engine, load=load_never)


def test_a_worker_of_another_program_is_refused(tmp_path: Path) -> None:
    from dataclasses import replace

    texts = write_texts(tmp_path / "in", 1)
    with pytest.raises(SigmineError, match="another version of sigmine"):
        start(texts, tmp_path / "parts", engine=lambda tasks: do_serially(replace(task, run="x") for task in tasks))
