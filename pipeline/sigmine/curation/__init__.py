"""Decisions of curators on what was read: kept in a journal, turned into gold, used by beliefs, asked for by a queue.

::

    curation = open_curation("out-curation", curator="ada")
    sources = load_sources(Path("out"))
    decision = make_decision(evidence, statement.id, "rejected", error="direction", source=sources[evidence.document])
    curation.decide(decision, seen=revision)   # raises CurationConflict if somebody decided since that revision
    curation.find(make_evidence_id(evidence))  # what stands, or None
    curation.undo()
"""

from sigmine.curation.decision import (
    VERDICTS,
    Correction,
    Decision,
    Verdict,
    decision_from_json,
    decision_to_json,
    make_decision,
    make_reading,
)
from sigmine.curation.journal import Curation, open_curation
from sigmine.curation.sources import NO_SOURCE, Source, find_curation_folder, load_sources
from sigmine.errors import CurationConflict, CurationError
from sigmine.evaluation.reasons import REASONS, Reason

__all__ = [
    "NO_SOURCE",
    "REASONS",
    "VERDICTS",
    "Correction",
    "Curation",
    "CurationConflict",
    "CurationError",
    "Decision",
    "Reason",
    "Source",
    "Verdict",
    "decision_from_json",
    "decision_to_json",
    "find_curation_folder",
    "load_sources",
    "make_decision",
    "make_reading",
    "open_curation",
]
