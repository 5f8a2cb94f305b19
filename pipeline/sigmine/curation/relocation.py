"""Decisions found again in another run: by the reading's id, else by its place in the same text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sigmine.curation.decision import Decision, make_reading
from sigmine.curation.gold import make_claim
from sigmine.evaluation.claim import Claim
from sigmine.evaluation.judged import is_same_reading, is_same_statement
from sigmine.evaluation.matching import ClaimIndex
from sigmine.model.ids import make_evidence_id
from sigmine.model.statement import Evidence


class DecisionIndex:
    """Finds the decision on a reading, also where another rule, or another version of a rule, reads it now.

    By place, it must be in the same sentence. What was accepted is the same with the same relation, identities, flags
    and sites; what was rejected or corrected, with the same relation and ends and the same in what was wrong about it,
    as ``sigmine evaluate`` has it (``sigmine.evaluation.judged``). What says now what a correction says is accepted.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        listed = tuple(decisions)
        self._by_id = {one.evidence: one for one in listed}
        self._claims: list[tuple[Claim, Decision]] = []
        for one in listed:
            if one.reading is not None:
                self._claims.append((one.reading, one))
            if one.reading is not None and one.correction is not None:
                mended = replace(one, verdict="accepted", error=None, correction=None)
                self._claims.append((make_claim(one, one.correction, id=one.evidence, verdict="corrected"), mended))
        self._index = ClaimIndex([claim for claim, _ in self._claims], "relaxed")
        self.documents = frozenset(one.document for one in listed)

    def find(self, evidence: Evidence, sha256: str = "") -> Decision | None:
        """What was decided; None where nobody has.

        Args:
            sha256: of the bytes of the document's file, where it is known: offsets in another text mean nothing.
        """
        if evidence.document not in self.documents:
            return None
        known = self._by_id.get(make_evidence_id(evidence))
        if known is not None:
            return known
        claim = make_reading(evidence)
        found = None
        for index in self._index.find(claim):
            other, decision = self._claims[index]
            other_text = sha256 and decision.sha256 and sha256 != decision.sha256
            if not other_text and _is_same(claim, other, decision):
                found = decision  # the newest of several
        return found


def _is_same(claim: Claim, other: Claim, decision: Decision) -> bool:
    if decision.verdict == "accepted":
        return is_same_statement(claim, other)
    return is_same_reading(claim, other, decision.error or "")
