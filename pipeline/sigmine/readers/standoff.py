"""Stand-off annotation (BioNLP, brat): entities in ``X.a1`` or ``X.ann``; the text ``X.txt`` beside stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sigmine.errors import ReadError
from sigmine.model import Document, Entity
from sigmine.readers.archives import find_beside
from sigmine.readers.given_entities import make_entity, map_type, sort_entities
from sigmine.readers.given_identifiers import parse_identifiers
from sigmine.readers.paragraphs import find_paragraphs
from sigmine.readers.sources import Source, check_lines, decode_text, make_sha256

ANNOTATION_SUFFIXES = (".a1", ".ann")
_ENTITY = re.compile(r"(?P<id>T\d+)\t(?P<type>\S+) (?P<spans>\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*)(?:\t(?P<text>.*))?")

_NORMALISATION = re.compile(r"^N\d+\tReference (?P<entity>T\d+) (?P<identifier>[^\t\r\n]+)", re.MULTILINE)

_TRIGGER = re.compile(r"^E\d+\t\S+:(T\d+)", re.MULTILINE)


def find_annotation(source: Source) -> Source | None:
    """The annotation file beside a ``.txt`` file (or the file itself), or None."""
    if source.suffix in ANNOTATION_SUFFIXES:
        return source
    return next((found for suffix in ANNOTATION_SUFFIXES if (found := find_beside(source, suffix)) is not None), None)


def read_standoff(source: Source) -> Iterator[Document]:
    """The one document of a pair of files; the source names either of them.

    Only entities (``T`` lines) and their identifiers (``N`` lines) are read; events with their triggers and relations
    are what sigmine is to find.

    Raises:
        ReadError: if one of the two files is missing or cannot be read, or an entity does not fit the text.
    """
    annotation = find_annotation(source)
    if annotation is None:
        raise ReadError(f"{source.name}: stand-off annotation needs two files, X.txt and X.a1 (or X.ann) beside it.")
    beside = find_beside(annotation, ".txt")
    if beside is None:
        raise ReadError(f"{source.name}: the text {annotation.stem}.txt must stand beside it, and does not.")
    data = beside.load()
    text = decode_text(data, source.name)
    check_lines(text, source.name)
    if not text.strip():
        raise ReadError(f"{source.name}: the text holds nothing but white space.")
    rows = annotation.load()
    place = f"{source.name}: {annotation.file}"
    entities = _parse_entities(decode_text(rows, place), text, place) if rows else []
    yield Document(
        id=annotation.stem,
        text=text,
        sections=find_paragraphs(text),
        mentions=sort_entities(entities),
        source=source.name,
        sha256=make_sha256(data),
    )


def _parse_normalisations(rows: str) -> dict[str, list[str]]:
    """The identifiers that ``N`` lines give, by the entity that they are of."""
    found: dict[str, list[str]] = {}
    for match in _NORMALISATION.finditer(rows):
        found.setdefault(match["entity"], []).append(match["identifier"])
    return found


def _parse_entities(rows: str, text: str, place: str) -> list[Entity]:
    entities: list[Entity] = []
    normalisations = _parse_normalisations(rows)
    triggers = set(_TRIGGER.findall(rows))
    for number, row in enumerate(rows.splitlines(), start=1):
        if not row.startswith("T"):
            continue
        where = f"{place}, line {number}"
        match = _ENTITY.fullmatch(row)
        if match is None:
            raise ReadError(
                f"{where}: not an entity; a line is ID, tab, type and offsets, tab, text: T1<tab>Protein 0 3<tab>AKT"
            )
        offsets = [int(offset) for offset in re.findall(r"\d+", match["spans"])]
        if match["id"] in triggers:
            continue
        start, end = min(offsets), max(offsets)  # A mention in pieces is taken with what stands between.
        type_ = match["type"]
        named = ";".join(normalisations.get(match["id"], ()))
        identifiers = parse_identifiers(named, map_type(type_)) if named else ()
        entity = make_entity(text, start, end, type_, identifiers=identifiers, where=f"{where}: entity {match['id']}")
        given = match["text"]
        if given is not None and len(offsets) == 2 and given.split() != entity.text.split():
            raise ReadError(
                f"{where}: entity {match['id']} is {given!r}, but the text has {entity.text!r} at {start}:{end}; "
                "offsets count characters (not bytes) of the text file as it is."
            )
        entities.append(entity)
    return entities
