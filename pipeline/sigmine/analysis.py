"""What reading one document takes and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from sigmine.model import Document, Entity, Evidence, RelationMention, Site
from sigmine.model.html import render_mentions


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are read.

    Attributes:
        entities: whose entities count: ``own``, ``given`` (with the document) or ``both``.
        assume_protein: treat given entities of an unknown type as proteins.
        ner: the name of an installed spaCy pipeline whose entities are used instead of ours, or None.
        format: a name in ``READERS``: the format of standard input and of files whose suffix tells no other, or None.
        max_megabytes: the limit of one document in million bytes; None for the readers' own limits.
        proteome: path of a FASTA file of UniProt that residues are checked against, or None.
        lexicon: a table of one's own names, which go before the bundled ones, or a folder of ``sigmine lexicon build``
            to use instead; None for the bundled lexicon alone.
        fast: leave out what costs time and seldom tells a relation; docs/performance.md has what is gained and lost.
    """

    entities: str = "both"
    assume_protein: bool = False
    ner: str | None = None
    format: str | None = None
    max_megabytes: int | None = None
    proteome: str | None = None
    lexicon: str | None = None
    fast: bool = False


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the language pipeline and the grounding make of one document, in the order of its text.

    ``long_sentences`` counts those that were too long for relations to be looked for.
    """

    relations: tuple[RelationMention, ...]
    entities: tuple[Entity, ...]
    sentences: int
    words: int
    sites: tuple[Site, ...] = ()
    long_sentences: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What one document gave.

    Attributes:
        document: its id; of a file that could not be read, the file name without suffix.
        source: where it came from: a path, or ``-``; empty for one made in memory.
        sha256: of the file's bytes; empty if unknown.
        characters, sentences, words: how much was read; 0 after a failure.
        entities, evidence, sites: in the order of the text.
        failure: why it could not be read or analysed, or None.
        long_sentences: how many were too long (``sigmine.nlp.long_sentences``) for relations to be looked for.
        seconds: by the clock, for the analysis. Two readings that differ in nothing else are equal.
    """

    document: str
    source: str = ""
    sha256: str = ""
    characters: int = 0
    sentences: int = 0
    words: int = 0
    entities: tuple[Entity, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sites: tuple[Site, ...] = ()
    failure: str | None = None
    long_sentences: int = 0
    seconds: float = field(default=0.0, compare=False)

    def __repr__(self) -> str:
        return f"<{self._describe()}>"

    def _repr_html_(self) -> str:
        return render_mentions(self.evidence, title=self._describe())

    def _describe(self) -> str:
        if self.failure is not None:
            return f"{self.document} could not be read: {self.failure}"
        counts = ((self.words, "word"), (len(self.entities), "mention"), (len(self.evidence), "relation"))
        return f"{self.document}: " + ", ".join(f"{number:,} {noun}{'s' * (number != 1)}" for number, noun in counts)


Analyser = Callable[[Sequence[Document]], Iterable[Analysis]]
"""Gives one analysis for each document, in the same order."""

Loader = Callable[[Options], Analyser]
"""Makes an analyser. A function of a module, so that a worker process can find it."""


def load_analyser(options: Options) -> Analyser:
    """The language pipeline with our components, then the grounding, then how sure each mention is.

    Raises:
        ResourceError: if bundled data are missing.
        GroundingError: if the table of one's own names is wrong, or the proteome cannot be used.
    """
    return _load(options, keep_all=False)


def load_exhaustive_analyser(options: Options) -> Analyser:
    """As ``load_analyser``, but what several rules read is given once for each of them.

    Raises:
        ResourceError: if bundled data are missing.
        GroundingError: if the table of one's own names is wrong, or the proteome cannot be used.
    """
    return _load(options, keep_all=True)


@contextmanager
def spare_loaded() -> Iterator[None]:
    """Tells Python's cycle collector to leave alone what is loaded meanwhile, while it is loaded and ever after.

    Model and lexicon are millions of objects that stay; going through them at each full collection cost a quarter of
    the rule stage's time, and a tenth of the time of loading.
    """
    import gc

    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()


def _load(options: Options, *, keep_all: bool) -> Analyser:
    with spare_loaded():
        return _make_analyser(options, keep_all=keep_all)


def _make_analyser(options: Options, *, keep_all: bool) -> Analyser:
    from sigmine.assembly import weigh_mentions
    from sigmine.grounding import check_relation_sites, ground_mentions, ground_relations, load_site_checker, mark_sites
    from sigmine.nlp.long_sentences import find_long_sentences
    from sigmine.nlp.pipeline import limit_vocabulary, load_pipeline, read_document
    from sigmine.nlp.plain_words import read_words
    from sigmine.resources.lexicon import get_lexicon

    checker = load_site_checker(options.proteome)
    lexicon = get_lexicon(options.lexicon)
    nlp = load_pipeline(
        ner=options.ner,
        entities=options.entities,
        assume_protein=options.assume_protein,
        keep_all=keep_all,
        lexicon=lexicon,
        fast=options.fast,
    )

    def analyse_one(document: Document) -> Analysis:
        doc = read_document(nlp, document)
        text = read_words(doc).text
        grounded = ground_relations(doc._.relations, doc._.mentions, lexicon=lexicon, text=text)
        relations = check_relation_sites(grounded, checker)
        return Analysis(
            relations=weigh_mentions(relations),
            entities=ground_mentions(doc._.mentions, lexicon=lexicon, text=text),
            sentences=sum(1 for _ in doc.sents),
            words=int((doc.to_array(["IS_PUNCT", "IS_SPACE"]) == 0).all(axis=1).sum()),
            sites=mark_sites(doc._.sites, relations),
            long_sentences=len(find_long_sentences(doc)),
        )

    def analyse(documents: Sequence[Document]) -> Iterator[Analysis]:
        for document in documents:
            with limit_vocabulary(nlp):
                analysis = analyse_one(document)
            yield analysis

    return analyse
