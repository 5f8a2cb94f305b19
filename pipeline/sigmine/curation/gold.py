"""Gold from decisions: files that say which readings are right and wrong, and nothing of what nobody judged.

An accepted reading is a statement of the gold, a correction another, and a rejected or corrected reading a line that
says what was read and why it is wrong (``gold/README.md``, "Judged readings").
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sigmine.curation.decision import Correction, Decision
from sigmine.curation.journal import Curation
from sigmine.errors import CurationError
from sigmine.evaluation.claim import Claim, End, GoldStatement, Prediction
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.gold_check import check_header, check_statement
from sigmine.evaluation.gold_write import format_gold, gold_to_json
from sigmine.evaluation.judged import JUDGED
from sigmine.model.ids import make_hash
from sigmine.output import replace_file

_Said = Prediction | Correction


@dataclass(frozen=True, slots=True)
class JudgedGold:
    """What ``make_gold`` returns: documents by their ids, and what is no gold, each with the reason."""

    documents: tuple[GoldDocument, ...]
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Lines:
    """The lines of one document, each statement once."""

    decisions: list[Decision] = field(default_factory=list)
    right: dict[object, GoldStatement] = field(default_factory=dict)
    wrong: dict[object, GoldStatement] = field(default_factory=dict)


def make_gold(decisions: Curation | Iterable[Decision]) -> JudgedGold:
    """The gold of what stands, a document for each that was judged.

    Decisions on two texts of one document (their SHA-256 differ) are no gold together: those on the text that was
    judged last are taken. What lacks a file or a place in it, or is no line of gold, is left out.
    """
    listed = decisions.decisions() if isinstance(decisions, Curation) else tuple(decisions)
    texts = {one.document: one.sha256 for one in listed if one.sha256}  # the last one stays
    left_out: list[str] = []
    found: dict[str, _Lines] = {}
    for decision in listed:
        problem = _find_problem(decision, texts.get(decision.document, ""))
        if not problem:
            problem = _add(decision, found.setdefault(decision.document, _Lines()))
        if problem:
            left_out.append(f"{decision.document} {decision.evidence}: {problem}")
    documents = (_make_document(lines) for _, lines in sorted(found.items()) if lines.decisions)
    return JudgedGold(tuple(documents), tuple(left_out))


def write_gold(decisions: Curation | Iterable[Decision], folder: str | Path) -> JudgedGold:
    """Writes ``make_gold``: a file for each document. What it wrote there before and does not write now is taken away.

    Raises:
        CurationError: if the folder holds gold that is not made from decisions; nothing is written then.
    """
    folder = Path(folder)
    gold = make_gold(decisions)
    if folder.exists() and not folder.is_dir():
        raise CurationError(f"{folder} is a file. Name a folder for the gold.")
    old = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    foreign = [path.name for path in old if not _is_judged(path)]
    if foreign:
        raise CurationError(
            f"{folder} holds files that were not made from decisions ({', '.join(foreign[:3])}). Name another folder, "
            "so that the two kinds of gold stay apart."
        )
    folder.mkdir(parents=True, exist_ok=True)
    written = set()
    for document in gold.documents:
        path = folder / f"{quote(document.document, safe=' ()')}.jsonl"
        with replace_file(path) as stream:
            stream.write(format_gold(document).encode())
        written.add(path)
    for path in old:
        if path not in written:
            path.unlink()
    return gold


def make_claim(decision: Decision, said: _Said, *, id: str, verdict: str, instead: str = "") -> GoldStatement:
    """What was read, or what it should have been, as a statement of the gold."""
    reading = decision.reading
    assert reading is not None  # callers have looked
    outside = sum(not _is_inside(end, reading) for end in (said.subject, said.object) if end is not None)
    allowed = 1 if reading.section == "table" and said.subject is not None else 0
    return GoldStatement(
        id=id,
        document=decision.document,
        relation=said.relation,
        subject=said.subject,
        object=said.object,
        sites=said.sites,
        sentence=reading.sentence,
        section=reading.section,
        negated=said.negated,
        hedged=said.hedged,
        direct=said.direct,
        cross_sentence=outside > allowed,
        note=decision.comment,
        verdict=verdict,
        error=decision.error or "",
        instead=instead,
        curator=decision.curator,
        time=decision.time,
    )


def _find_problem(decision: Decision, sha256: str) -> str:
    if decision.reading is None:
        return "the decision does not say what was read"
    if not decision.file or not decision.sha256:
        return "nobody knows which file was read; judge the output folder of a run"
    if decision.sha256 != sha256:
        return "another text of this document was judged later"
    unplaced = [one for one in (decision.reading, decision.correction) if one is not None and not _is_placed(one)]
    return "an end has no place in the file" if unplaced else ""


def _add(decision: Decision, lines: _Lines) -> str:
    """Adds the lines of a decision; says why if they would be no gold."""
    reading, correction = decision.reading, decision.correction
    assert reading is not None
    name = f"{decision.document}-{make_hash(['judged', decision.evidence])}"
    right = wrong = None
    if decision.verdict == "accepted":
        right = make_claim(decision, reading, id=name, verdict="accepted")
    elif correction is None:
        wrong = make_claim(decision, reading, id=name, verdict="rejected")
    else:
        right = make_claim(decision, correction, id=name, verdict="corrected")
    if right is not None:
        faults = check_statement(gold_to_json(right), judged=True)
        if faults:
            return "; ".join(faults)
        right = lines.right.setdefault(_make_key(right), right)  # two rules may read the same
    if correction is not None and right is not None:
        wrong = make_claim(decision, reading, id=f"{name}-read", verdict="rejected", instead=right.id)
    if wrong is not None:
        faults = check_statement(gold_to_json(wrong), judged=True)
        if faults and right is None:
            return "; ".join(faults)
        if not faults:
            lines.wrong.setdefault((_make_key(wrong), wrong.error), wrong)
    lines.decisions.append(decision)
    return ""


def _make_key(claim: Claim) -> tuple[object, ...]:
    return (
        claim.sentence,
        claim.relation,
        claim.subject,
        claim.object,
        claim.sites,
        (claim.negated, claim.hedged, claim.direct),
    )


def _make_document(lines: _Lines) -> GoldDocument:
    last = lines.decisions[-1]
    right, wrong = (sorted(side.values(), key=_place) for side in (lines.right, lines.wrong))
    document = GoldDocument(
        document=last.document,
        file=last.file,
        sha256=last.sha256,
        annotator=", ".join(sorted({one.curator for one in lines.decisions})),
        statements=tuple(right),
        scope=JUDGED,
        rejected=tuple(wrong),
    )
    header = json.loads(format_gold(document).partition("\n")[0])
    faults = check_header(header)
    if faults:
        raise CurationError(f"Decisions on {last.document!r} give no gold: {'; '.join(faults)}.")
    return document


def _place(claim: GoldStatement) -> tuple[object, ...]:
    return claim.sentence, claim.object.spans, claim.id


def _is_placed(said: _Said) -> bool:
    return all(end.spans for end in (said.subject, said.object) if end is not None)


def _is_inside(end: End, reading: Prediction) -> bool:
    start, stop = reading.sentence
    return any(start <= span[0] and span[1] <= stop for span in end.spans)


def _is_judged(path: Path) -> bool:
    """Whether the file is gold of this kind."""
    try:
        with path.open(encoding="utf-8") as lines:
            header = json.loads(next(lines, ""))
    except (OSError, ValueError):
        return False
    return isinstance(header, dict) and header.get("scope") == JUDGED
