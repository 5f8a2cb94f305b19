"""The table of readers, and reading of whatever paths a user names."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sigmine.errors import MissingDependency, ReadError
from sigmine.model import Document
from sigmine.readers.bioc import read_bioc
from sigmine.readers.jsonl import is_json_line, read_jsonl
from sigmine.readers.pdf import read_pdf
from sigmine.readers.pubtator import read_pubtator
from sigmine.readers.sources import STANDARD_INPUT, ReadFailure, Source
from sigmine.readers.standoff import ANNOTATION_SUFFIXES, find_annotation, read_standoff
from sigmine.readers.text import read_text


@dataclass(frozen=True, slots=True)
class Reader:
    """An input format: what it is, the suffixes that tell it (lower case, with the dot), the function that reads it."""

    description: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Iterator[Document | ReadFailure]]


# To add a format: write one module with ``read_<format>(source)``, which yields documents, raises ReadError where the
# source as a whole cannot be read and yields a ReadFailure for one bad document among others; add a line here, and one
# tiny file of your own to tests/data, named reader_sample.<suffix>. The contract test then runs by itself.
READERS: dict[str, Reader] = {
    "text": Reader("plain text: one article, also the text layer of a PDF or a copied web page", (".txt",), read_text),
    "jsonl": Reader("JSON Lines: a document a line, with entities if there are any", (".jsonl",), read_jsonl),
    "standoff": Reader("BioNLP or brat stand-off: X.a1 or X.ann beside X.txt", ANNOTATION_SUFFIXES, read_standoff),
    "bioc": Reader("BioC, as XML or JSON", (".xml", ".json"), read_bioc),
    "pdf": Reader("PDF with a text layer: one article; needs pip install 'sigmine[pdf]'", (".pdf",), read_pdf),
    "pubtator": Reader("PubTator: title, abstract and entities", (".pubtator",), read_pubtator),
}

UNREAD_SUFFIXES: dict[str, str] = {
    ".nxml": "this version does not read JATS XML; give the article as BioC (PubMed Central has it) or as plain text",
    ".html": "this version does not read HTML; copy the article's text from the browser into a .txt file",
    ".htm": "this version does not read HTML; copy the article's text from the browser into a .txt file",
}
"""Formats of the contract that have no reader yet, and what to do instead."""


def read_documents(
    paths: str | Path | Iterable[str | Path], *, formats: Sequence[str] | None = None, stdin: BinaryIO | None = None
) -> Iterator[Document | ReadFailure]:
    """The documents of files and folders, one at a time, in a stable order.

    A folder is walked, sorted, hidden files left out, files with a known suffix read. ``-`` is standard input: JSON
    Lines if its first line is a document of that format, else plain text. What cannot be read gives a
    ``ReadFailure`` in its place, the rest is read. A file named twice is read once. Ids are unique: the second document
    of an id gets ``-2``.

    Args:
        paths: as the user gave them; one path alone will do.
        formats: names in ``READERS`` to be read, None for all. A file that is named by itself (not found in a folder),
            or standard input, is read as the first of them where its suffix tells none of them.
        stdin: what ``-`` reads, by default the process's standard input.

    Raises:
        ReadError: at once, if a format is unknown.
    """
    unknown = [name for name in formats or () if name not in READERS]
    if unknown:
        raise ReadError(f"Unknown input format {unknown[0]!r}; known are {', '.join(READERS)}.")
    chosen = tuple(formats) if formats else None
    named = [paths] if isinstance(paths, str | Path) else paths
    return _read_all([str(path) for path in named], chosen, stdin)


def _read_all(
    names: Sequence[str], formats: tuple[str, ...] | None, stdin: BinaryIO | None
) -> Iterator[Document | ReadFailure]:
    seen_files: set[str] = set()
    seen_ids: set[str] = set()
    for name in names:
        for source, function in _find_sources(name, formats, stdin):
            if isinstance(source, ReadFailure) or function is None:
                assert isinstance(source, ReadFailure)
                yield source
                continue
            key = _make_key(source, function)
            if key in seen_files:
                continue
            seen_files.add(key)
            try:
                for item in function(source):
                    yield _make_unique(item, seen_ids) if isinstance(item, Document) else item
            except (ReadError, MissingDependency) as error:
                yield ReadFailure.from_error(source.name, error)


def _make_key(source: Source, function: Callable[[Source], object]) -> str:
    """One for each input: the two files of a stand-off pair are one."""
    if source.path is None:
        return STANDARD_INPUT
    path = source.path.with_suffix(".txt") if function is read_standoff else source.path
    return os.path.realpath(path)


def _make_unique(document: Document, seen: set[str]) -> Document:
    name, count = document.id, 1
    while name in seen:
        count += 1
        name = f"{document.id}-{count}"
    seen.add(name)
    return document if count == 1 else replace(document, id=name)


Found = tuple[Source, Callable[[Source], Iterator[Document | ReadFailure]]] | tuple[ReadFailure, None]


def _find_sources(name: str, formats: tuple[str, ...] | None, stdin: BinaryIO | None) -> Iterator[Found]:
    """What a path given by the user stands for."""
    if name == STANDARD_INPUT:
        yield _sniff(Source(name, data=(stdin or sys.stdin.buffer).read()), formats)
        return
    path = Path(name)
    try:
        is_folder, is_file, exists = path.is_dir(), path.is_file(), path.exists()
    except OSError as error:
        yield ReadFailure(name, f"cannot be read: {error.strerror or error}."), None
        return
    if is_folder:
        yield from _walk(path, formats)
    elif is_file:
        yield _choose(path, name, formats, named=True) or (ReadFailure(name, _explain_suffix(path)), None)
    elif exists:  # A pipe, such as a shell's <(...).
        try:
            yield _sniff(Source(name, data=path.read_bytes()), formats)
        except OSError as error:
            yield ReadFailure(name, f"cannot be read: {error.strerror or error}."), None
    else:
        yield ReadFailure(name, "no such file or folder."), None


def _sniff(source: Source, formats: tuple[str, ...] | None) -> Found:
    if formats:
        return source, READERS[formats[0]].read
    first = next((line for line in (source.data or b"").splitlines() if line.strip()), b"")
    return source, READERS["jsonl" if is_json_line(first) else "text"].read


def _choose(path: Path, name: str, formats: tuple[str, ...] | None, *, named: bool) -> Found | None:
    """The reader of a file, or None where no suffix tells one."""
    suffix = path.suffix.lower()
    allowed = formats or tuple(READERS)
    if suffix == ".txt" and "standoff" in allowed and find_annotation(path) is not None:
        return Source(name, path), read_standoff
    for format_ in allowed:
        if suffix in READERS[format_].suffixes:
            return Source(name, path), READERS[format_].read
    if named and formats:
        return Source(name, path), READERS[formats[0]].read
    return None


def _explain_suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in UNREAD_SUFFIXES:
        return f"{UNREAD_SUFFIXES[suffix]}."
    known = ", ".join(known for reader in READERS.values() for known in reader.suffixes)
    return f"unknown suffix {suffix!r}; known are {known}. Rename the file, or name its format ({', '.join(READERS)})."


def _walk(folder: Path, formats: tuple[str, ...] | None) -> Iterator[Found]:
    errors: list[OSError] = []
    found = False
    for root, folders, files in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        stems = {Path(name).stem for name in files if Path(name).suffix.lower() not in UNREAD_SUFFIXES}
        for file in sorted(files):
            path = Path(root, file)
            if file.startswith("."):
                continue
            choice = _choose(path, str(path), formats, named=False)
            if choice is None and path.suffix.lower() in UNREAD_SUFFIXES and path.stem not in stems and not formats:
                choice = ReadFailure(str(path), _explain_suffix(path)), None
            if choice is not None:
                found = True
                yield choice
    for error in errors:
        yield ReadFailure(str(error.filename), f"cannot be read: {error.strerror or error}."), None
    if not found and not errors:
        known = ", ".join(suffix for name in formats or READERS for suffix in READERS[name].suffixes)
        yield ReadFailure(str(folder), f"the folder holds no file to read; known suffixes are {known}."), None
