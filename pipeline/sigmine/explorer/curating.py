"""Decisions that a page sends: read from JSON, checked, written to the journal."""

from __future__ import annotations

from typing import Any

from sigmine.assembly.triples import make_label
from sigmine.curation import (
    NO_SOURCE,
    REASONS,
    VERDICTS,
    Correction,
    Decision,
    decision_to_json,
    make_decision,
    make_reading,
)
from sigmine.errors import CurationConflict
from sigmine.evaluation.claim import RELATIONS, End
from sigmine.explorer.refusal import Refused
from sigmine.explorer.session import Session
from sigmine.model.entity import ENTITY_TYPES
from sigmine.model.json import JsonObject
from sigmine.model.statement import Evidence

_MAX_COMMENT = 2_000
_RANKED = 3_000  # statements of a large store that the queue is made of
_QUEUED = 100


def describe_curation(session: Session) -> JsonObject:
    """Who decides, where it is kept, and how far they are."""
    decisions = session.curation.decisions()
    counts = {verdict: sum(one.verdict == verdict for one in decisions) for verdict in VERDICTS}
    return {
        "curator": session.curation.curator,
        "folder": str(session.curation.folder),
        "revision": session.curation.revision,
        "decided": len(decisions),
        "counts": counts,
        "curators": sorted({one.curator for one in decisions}),
    }


def list_reasons() -> list[JsonObject]:
    """The classes of errors to choose from."""
    return [{"id": one.id, "label": one.label, "explanation": one.explanation} for one in REASONS.values()]


def list_queue(session: Session) -> JsonObject:
    """The readings to decide next. Of a large store only the statements that it is least sure of are ranked.

    Raises:
        StoreError: if the store fails.
    """
    from sigmine.curation.queue import make_queue

    answer = session.store.query(
        f"SELECT ?s {{ ?s sigmine:belief ?belief }} ORDER BY ABS(?belief - 0.5) LIMIT {_RANKED + 1}"
    )
    ids = [str(row[0]).rpartition("/")[2] for row in answer.rows]
    queue = make_queue(session.get_statements(ids[:_RANKED]), session.curation, _QUEUED)
    note = f"Ranked are the {_RANKED:,} statements of least certain belief." if len(ids) > _RANKED else ""
    items = [
        {
            "evidence": item.evidence_id,
            "statement": item.statement.id,
            "label": make_label(item.statement),
            "document": item.evidence.document,
            "probability": round(item.probability, 3),
        }
        for item in queue
    ]
    return {"items": items, "note": note, "curation": describe_curation(session)}


def decide(session: Session, body: JsonObject) -> JsonObject:
    """Writes one decision: ``statement``, ``evidence``, ``verdict``, ``seen`` (the revision that the curator saw), and
    ``error``, ``comment``, ``correction`` where there are any.

    Raises:
        Refused: if the body is no decision on a reading of this store; with 409 if somebody decided meanwhile, and then
            with that ``decision`` and the ``revision`` now.
        CurationError: if it cannot be written.
    """
    statement, evidence = session.get_evidence(_get_text(body, "statement"), _get_text(body, "evidence"))
    verdict = _get_text(body, "verdict")
    if verdict not in VERDICTS:
        raise Refused(f"There is no verdict {verdict!r}. Allowed: {', '.join(VERDICTS)}.")
    seen = body.get("seen")
    if not isinstance(seen, int) or isinstance(seen, bool) or seen < 0:
        raise Refused("seen is the revision that the page has shown, a number.")
    decision = make_decision(
        evidence,
        statement.id,
        verdict,
        source=session.sources.get(evidence.document, NO_SOURCE),
        error=_get_text(body, "error") or None,
        correction=_parse_correction(session, evidence, body.get("correction")) if verdict == "corrected" else None,
        comment=_get_text(body, "comment", limit=_MAX_COMMENT),
    )
    try:
        written = session.curation.decide(decision, seen=seen)
    except CurationConflict as conflict:
        standing = session.curation.find(decision.evidence)
        raise Refused(str(conflict), 409, _describe(session, standing)) from conflict
    return _describe(session, written)


def undo(session: Session, body: JsonObject) -> JsonObject:
    """Takes back the curator's newest decision, or the one on the reading ``evidence``.

    Raises:
        CurationError: if there is none, or it cannot be written.
        Refused: if the body is not understood.
    """
    taken = session.curation.undo(_get_text(body, "evidence") or None)
    standing = session.curation.find(taken.evidence)
    return {**_describe(session, standing), "undone": decision_to_json(taken)}


def _describe(session: Session, decision: Decision | None) -> JsonObject:
    return {"decision": decision_to_json(decision) if decision else None, "curation": describe_curation(session)}


def _get_text(body: JsonObject, name: str, *, limit: int = 500) -> str:
    value = body.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > limit:
        raise Refused(f"{name} is a text of at most {limit} characters.")
    return value.strip()


def _parse_correction(session: Session, evidence: Evidence, value: Any) -> Correction:
    """What the sentence says instead. An end that is named as one of those read keeps its place and identity."""
    if not isinstance(value, dict):
        raise Refused("A correction says relation, subject, object, sites, negated, hedged and direct.")
    relation = _get_text(value, "relation")
    if relation not in RELATIONS:
        raise Refused(f"There is no relation {relation!r}. Allowed: {', '.join(RELATIONS)}.")
    subject, object_ = _get_text(value, "subject"), _get_text(value, "object")
    if not object_:
        raise Refused("A correction names the object.")
    sites = value.get("sites", [])
    if not isinstance(sites, list) or not all(isinstance(site, str) for site in sites):
        raise Refused("sites is a list of residues, such as S473.")
    flags = {name: value.get(name) for name in ("negated", "hedged", "direct")}
    if not all(isinstance(flag, bool) for flag in flags.values()):
        raise Refused("negated, hedged and direct are true or false.")
    return Correction(
        relation,
        _find_end(session, evidence, subject) if subject else None,
        _find_end(session, evidence, object_),
        tuple(name for site in sites for name in _parse_site(site)),
        **flags,  # type: ignore[arg-type]
    )


def _find_end(session: Session, evidence: Evidence, name: str) -> End:
    """The molecule of the name: as it was read, else as the store knows it; placed where the sentence has the words.

    Raises:
        Refused: if the name is neither.
    """
    reading = make_reading(evidence)
    mention = evidence.mention
    ends = [(mention.object, reading.object)]
    if mention.subject is not None and reading.subject is not None:
        ends.insert(0, (mention.subject, reading.subject))
    for entity, end in ends:
        if name.casefold() in (entity.name.casefold(), entity.text.casefold(), (entity.curie or "").casefold()):
            return end
    at = evidence.sentence.casefold().find(name.casefold())
    spans: tuple[tuple[int, int], ...] = ()
    if at >= 0 and evidence.source is None:  # else nobody knows which characters of the file these are
        spans = ((evidence.start + at, evidence.start + at + len(name)),)
    known = session.names.find_exact(name)
    if known is not None:
        return End(spans, known.name, known.type, known.curie)
    if at < 0:
        raise Refused(
            f"{name!r} is neither in the sentence nor a molecule of this store. Write the words of the sentence, or a "
            "name or CURIE that the search finds."
        )
    return End(spans, evidence.sentence[at : at + len(name)], ENTITY_TYPES[0], None)


def _parse_site(text: str) -> list[str]:
    """``S473`` for any notation.

    Raises:
        Refused: if it is no residue.
    """
    from sigmine.nlp.sites import find_sites

    if not text.strip():
        return []
    found = [site.name for site in find_sites(text.strip())]
    if not found and len(text.strip()) == 1 and text.strip().upper() in "STYKRHDECNQMW":
        found = [text.strip().upper()]
    if not found:
        raise Refused(f"{text!r} is no residue; write it like S473, Ser473 or S.")
    return found
