"""Steps that go by where words stand."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from parses import VOCAB
from sigmine.grammar.match_layout import (
    find_next_of,
    find_noun_after,
    find_noun_before,
    find_word_after,
    find_word_before,
    find_word_before_comma,
)
from sigmine.grammar.parsed_text import ParsedText, ParsedWord


def read(text: str) -> dict[str, ParsedWord]:
    """Words written as ``word/TAG``; by the word."""
    pairs = [word.rsplit("/", 1) for word in text.split()]
    doc = Doc(
        VOCAB,
        words=[word for word, _ in pairs],
        tags=[tag for _, tag in pairs],
        heads=[0] * len(pairs),
        deps=["dep"] * len(pairs),
    )
    return {word.text: word for word in ParsedText(doc)}


def name(word: ParsedWord | None) -> str | None:
    return word.text if word is not None else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AKT/NN phosphorylates/VBZ TSC2/NN", "AKT"),
        ("AKT/NN has/VBZ directly/RB phosphorylates/VBN TSC2/NN", "AKT"),
        ("Loss/NN of/IN AKT/NN phosphorylates/VBZ TSC2/NN", None),
        ("that/IN AKT/NN phosphorylates/VBZ TSC2/NN", "AKT"),
        ("phosphorylates/VBZ TSC2/NN", None),
        (",/, phosphorylates/VBZ TSC2/NN", None),
    ],
)
def test_the_noun_before_a_verb(text: str, expected: str | None) -> None:
    assert name(find_noun_before(read(text)["phosphorylates"])) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("inhibits/VBZ AKT/NN", "AKT"),
        ("inhibits/VBZ the/DT TSC2/NN complex/NN assembly/NN in/IN cells/NNS", "assembly"),
        ("inhibits/VBZ", None),
        ("inhibits/VBZ and/CC AKT/NN", None),
    ],
)
def test_the_noun_phrase_after_a_verb(text: str, expected: str | None) -> None:
    assert name(find_noun_after(read(text)["inhibits"])) == expected


def test_the_next_of_some_words_stops_at_a_verb() -> None:
    words = frozenset({"by"})
    assert (
        name(find_next_of(read("phosphorylated/VBN at/IN S1/NN and/CC S2/NN by/IN RSK/NN")["phosphorylated"], words))
        == "by"
    )
    assert find_next_of(read("phosphorylated/VBN and/CC acts/VBZ by/IN RSK/NN")["phosphorylated"], words) is None
    assert find_next_of(read("phosphorylated/VBN")["phosphorylated"], words) is None


def test_words_beside() -> None:
    words = read("phospho/NN -/HYPH AKT/NN (/-LRB- S473/NN )/-RRB- rose/VBD")
    assert name(find_word_after(words["phospho"])) == "AKT"
    assert name(find_word_before(words["AKT"])) == "phospho"
    assert find_word_before(words["phospho"]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AKT/NN ,/, an/DT inhibitor/NN", "AKT"),
        ("AKT/NN (/-LRB- MEK/NN inhibitor/NN", "AKT"),
        ("AKT/NN |/SYM MEK/NN inhibitor/NN", "AKT"),
        ("AKT/NN inhibitor/NN", None),
    ],
)
def test_the_word_before_a_comma_or_bracket(text: str, expected: str | None) -> None:
    assert name(find_word_before_comma(read(text)["inhibitor"])) == expected
