"""Statements as BioC JSON: the sentences that say something, what is marked in them, and relations of the marks.

Offsets are those of ``Document.text``. Infons have the keys and values of our gold in BioC (``sigmine gold export``);
``sigmine gold import`` reads them where that text is the file's, unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING

from sigmine.assembly.triples import make_label
from sigmine.exports.bioc_parts import DocumentBuilder, format_collection
from sigmine.exports.cells import find_works, flatten_text
from sigmine.exports.passages import ReadDocument, Reading, Words, collect_documents, find_unplaced, list_words
from sigmine.model.entity import Entity, Site
from sigmine.model.ids import make_mention_id
from sigmine.model.statement import Statement

if TYPE_CHECKING:
    from bioc import BioCDocument

TRIGGER, SITE = "TRIGGER", "SITE"
"""Types of annotations beside the types of entities."""


def write_bioc(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """A document for each document, a passage for each sentence with its offset, a relation for each reading.

    An annotation's infons have ``type``, ``name`` and ``identifier`` (``-`` where there is none), a relation's nodes
    the roles ``subject``, ``object``, ``trigger`` and ``site``. Words outside the sentence have a passage of their own
    (``type`` ``context``). Statements without evidence have no place; the collection's infons name them.
    """
    statements = list(statements)
    unplaced = "; ".join(flatten_text(make_label(statement)) for statement in find_unplaced(statements))
    documents = (_make_document(document) for document in collect_documents(statements))
    infons = {"without_evidence": unplaced} if unplaced else {}
    file.write(format_collection(documents, "sigmine", infons).encode())


def _make_document(document: ReadDocument) -> BioCDocument:
    builder = DocumentBuilder(document.id, {})
    passages = [builder.add_passage(one.start, one.text, {"type": one.section}) for one in document.passages]
    for reading in document.readings:
        nodes = []
        for role, words in list_words(reading):
            number = document.find_passage(words, reading.evidence)
            nodes.append((builder.mark(passages[number], (words.start, words.end), _describe_words(words)), role))
        builder.relate(passages[document.find_sentence(reading.evidence)], _describe_reading(reading), nodes)
    return builder.document


def _describe_words(words: Words) -> dict[str, str]:
    if isinstance(words, Entity):
        return {"type": words.type, "name": words.name, "identifier": words.curie or "-"}
    return {"type": SITE, "name": words.name} if isinstance(words, Site) else {"type": TRIGGER}


def _describe_reading(reading: Reading) -> Mapping[str, str]:
    evidence, mention = reading.evidence, reading.evidence.mention
    ends = [end for end in (mention.subject, mention.object) if end is not None]
    outside = any(end.start < evidence.start or evidence.end < end.end for end in ends)
    values = {
        "type": mention.relation,
        "id": make_mention_id(evidence.document, mention),
        "sites": ", ".join(site.name for site in reading.sites),
        "negated": "yes" * mention.negated,
        "hedged": "yes" * mention.hedged,
        "indirect": "yes" * (not mention.direct),
        "cross_sentence": "yes" * outside,
        "sentence": f"{evidence.start}-{evidence.end}",
        "section": evidence.section,
        "claim": mention.claim,
        "rule": mention.rule,
        "statement": ", ".join(statement.id for statement in reading.statements),
        "belief": ", ".join(f"{statement.belief:.4f}" for statement in reading.statements),
        "citations": "; ".join(find_works([evidence])),
    }
    return {key: value for key, value in values.items() if value}
