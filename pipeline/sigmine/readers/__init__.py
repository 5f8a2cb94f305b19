"""Readers: files to documents.

``read_documents`` takes the paths that a user names and yields a ``Document`` for each text, or a ``ReadFailure``
where one could not be read. ``READERS`` is the table of formats.
"""

from sigmine.readers.archives import is_bound
from sigmine.readers.one_document import is_one_document, list_files
from sigmine.readers.registry import (
    READERS,
    Reader,
    find_sources,
    read_documents,
    read_source,
)
from sigmine.readers.sources import ReadFailure, Source
from sigmine.readers.unique_names import UniqueNames, rename

__all__ = [
    "READERS",
    "ReadFailure",
    "Reader",
    "Source",
    "UniqueNames",
    "find_sources",
    "is_bound",
    "is_one_document",
    "list_files",
    "read_documents",
    "read_source",
    "rename",
]
