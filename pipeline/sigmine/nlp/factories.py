"""The spaCy factories, in the order of the pipeline.

``sigmine_sentences``, ``sigmine_abbreviations``, ``sigmine_mentions``, ``sigmine_sites``, ``sigmine_relations``.

Found by spaCy through the package's entry points, so that ``nlp.add_pipe("sigmine_relations")`` works after installing.
What a component needs (lexicon, grammar) is loaded when the pipeline is made, not when this module is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

Component = Callable[[Doc], Doc]
Scorer = Callable[..., dict[str, Any]]


def register_extensions() -> None:
    """``doc._.document``, ``mentions``, ``sites`` and ``relations``; does nothing where they exist."""
    for name, default in (("document", None), ("mentions", ()), ("sites", ()), ("relations", ())):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)


@Language.factory("sigmine_sentences", assigns=["token.is_sent_start"])
def sentences(nlp: Language, name: str) -> Component:
    """Sentence borders that words and layout decide; stands before the parser."""
    from sigmine.nlp.sentences import SentenceBorders

    register_extensions()
    return SentenceBorders()


@Language.factory("sigmine_hints", assigns=["token.ent_id", "token.ent_kb_id"])
def hints(nlp: Language, name: str) -> Component:
    """Names that the lexicon knows, for the recogniser to see; stands before it."""
    from sigmine.nlp.name_hints import NameHints

    return NameHints()


@Language.factory("sigmine_abbreviations")
def abbreviations(nlp: Language, name: str) -> Component:
    """Short forms that the document defines, with their long forms."""
    from sigmine.nlp.abbreviations import AbbreviationFinder

    return AbbreviationFinder(nlp)


@Language.factory(
    "sigmine_mentions",
    assigns=["doc._.mentions", "doc.ents", "doc.spans"],
    default_config={"entities": "both", "assume_protein": False},
)
def mentions(nlp: Language, name: str, entities: str, assume_protein: bool) -> Component:
    """Entity mentions: the recogniser's, the lexicon's and the given ones, merged."""
    from sigmine.nlp.mentions import MentionRecognizer

    register_extensions()
    return MentionRecognizer(entities=entities, assume_protein=assume_protein)


@Language.factory("sigmine_sites", assigns=["doc._.sites"])
def sites(nlp: Language, name: str) -> Component:
    """Residues such as Ser473."""
    from sigmine.nlp.sites import SiteFinder

    register_extensions()
    return SiteFinder()


@Language.factory(
    "sigmine_relations",
    requires=["token.dep", "doc._.mentions"],
    assigns=["doc._.relations"],
    default_config={"keep_all": False, "scorer": {"@scorers": "sigmine.relation_scorer.v1"}},
    default_score_weights={"relations_p": 0.0, "relations_r": 0.0, "relations_f": 1.0, "relations_per_type": None},
)
def relations(nlp: Language, name: str, keep_all: bool, scorer: Scorer | None) -> Component:
    """Relations, by the bundled grammar; ``nlp.evaluate`` gives their precision, recall and F."""
    from sigmine.grammar import get_grammar
    from sigmine.nlp.relations import RelationReader

    register_extensions()
    return RelationReader(get_grammar(), keep_all=keep_all, scorer=scorer)
