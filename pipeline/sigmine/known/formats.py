"""The formats that ``sigmine compare --with`` reads, and what tells them apart."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

from sigmine.errors import ReadError
from sigmine.known.causaltab import WIDTH, read_causaltab
from sigmine.known.claims import Claim, KnownSource, Skipped, collect
from sigmine.known.indra_statements import read_indra
from sigmine.known.own_output import find_file, read_own
from sigmine.known.sif import read_sif
from sigmine.known.signor import COLUMNS, find_columns, read_signor
from sigmine.known.vocabulary import load_vocabulary, normalize_word

Reader = Callable[[IO[str]], Iterator[Claim | Skipped]]

FORMATS: Mapping[str, Reader] = MappingProxyType(
    {
        "signor": read_signor,
        "causaltab": read_causaltab,
        "indra": read_indra,
        "sif": read_sif,
        "sigmine": read_own,
    }
)
"""Name to reader; a file may be packed with gzip."""

_HEAD = 1 << 16  # characters that are looked at
_GZIP = b"\x1f\x8b"
_SIGNOR_ID = re.compile(r"\tSIGNOR-\d+(\t|$)")
_VALUE = re.compile(r"[\w. -]+:\S")
_MOST_LINES = 100


def load_known(path: str | Path, format: str | None = None) -> KnownSource:
    """The statements of a file or an output folder. Bytes that are no UTF-8 become a replacement character.

    Args:
        format: one of ``FORMATS``; None to tell it from the content.

    Raises:
        ReadError: if there is no such file, it cannot be read, or it is of no known format.
    """
    file = find_file(Path(path))
    try:
        if format is None:
            with _open(file) as text:
                format = tell_format(text.read(_HEAD))
        if format is None:
            raise ReadError(
                f"{file}: its content is of no format that is read here. Known are {', '.join(FORMATS)}; --with-format "
                "says which it is."
            )
        with _open(file) as text:
            return collect(FORMATS[format](text), str(path), format)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{file}: cannot be read ({error}). Give a file that exists and is whole.") from error
    except ReadError as error:
        raise error if str(error).startswith(str(file)) else ReadError(f"{file}: {error}") from error


def _open(file: Path) -> IO[str]:
    with file.open("rb") as raw:
        packed = raw.read(len(_GZIP)) == _GZIP
    if packed:
        return gzip.open(file, "rt", encoding="utf-8-sig", errors="replace")
    return file.open(encoding="utf-8-sig", errors="replace")


def tell_format(head: str) -> str | None:
    """The name in ``FORMATS`` of what begins so; None where it is like none of them."""
    lines = [line for line in head.splitlines() if line.strip()]
    if not lines:
        return None
    start = lines[0].lstrip()
    if start[0] in "[{":
        return _tell_json(start)
    cells = [cell.strip() for cell in start.split("\t")]
    if find_columns(cells) or (len(cells) >= len(COLUMNS) and _SIGNOR_ID.search(start) and not _VALUE.match(start)):
        return "signor"
    if start.lower().startswith(("#id(s) interactor", "id(s) interactor")) or (
        len(cells) >= WIDTH and _VALUE.match(start)
    ):
        return "causaltab"
    known = load_vocabulary().sif
    words = (line.split("\t") if "\t" in line else line.split() for line in lines[:_MOST_LINES])
    return "sif" if any(len(row) > 2 and normalize_word(row[1]) in known for row in words) else None


def _tell_json(start: str) -> str:
    """One of our own lines has its relation as a word; all else is taken for INDRA's."""
    try:
        row = json.loads(start)
    except ValueError:
        return "indra"
    return "sigmine" if isinstance(row, dict) and "relation" in row and "evidence" in row else "indra"
