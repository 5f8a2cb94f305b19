"""The bundled model on sentences of our own, tagged, parsed and named by hand (``tests/data/model_sample.jsonl``).

The floors are far below the scores that ``pipeline/training`` measures on held-out articles: they catch a model that
was packaged wrongly, not one that is a little worse.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.scorer import PRFScore
from spacy.tokens import Doc, Span
from spacy.training import Example

from sigmine.nlp.mentions import MentionRecognizer
from sigmine.resources.language_model import find_model, load_model_meta

SAMPLE = Path(__file__).parents[1] / "data" / "model_sample.jsonl"
SITES = ("Tyr694", "Thr157", "Ser139", "Lys27")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load(find_model())


@pytest.fixture(scope="module")
def examples(nlp: Language) -> list[Example]:
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    made = [make_reference(nlp, row) for row in rows]
    return [Example(nlp(doc.text), doc) for doc in made]


def make_reference(nlp: Language, row: dict[str, Any]) -> Doc:
    words, text = row["tokens"], row["text"]
    spaces, at = [], 0
    for word in words:
        at = text.index(word, at) + len(word)
        spaces.append(text[at : at + 1] == " ")
    heads = [head - 1 if head else index for index, head in enumerate(row["heads"])]
    deps = ["ROOT" if dep.lower() == "root" else dep for dep in row["deps"]]
    doc = Doc(nlp.vocab, words, spaces, tags=row["tags"], heads=heads, deps=deps)
    assert doc.text == text
    ents = [doc.char_span(start, end, label) for start, end, label in row["entities"]]
    assert all(isinstance(ent, Span) for ent in ents)
    doc.set_ents([ent for ent in ents if ent is not None and ent.text not in SITES])
    return doc


def test_the_sample_is_large_enough_to_say_something(examples: list[Example]) -> None:
    assert sum(len(example.reference) for example in examples) > 500
    assert sum(len(example.reference.ents) for example in examples) > 100


def test_tokens_tags_and_parse(nlp: Language, examples: list[Example]) -> None:
    scores = {
        **nlp.get_pipe("tagger").score(examples),  # type: ignore[attr-defined]
        **nlp.get_pipe("parser").score(examples),  # type: ignore[attr-defined]
    }
    assert scores["tag_acc"] > 0.93
    assert scores["dep_uas"] > 0.85
    assert scores["dep_las"] > 0.82


def test_entities_of_the_recogniser_alone(examples: list[Example]) -> None:
    score = PRFScore()
    for example in examples:
        wanted, found = (
            {(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents if ent.text not in SITES}
            for doc in (example.reference, example.predicted)
        )
        score.score_set(found, wanted)
    assert score.precision > 0.7
    assert score.recall > 0.7


def test_molecules_with_the_lexicon(nlp: Language, examples: list[Example]) -> None:
    recognise = MentionRecognizer()
    found = wanted = 0
    for example in examples:
        doc = recognise(nlp(example.text))
        ours = {(mention.start, mention.end) for mention in doc._.mentions}
        theirs = {
            (ent.start_char, ent.end_char)
            for ent in example.reference.ents
            if ent.label_ in ("PROTEIN", "COMPLEX", "CHEMICAL")
        }
        found, wanted = found + len(ours & theirs), wanted + len(theirs)
    assert found / wanted > 0.85


def test_a_doc_without_words_passes_through(nlp: Language) -> None:
    assert [len(doc) for doc in nlp.pipe(["", " ", "AKT"])] == [0, 1, 1]


def test_pipes_can_be_taken_out(nlp: Language) -> None:
    small = spacy.load(find_model())
    small.remove_pipe("ner")
    assert "ner" not in small.pipe_names


def test_the_card_names_what_it_was_made_of() -> None:
    meta = load_model_meta()
    assert meta["version"] != "0.0.0"
    assert {"name", "url", "license", "author"} <= set(meta["sources"][0])
    assert meta["performance"]
