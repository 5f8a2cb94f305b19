"""The real engine with several worker processes, and the real language pipeline: the same statements, whatever dies."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import fake_pipeline
from cluster.deadly_pipeline import load, load_real
from sigmine.assembly import assemble
from sigmine.cluster import Cut, Progress, distribute, do_on_dask, read_partitions
from sigmine.cluster.partitions import Outcome
from sigmine.cluster.work import Task
from sigmine.errors import SigmineError
from sigmine.model import Evidence, Statement
from sigmine.records import Record, make_record
from sigmine.resources.corpus import find_corpus
from sigmine.run import extract

pytest.importorskip("distributed", reason="needs Dask, which is in the extra cluster")
pytest.importorskip("pyarrow", reason="partitions need pyarrow, which is in the extra cluster")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are killed by signals"),
]


def write_texts(folder: Path, copies: int) -> Path:
    for copy in range(copies):
        for path in sorted(find_corpus().glob("*.txt")):
            target = folder / f"copy{copy}" / f"{path.stem}-{copy}.txt"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def load_records(parts: Path) -> list[Record]:
    return [record for _, record in read_partitions(parts)]


def state(records: Iterable[Record]) -> tuple[Statement, ...]:
    """What they state together."""

    return assemble(evidence for record in records for evidence in strip_run(record))


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_texts(tmp_path_factory.mktemp("texts"), 3)


@pytest.fixture(scope="module")
def expected(texts: Path) -> list[Record]:
    """What one process reads."""
    return [make_record(reading, "", "") for reading in extract(texts)]


def strip(records: Iterable[Record]) -> list[tuple[object, ...]]:
    return [(record.document, record.row | {"run": ""}, strip_run(record)) for record in records]


def strip_run(record: Record) -> list[Evidence]:
    return [replace(evidence, run="") for evidence in record.load_evidence()]


def kill_one(parts: Path, client: Any) -> None:
    """Kills a worker process when a first partition is there and a second has been begun."""
    pids = list(client.run(os.getpid).values())

    def wait() -> None:
        deadline = time.monotonic() + 240
        while time.monotonic() < deadline and not list(parts.glob("part-*.parquet")):
            time.sleep(0.05)
        os.kill(pids[0], signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


def test_two_workers_read_what_one_process_reads(tmp_path: Path, texts: Path, expected: list[Record]) -> None:
    progress = distribute(texts, tmp_path / "parts", do_on_dask, cut=Cut(4), seconds=300)
    records = load_records(tmp_path / "parts")
    assert strip(records) == strip(expected)
    assert state(records) == state(expected)
    assert len(state(records)) > 300
    assert (progress.partitions, progress.kept, progress.failed) == (8, 0, 0)


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path, texts: Path, expected: list[Record]) -> None:
    parts = tmp_path / "parts"

    def engine(tasks: Iterable[Task]) -> Iterator[Outcome]:
        return do_on_dask(tasks, on_start=lambda client: kill_one(parts, client))

    progress = distribute(texts, parts, engine, cut=Cut(4), seconds=300)
    assert strip(load_records(parts)) == strip(expected)
    assert state(load_records(parts)) == state(expected)
    assert progress.documents == len(expected)
    assert len(list(parts.iterdir())) == progress.partitions + 1, "the plan, and each partition once"


def test_a_document_that_kills_every_worker_costs_itself(tmp_path: Path, texts: Path, expected: list[Record]) -> None:
    folder = write_texts(tmp_path / "in", 1)
    (folder / "copy0" / "hippo-0b.txt").write_text("AKT phosphorylates TSC2 at Ser939. DEADLY")
    progress = distribute(folder, tmp_path / "parts", do_on_dask, cut=Cut(4), seconds=300, load=load_real)
    records = load_records(tmp_path / "parts")
    bad = [record for record in records if "reason" in record.row]
    assert [(record.document, progress.failed) for record in bad] == [("hippo-0b", 1)]
    assert "ended 2 times at it" in bad[0].row["reason"]
    alone = [record for record in expected if record.document.endswith("-0")]
    assert strip(record for record in records if record not in bad) == strip(alone)


def test_many_small_parts_with_deadly_documents(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(24):
        word = {5: "DEADLY", 6: "DEADLY", 17: "SLOW"}.get(number, "")
        (folder / f"t{number:02}.txt").write_text(f"AKT{number} activates TSC{number}. {word}")
    progress = start(folder, tmp_path / "parts")
    reasons = {
        record.document: record.row["reason"] for record in load_records(tmp_path / "parts") if "reason" in record.row
    }
    assert {name: reason.split(" (")[0] for name, reason in reasons.items()} == {
        "t05": "the process that read it ended 2 times at it",
        "t06": "the process that read it ended 2 times at it",
        "t17": "took more than 3 s, the limit for one document.",
    }
    assert (progress.documents, progress.failed) == (24, 3)
    lines = [line for record in load_records(tmp_path / "parts") for line in record.lines]
    assert len(lines) == len(set(lines)) == 21


def start(folder: Path, parts: Path) -> Progress:
    return distribute(folder, parts, do_on_dask, cut=Cut(8), seconds=3, load=load)


def test_the_workers_of_a_scheduler_are_used(tmp_path: Path) -> None:
    from distributed import LocalCluster

    (tmp_path / "a.txt").write_text("AKT activates TSC2.")
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:

        def engine(tasks: Iterable[Task]) -> Iterator[Outcome]:
            return do_on_dask(tasks, scheduler=cluster.scheduler_address)

        progress = distribute(tmp_path / "a.txt", tmp_path / "parts", engine, load=fake_pipeline.load)
    assert (progress.documents, progress.failed) == (1, 0)


def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SigmineError, match=r"There is no Dask scheduler at .*: .*dask scheduler"):
        next(iter(do_on_dask([], scheduler=str(tmp_path / "none.json"))), None)
