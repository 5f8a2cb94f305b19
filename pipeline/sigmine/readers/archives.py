"""Files in archives (gzip, zip; tar has its own module), unpacked while they are read.

Nothing is written to disk or held whole in memory.

An archive comes from a stranger: a name may point out of it, and a few bytes may unpack to a disk full of zeros.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from sigmine.errors import ReadError
from sigmine.readers.sources import ReadFailure, Source

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GZIP_SUFFIX = ".gz"
ZIP_SUFFIX = ".zip"
TAR_SUFFIXES = (".tar", ".tgz")
"""Beside ``.tar.gz``, which ends like every gzip file."""
MAX_RATIO = 200
"""Unpacked bytes for each packed one; text has up to 20, a bomb about a thousand."""
_USUAL_RATIO = 4
HARMLESS_BYTES = 10_000_000
"""No ratio is looked at before so much is unpacked: a page of blanks is no bomb."""
NESTED = "an archive within an archive; unpack the outer one first."

_GZIP_MAGIC = b"\x1f\x8b"
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVE_SUFFIXES = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst")
_OFFICE_MEMBERS = ("[Content_Types].xml", "mimetype")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # The others may unpack a block of any size at once.
_MAX_DIRECTORY_BYTES = 16_000_000
_ENCRYPTED = 0x1
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Would write over a line of the terminal, or turn it round."""
_DRIVE = re.compile(r"[A-Za-z]:")
_BLOCK = 1 << 16
DAMAGE = (OSError, EOFError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile, tarfile.TarError)
"""What the libraries raise where an archive is damaged; NotImplementedError is a RuntimeError."""


def find_packing(source: Source) -> str | None:
    """``.gz`` or ``.zip`` where the file is such an archive, by its first bytes or else its suffix; None for others.

    Raises:
        ReadError: if the file cannot be read.
    """
    head = source.load_head(4)
    if head.startswith(_GZIP_MAGIC):
        return GZIP_SUFFIX
    if head.startswith(_ZIP_MAGIC):
        return ZIP_SUFFIX
    return source.suffix if source.suffix in (GZIP_SUFFIX, ZIP_SUFFIX) else None


def unpack_gzip(source: Source) -> Source:
    """The file that a gzip file holds; it is unpacked when it is read."""
    return Source(source.name, limits=source.limits, packed=_GzipMember(source))


def find_beside(source: Source, suffix: str) -> Source | None:
    """The file of the same name with another suffix in the same folder or archive, itself packed or not, or None."""
    if isinstance(source.packed, _ZipMember):
        return source.packed.archive.find(str(PurePosixPath(source.packed.file).with_suffix(suffix)))
    path = source.packed.outer.path if isinstance(source.packed, _GzipMember) else source.path
    if path is None or not source.stem:
        return None
    for name in (f"{source.stem}{suffix}", f"{source.stem}{suffix}{GZIP_SUFFIX}"):
        beside = path.with_name(name)
        if beside.is_file():
            found = Source(source.name, beside, limits=source.limits)
            return unpack_gzip(found) if beside.suffix == GZIP_SUFFIX else found
    return None


def is_bound(source: Source) -> bool:
    """Whether it can be read only here and while its archive is open; ``source.hold()`` can be read everywhere."""
    return isinstance(source.packed, _ZipMember)


@dataclass(frozen=True, slots=True)
class _GzipMember:
    outer: Source

    @property
    def file(self) -> str:
        name = self.outer.file
        return name[: -len(GZIP_SUFFIX)] if name.lower().endswith(GZIP_SUFFIX) else name

    @property
    def place(self) -> str:
        return self.outer.place

    @property
    def size(self) -> int:
        return _USUAL_RATIO * self.outer.size

    def open(self) -> BinaryIO:
        stream = self.outer.open()
        packed = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        return _make_stream(gzip.GzipFile(fileobj=stream), self.outer, packed, beneath=stream)


@dataclass(frozen=True, slots=True)
class _ZipMember:
    archive: ZipArchive
    info: zipfile.ZipInfo

    @property
    def file(self) -> str:
        return self.info.filename

    @property
    def place(self) -> str:
        return f"{self.archive.outer.place}/{self.file}"

    @property
    def size(self) -> int:
        return self.info.file_size

    def open(self) -> BinaryIO:
        name = self.archive.get_name(self.file)
        try:
            stream = self.archive.zip.open(self.info)
        except DAMAGE as error:
            raise ReadError(f"{name}: the archive is damaged: {error}.") from error
        outer = Source(name, limits=self.archive.outer.limits)
        return _make_stream(stream, outer, min(self.info.compress_size, self.archive.size))


class _Unpacked(io.RawIOBase):
    """The bytes of an archive as they are unpacked, up to the limits; damage becomes a ReadError."""

    def __init__(self, stream: BinaryIO, source: Source, packed: int, beneath: BinaryIO | None) -> None:
        super().__init__()
        self._stream, self._source, self._packed, self._beneath = stream, source, packed, beneath
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        name, limit = self._source.name, self._source.limits.archive
        try:
            data = self._stream.read(min(len(view), _BLOCK))
        except DAMAGE as error:
            raise ReadError(f"{name}: the archive is damaged: {error or 'it ends too soon'}.") from error
        self._count += len(data)
        if self._count > limit:
            raise ReadError(f"{name}: {_explain_size(limit)}")
        if _is_bomb(self._count, self._packed):
            raise ReadError(f"{name}: {_explain_ratio()}")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            if self._beneath is not None:
                self._beneath.close()
        super().close()


def _make_stream(stream: object, source: Source, packed: int, beneath: BinaryIO | None = None) -> BinaryIO:
    return io.BufferedReader(_Unpacked(stream, source, packed, beneath), _BLOCK)  # type: ignore[arg-type]


def _is_bomb(unpacked: int, packed: int) -> bool:
    return unpacked > HARMLESS_BYTES and unpacked > MAX_RATIO * max(packed, 1)


def _explain_size(limit: int) -> str:
    return (
        f"the archive unpacks to over {limit:,} bytes, which is the limit; pack fewer files in one, or raise the limit "
        "with --max-megabytes."
    )


def _explain_ratio() -> str:
    return f"unpacks to more than {MAX_RATIO} times its size, as no text does; if it is one, unpack it first."


@dataclass(slots=True)
class ZipArchive:
    """An open zip file; made by ``open_zip``.

    Attributes:
        outer: the archive itself.
        zip: the library's view of it.
        size: of the archive in bytes.
        members: what may be read, by name, as far as it was listed.
    """

    outer: Source
    zip: zipfile.ZipFile
    size: int
    members: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def get_name(self, file: str) -> str:
        return f"{self.outer.name}/{file}"

    def find(self, file: str) -> Source | None:
        """A member by its name, as a source; None where there is none that may be read."""
        info = self.members.get(file)
        if info is None:
            return None
        return Source(self.get_name(file), limits=self.outer.limits, packed=_ZipMember(self, info))

    def list_sources(self, wanted: Callable[[str], bool]) -> Iterator[Source | ReadFailure]:
        """The members as a walk through a folder finds them, hidden ones left out; a failure for each one refused.

        Args:
            wanted: whether a file of this name is looked for; others are passed over, unless they are archives or
                their names are unsafe.
        """
        failures: dict[str, str] = {}
        total, limit = 0, self.outer.limits.archive
        for info in self.zip.infolist():
            name = info.filename
            reason = find_unsafe_name(name) or _find_link(info)
            if reason is None:
                if info.is_dir() or is_hidden(name):
                    continue
                reason = self._find_hindrance(info, wanted)
            if reason is None and wanted(name):
                total += info.file_size
                if total <= limit:
                    self.members[name] = info
                    continue
                total -= info.file_size
                reason = _explain_size(limit)
            if reason is not None:
                failures[show_name(name)] = reason
        for name in sorted({*failures, *self.members}, key=_sort_key):
            # Both stand under one name where the archive holds two files of it.
            if name in self.members:
                yield Source(self.get_name(name), limits=self.outer.limits, packed=_ZipMember(self, self.members[name]))
            if name in failures:
                yield ReadFailure(self.get_name(name), failures[name])

    def _find_hindrance(self, info: zipfile.ZipInfo, wanted: Callable[[str], bool]) -> str | None:
        """Why a member that has a safe name is not read, or None."""
        if is_archive_name(info.filename):
            return NESTED
        if not wanted(info.filename):
            return None
        if info.filename in self.members:
            return "the archive holds a second file of this name, which is not read; pack it anew."
        if info.flag_bits & _ENCRYPTED:
            return "is encrypted; unpack the archive with its password first."
        if info.compress_type not in _METHODS:
            return "is packed by a method that is not read; pack it anew with zip's usual one (deflate)."
        return _explain_ratio() if _is_bomb(info.file_size, min(info.compress_size, self.size)) else None


@contextmanager
def open_zip(source: Source) -> Iterator[ZipArchive]:
    """A zip file, to be listed and read while it is open.

    Raises:
        ReadError: if the file cannot be read, is no zip file, or is an office document or an electronic book.
    """
    with source.open() as stream:
        reader = _CarefulReader(stream)
        try:
            archive = zipfile.ZipFile(reader)
        except DAMAGE as error:
            raise ReadError(f"{source.name}: not a zip archive, or a damaged one: {error}.") from error
        with archive:
            if any(name in archive.NameToInfo for name in _OFFICE_MEMBERS):
                raise ReadError(
                    f"{source.name}: an office document or an electronic book, which this version does not read; save "
                    "it as plain text (.txt)."
                )
            yield ZipArchive(source, archive, reader.size)


class _CarefulReader:
    """A stream for ``zipfile``, which asks for as many bytes as the archive says that its directory has."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.size = stream.seek(0, io.SEEK_END)
        self.seek, self.tell, self.close = stream.seek, stream.tell, stream.close

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        left = max(0, self.size - self._stream.tell())
        size = left if size < 0 else min(size, left)
        if size > _MAX_DIRECTORY_BYTES:
            raise zipfile.BadZipFile("its directory is too long; pack fewer files in one archive")
        return self._stream.read(size)


def find_unsafe_name(name: str) -> str | None:
    """Why a file of this name is not read, or None.

    Nothing is written, so that no name can do harm; but whoever packed such a name meant harm.
    """
    parts = re.split(r"[/\\]", name)
    if ".." in parts:
        return "the name points out of the archive; the file is not read."
    if not parts[0] or _DRIVE.match(name):
        return "the name is an absolute path; the file is not read."
    if _CONTROL.search(name):
        return "the name holds characters that no file name has; the file is not read."
    return None


def _find_link(info: zipfile.ZipInfo) -> str | None:
    if info.orig_filename != info.filename:
        return "the name holds characters that no file name has; the file is not read."
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) in (0, stat.S_IFREG, stat.S_IFDIR):
        return None
    return "a link or a device, not a file; it is not followed."


def is_archive_name(name: str) -> bool:
    """Whether the name is that of an archive."""
    return name.lower().endswith(_ARCHIVE_SUFFIXES)


def is_hidden(name: str) -> bool:
    """Whether the file or a folder that it is in is hidden."""
    return any(part.startswith(".") for part in name.split("/"))


def show_name(name: str) -> str:
    """As it may stand in a message."""
    return ascii(name)[1:-1] if _CONTROL.search(name) else name


def _sort_key(name: str) -> tuple[tuple[str, ...], str]:
    *folders, file = name.split("/")
    return tuple(folders), file


def is_packed_twin(path: Path) -> bool:
    """Whether a file in a folder is the packed copy of one that stands beside it, and so need not be read."""
    return path.suffix.lower() == GZIP_SUFFIX and path.with_suffix("").is_file()
