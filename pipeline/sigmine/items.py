"""What there is to read: files and documents, each with its id, its place and a key that tells whether it changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from sigmine.analysis import Options
from sigmine.errors import SigmineError
from sigmine.model import Document

if TYPE_CHECKING:
    from sigmine.readers import ReadFailure, Source, UniqueNames

Origin = str | Path | Document
"""What a caller names: a path, ``-``, or a document made in memory."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to read: a file of one document, one document of a file of many, or what cannot be read.

    Attributes:
        position: its place in the order of what was found, from 0.
        name: the path as given, for messages; of a document made in memory, its id.
        content: a ``Source`` is a file that is read where it is analysed, of a format that ``format`` names.
        key: a hash of the file's name without folders and its bytes, or of a document's id and content: the same key
            means that nothing changed. Empty for a ``ReadFailure``.
        document: the id that its document gets, none twice; for a ``ReadFailure`` the file's name without suffix.
        format: a name in ``READERS`` for a ``Source``, else empty.
    """

    position: int
    name: str
    content: Document | Source | ReadFailure
    key: str
    document: str
    format: str = ""

    @property
    def is_readable(self) -> bool:
        """False for what is known to be a failure."""
        return bool(self.format) or isinstance(self.content, Document)

    def make_sha256(self) -> str:
        """Of the file that its document is read from, as ``Document.sha256`` has it; empty if unknown."""
        if isinstance(self.content, Document):
            return self.content.sha256
        from sigmine.readers import Source, list_files

        return list_files(self.format, self.content)[0].make_sha256() if isinstance(self.content, Source) else ""


def find_items(sources: Origin | Iterable[Origin], options: Options) -> Iterator[Item]:
    """What there is to read, in the order given, each file once, not yet analysed.

    Files of one document are left to be read by whoever analyses them; files of many documents are read here, as a
    stream. Ids are given here, in this order, whether or not a file can be read later.

    Raises:
        ReadError: if the options name an unknown format, or a limit that lets nothing through.
    """
    from sigmine.readers import UniqueNames

    names = UniqueNames()
    for position, (name, content, document, format_) in enumerate(_find(_list_sources(sources), options, names)):
        key = ""
        try:
            key = _make_key(content, format_)
        except SigmineError as error:
            from sigmine.readers import ReadFailure

            content, format_ = ReadFailure.from_error(name, error), ""
        yield Item(position, name, content, key, document, format_)


def _list_sources(sources: Origin | Iterable[Origin]) -> Iterable[Origin]:
    return [sources] if isinstance(sources, str | Path | Document) else sources


Found = tuple[str, "Document | Source | ReadFailure", str, str]
"""Name, content, id and format of an item."""


def _find(sources: Iterable[Origin], options: Options, names: UniqueNames) -> Iterator[Found]:
    from sigmine.readers import find_sources, rename

    seen: set[str] = set()
    for paths, group in groupby(sources, key=lambda source: not isinstance(source, Document)):
        if not paths:
            for document in group:
                assert isinstance(document, Document)
                document = rename(document, names.take(document.id))
                yield document.source or document.id, document, document.id, ""
            continue
        found = find_sources(
            (source for source in group if not isinstance(source, Document)),
            formats=[options.format] if options.format else None,
            max_megabytes=options.max_megabytes,
            seen=seen,
        )
        for one in found:
            yield from _open(*one, names) if isinstance(one, tuple) else [_name_failure(one)]


def _name_failure(failure: ReadFailure) -> Found:
    return failure.source, failure, Path(failure.source).stem, ""


def _open(format_: str, source: Source, names: UniqueNames) -> Iterator[Found]:
    """A file of one document as it is, if it can be sent to a worker; else its documents."""
    from sigmine.readers import ReadFailure, is_bound, is_one_document, read_source, rename

    name: str | None = None
    try:
        if is_one_document(format_, source):
            name = names.take(source.stem)
            if not is_bound(source) or format_ != "standoff":  # Its other file is in the archive too.
                yield source.name, source.hold() if is_bound(source) else source, name, format_
                return
    except SigmineError as error:
        yield _name_failure(ReadFailure.from_error(source.name, error))
        return
    for item in read_source(format_, source):
        if isinstance(item, Document):
            document = rename(item, name or names.take(item.id))
            yield source.name, document, document.id, ""
        else:
            yield _name_failure(item)


def _make_key(content: Document | Source | ReadFailure, format_: str) -> str:
    """What ``Item.key`` says.

    Raises:
        ReadError: if a file cannot be read.
    """
    if isinstance(content, Document):
        parts = [content.sections, content.citations, content.references, content.mentions, content.offsets]
        words = "\0".join([content.id, content.text, *map(repr, (*parts, content.metadata, content.lines))])
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    if not format_:
        return ""
    from sigmine.readers import Source, list_files

    assert isinstance(content, Source)
    digest = hashlib.sha256(format_.encode())
    for source in list_files(format_, content):
        digest.update(f"\0{source.file}\0".encode("utf-8", "surrogateescape"))
        # No format takes more; that there is more is part of it.
        limit = max(source.limits.document, source.limits.collection) + 1
        digest.update(bytes.fromhex(source.make_sha256(limit)))
    return digest.hexdigest()[:32]
