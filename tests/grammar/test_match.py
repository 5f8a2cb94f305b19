"""The path walker, on sentences whose parse is written by hand."""

import pytest
import spacy
from spacy.tokens import Doc

from sigmine.grammar.load import load_grammar
from sigmine.grammar.match import climb, find_senses, walk
from sigmine.grammar.parsed_text import ParsedText
from sigmine.grammar.paths import parse_path

GRAMMAR = load_grammar()
VOCAB = spacy.blank("en").vocab


def make_doc(rows: str) -> ParsedText:
    """One word a line: word, tag, label, index of the head."""
    words, tags, labels, heads = zip(*(row.split() for row in rows.strip().splitlines()), strict=True)
    return ParsedText(Doc(VOCAB, words=words, tags=tags, deps=labels, heads=[int(head) for head in heads]))


ACTIVE = make_doc(
    """
    RSK NN nsubj 1
    phosphorylates VBZ ROOT 1
    RAPTOR NN dobj 1
    , , punct 1
    thereby RB advmod 5
    activating VBG advcl 1
    mTORC1 NN dobj 5
    . . punct 1
    """
)


def reach(doc: ParsedText, start: int, path: str) -> list[str]:
    return [token.text for token in walk(doc[start], parse_path(path, GRAMMAR.paths.classes), GRAMMAR.paths)]


def test_down_and_up():
    assert reach(ACTIVE, 1, ">obj") == ["RAPTOR"]
    assert reach(ACTIVE, 2, "<obj") == ["phosphorylates"]
    assert reach(ACTIVE, 2, "<subj") == []


def test_a_participle_shares_the_subject():
    assert [token.text for token in climb(ACTIVE[5], GRAMMAR.paths)] == ["activating", "phosphorylates"]
    assert reach(ACTIVE, 5, "^ >subj") == ["RSK"]


def test_a_verb_with_its_own_subject_does_not_climb():
    assert [token.text for token in climb(ACTIVE[1], GRAMMAR.paths)] == ["phosphorylates"]


def test_an_optional_step_is_tried_both_ways():
    assert reach(ACTIVE, 1, ">obj? >subj") == ["RSK"]


def test_words_narrow_a_class():
    doc = make_doc("AKT NN nsubj 1\nacts VBZ ROOT 1\nas IN prep 1\ninhibitor NN pobj 2")
    assert reach(doc, 3, "<pobj <prep(as)") == ["acts"]
    assert reach(doc, 3, "<pobj <prep(by)") == []


@pytest.mark.parametrize(
    ("text", "anchor", "relation"),
    [
        ("a negative regulator of", "regulator", "inhibits"),
        ("it switches on growth", "switches", "activates"),
        ("down - regulates it", "regulates", "decreases_amount"),
    ],
)
def test_triggers_of_several_words(text, anchor, relation):
    doc = Doc(VOCAB, words=text.split())
    senses = find_senses(doc, text.split().index(anchor), GRAMMAR)
    assert {rule.relation for rule in senses[0].rules} == {relation}


def test_the_longest_trigger_wins():
    doc = Doc(VOCAB, words=["protein", "expression", "level"])
    assert {sense.length for sense in find_senses(doc, 2, GRAMMAR)} == {2}


def test_a_plain_regulator_is_no_trigger():
    assert find_senses(Doc(VOCAB, words=["a", "regulator", "of"]), 1, GRAMMAR) == ()
