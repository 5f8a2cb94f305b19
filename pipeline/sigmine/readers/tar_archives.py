"""Files in tar archives, as PubMed Central packs an article with its figures: read in one go, a file at a time."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sigmine.errors import ReadError
from sigmine.readers.archives import DAMAGE, NESTED, find_unsafe_name, is_archive_name, is_hidden, show_name
from sigmine.readers.sources import Held, ReadFailure, Source

_MAGIC = b"ustar"
_MAGIC_AT = 257
_HEADER_BYTES = 512
_MAX_NOTES_BYTES = 1_000_000
"""Of what an archive says of one file; the library holds it in memory."""


class _CarefulInfo(tarfile.TarInfo):
    """A header whose notes (long names and the like) are no longer than notes are."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if not self.isreg() and self.size > _MAX_NOTES_BYTES:
            raise tarfile.ReadError("the notes on one of its files are too long")
        return super()._proc_member(archive)  # type: ignore[misc, no-any-return]


def is_tar(source: Source) -> bool:
    """Whether the (unpacked) bytes are a tar archive.

    Raises:
        ReadError: if they cannot be read.
    """
    return source.load_head(_HEADER_BYTES)[_MAGIC_AT:].startswith(_MAGIC)


def list_tar(source: Source) -> list[str]:
    """The names of the files in an archive, in its order, as far as it is whole."""
    names: list[str] = []
    with suppress(ReadError), _open_tar(source) as archive:
        names.extend(info.name for info in _iterate(archive, source) if info.isreg())
    return names


def read_tar(source: Source, wanted: Callable[[str], bool]) -> Iterator[Source | ReadFailure]:
    """The files of an archive in its order, hidden ones left out; a failure for each one refused.

    Args:
        source: the archive, already taken out of a gzip file.
        wanted: whether a file of this name is looked for; others are passed over.

    Raises:
        ReadError: where the archive is damaged, or unpacks to too much; files before that place have been given.
    """
    seen: set[str] = set()
    with _open_tar(source) as archive:
        for info in _iterate(archive, source):
            file = info.name.removeprefix("./")
            unsafe = find_unsafe_name(file) if file else None
            if info.isdir() or (unsafe is None and info.isreg() and is_hidden(file)):
                continue
            reason = unsafe or _find_hindrance(info, file, seen, wanted, source)
            name = f"{source.name}/{show_name(file)}"
            if reason is not None:
                yield ReadFailure(name, reason)
            elif wanted(file):
                seen.add(file)
                data = _load(archive, info, source)
                yield Source(name, limits=source.limits, packed=Held(file, f"{source.place}/{file}", data))


def _find_hindrance(
    info: tarfile.TarInfo, file: str, seen: set[str], wanted: Callable[[str], bool], source: Source
) -> str | None:
    """Why a file that has a safe name is not read, or None."""
    if not info.isreg():
        return "a link or a device, not a file; it is not followed."
    if is_archive_name(file):
        return NESTED
    if not wanted(file):
        return None
    if file in seen:
        return "the archive holds a second file of this name, which is not read; pack it anew."
    if info.issparse():
        return "is packed as a sparse file, which is not read; pack it anew."
    limit = source.limits.collection
    return (
        f"over {limit:,} bytes, which is the limit for a file in an archive; unpack it." if info.size > limit else None
    )


def _load(archive: tarfile.TarFile, info: tarfile.TarInfo, source: Source) -> bytes:
    try:
        stream = archive.extractfile(info)
        return stream.read() if stream is not None else b""
    except DAMAGE as error:
        raise _explain_damage(source, error) from error


def _explain_damage(source: Source, error: Exception) -> ReadError:
    return ReadError(f"{source.name}: the archive is damaged: {error or 'it ends too soon'}.")


@contextmanager
def _open_tar(source: Source) -> Iterator[tarfile.TarFile]:
    with source.open() as stream:
        try:
            archive = tarfile.open(fileobj=stream, mode="r|", tarinfo=_CarefulInfo)  # noqa: SIM115
        except DAMAGE as error:
            raise _explain_damage(source, error) from error
        with archive:
            yield archive


def _iterate(archive: tarfile.TarFile, source: Source) -> Iterator[tarfile.TarInfo]:
    total, limit = 0, source.limits.archive
    try:
        for info in archive:
            total += max(0, info.size)
            if total > limit:
                raise ReadError(
                    f"{source.name}: the archive unpacks to over {limit:,} bytes, which is the limit; pack fewer files "
                    "in one, or raise the limit with --max-megabytes."
                )
            yield info
    except DAMAGE as error:
        raise _explain_damage(source, error) from error
