"""BioC collections with our statements as relations, through the ``bioc`` library.

A document has one passage, the whole text. An annotation's infons hold ``type``, ``name`` and ``identifier``; a
relation's hold ``type`` (the relation) and the properties; its nodes have the roles ``subject`` and ``object``, and
``subject_alias``, ``object_alias`` for further words that name an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmine.annotation.properties import KEYS, make_properties, make_statement
from sigmine.annotation.statement_ids import StatementIds
from sigmine.annotation.texts import AnnotatedText
from sigmine.annotation.words import join_words
from sigmine.errors import GoldError
from sigmine.evaluation.claim import End, GoldStatement
from sigmine.evaluation.gold import GoldDocument
from sigmine.exports.bioc_parts import DocumentBuilder, format_collection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bioc import BioCAnnotation, BioCDocument, BioCPassage, BioCRelation, BioCSentence

_ROLES = ("subject", "object")
_MARKS = ("trigger", "site")  # of sigmine export: gold has no triggers, and its sites are properties


def format_bioc(documents: Sequence[GoldDocument], texts: Mapping[str, AnnotatedText]) -> str:
    """BioC JSON of gold documents.

    Raises:
        KeyError: if the text of a document is not among ``texts``.
    """
    made = (_make_bioc_document(document, texts[document.document]) for document in documents)
    return format_collection(made, "sigmine gold", {})


def _make_bioc_document(document: GoldDocument, text: AnnotatedText) -> BioCDocument:
    infons = {"file": document.file, "sha256": document.sha256, "title": document.title}
    builder = DocumentBuilder(document.document, infons)
    passage = builder.add_passage(0, text.text, {})
    for statement in document.statements:
        nodes = [
            (
                builder.mark(passage, span, {"type": end.type, "name": end.name, "identifier": end.curie or "-"}),
                role if index == 0 else f"{role}_alias",
            )
            for role, end in (("subject", statement.subject), ("object", statement.object))
            if end is not None
            for index, span in enumerate(end.spans)
        ]
        builder.relate(passage, {"type": statement.relation, **make_properties(statement)}, nodes)
    return builder.document


def parse_bioc(
    content: str, texts: Mapping[str, AnnotatedText], *, place: str = "BioC", annotator: str = ""
) -> tuple[tuple[GoldDocument, ...], tuple[str, ...]]:
    """The gold of a BioC collection, JSON or XML, and every problem, with document and relation.

    Args:
        texts: by the documents' ids; where one is there, its characters count, and passages must fit it.

    Raises:
        GoldError: if it is no BioC collection, or a document's text is not among ``texts``.
    """
    documents, problems = [], []
    for document in _load(content, place):
        name = str(document.id)
        if name not in texts:
            allowed = ", ".join(texts) or "none"
            raise GoldError(f"{place}: no text of document {name!r} is here (--texts names files). Texts: {allowed}.")
        statements, faults = _parse_document(document, name, texts[name], f"{place} {name}")
        text = texts[name]
        documents.append(GoldDocument(name, text.file, text.sha256, text.title, annotator, tuple(statements)))
        problems += faults
    return tuple(documents), tuple(problems)


def _load(content: str, place: str) -> Sequence[BioCDocument]:
    from bioc import biocjson, biocxml
    from lxml import etree

    content = content.lstrip("\ufeff").lstrip()
    try:
        if not content.startswith("<"):
            return list(biocjson.loads(content).documents)
        # A stranger's file: no entity is expanded, no DTD and nothing from the network is loaded.
        root = etree.fromstring(content.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        if root.tag != "collection":
            raise ValueError(f"the root element is <{root.tag}>")
        return list(biocxml.loads(etree.tostring(root, encoding="unicode")).documents)
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{place}: not a BioC collection ({type(error).__name__}: {error}).") from error


def _list_parts(document: BioCDocument) -> Iterator[BioCDocument | BioCPassage | BioCSentence]:
    """What annotations and relations hang on: the document, its passages, their sentences."""
    yield document
    for passage in document.passages:
        yield passage
        yield from passage.sentences


def _parse_document(
    document: BioCDocument, name: str, text: AnnotatedText, place: str
) -> tuple[list[GoldStatement], list[str]]:
    problems: list[str] = []
    ends: dict[str, End] = {}
    parts = list(_list_parts(document))
    for part in parts:
        for annotation in part.annotations:
            end = _make_end(annotation, text.text, f"{place}, {annotation.id}", problems)
            if end is not None:
                ends[annotation.id] = end
    relations = [relation for part in parts for relation in part.relations]
    ids = StatementIds(str(relation.infons.get("id") or "") for relation in relations)
    statements: list[GoldStatement] = []
    for relation in relations:
        where = f"{place}, {relation.id}"
        given = str(relation.infons.get("id") or "") or ids.make(name, len(statements) + 1)
        statement, faults = _parse_relation(relation, ends, given, name, text.text)
        if statement is not None:
            statements.append(statement)
            faults += ids.check(statement.id, where)
        problems += [f"{where}: {fault}" for fault in faults]
    return statements, problems


def _make_end(annotation: BioCAnnotation, text: str, place: str, problems: list[str]) -> End | None:
    spans = [(place.offset, place.offset + place.length) for place in annotation.locations]
    if not spans:
        problems.append(f"{place}: the annotation has no location")
        return None
    span = (min(start for start, _ in spans), max(end for _, end in spans))
    there = text[slice(*span)]
    if len(spans) == 1 and there.split() != (annotation.text or there).split():
        problems.append(f"{place}: {annotation.text!r} is given, but the text has {join_words(there)!r} at {span[0]}")
        return None
    infons = annotation.infons
    curie = infons.get("identifier") or "-"
    return End(
        (span,), infons.get("name") or join_words(there), infons.get("type", ""), None if curie == "-" else curie
    )


def _parse_relation(
    relation: BioCRelation, ends: Mapping[str, End], id: str, name: str, text: str
) -> tuple[GoldStatement | None, list[str]]:
    found: dict[str, End] = {}
    for node in relation.nodes:
        role = node.role.removesuffix("_alias")
        if role in _MARKS:
            continue
        if role not in _ROLES or node.refid not in ends:
            return None, [f"node {node.refid!r} with role {node.role!r}: a role is subject or object, of an annotation"]
        end = ends[node.refid]
        if role in found:
            end = End((*found[role].spans, *end.spans), found[role].name, found[role].type, found[role].curie)
        found[role] = end
    if "object" not in found:
        return None, ["the relation has no node with the role object"]
    properties = {key: str(value) for key, value in relation.infons.items() if key in KEYS and value is not None}
    return make_statement(
        str(relation.infons.get("type") or ""),
        found.get("subject"),
        found["object"],
        properties,
        id=id,
        document=name,
        text=text,
    )
