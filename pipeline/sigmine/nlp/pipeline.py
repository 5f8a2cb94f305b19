"""The spaCy pipeline that reads a document: bundled model, sentence borders, mentions, sites, relations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import TYPE_CHECKING, Any

from sigmine.model import READ_KINDS, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon

_READ_NAMES = frozenset({"sigmine_hints", "sigmine_external_ner", "sigmine_mentions"})
"""Components that look names up."""

_MOST_STRINGS = 125_000
"""How many words and parts of words are known before those that are new in a text are forgotten with it."""


def load_pipeline(
    *,
    ner: str | None = None,
    entities: str = "both",
    assume_protein: bool = False,
    keep_all: bool = False,
    lexicon: Lexicon | None = None,
    fast: bool = False,
) -> Language:
    """The pipeline, ready for ``nlp(text)``, ``nlp.pipe`` or ``read_relations``.

    ``tok2vec``, ``parser`` and ``ner`` of the bundled model are in it, disabled: ``sigmine.nlp.inference`` does their
    work. Lemmas and parts of speech are left out, as the rules do not read them; ``spacy.load(find_model())`` has them.

    Args:
        ner: the name of an installed spaCy pipeline (``en_ner_bionlp13cg_md``) that finds the entities instead of ours.
        entities: ``own``, ``given`` (only those that come with a document) or ``both``.
        assume_protein: take given entities of an unknown type for proteins.
        keep_all: give what several rules read once for each of them, not by the surest one alone.
        lexicon: whose names are recognised; the bundled one if None.
        fast: parse only sentences with a word that a rule begins with and two names that the lexicon knows.

    Raises:
        ResourceError: bundled data are missing.
        MissingDependency: the pipeline named by ``ner`` is not installed.
    """
    from sigmine.nlp.spacy_start import import_spacy
    from sigmine.resources.language_model import find_model

    spacy = import_spacy()
    from sigmine.nlp.factories import register_extensions
    from sigmine.nlp.inference import read_faster
    from sigmine.nlp.tokenizer import search_tails

    register_extensions()
    unused = ["lemmatizer", "attribute_ruler"]
    if ner or entities == "given":  # there is nothing for our recogniser to do
        unused += ["sigmine_hints", "ner"]
    nlp: Language = spacy.load(find_model(), exclude=unused)
    search_tails(nlp.tokenizer)
    nlp.add_pipe("sigmine_sentences", first=True)
    read_faster(nlp)
    if ner and entities != "given":
        from sigmine.nlp.external_ner import EXTERNAL_NER_FACTORY

        nlp.add_pipe(EXTERNAL_NER_FACTORY, config={"model": ner})
    nlp.add_pipe("sigmine_abbreviations")
    nlp.add_pipe("sigmine_mentions", config={"entities": entities, "assume_protein": assume_protein})
    nlp.add_pipe("sigmine_sites")
    nlp.add_pipe("sigmine_relations", config={"keep_all": keep_all})
    if fast:
        from sigmine.grammar import get_grammar

        nlp.get_pipe("sigmine_parser").triggers = frozenset(get_grammar().triggers)  # type: ignore[attr-defined]
    if lexicon is not None:
        for name, component in nlp.pipeline:
            if name in _READ_NAMES:
                component.lexicon = lexicon  # type: ignore[attr-defined]
    return nlp


def make_doc(nlp: Language, document: Document) -> Doc:
    """The part of the document that is read, tokenised, with the document attached as ``doc._.document``."""
    from sigmine.nlp.tokenizer import learn_chunks

    text = document.text[: find_reading_end(document)]
    learn_chunks(nlp, text)
    doc = nlp.make_doc(text)
    doc._.document = document
    return doc


def find_reading_end(document: Document) -> int:
    """The end of the last section that is read (the rest, reference lists and the like, stands behind it)."""
    if not document.sections:
        return len(document.text)
    return max((s.end for s in document.sections if s.kind in READ_KINDS), default=0)


def read_relations(nlp: Language, documents: Iterable[Document]) -> Iterator[tuple[Document, Doc]]:
    """Each document with its analysed Doc, in order, one at a time.

    ``doc._.relations`` holds the relation mentions of the sections that are read.
    """
    for document in documents:
        yield document, read_document(nlp, document)


def read_document(nlp: Language, document: Document) -> Doc:
    """The document's analysed Doc, made on one core; what it says does not depend on what was read before."""
    with _limit_threads():
        doc = nlp(make_doc(nlp, document))
    if document.sections:
        doc._.relations = tuple(
            mention
            for mention in doc._.relations
            if (section := document.find_section(mention.sentence[0])) and section.kind in READ_KINDS
        )
    return doc


def limit_vocabulary(nlp: Language) -> AbstractContextManager[object]:
    """A block after which words that were new in it are forgotten, so that memory does not grow with what is read.

    A Doc made in it must not be used after it. The first texts' words are kept: the tokenizer is slower on others.
    """
    return nullcontext() if len(nlp.vocab.strings) < _MOST_STRINGS else nlp.memory_zone()


def _limit_threads() -> AbstractContextManager[object]:
    """A block in which products of matrices take one core: more cores are for more documents."""
    controller = _get_threads()
    return nullcontext() if controller is None else controller.limit(limits=1, user_api="blas")


@cache
def _get_threads() -> Any:
    """What sets the number of threads; None where they are one anyway."""
    from threadpoolctl import ThreadpoolController

    controller = ThreadpoolController()
    return controller if any(library["num_threads"] > 1 for library in controller.info()) else None
