from __future__ import annotations

import pytest
from hypothesis import given, settings

from annotation.builders import SECOND, TEXT, golds
from sigmine.annotation.texts import AnnotatedText
from sigmine.annotation.words import describe_words, find_span, find_words, join_words, split_mark
from sigmine.evaluation import GoldDocument

AMP = "AMP binds AMPK, and AMPK senses AMP."


def find_all(text: str, words: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text, words, 0, len(text))]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("TSC2 at", ["TSC2\nat"]),
        ("TSC   complex", ["TSC com-\nplex"]),
        ("the TSC complex", ["the TSC com-\nplex"]),
        ("AKT1", ["AKT1", "AKT1"]),
        ("tsc2", []),
        ("T.C2", []),
        ("", []),
        (" \t", []),
    ],
)
def test_line_ends_and_spaces_may_differ_and_nothing_else(words: str, found: list[str]) -> None:
    assert find_all(TEXT, words) == found


@pytest.mark.parametrize("broken", ["phos-\nphatase", "phos\u00ad\nphatase", "phos\nphatase", "phos- \r\n  phatase"])
def test_a_word_may_be_broken_with_and_without_a_hyphen(broken: str) -> None:
    assert find_all(f"The {broken} PTEN counteracts PI3K.", "phosphatase PTEN") == [f"{broken} PTEN"]


def test_a_hyphen_of_the_name_is_asked_for() -> None:
    assert find_all("IL-6 activates JAK1, IL6 is its other spelling.", "IL-6") == ["IL-6"]


def test_whole_words_go_before_parts_of_words() -> None:
    assert find_words(AMP, "AMP", 0, len(AMP)) == [(0, 3), (32, 35)]
    assert find_words(AMP, "AMP", 4, 30) == [(10, 13), (20, 23)]
    assert find_words("pAKT1 is active.", "AKT1", 0, 16) == [(1, 5)]


def test_a_sign_beside_a_name_is_no_part_of_the_word() -> None:
    assert find_words("The AKT1–TSC2/RHEB axis (AKT1) grows.", "AKT1", 0, 36) == [(4, 8), (25, 29)]


def test_words_do_not_reach_over_the_end_of_the_sentence() -> None:
    assert find_words(TEXT, "complex. It", *SECOND) == []


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("AMP", (0, 3)),
        ("AMP#1", (0, 3)),
        ("AMP#2", (32, 35)),
        ("AMP #2", (32, 35)),
        ("AMPK#2", (20, 24)),
        ("AMP@32", (32, 35)),
        ("AMP@10", (10, 13)),  # a part of AMPK, though AMP stands alone elsewhere
        ("AMP@11", None),
        ("AMP#3", None),
        ("AMP#0", None),
        ("AMP@999999999", None),
        ("AMP#99999999999999999999", None),
        ("GTP", None),
        ("#2", None),
        ("@0", None),
    ],
)
def test_a_mark_tells_which_of_several_is_meant(words: str, place: tuple[int, int] | None) -> None:
    assert find_span(AMP, words, (0, len(AMP))) == place


def test_a_number_sign_counts_within_the_sentence_an_at_sign_in_the_text() -> None:
    text = "AKT1 inhibits FOXO1. AKT1 is active, and AKT1 inhibits BAD."
    sentence = (21, len(text))
    assert find_span(text, "AKT1#2", sentence) == (41, 45)
    assert find_span(text, "AKT1@0", sentence) == (0, 4)


def test_outside_the_sentence_the_nearest_before_it_is_taken() -> None:
    text = "RAF1 binds RAS. RAF1 activates MEK. It is inhibited by PKA. RAF1 recovers."
    sentence = (36, 59)
    assert find_span(text, "RAF1", sentence) is None
    assert find_span(text, "RAF1", sentence, outside=True) == (16, 20)
    assert find_span(text, "PKA", sentence, outside=True) == (55, 58)
    assert find_span(text, "recovers", sentence, outside=True) is None


def test_a_whole_word_before_the_sentence_goes_before_a_part_of_one_in_it() -> None:
    text = "AMP rises. It activates AMPK."
    assert find_span(text, "AMP", (11, 29), outside=True) == (0, 3)
    assert find_span(text, "AMP", (11, 29)) == (24, 27)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("AKT", ("AKT", "")),
        ("AKT#2", ("AKT", "#2")),
        ("AKT @90", ("AKT", "@90")),
        ("clone #3#1", ("clone #3", "#1")),
        ("AKT#two", ("AKT#two", "")),
    ],
)
def test_the_mark_is_the_last_one(words: str, parts: tuple[str, str]) -> None:
    assert split_mark(words) == parts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the TSC com-\nplex", "the TSC complex"),
        ("the IL-\n6 receptor", "the IL- 6 receptor"),
        ("  MEK\r\n  and\tERK ", "MEK and ERK"),
        ("beta\u00ad\ncatenin", "betacatenin"),
    ],
)
def test_joined_words_stand_on_one_line(text: str, line: str) -> None:
    assert join_words(text) == line


def test_described_words_need_a_mark_only_where_there_is_doubt() -> None:
    whole = (0, len(AMP))
    described = [describe_words(AMP, span, whole) for span in ((0, 3), (32, 35), (10, 14), (10, 13))]
    assert described == ["AMP", "AMP#2", "AMPK", "AMP@10"]


def test_words_that_look_like_a_mark_get_one() -> None:
    text = "The clone #3 lacks PTEN."
    assert describe_words(text, (4, 12), (0, 24)) == "clone #3#1"


@settings(max_examples=60, deadline=None)
@given(golds())
def test_described_words_are_found_again(made: tuple[AnnotatedText, GoldDocument]) -> None:
    text, document = made
    for statement in document.statements:
        for end in filter(None, (statement.subject, statement.object)):
            for span in end.spans:
                words = describe_words(text.text, span, statement.sentence)
                assert find_span(text.text, words, statement.sentence, outside=True) == span, words
