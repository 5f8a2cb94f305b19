"""Output folders put together: the parts of one set of documents, or any others."""

from __future__ import annotations

import heapq
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from pathlib import Path

from sigmine.analysis import Reading
from sigmine.cluster.partitions import is_partitions, load_plan, read_partitions
from sigmine.contents import ABOUT_READING, Contents, iter_records, load_manifest
from sigmine.draft import fill_folder
from sigmine.errors import StoreError
from sigmine.journal import Journal, find_journal
from sigmine.manifest import is_output
from sigmine.model.json import JsonObject
from sigmine.output import check_folder, lock_folder, replace_folder
from sigmine.records import Record
from sigmine.summary import RunSummary


@dataclass(frozen=True, slots=True)
class Part:
    """One input of a merge.

    Attributes:
        program: what its manifest says of the program that wrote it; ``programs``, of all that read its documents.
        shard: which part of the documents it is, or None.
        records: its records in order, each with its place.
    """

    path: Path
    program: JsonObject
    programs: tuple[JsonObject, ...]
    shard: JsonObject | None
    records: Iterator[tuple[int, Record]]


def merge(inputs: Sequence[str | Path], out: str | Path, *, partial: bool = False) -> RunSummary:
    """Writes one output folder from several; the parts of one set give what one run over all of it would have given.

    Folders that are no parts (``sigmine run --shard``) follow one another in the order given. A document that two of
    them hold, unchanged, counts once, as the later one has it.

    Args:
        inputs: output folders of ``sigmine run``, folders of partitions of ``sigmine distribute``.
        partial: do without parts that are missing.

    Raises:
        StoreError: if an input cannot be used, parts are missing or of different runs, or two different documents have
            one id. Nothing is written then.
    """
    started, out = time.monotonic(), Path(out)
    paths = [Path(path) for path in inputs]
    if any(path.resolve() == out.resolve() for path in paths):
        raise StoreError(f"{out} cannot be merged into itself; name another folder with --out.")
    with lock_folder(out):
        check_folder(out, is_output)
        parts = [_open_part(path) for path in paths]
        _check_shards(parts, partial=partial)
        with Journal(find_journal(out), forget=True) as journal:
            contents = Contents(journal)
            contents.programs = {item["run"]: item for part in parts for item in part.programs}
            _collect(contents, journal, parts)
            with replace_folder(out, is_ours=is_output) as folder:
                tally = fill_folder(contents, folder, parts[-1].program)
    return RunSummary(
        out=out,
        run=parts[-1].program["run"],
        counts=tally.to_json()["counts"],
        molecules=tally.find_molecules(),
        failures=tuple(Reading(row["document"], row["file"] or "", failure=row["reason"]) for row in tally.failures),
        files=tuple(sorted(path.name for path in out.iterdir())),
        seconds=time.monotonic() - started,
    )


def _open_part(path: Path) -> Part:
    if is_partitions(path):
        program = load_plan(path).program
        return Part(path, program, (program,), None, read_partitions(path))
    manifest = load_manifest(path)
    program = {name: value for name, value in manifest.items() if name not in ABOUT_READING}
    programs = (*manifest.get("earlier_runs", ()), program)
    shard = manifest.get("shard")
    records = iter_records(path, manifest)
    placed = enumerate(records) if shard is None else zip(shard["places"], records, strict=True)
    return Part(path, program, programs, shard, placed)


def _check_shards(parts: Sequence[Part], *, partial: bool) -> None:
    """Raises a StoreError where folders are parts, but not all parts of one run."""
    shards = [(part, part.shard) for part in parts if part.shard is not None]
    if not shards:
        return
    whole = [str(part.path) for part in parts if part.shard is None]
    if whole:
        raise StoreError(f"{', '.join(whole)}: no part of a run with --shard, as others are. Merge the parts first.")
    counts = {shard["count"] for _, shard in shards}
    if len(counts) > 1 or len({part.program["run"] for part in parts}) > 1:
        what = "different numbers of parts" if len(counts) > 1 else "different programs or options"
        names = ", ".join(str(part.path) for part in parts)
        raise StoreError(f"{names} were read with {what}; they are no parts of one run.")
    (count,) = counts
    by_index: dict[int, Path] = {}
    for part, shard in shards:
        other = by_index.get(shard["index"])
        if other is not None:
            raise StoreError(f"{other} and {part.path} are both part {shard['index']}/{count}; give each part once.")
        by_index[shard["index"]] = part.path
    missing = sorted(set(range(1, count + 1)) - by_index.keys())
    if missing and not partial:
        names = ", ".join(f"{index}/{count}" for index in missing[:20]) + (" ..." if len(missing) > 20 else "")
        raise StoreError(f"Missing: {names}. Read them with `sigmine run --shard`, or do without them: --partial.")


def _collect(contents: Contents, journal: Journal, parts: Sequence[Part]) -> None:
    """All records in their order; those of shards by their places among all."""
    streams = [_name_records(part) for part in parts]
    of_one_run = all(part.shard is not None for part in parts)
    for _, path, record in heapq.merge(*streams, key=itemgetter(0)) if of_one_run else chain.from_iterable(streams):
        known = contents.find_record(record.document)
        if known is not None and not record.failed and (not known.key or known.key != record.key):
            raise StoreError(
                f"{record.document} of {path} is another document than {record.document} of an earlier folder. Rename "
                "its file and read it again, or take one of the two out with `sigmine remove`."
            )
        contents.replace(record, journal.add(record, kept=True))


def _name_records(part: Part) -> Iterator[tuple[int, Path, Record]]:
    return ((place, part.path, record) for place, record in part.records)
