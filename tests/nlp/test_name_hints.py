"""What the recogniser is shown, on Docs and names of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy
import pytest
import spacy

from sigmine.nlp.mention_candidates import LEXICON_SPANS
from sigmine.nlp.name_hints import GUIDELINE, NameHints, build_context_embed
from sigmine.nlp.tokenizer import make_tokenizer

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    blank = spacy.blank("en")
    blank.tokenizer = make_tokenizer(blank)
    return blank


@pytest.fixture(scope="module")
def hints() -> NameHints:
    return NameHints()


def test_names_are_marked_from_their_first_word_on(nlp: Language, hints: NameHints) -> None:
    doc = hints(nlp("We saw AMP-activated protein kinase and rapamycin here."))
    marks = {token.text: token.ent_kb_id_ for token in doc if token.ent_kb_id_}
    assert marks["AMP"].startswith("B-")
    assert {marks[word] for word in ("-", "activated", "protein", "kinase")} == {"I-" + marks["AMP"][2:]}
    assert marks["rapamycin"] == "B-CHEMICAL"
    assert not {"We", "saw", "and", "here", "."} & set(marks)


def test_a_name_that_needs_support_is_marked_in_small_letters(nlp: Language, hints: NameHints) -> None:
    doc = hints(nlp("TAZ"))
    assert doc[0].ent_kb_id_ == "B-protein"


def test_the_guideline_is_ours_unless_the_doc_says_otherwise(nlp: Language, hints: NameHints) -> None:
    doc = nlp.make_doc("AKT here")
    assert {token.ent_id_ for token in hints(doc)} == {GUIDELINE}
    other = nlp.make_doc("AKT here")
    other.user_data["guideline"] = "cg"
    assert {token.ent_id_ for token in hints(other)} == {"cg"}


def test_names_found_are_left_for_the_component_that_merges(nlp: Language, hints: NameHints) -> None:
    doc = hints(nlp("TSC2 binds TSC1."))
    assert [(first, last) for first, last, _ in doc.user_data[LEXICON_SPANS]] == [(0, 1), (2, 3)]


def test_an_empty_doc_is_no_problem(nlp: Language, hints: NameHints) -> None:
    assert len(hints(nlp(""))) == 0


def test_the_embedding_reads_the_tensor_and_takes_zeros_where_there_is_none(nlp: Language) -> None:
    from spacy.ml.models.tok2vec import MultiHashEmbed

    words = MultiHashEmbed(8, ["NORM"], [50], include_static_vectors=False)
    docs = [nlp.make_doc("AKT binds TSC2"), nlp.make_doc("AKT binds TSC2")]
    model = build_context_embed(width=4, context_width=3, embed=words)
    model.initialize(docs)
    plain, same = model.predict(docs)
    assert plain.shape == (3, 4)
    assert numpy.array_equal(plain, same)
    docs[1].tensor = numpy.ones((3, 3), dtype="f")
    plain, other = model.predict(docs)
    assert not numpy.allclose(plain, other)
