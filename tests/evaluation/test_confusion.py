from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold, make_predicted, predict_exactly
from evaluation.strategies import changed, golds
from sigmine.evaluation import evaluate
from sigmine.evaluation.claim import GoldStatement, Prediction
from sigmine.evaluation.confusion import NONE
from sigmine.evaluation.report import Scores

S6K = make_end("RPS6KB1", 50, curie="hgnc:10436", length=7)


def score(gold: list[GoldStatement], predictions: list[Prediction], **options: object) -> Scores:
    return evaluate([make_document(*gold)], predictions, resamples=5, **options).total  # type: ignore[arg-type]


def test_a_case_counted_by_hand() -> None:
    gold = [
        make_gold("activates", AKT, MTOR),  # right
        make_gold("inhibits", AKT, TSC2),  # read as phosphorylates
        make_gold("phosphorylates", MTOR, S6K),  # not read
        make_gold("activates", TSC2, S6K),  # read backwards
    ]
    predictions = [
        make_predicted("activates", AKT, MTOR),
        make_predicted("phosphorylates", AKT, TSC2),
        make_predicted("activates", S6K, TSC2),
        make_predicted("inhibits", S6K, AKT),  # nothing like it
    ]
    assert score(gold, predictions).confusion == (
        ("phosphorylates", NONE, 1),
        ("activates", "activates", 1),
        ("activates", NONE, 1),  # read backwards is no confusion of relations: missed here, wrong below
        ("inhibits", "phosphorylates", 1),  # the miss and its false alarm count once
        (NONE, "activates", 1),
        (NONE, "inhibits", 1),
    )


def test_the_other_side_may_lie_outside_the_score() -> None:
    gold = [make_gold("activates", AKT, TSC2), make_gold("binds", TSC2, MTOR)]
    predictions = [make_predicted("binds", AKT, TSC2), make_predicted("inhibits", TSC2, MTOR)]
    assert score(gold, predictions).confusion == (("activates", "binds", 1), ("binds", "inhibits", 1))


def test_two_statements_of_one_pair_count_apart() -> None:
    gold = [make_gold("phosphorylates", AKT, TSC2), make_gold("inhibits", AKT, TSC2)]
    # Missed: inhibits, which phosphorylates says of the same ends, though that one is right for itself.
    assert score(gold, [make_predicted("phosphorylates", AKT, TSC2)]).confusion == (
        ("phosphorylates", "phosphorylates", 1),
        ("inhibits", "phosphorylates", 1),
    )


def test_the_gold_has_rows_of_its_own_and_splits_too() -> None:
    there = {"sentence": (200, 260), "split": "test"}
    gold = [make_gold("activates", AKT, TSC2), make_gold("inhibits", make_end("A", 200), make_end("B", 220), **there)]
    report = evaluate([make_document(*gold)], [], resamples=5)
    assert [scores.confusion for scores in report.splits] == [
        (("activates", NONE, 1),),
        (("inhibits", NONE, 1),),
    ]
    assert score([], []).confusion == ()


def test_ids_of_the_gold_may_be_ids_of_predictions_too() -> None:
    """As in a second annotation of the text: each miss counts, though its id is that of another one's counterpart."""
    gold = [make_gold("activates", AKT, TSC2, id="a-1"), make_gold("inhibits", TSC2, MTOR, id="a-2")]
    predictions = [make_predicted("inhibits", AKT, TSC2, id="a-2"), make_predicted("activates", TSC2, MTOR, id="a-1")]
    assert score(gold, predictions).confusion == (("activates", "inhibits", 1), ("inhibits", "activates", 1))


def test_a_relation_that_is_not_in_the_contract_comes_last() -> None:
    predictions = [make_predicted("eats", AKT, TSC2), make_predicted("binds", TSC2, MTOR)]
    assert score([], predictions, core=False).confusion == ((NONE, "binds", 1), (NONE, "eats", 1))


@settings(max_examples=20, deadline=None)
@given(golds())
def test_the_gold_against_itself_has_a_diagonal_only(gold: list[GoldStatement]) -> None:
    found = score(gold, [predict_exactly(statement) for statement in gold], core=False).confusion
    assert all(one == other for one, other, _ in found)
    assert sum(count for _, _, count in found) == len(gold)


@settings(max_examples=20, deadline=None)
@given(golds(), st.data())
def test_nothing_is_lost_or_counted_twice(gold: list[GoldStatement], data: st.DataObject) -> None:
    scores = score(gold, data.draw(changed(gold)), core=False)
    counts = scores.micro.counts
    total = sum(count for _, _, count in scores.confusion)
    assert max(counts.tp + counts.fn, counts.tp + counts.fp) <= total <= counts.tp + counts.fp + counts.fn
    same = {relation: count for relation, other, count in scores.confusion if relation == other}
    assert same == {one.name: one.counts.tp for one in scores.relations if one.counts.tp}
