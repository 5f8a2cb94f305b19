"""The table of readers, and reading of whatever paths a user names."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from sigmine.errors import MissingDependency, ReadError
from sigmine.model import Document
from sigmine.readers.archives import (
    GZIP_SUFFIX,
    NESTED,
    TAR_SUFFIXES,
    ZIP_SUFFIX,
    find_beside,
    find_packing,
    is_packed_twin,
    open_zip,
    unpack_gzip,
)
from sigmine.readers.contents import HEAD_BYTES, find_format
from sigmine.readers.one_document import is_one_document
from sigmine.readers.sources import STANDARD_INPUT, Limits, ReadFailure, Source
from sigmine.readers.standoff import ANNOTATION_SUFFIXES, find_annotation, read_standoff
from sigmine.readers.tar_archives import is_tar, list_tar, read_tar
from sigmine.readers.unique_names import UniqueNames, rename


@dataclass(frozen=True, slots=True)
class Reader:
    """An input format: what it is, the suffixes that tell it (lower case, with the dot), the function that reads it."""

    description: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterator[Document | ReadFailure]]


def _read_by(format_: str) -> Callable[[Source], Iterator[Document | ReadFailure]]:
    """``read_<format>`` of the module ``<format>``, imported with the first source: most runs read few formats."""

    def read(source: Source) -> Iterator[Document | ReadFailure]:
        function = getattr(import_module(f"sigmine.readers.{format_}"), f"read_{format_}")
        return cast(Iterator[Document | ReadFailure], function(source))

    return read


# To add a format: write one module with ``read_<format>(source)``, which yields documents, raises ReadError where the
# source as a whole cannot be read and yields a ReadFailure for one bad document among others; add a line here, if its
# first bytes tell it a test to contents.py, and one tiny file of your own to tests/data, named reader_sample.<suffix>.
# The contract test and the hostile inputs of test_robustness.py then run by themselves.
READERS: dict[str, Reader] = {
    "text": Reader(
        "plain text: one article, also the text layer of a PDF or a copied web page", (".txt",), _read_by("text")
    ),
    "jsonl": Reader("JSON Lines: a document a line, with entities if there are any", (".jsonl",), _read_by("jsonl")),
    "standoff": Reader("BioNLP or brat stand-off: X.a1 or X.ann beside X.txt", ANNOTATION_SUFFIXES, read_standoff),
    "bioc": Reader("BioC, as XML or JSON", (".xml", ".json"), _read_by("bioc")),
    "jats": Reader("JATS XML: an article of PubMed Central, or a set of them", (".nxml", ".xml"), _read_by("jats")),
    "html": Reader("HTML: an article saved from a web browser", (".html", ".htm"), _read_by("html")),
    "pdf": Reader("PDF with a text layer: one article; needs pip install 'sigmine[pdf]'", (".pdf",), _read_by("pdf")),
    "pubtator": Reader("PubTator: title, abstract and entities", (".pubtator",), _read_by("pubtator")),
}

_LINE_FORMATS = ("jsonl", "pubtator")
"""Read line by line, so that a stream of them may be endless."""
_ONE_DOCUMENT = ("text", "html")
"""Formats of one document a file."""
_MANIFEST = "manifest.json"
"""What sigmine writes beside texts (fetched articles, a run); left out where a folder is walked."""


def read_documents(
    paths: str | Path | Iterable[str | Path],
    *,
    formats: Sequence[str] | None = None,
    stdin: BinaryIO | None = None,
    max_megabytes: int | None = None,
) -> Iterator[Document | ReadFailure]:
    """The documents of files, folders and archives, one at a time, in a stable order.

    A folder is walked, sorted, hidden files left out, files with a known suffix read; so is a ``.zip`` file, whose
    members are named ``corpus.zip/paper.txt``. A ``.gz`` file is read as what it holds, unless that stands beside it
    in a folder. ``-`` is standard input. Where the first bytes plainly tell the format they decide, else the suffix;
    standard input of no plain format is text. What cannot be read gives a ``ReadFailure`` in its place, the rest is
    read. A file named twice is read once. Ids are unique: the second document of an id gets ``-2``.

    Args:
        paths: as the user gave them; one path alone will do.
        formats: names in ``READERS`` to be read, by the suffix alone; None for all. A file that is named by itself (not
            found in a folder), or standard input, is read as the first of them where its suffix tells none of them.
        stdin: what ``-`` reads, by default the process's standard input.
        max_megabytes: the limit of one document in million bytes; None for the limits of ``Limits``.

    Raises:
        ReadError: at once, if a format is unknown or the limit not positive.
    """
    found = find_sources(paths, formats=formats, stdin=stdin, max_megabytes=max_megabytes)
    return _read_all(found)


def find_sources(
    paths: str | Path | Iterable[str | Path],
    *,
    formats: Sequence[str] | None = None,
    stdin: BinaryIO | None = None,
    max_megabytes: int | None = None,
    seen: set[str] | None = None,
) -> Iterator[tuple[str, Source] | ReadFailure]:
    """What ``read_documents`` would read, each source not read yet and given once, with the name of its reader.

    The member of an archive, and a stream, can be read until the next is asked for.

    Args:
        seen: places that were given already and are not given again; those of this call are added.

    Raises:
        ReadError: at once, if a format is unknown or the limit not positive.
    """
    search = _make_search(formats, stdin, max_megabytes)
    return _find_all([paths] if isinstance(paths, str | Path) else paths, search, set() if seen is None else seen)


def read_source(name: str, source: Source) -> Iterator[Document | ReadFailure]:
    """The documents of one source, with the reader of this name; a failure where it cannot be read."""
    try:
        yield from READERS[name].read(source)
    except (ReadError, MissingDependency) as error:
        yield ReadFailure.from_error(source.name, error)


def _find_all(
    paths: Iterable[str | Path], search: _Search, seen: set[str]
) -> Iterator[tuple[str, Source] | ReadFailure]:
    names = {reader.read: name for name, reader in READERS.items()}
    for path in paths:
        for source, function in search.find(str(path)):
            if isinstance(source, ReadFailure):
                yield source
            elif function is not None:
                key = _make_key(source, function)
                if key not in seen:
                    seen.add(key)
                    yield names[function], source


def _make_search(formats: Sequence[str] | None, stdin: BinaryIO | None, max_megabytes: int | None) -> _Search:
    unknown = [name for name in formats or () if name not in READERS]
    if unknown:
        raise ReadError(f"Unknown input format {unknown[0]!r}; known are {', '.join(READERS)}.")
    return _Search(tuple(formats) if formats else None, Limits.from_megabytes(max_megabytes), stdin)


def _read_all(found: Iterable[tuple[str, Source] | ReadFailure]) -> Iterator[Document | ReadFailure]:
    names = UniqueNames()
    for one in found:
        if isinstance(one, ReadFailure):
            yield one
            continue
        try:
            # Taken before it is read: what another file gets must not depend on whether this one can be read.
            name = names.take(one[1].stem) if is_one_document(*one) else None
        except ReadError as error:
            yield ReadFailure.from_error(one[1].name, error)
            continue
        for item in read_source(*one):
            yield rename(item, name or names.take(item.id)) if isinstance(item, Document) else item


def _make_key(source: Source, function: Callable[[Source], object]) -> str:
    """One for each input: the two files of a stand-off pair are one."""
    text = find_beside(source, ".txt") if function is read_standoff else None
    return (text or source).place


Found = tuple[Source, Callable[[Source], Iterator[Document | ReadFailure]]] | tuple[ReadFailure, None]


@dataclass(frozen=True, slots=True)
class _Search:
    """What the paths of one call stand for: sources, each with the function that reads it."""

    formats: tuple[str, ...] | None
    limits: Limits
    stdin: BinaryIO | None

    def find(self, name: str) -> Iterator[Found]:
        """What a path given by the user stands for."""
        path = Path(name)
        try:
            if name == STANDARD_INPUT:
                yield from self._find_in_stream(name, self.stdin or sys.stdin.buffer)
            elif path.is_dir():
                yield from self._walk(path)
            elif path.is_file():
                yield from self._find_in_file(Source(name, path, limits=self.limits), named=True)
            elif path.exists():  # A pipe, such as a shell's <(...).
                with path.open("rb") as stream:
                    yield from self._find_in_stream(name, stream)
            else:
                yield ReadFailure(name, "no such file or folder."), None
        except ReadError as error:
            yield ReadFailure.from_error(name, error), None
        except OSError as error:
            yield ReadFailure(name, f"cannot be read: {error.strerror or error}."), None

    def _find_in_stream(self, name: str, stream: BinaryIO) -> Iterator[Found]:
        """What can be read only once: a document a line is read as it comes, all else is held in memory.

        Raises:
            ReadError: if it has too many bytes.
        """
        buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
        try:
            head = buffered.peek(HEAD_BYTES)
            format_ = self.formats[0] if self.formats else find_format(head) if b"\n" in head else None
            if format_ in _LINE_FORMATS and find_packing(Source(name, data=head)) is None:
                yield Source(name, limits=self.limits, stream=buffered), READERS[format_].read
            else:
                yield from self._find_in_file(self._load(name, buffered), named=True)
        finally:
            if buffered is not stream:
                buffered.detach()  # Else the caller's stream would be closed with it.

    def _load(self, name: str, stream: BinaryIO) -> Source:
        """The whole of a stream; no more is read of one document than it may have.

        Raises:
            ReadError: if it has too many bytes.
        """
        data = stream.read(HEAD_BYTES)
        is_packed = find_packing(Source(name, data=data)) is not None
        format_ = self.formats[0] if self.formats else find_format(data) or "text"
        is_one = format_ in _ONE_DOCUMENT and not is_packed
        limit = self.limits.document if is_one else self.limits.collection
        data += stream.read(max(0, limit + 1 - len(data)))
        if len(data) > limit:
            what = "standard input that is one document" if is_one else "standard input"
            raise ReadError(
                f"{name}: over {limit:,} bytes, which is the limit for {what}; write it as JSON Lines, which are read "
                "line by line, or raise the limit with --max-megabytes."
            )
        return Source(name, data=data, limits=self.limits)

    def _find_in_file(self, source: Source, *, named: bool) -> Iterator[Found]:
        """What a file stands for: itself, or the files in it.

        Args:
            named: by the user; of a file found in a folder, a suffix must tell a format.
        """
        suffix = source.suffix
        if not named and suffix not in (GZIP_SUFFIX, ZIP_SUFFIX, *TAR_SUFFIXES) and not self._knows(suffix):
            return
        try:
            packing = find_packing(source)
            if packing and source.packed:
                raise ReadError(f"{source.name}: {NESTED}")
            if packing == ZIP_SUFFIX:
                yield from self._walk_archive(source, named=named)
                return
            inner = unpack_gzip(source) if packing else source
            if (packing or suffix in TAR_SUFFIXES) and is_tar(inner):
                yield from self._walk_tar(inner, named=named)
                return
            found = self._choose(inner, named=named)
        except ReadError as error:
            found = ReadFailure.from_error(source.name, error), None
        if found is not None:
            yield found

    def _choose(self, source: Source, *, named: bool) -> Found | None:
        """The reader of a file that is not packed (any more); None for one found in a folder that none reads.

        Raises:
            ReadError: if the file cannot be read.
        """
        suffix = source.suffix
        allowed = self.formats or tuple(READERS)
        if not named and not self._knows(suffix):
            return None
        if suffix == ".txt" and "standoff" in allowed and find_annotation(source) is not None:
            return source, read_standoff
        format_ = None if self.formats else find_format(source.load_head(HEAD_BYTES))
        if format_ is None:
            format_ = next((name for name in allowed if suffix in READERS[name].suffixes), None)
        if format_ is None and named and (self.formats or not source.file):
            format_ = self.formats[0] if self.formats else "text"
        if format_ is not None:
            return source, READERS[format_].read
        return ReadFailure(source.name, _explain_suffix(suffix)), None

    def _knows(self, suffix: str) -> bool:
        """Whether a file found in a folder is looked at."""
        if self.formats:
            return any(suffix in READERS[name].suffixes for name in self.formats)
        return any(suffix in reader.suffixes for reader in READERS.values())

    def _walk(self, folder: Path) -> Iterator[Found]:
        errors: list[OSError] = []
        found = False
        for root, folders, files in os.walk(folder, onerror=errors.append):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            paths = [Path(root, file) for file in sorted(files) if not _is_ours(file)]
            sources = [Source(str(path), path, limits=self.limits) for path in paths if _is_read(path)]
            for item in self._find_in_folder(sources):
                found = True
                yield item
        for error in errors:
            yield ReadFailure(str(error.filename), f"cannot be read: {error.strerror or error}."), None
        if not found and not errors:
            yield ReadFailure(str(folder), f"the folder {self._explain_nothing()}"), None

    def _walk_archive(self, source: Source, *, named: bool) -> Iterator[Found]:
        """The members of a zip file; one found in a folder may well hold nothing to read.

        Raises:
            ReadError: if it cannot be opened.
        """
        found = False
        with open_zip(source) as archive:
            items = archive.list_sources(lambda name: self._knows(PurePosixPath(name).suffix.lower()))
            for _, group in groupby(items, key=_get_folder):
                members = list(group)
                for item in members:
                    found = True
                    if isinstance(item, ReadFailure):
                        yield item, None
                yield from self._find_in_folder([item for item in members if isinstance(item, Source)])
        if named and not found:
            yield ReadFailure(source.name, f"the archive {self._explain_nothing()}"), None

    def _walk_tar(self, source: Source, *, named: bool) -> Iterator[Found]:
        """The files of a tar archive, in its order; a PDF is left alone as in ``_find_in_folder``.

        Raises:
            ReadError: where it is damaged.
        """
        found = False
        pdf = READERS["pdf"].suffixes
        names = [PurePosixPath(name) for name in list_tar(source)]
        texts = {name.with_suffix("") for name in names if self._knows(name.suffix.lower()) and name.suffix not in pdf}
        for item in read_tar(source, lambda name: self._knows(PurePosixPath(name).suffix.lower())):
            found = True
            if isinstance(item, ReadFailure):
                yield item, None
                continue
            name = PurePosixPath(item.name.removeprefix(f"{source.name}/"))
            if name.suffix.lower() not in pdf or name.with_suffix("") not in texts:
                yield from self._find_in_file(item, named=False)
        if named and not found:
            yield ReadFailure(source.name, f"the archive {self._explain_nothing()}"), None

    def _find_in_folder(self, sources: Sequence[Source]) -> Iterator[Found]:
        """The files of one folder; a PDF is left alone where another file of its name holds the article's text."""
        names = [PurePosixPath(source.file.removesuffix(GZIP_SUFFIX)) for source in sources]
        stems = {name.stem for name in names if name.suffix.lower() not in READERS["pdf"].suffixes}
        for source, name in zip(sources, names, strict=True):
            if name.suffix.lower() not in READERS["pdf"].suffixes or name.stem not in stems:
                yield from self._find_in_file(source, named=False)

    def _explain_nothing(self) -> str:
        known = [suffix for name in self.formats or READERS for suffix in READERS[name].suffixes]
        return f"holds no file to read; known suffixes are {', '.join(known)}, each also with {GZIP_SUFFIX}."


def _is_ours(file: str) -> bool:
    """Hidden, or what sigmine writes beside texts."""
    return file.startswith(".") or file == _MANIFEST


def _is_read(path: Path) -> bool:
    """A broken link is, so that it is named; a pipe in a folder, which may never end, is not."""
    return (path.is_file() or not path.exists()) and not is_packed_twin(path)


def _get_folder(item: Source | ReadFailure) -> str:
    name = item.name if isinstance(item, Source) else item.source
    return name.rpartition("/")[0]


def _explain_suffix(suffix: str) -> str:
    known = ", ".join(known for reader in READERS.values() for known in reader.suffixes)
    return (
        f"unknown suffix {suffix!r}; known are {known}. Rename the file, or name its format with --format "
        f"({', '.join(READERS)})."
    )
