"""What there is to read, and that nothing but the document that breaks a process is lost."""

from __future__ import annotations

import io
import shutil
import tarfile
import threading
import time
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

import fake_pipeline
import troubled_reading
from children import find_children, note_children  # noqa: F401  a fixture
from sigmine.analysis import Options, Reading
from sigmine.cli import reading_options
from sigmine.extraction import TIME_LIMIT, Item, ReadingLimits, extract, find_items, read_items
from sigmine.model import Document
from sigmine.readers import ReadFailure, Source

NOTE = "AKT1 phosphorylates TSC2 at S939."
DATA = Path(__file__).parent / "data"
OWN = ReadingLimits(60, isolate=True)
SHORT = ReadingLimits(1.5)
LATE = "took longer than 1.5 s; raise --time-limit (0: none) if it is worth the time."


def find(*sources: Path | str | Document) -> list[Item]:
    return list(find_items(sources, Options()))


def make_folder(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def read(*texts: str, jobs: int = 1, limits: ReadingLimits | None = None) -> list[Reading]:
    documents = [Document(f"d{number}", text) for number, text in enumerate(texts)]
    return list(extract(documents, jobs=jobs, limits=limits, load=troubled_reading.load))


def test_files_of_one_document_are_left_to_be_read_by_whoever_analyses_them(tmp_path: Path) -> None:
    for path in DATA.glob("reader_sample*"):
        shutil.copy(path, tmp_path)
    items = find(tmp_path)
    kinds = {item.name.rpartition("/")[2]: item.format for item in items}
    assert {name: kind for name, kind in kinds.items() if kind} == {
        "reader_sample.html": "html",
        "reader_sample.nxml": "jats",
        "reader_sample_pair.a1": "standoff",
        "reader_sample.txt": "text",
    }
    assert [item.position for item in items] == list(range(len(items)))
    assert len({item.document for item in items}) == len({item.key for item in items}) == len(items)
    assert all(isinstance(item.content, Source if item.format else Document) for item in items)


def test_ids_follow_the_order_of_the_input_whether_or_not_a_file_can_be_read(tmp_path: Path) -> None:
    for folder, text in (("a", ""), ("b", NOTE), ("c", NOTE)):
        make_folder(tmp_path / folder, main=text)
    given = [tmp_path, Document("main", NOTE), tmp_path / "b" / "main.txt"]
    assert [item.document for item in find(*given)] == ["main", "main-2", "main-3", "main-4"]
    readings = list(extract(given, load=fake_pipeline.load))
    assert [(one.document, one.failure is None) for one in readings] == [
        ("main", False), ("main-2", True), ("main-3", True), ("main-4", True)
    ]  # fmt: skip
    assert [one.evidence[0].document for one in readings[1:]] == ["main-2", "main-3", "main-4"]


def test_the_key_tells_whether_anything_changed(tmp_path: Path) -> None:
    make_folder(tmp_path / "a", main=NOTE, other=NOTE)
    make_folder(tmp_path / "b", main=NOTE)
    [main, other, same] = find(tmp_path / "a", tmp_path / "b")
    assert main.key == same.key != other.key, "folders do not matter, names do"
    make_folder(tmp_path / "b", main=f"{NOTE} ")
    assert find(tmp_path / "b")[0].key != main.key
    [one, changed] = find(Document("d", NOTE), Document("d", NOTE, metadata=(("title", "A"),)))
    assert one.key != changed.key


def test_both_files_of_a_pair_count(tmp_path: Path) -> None:
    for suffix in (".txt", ".a1"):
        shutil.copy(DATA / f"reader_sample_pair{suffix}", tmp_path)
    [before] = find(tmp_path)
    annotation = tmp_path / "reader_sample_pair.a1"
    annotation.write_text(annotation.read_text(encoding="utf-8").rpartition("T")[0], encoding="utf-8")
    assert find(tmp_path)[0].key != before.key


def test_what_cannot_be_read_has_no_key_and_keeps_its_place(tmp_path: Path) -> None:
    make_folder(tmp_path, note=NOTE)
    (tmp_path / "wrong.gz").write_bytes(b"\x1f\x8b nothing")
    first, second, third = find(tmp_path / "none.txt", tmp_path / "note.txt", tmp_path / "wrong.gz")
    for item in (first, third):
        assert isinstance(item.content, ReadFailure)
        assert (item.key, item.is_readable) == ("", False)
    assert second.is_readable


def pack_archives(folder: Path) -> list[Path]:
    paths = [folder / "papers.zip", folder / "papers.tar"]
    with zipfile.ZipFile(paths[0], "w") as zipped, tarfile.open(paths[1], "w") as tarred:
        for name, suffix in (("reader_sample", ".txt"), ("reader_sample", ".nxml"), ("reader_sample", ".html")):
            data = (DATA / f"{name}{suffix}").read_bytes()
            zipped.writestr(f"x/{name}{suffix}", data)
            info = tarfile.TarInfo(f"x/{name}{suffix}")
            info.size = len(data)
            tarred.addfile(info, io.BytesIO(data))
    return paths


@pytest.mark.parametrize("jobs", [1, 2])
def test_members_of_archives_are_read_by_workers_as_well(tmp_path: Path, jobs: int) -> None:
    zipped, tarred = pack_archives(tmp_path)
    shutil.copy(DATA / "reader_sample.nxml", tmp_path / "plain.nxml")
    paths = [zipped, tarred, tmp_path / "plain.nxml"]
    readings = list(extract(paths, jobs=jobs, load=fake_pipeline.load))
    assert not [one for one in readings if one.failure]
    names = [one.source.removeprefix(f"{tmp_path}/") for one in readings]
    inside = ["reader_sample.txt", "reader_sample.nxml", "reader_sample.html"]
    assert names == [
        *(f"papers.zip/x/{n}" for n in sorted(inside)),
        *(f"papers.tar/x/{n}" for n in inside),
        "plain.nxml",
    ]
    assert [one.document for one in readings][:4] == [
        "reader_sample", "reader_sample-2", "reader_sample-3", "reader_sample-4"
    ]  # fmt: skip
    assert len({one.sha256 for one in readings}) == 3
    assert len({one.characters for one in readings if one.source.endswith(".nxml")}) == 1


def test_a_document_of_standard_input_is_read_by_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BufferedReader(io.BytesIO(NOTE.encode()))  # type: ignore[arg-type]

    monkeypatch.setattr("sys.stdin", Input)
    [reading] = extract("-", limits=OWN, load=fake_pipeline.load)
    assert (reading.document, reading.source, len(reading.evidence)) == ("stdin", "-", 1)


TROUBLES = {
    "KILLED": "the process that read it was killed (SIGKILL); most likely the memory ran out: use fewer --jobs",
    "CRASH": "the process that read it crashed (SIGSEGV)",
    "EXIT": "the process that read it ended with exit code 3",
    "MEMORY": "the memory ran out while it was read; use fewer --jobs, or split it.",
    "BOOM": "ZeroDivisionError: no way to read d7",
}


def test_a_document_that_ends_its_process_costs_itself_alone_with_any_number_of_processes() -> None:
    padding = " Nothing follows." * 1200  # so that there are several batches
    texts = [NOTE + padding, "KILLED", NOTE, "EXIT" + padding, "CRASH", NOTE, "MEMORY", "BOOM", NOTE + padding]
    one = read(*texts, limits=OWN)
    assert [reading.document for reading in one] == [f"d{number}" for number in range(len(texts))]
    words = [text.removesuffix(padding) for text in texts]
    assert [reading.failure for reading in one] == [TROUBLES.get(word) for word in words]
    assert [len(reading.evidence) for reading in one] == [int(word == NOTE) for word in words]
    assert read(*texts, jobs=3) == one
    assert not find_children()


def test_a_document_that_takes_too_long_is_given_up() -> None:
    began = time.monotonic()
    readings = read(NOTE, "LOOP", NOTE, jobs=2, limits=SHORT)
    assert [one.failure for one in readings] == [None, LATE, None]
    assert time.monotonic() - began < 30
    assert not find_children()


def test_the_time_limit_holds_in_this_process_too() -> None:
    readings = read(NOTE, "LOOP", NOTE, "SLEEP", NOTE, limits=SHORT)
    assert [one.failure for one in readings] == [None, LATE, None, LATE, None]
    assert not find_children()


def test_no_time_limit_means_to_wait() -> None:
    assert read(NOTE, limits=ReadingLimits(0))[0].failure is None


def test_another_thread_reads_without_a_limit() -> None:
    found: list[Reading] = []
    thread = threading.Thread(target=lambda: found.extend(read(NOTE, limits=SHORT)))
    thread.start()
    thread.join()
    assert found[0].failure is None


def test_a_reader_that_fails_in_an_unforeseen_way_costs_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Source, limit: int | None = None) -> bytes:
        raise RuntimeError("no such thing was thought of")

    make_folder(tmp_path, first=NOTE)
    monkeypatch.setattr(Source, "load", fail)
    first, second = extract([tmp_path, Document("second", NOTE)], load=fake_pipeline.load)
    assert (first.document, first.failure) == ("first", "RuntimeError: no such thing was thought of")
    assert second.failure is None


def test_readings_can_be_packed_where_they_are_made() -> None:
    documents = [Document("d0", NOTE), Document("d1", "KILLED"), Document("d2", NOTE)]
    started: list[str] = []
    packed = list(
        read_items(
            find_items(documents, Options()),
            limits=OWN,
            load=troubled_reading.load,
            pack=troubled_reading.pack,
            on_start=lambda item: started.append(item.document),
        )
    )
    rows = [row.decode().split(" ") for _, (row,) in packed]
    assert [(row[0], row[1], row[-2]) for row in rows] == [("0", "d0", "1"), ("1", "d1", "0"), ("2", "d2", "1")]
    assert rows[0][-1] != rows[1][-1], "a worker made the first, this process the second"
    assert started[:3] == ["d0", "d1", "d2"]
    assert set(started) == {"d0", "d1", "d2"}


def test_who_stops_asking_leaves_no_process() -> None:
    def documents() -> Iterator[Document]:
        for number in range(10_000):
            yield Document(str(number), NOTE * 200)

    readings = extract(documents(), jobs=2, load=troubled_reading.load)
    assert [one.document for one in islice(readings, 3)] == ["0", "1", "2"]
    readings.close()  # type: ignore[attr-defined]
    assert not find_children()


def test_what_cannot_be_read_needs_no_process(tmp_path: Path) -> None:
    began = time.monotonic()
    [reading] = extract(tmp_path / "none.txt", limits=OWN, load=lambda options: pytest.fail("nothing is loaded"))
    assert reading.failure == "no such file or folder."
    assert time.monotonic() - began < 1


def test_the_command_line_has_the_same_limit() -> None:
    assert reading_options.TIME_LIMIT == TIME_LIMIT == ReadingLimits().seconds
