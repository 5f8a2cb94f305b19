"""What a worker does with its part: the documents of its chunks, in order."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sigmine.analysis import Options
from sigmine.cluster.chunks import FAILURE, FILE, LINES, Chunk
from sigmine.cluster.extra import import_parquet
from sigmine.cluster.places import fetch_file, get_name, is_address, open_place
from sigmine.errors import MissingDependency, ReadError
from sigmine.model import Document

if TYPE_CHECKING:
    from sigmine.readers import ReadFailure

_ROWS_AT_ONCE = 256
_COLUMNS = ("id", "text", "title", "entities", "sections", "metadata")


def read_chunks(
    chunks: tuple[Chunk, ...], options: Options, enter: Callable[[int], str | None] = lambda index: None
) -> Iterator[Document | ReadFailure]:
    """The documents of each chunk, and a failure for what cannot be read; ids as they stand in the input.

    Args:
        enter: called before a chunk is opened, with its place among them; a reason means that it is left unread.
    """
    from sigmine.readers import ReadFailure

    for index, chunk in enumerate(chunks):
        reason = chunk.reason if chunk.kind == FAILURE else enter(index)
        if reason:
            yield ReadFailure(chunk.place, reason)
            continue
        read = {FILE: _read_file, LINES: _read_lines}.get(chunk.kind, _read_rows)
        try:
            yield from read(chunk, options)
        except (ReadError, MissingDependency) as error:
            yield ReadFailure.from_error(chunk.place, error)
        except OSError as error:
            yield ReadFailure(chunk.place, f"cannot be read: {error.strerror or error}.")


def make_key(document: Document) -> str:
    """The same key means that nothing changed: a hash of id and text, of the file's name and bytes where it is one."""
    parts = [document.id, document.text, document.sha256, get_name(document.source)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _read_file(chunk: Chunk, options: Options) -> Iterator[Document | ReadFailure]:
    from sigmine.readers import READERS, ReadFailure, find_sources
    from sigmine.readers.sources import Limits

    formats = [options.format] if options.format else None
    with ExitStack() as stack:
        path = Path(chunk.place)
        if is_address(chunk.place):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sigmine-")))
            path = [fetch_file(place, folder) for place in (*chunk.beside, chunk.place)][-1]
        for found in find_sources([path], formats=formats):
            if isinstance(found, ReadFailure):
                yield ReadFailure(found.source.replace(str(path), chunk.place), found.reason)
                continue
            source = replace(found[1], limits=Limits.from_megabytes(options.max_megabytes))
            try:
                for item in READERS[found[0]].read(source):
                    yield item if str(path) == chunk.place else _name_place(item, str(path), chunk.place)
            except (ReadError, MissingDependency) as error:
                failure = ReadFailure.from_error(source.name, error)
                yield _name_place(failure, str(path), chunk.place)


def _name_place(item: Document | ReadFailure, path: str, place: str) -> Document | ReadFailure:
    """The address instead of the copy that was read."""
    return replace(item, source=item.source.replace(path, place))


def _read_lines(chunk: Chunk, options: Options) -> Iterator[Document | ReadFailure]:
    from sigmine.readers.jsonl import parse_lines
    from sigmine.readers.sources import Limits, Source

    limits = Limits.from_megabytes(options.max_megabytes)
    with open_place(chunk.place) as stream:
        stream.seek(chunk.start)
        data = stream.read(chunk.stop - chunk.start)
    # Named as the whole file, of which it has the lines' numbers; the path gives ids to documents without one.
    source = Source(chunk.place, Path(get_name(chunk.place)), limits=limits)
    lines = enumerate(data.splitlines(keepends=True), chunk.line)
    yield from parse_lines(
        ((number, _limit(line, limits.document, source)) for number, line in lines), source, chunk.sha256
    )


def _limit(line: bytes, limit: int, source: Any) -> bytes | ReadError:
    if len(line) <= limit:
        return line
    return ReadError(f"{source.name}: over {limit:,} bytes, the limit of a document; --max-megabytes raises it.")


def _read_rows(chunk: Chunk, options: Options) -> Iterator[Document | ReadFailure]:
    """Each row as the JSON line with its columns."""
    from sigmine.readers.jsonl import parse_lines
    from sigmine.readers.sources import Limits, Source

    _, parquet = import_parquet()
    limits = Limits.from_megabytes(options.max_megabytes)
    source = Source(chunk.place, Path(get_name(chunk.place)), limits=limits)
    with open_place(chunk.place) as stream:
        file = parquet.ParquetFile(stream)
        columns = [name for name in _COLUMNS if name in file.schema_arrow.names]
        if "text" not in columns:
            raise ReadError(
                f"{chunk.place}: has no column text, but {', '.join(file.schema_arrow.names)}. Give id and text."
            )
        for number, row in _iterate_rows(file, columns, chunk.start, chunk.stop):
            metadata = row.pop("metadata", None)
            line = json.dumps({key: value for key, value in row.items() if value is not None}).encode()
            for item in parse_lines([(number + 1, _limit(line, limits.document, source))], source, ""):
                yield item if not metadata or not isinstance(item, Document) else _add_metadata(item, metadata)


def _iterate_rows(file: Any, columns: list[str], start: int, stop: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with their numbers, from 0; groups of rows before and after them are not read."""
    at = 0
    for index in range(file.metadata.num_row_groups):
        count = file.metadata.row_group(index).num_rows
        if at < stop and at + count > start:
            number = at
            for batch in file.iter_batches(_ROWS_AT_ONCE, row_groups=[index], columns=columns):
                if number < stop and number + batch.num_rows > start:
                    for place, row in enumerate(batch.to_pylist(), number):
                        if start <= place < stop:
                            yield place, row
                number += batch.num_rows
        at += count


def _add_metadata(document: Document, metadata: Any) -> Document:
    """A map, a struct, or either as JSON."""
    if isinstance(metadata, str):
        try:
            metadata = json.loads(metadata)
        except ValueError:
            metadata = {"metadata": metadata}
    pairs = metadata.items() if isinstance(metadata, dict) else metadata if isinstance(metadata, list) else ()
    told = {str(key): str(value) for key, value in pairs if value is not None}
    return replace(document, metadata=tuple(sorted({**told, **dict(document.metadata)}.items())))
