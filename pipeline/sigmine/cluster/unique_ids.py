"""Ids that are given once over all partitions, as one run gives them: the second document of an id gets ``-2``.

No worker knows the documents of the others, so it is done where all are read in order. Most ids are unique; only those
that are not, and names like those that they are given, are kept as words.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from sigmine.records import Record

_NUMBERED = re.compile(r"(.+)-\d+", re.DOTALL)


@dataclass(slots=True)
class UniqueIds:
    """``repeated`` are the hashes of ids that several documents have; ``taken`` what was given of these."""

    repeated: frozenset[int]
    taken: set[str] = field(default_factory=set)

    @classmethod
    def from_batches(cls, batches: Iterable[Iterable[str]]) -> UniqueIds:
        """Looks at all ids once: 8 bytes for each are held, 24 while they are sorted."""
        import numpy as np

        hashes = array("Q")
        for batch in batches:
            hashes.extend(map(_make_hash, batch))
        ordered = np.sort(np.frombuffer(hashes, dtype=np.uint64)) if hashes else np.empty(0, dtype=np.uint64)
        return cls(frozenset(ordered[1:][ordered[1:] == ordered[:-1]].tolist()))

    def take(self, name: str) -> str:
        """The id, or the first numbered one that is free. To be asked in the order of the input."""
        if not self.repeated or not self._may_repeat(name):
            return name
        new, count = name, 1
        while new in self.taken:
            count += 1
            new = f"{name}-{count}"
        self.taken.add(new)
        return new

    def _may_repeat(self, name: str) -> bool:
        """Several documents have it, or it looks like what one of several got."""
        numbered = _NUMBERED.fullmatch(name)
        return _make_hash(name) in self.repeated or (numbered is not None and self._may_repeat(numbered[1]))


def rename_record(record: Record, name: str) -> Record:
    """The record of a document of another id, as if it had been read by that."""
    if name == record.document:
        return record
    renamed = record.with_evidence(replace(item, document=name) for item in record.load_evidence())
    return replace(renamed, document=name, row={**record.row, "document": name})


def _make_hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
