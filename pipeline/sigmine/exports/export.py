"""What a format is: what for, what it loses, and how statements are written in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sigmine.model.statement import Statement

Runs = Iterable[Mapping[str, Any]]
"""Manifests (``sigmine.manifest``)."""

Writer = Callable[[Iterable[Statement], IO[bytes]], None]
RunWriter = Callable[[Iterable[Statement], IO[bytes], Runs], None]
Members = Callable[[Iterable[Statement]], Iterator[tuple[str, bytes]]]

_ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that an archive can hold; the same on every day


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format. One of ``writer``, ``run_writer`` and ``members`` is given.

    Attributes:
        purpose: what it is for.
        lost: what of the statements it does not hold.
        suffix: of its file, with the dot; of formats of several files, of the archive.
        writer: writes statements to a binary file. The same statements give the same bytes, in whatever order.
        run_writer: the same with the runs that read them, for formats that can say what a run was.
        members: names and contents of the files, for formats of several.
        requires: what pip installs for it and sigmine does not bring along, e.g. an extra (``sigmine[parquet]``); None
            where it needs nothing more.
        binary: whether the bytes are no text.
    """

    purpose: str
    lost: str
    suffix: str
    writer: Writer | None = None
    run_writer: RunWriter | None = None
    members: Members | None = None
    requires: str | None = None
    binary: bool = False

    def write(self, statements: Iterable[Statement], file: IO[bytes] | Path, runs: Runs = ()) -> None:
        """Writes to an open binary file, or to a path (replaced if it is there).

        A format of several files gives a ZIP archive, the same bytes for the same statements.

        Args:
            runs: manifests of the runs that read the statements, for formats that describe them.

        Raises:
            MissingDependency: if it needs a package that is not installed.
        """
        if isinstance(file, Path):
            with file.open("wb") as stream:
                self.write(statements, stream, runs)
        elif self.run_writer is not None:
            self.run_writer(statements, file, runs)
        elif self.members is not None:
            _write_archive(self.members(statements), file)
        elif self.writer is not None:
            self.writer(statements, file)

    def write_folder(self, statements: Iterable[Statement], folder: Path) -> None:
        """Writes the files of a format of several to a folder, which is made if it is not there; others in it stay."""
        assert self.members is not None, "only formats of several files are written to folders"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.members(statements):
            (folder / name).write_bytes(content)


def _write_archive(members: Iterable[tuple[str, bytes]], file: IO[bytes]) -> None:
    made = io.BytesIO()  # written to a pipe, an archive would have other bytes
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            entry = zipfile.ZipInfo(name, _ARCHIVE_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # else these tell the system that wrote it
            archive.writestr(entry, content)
    file.write(made.getvalue())
