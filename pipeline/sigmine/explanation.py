"""Why a line of a file, or a statement of an output, gave what it gave: finds the place and reads it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sigmine.analysis import Options
from sigmine.errors import ReadError
from sigmine.model import Document, Entity, Evidence
from sigmine.model.ids import make_mention_id
from sigmine.model.json import JsonObject, evidence_from_json
from sigmine.nlp.trace import SentenceTrace
from sigmine.readers import READERS, read_documents
from sigmine.readers.contents import HEAD_BYTES, find_format
from sigmine.readers.html_scan import decode_html
from sigmine.readers.jats_xml import decode_xml
from sigmine.rereading import DocumentFinder, fits, read_again

_LINED = frozenset({"text", "jats", "html", "pubtator"})
"""Formats whose documents know the characters of the file."""
_FILES = ("mentions.jsonl", "statements.jsonl")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What was found at a place.

    Attributes:
        place: ``paper.txt:3``, or the id of an evidence.
        sentences: those of the place, with only the statement that was asked for, if one was.
        notes: what the user should know: another text, nothing read there.
    """

    place: str
    sentences: tuple[SentenceTrace, ...]
    notes: tuple[str, ...] = ()

    def to_json(self) -> JsonObject:
        return {"place": self.place, "sentences": [asdict(one) for one in self.sentences], "notes": list(self.notes)}


def explain_line(
    path: str | Path, line: int, *, options: Options | None = None, texts: Sequence[str | Path] = ()
) -> Explanation:
    """The sentences of a line of a file, of a page of a PDF, or the evidence that a line of ``sigmine extract`` holds.

    Args:
        path: plain text, JATS, HTML or PubTator; a PDF; JSON documents or an output of ``sigmine extract``.
        line: counted from 1; of a PDF, the page. Of a file of JSON documents, the line is a document.
        options: how to read; None for the defaults or, of an output, for those that its manifest gives.
        texts: files or folders with the documents that an output was made from; else they are looked for.

    Raises:
        ReadError: if there is no such file, line or page, or it cannot be read.
    """
    path = Path(path)
    place = f"{path}:{line}"
    data = _load(path)
    format_ = find_format(data[:HEAD_BYTES]) or _find_by_suffix(path.suffix.lower())
    if path.suffix.lower() == ".jsonl":
        lines = _split_lines(_decode(data, path, format_), line, path)
        row = _parse_line(lines[line - 1], place)
        if "evidence" in row:
            return Explainer(DocumentFinder(path, options, texts)).explain(_parse_evidence(row, place), place)
        number = sum(1 for one in lines[:line] if one.strip()) - 1
        found = list(read_documents([path]))[number]
        if not isinstance(found, Document):
            raise ReadError(str(found))
        return Explanation(place, _explain(found, options or Options(), lambda low, high: True))
    if format_ == "pdf":
        return _explain_page(path, line, options or Options())
    if format_ not in _LINED:
        raise ReadError(
            f"{path}: lines can be explained of .txt, .jsonl, JATS (.nxml), .html and .pubtator files, and pages of "
            ".pdf files. Give one of those, or the id of a statement."
        )
    return _explain_text_line(path, line, _decode(data, path, format_), options or Options())


def _explain_text_line(path: Path, line: int, text: str, options: Options) -> Explanation:
    lines = _split_lines(text, line, path)
    start = sum(len(one) + 1 for one in lines[: line - 1])
    end = start + len(lines[line - 1])
    documents = _read_documents(path)
    sentences: list[SentenceTrace] = []
    for document in documents:
        find = (lambda low: low) if document.offsets is None else document.offsets.find_position

        def stands_in_line(low: int, high: int, find: Callable[[int], int | None] = find) -> bool:
            place = find(low)
            return place is not None and start <= place < end

        if _touches(document, start, end):
            sentences += _explain(document, options, stands_in_line)
    notes = () if sentences else (_explain_unread(documents, start, end, lines[line - 1]),)
    return Explanation(f"{path}:{line}", tuple(sentences), notes)


def _explain_page(path: Path, page: int, options: Options) -> Explanation:
    """The sentences that stand on a page of a PDF or reach onto it."""
    [document] = _read_documents(path)
    last = max((one.page for one in document.lines), default=0)
    if not 1 <= page <= last:
        raise ReadError(f"{path}: there is no page {page}; the last one with text is page {last}. Give {path}:PAGE.")
    sentences = _explain(
        document, options, lambda low, high: any(one.page == page for one in document.find_places(low, high))
    )
    return Explanation(f"{path}:{page}", sentences, () if sentences else ("no sentence that is read is on the page",))


def explain_id(
    identifier: str, out: str | Path, *, options: Options | None = None, texts: Sequence[str | Path] = ()
) -> tuple[Explanation, ...]:
    """Each evidence of a statement, or one evidence, by the id that an output gives it.

    Args:
        out: an output folder of ``sigmine run`` or a file of ``sigmine extract``.
        options, texts: as for ``explain_line``.

    Raises:
        ReadError: if there is no such output or id.
    """
    out = Path(out)
    rows = _find_rows(identifier, out)
    explainer = Explainer(DocumentFinder(out, options, texts))
    return tuple(explainer.explain(_parse_evidence(row, str(out)), str(row["id"])) for row in rows)


class Explainer:
    """Explains evidence of an output, in its documents where they are here.

    Args:
        documents: those of the output; each is read once.
    """

    def __init__(self, documents: DocumentFinder) -> None:
        self._documents = documents

    def explain(self, evidence: Evidence, place: str) -> Explanation:
        """Why today's rules read the evidence, or what they make of its sentence; ``place`` is the explanation's."""
        document = next((one for one in self._documents.find(evidence.document) if fits(one, evidence)), None)
        notes: tuple[str, ...] = ()
        shift = 0
        if document is None:
            document, shift = _make_document(evidence), evidence.start
            notes = (
                f"the text of {evidence.document!r} is not here (--texts names its file): the sentence is read alone, "
                "with the ends as they were",
            )
        start = evidence.start - shift  # a row's trigger stands in another sentence, the table's head
        sentences = _explain(document, self._documents.options, lambda low, high: low <= start < high)
        wanted = _key(evidence, shift)
        asked = tuple(_pick(sentence, wanted, evidence) for sentence in sentences)
        if not any(sentence.statements for sentence in asked):
            notes = (*notes, "today's rules do not read this statement; what they make of its sentence is shown")
            return Explanation(place, sentences, notes)
        return Explanation(place, asked, notes)


def _make_document(evidence: Evidence) -> Document:
    """The sentence as a document, with the ends as given entities."""
    mention = evidence.mention
    ends = [end for end in (mention.subject, mention.object) if end is not None]
    inside = [end for end in ends if evidence.start <= end.start and end.end <= evidence.end]
    given = {_move(end, -evidence.start) for end in inside}
    mentions = tuple(sorted(given, key=lambda end: end.start))
    return Document(evidence.document, evidence.sentence, mentions=mentions)


def _move(entity: Entity, by: int) -> Entity:
    return replace(entity, start=entity.start + by, end=entity.end + by, source="given")


def _key(evidence: Evidence, shift: int) -> tuple[object, ...]:
    mention = evidence.mention
    subject = mention.subject.start - shift if mention.subject else None
    return mention.relation, mention.trigger.start - shift, {subject, mention.object.start - shift}


def _pick(sentence: SentenceTrace, wanted: tuple[object, ...], evidence: Evidence) -> SentenceTrace:
    """The sentence with the statement alone that the evidence is of, under the evidence's id."""
    found = [
        replace(one, id=make_mention_id(evidence.document, evidence.mention))
        for one in sentence.statements
        if (one.relation, one.start, {None if one.subject is None else one.ends[0].start, one.ends[-1].start}) == wanted
    ]
    return replace(sentence, statements=tuple(found), silent=())


def _explain(document: Document, options: Options, covers: Callable[[int, int], bool]) -> tuple[SentenceTrace, ...]:
    return tuple(read_again(document, options).find_sentences(covers))


def _explain_unread(documents: Sequence[Document], start: int, end: int, line: str) -> str:
    """Why no sentence covers a line of the file."""
    if not line.strip():
        return "the line is blank"
    for document in documents:
        for section in document.sections:
            if _touches(document, start, end, section.start, section.end):
                return f"the line is in a section of kind {section.kind!r}, in which no statements are looked for"
    return "no sentence was found in the line"


def _touches(document: Document, start: int, end: int, low: int = 0, high: int | None = None) -> bool:
    """Whether some of ``document.text[low:high]`` comes from these characters of the file."""
    high = len(document.text) if high is None else high
    spans = [(low, high)] if document.offsets is None else document.offsets.find_spans(low, high)
    return any(first < end and start < last for first, last in spans)


def _read_documents(path: Path) -> list[Document]:
    """The documents of a file; a failure only where there is nothing else."""
    found = list(read_documents([path]))
    documents = [item for item in found if isinstance(item, Document)]
    if not documents:
        raise ReadError(str(found[0]))
    return documents


def _load(path: Path) -> bytes:
    if not path.is_file():
        raise ReadError(f"{path}: no such file.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error}).") from error


def _decode(data: bytes, path: Path, format_: str | None) -> str:
    """The characters of the file, as its reader counts them."""
    if format_ == "jats":
        return decode_xml(data, str(path))
    if format_ == "html":
        return decode_html(data, str(path))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(f"{path}: cannot be read as UTF-8 text ({error}).") from error


def _find_by_suffix(suffix: str) -> str | None:
    return next((name for name, reader in READERS.items() if suffix in reader.suffixes), None)


def _split_lines(text: str, line: int, path: Path) -> list[str]:
    """The lines without their ends; there are at least ``line``."""
    lines = text.split("\n")
    count = len(lines) - (not lines[-1])
    if not 1 <= line <= count:
        raise ReadError(f"{path}: there is no line {line}; the file has {count} line{'s' * (count != 1)}.")
    return lines


def _parse_line(text: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except ValueError as error:
        raise ReadError(f"{place}: not JSON ({error}).") from error
    if not isinstance(row, dict):
        raise ReadError(f"{place}: not an object. Give a line of 'sigmine extract' or a document.")
    return row


def _parse_evidence(row: dict[str, Any], place: str) -> Evidence:
    try:
        return evidence_from_json(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReadError(
            f"{place}: not a line of 'sigmine extract' ({type(error).__name__}: {error}). See docs/contract.md."
        ) from error


def _find_rows(identifier: str, out: Path) -> list[dict[str, Any]]:
    """The lines of the contract for an id of an evidence or a statement."""
    from difflib import get_close_matches

    files = [out / name for name in _FILES] if out.is_dir() else [out]
    files = [file for file in files if file.is_file()]
    if not files:
        raise ReadError(
            f"{out}: no output to look {identifier!r} up in. Name a folder of 'sigmine run' or a file of 'sigmine "
            "extract' with --out; of a line, write FILE:LINE."
        )
    known: dict[str, None] = {}
    for file in files:
        for row in _read_rows(file):
            if row.get("id") == identifier:
                evidence = row.get("evidence")
                return list(evidence) if isinstance(evidence, list) else [row]
            known[str(row.get("id"))] = None
    near = get_close_matches(identifier, known, n=3, cutoff=0.3) or list(known)[:3]
    raise ReadError(
        f"{out}: no statement and no evidence has the id {identifier!r}. Nearest: {', '.join(near) or 'none'}."
    )


def _read_rows(file: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{file}: cannot be read as UTF-8 text ({error}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _parse_line(line, f"{file}:{number}")
