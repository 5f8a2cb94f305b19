"""Measures, for each name of the lexicon, how often it is a molecule or a disease where it stands in annotated text.

Usage: python measure_lexicon.py SHARED

Writes ``precision.tsv`` of ``sigmine/resources/data/lexicon_build``: name as the lexicon has it, places where the
lexicon finds it, places where the annotators marked something of that kind there. ``compile_lexicon.py`` reads it;
compile once without its lines, measure, and compile again. The corpora are training parts only; BioNLP13PC, on which
the recogniser is tuned and tested, is not among them.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from convert_ner import JOINED, NO_SPACE_AFTER, NO_SPACE_BEFORE, find_entities, read_sentences

from sigmine.resources.lexicon import load_lexicon

GENES = {"PROTEIN", "FAMILY", "COMPLEX"}
CORPORA: dict[str, dict[str, set[str]]] = {
    "BC2GM": {"GENE": GENES},
    "JNLPBA": {"protein": GENES, "DNA": GENES, "RNA": GENES},
    "BioNLP13CG": {"Gene_or_gene_product": GENES, "Simple_chemical": {"CHEMICAL"}},
    "BC5CDR": {"Chemical": {"CHEMICAL"}, "Disease": {"DISEASE"}},
    "NCBI-disease": {"Disease": {"DISEASE"}},
}
PARTS = {"JNLPBA": "devel"}
MIN_MATCHES = 3


def guess_spaces(words: list[str]) -> list[bool]:
    """Whether a space follows each word, by the punctuation around it."""
    following = [*words[1:], ""]
    return [
        word not in JOINED | NO_SPACE_AFTER and not (after and (after in JOINED or after[0] in NO_SPACE_BEFORE))
        for word, after in zip(words, following, strict=True)
    ]


def main(shared: Path) -> None:
    lexicon = load_lexicon()
    matches: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for corpus, labels in CORPORA.items():
        annotated = set().union(*labels.values())
        for sentence in read_sentences(shared / "ner" / f"{corpus}.{PARTS.get(corpus, 'train')}.tsv.gz"):
            entities = [
                (first, last, labels[label]) for first, last, label in find_entities(sentence) if label in labels
            ]
            for first, last, match in lexicon.find_spans(sentence.words, guess_spaces(sentence.words)):
                if match.type in annotated:
                    matches[match.text] += 1
                    right[match.text] += any(a < last and first < b and match.type in types for a, b, types in entities)
    rows = [f"{name}\t{count}\t{right[name]}" for name, count in sorted(matches.items()) if count >= MIN_MATCHES]
    path = Path(__file__).resolve().parents[2] / "sigmine/resources/data/lexicon_build/precision.tsv"
    path.write_text("# name\tmatches\tright\n" + "\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows), "names;", sum(matches.values()), "matches,", sum(right.values()), "right")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
