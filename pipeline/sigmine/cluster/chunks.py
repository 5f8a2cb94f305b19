"""Input cut into stretches that a worker can read by itself, without what stands before them.

A chunk is a file, some lines of a JSON Lines file, some rows of a Parquet file, or what could not be found. Its
``mark`` changes when what it is made of changes, so that a partition is done again then and only then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from sigmine.analysis import Options
from sigmine.cluster.extra import import_parquet
from sigmine.cluster.places import get_name, is_address, list_addresses, open_place
from sigmine.errors import ReadError

FILE, LINES, ROWS, FAILURE = "file", "lines", "rows", "failure"
_ANNOTATIONS = (".a1", ".ann")
_ROWS_SUFFIX, _LINES_SUFFIX = ".parquet", ".jsonl"


@dataclass(frozen=True, slots=True)
class Cut:
    """How much goes into one partition: at most so many documents, and about so many bytes.

    A document of more bytes is a partition of its own; a file that is not cut (an archive, BioC) counts as one.
    """

    documents: int = 500
    size: int = 4_000_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """One stretch of the input.

    Attributes:
        kind: ``FILE``, ``LINES``, ``ROWS`` or ``FAILURE``.
        place: the path as given, or an address such as ``s3://bucket/file.txt``; it opens messages.
        mark: what changes when the content does: size and time of a file, hash of lines.
        documents: how many there are, as far as that is known without reading; a file is one.
        size: about how many bytes are read.
        start, stop: half-open: bytes of ``LINES``, rows of ``ROWS``.
        line: the number of the first line of ``LINES``, from 1.
        sha256: of the whole file, of ``LINES``; else empty.
        beside: other places that the file is read with, such as the annotations of a text.
        reason: why there is nothing to read, of a ``FAILURE``.
    """

    kind: str
    place: str
    mark: str = ""
    documents: int = 1
    size: int = 0
    start: int = 0
    stop: int = 0
    line: int = 1
    sha256: str = ""
    beside: tuple[str, ...] = ()
    reason: str = ""

    def list_identity(self) -> list[object]:
        """What tells it from others, the folder left out: files may be moved."""
        return [self.kind, get_name(self.place), self.mark, self.start, self.stop, self.reason]


def find_chunks(sources: Iterable[str | Path], options: Options, cut: Cut) -> Iterator[Chunk]:
    """What there is to read, in the order given, each file once.

    Args:
        sources: files, folders (walked as ``sigmine run`` does, Parquet files after the others) and addresses that
            fsspec opens.

    Raises:
        ReadError: if standard input is named, or a format is unknown.
        MissingDependency: if the library for an address, or for Parquet, is not installed.
    """
    seen: set[int] = set()  # of hashes: there may be millions
    for source in map(str, sources):
        if source == "-":
            raise ReadError("Standard input cannot be distributed: workers read files. Save it to a file first.")
        for chunk in _find_at_address(source, cut) if is_address(source) else _find_on_disk(source, options, cut):
            key = hash((_find_text(chunk.place), chunk.kind, chunk.start))
            if key not in seen:
                seen.add(key)
                yield chunk


def _find_on_disk(path: str, options: Options, cut: Cut) -> Iterator[Chunk]:
    from sigmine.readers import ReadFailure, find_sources

    folder = Path(path)
    if folder.is_file() and folder.suffix.lower() == _ROWS_SUFFIX:
        yield from _cut_rows(path, cut)
        return
    tables = sorted(map(str, folder.rglob(f"*{_ROWS_SUFFIX}"))) if folder.is_dir() else []
    tables = [table for table in tables if not any(part.startswith(".") for part in Path(table).parts[1:])]
    formats = [options.format] if options.format else None
    done = ""
    for found in find_sources([path], formats=formats):
        if isinstance(found, ReadFailure):
            if not (tables and found.source == path):  # A folder of nothing but Parquet files holds something to read.
                yield Chunk(FAILURE, found.source, reason=found.reason)
            continue
        format_, source = found
        place = str(source.path) if source.path else _find_outer(source.name)
        if place == done:
            continue  # another member of the same archive
        done = place
        if format_ == "jsonl" and source.path is not None:
            with source.path.open("rb") as stream:
                yield from _cut_lines(place, stream, cut)
        else:
            yield Chunk(FILE, place, _mark_file(place), size=_measure(place))
    for table in tables:
        yield from _cut_rows(table, cut)


def _find_outer(name: str) -> str:
    """The archive that holds the member, or the packed file itself."""
    path = Path(name)
    return str(next((one for one in (path, *path.parents) if one.is_file()), path))


def _find_text(place: str) -> str:
    """Both files of a stand-off pair are found, and are one: the place of its text."""
    stem, dot, suffix = place.rpartition(".")
    return f"{stem}.txt" if dot and f".{suffix}" in (".txt", *_ANNOTATIONS) else place


def _measure(place: str) -> int:
    try:
        return Path(place).stat().st_size
    except OSError:
        return 0


def _mark_file(place: str) -> str:
    """Size and time of the file, and of the annotations beside a text, which are read with it."""
    path, marks = Path(place), []
    is_pair = path.suffix in (".txt", *_ANNOTATIONS)
    for one in [path.with_suffix(suffix) for suffix in (".txt", *_ANNOTATIONS)] if is_pair else [path]:
        try:
            status = one.stat()
        except OSError:
            continue
        marks.append(f"{one.suffix} {status.st_size} {status.st_mtime_ns}")
    return "; ".join(marks)


def _cut_lines(place: str, stream: BinaryIO, cut: Cut) -> Iterator[Chunk]:
    """The file is read to its end first: each document names the hash of the whole file."""
    whole, part, rows = hashlib.sha256(), hashlib.sha256(), []
    at = start = 0
    number = first = 1
    for line in stream:
        if at > start and (number - first >= cut.documents or at + len(line) - start > cut.size):
            rows.append((start, at, first, number - first, part.hexdigest()))
            start, first, part = at, number, hashlib.sha256()
        whole.update(line)
        part.update(line)
        at, number = at + len(line), number + 1
    rows.append((start, at, first, number - first, part.hexdigest()))
    for begin, end, line_number, count, mark in rows:
        yield Chunk(
            LINES, place, mark, count, end - begin, begin, end, line=line_number, sha256=whole.hexdigest()
        )  # fmt: skip


def _cut_rows(place: str, cut: Cut) -> Iterator[Chunk]:
    _, parquet = import_parquet()
    import pyarrow

    try:
        with open_place(place) as stream:
            about = parquet.ParquetFile(stream).metadata
            total = sum(about.row_group(index).total_byte_size for index in range(about.num_row_groups))
    except (OSError, pyarrow.ArrowException) as error:
        reason = f"is no Parquet file that can be read: {error}. Write it anew, with the columns id and text."
        yield Chunk(FAILURE, place, reason=" ".join(reason.split()))
        return
    mark = _mark_file(place) if not is_address(place) else f"{total} {about.num_rows} {about.created_by}"
    each = max(1, total // max(1, about.num_rows))
    step = max(1, min(cut.documents, cut.size // each))
    for start in range(0, about.num_rows, step):
        stop = min(about.num_rows, start + step)
        yield Chunk(ROWS, place, mark, stop - start, (stop - start) * each, start, stop)


def _find_at_address(address: str, cut: Cut) -> Iterator[Chunk]:
    """As in a folder: hidden files, and a PDF beside a text of its name, are left out."""
    from sigmine.readers import READERS
    from sigmine.readers.archives import GZIP_SUFFIX, TAR_SUFFIXES, ZIP_SUFFIX

    listed = list_addresses(address)
    if isinstance(listed, str):
        yield Chunk(FAILURE, address, reason=listed)
        return
    known = {suffix for reader in READERS.values() for suffix in reader.suffixes}
    known |= {GZIP_SUFFIX, ZIP_SUFFIX, *TAR_SUFFIXES, _ROWS_SUFFIX}
    by_stem: dict[str, set[str]] = {}
    for name in listed:
        by_stem.setdefault(_get_stem(name), set()).add(name)
    found = False
    for name, info in sorted(listed.items()):
        file = PurePosixPath(name)
        suffix = file.suffix.lower()
        others = by_stem[_get_stem(name)] - {name}
        is_given = len(listed) == 1
        is_left = suffix not in known or (suffix == ".pdf" and any(_reads_better(one) for one in others))
        if not is_given and (is_left or file.name.startswith(".") or file.name == "manifest.json"):
            continue
        if suffix in _ANNOTATIONS and any(one.lower().endswith(".txt") for one in others):
            continue
        found = True
        yield from _make_remote(name, info, tuple(sorted(others)), cut)
    if not found:
        yield Chunk(FAILURE, address, reason=f"holds no file to read; known suffixes are {', '.join(sorted(known))}.")


def _make_remote(name: str, info: dict[str, Any], others: tuple[str, ...], cut: Cut) -> Iterator[Chunk]:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == _ROWS_SUFFIX:
        yield from _cut_rows(name, cut)
    elif suffix == _LINES_SUFFIX:
        with open_place(name) as stream:
            yield from _cut_lines(name, stream, cut)
    else:
        beside = tuple(one for one in others if one.lower().endswith(_ANNOTATIONS)) if suffix == ".txt" else ()
        marks = [info.get(key) for key in ("size", "ETag", "etag", "md5Hash", "mtime", "LastModified", "updated")]
        yield Chunk(FILE, name, repr([str(one) for one in marks if one]), size=info.get("size") or 0, beside=beside)


def _reads_better(name: str) -> bool:
    return name.lower().endswith((".txt", ".nxml", ".xml", ".html", ".htm", ".json"))


def _get_stem(name: str) -> str:
    return name.rpartition(".")[0] or name
