"""Where documents come from: a file or standard input, its limits, and what is said when it cannot be read."""

from __future__ import annotations

import hashlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Protocol

from sigmine.errors import ReadError, SigmineError

STANDARD_INPUT = "-"
MAX_DOCUMENT_BYTES = 10_000_000
"""No review is longer; a text this long would take hours and most likely is data."""
MAX_COLLECTION_BYTES = 200_000_000
"""Of one file that holds many documents and must be read whole (BioC), and of standard input."""
MAX_ARCHIVE_BYTES = 2_000_000_000
"""Of everything that one archive unpacks to."""
MAX_LINE_CHARACTERS = 400_000
"""A whole article on one line is read; more than that is not running text."""

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive in a gzip archive; unpack it first: gunzip FILE"),
    (b"\xff\xfe", "UTF-16 text; convert it first: iconv -f utf16 -t utf8 FILE > NEW"),
    (b"\xfe\xff", "UTF-16 text; convert it first: iconv -f utf16 -t utf8 FILE > NEW"),
)
_CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x20), 0x7F))
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Would write over a line of the terminal, or turn it round."""
_MAX_REASON = 800
_MAX_CONTROL_SHARE = 0.05
_SAMPLE = 100_000
_BLOCK = 1 << 20


def decode_name(name: str) -> str:
    """The name of a file as text, the same in any locale; a byte of it that is no UTF-8 as ``\\xff``."""
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # It comes from an archive, and the locale lacks its letters.
        return name.encode("utf-8", "backslashreplace").decode("utf-8")


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A document that could not be read; it stands where the document would have stood.

    Attributes:
        source: the path as given, or ``-``.
        reason: what is wrong, where in the file, what is allowed and what to do.
    """

    source: str
    reason: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", decode_name(self.source))

    @classmethod
    def from_error(cls, source: str, error: SigmineError) -> ReadFailure:
        """The error's message without the leading name of the file; what it quotes of the file is made harmless."""
        reason = _CONTROL.sub(lambda match: ascii(match[0])[1:-1], str(error).removeprefix(f"{source}: "))
        if len(reason) > _MAX_REASON:
            reason = f"{reason[: _MAX_REASON // 2]} [...] {reason[-_MAX_REASON // 2 :]}"
        return cls(source, reason)

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes are read, unpacked, before an input is refused.

    Attributes:
        document: of a file or a line that is one document.
        collection: of a file of many documents that must be held whole, and of standard input.
        archive: of everything that one archive unpacks to. A file that is read line by line has no other limit.
    """

    document: int = MAX_DOCUMENT_BYTES
    collection: int = MAX_COLLECTION_BYTES
    archive: int = MAX_ARCHIVE_BYTES

    @classmethod
    def from_megabytes(cls, megabytes: int | None) -> Limits:
        """A document may have so many million bytes, and nothing that holds documents less; None: the defaults.

        Raises:
            ReadError: if the number is not positive.
        """
        if megabytes is None:
            return cls()
        if megabytes < 1:
            raise ReadError(f"A limit of {megabytes} megabytes lets nothing through; give 1 or more.")
        size = megabytes * 1_000_000
        return cls(size, max(size, MAX_COLLECTION_BYTES), max(size, MAX_ARCHIVE_BYTES))


class Packed(Protocol):
    """A file inside an archive."""

    @property
    def file(self) -> str:
        """Its name without the suffix of the packing, folders with ``/``; empty if unknown."""

    @property
    def place(self) -> str:
        """Where it is, the same however it was named."""

    @property
    def size(self) -> int:
        """About how many bytes it unpacks to, as far as it is known before."""

    def open(self) -> BinaryIO:
        """The unpacked bytes; reading them raises ReadError where the archive is damaged or unpacks to too much."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file of an archive whose bytes were taken out of it; it can be sent to another process."""

    file: str
    place: str
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        return len(self.data)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class Source:
    """One input, not yet read.

    Attributes:
        name: the path as given, or ``-``, with the name of the member of an archive (``corpus.zip/paper.txt``); it
            opens every message and becomes ``Document.source``.
        path: the file; None of one in an archive, and where ``data`` holds the bytes.
        data: bytes read already (standard input), else None.
        limits: what is refused.
        packed: the file inside an archive, else None.
        stream: standard input that is read line by line as it comes, once, and never held whole; else None.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    limits: Limits = Limits()
    packed: Packed | None = None
    stream: BinaryIO | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", decode_name(self.name))

    @property
    def file(self) -> str:
        """The name of the file itself, unpacked, folders left out; empty for standard input."""
        if self.packed is not None:
            return PurePosixPath(self.packed.file).name
        return decode_name(self.path.name) if self.path else ""

    @property
    def stem(self) -> str:
        """The default id of the document: the file name without suffix, ``stdin`` for standard input."""
        return PurePosixPath(self.file).stem or "stdin"

    @property
    def suffix(self) -> str:
        """Of the unpacked file, lower case, with the dot; empty if there is none."""
        return PurePosixPath(self.file).suffix.lower()

    @property
    def place(self) -> str:
        """Where it is, the same however it was named; of standard input and other pipes, the name."""
        if self.packed is not None:
            return self.packed.place
        return os.path.realpath(self.path) if self.path else self.name

    @property
    def size(self) -> int:
        """About how many bytes it has, unpacked; 0 if it cannot be said."""
        if self.packed is not None:
            return self.packed.size
        try:
            return self.path.stat().st_size if self.path else len(self.data or b"")
        except OSError:
            return 0

    def hold(self) -> Source:
        """The same input with the bytes in it; no more of them than any format may have.

        Raises:
            ReadError: if the file cannot be read.
        """
        data = self.load_head(max(self.limits.document, self.limits.collection) + 1)
        return replace(self, path=None, packed=Held(self.file, self.place, data))

    def open(self) -> BinaryIO:
        """The bytes as a stream, unpacked.

        Raises:
            ReadError: if the file cannot be opened.
        """
        if self.packed is not None:
            return self.packed.open()
        if self.path is None:
            return io.BytesIO(self.data or b"")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ReadError(f"{self.name}: cannot be opened: {error.strerror or error}.") from error

    def load(self, limit: int | None = None) -> bytes:
        """All bytes.

        Args:
            limit: None for ``limits.document``.

        Raises:
            ReadError: if the file cannot be read or has more than ``limit`` bytes.
        """
        limit = self.limits.document if limit is None else limit
        data = self.load_head(limit + 1)
        if len(data) > limit:
            raise ReadError(
                f"{self.name}: over {limit:,} bytes, which is the limit for one file of this format; split it, one "
                "article a file (or a line, as .jsonl), or raise the limit with --max-megabytes."
            )
        return data

    def load_head(self, size: int) -> bytes:
        """The first ``size`` bytes, fewer where the file has fewer.

        Raises:
            ReadError: if the file cannot be read.
        """
        with self.open() as stream:
            try:
                return stream.read(size)
            except OSError as error:
                raise ReadError(f"{self.name}: cannot be read: {error.strerror or error}.") from error

    def read_lines(self) -> Iterator[tuple[int, bytes | ReadError]]:
        """Number (from 1) and bytes of each line, one at a time; an error for a line over ``limits.document``.

        Raises:
            ReadError: if the file cannot be read.
        """
        number, limit = 0, self.limits.document
        with nullcontext(self.stream) if self.stream is not None else self.open() as stream:
            try:
                while line := stream.readline(limit + 1):
                    number += 1
                    if len(line) <= limit:
                        yield number, line
                        continue
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(_BLOCK)
                    message = f"over {limit:,} bytes, the limit of a document; --max-megabytes raises it."
                    yield number, ReadError(f"{self.name}: line {number}: {message}")
            except OSError as error:
                raise ReadError(f"{self.name}: cannot be read: {error.strerror or error}.") from error

    def make_sha256(self, limit: int | None = None) -> str:
        """Of all bytes, or the first ``limit``, read block by block; empty for a stream, which is read only once.

        Raises:
            ReadError: if the file cannot be read.
        """
        if self.stream is not None:
            return ""
        digest = hashlib.sha256()
        with self.open() as stream:
            try:
                while block := stream.read(_BLOCK if limit is None else min(_BLOCK, limit)):
                    digest.update(block)
                    limit = None if limit is None else limit - len(block)
            except OSError as error:
                raise ReadError(f"{self.name}: cannot be read: {error.strerror or error}.") from error
        return digest.hexdigest()


def make_sha256(data: bytes) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def decode_text(data: bytes, name: str) -> str:
    """The file's characters, line ends untouched; a byte order mark stays as the first character.

    Raises:
        ReadError: if the bytes are empty, binary, or not UTF-8. Other encodings are not guessed: a wrong guess
            turns Greek letters into others without anyone noticing.
    """
    if not data:
        raise ReadError(f"{name}: the file is empty.")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{name}: not text but {what}.")
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if b"\0" in data or controls > _MAX_CONTROL_SHARE * len(sample):
        raise ReadError(f"{name}: a binary file, not text; give the article as UTF-8 text.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _tell_byte(data, name, error, f"UTF-8; {_suggest_encoding(data)}") from error


def decode_declared(data: bytes, name: str, encoding: str, reason: str) -> str:
    """The characters of a file that names its encoding, one that Python knows.

    Raises:
        ReadError: if a byte is not of that encoding; the message goes on with ``reason``.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _tell_byte(data, name, error, reason) from error


def _tell_byte(data: bytes, name: str, error: UnicodeDecodeError, reason: str) -> ReadError:
    line = data.count(b"\n", 0, error.start) + 1
    return ReadError(f"{name}: line {line}: byte 0x{data[error.start]:02x} is not {reason}")


def _suggest_encoding(data: bytes) -> str:
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "the text must be UTF-8; save it anew as UTF-8."
    return "if it is Latin-1 or Windows-1252, convert it: iconv -f cp1252 -t utf8 FILE > NEW."


def check_lines(text: str, name: str) -> None:
    """Refuse a text with a line that cannot be running text.

    Raises:
        ReadError: naming the line and the limit.
    """
    if len(text) <= MAX_LINE_CHARACTERS:
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise ReadError(
                f"{name}: line {number}: one line of {len(line):,} characters is not running text; the limit is "
                f"{MAX_LINE_CHARACTERS:,}. Break the text into paragraphs."
            )
