"""What a run came to: counts, the molecules with most partners, and what failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sigmine.analysis import Reading
from sigmine.model import Evidence, Statement
from sigmine.model.entity import SITE_STATUSES
from sigmine.model.json import JsonObject
from sigmine.model.statement import CLAIM_TYPES

TOP_MOLECULES = 10


@dataclass(slots=True)
class Tally:
    """Counts that grow with documents and statements; ``documents`` and ``failures`` are rows of the manifest."""

    documents: list[JsonObject] = field(default_factory=list)
    failures: list[JsonObject] = field(default_factory=list)
    relations: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)
    partners: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def add_document(self, row: JsonObject, evidence: Iterable[Evidence]) -> None:
        self.documents.append(row)
        for item in evidence:
            self.claims[item.mention.claim] += 1
            self.sites.update(site.status for site in item.mention.sites)

    def add_statements(self, statements: Iterable[Statement]) -> None:
        for statement in statements:
            self.relations[statement.relation] += 1
            subject, object_ = statement.subject, statement.object
            if subject and subject.key != object_.key:
                for agent, partner in ((subject, object_), (object_, subject)):
                    self.names.setdefault(agent.key, agent.name)
                    self.partners.setdefault(agent.key, set()).add(partner.key)

    def find_molecules(self, limit: int = TOP_MOLECULES) -> tuple[tuple[str, int], ...]:
        """Names with the number of their distinct partners, most first, then by name."""
        rows = sorted((-len(partners), self.names[key], key) for key, partners in self.partners.items())
        return tuple((name, -count) for count, name, _ in rows[:limit])

    def count(self, what: str) -> int:
        """The sum over the documents of what their rows count: ``characters``, ``mentions`` and the like."""
        return sum(row.get(what, 0) for row in self.documents)

    def to_json(self) -> JsonObject:
        """The part of a manifest that is known after reading."""
        kinds = ("characters", "sentences", "words", "long_sentences", "entities", "mentions")
        return {
            "counts": {
                "documents": len(self.documents),
                "failed": len(self.failures),
                **{kind: self.count(kind) for kind in kinds},
                "statements": self.relations.total(),
                "relations": dict(sorted(self.relations.items())),
                "claims": {claim: self.claims[claim] for claim in CLAIM_TYPES},
                "sites": {status: self.sites[status] for status in SITE_STATUSES},
            },
            "documents": self.documents,
            "failures": self.failures,
        }


def document_to_json(reading: Reading, run: str) -> JsonObject:
    """The row of the manifest for a document that the run read."""
    return {
        **_describe(reading),
        "run": run,
        "characters": reading.characters,
        "sentences": reading.sentences,
        "words": reading.words,
        **({"long_sentences": reading.long_sentences} if reading.long_sentences else {}),
        "entities": len(reading.entities),
        "mentions": len(reading.evidence),
    }


def failure_to_json(reading: Reading) -> JsonObject:
    return {**_describe(reading), "reason": reading.failure}


def _describe(reading: Reading) -> JsonObject:
    # The name of the file, not its path: a manifest is the same on every machine.
    name = Path(reading.source).name if reading.source else None
    return {"document": reading.document, "file": name, "sha256": reading.sha256 or None}


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run came to.

    Attributes:
        out: the folder that was written; ``files`` are the names in it.
        run: the id of the run: a hash of code, rules, bundled data and options.
        counts: as in the manifest: documents, failed, characters, sentences, words, long_sentences (in which no
            relation was looked for), entities, mentions, statements,
            ``relations``, the statements by relation, ``claims``, the mentions by type of claim, and ``sites``, the
            residues of mentions by what is known of them (``SITE_STATUSES``).
        molecules: the most connected, each with the number of its partners.
        failures: what could not be read or analysed, in the order of the input.
        seconds: how long it took.
        skipped: ids of the documents that were added to a folder that has them, unchanged and read by the same program.
    """

    out: Path
    run: str
    counts: JsonObject
    molecules: tuple[tuple[str, int], ...]
    failures: tuple[Reading, ...]
    files: tuple[str, ...]
    seconds: float
    skipped: tuple[str, ...] = ()

    def to_json(self) -> JsonObject:
        return {
            "out": str(self.out),
            "run": self.run,
            "counts": self.counts,
            "molecules": [{"name": name, "partners": count} for name, count in self.molecules],
            "failures": self.failures,
            "skipped": list(self.skipped),
            "files": list(self.files),
            "seconds": round(self.seconds, 2),
        }
