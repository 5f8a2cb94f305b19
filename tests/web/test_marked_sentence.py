from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.builders import make_end, make_gold, make_predicted
from sigmine.evaluation.claim import Claim, End, Span
from sigmine.model.marked import Piece
from sigmine.web.marked_sentence import mark_sentence

TEXT = "mTORC1 is a complex. AKT1 phosphorylates TSC2 at S939. It stops."
SENTENCE = (21, 54)
AKT, TSC2 = make_end("AKT1", 21), make_end("TSC2", 41)
MTORC1 = make_end("mTORC1", 0, length=6)


def gold(subject: End | None, object: End, sentence: Span = SENTENCE) -> Claim:
    return make_gold("phosphorylates", subject, object, sentence=sentence)


def ours(subject: End | None, object: End, sentence: Span = SENTENCE) -> Claim:
    return make_predicted("phosphorylates", subject, object, sentence=sentence)


def show(pieces: tuple[Piece, ...]) -> str:
    """``[AKT1|gold-subject]``, in one line."""
    return "".join(f"[{one.text}|{','.join(one.roles)}]" if one.roles else one.text for one in pieces)


def test_the_ends_of_one_side_are_marked() -> None:
    assert show(mark_sentence(TEXT, gold(AKT, TSC2), None)) == (
        "[AKT1|gold-subject] phosphorylates [TSC2|gold-object] at S939."
    )
    assert show(mark_sentence(TEXT, None, ours(None, TSC2))) == "AKT1 phosphorylates [TSC2|ours-object] at S939."


def test_both_sides_may_mark_the_same_characters() -> None:
    assert show(mark_sentence(TEXT, gold(AKT, TSC2), ours(TSC2, AKT))) == (
        "[AKT1|gold-subject,ours-object] phosphorylates [TSC2|gold-object,ours-subject] at S939."
    )


def test_marks_that_overlap_are_cut() -> None:
    wide = make_end("TSC2", 41, length=12)
    assert show(mark_sentence(TEXT, gold(AKT, TSC2), ours(None, wide))) == (
        "[AKT1|gold-subject] phosphorylates [TSC2|gold-object,ours-object][ at S939|ours-object]."
    )


def test_an_end_of_another_sentence_stands_before() -> None:
    assert show(mark_sentence(TEXT, gold(MTORC1, TSC2), ours(AKT, TSC2))) == (
        "[mTORC1|gold-subject] … [AKT1|ours-subject] phosphorylates [TSC2|gold-object,ours-object] at S939."
    )
    behind = make_end("It", 55, length=2)
    assert show(mark_sentence(TEXT, gold(behind, TSC2), ours(behind, TSC2))).startswith(
        "[It|gold-subject,ours-subject] … AKT1 "
    )


def test_an_end_without_a_place_has_no_mark() -> None:
    assert show(mark_sentence(TEXT, None, ours(End((), "AKT1", "PROTEIN"), TSC2))) == (
        "AKT1 phosphorylates [TSC2|ours-object] at S939."
    )


def test_sentences_that_overlap_are_shown_as_one() -> None:
    assert show(mark_sentence(TEXT, gold(AKT, TSC2), ours(AKT, TSC2, (0, 45)))).startswith(
        "mTORC1 is a complex. [AKT1|"
    )
    # Without a character in common, as at level document, the gold's is shown, ours by its ends.
    apart = mark_sentence(TEXT, gold(AKT, TSC2), ours(None, MTORC1, (0, 20)))
    assert show(apart) == "[mTORC1|ours-object] … [AKT1|gold-subject] phosphorylates [TSC2|gold-object] at S939."


def test_without_a_place_in_the_text_there_is_nothing() -> None:
    assert mark_sentence(TEXT, None, None) == ()
    assert mark_sentence("short", gold(AKT, TSC2), None) == ()
    assert mark_sentence(TEXT, None, ours(AKT, TSC2, (0, 0))) == ()


def test_an_end_beyond_the_text_is_left_out() -> None:
    beyond = make_end("TSC2", 200)
    assert show(mark_sentence(TEXT, gold(AKT, beyond), None)) == "[AKT1|gold-subject] phosphorylates TSC2 at S939."


ends = st.builds(lambda start, length: make_end("x", start, length=length), st.integers(0, 60), st.integers(1, 12))


@given(ends, ends, ends, ends)
def test_no_character_is_lost_and_each_mark_covers_its_end(one: End, two: End, three: End, four: End) -> None:
    whole = (0, len(TEXT))
    pieces = mark_sentence(TEXT, gold(one, two, whole), ours(three, four, whole))
    assert "".join(segment.text for segment in pieces) == TEXT
    for end, mark in ((one, "gold-subject"), (two, "gold-object"), (three, "ours-subject"), (four, "ours-object")):
        marked = "".join(segment.text for segment in pieces if mark in segment.roles)
        assert marked == TEXT[slice(*end.spans[0])]
