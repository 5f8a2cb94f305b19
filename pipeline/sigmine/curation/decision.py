"""One decision of a curator on one reading, and its line in a journal. No sentence is in it: offsets and names only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from sigmine.curation.sources import NO_SOURCE, Source
from sigmine.errors import CurationError
from sigmine.evaluation.claim import End, Prediction, Span
from sigmine.evaluation.gold_check import SITE_NAME
from sigmine.evaluation.predictions import make_prediction
from sigmine.evaluation.reasons import REASONS
from sigmine.model.ids import make_evidence_id
from sigmine.model.statement import Evidence

Row = dict[str, Any]
Verdict = Literal["accepted", "rejected", "corrected"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Correction:
    """What the sentence says instead.

    Attributes:
        relation: as in ``sigmine.evaluation.claim.RELATIONS``.
        subject: None where the text names none. Spans of ends are characters of the file, as in ``Decision.reading``;
            empty where the place is not known.
        object: as the subject.
        sites: ``S473`` or ``S``, as the text numbers them; empty if none.

    Raises:
        CurationError: if a site is no residue.
    """

    relation: str
    subject: End | None
    object: End
    sites: tuple[str, ...] = ()
    negated: bool = False
    hedged: bool = False
    direct: bool = True

    def __post_init__(self) -> None:
        wrong = [name for name in self.sites if not SITE_NAME.fullmatch(name)]
        if wrong:
            raise CurationError(
                f"{wrong[0]!r} is no residue; write a one-letter residue and its number, as S473, or S."
            )


@dataclass(frozen=True, slots=True)
class Decision:
    """What a curator says of one reading.

    Attributes:
        evidence: the reading's id (``sigmine.model.ids.make_evidence_id``).
        statement: the id of the statement that it was shown under.
        document: the document's id.
        verdict: ``accepted`` (the sentence says so), ``rejected`` (it does not) or ``corrected`` (``correction`` is
            what it says).
        error: why it is wrong, an id of ``sigmine.evaluation.reasons.REASONS``; None where nobody says.
        correction: there exactly where the verdict is ``corrected``.
        comment: in the curator's words; they should not be those of the text, which is somebody else's.
        curator, time: who, and when (ISO 8601, UTC); empty until the journal fills them in.
        reading: what was read: relation, ends, sites, flags and rule, with offsets in the file's own characters and
            without the sentence; None in decisions from elsewhere, which then fit by ``evidence`` alone.
        file, sha256: the name of the document's file, and of its bytes; empty where nobody knows.
        version, run: of sigmine, and of the run that read it; empty where nobody knows.
    """

    evidence: str
    statement: str
    document: str
    verdict: Verdict
    error: str | None = None
    correction: Correction | None = None
    comment: str = ""
    curator: str = ""
    time: str = ""
    reading: Prediction | None = None
    file: str = ""
    sha256: str = ""
    version: str = ""
    run: str = ""

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise CurationError(f"There is no verdict {self.verdict!r}. Allowed: {', '.join(VERDICTS)}.")
        if self.error is not None and self.error not in REASONS:
            raise CurationError(f"There is no error class {self.error!r}. Allowed: {', '.join(REASONS)}.")
        if self.verdict == "accepted" and self.error is not None:
            raise CurationError(f"An accepted reading has no error; {self.error!r} goes with rejected or corrected.")
        if (self.verdict == "corrected") != (self.correction is not None):
            raise CurationError("A correction goes with the verdict 'corrected', and that verdict needs one.")

    def says_the_same_as(self, other: Decision) -> bool:
        """Whether nothing but the time and the program differs."""
        return replace(self, time="", version="", run="") == replace(other, time="", version="", run="")


def make_decision(
    evidence: Evidence,
    statement: str,
    verdict: Verdict,
    *,
    source: Source = NO_SOURCE,
    error: str | None = None,
    correction: Correction | None = None,
    comment: str = "",
    curator: str = "",
    time: str = "",
) -> Decision:
    """A decision on a reading, with all that is known of it.

    Args:
        statement: the id of the statement that the reading was shown under.
        source: the document's file and run (``sigmine.curation.load_sources(out)[evidence.document]``).

    Raises:
        CurationError: if verdict, error and correction do not go together.
    """
    return Decision(
        evidence=make_evidence_id(evidence),
        statement=statement,
        document=evidence.document,
        verdict=verdict,
        error=error,
        correction=correction,
        comment=comment,
        curator=curator,
        time=time,
        reading=make_reading(evidence),
        file=source.file,
        sha256=source.sha256,
        version=source.version,
        run=source.run,
    )


def make_reading(evidence: Evidence) -> Prediction:
    """What was read, in the characters of the file, without the sentence."""
    return replace(make_prediction(evidence, make_evidence_id(evidence)), text="")


def decision_to_json(decision: Decision) -> Row:
    """The object of a line of a journal."""
    reading, correction = decision.reading, decision.correction
    return {
        "evidence": decision.evidence,
        "statement": decision.statement,
        "document": decision.document,
        "verdict": decision.verdict,
        "error": decision.error,
        "correction": None if correction is None else _said_to_json(correction),
        "comment": decision.comment,
        "curator": decision.curator,
        "time": decision.time,
        "reading": None if reading is None else _reading_to_json(reading),
        "file": decision.file,
        "sha256": decision.sha256,
        "version": decision.version,
        "run": decision.run,
    }


def decision_from_json(row: Mapping[str, Any]) -> Decision:
    """The inverse of ``decision_to_json``.

    Raises:
        CurationError: if verdict, error and correction do not go together.
        KeyError, TypeError, ValueError: if it is not such an object.
    """
    reading, correction = row["reading"], row["correction"]
    return Decision(
        evidence=str(row["evidence"]),
        statement=str(row["statement"]),
        document=str(row["document"]),
        verdict=row["verdict"],
        error=row["error"],
        correction=None if correction is None else Correction(**_said_from_json(correction)),
        comment=row["comment"],
        curator=row["curator"],
        time=row["time"],
        reading=None if reading is None else _reading_from_json(reading, str(row["evidence"]), str(row["document"])),
        file=row["file"],
        sha256=row["sha256"],
        version=row["version"],
        run=row["run"],
    )


def _reading_to_json(reading: Prediction) -> Row:
    return {
        **_said_to_json(reading),
        "sentence": list(reading.sentence),
        "section": reading.section,
        "rule": reading.rule,
        "belief": reading.belief,
    }


def _reading_from_json(row: Row, id: str, document: str) -> Prediction:
    return Prediction(
        id=id,
        document=document,
        **_said_from_json(row),
        sentence=_span_from_json(row["sentence"]),
        section=row["section"],
        rule=row["rule"],
        belief=float(row["belief"]),
    )


def _said_to_json(said: Prediction | Correction) -> Row:
    return {
        "relation": said.relation,
        "subject": None if said.subject is None else _end_to_json(said.subject),
        "object": _end_to_json(said.object),
        "sites": list(said.sites),
        "negated": said.negated,
        "hedged": said.hedged,
        "direct": said.direct,
    }


def _said_from_json(row: Row) -> Row:
    subject = row["subject"]
    return {
        "relation": str(row["relation"]),
        "subject": None if subject is None else _end_from_json(subject),
        "object": _end_from_json(row["object"]),
        "sites": tuple(row["sites"]),
        "negated": bool(row["negated"]),
        "hedged": bool(row["hedged"]),
        "direct": bool(row["direct"]),
    }


def _end_to_json(end: End) -> Row:
    return {"spans": [list(span) for span in end.spans], "name": end.name, "type": end.type, "curie": end.curie}


def _end_from_json(row: Row) -> End:
    return End(tuple(map(_span_from_json, row["spans"])), row["name"], row["type"], row["curie"])


def _span_from_json(value: list[int]) -> Span:
    start, end = value
    if not 0 <= start < end:
        raise ValueError(f"{value!r} is no half-open span")
    return start, end
