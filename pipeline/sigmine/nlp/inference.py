"""The bundled network, made to read: components that give what spaCy's give, on the same weights, in less time.

``read_faster`` puts them in the place of ``tok2vec``, ``parser`` and ``ner``, which stay in the pipeline, disabled.
What is gained and how that was found: docs/performance.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from spacy.language import Language
from spacy.tokens import Doc

from sigmine.nlp.encoder import WordEmbedder, read_window_encoder, read_word_embedder

if TYPE_CHECKING:
    from spacy.pipeline import Tok2Vec

Component = Callable[[Doc], Doc]

FASTER = {"tok2vec": "sigmine_vectors", "parser": "sigmine_parser", "ner": "sigmine_recogniser"}
"""spaCy's components by their names in the bundled pipeline, and ours that do their work."""


class WordVectors:
    """The spaCy component that sets ``doc.tensor`` as ``tok2vec`` does, whose weights it has."""

    def __init__(self, tok2vec: Tok2Vec) -> None:
        embed, windows = tok2vec.model.layers
        self._embed: WordEmbedder = read_word_embedder(embed)
        self._encode = read_window_encoder(windows.layers[0].layers)

    def __call__(self, doc: Doc) -> Doc:
        if len(doc):
            doc.tensor = cast("Any", self._encode.apply(self._embed.apply(doc)))
        return doc


@Language.factory("sigmine_vectors", assigns=["doc.tensor"])
def vectors(nlp: Language, name: str) -> Component:
    """``tok2vec``, for reading only."""
    return WordVectors(cast("Tok2Vec", nlp.get_pipe("tok2vec")))


@Language.factory("sigmine_parser", assigns=["token.dep", "token.head", "token.is_sent_start"])
def parser(nlp: Language, name: str) -> Component:
    """``parser``, sentence by sentence."""
    from sigmine.nlp.sentence_parser import SentenceParser

    return SentenceParser(nlp.get_pipe("parser"))


@Language.factory("sigmine_recogniser", assigns=["doc.ents"])
def recogniser(nlp: Language, name: str) -> Component:
    """``ner``, all words at once."""
    from sigmine.nlp.name_recogniser import NameRecogniser

    return NameRecogniser(nlp.get_pipe("ner"))


def read_faster(nlp: Language) -> None:
    """Puts our components in the place of spaCy's, as far as the pipeline has them.

    The parser comes after the hints, whose names tell it what may be left out.
    """
    for theirs, ours in FASTER.items():
        if theirs in nlp.pipe_names:
            hinted = theirs == "parser" and "sigmine_hints" in nlp.pipe_names
            nlp.add_pipe(ours, after="sigmine_hints" if hinted else theirs)
            nlp.disable_pipe(theirs)
