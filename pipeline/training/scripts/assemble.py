"""Puts the trained parts together as the bundled model.

Usage: python assemble.py PARSER_MODEL NER_MODEL OUT

``measure.py`` writes the scores into the model's ``meta.json`` afterwards.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import spacy

from sigmine.nlp.tokenizer import make_tokenizer

# Penn tags to universal parts of speech, as in the treebank (closed-class tags have one; IN, DT and the like their
# usual one).
UNIVERSAL = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "VB": "VERB",
    "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "RB": "ADV", "RBR": "ADV",
    "RBS": "ADV", "WRB": "ADV", "IN": "ADP", "TO": "PART", "RP": "ADP", "DT": "DET", "PDT": "DET", "WDT": "DET",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "EX": "PRON", "CC": "CCONJ", "CD": "NUM", "UH": "INTJ",
    "POS": "PART", "FW": "X", "AFX": "ADJ", "SYM": "SYM", "LS": "X", "NFP": "PUNCT", "HYPH": "PUNCT", ",": "PUNCT",
    ".": "PUNCT", ":": "PUNCT", "``": "PUNCT", "''": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", "$": "SYM", "GW": "X",
}  # fmt: skip

SOURCES = [
    {
        "name": "CRAFT (tagger, lemmatizer, parser)",
        "url": "https://github.com/UCDenver-ccp/CRAFT",
        "license": "CC BY 3.0",
        "author": "Colorado Computational Pharmacology; Bada et al. 2012, Verspoor et al. 2012",
    },
    {
        "name": "MTL-Bioinformatics-2016: BioNLP13PC, BioNLP13CG, BC5CDR, BC2GM, JNLPBA, BioNLP09, BioNLP13GE, "
        "BioNLP11EPI, Ex-PTM, CRAFT, NCBI-disease, linnaeus (entity recogniser)",
        "url": "https://github.com/cambridgeltl/MTL-Bioinformatics-2016",
        "license": "CC BY 4.0",
        "author": "Crichton et al. 2017; the corpora's own authors",
    },
]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parser", type=Path)
    parser.add_argument("ner", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    nlp = spacy.load(args.parser)
    nlp.tokenizer = make_tokenizer(nlp)  # as the code has it now, not as it was when the parser was trained
    ruler = nlp.add_pipe("attribute_ruler", after="parser")
    tags = nlp.get_pipe("tagger").labels  # type: ignore[attr-defined]
    ruler.load_from_tag_map({tag: {"POS": UNIVERSAL.get(tag, "X")} for tag in tags})  # type: ignore[attr-defined]
    nlp.add_pipe("sigmine_hints")
    nlp.add_pipe("ner", source=spacy.load(args.ner))
    nlp.meta.update(
        name="sigmine_signalling",
        version="0.2.0",
        description="Tokens, parse and entities of biomedical text on cell signalling.",
        author="sigmine",
        license="CC BY 4.0",
        sources=SOURCES,
    )
    for section in ("paths", "corpora", "training"):
        nlp.config[section] = {}  # they name files of the machine that trained it
    nlp.config["initialize"] = {"components": {}, "tokenizer": {}}  # spaCy looks into these when a pipe is removed
    nlp.to_disk(args.out)
    print("model", sum(path.stat().st_size for path in args.out.rglob("*") if path.is_file()) / 1e6, "MB")


if __name__ == "__main__":
    main()
