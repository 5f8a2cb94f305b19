from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sigmine.explorer.marks import Mark, cut_text

KINDS = ("subject", "object", "trigger", "site", "mention")


@given(
    st.text(min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 45), st.integers(1, 12), st.sampled_from(KINDS)), max_size=8),
    st.integers(0, 10),
    st.integers(0, 10),
)
def test_pieces_are_the_text_and_hold_exactly_their_marks(
    text: str, spans: list[tuple[int, int, str]], left: int, right: int
) -> None:
    start, end = min(left, len(text) - 1), max(left + 1, len(text) - right)
    end = min(max(end, start + 1), len(text))
    marks = [Mark(low, low + length, kind) for low, length, kind in spans]
    pieces = cut_text(text[start:end], marks, start=start)
    assert "".join(piece["text"] for piece in pieces) == text[start:end]
    at = start
    for piece in pieces:
        assert piece["text"]
        here = {mark.kind for mark in marks if mark.start <= at < mark.end}
        assert set(piece.get("kinds", ())) == here
        at += len(piece["text"])


def test_of_marks_on_one_stretch_the_first_says_what_it_is() -> None:
    marks = [Mark(0, 4, "subject", {"name": "AKT1"}), Mark(0, 4, "mention", {"name": "AKT", "type": "FAMILY"})]
    assert cut_text("AKT1 acts", marks) == [
        {"text": "AKT1", "kinds": ["subject", "mention"], "name": "AKT1", "type": "FAMILY"},
        {"text": " acts"},
    ]
