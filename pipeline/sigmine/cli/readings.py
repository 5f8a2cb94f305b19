"""Documents together with what was read of them, for commands that show both."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sigmine.analysis import Options, Reading
    from sigmine.model import Document


def read_with_documents(
    paths: Sequence[str], options: Options, failures: list[Reading]
) -> Iterator[tuple[Document, Reading]]:
    """Each document with its reading; what cannot be read goes to ``failures``, and each document is read once."""
    from sigmine.extraction import extract, report_failure
    from sigmine.model import Document
    from sigmine.readers import read_documents

    waiting: deque[Document] = deque()  # read from the file, not yet analysed

    def open_documents() -> Iterator[Document]:
        formats = [options.format] if options.format else None
        for item in read_documents(paths, formats=formats, max_megabytes=options.max_megabytes):
            if isinstance(item, Document):
                waiting.append(item)
                yield item
            else:
                failures.append(report_failure(item))

    for reading in extract(open_documents(), options=options):
        document = waiting.popleft()
        if reading.failure is None:
            yield document, reading
        else:
            failures.append(reading)
