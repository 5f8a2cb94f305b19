"""A folder of partitions: a plan that names them, and a Parquet file for each that is done.

A partition is written under another name and put in its place when it is whole, so that one that was begun twice is
there once. The plan is written first: what is missing is known, and nothing else in the folder counts.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sigmine.cluster.extra import import_parquet
from sigmine.cluster.unique_ids import UniqueIds, rename_record
from sigmine.errors import StoreError
from sigmine.model.json import JsonObject
from sigmine.output import replace_file
from sigmine.records import Record

PLAN = "_plan.json"
ATTEMPTS = "_attempts"
SCHEMA = 1
_KEY = b"sigmine"
_ROWS_AT_ONCE = 256
_BYTES_AT_ONCE = 16_000_000
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a partition came to.

    Attributes:
        part: the name of its file; ``run`` is the run that wrote it.
        documents: how many records it holds; ``failed`` of them are failures.
        words: how many were read.
        failures: the first few failures, each with its place and the reason.
        seconds: how long it took; 0 if it was there already (``was_done``).
    """

    part: str
    run: str
    documents: int = 0
    failed: int = 0
    words: int = 0
    failures: tuple[str, ...] = ()
    seconds: float = 0.0
    was_done: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a folder of partitions is to hold: their names, in order, and the program, as a manifest describes it."""

    partitions: tuple[str, ...]
    program: JsonObject

    @property
    def run(self) -> str:
        return str(self.program["run"])


@dataclass(slots=True)
class PartitionWriter:
    """Records on their way into a file; ``write_partition`` makes it."""

    writer: Any
    schema: Any
    rows: list[JsonObject] = field(default_factory=list)
    size: int = 0

    def add_record(self, position: int, record: Record) -> None:
        row = json.dumps(record.row, ensure_ascii=False)
        self.rows.append(
            {
                "position": position,
                "document": record.document,
                "key": record.key,
                "row": row,
                "lines": list(record.lines),
            }
        )
        self.size += len(row) + sum(map(len, record.lines))
        if len(self.rows) >= _ROWS_AT_ONCE or self.size >= _BYTES_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        pa, _ = import_parquet()
        if self.rows:
            self.writer.write_table(pa.Table.from_pylist(self.rows, schema=self.schema))
        self.rows, self.size = [], 0

    def finish(self, outcome: Outcome) -> None:
        """Says what the partition came to; without it the file is not put in its place."""
        self.flush()
        about = {"schema": SCHEMA, **asdict(outcome)}
        self.writer.add_key_value_metadata({_KEY.decode(): json.dumps(about, ensure_ascii=False)})


@contextmanager
def write_partition(path: Path) -> Iterator[PartitionWriter]:
    """A partition to fill; it takes its place when the block ends without an error.

    Raises:
        OSError: if it cannot be written.
    """
    pa, parquet = import_parquet()
    schema = pa.schema(
        [
            pa.field("position", pa.int64(), nullable=False),
            pa.field("document", pa.string(), nullable=False),
            pa.field("key", pa.string(), nullable=False),
            pa.field("row", pa.string(), nullable=False),
            pa.field("lines", pa.list_(pa.field("item", pa.binary(), nullable=False)), nullable=False),
        ]
    )
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as stream:
            with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
                yield PartitionWriter(writer, schema)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def find_outcome(path: Path) -> Outcome | None:
    """What the partition says of itself; None if it is not there, or no partition that this version reads."""
    pa, parquet = import_parquet()
    try:
        with path.open("rb") as stream:
            metadata = parquet.ParquetFile(stream).metadata.metadata or {}
        rows = json.loads(metadata[_KEY])
        if rows.pop("schema") != SCHEMA:
            return None
        return Outcome(**{**rows, "failures": tuple(rows["failures"])})
    except (OSError, pa.ArrowException, ValueError, KeyError, TypeError):
        return None


def write_plan(folder: Path, plan: Plan) -> None:
    """Makes the folder, if need be, and names in it what it is to hold.

    Raises:
        StoreError: if it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Cannot write to {folder}: {error.strerror}. Name another folder with --parts.") from error
    rows = {"kind": "partitions", "schema": SCHEMA, "partitions": list(plan.partitions), "program": plan.program}
    with replace_file(folder / PLAN) as stream:
        stream.write(json.dumps(rows, ensure_ascii=False, indent=1).encode() + b"\n")


def load_plan(folder: Path) -> Plan:
    """What the folder is to hold.

    Raises:
        StoreError: if `sigmine distribute` did not write it, or by a version of another form.
    """
    try:
        rows = json.loads((folder / PLAN).read_text(encoding="utf-8"))
        if rows["kind"] != "partitions":
            raise ValueError
        if rows["schema"] != SCHEMA:
            raise StoreError(
                f"{folder} was written by another version of sigmine (form {rows['schema']}, this version reads "
                f"{SCHEMA}): run `sigmine distribute` again, into a new folder."
            )
        return Plan(tuple(rows["partitions"]), rows["program"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{folder} is no folder of partitions: there is no {PLAN} of `sigmine distribute` in it."
        ) from error


def is_partitions(folder: Path) -> bool:
    """Whether `sigmine distribute` wrote the folder, finished or not."""
    with suppress(StoreError):
        load_plan(folder)
        return True
    return False


def read_partitions(
    folder: str | Path, *, incomplete: bool = False, mixed: bool = False
) -> Iterator[tuple[int, Record]]:
    """All records with their positions, in the order of the input, one partition after the other.

    Positions rise and are no count. The second document of an id gets ``-2``, as in a run. Memory grows by about 25
    bytes a document, for the ids.

    Args:
        incomplete: give what is there, also if partitions are missing.
        mixed: also if some were read by another program or with other options than the plan says.

    Raises:
        StoreError: at once, if it is no such folder, or incomplete or mixed and that is not wanted.
        MissingDependency: if pyarrow is not installed.
    """
    folder = Path(folder)
    plan = load_plan(folder)
    _, parquet = import_parquet()
    found = {name: outcome for name in plan.partitions if (outcome := find_outcome(folder / name)) is not None}
    missing = [name for name in plan.partitions if name not in found]
    if missing and not incomplete:
        raise StoreError(
            f"{folder} is not complete: {len(missing):,} of {len(plan.partitions):,} partitions are missing "
            f"({_name_some(missing)}). Run the same `sigmine distribute` again: it reads what is missing, no more."
        )
    others = [name for name, outcome in found.items() if outcome.run != plan.run]
    if others and not mixed:
        raise StoreError(
            f"{folder} holds partitions of different programs or options: {len(others):,} of "
            f"{len(plan.partitions):,} are not of run {plan.run} ({_name_some(others)}). "
            "Run the same `sigmine distribute` again: it reads them anew."
        )
    return _read_all([folder / name for name in plan.partitions if name in found], parquet)


def _read_all(paths: Sequence[Path], parquet: Any) -> Iterator[tuple[int, Record]]:
    ids = UniqueIds.from_batches(_read_column(path, parquet) for path in paths)
    for path in paths:
        for batch in _read_batches(path, parquet, None):
            for row in batch.to_pylist():
                record = Record(row["document"], row["key"], json.loads(row["row"]), tuple(row["lines"]))
                # What was never a document has no key, and takes no id from one.
                name = ids.take(record.document) if record.key else record.document
                yield row["position"], rename_record(record, name)


def _read_column(path: Path, parquet: Any) -> Iterator[str]:
    for batch in _read_batches(path, parquet, ["document"]):
        yield from batch.column("document").to_pylist()


def _read_batches(path: Path, parquet: Any, columns: list[str] | None) -> Iterator[Any]:
    import pyarrow

    try:
        with path.open("rb") as stream:
            yield from parquet.ParquetFile(stream).iter_batches(_ROWS_AT_ONCE, columns=columns)
    except (OSError, pyarrow.ArrowException) as error:
        raise StoreError(
            f"{path} is damaged: {error}. Delete it and run the same `sigmine distribute` again."
        ) from error


def _name_some(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else "")
