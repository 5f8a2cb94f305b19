from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.nlp.tokenizer import make_tokenizer
from sigmine.resources.language_model import find_model

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    nlp = spacy.blank("en")
    nlp.tokenizer = make_tokenizer(nlp)
    return nlp.tokenizer


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("AKT-mediated", "AKT - mediated"),
        ("TSC1/TSC2", "TSC1 / TSC2"),
        ("p70S6K", "p70S6K"),
        ("14-3-3", "14 - 3 - 3"),
        # One word in the treebank, unless a name follows.
        ("anti-inflammatory", "anti-inflammatory"),
        ("Non-specific", "Non-specific"),
        ("post-translational", "post-translational"),
        ("co-activator", "co-activator"),
        ("anti-AKT", "anti - AKT"),
        ("anti-p53", "anti - p53"),
        ("non-mTORC1", "non - mTORC1"),
        # What ends in such letters is no prefix.
        ("eco-friendly", "eco - friendly"),
        ("dose-response", "dose - response"),
        ("2-fold", "2-fold"),
        ("10-min", "10 - min"),
        ("X-ray", "X-ray"),
        ("UV-ray", "UV - ray"),
        # Citations and numbers.
        ("16,17", "16 , 17"),
        ("1,200", "1,200"),
        ("development.1,3", "development . 1 , 3"),
        ("×400", "× 400"),
        ("~5", "~ 5"),
        ("37 °C", "37 °C"),
        ("and/or", "and / or"),
    ],
)
def test_words_are_cut_as_in_the_treebank(tokenizer: Tokenizer, text: str, words: str) -> None:
    assert [token.text for token in tokenizer(text)] == words.split()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="aAkKtT19-‐–/,.()[]+~×°Cα ", max_size=30))
def test_no_character_is_lost(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer(text).text == text


@pytest.mark.parametrize("unit", ["];,", "((", "Ser9/", "-", "%.", "1,"])
def test_a_word_without_end_is_cut_in_time(tokenizer: Tokenizer, unit: str) -> None:
    """It took 40 s, as each character cut off was looked for in all that was left."""
    word = unit * (20_000 // len(unit))
    started = time.process_time()
    assert "".join(token.text_with_ws for token in tokenizer(word)) == word
    assert time.process_time() - started < 10


def test_what_ends_a_word_is_found_as_in_the_whole_word(tokenizer: Tokenizer) -> None:
    tail = tokenizer.suffix_search.__self__
    for text in (
        "kinase)",
        "mTOR].",
        "x" * 100 + "kinase).",
        "p70S6K..",
        "x" * 60 + "...",
        "AKT’s",
        "a" * 80 + "’s",
        "10%.",
    ):
        for end in range(1, len(text) + 1):
            whole, found = tail.compiled.search(text[:end]), tail.search(text[:end])
            assert (whole and whole.span()) == (found and found.span())


def test_the_bundled_model_keeps_the_tokenizer_that_this_module_makes() -> None:
    nlp = spacy.load(find_model())
    made = make_tokenizer(nlp)
    assert made.to_bytes(exclude=["vocab"]) == nlp.tokenizer.to_bytes(exclude=["vocab"])
