"""Parts of a set of documents, read apart, in job arrays: which document belongs to which."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_FORM = re.compile(r"(\d{1,6})/(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The ``index``-th of ``count`` parts, counted from 1."""

    index: int
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.index <= self.count:
            raise ValueError(f"there is no part {self.index} of {self.count}; parts are counted from 1.")

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"

    def holds(self, document: str) -> bool:
        """Whether the document of this id belongs to it: by a hash of the id, the same on every machine."""
        return zlib.crc32(document.encode("utf-8", "surrogatepass")) % self.count == self.index - 1


def parse_shard(text: str) -> Shard:
    """``3/10`` is the third of ten.

    Raises:
        ValueError: if it is not of this form.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no part of a whole; write 3/10 for the third of ten.")
    return Shard(int(match[1]), int(match[2]))
