"""BioC documents put together through the ``bioc`` library: annotations that are numbered, and relations of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bioc import BioCDocument, BioCPassage

Span = tuple[int, int]


class DocumentBuilder:
    """A document in the making. Words that are marked twice as the same have one annotation, ``T1``, ``T2`` ...

    Attributes:
        document: what is made so far.
    """

    def __init__(self, id: str, infons: Mapping[str, str]) -> None:
        from bioc import BioCDocument

        self.document: BioCDocument = BioCDocument()
        self.document.id = id
        self.document.infons = dict(infons)
        self._marks: dict[tuple[object, ...], str] = {}
        self._relations = 0

    def add_passage(self, start: int, text: str, infons: Mapping[str, str]) -> BioCPassage:
        """A passage that begins at ``start`` of the document's text."""
        from bioc import BioCPassage

        passage = BioCPassage()
        passage.offset, passage.text, passage.infons = start, text, dict(infons)
        self.document.add_passage(passage)
        return passage

    def mark(self, passage: BioCPassage, span: Span, infons: Mapping[str, str]) -> str:
        """The id of the annotation over ``span``, half-open characters of the document within the passage."""
        from bioc import BioCAnnotation, BioCLocation

        key = (span, *infons.items())
        if key not in self._marks:
            self._marks[key] = f"T{len(self._marks) + 1}"
            annotation = BioCAnnotation()
            annotation.id, annotation.infons = self._marks[key], dict(infons)
            annotation.add_location(BioCLocation(span[0], span[1] - span[0]))
            annotation.text = passage.text[span[0] - passage.offset : span[1] - passage.offset]
            passage.add_annotation(annotation)
        return self._marks[key]

    def relate(self, passage: BioCPassage, infons: Mapping[str, str], nodes: Iterable[tuple[str, str]]) -> None:
        """A relation of annotations, each given by its id and its role."""
        from bioc import BioCNode, BioCRelation

        self._relations += 1
        relation = BioCRelation()
        relation.id, relation.infons = f"R{self._relations}", dict(infons)
        for annotation, role in nodes:
            relation.add_node(BioCNode(annotation, role))
        passage.add_relation(relation)


def format_collection(documents: Iterable[BioCDocument], source: str, infons: Mapping[str, str]) -> str:
    """BioC JSON of documents. It bears no date, so that the same documents give the same bytes."""
    from bioc import BioCCollection, biocjson

    collection = BioCCollection()
    collection.source, collection.date, collection.infons = source, "", dict(infons)
    for document in documents:
        collection.add_document(document)
    return str(biocjson.dumps(collection, indent=1, ensure_ascii=False)) + "\n"
