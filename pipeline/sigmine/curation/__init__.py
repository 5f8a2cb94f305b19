"""Decisions of curators on what was read: kept in a journal, turned into gold, used by beliefs, asked for by a queue.

::

    curation = open_curation("out-curation", curator="ada")
    sources = load_sources(Path("out"))
    decision = make_decision(evidence, statement.id, "rejected", error="direction", source=sources[evidence.document])
    curation.decide(decision, seen=revision)   # raises CurationConflict if somebody decided since that revision
    curation.find(make_evidence_id(evidence))  # what stands, or None
    curation.undo()
    make_queue(statements, curation, 50)       # what to judge next
    write_gold(curation, "judged")             # for load_gold and sigmine evaluate
    apply_decisions(evidence, curation.decisions()).evidence  # for assemble: the beliefs that follow
"""

from sigmine.curation.beliefs import (
    Curated,
    apply_decisions,
    check_uncurated,
    describe_curation,
    is_right,
    make_reliability,
)
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
from sigmine.curation.gold import JudgedGold, make_gold, write_gold
from sigmine.curation.journal import Curation, open_curation
from sigmine.curation.queue import QueueItem, make_queue
from sigmine.curation.relocation import DecisionIndex
from sigmine.curation.sources import NO_SOURCE, Source, find_curation_folder, load_sources
from sigmine.curation.spans import find_document_span, find_file_span, find_words
from sigmine.curation.statistics import CurationStatus, describe_decisions
from sigmine.errors import CurationConflict, CurationError
from sigmine.evaluation.reasons import REASONS, Reason

__all__ = [
    "NO_SOURCE",
    "REASONS",
    "VERDICTS",
    "Correction",
    "Curated",
    "Curation",
    "CurationConflict",
    "CurationError",
    "CurationStatus",
    "Decision",
    "DecisionIndex",
    "JudgedGold",
    "QueueItem",
    "Reason",
    "Source",
    "Verdict",
    "apply_decisions",
    "check_uncurated",
    "decision_from_json",
    "decision_to_json",
    "describe_curation",
    "describe_decisions",
    "find_curation_folder",
    "find_document_span",
    "find_file_span",
    "find_words",
    "is_right",
    "load_sources",
    "make_decision",
    "make_gold",
    "make_queue",
    "make_reading",
    "make_reliability",
    "open_curation",
    "write_gold",
]
