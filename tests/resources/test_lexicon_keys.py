from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigmine.resources.lexicon_keys import accepts, has_small_caps, make_key, make_keys

NAMES = st.text(alphabet="ABCabcKkSs0149αβγζ-–/ ()", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "spellings",
    [
        ("4E-BP1", "4EBP1", "4e bp1", "4E–BP1"),
        ("NF-κB", "NF-kappaB", "nf kappa b"),
        ("PIP₃", "PIP3"),
        ("TGF-β", "TGFß", "TGF beta"),
    ],
)
def test_make_key_forgets_spelling(spellings: tuple[str, ...]) -> None:
    assert len({make_key(text) for text in spellings}) == 1


@pytest.mark.parametrize("text", ["", "-", "()", " / "])
def test_make_key_of_marks_alone_is_empty(text: str) -> None:
    assert make_key(text) == ""
    assert make_keys(text) == ()


@given(NAMES)
def test_make_key_is_stable(text: str) -> None:
    key = make_key(text)
    assert make_key(key) == key
    assert make_key(text.upper()) == key
    assert key.isalnum() or key == ""


@pytest.mark.parametrize(
    ("word", "key"),
    [("GSK3β", "gsk3b"), ("GSK3beta", "gsk3b"), ("PKCθ", "pkcq"), ("elF4E", "eif4e"), ("elF4B", "eif4b")],
)
def test_make_keys_adds_other_readings(word: str, key: str) -> None:
    assert key in make_keys(word)


def test_make_keys_leaves_an_l_in_a_word_alone() -> None:
    assert make_keys("mLST8") == ("mlst8",)


@pytest.mark.parametrize(("text", "name"), [("Pi3K", "PI3K"), ("RiCTOR", "RICTOR"), ("eRK", "ERK"), ("mSiN", "mSIN")])
def test_small_caps_are_capitals(text: str, name: str) -> None:
    assert has_small_caps(text, name)


@pytest.mark.parametrize(("text", "name"), [("Rictor", "RICTOR"), ("pi3k", "PI3K"), ("PI3K", "PI3K"), ("AkT", "AKT")])
def test_other_case_is_no_small_caps(text: str, name: str) -> None:
    assert not has_small_caps(text, name)


@pytest.mark.parametrize(
    ("text", "name", "recognise"),
    [
        ("rictor", "RICTOR", "yes"),
        ("Tsc2", "TSC2", "case"),
        ("AKT", "AKT", "exact"),
        ("PKCs", "PKC", "exact"),
        ("PI-3K", "PI3K", "exact"),
        ("Focal adhesion kinase", "focal adhesion kinase", "exact"),
        ("mTORC 1", "mTORC1", "yes"),
        ("TSC1–TSC2 complex", "TSC1-TSC2 complex", "yes"),
    ],
)
def test_accepts(text: str, name: str, recognise: str) -> None:
    assert accepts(text, name, recognise)


@pytest.mark.parametrize(
    ("text", "name", "recognise"),
    [
        ("AKT", "AKT", "no"),
        ("set", "SET", "exact"),
        ("Set", "SET", "exact"),
        ("tsc2", "TSC2", "case"),
        ("map 2", "MAP2", "yes"),
        ("TSC1/TSC2 complex", "TSC1-TSC2 complex", "yes"),
        ("a kt", "AKT", "yes"),
    ],
)
def test_does_not_accept(text: str, name: str, recognise: str) -> None:
    assert not accepts(text, name, recognise)


@given(NAMES)
def test_a_name_is_accepted_as_itself(name: str) -> None:
    for recognise in ("yes", "case", "exact", "weak"):
        assert accepts(name, name, recognise)
