"""BioC: passages with their place in the article and their entities, as XML or JSON, through the ``bioc`` library."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sigmine.errors import ReadError
from sigmine.model import READ_KINDS, Document, Entity, OffsetMap, Reference, Section, TableCell
from sigmine.readers.bioc_check import check_document
from sigmine.readers.bioc_forms import list_collections
from sigmine.readers.given_entities import make_entity, map_type, sort_entities
from sigmine.readers.given_identifiers import find_identifiers
from sigmine.readers.json_values import parse_json
from sigmine.readers.publication_ids import parse_doi, parse_pmcid, parse_pmid
from sigmine.readers.sources import ReadFailure, Source, decode_text

if TYPE_CHECKING:
    from bioc import BioCCollection, BioCDocument, BioCPassage

_SECTION_TYPES: dict[str, str] = {
    "title": "title",
    "abstract": "abstract",
    "fig": "legend",
    "table": "table",
    "ref": "references",
    "keyword": "keywords",
    "abbr": "back_matter",
    "ack_fund": "back_matter",
    "auth_cont": "back_matter",
    "comp_int": "back_matter",
    "review_info": "back_matter",
    "suppl": "back_matter",
}
"""``section_type`` (PubMed Central) or ``type`` of a passage, in lower case; anything else is body."""
_HEADING = re.compile(r"(?:abstract_)?title_\d+|title_caption")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LEGEND = re.compile(r"_caption$|^table_foot")
_ROW_END = re.compile(r"\t?[\r\n]+\t?|\t[ \xa0]+(?:\t|$)")
"""PubMed Central's service writes a blank cell between two rows."""


def read_bioc(source: Source) -> Iterator[Document | ReadFailure]:
    """The documents of a BioC collection; one that does not fit gives a failure and does not stop the others.

    Passages that are read come first, the others after; ``offsets`` leads to the offsets that BioC counts within the
    document.

    Raises:
        ReadError: if the file is no BioC collection.
    """
    data = source.load(source.limits.collection)
    text = decode_text(data, source.name).lstrip("\ufeff")
    collections = _parse_xml(text, source) if text.lstrip().startswith("<") else _parse_json(text, source)
    documents = [document for collection in collections for document in collection.documents]
    if not documents:
        raise ReadError(f"{source.name}: the BioC collection holds no document.")
    sha256 = source.make_sha256()
    for number, document in enumerate(documents, start=1):
        name = document.id if isinstance(document.id, str | int) else ""
        name = str(name).strip() or f"{source.stem}-{number}"
        try:
            check_document(document, f"{source.name}: document {name}")
            yield _make_document(document, name, source, sha256)
        except ReadError as error:
            yield ReadFailure.from_error(source.name, error)


def _parse_xml(text: str, source: Source) -> list[BioCCollection]:
    from bioc import biocxml
    from lxml import etree

    # A stranger's file: no entity is expanded, no DTD and nothing from the network is loaded.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{source.name}: not well-formed XML: {error}.") from error
    if root.tag != "collection":
        what = "JATS, not BioC" if root.tag in ("article", "pmc-articleset") else "neither BioC nor JATS"
        raise ReadError(
            f"{source.name}: the root element is <{root.tag}>: {what}. "
            "Give BioC (its root is <collection>), JATS (<article>) or the article's plain text (.txt)."
        )
    try:
        return [biocxml.loads(etree.tostring(root, encoding="unicode"))]
    except (ValueError, TypeError, KeyError, AttributeError, etree.XMLSyntaxError) as error:
        raise ReadError(f"{source.name}: not BioC XML: {error!r}; each passage needs an offset and a text.") from error


def _parse_json(text: str, source: Source) -> list[BioCCollection]:
    from bioc import biocjson

    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines):
        value = [parse_json(line, f"{source.name}: line {number}") for number, line in enumerate(lines, start=1)]
    else:
        value = parse_json(text, source.name)
    rows = list_collections(value)
    if not rows:
        raise ReadError(f'{source.name}: no BioC collection (an object with "documents"); other JSON goes into .jsonl.')
    try:
        return [biocjson.loads(json.dumps(row)) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ReadError(f"{source.name}: not BioC JSON: {error!r} is missing or wrong.") from error


def _make_document(document: BioCDocument, name: str, source: Source, sha256: str) -> Document:
    where = f"{source.name}: document {name}"
    passages = [(passage, _find_kind(passage), _join_passage(passage)) for passage in document.passages]
    passages = [row for row in passages if row[2].strip()]
    if not passages:
        raise ReadError(f"{where}: no passage with text.")
    passages.sort(key=lambda row: row[1] not in READ_KINDS and row[1] != "heading")
    texts: list[str] = []
    runs: list[tuple[int, int, int]] = []
    sections: list[Section] = []
    mentions: list[Entity] = []
    references: list[Reference] = []
    start, heading = 0, ""
    for passage, kind, text in passages:
        heading = text.strip() if kind == "heading" else heading
        sections += _make_sections(text, kind, start, "" if kind in ("heading", "title") else heading)
        runs.append((start, passage.offset, len(text)))
        mentions += _make_mentions(passage, text, start, where)
        if kind == "references":
            references.append(_make_reference(passage, text.strip()))
        texts.append(text)
        start += len(text) + 1
    return Document(
        id=name,
        text="\n".join(texts),
        sections=tuple(sections),
        references=tuple(references),
        mentions=sort_entities(mentions),
        offsets=OffsetMap(tuple(runs)),
        source=source.name,
        sha256=sha256,
        metadata=_make_metadata(document, passages),
    )


def _make_reference(passage: BioCPassage, text: str) -> Reference:
    """A cited work as PubMed Central gives it: the passage is its title, the infons hold the rest."""
    given = {key: str(value) for key, value in passage.infons.items() if isinstance(value, str | int)}
    authors: list[str] = []
    while name := given.get(f"name_{len(authors)}"):
        parts = dict(part.partition(":")[::2] for part in name.split(";"))
        authors.append(" ".join(filter(None, (parts.get("surname"), parts.get("given-names")))) or name)
    year = given.get("year", "")
    return Reference(
        number=None,
        pmid=parse_pmid(given.get("pub-id_pmid", "")),
        doi=parse_doi(given.get("pub-id_doi", "")),
        title=text,
        text=text,
        pmcid=parse_pmcid(given["pub-id_pmc"]) if "pub-id_pmc" in given else None,
        authors=tuple(authors),
        journal=given.get("source"),
        year=int(year) if _YEAR.fullmatch(year) else None,
    )


def _find_kind(passage: BioCPassage) -> str:
    type_ = str(passage.infons.get("type", "")).lower()
    section = str(passage.infons.get("section_type", "")).lower()
    if _HEADING.fullmatch(type_):
        return "heading"
    if _LEGEND.search(type_):
        return "legend"
    return _SECTION_TYPES.get(section) or _SECTION_TYPES.get(type_) or ("title" if type_ == "front" else "body")


def _join_passage(passage: BioCPassage) -> str:
    """The passage's text; where only its sentences have one, they stand at their offsets, spaces between."""
    if passage.text:
        return str(passage.text)
    text = ""
    for sentence in passage.sentences:
        text = text.ljust(sentence.offset - passage.offset) + (sentence.text or "")
    return text


def _make_sections(text: str, kind: str, start: int, title: str) -> list[Section]:
    """One section a passage; of a table, which is given flat with tabs between its cells, one a cell."""
    if kind == "table":
        return list(_make_cells(text, start, title))
    pieces = re.finditer(r"\S(?:.*\S)?", text, re.DOTALL)
    return [Section(kind, start + piece.start(), start + piece.end(), title) for piece in pieces]


def _make_cells(text: str, start: int, title: str) -> Iterator[Section]:
    """The cells that are not blank; their column is known where their row has as many as the first."""
    headers: list[str] = []
    ends = [*((match.start(), match.end()) for match in _ROW_END.finditer(text)), (len(text), len(text))]
    begin = 0
    for number, (end, after) in enumerate(ends):
        row = text[begin:end].split("\t")
        headers = headers or [cell.strip() for cell in row if "\t" in text]
        known = len(row) == len(headers) and len({*headers}) > 1
        for column, cell in enumerate(row):
            at = start + begin + len(cell) - len(cell.lstrip())
            if cell.strip():
                close = at + len(cell.strip())
                cells = (TableCell(number, column, headers[column], at, close),) if known else ()
                yield Section("table", at, close, title, cells=cells)
            begin += len(cell) + 1
        begin = after


def _make_mentions(passage: BioCPassage, text: str, start: int, where: str) -> list[Entity]:
    annotations = [*passage.annotations, *(one for sentence in passage.sentences for one in sentence.annotations)]
    mentions: list[Entity] = []
    for annotation in annotations:
        place = f"{where}: entity {annotation.id}"
        if not annotation.locations:
            continue
        span = annotation.total_span
        first = span.offset - passage.offset
        type_ = str(annotation.infons.get("type", "unknown"))
        identifiers = find_identifiers(annotation.infons, map_type(type_))
        entity = make_entity(text, first, first + span.length, type_, identifiers=identifiers, where=place)
        if len(annotation.locations) == 1 and annotation.text and entity.text.split() != annotation.text.split():
            raise ReadError(
                f"{place} is {annotation.text!r}, but the passage has {entity.text!r} there; "
                "offsets must count characters, not bytes."
            )
        mentions.append(replace(entity, start=start + entity.start, end=start + entity.end))
    return mentions


def _make_metadata(document: BioCDocument, passages: list[tuple[BioCPassage, str, str]]) -> tuple[tuple[str, str], ...]:
    infons = {**(passages[0][0].infons if passages else {}), **document.infons}
    title = next((text.strip() for _, kind, text in passages if kind == "title"), None)
    found = {
        "doi": infons.get("article-id_doi"),
        "licence": infons.get("license"),
        "pmid": infons.get("article-id_pmid"),
        "title": title,
    }
    return tuple((key, str(value)) for key, value in sorted(found.items()) if value)
