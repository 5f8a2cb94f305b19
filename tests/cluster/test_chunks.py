"""Input cut into parts: all of it, in order, nothing twice, and the same cut of the same input."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.analysis import Options
from sigmine.cluster.chunks import FAILURE, FILE, LINES, ROWS, Chunk, Cut, find_chunks
from sigmine.cluster.parts import make_parts
from sigmine.cluster.reading import read_chunks
from sigmine.errors import MissingDependency, ReadError
from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents

pyarrow = pytest.importorskip("pyarrow", reason="sets of documents may be Parquet, which needs pyarrow")
OPTIONS = Options()


def find(*sources: str | Path, cut: Cut | None = None, options: Options = OPTIONS) -> list[Chunk]:
    return list(find_chunks(sources, options, cut or Cut()))


def read(*sources: str | Path, cut: Cut | None = None) -> list[Document | ReadFailure]:
    return list(read_chunks(tuple(find(*sources, cut=cut)), OPTIONS))


def write_table(path: Path, rows: list[dict[str, object]], group: int = 3) -> Path:
    import pyarrow.parquet as parquet

    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=group)
    return path


LINE = st.one_of(
    st.builds(lambda text: json.dumps({"text": text}, ensure_ascii=False), st.text(max_size=20)),
    st.builds(lambda name: json.dumps({"id": name, "text": "AKT activates TSC2."}), st.text(min_size=1, max_size=3)),
    st.sampled_from(["", "  ", "{", "[]", "\u2028", "\x85 x"]),
)


@settings(deadline=None)
@given(
    st.lists(LINE, max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(1, 5), st.integers(1, 200)
)
def test_lines_are_read_as_from_the_whole_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, closed: bool, documents: int, size: int
) -> None:
    path = tmp_path_factory.mktemp("set") / "set.jsonl"
    path.write_bytes((end.join(lines) + (end if closed else "")).encode())
    chunks = find(path, cut=Cut(documents, size))
    if any(line.strip() for line in lines):
        expected = list(read_documents(path))
        found = list(read_chunks(tuple(chunks), OPTIONS))
        strip = lambda item: (item.text, item.sha256) if isinstance(item, Document) else item  # noqa: E731
        assert [strip(item) for item in found] == [strip(item) for item in expected]
    assert [chunk.start for chunk in chunks[1:]] == [chunk.stop for chunk in chunks[:-1]]
    assert (chunks[0].start, chunks[-1].stop) == (0, path.stat().st_size)
    assert all(chunk.documents <= documents for chunk in chunks)


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 60)), max_size=20), st.integers(1, 12), st.integers(1, 90))
def test_parts_hold_all_chunks_and_no_more_than_fit(sizes: list[tuple[int, int]], documents: int, size: int) -> None:
    chunks = [Chunk(FILE, f"f{number}", "", count, length) for number, (count, length) in enumerate(sizes)]
    parts = list(make_parts(chunks, Cut(documents, size)))
    assert [chunk for part in parts for chunk in part.chunks] == chunks
    assert [part.number for part in parts] == list(range(len(parts)))
    for part in parts:
        fits = sum(one.documents for one in part.chunks) <= documents and sum(one.size for one in part.chunks) <= size
        assert fits or len(part.chunks) == 1
    assert len({part.name for part in parts}) == len(parts)
    assert [part.name for part in parts] == [part.name for part in make_parts(chunks, Cut(documents, size))]


def test_a_name_follows_from_the_input_alone(tmp_path: Path) -> None:
    names = []
    for folder in ("one", "two"):
        path = tmp_path / folder / "note.txt"
        path.parent.mkdir()
        path.write_text("AKT activates TSC2.")
        os.utime(path, ns=(5, 5))
        names += [part.name for part in make_parts(find(path), Cut())]
    assert names[0] == names[1], "files may be moved"
    os.utime(path, ns=(5, 6))
    assert [part.name for part in make_parts(find(path), Cut())] != names[1:]


def test_rows_are_read_as_lines_are(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {
            "id": f"r{n}",
            "entities": None,
            "text": f"AKT{n} activates TSC2.",
            "pmid": n,
            "metadata": {"licence": "cc0", "year": None},
        }
        for n in range(8)
    ]
    rows[2]["text"] = None
    rows[5]["entities"] = [{"id": "T1", "type": "Protein", "start": 0, "end": 4, "curie": None}]
    path = write_table(tmp_path / "set.parquet", rows)
    chunks = find(path, cut=Cut(3))
    assert [(chunk.kind, chunk.start, chunk.stop) for chunk in chunks] == [(ROWS, 0, 3), (ROWS, 3, 6), (ROWS, 6, 8)]
    items = list(read_chunks(tuple(chunks), OPTIONS))
    assert [item.id for item in items if isinstance(item, Document)] == ["r0", "r1", "r3", "r4", "r5", "r6", "r7"]
    assert isinstance(items[2], ReadFailure)
    assert "line 3" in items[2].reason
    fifth = items[5]
    assert isinstance(fifth, Document)
    assert fifth.mentions[0].text == "AKT5"
    assert fifth.metadata == (("licence", "cc0"),)
    assert list(read_chunks(tuple(chunks[1:2]), OPTIONS)) == items[3:6], "a worker reads its rows alone"


def test_parquet_files_of_a_folder_are_found_and_bad_ones_named(tmp_path: Path) -> None:
    write_table(tmp_path / "in" / "sub" / "b.parquet", [{"id": 1, "text": "AKT activates TSC2."}])
    write_table(tmp_path / "in" / "c.parquet", [{"id": "x", "body": "AKT activates TSC2."}])
    (tmp_path / "in" / "d.parquet").write_text("none")
    found = read(tmp_path / "in")
    assert [item.reason[:20] if isinstance(item, ReadFailure) else item.id for item in found] == [
        "has no column text, ",
        "is no Parquet file t",
        "1",
    ]


def test_a_pair_and_an_archive_are_one_each(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("AKT activates TSC2.")
    (tmp_path / "p.a1").write_text("T1\tProtein 0 3\tAKT\n")
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for name in ("one.txt", "two.txt"):
            archive.writestr(name, "JAK2 activates STAT3.")
    chunks = find(tmp_path)
    assert [(chunk.kind, Path(chunk.place).name) for chunk in chunks] == [(FILE, "p.a1"), (FILE, "z.zip")]
    items = list(read_chunks(tuple(chunks), OPTIONS))
    assert items == list(read_documents(tmp_path))
    assert isinstance(items[0], Document)
    assert items[0].mentions
    assert len(find(tmp_path, tmp_path / "p.txt", tmp_path)) == 2, "a file that is named twice is read once"
    (tmp_path / "p.a1").write_text("T1\tProtein 14 18\tTSC2\n")
    assert find(tmp_path)[0].mark != chunks[0].mark


def test_a_line_over_the_limit_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({"text": "A activates B."}) + "\n" + json.dumps({"text": "x" * 1_000_001}) + "\n")
    options = Options(max_megabytes=1)
    items = list(read_chunks(tuple(find(path, options=options)), options))
    assert isinstance(items[0], Document)
    assert isinstance(items[1], ReadFailure)
    assert "--max-megabytes" in items[1].reason


class TestAddresses:
    @pytest.fixture
    def address(self, tmp_path: Path) -> str:
        fsspec = pytest.importorskip("fsspec", reason="addresses are opened with fsspec")
        system = fsspec.filesystem("memory")
        root = f"/{tmp_path.name}"
        texts = {
            "a/one.txt": b"AKT activates TSC2.",
            "a/one.pdf": b"no PDF, but the text beside it is read",
            "a/two.txt": b"JAK2 activates STAT3.",
            "a/two.a1": b"T1\tProtein 0 4\tJAK2\n",
            "a/.hidden.txt": b"no",
            "a/notes.md": b"no",
            "manifest.json": b"{}",
            "set.jsonl": b"".join(b'{"id": "j%d", "text": "MTOR binds RPTOR."}\n' % n for n in range(5)),
        }
        for name, data in texts.items():
            system.pipe(f"{root}/{name}", data)
        return f"memory:/{root}"

    def test_what_is_stored_there_is_read(self, address: str) -> None:
        chunks = find(address, cut=Cut(2))
        assert [chunk.kind for chunk in chunks] == [FILE, FILE, LINES, LINES, LINES]
        items = list(read_chunks(tuple(chunks), OPTIONS))
        documents = [item for item in items if isinstance(item, Document)]
        assert [document.id for document in documents] == ["one", "two", "j0", "j1", "j2", "j3", "j4"]
        assert documents[0].source.endswith("/a/one.txt")
        assert documents[0].source.startswith("memory://"), "no path of the copy that was read"
        assert documents[1].mentions[0].text == "JAK2"

    def test_a_change_is_seen(self, address: str) -> None:
        import fsspec

        before = [part.name for part in make_parts(find(address), Cut(1))]
        assert before == [part.name for part in make_parts(find(address), Cut(1))]
        fsspec.filesystem("memory").pipe(f"{address.removeprefix('memory:/')}/a/one.txt", b"AKT inhibits TSC2 now.")
        after = [part.name for part in make_parts(find(address), Cut(1))]
        assert [one == two for one, two in zip(before, after, strict=True)] == [False, True, True]

    def test_what_is_not_there_is_told(self, address: str) -> None:
        chunks = [*find(f"{address}/none"), *find(f"{address}/a/one.txt")]
        assert [(chunk.kind, chunk.reason) for chunk in chunks] == [(FAILURE, "no such file or folder."), (FILE, "")]
        with pytest.raises(ReadError, match="name a path, or an address"):
            find("nothing://bucket")

    def test_the_library_of_a_storage_is_named(self) -> None:
        try:
            import s3fs  # noqa: F401
        except ImportError:
            with pytest.raises(MissingDependency, match="s3fs"):
                find("s3://bucket/folder")
        else:
            pytest.skip("s3fs is installed here")
