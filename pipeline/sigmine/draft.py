"""An output folder in the making: what is known of it already, what was read since, and how it is written."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sigmine.analysis import Reading
from sigmine.contents import MENTIONS, READINGS, Contents, iter_records, load_contents, write_records
from sigmine.errors import StoreError
from sigmine.items import Item
from sigmine.journal import Journal
from sigmine.logs import log_known
from sigmine.manifest import MANIFEST, SCHEMA, find_manifest, is_output
from sigmine.model import Evidence
from sigmine.model.json import JsonObject
from sigmine.output import lock_folder, replace_folder
from sigmine.records import Record
from sigmine.shards import Shard
from sigmine.summary import RunSummary, Tally

if TYPE_CHECKING:
    from sigmine.assembly.merge import SortedStatements
    from sigmine.assembly.statement_file import StatementFile
    from sigmine.store import StatementStore

_log = logging.getLogger(__name__)
_FORMATS = {"statements.jsonl": "jsonl", "statements.tsv": "tsv", "graph.graphml": "graphml"}
REPORT = "report.html"
_SORTED = ".statements.sqlite"


FILES = (READINGS, MENTIONS, *_FORMATS, "store", REPORT, MANIFEST)
"""What the folder of a run holds."""


class Draft:
    """What a run has read, together with what its folder and its journal have.

    Attributes:
        contents: the documents that the folder is to have.
        run: id of the run.
        failures: what this run could not read; ``skipped``, ids of what the folder had and did not change;
            ``resumed``, of what an earlier process had read before it was ended.
    """

    def __init__(
        self,
        out: Path,
        program: JsonObject,
        journal: Journal,
        *,
        add: bool = False,
        reread: bool = False,
        shard: Shard | None = None,
    ) -> None:
        self.run: str = program["run"]
        self.failures: list[Reading] = []
        self.skipped: list[str] = []
        self.resumed: list[str] = []
        self._out = out
        self._program = program
        self._journal = journal
        self._shard = shard
        self._read: list[str] = []
        self.contents = load_contents(out, journal) if add else Contents(journal)
        self._put = self.contents.replace if add else self.contents.put
        self._start = self.contents.find_end()
        self._before: list[JsonObject | int] = []
        """What the folder holds, in order: of a document its number in the journal, of a failure its row."""
        for entry in self.contents.list_entries():
            self._before.append(journal.load(entry.number).row if entry.failed else entry.number)
        self._knows = not reread
        if not add and not reread:
            self._remember_folder()

    def _remember_folder(self) -> None:
        """What the folder has of this very program need not be read again; one that is damaged is written anew."""
        rows = find_manifest(self._out)
        if rows is None or (rows.get("run"), rows.get("schema")) != (self.run, SCHEMA):
            return
        try:
            for record in iter_records(self._out, rows):
                number = None if record.failed else self._journal.find(record.key, record.document)
                if record.key and not record.failed and number is None:
                    number = self._journal.add(record, kept=True)
                self._before.append(record.row if number is None else number)
        except StoreError as error:
            _log.warning("%s", error)

    def skip_known(self, items: Iterable[Item]) -> Iterator[Item]:
        """All items but those whose records are known; these take their place."""
        for item in items:
            number = self._journal.find(item.key, item.document) if item.key and self._knows else None
            if number is None:
                yield item
                continue
            log_known(item.document, item.name)
            (self.skipped if self._journal.was_kept(number) else self.resumed).append(item.document)
            self._put(self._journal.load(number), number, self._start + item.position)

    def add_reading(self, item: Item, reading: Reading, record: Record) -> None:
        """Keeps what was read of an item, in the journal too; all that was found is in the record."""
        self._put(record, self._journal.add(record), self._start + item.position)
        if record.failed:
            self.failures.append(reading)
        else:
            self._read.append(record.document)

    def save(self, store: StatementStore | None = None, *, jobs: int = 1) -> Tally:
        """Sends what was read to a store, then writes the folder, unless it is as it should be.

        Args:
            jobs: how many processes may write.
        """
        if store is not None:
            self._send(store)
        if self._is_unchanged():
            with TemporaryDirectory() as folder:
                return _go_through(self.contents, Path(folder), lambda statements, tally: None)
        with replace_folder(self._out, is_ours=is_output) as draft:
            return fill_folder(self.contents, draft, self._program, self._describe_shard(), jobs=jobs)

    def _describe_shard(self) -> JsonObject:
        """What tells which part of the documents these are, and their places among all."""
        if self._shard is None:
            return {}
        places = [entry.place for entry in self.contents.list_entries()]
        return {"shard": {"index": self._shard.index, "count": self._shard.count, "places": places}}

    def summarise(self, tally: Tally, seconds: float) -> RunSummary:
        """What the run came to, when the folder is there."""
        return RunSummary(
            out=self._out,
            run=self.run,
            counts=tally.to_json()["counts"],
            molecules=tally.find_molecules(),
            failures=tuple(self.failures),
            files=tuple(sorted(path.name for path in self._out.iterdir())),
            seconds=seconds,
            skipped=tuple(self.skipped),
            resumed=tuple(self.resumed),
        )

    def _is_unchanged(self) -> bool:
        """Whether the folder holds just these records, in this order, and what failed failed again."""
        if self._read or self.resumed or not all((self._out / name).exists() for name in FILES):
            return False
        if (find_manifest(self._out) or {}).get("shard") != self._describe_shard().get("shard"):
            return False
        entries = self.contents.list_entries()
        now = [self._journal.load(entry.number).row if entry.failed else entry.number for entry in entries]
        return now == self._before

    def _send(self, store: StatementStore) -> None:
        from sigmine.assembly import assemble

        there = set(store.find_documents()) if self.skipped else set()
        chosen = {*self._read, *self.resumed, *(name for name in self.skipped if name not in there)}
        documents = [entry.document for entry in self.contents.list_entries() if entry.document in chosen]
        store.write_statements(assemble(self.contents.list_evidence(documents)), replacing=documents)
        store.write_run(self._program)


def fill_folder(
    contents: Contents, folder: Path, program: JsonObject, more: JsonObject | None = None, *, jobs: int = 1
) -> Tally:
    """Fills an empty folder with all that the folder of a run holds, the report among it.

    The same contents give the same bytes, the triple store's own files excepted. One statement is in memory at a time.

    Args:
        program: the manifest's rows on what writes the folder (``describe_program``).
        more: further rows of the manifest.
        jobs: how many processes may write; with more than one, the triple store of many statements has its own.
    """
    from sigmine.exports import EXPORTS
    from sigmine.web.report_page import write_report

    def finish(statements: StatementFile, tally: Tally) -> None:
        used = {row["run"] for row in tally.documents} - {program["run"]}
        earlier = [contents.programs[run] for run in sorted(used) if run in contents.programs]
        with _write_store(statements, folder, [*earlier, program], jobs):
            for name, format_ in _FORMATS.items():
                EXPORTS[format_].write(statements, folder / name)
        rows = {**program, **({"earlier_runs": earlier} if earlier else {}), **(more or {}), **tally.to_json()}
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
        write_report(folder / REPORT, statements, rows)

    return _go_through(contents, folder, finish)


def _go_through(contents: Contents, folder: Path, finish: Callable[[StatementFile, Tally], None]) -> Tally:
    """Writes the records, and gives all statements and the counts to ``finish``."""
    from sigmine.assembly.statement_file import StatementFile

    tally = Tally()

    def count() -> Iterator[tuple[Evidence, bytes]]:
        for record, evidence in write_records(contents.list_records(), folder):
            if record.failed:
                tally.failures.append(record.row)
            else:
                tally.add_document(record.row, evidence)
                yield from zip(evidence, record.lines, strict=True)

    with StatementFile(folder / _SORTED, count()) as statements:
        tally.add_statements(statements)
        finish(statements, tally)
    return tally


@contextmanager
def _write_store(statements: StatementFile, folder: Path, programs: Sequence[JsonObject], jobs: int) -> Iterator[None]:
    """Writes the triple store: at once, or, of many statements, in another process while the block is done.

    Raises:
        StoreError: if the other process could not write it.
    """
    if jobs == 1 or statements.path is None:
        _fill_store(statements, folder, programs)
        yield
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        written = pool.submit(_fill_store_from_file, statements.path, len(statements), folder, programs)
        yield
        try:
            written.result()
        except BrokenProcessPool as error:
            raise StoreError(
                "The process that wrote the triple store ended before its work was done; most likely the memory ran "
                "out. What was read is kept: give the same command again, with fewer --jobs."
            ) from error


def _fill_store_from_file(path: Path, count: int, folder: Path, programs: Sequence[JsonObject]) -> None:
    from sigmine.assembly.statement_file import StatementReader

    with StatementReader(path, count) as statements:
        _fill_store(statements, folder, programs)


def _fill_store(statements: SortedStatements, folder: Path, programs: Iterable[JsonObject]) -> None:
    """The triple store of a folder: statements, and the runs that read them."""
    from sigmine.store import open_store

    with open_store(folder / "store") as store:
        store.write_statements(statements)
        for program in programs:
            store.write_run(program)


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
    with lock_folder(out), Journal(None) as journal:
        if not is_output(out):
            raise StoreError(f"There is no output of `sigmine run` in {out}.")
        contents = load_contents(out, journal)
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
            contents.remove(one)
        if store is not None:
            store.write_statements((), replacing=ids)
        with replace_folder(out, is_ours=is_output) as folder:
            tally = fill_folder(contents, folder, contents.program)
    return ids, tally
