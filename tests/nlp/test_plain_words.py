from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st

from sigmine.nlp.plain_words import read_words
from sigmine.nlp.tokenizer import learn_chunks, make_tokenizer

NLP = spacy.blank("en")
NLP.tokenizer = make_tokenizer(NLP)


@given(st.text(alphabet="aB1 -/().,\n\u00a0α", max_size=40))
def test_words_are_those_of_the_doc(text: str) -> None:
    doc = NLP(text)
    plain = read_words(doc)
    assert plain.text == doc.text == text
    assert plain.words == [token.text for token in doc]
    assert plain.starts == [token.idx for token in doc]
    assert plain.spaces == [bool(token.whitespace_) for token in doc]
    assert read_words(doc) is plain


def test_words_are_read_again_once_a_doc_has_others() -> None:
    doc = NLP("AKT inhibits TSC2.")
    assert len(read_words(doc).words) == 4
    with doc.retokenize() as retokenizer:
        retokenizer.merge(doc[0:2])
    assert read_words(doc).words == ["AKT inhibits", "TSC2", "."]


@given(st.text(alphabet="etal.IK'n1 -/()\n", max_size=40))
def test_what_was_learned_changes_no_cut(text: str) -> None:
    NLP.tokenizer._flush_cache()
    before = [(token.text, token.norm_, token.whitespace_) for token in NLP(text)]
    learn_chunks(NLP, text)
    assert [(token.text, token.norm_, token.whitespace_) for token in NLP(text)] == before
