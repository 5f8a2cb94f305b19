"""Entities of a published scispaCy model in place of those of our own recogniser: ``--ner en_ner_bionlp13cg_md``.

The model is a package that the user installs; it runs over the text with its own tokens, and what it marks comes back
as ``doc.ents`` with our types.
"""

from __future__ import annotations

import warnings
from difflib import get_close_matches
from typing import TYPE_CHECKING

from spacy.language import Language

from sigmine.errors import MissingDependency, ResourceError

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from sigmine.resources.lexicon import Lexicon

EXTERNAL_NER_FACTORY = "sigmine_external_ner"

LABELS: dict[str, dict[str, str | None]] = {
    "en_ner_bionlp13cg_md": {
        "AMINO_ACID": "CHEMICAL",
        "CANCER": "DISEASE",
        "CELL": "CELL",
        "CELLULAR_COMPONENT": "LOCATION",
        "GENE_OR_GENE_PRODUCT": "PROTEIN",
        "ORGANISM": "SPECIES",
        "PATHOLOGICAL_FORMATION": "DISEASE",
        "SIMPLE_CHEMICAL": "CHEMICAL",
    },
    "en_ner_bc5cdr_md": {"CHEMICAL": "CHEMICAL", "DISEASE": "DISEASE"},
    "en_ner_craft_md": {"CHEBI": "CHEMICAL", "CL": "CELL", "GGP": "PROTEIN", "GO": None, "TAXON": "SPECIES"},
    "en_ner_jnlpba_md": {"CELL_LINE": "CELL", "CELL_TYPE": "CELL", "PROTEIN": "PROTEIN"},
    "en_core_sci_sm": {"ENTITY": None},
    "en_core_sci_md": {"ENTITY": None},
    "en_core_sci_lg": {"ENTITY": None},
    "en_core_sci_scibert": {"ENTITY": None},
}
"""Model to its labels to our types; None where the lexicon decides, and what it does not know is no entity."""

UNUSED_LABELS: frozenset[str] = frozenset(
    {"ANATOMICAL_SYSTEM", "DEVELOPING_ANATOMICAL_STRUCTURE", "IMMATERIAL_ANATOMICAL_ENTITY", "MULTI_TISSUE_STRUCTURE"}
    | {"MULTI-TISSUE_STRUCTURE", "ORGAN", "ORGANISM_SUBDIVISION", "ORGANISM_SUBSTANCE", "TISSUE", "DNA", "RNA", "SO"}
)
"""Labels of things that we have no type for: organs and tissues, stretches of DNA and RNA, sequence features."""

_UNUSED_PIPES = ("tagger", "morphologizer", "attribute_ruler", "lemmatizer", "parser", "senter")
_RELEASE = "https://s3-us-west-2.amazonaws.com/ai2-s2-scispacy/releases/v{version}/{name}-{version}.tar.gz"
_VERSION = "0.5.4"
_ALSO_NEEDS = {"en_core_sci_scibert": "spacy-transformers"}
_LOWEST_SCORE = 0.5  # of what the lexicon finds for a name whose type it decides


class ExternalNer:
    """The spaCy component that sets ``doc.ents`` to what another pipeline finds in the same text, with our types.

    Its spans are widened to our tokens; of two that then overlap the longer one stays.

    Args:
        nlp: the other pipeline.
        types: its labels to our types; None where the lexicon decides. Other labels are left out.
        lexicon: the bundled one if None; only read where a type is None.
    """

    def __init__(self, nlp: Language, types: dict[str, str | None], lexicon: Lexicon | None = None) -> None:
        if lexicon is None and None in types.values():
            from sigmine.resources.lexicon import load_lexicon

            lexicon = load_lexicon()
        self.nlp = nlp
        self.types = types
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        from spacy.util import filter_spans

        self.nlp.max_length = max(self.nlp.max_length, len(doc.text))
        spans = []
        for ent in self.nlp(doc.text).ents:
            type_ = self._find_type(ent.text, ent.label_)
            if type_ is not None:
                span = doc.char_span(ent.start_char, ent.end_char, label=type_, alignment_mode="expand")
                if span is not None:
                    spans.append(span)
        doc.set_ents(filter_spans(spans))
        return doc

    def _find_type(self, text: str, label: str) -> str | None:
        """Our type for a mention, or None if it is no entity of ours."""
        if label not in self.types:
            return None
        type_ = self.types[label]
        if type_ is None and self.lexicon is not None:
            matches = self.lexicon.lookup(text)
            return matches[0].type if matches and matches[0].score >= _LOWEST_SCORE else None
        return type_


def make_install_command(name: str) -> str:
    """What installs one of the models: without its dependencies, for it asks for an older spaCy than it needs."""
    url = _RELEASE.format(name=name, version=_VERSION)
    first = f"pip install {_ALSO_NEEDS[name]} && " if name in _ALSO_NEEDS else ""
    return f"{first}pip install --no-deps {url}"


def load_external_ner(name: str, lexicon: Lexicon | None = None) -> ExternalNer:
    """The component for one of the models in ``LABELS``; only what finds entities is loaded.

    Raises:
        ResourceError: no model of that name is known, or it has labels that are not.
        MissingDependency: it is not installed, or not so that it can be loaded.
    """
    import spacy
    from spacy.util import is_package

    if name not in LABELS:
        near = get_close_matches(name, LABELS, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise ResourceError(f"No entity model {name!r} is known; known are {', '.join(LABELS)}.{meant}")
    if not is_package(name):
        raise MissingDependency(
            f"The entity model {name} is not installed. Install it with: {make_install_command(name)}"
        )
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"\[W095\]")  # made for spaCy 3.7; works with 3.8
            nlp = spacy.load(name, exclude=list(_UNUSED_PIPES))
    except (ImportError, OSError, ValueError) as error:
        raise MissingDependency(
            f"The entity model {name} is installed but cannot be loaded: {error} Install it again with: "
            f"{make_install_command(name)}"
        ) from error
    found = {label for pipe in ("ner", "entity_ruler") for label in nlp.pipe_labels.get(pipe, ())}
    unknown = sorted(found - LABELS[name].keys() - UNUSED_LABELS)
    if unknown:
        raise ResourceError(
            f"The installed {name} has the labels {', '.join(unknown)}, which have no type here; known are "
            f"{', '.join(LABELS[name])}. Is it the published model? Install it with: {make_install_command(name)}"
        )
    return ExternalNer(nlp, LABELS[name], lexicon)


@Language.factory(EXTERNAL_NER_FACTORY, assigns=["doc.ents"])
def create_external_ner(nlp: Language, name: str, model: str) -> ExternalNer:
    """For ``nlp.add_pipe(EXTERNAL_NER_FACTORY, config={"model": ...})``."""
    return load_external_ner(model)
