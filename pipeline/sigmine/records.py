"""What is kept of one document, wherever it is kept: its row of the manifest and its lines of ``mentions.jsonl``."""

from __future__ import annotations

from dataclasses import dataclass

from sigmine.analysis import Reading
from sigmine.contents import format_mention
from sigmine.model.json import JsonObject
from sigmine.summary import document_to_json, failure_to_json


@dataclass(frozen=True, slots=True)
class Record:
    """One document, or what could not be read.

    Attributes:
        document: its id.
        key: a hash of what was read; the same key means that nothing changed. Empty where nothing could be read.
        row: its row in a manifest; that of a failure has a ``reason``.
        lines: its lines of ``mentions.jsonl``, in the order of the text.
    """

    document: str
    key: str
    row: JsonObject
    lines: tuple[bytes, ...] = ()


def make_record(reading: Reading, key: str, run: str) -> Record:
    """What is kept of a reading by this run."""
    if reading.failure is not None:
        return Record(reading.document, key, failure_to_json(reading))
    lines = tuple(map(format_mention, reading.evidence))
    return Record(reading.document, key, document_to_json(reading, run), lines)
