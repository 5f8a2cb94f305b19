from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sigmine.web.text_rows import flow_text, measure_character, measure_text

TEXTS = st.text(st.sampled_from("AKTmil1 -αΒ蛋…  "), max_size=80)


@given(TEXTS, st.integers(20, 300))
def test_no_letter_is_outside_its_row_and_the_order_is_that_of_the_text(text: str, width: int) -> None:
    rows = flow_text(text, width)
    assert rows.count == max(rows.rows, default=0) + 1
    places = list(zip(rows.rows, rows.lefts, strict=True))
    assert places == sorted(places)
    for character, left in zip(text, rows.lefts, strict=True):
        assert left >= 0
        if character != " " and left > 0:
            assert left + measure_character(character) <= width


@given(TEXTS, st.integers(20, 300), st.integers(-2, 90), st.integers(-2, 90))
def test_boxes_hold_the_words_of_a_span_and_nothing_else(text: str, width: int, start: int, end: int) -> None:
    rows = flow_text(text, width)
    boxes = rows.find_boxes(start, end)
    shown = "".join(text[box.start : box.end] for box in boxes)
    assert shown.replace(" ", "") == text[max(start, 0) : max(end, 0)].replace(" ", "")
    assert [box.row for box in boxes] == sorted({box.row for box in boxes})
    assert all(box.left < box.right for box in boxes)


def test_words_stay_whole_where_a_row_holds_them() -> None:
    text = "AKT phosphorylates TSC2"
    rows = flow_text(text, measure_text("AKT phosphorylates"))
    assert rows.count == 2
    assert (rows.rows[text.index("TSC2")], rows.lefts[text.index("TSC2")]) == (1, 0)
    assert rows.rows[text.index("phos")] == 0
    [box] = rows.find_boxes(4, 18)
    assert box.left == measure_text("AKT ")


def test_a_word_that_is_wider_than_a_row_is_cut() -> None:
    rows = flow_text("m" * 10, measure_text("mmm"))
    assert rows.rows == (0, 0, 0, 1, 1, 1, 2, 2, 2, 3)


def test_an_empty_text_is_one_empty_row() -> None:
    assert flow_text("", 100).count == 1
    assert flow_text("", 100).find_boxes(0, 5) == []
