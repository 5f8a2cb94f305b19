"""Which files are one document, known before they are read."""

from __future__ import annotations

from sigmine.readers.archives import find_beside
from sigmine.readers.contents import HEAD_BYTES
from sigmine.readers.jats_xml import find_root
from sigmine.readers.sources import Source
from sigmine.readers.standoff import find_annotation

_NAMED_BY_FILE = ("text", "html", "pdf", "standoff")
"""Formats of one document a file, which has the file's name; so has JATS of one article."""


def is_one_document(name: str, source: Source) -> bool:
    """Whether this reader makes one document of the source, named after the file.

    Raises:
        ReadError: if the file cannot be read.
    """
    if name == "jats":
        return find_root(source.load_head(HEAD_BYTES)) == "article"
    return name in _NAMED_BY_FILE


def list_files(name: str, source: Source) -> list[Source]:
    """All that this reader reads of a source of one document: both files of a stand-off pair."""
    annotation = find_annotation(source) if name == "standoff" else None
    beside = find_beside(annotation, ".txt") if annotation is not None else None
    return [source] if annotation is None or beside is None else [beside, annotation]
