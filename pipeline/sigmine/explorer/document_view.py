"""A document as a page shows it: its running text with what was found in it, or, without it, the sentences we have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sigmine.explorer.marks import Mark, cut_text, describe_entity, list_marks
from sigmine.explorer.neighbourhood import find_statements
from sigmine.explorer.refusal import Refused
from sigmine.explorer.rows import make_row
from sigmine.explorer.session import Session
from sigmine.explorer.view import View
from sigmine.model import Document, Section
from sigmine.model.entity import Entity
from sigmine.model.ids import make_evidence_id
from sigmine.model.json import JsonObject
from sigmine.model.statement import Evidence, Statement
from sigmine.rereading import fits, read_entities

MAX_CHARACTERS = 400_000
"""Of a text; what stands behind is not shown."""

Stated = tuple[Statement, Evidence]


def make_document(session: Session, name: str) -> JsonObject:
    """The document in blocks, each of a section: sentences with their statements, and marked pieces.

    ``state`` is ``missing`` where the text is not here (the blocks are then the sentences with statements),
    ``reading`` while names are looked for in it, ``read`` when the blocks have them, ``failed`` if that cannot be done;
    ``note`` says so in words.

    Raises:
        Refused: if the store has nothing of the document.
    """
    stated = _find_stated(session, name)
    if not stated:
        raise Refused(f"There is no document {name!r} with statements in {session.place}.", 404)
    rows: dict[str, JsonObject] = {}
    for statement, _ in stated:
        if statement.id not in rows:
            rows[statement.id] = make_row(statement, session.curation.find)
    base: JsonObject = {"id": name, "file": session.documents.files.get(name), "statements": list(rows.values())}
    document = _find_document(session, name, [evidence for _, evidence in stated])
    if document is None:
        note = (
            "The text of this document is not here, so only its sentences with statements are shown. Start the "
            "explorer in the folder of the text, or name its file or folder: sigmine explore OUT --texts PATH"
        )
        return {**base, "state": "missing", "note": note, "blocks": list(_make_loose_blocks(stated))}
    task = session.background.ask(
        f"document {name}", lambda: {"names": read_entities(document, session.documents.options)}
    )
    names: Sequence[Entity] = task.result["names"] if task.result else ()
    state = "failed" if task.failure else "reading" if task.result is None else "read"
    note = {
        "reading": "The text is being read for all its names. That takes some seconds, the first time more.",
        "failed": f"Names could not be looked for: {task.failure}",
    }.get(state, "")
    if len(document.text) > MAX_CHARACTERS:
        note = f"{note} Of {len(document.text):,} characters the first {MAX_CHARACTERS:,} are shown.".strip()
    return {**base, "state": state, "note": note, "blocks": list(_make_blocks(document, names, stated))}


def _find_stated(session: Session, name: str) -> list[Stated]:
    """What was read in the document, in the order of its text."""
    found = session.get_statements(find_statements(session.store, View(documents=(name,))).ids)
    stated = [(statement, item) for statement in found for item in statement.evidence if item.document == name]
    return sorted(stated, key=lambda pair: (pair[1].start, pair[1].mention.trigger.start, pair[0].id))


def _find_document(session: Session, name: str, evidence: Sequence[Evidence]) -> Document | None:
    """The text in which every sentence stands at its place; another version of it would be marked wrongly."""
    found = session.documents.find(name)
    return next((document for document in found if all(fits(document, item) for item in evidence)), None)


def _make_blocks(document: Document, names: Iterable[Entity], stated: Sequence[Stated]) -> Iterator[JsonObject]:
    marks = [mark for _, evidence in stated for mark in list_marks(evidence)]
    marks += [Mark(one.start, one.end, "mention", describe_entity(one)) for one in names]
    marks.sort(key=lambda mark: mark.start)
    spans = list(_merge_spans((evidence.start, evidence.end) for _, evidence in stated))
    sections = document.sections or (Section("body", 0, len(document.text)),)
    for section in sections:
        if section.start >= MAX_CHARACTERS:
            return
        here = [mark for mark in marks if mark.start < section.end and section.start < mark.end]
        yield {
            "kind": section.kind,
            "title": section.title,
            "parts": list(_make_parts(document.text, section.start, section.end, spans, here, stated)),
        }


def _make_parts(
    text: str, start: int, end: int, spans: Iterable[tuple[int, int]], marks: Sequence[Mark], stated: Sequence[Stated]
) -> Iterator[JsonObject]:
    """The text in order: sentences with statements, and what stands between them."""
    at = start
    for low, high in spans:
        low, high = max(low, start), min(high, end)
        if low >= high:
            continue
        if at < low:
            yield {"pieces": cut_text(text[at:low], marks, start=at)}
        yield {"pieces": cut_text(text[low:high], marks, start=low), **_name_sentence(low, high, stated)}
        at = high
    if at < end:
        yield {"pieces": cut_text(text[at:end], marks, start=at)}


def _name_sentence(start: int, end: int, stated: Sequence[Stated]) -> JsonObject:
    here = [(statement, item) for statement, item in stated if item.start < end and start < item.end]
    return {
        "start": start,
        "end": end,
        "statements": list(dict.fromkeys(statement.id for statement, _ in here)),
        "evidence": list(dict.fromkeys(make_evidence_id(item) for _, item in here)),
    }


def _merge_spans(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Disjoint, in order; what overlaps is one."""
    last: tuple[int, int] | None = None
    for start, end in sorted(set(spans)):
        if last is not None and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def _make_loose_blocks(stated: Sequence[Stated]) -> Iterator[JsonObject]:
    seen: dict[tuple[int, int], Evidence] = {}
    for _, evidence in stated:
        seen.setdefault((evidence.start, evidence.end), evidence)
    for (start, end), evidence in sorted(seen.items(), key=lambda item: item[0]):
        same = [item for _, item in stated if (item.start, item.end) == (start, end)]
        marks = [mark for item in same for mark in list_marks(item)]
        pieces = cut_text(evidence.sentence, marks, start=start)
        yield {
            "kind": evidence.section,
            "title": "",
            "parts": [{"pieces": pieces, **_name_sentence(start, end, stated)}],
        }
