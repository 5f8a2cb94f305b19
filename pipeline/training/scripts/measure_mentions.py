"""Names as the whole pipeline finds them (recogniser, lexicon, abbreviations, merged), against annotators.

Usage: python measure_mentions.py ENTITY_FOLDER GOLD FOLDER... [--errors]

``ENTITY_FOLDER`` holds ``test-pc.spacy`` and ``test-cg.spacy`` (``convert_ner.py``): genes, proteins, families and
complexes count as one type there. ``GOLD`` holds the gold statements and the other folders their documents: the
molecules of all statements are the names to find.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import spacy
from figures import Scores, overlaps, to_scores
from measure_sentences import read_marked
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans

from sigmine.evaluation.claim import Span
from sigmine.evaluation.gold import load_gold
from sigmine.model import MOLECULE_TYPES
from sigmine.nlp.pipeline import load_pipeline, make_doc

GENES = frozenset({"PROTEIN", "FAMILY", "COMPLEX"})
_HEAD = re.compile(r"(?: complex(?:es)?| proteins?)$")


def load_mention_pipeline() -> Language:
    nlp = load_pipeline(entities="own")
    nlp.disable_pipe("sigmine_relations")
    return nlp


def measure_corpus(nlp: Language, path: Path, *, show: bool = False) -> dict[str, Scores]:
    """Genes, proteins, families and complexes of one corpus: exact, exact but for the head, overlapping."""
    gold = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    counts: Counter[str] = Counter()
    for reference, doc in zip(gold, nlp.pipe([doc.text for doc in gold]), strict=True):
        theirs = {(ent.start_char, ent.end_char) for ent in reference.ents if ent.label_ in GENES}
        ours = find_genes(doc)
        bare_theirs, bare_ours = ({cut_head(doc.text, span) for span in spans} for spans in (theirs, ours))
        counts["found"] += len(ours)
        counts["wanted"] += len(theirs)
        counts["exact"] += len(theirs & ours)
        counts["but for the head"] += len(bare_theirs & bare_ours)
        counts["right"] += sum(overlaps(span, theirs) for span in ours)
        counts["covered"] += sum(overlaps(span, ours) for span in theirs)
        if show and theirs != ours:
            names = [sorted(doc.text[slice(*span)] for span in spans) for spans in (theirs - ours, ours - theirs)]
            print("missed", names[0], "extra", names[1])
    return {
        "exact": to_scores(counts["exact"], counts["found"], counts["exact"], counts["wanted"]),
        "exact but for a head such as 'complex'": to_scores(
            counts["but for the head"], counts["found"], counts["but for the head"], counts["wanted"]
        ),
        "overlap": to_scores(counts["right"], counts["found"], counts["covered"], counts["wanted"]),
    }


def find_genes(doc: Doc) -> set[Span]:
    """Mentions of genes and their products, and the readings of such kind within the name of a pathway.

    We take "PI3K/AKT pathway" for one name, the corpora annotate PI3K and AKT; ``doc.spans`` holds them.
    """
    found = {(mention.start, mention.end) for mention in doc._.mentions if mention.type in GENES}
    others = [(mention.start, mention.end) for mention in doc._.mentions if mention.type == "PROCESS"]
    within = [
        span
        for span in doc.spans["mentions"]
        if span.label_ in GENES and any(a <= span.start_char and span.end_char <= b for a, b in others)
    ]
    return found | {(span.start_char, span.end_char) for span in filter_spans(within)}


def cut_head(text: str, span: Span) -> Span:
    """The span without a last word that the guidelines disagree about."""
    head = _HEAD.search(text[slice(*span)])
    return (span[0], span[0] + head.start()) if head else span


def measure_names(nlp: Language, gold: Path, folders: list[Path], *, show: bool = False) -> dict[str, Scores]:
    """The molecules of the gold statements of each document: how many are found, with the same characters or others.

    Statements for which another sentence must be read are left out: their ends are words such as "it".
    """
    scores = {}
    for marked in load_gold(gold):
        document = read_marked(marked.file, marked.sha256, folders)
        if document is None:
            continue
        wanted = {
            end.spans[0]
            for statement in marked.statements
            for end in (statement.subject, statement.object)
            if end is not None and end.type in MOLECULE_TYPES and not statement.cross_sentence
        }
        doc = nlp(make_doc(nlp, document))
        get_span = document.offsets.get_span if document.offsets else lambda start, end: (start, end)
        ours = {get_span(m.start, m.end) for m in doc._.mentions if m.type in MOLECULE_TYPES}
        if show:
            text = Path(document.source).read_text(encoding="utf-8")
            missed = sorted(wanted - ours)
            print(marked.document, [(text[slice(*span)], "other" * overlaps(span, ours)) for span in missed])
        near = sum(overlaps(span, ours) for span in wanted)
        scores[marked.document] = {
            "exact": round(len(wanted & ours) / len(wanted), 4),
            "overlap": round(near / len(wanted), 4),
            "n": len(wanted),
        }
    return scores


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("entities", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true")
    args = parser.parse_args()
    pipeline = load_mention_pipeline()
    for corpus in ("pc", "cg"):
        print(corpus, measure_corpus(pipeline, args.entities / f"test-{corpus}.spacy"))
    for name in ("corpus", "reviews"):
        print(measure_names(pipeline, args.gold / name, args.folders, show=args.errors))
