"""Output folders of earlier versions, read back.

Schema 1 had no ``readings.jsonl``: the lines of ``mentions.jsonl`` tell the order, the store has what they leave out.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from sigmine.errors import StoreError
from sigmine.model import Evidence
from sigmine.model.json import JsonObject, format_mention
from sigmine.model.record import dump_evidence
from sigmine.records import Record

_MENTIONS = "mentions.jsonl"


def iter_records_of_schema_1(out: Path, manifest: JsonObject) -> Iterator[Record]:
    """The documents in order, then what could not be read. Their keys are not known, so they are read again if given.

    Raises:
        StoreError: if the lines and the store do not agree.
    """
    found = groupby(_load_evidence(out), key=attrgetter("document"))
    evidence = {document: tuple(group) for document, group in found}
    for row in manifest["documents"]:
        lines = tuple(dump_evidence(item).encode() for item in evidence.get(row["document"], ()))
        yield Record(row["document"], "", {**row, "run": row.get("run", manifest["run"])}, lines)
    for row in manifest["failures"]:
        yield Record(row["document"], "", row)


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
    with (out / _MENTIONS).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            known = by_line.get(line)
            if not known:
                raise StoreError(
                    f"{out / _MENTIONS}, line {number}, is not what {out / 'store'} holds: one of them was changed by "
                    "another program or version. Write the folder again with `sigmine run`."
                )
            # What two rules read alike differs in nothing but the scores of identities, which a line leaves out.
            yield known.pop(0) if len(known) > 1 else known[0]
