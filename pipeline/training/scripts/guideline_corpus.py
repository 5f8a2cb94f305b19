"""A reader of entity corpora that says by which guideline each Doc is annotated, for ``configs/*.cfg``."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span
from spacy.training import Example

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "sigma": "σ",
}  # fmt: skip
_SPELLED = re.compile(r"(?<![a-z])(?:" + "|".join(GREEK) + r")(?![a-z])")
USE_LETTERS, USE_DASHES, SWAP_CASE = 0.5, 0.15, 0.02


def vary(doc: Doc, rng: random.Random) -> Doc:
    """The same sentence as a review would write it: "NF-κB" for "NF-kappaB", a long dash, small capitals of a PDF."""
    letters, dashes, swap = (rng.random() < share for share in (USE_LETTERS, USE_DASHES, SWAP_CASE))
    words = []
    for token in doc:
        word = _SPELLED.sub(lambda match: GREEK[match[0]], token.text) if letters else token.text
        word = "–" if dashes and word == "-" else word
        words.append(word.swapcase() if swap and token.ent_type_ else word)
    if words == [token.text for token in doc]:
        return doc
    varied = Doc(doc.vocab, words, [bool(token.whitespace_) for token in doc])
    varied.set_ents([Span(varied, ent.start, ent.end, ent.label_) for ent in doc.ents])
    return varied


@spacy.registry.readers("sigmine.GuidelineCorpus.v1")
def read_corpora(
    folder: Path, part: str, weights: dict[str, float], seed: int
) -> Callable[[Language], Iterator[Example]]:
    """Sentences of ``folder/{part}-{corpus}.spacy``, shuffled; each Doc knows by which guideline it is annotated.

    The guideline is the corpus's name up to a dash: ``pc-cg`` are CG's articles annotated as PC13 is. A weight of 2.5
    gives every sentence of the corpus twice and half of them a third time, drawn anew in every epoch.
    """
    rng = random.Random(seed)

    def read(nlp: Language) -> Iterator[Example]:
        docs = []
        for corpus, weight in weights.items():
            path = Path(folder) / f"{part}-{corpus}.spacy"
            guideline = corpus.partition("-")[0]
            for doc in DocBin().from_disk(path).get_docs(nlp.vocab):
                copies = int(weight) + (rng.random() < weight % 1)
                docs += [(guideline, doc)] * copies
        if part == "train":
            rng.shuffle(docs)
        for guideline, doc in docs:
            reference = vary(doc, rng) if part == "train" else doc
            predicted = nlp.make_doc(reference.text)
            predicted.user_data["guideline"] = guideline
            yield Example(predicted, reference)

    return read
