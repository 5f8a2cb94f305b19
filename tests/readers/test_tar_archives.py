"""Tar archives: articles as PubMed Central packs them, and archives that mean harm."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from sigmine.model import Document
from sigmine.readers import ReadFailure, read_documents
from sigmine.readers.sources import Limits, Source
from sigmine.readers.tar_archives import read_tar

ARTICLE = b"<article><body><p>AKT phosphorylates TSC2.</p></body></article>"


def pack(path: Path, *files: tuple[str, bytes], change: Callable[[tarfile.TarInfo], None] | None = None) -> Path:
    mode = "w:gz" if path.name.endswith("gz") else "w"
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            if change is not None:
                change(info)
            archive.addfile(info, io.BytesIO(data))
    return path


def read(path: Path) -> tuple[list[str], list[str]]:
    items = list(read_documents(path))
    documents = [item.source for item in items if isinstance(item, Document)]
    return documents, [item.reason for item in items if isinstance(item, ReadFailure)]


@pytest.mark.parametrize("name", ["PMC1.tar.gz", "PMC1.tgz", "PMC1.tar"])
@pytest.mark.parametrize("in_folder", [False, True])
def test_a_package_gives_its_article_once(tmp_path: Path, name: str, in_folder: bool) -> None:
    path = pack(
        tmp_path / name,
        ("PMC1/fig1.jpg", b"\xff\xd8\xff"),
        ("PMC1/paper.pdf", b"%PDF-1.4"),
        ("PMC1/paper.nxml", ARTICLE),
        ("PMC1/.hidden.txt", b"AKT."),
    )
    documents, failures = read(tmp_path if in_folder else path)
    assert documents == [f"{path}/PMC1/paper.nxml"]
    assert failures == []
    [document] = read_documents(path)
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("paper", "AKT phosphorylates TSC2.")


def test_what_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = pack(
        tmp_path / "a.tar.gz",
        ("../evil.txt", b"AKT."),
        ("/etc/evil.txt", b"AKT."),
        ("inner.zip", b"PK\x03\x04"),
        ("a.txt", b"AKT phosphorylates TSC2."),
        ("a.txt", b"AKT again."),
        ("b.nxml", b"<broken"),
    )
    documents, failures = read(path)
    assert documents == [f"{path}/a.txt"]
    assert [reason.split(";")[0].partition(".")[0] for reason in failures] == [
        "the name points out of the archive",
        "the name is an absolute path",
        "an archive within an archive",
        "the archive holds a second file of this name, which is not read",
        "line 1: not well-formed XML: unclosed token",
    ]


def test_links_are_not_followed(tmp_path: Path) -> None:
    def make_link(info: tarfile.TarInfo) -> None:
        info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0

    documents, failures = read(pack(tmp_path / "a.tar", ("a.txt", b""), change=make_link))
    assert documents == []
    assert failures == ["a link or a device, not a file; it is not followed."]


def test_a_damaged_archive_gives_what_stands_before(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.tar", ("a.txt", b"AKT phosphorylates TSC2."), ("b.txt", b"PTEN acts. " * 5000))
    path.write_bytes(path.read_bytes()[:20_000])
    documents, [failure] = read(path)
    assert documents == [f"{path}/a.txt"]
    assert "the archive is damaged" in failure


def test_an_archive_of_nothing_to_read_says_so(tmp_path: Path) -> None:
    assert "holds no file to read" in read(pack(tmp_path / "a.tar", ("a.jpg", b"x")))[1][0]


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.tar", ("a.txt", b"AKT. " * 1000), ("b.txt", b"AKT. " * 1000))
    [first, second] = read_tar(Source("a", path, limits=Limits(100, 5000, 100_000)), lambda name: True)
    assert isinstance(first, Source)
    assert isinstance(second, Source)
    [failure, _] = read_tar(Source("a", path, limits=Limits(100, 4999, 100_000)), lambda name: True)
    assert isinstance(failure, ReadFailure)
    assert "over 4,999 bytes" in failure.reason
    bomb = pack(tmp_path / "b.tar.gz", ("a.txt", b"\0" * 30_000_000))
    assert "200 times its size" in read(bomb)[1][0]


def test_long_notes_on_a_file_are_not_held(tmp_path: Path) -> None:
    def make_notes(info: tarfile.TarInfo) -> None:
        info.type = tarfile.XHDTYPE

    path = pack(tmp_path / "a.tar", ("x", b"9" * 2_000_000), change=make_notes)
    assert "the notes on one of its files are too long" in read(path)[1][0]
