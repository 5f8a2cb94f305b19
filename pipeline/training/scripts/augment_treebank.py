"""Treebank paragraphs with words of cell signalling put in, trees unchanged: an augmenter for the parser.

CRAFT is about mice and knock-outs: its verbs are "show" and "express", its proteins are rare, and a parser trained on
it takes "inhibit" in "Sirolimus and everolimus inhibit mTORC1" for a noun. In a share of the paragraphs some transitive
verbs become verbs of the rule files in the same form, some bare nouns become names of molecules, some nouns with an
of-phrase become nouns of events. Nothing else changes, so the trees stay right.

Used by ``configs/parser.cfg`` while it trains: ``spacy train ... --code scripts/augment_treebank.py``.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.training import Example

from sigmine.grammar.forms import make_verb_forms

VERB, NAME, NOUN = 0.35, 0.3, 0.2
FORM_TAGS = {"VB": "base", "VBP": "base", "VBZ": "s", "VBD": "ed", "VBN": "ed", "VBG": "ing"}
VERBS = """
    phosphorylate activate inhibit suppress stimulate block bind/binds/bound/binding induce repress regulate promote
    recruit degrade ubiquitinate acetylate methylate dephosphorylate antagonize attenuate enhance mediate target
    stabilize destabilize sequester abolish impair abrogate upregulate downregulate catalyze control(l) convert trap(p)
    release anchor inactivate deacetylate deubiquitinate sumoylate reduce increase drive/drives/drove/driving
""".split()
NOUNS = """
    phosphorylation activation inhibition expression degradation ubiquitination acetylation methylation translocation
    dephosphorylation inactivation suppression stimulation overexpression loss knockdown deletion depletion recruitment
""".split()
DRUGS = """
    rapamycin everolimus temsirolimus sirolimus metformin trametinib vemurafenib wortmannin insulin sorafenib
""".split()
NAME_LABELS = {"nsubj", "nsubjpass", "dobj", "pobj", "compound", "conj", "nmod", "appos"}


def find_names() -> list[str]:
    """Symbols of human proteins that signal, and complexes, drugs and the like in the spellings of reviews."""
    common = """
        AKT mTOR mTORC1 mTORC2 TSC1 TSC2 RHEB S6K1 p70S6K eIF4B eIF4E RAPTOR RICTOR PRAS40 DEPTOR AMPK LKB1 ULK1 ERK
        ERK1 ERK2 MEK1 MEK2 RAF1 BRAF KRAS HRAS RSK PTEN PDK1 PI3K PIP3 GSK3β FOXO3 p53 MDM2 STAT3 JAK2 SRC EGFR HER2
        YAP1 LATS1 MST1 TEAD1 SMAD3 SMAD4 PKA PKC CREB1 JNK p38 IKKβ IκBα RELA CDK1 CDK2 CDC25C RB1 E2F1 MYC FOS JUN BAD
        BCL2 BAX CHK1 ATM ATR PP2A USP7 EP300 SIRT1 HDAC1 TAK1 NLK RIPK1 TRAF6 TNF CRAF p90RSK SGK1 GRB10 IRS1 14-3-3
    """.split()
    return [name for name in common if "-" not in name] + DRUGS


def has_child(token: Token, labels: set[str]) -> bool:
    return any(child.dep_ in labels for child in token.children)


def replace_word(
    token: Token, names: list[str], forms: dict[str, dict[str, str]], rng: random.Random
) -> tuple[str, str] | None:
    """The new word and its lemma, or None to keep the old one."""
    kind = FORM_TAGS.get(token.tag_)
    if kind and (has_child(token, {"dobj", "agent", "auxpass"})) and rng.random() < VERB:
        verb = rng.choice(VERBS)
        return forms[verb][kind], forms[verb]["base"]
    if token.tag_ == "NN" and token.text.isalpha():
        if any(child.lower_ == "of" for child in token.children):
            noun = rng.choice(NOUNS)
            return (noun, noun) if rng.random() < NOUN else None
        bare = not has_child(token, {"det", "amod", "poss", "nummod", "prep", "relcl", "acl", "punct"})
        if bare and token.dep_ in NAME_LABELS and rng.random() < NAME:
            name = rng.choice(names)
            return name, name
    return None


def replace_words(doc: Doc, names: list[str], forms: dict[str, dict[str, str]], rng: random.Random) -> Doc:
    """A copy of the Doc with words of signalling put in; tags, heads and labels as they were."""
    words, lemmas = [], []
    for token in doc:
        new = replace_word(token, names, forms, rng)
        word, lemma = new if new else (token.text, token.lemma_)
        if new and token.is_sent_start and word[0].islower() and word.isalpha():
            word = word.capitalize()
        words.append(word)
        lemmas.append(lemma)
    return Doc(
        doc.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        lemmas=lemmas,
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )


@spacy.registry.augmenters("sigmine.signalling_words.v1")
def create_augmenter(share: float, seed: int) -> Callable[[Language, Example], Iterator[Example]]:
    """Puts words of signalling into ``share`` of the paragraphs, other ones in every epoch."""
    rng = random.Random(seed)
    forms = {verb: {kind: form for form, kind in make_verb_forms(verb)} for verb in VERBS}
    names = find_names()

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        if rng.random() >= share:
            yield example
            return
        reference = replace_words(example.reference, names, forms, rng)
        yield Example(nlp.make_doc(reference.text), reference)

    return augment
