"""The contents of an output folder while documents are read, and how and when they are saved."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sigmine.analysis import Reading
from sigmine.contents import Contents, count_contents, load_contents, write_contents
from sigmine.errors import StoreError
from sigmine.manifest import is_output
from sigmine.output import lock_folder, replace_folder
from sigmine.summary import Tally

if TYPE_CHECKING:
    from sigmine.items import Item
    from sigmine.store import StatementStore

_SAVE_SECONDS = 60.0
_SAVE_SHARE = 10.0


class Draft:
    """What a run has read so far, together with what its folder had.

    Attributes:
        contents: the documents that the folder is to have.
        run: id of the run.
        failures: what this run could not read; ``skipped``, ids of what it did not need to read again.
    """

    def __init__(self, out: Path, program: dict[str, Any], contents: Contents, store: StatementStore | None) -> None:
        self.contents = contents
        self.run: str = program["run"]
        self.failures: list[Reading] = []
        self.skipped: list[str] = []
        self._out = out
        self._program = program
        self._store = store
        self._unsent: list[str] = []
        self._unsaved = not contents.documents
        self._saved, self._cost = time.monotonic(), 0.0

    def skip_known(self, items: Iterable[Item]) -> Iterator[Item]:
        """All but the documents that need not be read again."""
        for item in items:
            if item.document in self.contents.documents and self.contents.has_reading(
                item.document, item.make_sha256(), self.run
            ):
                self.skipped.append(item.document)
            else:
                yield item

    def add_reading(self, reading: Reading) -> None:
        self._unsaved = True
        self.contents.add_reading(reading, self.run)
        if reading.failure is None:
            self._unsent.append(reading.document)
        else:
            self.failures.append(reading)

    def is_due(self) -> bool:
        """Whether enough was read to be saved; saving takes about a tenth of the time."""
        return time.monotonic() - self._saved > max(_SAVE_SECONDS, _SAVE_SHARE * self._cost)

    def save(self) -> Tally:
        """Sends what was read to the store, then replaces the folder; not if all of it is there already."""
        from sigmine.assembly import assemble

        started = time.monotonic()
        if self._store is not None:
            there = set(self._store.find_documents()) if self.skipped else set()
            documents = [*self._unsent, *(name for name in self.skipped if name not in there)]
            self._store.write_statements(assemble(self.contents.list_evidence(documents)), replacing=documents)
            self._store.write_run(self._program)
            self._unsent = []
        if self._unsaved:
            with replace_folder(self._out, is_ours=is_output) as folder:
                tally = fill_folder(self.contents, folder, self._program)
            self._unsaved = False
        else:
            tally = count_contents(self.contents)
            tally.add_statements(assemble(self.contents.list_evidence()))
        self._saved = time.monotonic()
        self._cost = self._saved - started
        return tally


def fill_folder(contents: Contents, folder: Path, program: dict[str, Any]) -> Tally:
    """Fills an empty folder with all that the folder of a run holds, the report among it."""
    from sigmine.web.report_page import REPORT, write_report

    written = write_contents(contents, folder, program)
    write_report(folder / REPORT, written.statements, written.manifest)
    return written.tally


def remove_documents(
    names: Sequence[str], out: Path, *, store: StatementStore | None = None
) -> tuple[list[str], Tally]:
    """Retracts documents from an output folder, and from a store that has the statements too.

    Args:
        names: ids of documents, or names of files: all documents of a file.

    Returns:
        The ids of what was removed, and what is left.

    Raises:
        StoreError: if the folder has none of one of the names (nothing is removed), or cannot be used.
    """
    with lock_folder(out):
        if not is_output(out):
            raise StoreError(f"There is no output of `sigmine run` in {out}.")
        contents = load_contents(out)
        found = {name: contents.find_ids(name) for name in names}
        unknown = [name for name, ids in found.items() if not ids]
        if unknown:
            near = contents.find_near(unknown[0])
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise StoreError(
                f"{out} has no document {', '.join(unknown)}; nothing was removed.{hint} Its manifest.json lists the "
                "documents with their files."
            )
        ids = list(dict.fromkeys(one for several in found.values() for one in several))
        for one in ids:
            contents.remove_document(one)
        if store is not None:
            store.write_statements((), replacing=ids)
        with replace_folder(out, is_ours=is_output) as folder:
            tally = fill_folder(contents, folder, contents.program)
    return ids, tally
