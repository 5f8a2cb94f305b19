from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.builders import AKT, MTOR, TSC2, make_end, make_gold, make_predicted
from sigmine.evaluation.claim import Claim, End
from sigmine.evaluation.matching import LEVELS, _match_maximally, compare, match, merge_repetitions

LONGER = make_end("TSC2", 18, length=10)  # overlaps TSC2, has its name
OVERLAPS = make_end("TSC complex", 18, length=10)  # overlaps TSC2, other identity
AGAIN = make_end("tsc2", 50)  # elsewhere in the sentence, same name
SAME_CURIE = make_end("tuberin", 50, curie="hgnc:12363")


def levels_matched(gold: Claim, predicted: Claim) -> list[str]:
    return [level for level in LEVELS if match([gold], [predicted], level)]


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        (TSC2, ["strict", "relaxed", "identity", "document"]),
        (LONGER, ["relaxed", "identity", "document"]),
        (OVERLAPS, ["relaxed"]),
        (AGAIN, ["relaxed", "identity", "document"]),
        (SAME_CURIE, ["relaxed", "identity", "document"]),
        (MTOR, []),
    ],
)
def test_levels(theme: End, expected: list[str]) -> None:
    gold = make_gold("activates", AKT, TSC2)
    assert levels_matched(gold, make_predicted("activates", AKT, theme)) == expected


def test_another_sentence_matches_by_document_only() -> None:
    gold = make_gold("activates", AKT, TSC2)
    later = make_predicted("activates", make_end("AKT1", 100), make_end("TSC2", 120), sentence=(90, 130))
    assert levels_matched(gold, later) == ["document"]
    elsewhere = make_predicted("activates", AKT, TSC2, document="other")
    assert levels_matched(gold, elsewhere) == []


def test_sentences_that_only_touch_do_not_overlap() -> None:
    gold = make_gold("activates", AKT, TSC2, sentence=(0, 30))
    assert levels_matched(gold, make_predicted("activates", AKT, TSC2, sentence=(30, 60))) == ["document"]


def test_relation_and_direction_must_be_right() -> None:
    gold = make_gold("activates", AKT, TSC2)
    assert levels_matched(gold, make_predicted("inhibits", AKT, TSC2)) == []
    assert levels_matched(gold, make_predicted("activates", TSC2, AKT)) == []


def test_binds_is_unordered() -> None:
    assert levels_matched(make_gold("binds", AKT, TSC2), make_predicted("binds", TSC2, AKT)) == list(LEVELS)


def test_a_missing_subject_matches_a_missing_subject_only() -> None:
    bare, full = make_gold("phosphorylates", None, TSC2), make_gold("phosphorylates", AKT, TSC2)
    assert levels_matched(bare, make_predicted("phosphorylates", None, TSC2)) == list(LEVELS)
    assert levels_matched(bare, make_predicted("phosphorylates", AKT, TSC2)) == []
    assert levels_matched(full, make_predicted("phosphorylates", None, TSC2)) == []


def test_an_alias_counts_as_the_end() -> None:
    theme = End(((20, 24), (30, 37)), "TSC2", "PROTEIN")
    gold = make_gold("activates", AKT, theme)
    assert "strict" in levels_matched(gold, make_predicted("activates", AKT, End(((30, 37),), "tuberin", "PROTEIN")))


def test_an_end_without_place_matches_by_identity() -> None:
    nowhere = End((), "TSC2", "PROTEIN")
    gold = make_gold("activates", AKT, TSC2)
    assert levels_matched(gold, make_predicted("activates", AKT, nowhere)) == ["relaxed", "identity", "document"]


def test_each_claim_counts_once_and_as_many_as_possible_match() -> None:
    # The wide prediction fits both statements, the narrow one only the first: both must be used.
    wide, narrow = make_end("TSC2 and MTOR", 20, length=24), TSC2
    gold = [make_gold("activates", AKT, TSC2), make_gold("activates", AKT, MTOR)]
    predicted = [make_predicted("activates", AKT, wide), make_predicted("activates", AKT, narrow)]
    assert match(gold, predicted, "relaxed") == [(0, 1), (1, 0)]
    assert match(gold, predicted[:1], "relaxed") == [(0, 0)]
    assert match(gold[:1], predicted, "relaxed") == [(0, 1)]


def test_flags_decide_between_equal_matches() -> None:
    gold = [make_gold("activates", AKT, TSC2), make_gold("activates", AKT, TSC2, negated=True)]
    predicted = [make_predicted("activates", AKT, TSC2, negated=True), make_predicted("activates", AKT, TSC2)]
    assert match(gold, predicted, "strict") == [(0, 1), (1, 0)]


def test_a_denial_is_wrong_only_if_asked() -> None:
    gold = [make_gold("activates", AKT, TSC2)]
    predicted = [make_predicted("activates", AKT, TSC2, negated=True)]
    assert match(gold, predicted, "relaxed") == [(0, 0)]
    assert match(gold, predicted, "relaxed", match_negation=True) == []


def test_repetitions_are_neither_right_nor_wrong() -> None:
    gold = [make_gold("activates", AKT, TSC2)]
    predicted = [
        make_predicted("activates", AKT, TSC2),
        make_predicted("activates", AKT, AGAIN),
        make_predicted("activates", TSC2, MTOR),
        make_predicted("activates", TSC2, MTOR),
        make_predicted("activates", AKT, OVERLAPS),
    ]
    found = compare(gold, predicted, "relaxed")
    assert found.pairs == ((0, 0),)
    assert found.duplicates == (1, 3)
    assert found.false_alarms == (2, 4)


def test_gold_that_does_not_count_excuses_a_prediction() -> None:
    predicted = [make_predicted("activates", AKT, TSC2), make_predicted("activates", AKT, MTOR)]
    found = compare([], predicted, "relaxed", uncounted=[make_gold("activates", AKT, TSC2)])
    assert (found.ignored, found.false_alarms) == ((0,), (1,))


def test_merged_repetitions_keep_all_sites() -> None:
    one = make_gold("phosphorylates", None, TSC2, sites=("S939",))
    other = make_gold("phosphorylates", None, AGAIN, sites=("T1462", "S939"), sentence=(40, 80))
    (merged,) = merge_repetitions([one, other], "relaxed")
    assert (merged.id, merged.sites) == (one.id, ("S939", "T1462"))


def count_by_trying(edges: list[list[tuple[int, int]]], used: frozenset[int] = frozenset()) -> int:
    if not edges:
        return 0
    best = count_by_trying(edges[1:], used)
    for _, prediction in edges[0]:
        if prediction not in used:
            best = max(best, 1 + count_by_trying(edges[1:], used | {prediction}))
    return best


@given(st.lists(st.sets(st.integers(0, 4)).map(lambda s: sorted((n % 3, n) for n in s)), max_size=5))
def test_the_matching_is_one_to_one_and_maximal(edges: list[list[tuple[int, int]]]) -> None:
    pairs = _match_maximally(edges)
    assert len({gold for gold, _ in pairs}) == len({prediction for _, prediction in pairs}) == len(pairs)
    assert all(prediction in {number for _, number in edges[gold]} for gold, prediction in pairs)
    assert len(pairs) == count_by_trying(edges)
