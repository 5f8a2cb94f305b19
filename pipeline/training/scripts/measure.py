"""The full evaluation of the bundled model: writes ``scores/model.json`` and the scores into the model's meta.json.

Usage: python measure.py DATA SHARED

``DATA`` is the folder that the steps before made (``treebank-test.spacy``, ``filled/``).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from measure_mentions import load_mention_pipeline, measure_corpus, measure_names
from measure_model import measure_entities, measure_parser, measure_speed
from measure_sentences import measure_sentences
from measure_sites import measure_sites

from sigmine.resources.language_model import find_model

ROOT = Path(__file__).resolve().parents[3]
CORPORA = {"pc": "PC13, held-out articles", "cg": "CG, devel", "bc5": "BC5CDR, devel"}


def measure(data: Path, shared: Path) -> dict[str, Any]:
    model, treebank, entities = find_model(), data / "treebank-test.spacy", data / "filled"
    folders = [ROOT / "corpus", shared / "reviews"]
    figures: dict[str, Any] = {"parser on CRAFT, held-out articles": measure_parser(model, treebank)}
    for corpus, name in CORPORA.items():
        figures[f"recogniser alone on {name}"] = measure_entities(model, entities / f"test-{corpus}.spacy")
    pipeline = load_mention_pipeline()
    for corpus in ("pc", "cg"):
        scores = measure_corpus(pipeline, entities / f"test-{corpus}.spacy")
        figures[f"genes, proteins, families and complexes of the whole pipeline on {CORPORA[corpus]}"] = scores
    names = measure_names(pipeline, ROOT / "gold" / "reviews", folders) | measure_names(
        pipeline, ROOT / "gold" / "corpus", folders
    )
    for document, scores in names.items():
        figures[f"molecules of the gold statements found in {document}"] = scores
    figures["sentence ends marked by hand"] = measure_sentences(ROOT / "gold" / "sentences", folders)
    figures["residues in held-out articles of PC13, GE11, GE13 and EPI11"] = {
        "residues": measure_sites(shared / "corpora")
    }
    figures["speed"] = measure_speed(model, treebank)
    return figures


def main(data: Path, shared: Path) -> None:
    figures = measure(data, shared)
    text = json.dumps(figures, indent=1) + "\n"
    (ROOT / "pipeline" / "training" / "scores" / "model.json").write_text(text, encoding="utf-8")
    meta = find_model() / "meta.json"
    card = json.loads(meta.read_text(encoding="utf-8"))
    card["performance"] = figures
    meta.write_text(json.dumps(card, indent=2), encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
