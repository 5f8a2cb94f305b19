"""Readers: files to documents.

``read_documents`` takes the paths that a user names and yields a ``Document`` for each text, or a ``ReadFailure``
where one could not be read. ``READERS`` is the table of formats.
"""

from sigmine.readers.registry import READERS, Reader, find_sources, read_documents
from sigmine.readers.sources import ReadFailure, Source

__all__ = ["READERS", "ReadFailure", "Reader", "Source", "find_sources", "read_documents"]
