"""What an output folder holds of its documents: read back, changed, written.

Everything in the folder follows from the evidence of its documents and their rows in the manifest. So a folder to
which a document is added is the same as one that was written with it at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from sigmine.analysis import Reading
from sigmine.errors import StoreError
from sigmine.manifest import MANIFEST, SCHEMA, is_output
from sigmine.model import Evidence, Statement
from sigmine.model.json import JsonObject, evidence_to_json
from sigmine.summary import Tally, document_to_json, failure_to_json

MENTIONS = "mentions.jsonl"
_FORMATS = {"statements.jsonl": "jsonl", "statements.tsv": "tsv", "graph.graphml": "graphml"}
_ABOUT_READING = frozenset({"counts", "documents", "failures", "earlier_runs"})


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to a folder: its counts, all statements, and what its manifest holds."""

    tally: Tally
    statements: tuple[Statement, ...]
    manifest: JsonObject


@dataclass(slots=True)
class Contents:
    """The documents of a folder, in order.

    Attributes:
        documents: their rows in the manifest, by id.
        evidence: what they state, by id, in the order of the text.
        failures: rows of what could not be read; ``new_failures``, by the readings added since.
        program: what the manifest says of the program that wrote the folder; empty of a new one.
        programs: the same of all programs that read the documents, by run.
    """

    documents: dict[str, JsonObject] = field(default_factory=dict)
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    failures: list[JsonObject] = field(default_factory=list)
    new_failures: list[JsonObject] = field(default_factory=list)
    program: JsonObject = field(default_factory=dict)
    programs: dict[str, JsonObject] = field(default_factory=dict)

    def add_reading(self, reading: Reading, run: str) -> None:
        """A document, in the place of the one with its id if there is one.

        One that could not be read again keeps what was read of it before, and is a failure too.
        """
        self.failures = [row for row in self.failures if row["document"] != reading.document]
        if reading.failure is not None:
            self.new_failures.append(failure_to_json(reading))
            return
        self.documents[reading.document] = document_to_json(reading, run)
        self.evidence[reading.document] = reading.evidence

    def has_reading(self, document: str, sha256: str, run: str) -> bool:
        """Whether this very document was read by the same program; never of one made in memory."""
        row = self.documents.get(document)
        return row is not None and bool(sha256) and (row["sha256"], row["run"]) == (sha256, run)

    def find_ids(self, name: str) -> list[str]:
        """The documents that an id, or the name of a file, means, also where nothing could be read of it."""
        rows = [*self.documents.values(), *self.failures]
        by_id = [row["document"] for row in rows if row["document"] == name]
        return by_id or list(dict.fromkeys(row["document"] for row in rows if row["file"] == Path(name).name))

    def find_near(self, name: str) -> list[str]:
        """Ids and names of files that look like the name."""
        rows = [*self.documents.values(), *self.failures]
        return get_close_matches(name, {text for row in rows for text in (row["document"], row["file"]) if text}, n=3)

    def remove_document(self, document: str) -> None:
        self.documents.pop(document, None)
        self.evidence.pop(document, None)
        self.failures = [row for row in self.failures if row["document"] != document]

    def list_evidence(self, documents: Iterable[str] | None = None) -> Iterator[Evidence]:
        """The evidence of these documents, or of all, in order."""
        for document in self.documents if documents is None else documents:
            yield from self.evidence.get(document, ())


def format_mention(evidence: Evidence) -> bytes:
    """One line of ``sigmine extract``; its belief is how likely it is read right."""
    return json.dumps(evidence_to_json(evidence, evidence.mention.prior), ensure_ascii=False).encode() + b"\n"


def load_contents(out: Path) -> Contents:
    """What the folder holds; nothing if it is empty or not there.

    Raises:
        StoreError: if it was not written by ``sigmine run``, or by a version that wrote another form.
    """
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return Contents()
    if not is_output(out):
        raise StoreError(f"{out} was not written by `sigmine run`, so nothing can be added to it or removed from it.")
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    if manifest.get("schema") != SCHEMA:
        raise StoreError(f"{out} was written by another version of sigmine; write it again with `sigmine run`.")
    run = manifest["run"]
    program = {name: value for name, value in manifest.items() if name not in _ABOUT_READING}
    rows = [{**row, "run": row.get("run", run)} for row in manifest["documents"]]
    contents = Contents(
        documents={row["document"]: row for row in rows},
        failures=manifest["failures"],
        program=program,
        programs={item["run"]: item for item in (program, *manifest.get("earlier_runs", ()))},
    )
    for evidence in _load_evidence(out):
        contents.evidence[evidence.document] = (*contents.evidence.get(evidence.document, ()), evidence)
    return contents


def _load_evidence(out: Path) -> Iterator[Evidence]:
    """All evidence in the order of the mentions; the lines name it, and the store has what the lines leave out."""
    from sigmine.store import open_store

    by_line: dict[bytes, list[Evidence]] = {}
    seen: set[Evidence] = set()
    with open_store(out / "store", read_only=True) as store:
        for statement in store.find_statements():
            for evidence in statement.evidence:
                if evidence not in seen:
                    seen.add(evidence)
                    by_line.setdefault(format_mention(evidence), []).append(evidence)
    with (out / MENTIONS).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            known = by_line.get(line)
            if not known:
                raise StoreError(
                    f"{out / MENTIONS}, line {number}, is not what {out / 'store'} holds: one of them was changed by "
                    "another program or version. Write the folder again with `sigmine run`."
                )
            # What two rules read alike differs in nothing but the scores of identities, which a line leaves out.
            yield known.pop(0) if len(known) > 1 else known[0]


def write_contents(contents: Contents, folder: Path, program: JsonObject) -> Written:
    """Fills an empty folder; the same contents give the same bytes, the triple store's own files excepted.

    Args:
        program: the manifest's rows on what writes the folder (``describe_program``).
    """
    from sigmine.assembly import assemble

    with (folder / MENTIONS).open("wb") as lines:
        lines.writelines(map(format_mention, contents.list_evidence()))
    tally = count_contents(contents)
    statements = assemble(contents.list_evidence())
    tally.add_statements(statements)
    used = {row["run"] for row in contents.documents.values()} - {program["run"]}
    earlier = [contents.programs[run] for run in sorted(used) if run in contents.programs]
    _write_statements(statements, folder, [*earlier, program])
    rows = {**program, **({"earlier_runs": earlier} if earlier else {}), **tally.to_json()}
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")
    return Written(tally, statements, rows)


def count_contents(contents: Contents) -> Tally:
    """The counts without those of statements."""
    tally = Tally(failures=[*contents.failures, *contents.new_failures])
    for document, row in contents.documents.items():
        tally.add_document(row, contents.evidence.get(document, ()))
    return tally


def _write_statements(statements: tuple[Statement, ...], folder: Path, programs: Iterable[JsonObject]) -> None:
    from sigmine.exports import EXPORTS
    from sigmine.store import open_store

    for name, format_ in _FORMATS.items():
        EXPORTS[format_].write(statements, folder / name)
    with open_store(folder / "store") as store:
        store.write_statements(statements)
        for program in programs:
            store.write_run(program)
