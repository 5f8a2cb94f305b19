"""Decisions in few words; the sentences are made up."""

from __future__ import annotations

from sigmine.assembly import assemble
from sigmine.curation import Correction, Decision, Source, Verdict, make_decision
from sigmine.evaluation.claim import End
from sigmine.model import Evidence, Statement
from store.builders import make_evidence

SOURCE = Source("alpha.txt", "a" * 64, "1f" * 8, "0.1.0")


def make_reading_of(number: int, **more: object) -> Evidence:
    """One of many readings that differ by their place."""
    return make_evidence(
        "AKT1 phosphorylates TSC2 today.", "phosphorylates", "AKT1", "TSC2", start=100 * number, **more
    )  # type: ignore[arg-type]


def decide_on(evidence: Evidence, verdict: Verdict = "accepted", **more: object) -> Decision:
    """A decision on the evidence, with what its statement is in a run of this evidence alone."""
    (statement, *_) = assemble([evidence])
    return make_decision(evidence, statement.id, verdict, **{"source": SOURCE, **more})  # type: ignore[arg-type]


def correct(evidence: Evidence, **changes: object) -> Correction:
    """What was read, but for the changes."""
    mention = evidence.mention
    ends = {
        "subject": End(((mention.subject.start, mention.subject.end),), mention.subject.name, mention.subject.type)
        if mention.subject
        else None,
        "object": End(((mention.object.start, mention.object.end),), mention.object.name, mention.object.type),
    }
    return Correction(**{"relation": mention.relation, **ends, **changes})  # type: ignore[arg-type]


def list_statements(*evidence: Evidence) -> tuple[Statement, ...]:
    return assemble(evidence)
