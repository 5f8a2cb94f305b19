"""What one document gave, as it is kept: in the journal of a run, in an output folder, in a partition of a cluster.

Everything in an output folder follows from the records of its documents in their order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sigmine.analysis import Reading
from sigmine.errors import StoreError
from sigmine.items import Item
from sigmine.model import Evidence
from sigmine.model.json import JsonObject
from sigmine.model.record import dump_evidence, load_evidence
from sigmine.summary import document_to_json, failure_to_json


@dataclass(frozen=True, slots=True)
class Record:
    """A document that was read, or could not be.

    Attributes:
        document: its id.
        key: what it was read from (``Item.key``): the same key, read by the same program, gives the same record. Empty
            where that is not known.
        row: its row in a manifest; the row of a failure has ``reason``, that of a document ``run``.
        lines: its evidence in the order of the text, each as ``sigmine.model.record`` writes it; empty of a failure.
    """

    document: str
    key: str
    row: JsonObject
    lines: tuple[bytes, ...] = ()

    @property
    def failed(self) -> bool:
        return "reason" in self.row

    def load_evidence(self) -> Iterator[Evidence]:
        """The evidence, in order.

        Raises:
            StoreError: if a line is damaged.
        """
        return map(load_evidence, self.lines)

    def with_evidence(self, evidence: Iterable[Evidence]) -> Record:
        """The same document with other evidence."""
        return replace(self, lines=tuple(map(_dump, evidence)))


def make_record(reading: Reading, key: str, run: str) -> Record:
    """The record of a reading; ``run`` is the id of the run that read it.

    What cannot be written as UTF-8 (half a letter in a text, a file name in another encoding) is recorded as a failure.
    """
    if reading.failure is None:
        try:
            row = document_to_json(reading, run)
            json.dumps(row, ensure_ascii=False).encode()
            return Record(reading.document, key, row, tuple(map(_dump, reading.evidence)))
        except UnicodeEncodeError:
            where = "name" if _escape(reading.document) != reading.document else "text"
            reading = replace(reading, failure=f"its {where} has characters that are no text; replace them.")
    row = {
        name: _escape(value) if isinstance(value, str) else value for name, value in failure_to_json(reading).items()
    }
    return Record(_escape(reading.document), key, row)


def pack_reading(item: Item, reading: Reading, *, run: str) -> tuple[Reading, Record]:
    """A reading without what was found, and the record, which has it: less to send to another process."""
    record = make_record(reading, item.key, run)
    if record.failed and reading.failure is None:
        reading = replace(reading, failure=record.row["reason"])
    return replace(reading, entities=(), evidence=(), sites=()), record


def _escape(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def dump_record(record: Record) -> bytes:
    """The record as one line of JSON, with its line break."""
    head = {"document": record.document, "key": record.key, "row": record.row}
    return json.dumps(head).encode()[:-1] + b', "evidence": [' + b",".join(record.lines) + b"]}\n"


def load_record(line: bytes) -> Record:
    """The inverse of ``dump_record``.

    Raises:
        StoreError: if the line is damaged.
    """
    head, separator, rest = line.rstrip(b"\n").partition(b', "evidence": [')
    try:
        if not separator or not rest.endswith(b"]}"):
            raise ValueError("no evidence")
        row = json.loads(head + b"}")
        lines = tuple(_encode(one) for one in json.loads(b"[" + rest[:-1]))
        return Record(row["document"], row["key"], row["row"], lines)
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"The record of a document cannot be read ({error}): {line[:80]!r}. It was damaged or changed by another "
            "program; write the folder again with `sigmine run`."
        ) from error


def _dump(evidence: Evidence) -> bytes:
    return dump_evidence(evidence).encode()


def _encode(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
