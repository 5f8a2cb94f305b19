from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from sigmine.exports.file_names import MAX_LENGTH, make_file_names


def test_a_safe_text_is_its_own_name() -> None:
    assert make_file_names(["PMC123", "camp", "a-b_c.1"]) == {name: name for name in ("PMC123", "camp", "a-b_c.1")}


def test_what_is_not_safe_has_a_hash_and_stays_readable() -> None:
    names = make_file_names(["../../etc/passwd", "a b", "CON", "nul.txt", "γ", "", "..", "x" * 300, "end.", "a\x00b"])
    assert names["../../etc/passwd"].startswith("etc_passwd-")
    assert names["a b"].startswith("a_b-")
    assert names["CON"].startswith("CON-")
    assert names["nul.txt"].startswith("nul.txt-")
    assert names["γ"].startswith("document-")
    assert names["x" * 300].startswith("x" * MAX_LENGTH + "-")


def test_names_that_differ_in_case_only_are_told_apart() -> None:
    names = make_file_names(["Paper", "paper", "other"])
    assert len({name.casefold() for name in names.values()}) == 3
    assert names["other"] == "other"


@given(st.sets(st.text(max_size=120), max_size=20))
def test_names_are_safe_and_no_two_alike(texts: set[str]) -> None:
    names = make_file_names(texts)
    assert names.keys() == texts
    assert len({name.casefold() for name in names.values()}) == len(texts)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?", name)
        assert len(name) <= MAX_LENGTH + 17
    assert make_file_names(sorted(texts)) == names
