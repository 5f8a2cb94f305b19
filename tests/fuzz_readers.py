"""A program: gives every reader damaged files, and says what became of them.

``fuzz_readers.py [--cases N] [--seed S] [--from CASE] [--save FOLDER] [READER...]`` tries N cases of each reader (see
``fuzz_cases``), each in a process that may be killed, prints a line for each reader, and ends with 1 if anything was
wrong: a process that died, a case that took more than 30 s of the processor, an exception that is no ReadError, a
document whose offsets or sections do not hold, or two readings of the same bytes that differ. ``--save`` keeps the
files of such cases.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from fuzz_cases import find_kinds, load_seeds, make_case
from fuzz_watch import Tally, watch
from readers.damage import check, read
from sigmine.errors import ReadError
from sigmine.model import Document
from sigmine.readers import ReadFailure, Source, read_documents

AGAIN = 10
"""Of so many cases one is read twice."""
PLACED = frozenset({"text", "jats", "html", "standoff"})
"""Formats whose offsets count the characters of the file."""

Items = list[Document | ReadFailure]


def read_case(kind: str, data: bytes, folder: Path) -> Items:
    """What a reader gives of a file; ReadError leaves it."""
    if kind in ("archives", "unnamed"):
        return list(read_documents("-", stdin=io.BytesIO(data)))
    if kind != "standoff":
        return read(kind, Source("given", data=data))
    text, _, rows = data.partition(b"\0\0")
    (folder / "x.txt").write_bytes(text)
    (folder / "x.a1").write_bytes(rows)
    return read("standoff", Source("x.a1", folder / "x.a1"))


def make_try(kind: str, seed: int, folder: Path) -> Callable[[int], str]:
    load_seeds(kind)

    def try_case(number: int) -> str:
        data = make_case(kind, seed, number)
        try:
            items = read_case(kind, data, folder)
        except ReadError as error:
            check(ReadFailure.from_error("given", error))
            return "refused"
        assert items, "neither a document nor a reason"
        size = len(data.decode("utf-8", "replace")) if kind in PLACED else None
        for item in items:
            check(item, size)
        if number % AGAIN == 0:
            assert items == read_case(kind, data, folder), "read twice, it differs"
        return "read" if any(isinstance(item, Document) for item in items) else "refused"

    return try_case


def fuzz(kinds: Iterable[str], cases: range, seed: int, *, save: Path | None = None) -> dict[str, Tally]:
    """The tally of each kind, told on standard error when it is done."""
    tallies = {}
    for kind in kinds:
        with tempfile.TemporaryDirectory() as folder:
            tally = tallies[kind] = watch(make_try(kind, seed, Path(folder)), cases)
        sys.stderr.write(f"{kind:9} {tally}\n")
        for fault in tally.list_faults():
            sys.stderr.write(f"  {kind} {fault}\n")
            if save is not None:
                save.mkdir(parents=True, exist_ok=True)
                number = int(fault.split()[1].rstrip(":"))
                (save / f"{kind}-{seed}-{number}").write_bytes(make_case(kind, seed, number))
    return tallies


def main() -> int:
    parser = argparse.ArgumentParser(description="Tries readers with damaged files.")
    parser.add_argument("kinds", nargs="*", metavar="READER", help=f"one of {', '.join(find_kinds())}; default: all")
    parser.add_argument("--cases", type=int, default=20_000, help="of each reader (default 20000)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="CASE", help="the first (default 0)")
    parser.add_argument("--save", type=Path, metavar="FOLDER", help="keep the files of what went wrong")
    given = parser.parse_args()
    unknown = set(given.kinds) - set(find_kinds())
    if unknown:
        parser.error(f"unknown reader {min(unknown)!r}; there are {', '.join(find_kinds())}")
    cases = range(given.first, given.first + given.cases)
    tallies = fuzz(given.kinds or find_kinds(), cases, given.seed, save=given.save)
    return int(any(tally.list_faults() for tally in tallies.values()))


if __name__ == "__main__":
    sys.exit(main())
