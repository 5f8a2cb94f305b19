"""The spaCy pipeline that reads a document: bundled model, sentence borders, mentions, sites, relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from sigmine.model import READ_KINDS, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon

_READ_NAMES = frozenset({"sigmine_hints", "sigmine_external_ner", "sigmine_mentions"})
"""Components that look names up."""


def load_pipeline(
    *,
    ner: str | None = None,
    entities: str = "both",
    assume_protein: bool = False,
    keep_all: bool = False,
    lexicon: Lexicon | None = None,
) -> Language:
    """The pipeline, ready for ``nlp(text)``, ``nlp.pipe`` or ``read_relations``.

    Lemmas and parts of speech are left out, as the rules do not read them; ``spacy.load(find_model())`` has them.

    Args:
        ner: the name of an installed spaCy pipeline (``en_ner_bionlp13cg_md``) that finds the entities instead of ours.
        entities: ``own``, ``given`` (only those that come with a document) or ``both``.
        assume_protein: take given entities of an unknown type for proteins.
        keep_all: give what several rules read once for each of them, not by the surest one alone.
        lexicon: whose names are recognised; the bundled one if None.

    Raises:
        ResourceError: bundled data are missing.
        MissingDependency: the pipeline named by ``ner`` is not installed.
    """
    import spacy

    from sigmine.nlp.factories import register_extensions
    from sigmine.nlp.tokenizer import search_tails
    from sigmine.resources.language_model import find_model

    register_extensions()
    unused = ["lemmatizer", "attribute_ruler"]
    if ner or entities == "given":  # there is nothing for our recogniser to do
        unused += ["sigmine_hints", "ner"]
    nlp = spacy.load(find_model(), exclude=unused)
    search_tails(nlp.tokenizer)
    nlp.add_pipe("sigmine_sentences", first=True)
    if ner and entities != "given":
        from sigmine.nlp.external_ner import EXTERNAL_NER_FACTORY

        nlp.add_pipe(EXTERNAL_NER_FACTORY, config={"model": ner})
    nlp.add_pipe("sigmine_abbreviations")
    nlp.add_pipe("sigmine_mentions", config={"entities": entities, "assume_protein": assume_protein})
    nlp.add_pipe("sigmine_sites")
    nlp.add_pipe("sigmine_relations", config={"keep_all": keep_all})
    if lexicon is not None:
        for name, component in nlp.pipeline:
            if name in _READ_NAMES:
                component.lexicon = lexicon  # type: ignore[attr-defined]
    return nlp


def make_doc(nlp: Language, document: Document) -> Doc:
    """The part of the document that is read, tokenised, with the document attached as ``doc._.document``."""
    doc = nlp.make_doc(document.text[: find_reading_end(document)])
    doc._.document = document
    return doc


def find_reading_end(document: Document) -> int:
    """The end of the last section that is read (the rest, reference lists and the like, stands behind it)."""
    if not document.sections:
        return len(document.text)
    return max((s.end for s in document.sections if s.kind in READ_KINDS), default=0)


def read_relations(
    nlp: Language, documents: Iterable[Document], *, batch_size: int = 16
) -> Iterator[tuple[Document, Doc]]:
    """Each document with its analysed Doc, in order, ``batch_size`` documents in memory at a time.

    ``doc._.relations`` holds the relation mentions of the sections that are read.
    """
    stream = iter(documents)
    while batch := list(islice(stream, batch_size)):
        for document, doc in zip(batch, nlp.pipe([make_doc(nlp, document) for document in batch]), strict=True):
            if document.sections:
                doc._.relations = tuple(
                    mention
                    for mention in doc._.relations
                    if (section := document.find_section(mention.sentence[0])) and section.kind in READ_KINDS
                )
            yield document, doc
