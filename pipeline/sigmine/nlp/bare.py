"""The bundled model without sigmine, to compare with: tokens, parse and entities, and nothing of ours after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def load_bare_pipeline(*, abbreviations: bool = False) -> Language:
    """spaCy's pipeline of the bundled model: tokenizer, tagger, parser, recogniser, with the hints it was trained with.

    Lemmas and the attribute ruler are left out, as sigmine leaves them out.

    Args:
        abbreviations: with scispaCy's detector of abbreviations.

    Raises:
        ResourceError: the model is missing.
    """
    from sigmine.nlp.spacy_start import import_spacy
    from sigmine.resources.language_model import find_model

    nlp: Language = import_spacy().load(find_model(), exclude=["lemmatizer", "attribute_ruler"])
    if abbreviations:
        nlp.add_pipe("sigmine_abbreviations")
    return nlp


def analyse_in_batches(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """As spaCy's guide advises for many texts."""
    return nlp.pipe(texts)


def analyse_one_by_one(nlp: Language, texts: Sequence[str]) -> Iterator[Doc]:
    """As most do with scispaCy."""
    return (nlp(text) for text in texts)
