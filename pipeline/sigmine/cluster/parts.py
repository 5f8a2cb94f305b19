"""The work cut into parts, each of which becomes one partition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sigmine.cluster.chunks import Chunk, Cut
from sigmine.model.ids import make_hash

PLACES = 1 << 32
"""More documents than any part has: a position is the part's number times this, plus the document's place in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive chunks that one worker reads, and the name of the file that it writes."""

    number: int
    chunks: tuple[Chunk, ...]

    @property
    def name(self) -> str:
        """Follows from number and input alone: whoever does the part again writes the same file."""
        return f"part-{self.number:06}-{make_hash(['part', *(chunk.list_identity() for chunk in self.chunks)])}.parquet"


def make_parts(chunks: Iterable[Chunk], cut: Cut) -> Iterator[Part]:
    """Consecutive chunks together as long as they fit."""
    held: list[Chunk] = []
    documents = size = number = 0
    for chunk in chunks:
        if held and (documents + chunk.documents > cut.documents or size + chunk.size > cut.size):
            yield Part(number, tuple(held))
            held, documents, size, number = [], 0, 0, number + 1
        held.append(chunk)
        documents, size = documents + chunk.documents, size + chunk.size
    if held:
        yield Part(number, tuple(held))
