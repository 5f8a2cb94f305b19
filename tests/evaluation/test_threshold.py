from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.builders import AKT, TSC2, make_document, make_gold
from sigmine.assembly.belief import compute_belief
from sigmine.evaluation.threshold import (
    MIN_STATEMENTS,
    Cut,
    find_best,
    find_cut,
    judge_statements,
    load_bundled_cuts,
    make_cuts,
)
from store.builders import make_evidence, make_statements

_JUDGED = st.lists(st.tuples(st.floats(0, 0.99), st.booleans()), max_size=80)


def test_no_judgement_no_cut() -> None:
    assert make_cuts([]) == ()
    assert find_cut((), 0.5) is None
    assert find_best(()) is None


def test_counts_above_each_belief() -> None:
    assert make_cuts([(0.9, True), (0.5, False), (0.9, False), (0.456, True)]) == (
        Cut(0.9, 1, 2, 4),
        Cut(0.5, 1, 3, 4),
        Cut(0.45, 2, 4, 4),
    )


def test_the_lowest_belief_that_reaches_the_precision_is_chosen() -> None:
    judged = [(0.9, True)] * 30 + [(0.8, False)] * 10 + [(0.7, True)] * 60 + [(0.6, False)] * 50
    cuts = make_cuts(judged)
    cut = find_cut(cuts, 0.9)
    assert cut is not None
    assert (cut.belief, cut.right, cut.total) == (0.7, 90, 100)
    assert cut.precision == 0.9
    assert cut.interval[0] < 0.9 < cut.interval[1]


def test_few_statements_prove_no_precision() -> None:
    cuts = make_cuts([(0.9, True)] * (MIN_STATEMENTS - 1) + [(0.5, False)] * 40)
    assert find_cut(cuts, 0.9) is None
    best = find_best(cuts)
    assert best is not None
    assert best.belief == 0.5


def test_the_bundled_cuts_reach_nine_of_ten() -> None:
    cut = find_cut(load_bundled_cuts(), 0.9)
    assert cut is not None
    assert cut.precision >= 0.9
    assert cut.total > 100


@given(_JUDGED, st.floats(0, 1))
def test_what_is_chosen_keeps_what_was_counted(judged: list[tuple[float, bool]], precision: float) -> None:
    cuts = make_cuts(judged)
    for cut in cuts:
        assert cut.total == sum(belief >= cut.belief for belief, _ in judged)
        assert cut.right == sum(right for belief, right in judged if belief >= cut.belief)
    cut = find_cut(cuts, precision)
    assert cut is None or cut.precision >= precision


def test_a_statement_is_right_if_one_of_its_sentences_is_and_what_is_not_judged_is_left_out() -> None:
    right, wrong, other = (
        make_evidence("AKT1 phosphorylates TSC2 here.", "phosphorylates", "AKT1", "TSC2", document=name, start=start)
        for name, start in (("doc", 0), ("doc", 100), ("unknown", 0))
    )
    denied = make_evidence("MTOR inhibits no RHEB here.", "inhibits", "MTOR", "RHEB", document="doc", negated=True)
    gold = make_document(make_gold("phosphorylates", AKT, TSC2, sentence=(0, 30)))
    alone = compute_belief([right])
    assert judge_statements([gold], make_statements(right, other, denied)) == [(alone, True)]
    assert judge_statements([gold], make_statements(wrong)) == [(alone, False)]
    assert judge_statements([gold], make_statements(right, wrong)) == [(compute_belief([right, wrong]), True)]
    assert judge_statements([gold], make_statements(other)) == []
