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
        assert (word.tag_, word.dep_, word.head.i) == (token.tag_, token.dep_, token.head.i)
        assert [child.i for child in word.children] == [child.i for child in token.children]
        assert [one.i for one in word.ancestors] == [one.i for one in token.ancestors]
        assert {one.i for one in word.subtree} == {one.i for one in token.subtree}
        assert word.is_sent_start == bool(token.is_sent_start)
        assert word.sentence_start == token.sent.start


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
