"""Decisions found again in another run: by the reading's id, else by its place in the same text."""

from __future__ import annotations

from collections.abc import Iterable

from sigmine.curation.decision import Decision, make_reading
from sigmine.evaluation.judged import is_same_reading
from sigmine.evaluation.matching import ClaimIndex
from sigmine.model.ids import make_evidence_id
from sigmine.model.statement import Evidence


class DecisionIndex:
    """Finds the decision on a reading, also where another rule, or another version of a rule, reads it now.

    By place it is the same reading as ``sigmine evaluate`` would say: the same relation and ends in the same sentence,
    and, of a rejected one, the same in what it was rejected for (``sigmine.evaluation.judged``).
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self._decisions = tuple(decisions)
        self._by_id = {one.evidence: one for one in self._decisions}
        self._placed = [one for one in self._decisions if one.reading is not None]
        self._index = ClaimIndex([one.reading for one in self._placed if one.reading is not None], "relaxed")
        self.documents = frozenset(one.document for one in self._decisions)

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
            decision = self._placed[index]
            other_text = sha256 and decision.sha256 and sha256 != decision.sha256
            error = (decision.error or "") if decision.verdict == "rejected" else ""
            if not other_text and decision.reading is not None and is_same_reading(claim, decision.reading, error):
                found = decision  # the newest of several
        return found
