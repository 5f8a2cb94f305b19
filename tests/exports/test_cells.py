from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sigmine.exports.cells import flatten_text


@given(st.text(max_size=30))
def test_flat_text_has_single_spaces_within_and_none_around(text: str) -> None:
    flat = flatten_text(text)
    assert flat == " ".join(flat.split())
    assert flatten_text(flat) == flat


def test_characters_that_are_no_text_go_with_the_space_they_leave() -> None:
    assert flatten_text("0\r\x1b") == "0"
    assert flatten_text("a \x00 b\tc") == "a b c"
