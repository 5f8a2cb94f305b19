"""The plain copy of a parse says what spaCy's own objects say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from parses import VOCAB
from sigmine.grammar.parsed_text import ParsedText

WORDS = st.sampled_from(["AKT", "phosphorylates", "é", "TSC2", ",", "(", "α", "\n", "the", "不"])


@st.composite
def docs(draw: st.DrawFn) -> Doc:
    words = draw(st.lists(WORDS, min_size=1, max_size=12))
    size = len(words)
    spaces = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    # each word hangs on one before it or is a root: a forest without crossing cycles
    heads = [draw(st.integers(0, i)) for i in range(size)]
    tags = draw(st.lists(st.sampled_from(["NN", "VBZ", "DT"]), min_size=size, max_size=size))
    labels = ["ROOT" if head == i else "dobj" for i, head in enumerate(heads)]
    return Doc(VOCAB, words=words, spaces=spaces, tags=tags, deps=labels, heads=heads)


@given(docs())
@settings(max_examples=80, deadline=None)
def test_words_are_spacys_tokens(doc: Doc) -> None:
    text = ParsedText(doc)
    assert text.text == doc.text
    assert len(text) == len(doc)
    for word, token in zip(text, doc, strict=True):
        assert (word.i, word.text, word.lower_, word.idx) == (token.i, token.text, token.lower_, token.idx)
        assert word.is_sent_start == bool(token.is_sent_start)
        assert word.sentence_start == token.sent.start
        if any(token.is_space and any(token.children) for token in doc):
            continue  # white space gave its place away
        assert (word.tag_, word.dep_, word.head.i) == (token.tag_, token.dep_, token.head.i)
        assert [child.i for child in word.children] == [child.i for child in token.children]
        assert [one.i for one in word.ancestors] == [one.i for one in token.ancestors]
        assert {one.i for one in word.subtree} == {one.i for one in token.subtree}


@given(docs())
@settings(max_examples=80, deadline=None)
def test_nothing_hangs_on_white_space_and_the_words_still_make_trees(doc: Doc) -> None:
    for word in ParsedText(doc):
        assert not word.text.isspace() or all(child.text.isspace() for child in word.children)
        assert all(child.head is word for child in word.children)
        assert word.head is word or word in word.head.children
        assert len(list(word.ancestors)) < len(doc)


def test_the_last_word_before_white_space_takes_its_place() -> None:
    text = ParsedText(
        Doc(
            VOCAB,
            words=["AKT", "inhibits", "TSC2", "\n"],
            spaces=[True, True, False, False],
            heads=[1, 1, 3, 1],
            deps=["nsubj", "ROOT", "compound", "dobj"],
        )
    )
    assert (text[2].dep_, text[2].head) == ("dobj", text[1])
    assert text[1].children == [text[0], text[2]]


def test_a_run_of_words_reads_as_it_stands() -> None:
    text = ParsedText(
        Doc(
            VOCAB,
            words=["No", "longer", "AKT"],
            spaces=[True, True, False],
            heads=[0, 0, 0],
            deps=["ROOT", "dep", "dep"],
        )
    )
    assert text.read(0, 2) == "no longer"
    assert text.read(2, 2) == ""
    assert [word.text for word in text[1:]] == ["longer", "AKT"]
