"""What an output folder holds of its documents: read back, changed, written.

Everything in the folder follows from the records of its documents (``readings.jsonl``). So a folder to which a document
is added is the same as one that was written with it at once. The records are kept in a journal's file and gone through
one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sigmine.errors import StoreError
from sigmine.journal import Journal
from sigmine.manifest import MANIFEST, SCHEMA, find_manifest
from sigmine.model import Evidence
from sigmine.model.json import JsonObject, format_mention
from sigmine.records import Record, dump_record, load_record

MENTIONS = "mentions.jsonl"
READINGS = "readings.jsonl"
ABOUT_READING = frozenset({"counts", "documents", "failures", "earlier_runs", "shard"})
"""The rows of a manifest that are not about the program."""

_TABLES = """
DROP TABLE IF EXISTS content;
CREATE TABLE content (place INTEGER PRIMARY KEY, document BLOB, failed INTEGER, number INTEGER);
CREATE INDEX by_document ON content (document);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in its place."""

    place: int
    document: str
    failed: bool
    number: int


class Contents:
    """The documents of a folder, in order, with what could not be read in its place.

    Attributes:
        journal: what holds the records.
        program: what the manifest says of the program that wrote the folder; empty of a new one.
        programs: the same of all programs that read the documents, by run.
    """

    def __init__(self, journal: Journal, program: JsonObject | None = None) -> None:
        self.journal = journal
        self.program = program or {}
        self.programs: dict[str, JsonObject] = {}
        self._database = journal.database
        self._database.executescript(_TABLES)

    def __len__(self) -> int:
        """How many documents there are, without failures."""
        return self._count("SELECT COUNT(*) FROM content WHERE NOT failed")

    def put(self, record: Record, number: int, place: int | None = None) -> None:
        """Puts a record at a place, after all others if that is None."""
        self.journal.begin()
        row = (place, _encode(record.document), record.failed, number)
        self._database.execute("INSERT INTO content VALUES (?, ?, ?, ?)", row)

    def replace(self, record: Record, number: int, place: int | None = None) -> None:
        """Puts a record in the place of the document of its id; where there is none, at the one given.

        A document that could not be read again keeps what was read of it before, and is a failure too.
        """
        found = self._find(record.document)
        for entry in found:
            if entry.failed or not record.failed:
                self._database.execute("DELETE FROM content WHERE place = ?", (entry.place,))
        places = [entry.place for entry in found if not entry.failed]
        self.put(record, number, places[0] if places and not record.failed else place)

    def find_end(self) -> int:
        """A place after all others."""
        (last,) = self._database.execute("SELECT MAX(place) FROM content").fetchone()
        return 0 if last is None else int(last) + 1

    def remove(self, document: str) -> None:
        """Takes out a document, and that it could not be read."""
        self._database.execute("DELETE FROM content WHERE document = ?", (_encode(document),))

    def list_records(self) -> Iterator[Record]:
        """All records in their order."""
        return self.journal.load_all(entry.number for entry in self.list_entries())

    def list_entries(self) -> Iterator[Entry]:
        cursor = self._database.cursor().execute("SELECT place, document, failed, number FROM content ORDER BY place")
        return (Entry(place, _decode(name), bool(failed), number) for place, name, failed, number in cursor)

    def list_evidence(self, documents: Iterable[str] | None = None) -> Iterator[Evidence]:
        """The evidence of these documents, or of all, in order."""
        if documents is None:
            for record in self.list_records():
                yield from record.load_evidence()
            return
        for name in documents:
            for record in self.journal.load_all(entry.number for entry in self._find(name)):
                yield from record.load_evidence()

    def find_record(self, document: str) -> Record | None:
        """What was read of the document of this id; None if it is not there, or could not be read."""
        entry = next((entry for entry in self._find(document) if not entry.failed), None)
        return None if entry is None else self.journal.load(entry.number)

    def find_ids(self, name: str) -> list[str]:
        """The documents that an id, or the name of a file, means, also where nothing could be read of it."""
        if self._find(name):
            return [name]
        file = Path(name).name
        return list(dict.fromkeys(record.document for record in self.list_records() if record.row["file"] == file))

    def find_near(self, name: str) -> list[str]:
        """Ids and names of files that look like the name."""
        rows = (record.row for record in self.list_records())
        return get_close_matches(name, {text for row in rows for text in (row["document"], row["file"]) if text}, n=3)

    def _find(self, document: str) -> list[Entry]:
        rows = self._database.execute(
            "SELECT place, failed, number FROM content WHERE document = ? ORDER BY place", (_encode(document),)
        ).fetchall()
        return [Entry(place, document, bool(failed), number) for place, failed, number in rows]

    def _count(self, query: str) -> int:
        (count,) = self._database.execute(query).fetchone()
        return int(count)


def load_contents(out: Path, journal: Journal) -> Contents:
    """What the folder holds; nothing if it is empty or not there.

    Raises:
        StoreError: if it was not written by ``sigmine run``, by a newer version, or is damaged.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return Contents(journal)
    manifest = load_manifest(out)
    contents = Contents(journal, {name: value for name, value in manifest.items() if name not in ABOUT_READING})
    contents.programs = {item["run"]: item for item in (contents.program, *manifest.get("earlier_runs", ()))}
    for record in iter_records(out, manifest):
        contents.put(record, journal.add(record, kept=True))
    return contents


def load_manifest(out: Path) -> JsonObject:
    """The manifest of a folder whose documents can be read back.

    Raises:
        StoreError: if the folder was not written by ``sigmine run``, or by a newer version.
    """
    manifest = find_manifest(out)
    if manifest is None:
        raise StoreError(f"{out} was not written by `sigmine run`, so nothing can be added to it or removed from it.")
    schema = manifest.get("schema")
    if not isinstance(schema, int) or schema > SCHEMA:
        raise StoreError(
            f"{out} was written by a newer version of sigmine (schema {schema}, this one knows up to {SCHEMA}). "
            "Install that version, or write the folder again with `sigmine run`."
        )
    return manifest


def iter_records(out: Path, manifest: JsonObject) -> Iterator[Record]:
    """The records of a folder, in order, one at a time; a folder of schema 1 is understood too.

    Raises:
        StoreError: if a file of it is missing or damaged.
    """
    if manifest["schema"] == 1:
        from sigmine.older_outputs import iter_records_of_schema_1

        yield from iter_records_of_schema_1(out, manifest)
        return
    count = 0
    try:
        with (out / READINGS).open("rb") as lines:
            for line in lines:
                yield load_record(line)
                count += 1
    except OSError as error:
        raise StoreError(f"Cannot read {out / READINGS}: {error.strerror}. {_AGAIN}") from error
    expected = manifest["counts"]["documents"] + manifest["counts"]["failed"]
    if count != expected:
        raise StoreError(f"{out / READINGS} has {count} records, but {MANIFEST} tells of {expected}. {_AGAIN}")


_AGAIN = "Write the folder again with `sigmine run`."


def write_records(records: Iterable[Record], folder: Path) -> Iterator[tuple[Record, tuple[Evidence, ...]]]:
    """Writes ``readings.jsonl`` and ``mentions.jsonl``; gives each record with its evidence meanwhile."""
    with (folder / READINGS).open("wb") as readings, (folder / MENTIONS).open("wb") as mentions:
        for record in records:
            evidence = tuple(record.load_evidence())
            readings.write(dump_record(record))
            mentions.writelines(map(format_mention, evidence))
            yield record, evidence


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decode(name: bytes) -> str:
    return name.decode("utf-8", "surrogatepass")
