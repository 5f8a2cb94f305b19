"""PubTator: ``PMID|t|title`` and ``PMID|a|abstract``, then a line for each entity; relations are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sigmine.errors import ReadError
from sigmine.model import Document, Entity, OffsetMap, Section
from sigmine.readers.given_entities import make_entity, map_type, sort_entities
from sigmine.readers.given_identifiers import parse_identifiers
from sigmine.readers.sources import ReadFailure, Source

_TEXT_LINE = re.compile(r"(?P<id>[^|\t]+)\|(?P<part>[ta])\|(?P<text>.*)")
_FIRST_LINE = re.compile(rb"\d{1,12}\|[ta]\|")
_OFFSET = re.compile(r"\d{1,9}")
_MENTION_FIELDS = 5
_RELATION_FIELDS = (4, 5)
_EXAMPLE = "12345|t|Title, then 12345|a|Abstract, then 12345<tab>0<tab>3<tab>AKT<tab>Gene<tab>207"


@dataclass(slots=True)
class _Record:
    """The lines of one document: number and text, and for title and abstract where their text starts in the file."""

    first: int
    id: str = ""
    parts: dict[str, tuple[str, int]] = field(default_factory=dict)
    mentions: list[tuple[int, list[str]]] = field(default_factory=list)


def read_pubtator(source: Source) -> Iterator[Document | ReadFailure]:
    """The documents of a ``.pubtator`` file, one at a time; a bad one gives a failure and does not stop the others.

    The text is title, line end, abstract, as the offsets of the format count it.

    Raises:
        ReadError: if the file cannot be read or holds no document.
    """
    sha256 = source.make_sha256()
    found = False
    for lines in _split_records(source):
        found = True
        try:
            yield _make_document(_parse_record(lines, source), source, sha256)
        except ReadError as error:
            yield ReadFailure.from_error(source.name, error)
    if not found:
        raise ReadError(f"{source.name}: no document in it; one is {_EXAMPLE}")


def is_pubtator_line(line: bytes) -> bool:
    """Whether a line is a title or an abstract of this format with a PubMed id."""
    return _FIRST_LINE.match(line) is not None


def _split_records(source: Source) -> Iterator[list[tuple[int, int, str | ReadError]]]:
    """Runs of lines between blank lines: number, place of the first character in the file, text."""
    record: list[tuple[int, int, str | ReadError]] = []
    position = 0
    for number, line in source.read_lines():
        text: str | ReadError
        if isinstance(line, ReadError):
            text = line
        else:
            try:
                text = line.decode("utf-8")
            except UnicodeDecodeError as error:
                text = ReadError(
                    f"{source.name}: line {number}: not UTF-8 at byte {error.start}; save the file as UTF-8."
                )
        if isinstance(text, str) and not text.strip():
            if record:
                yield record
            record = []
        else:
            record.append((number, position, text))
        position += len(text) if isinstance(text, str) else 0
    if record:
        yield record


def _parse_record(lines: list[tuple[int, int, str | ReadError]], source: Source) -> _Record:
    record = _Record(lines[0][0])
    for number, position, text in lines:
        if isinstance(text, ReadError):
            raise text
        where = f"{source.name}: line {number}"
        row = text.rstrip("\r\n")
        bom = len(row) - len(row.lstrip("\ufeff"))
        match = _TEXT_LINE.fullmatch(row[bom:])
        if match is not None:
            record.id = match["id"].strip()
            record.parts[match["part"]] = (match["text"], position + bom + match.start("text"))
            continue
        cells = row.split("\t")
        if len(cells) >= _MENTION_FIELDS and _OFFSET.fullmatch(cells[1]) and _OFFSET.fullmatch(cells[2]):
            record.mentions.append((number, cells))
        elif len(cells) not in _RELATION_FIELDS:
            raise ReadError(
                f"{where}: neither title, abstract, entity nor relation: {row[:60]!r}. A document is {_EXAMPLE}"
            )
    if not any(text.strip() for text, _ in record.parts.values()):
        raise ReadError(
            f"{source.name}: line {record.first}: a document without title and abstract. A document is {_EXAMPLE}"
        )
    return record


def _make_document(record: _Record, source: Source, sha256: str) -> Document:
    title, title_at = record.parts.get("t", ("", 0))
    abstract, abstract_at = record.parts.get("a", ("", 0))
    text = f"{title}\n{abstract}"
    start = len(title) + 1
    sections = [Section("title", 0, len(title))] if title.strip() else []
    sections += [Section("abstract", start, len(text))] if abstract.strip() else []
    runs = [(0, title_at, len(title))] if title else []
    runs += [(start, abstract_at, len(abstract))] if abstract else []
    mentions = [_make_mention(text, cells, number, source) for number, cells in record.mentions]
    metadata = [("pmid", record.id)] if record.id.isdigit() else []
    metadata += [("title", title)] if title.strip() else []
    return Document(
        id=record.id or f"{source.stem}-{record.first}",
        text=text,
        sections=tuple(sections),
        mentions=sort_entities(mentions),
        offsets=OffsetMap(tuple(runs)),
        source=source.name,
        sha256=sha256,
        metadata=tuple(metadata),
    )


def _make_mention(text: str, cells: list[str], number: int, source: Source) -> Entity:
    where = f"{source.name}: line {number}: entity {cells[3]!r}"
    type_ = cells[4]
    identifiers = parse_identifiers(cells[5], map_type(type_)) if len(cells) > _MENTION_FIELDS else ()
    entity = make_entity(text, int(cells[1]), int(cells[2]), type_, identifiers=identifiers, where=where)
    if entity.text.split() != cells[3].split():
        raise ReadError(
            f"{where}: the text has {entity.text!r} at {entity.start}:{entity.end}; "
            "offsets count characters of title, one space, abstract."
        )
    return entity
