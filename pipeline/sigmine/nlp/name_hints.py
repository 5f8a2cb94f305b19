"""What the recogniser sees beside the words: names that the lexicon knows, and what the parser made of the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sigmine.nlp.mention_candidates import LEXICON_SPANS, TextView

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc
    from thinc.api import Model
    from thinc.types import Floats2d, Ints2d

    from sigmine.resources.lexicon import Lexicon

    DocEncoder = Model[list[Doc], list[Floats2d]]

GUIDELINE = "pc"
"""The annotation guideline that the bundled recogniser follows: that of the BioNLP 2013 pathway curation task."""


class NameHints:
    """Marks the tokens of names that the lexicon knows; stands before the recogniser, which is trained on the marks.

    Sets ``token.ent_kb_id`` (``B-PROTEIN``, ``I-PROTEIN``; in small letters for a name that needs support) and
    ``token.ent_id`` (the guideline by which to annotate), and leaves the names found in ``doc.user_data``
    (``LEXICON_SPANS``) for the component that merges.

    Args:
        lexicon: the bundled one if None.
    """

    def __init__(self, *, lexicon: Lexicon | None = None) -> None:
        if lexicon is None:
            from sigmine.resources.lexicon import load_lexicon

            lexicon = load_lexicon()
        self.lexicon = lexicon

    def __call__(self, doc: Doc) -> Doc:
        import numpy as np

        view = TextView(doc)
        spans = self.lexicon.find_spans(view.words, view.spaces)
        doc.user_data[LEXICON_SPANS] = spans
        guideline = doc.vocab.strings.add(doc.user_data.get("guideline", GUIDELINE))
        marks = np.zeros((len(doc), 2), dtype=np.uint64)
        marks[:, 0] = guideline
        for first, last, match in spans:
            kind = match.type.lower() if match.recognise == "weak" else match.type
            begin, inside = doc.vocab.strings.add(f"B-{kind}"), doc.vocab.strings.add(f"I-{kind}")
            marks[first, 1] = begin
            marks[first + 1 : last, 1] = inside
        return doc.from_array(["ENT_ID", "ENT_KB_ID"], cast("Ints2d", marks))


def build_context_embed(width: int, context_width: int, embed: DocEncoder) -> DocEncoder:
    """Registered as ``sigmine.ContextEmbed.v1``: a word's own embedding beside ``doc.tensor``, mixed.

    Args:
        width: of the output.
        context_width: of ``doc.tensor``, which the pipeline's ``tok2vec`` sets; its weights stay as they are.
        embed: the words' own embedding.
    """
    from thinc.api import Maxout, Model, chain, concatenate, with_array

    context: DocEncoder = Model("context", _read_tensors, dims={"nO": context_width})
    mix: Model[Floats2d, Floats2d] = Maxout(nO=width, nP=3, normalize=True, dropout=0.0)
    return chain(concatenate(embed, context), with_array(mix))


def _read_tensors(
    model: DocEncoder, docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    """The Docs' tensors, zeros where there is none yet; nothing is learned below."""
    width = model.get_dim("nO")
    tensors = [doc.tensor if doc.tensor.size else model.ops.alloc2f(len(doc), width) for doc in docs]
    return cast("list[Floats2d]", tensors), lambda gradient: []
