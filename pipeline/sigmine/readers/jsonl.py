"""JSON Lines: a document a line, its text unchanged, with the entities and sections that come with it."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sigmine.errors import ReadError
from sigmine.model import SECTION_KINDS, Document, Entity, Section
from sigmine.readers.given_entities import make_entity, map_type, sort_entities
from sigmine.readers.given_identifiers import parse_identifiers
from sigmine.readers.json_values import parse_json
from sigmine.readers.paragraphs import find_paragraphs
from sigmine.readers.sources import ReadFailure, Source

_EXAMPLE = (
    '{"id": "doc-1", "text": "AKT phosphorylates TSC2.", '
    '"entities": [{"id": "T1", "type": "Protein", "start": 0, "end": 3}]}'
)


def read_jsonl(source: Source) -> Iterator[Document | ReadFailure]:
    """The documents of a ``.jsonl`` file, one at a time; a bad line gives a failure and does not stop the others.

    Raises:
        ReadError: if the file cannot be read or has no line.
    """
    seen = False
    for item in parse_lines(source.read_lines(), source, source.make_sha256()):
        seen = True
        yield item
    if not seen:
        raise ReadError(f"{source.name}: no document in it; each line is one, such as {_EXAMPLE}")


def parse_lines(
    lines: Iterable[tuple[int, bytes | ReadError]], source: Source, sha256: str
) -> Iterator[Document | ReadFailure]:
    """The documents of some of a file's lines, each with its number in the file, from 1; blank lines have none.

    Args:
        source: gives names; it is not opened.
        sha256: of the whole file.
    """
    for number, line in lines:
        if isinstance(line, bytes) and not line.strip():
            continue
        try:
            yield _parse_line(line, number, source, sha256)
        except ReadError as error:
            yield ReadFailure.from_error(source.name, error)


def is_json_line(line: bytes) -> bool:
    """Whether a line is a document of this format: a JSON object with a string ``text``."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and isinstance(row.get("text"), str)


def _parse_line(line: bytes | ReadError, number: int, source: Source, sha256: str) -> Document:
    if isinstance(line, ReadError):
        raise line
    where = f"{source.name}: line {number}"
    try:
        content = line.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise ReadError(f"{where}: not UTF-8 at byte {error.start}; JSON Lines must be UTF-8.") from error
    row = parse_json(content, where, f"; a line is one object, such as {_EXAMPLE}")
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ReadError(f'{where}: a line is an object with a string "text", such as {_EXAMPLE}')
    text: str = row["text"]
    if not text.strip():
        raise ReadError(f'{where}: "text" is blank.')
    identifier = row.get("id", f"{source.stem}-{number}")
    if isinstance(identifier, bool) or not isinstance(identifier, str | int) or identifier == "":
        raise ReadError(f'{where}: "id" is {identifier!r}; it must be a string that is not empty, or be left out.')
    title = row.get("title")
    entities = [_parse_entity(entity, text, where) for entity in _get_list(row, "entities", where)]
    sections = tuple(_parse_section(section, text, where) for section in _get_list(row, "sections", where))
    _check_sections(sections, where)
    return Document(
        id=str(identifier),
        text=text,
        sections=sections or find_paragraphs(text),
        mentions=sort_entities(entities),
        source=source.name,
        sha256=sha256,
        metadata=(("title", title),) if isinstance(title, str) and title else (),
    )


def _get_list(row: dict[str, Any], key: str, where: str) -> list[Any]:
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ReadError(f'{where}: "{key}" is {type(value).__name__}; it must be a list, or be left out.')
    return value


def _parse_span(row: Any, what: str, where: str) -> tuple[int, int]:
    start, end = (row.get("start"), row.get("end")) if isinstance(row, dict) else (None, None)
    if not all(isinstance(offset, int) and not isinstance(offset, bool) for offset in (start, end)):
        raise ReadError(f'{where}: {what}: "start" and "end" must be whole numbers, as in {_EXAMPLE}')
    assert isinstance(start, int)
    assert isinstance(end, int)
    return start, end


def _parse_entity(row: Any, text: str, where: str) -> Entity:
    name = row.get("id", "?") if isinstance(row, dict) else repr(row)
    start, end = _parse_span(row, f"entity {name}", where)
    type_ = row.get("type")
    if not isinstance(type_, str) or not type_:
        raise ReadError(f'{where}: entity {name}: "type" must be a string, e.g. "Protein".')
    curie = row.get("curie")
    identifiers = parse_identifiers(curie, map_type(type_)) if isinstance(curie, str) else ()
    return make_entity(text, start, end, type_, identifiers=identifiers, where=f"{where}: entity {name}")


def _parse_section(row: Any, text: str, where: str) -> Section:
    start, end = _parse_span(row, "section", where)
    kind = row.get("kind", "body")
    if kind not in SECTION_KINDS:
        raise ReadError(f"{where}: section kind {kind!r} is unknown; known are {', '.join(SECTION_KINDS)}.")
    if not 0 <= start < end <= len(text):
        raise ReadError(f"{where}: section {start}:{end} is no span of the text, which has {len(text):,} characters.")
    return Section(kind, start, end, str(row.get("title") or ""), str(row.get("subject") or ""))


def _check_sections(sections: tuple[Section, ...], where: str) -> None:
    for before, after in itertools.pairwise(sections):
        if after.start < before.end:
            raise ReadError(
                f"{where}: section {after.start}:{after.end} starts before {before.start}:{before.end} ends; "
                "sections must be in order and apart."
            )
