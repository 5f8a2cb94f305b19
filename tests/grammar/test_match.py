"""The path walker, on sentences whose parse is written by hand."""

import pytest
from spacy.tokens import Doc

from parses import ACTIVE, VOCAB, make_text
from sigmine.grammar.load import load_grammar
from sigmine.grammar.match import climb, find_senses, walk
from sigmine.grammar.parsed_text import ParsedText
from sigmine.grammar.paths import parse_path

GRAMMAR = load_grammar()


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
    doc = make_text("AKT NN nsubj 1\nacts VBZ ROOT 1\nas IN prep 1\ninhibitor NN pobj 2")
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
