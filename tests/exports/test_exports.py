"""What every format must hold to."""

from __future__ import annotations

import html
import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sigmine.errors import MissingDependency
from sigmine.exports import EXPORTS, Export
from sigmine.model import Agent, Statement
from store.builders import PLAIN, make_statements


def is_installed(name: str) -> bool:
    """Whether what the format needs is here; those of extras need not be."""
    try:
        EXPORTS[name].write((), io.BytesIO())
    except MissingDependency:
        return EXPORTS[name].requires is None
    return True


FORMATS = sorted(name for name in EXPORTS if is_installed(name))
TEXTS = [name for name in FORMATS if not EXPORTS[name].binary]
TESTS = Path(__file__).resolve().parents[1]


def write(name: str, statements: tuple[Statement, ...]) -> bytes:
    file = io.BytesIO()
    EXPORTS[name].write(statements, file)
    assert not file.closed
    return file.getvalue()


def read_texts(name: str, statements: tuple[Statement, ...]) -> list[bytes]:
    """The files of the format, as bytes."""
    members = EXPORTS[name].members
    return [write(name, statements)] if members is None else [content for _, content in members(statements)]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_statements_give_the_same_bytes(name: str) -> None:
    statements = make_statements()
    assert write(name, statements) == write(name, tuple(reversed(statements)))


def test_another_process_writes_the_same_bytes() -> None:
    code = (
        "import sys, hashlib; from test_exports import FORMATS, write; from store.builders import make_statements;"
        "print(*(hashlib.sha256(write(name, make_statements())).hexdigest() for name in FORMATS))"
    )
    folders = os.pathsep.join([str(TESTS), str(TESTS / "exports")])
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": folders, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("name", TEXTS)
def test_no_statement_and_no_evidence_give_a_file(name: str) -> None:
    assert not [data for data in read_texts(name, ()) if b"AKT1" in data]
    assert [data for data in read_texts(name, (replace(make_statements(PLAIN)[0], evidence=()),)) if b"AKT1" in data]


@pytest.mark.parametrize("name", TEXTS)
def test_files_are_utf8_with_plain_line_ends(name: str) -> None:
    for data in read_texts(name, make_statements()):
        assert b"\r" not in data
        assert data.endswith((b"\n", b">"))
    assert any("PKCβ" in html.unescape(data.decode()) for data in read_texts(name, make_statements()))


@pytest.mark.parametrize("name", FORMATS)
def test_characters_that_are_no_text_do_no_harm(name: str) -> None:
    odd = Agent("a\x00b\x0c\tc\u2028d\ufffe", "PROTEIN")
    statement = replace(make_statements(PLAIN)[0], subject=odd)
    assert write(name, (statement,))


@pytest.mark.parametrize("name", FORMATS)
def test_a_path_is_written_like_an_open_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"out{EXPORTS[name].suffix}"
    EXPORTS[name].write(make_statements(), path)
    assert path.read_bytes() == write(name, make_statements())


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_a_format_says_what_it_is_for_and_what_it_loses(name: str) -> None:
    export = EXPORTS[name]
    assert export.purpose
    assert export.lost.endswith(".")
    assert export.suffix.startswith(".")
    assert [export.writer, export.run_writer, export.members].count(None) == 2


def make_pair() -> Export:
    """A format of two files."""

    def list_members(statements: Iterable[Statement]) -> Iterator[tuple[str, bytes]]:
        names = sorted(statement.object.name for statement in statements)
        yield from (("names.txt", "\n".join(names).encode()), ("count.txt", str(len(names)).encode()))

    return Export(purpose="tests", lost="All.", suffix=".zip", members=list_members)


def test_an_archive_has_the_same_bytes_in_a_file_and_in_a_pipe() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.data += bytes(data)  # type: ignore[call-overload]
            return len(data)  # type: ignore[arg-type]

    pipe, file = Pipe(), io.BytesIO()
    make_pair().write(make_statements(), pipe)  # type: ignore[arg-type]
    make_pair().write(make_statements(), file)
    assert pipe.data == file.getvalue()


def test_a_format_of_several_files_gives_a_folder_or_an_archive(tmp_path: Path) -> None:
    pair = make_pair()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine.txt").write_text("stays")
    pair.write_folder(make_statements(), tmp_path / "folder")
    assert sorted(path.name for path in (tmp_path / "folder").iterdir()) == ["count.txt", "mine.txt", "names.txt"]
    pair.write(make_statements(), tmp_path / "pair.zip")
    with zipfile.ZipFile(tmp_path / "pair.zip") as archive:
        assert archive.namelist() == ["names.txt", "count.txt"]
        assert archive.read("names.txt") == (tmp_path / "folder" / "names.txt").read_bytes()
