from __future__ import annotations

import pytest

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold, make_predicted
from sigmine.evaluation import evaluate
from sigmine.evaluation.bootstrap import Counts
from sigmine.evaluation.claim import GoldStatement, Prediction
from sigmine.evaluation.hard_classes import HARD_CLASSES

S6K = make_end("RPS6KB1", 50, curie="hgnc:10436", length=7)
ELSEWHERE = make_end("TSC2", 120, curie="hgnc:12363")


def score(gold: list[GoldStatement], predictions: list[Prediction], **options: object) -> dict[str, Counts]:
    report = evaluate([make_document(*gold)], predictions, resamples=5, **options)  # type: ignore[arg-type]
    return {one.name: one.counts for one in report.total.hard_classes}


@pytest.mark.parametrize("flag", ["negated", "hedged"])
def test_a_flag_is_right_only_if_statement_and_flag_are(flag: str) -> None:
    on = {flag: True}
    gold = [
        make_gold("activates", AKT, TSC2, **on),  # found and marked
        make_gold("activates", AKT, MTOR, **on),  # found, not marked
        make_gold("inhibits", TSC2, MTOR, **on),  # not found
        make_gold("activates", MTOR, S6K),  # marked by us alone
    ]
    predictions = [
        make_predicted("activates", AKT, TSC2, **on),
        make_predicted("activates", AKT, MTOR),
        make_predicted("activates", MTOR, S6K, **on),
        make_predicted("inhibits", AKT, S6K, **on),  # wrong altogether
    ]
    # right: 1; wrong: MTOR to RPS6KB1, AKT1 to RPS6KB1; missed: AKT1 to MTOR, TSC2 to MTOR
    assert score(gold, predictions)[flag] == Counts(1, 2, 2)


def test_a_list_counted_by_hand() -> None:
    gold = [
        make_gold("activates", AKT, TSC2),
        make_gold("activates", AKT, MTOR),  # AKT1 activates both: a list of two
        make_gold("inhibits", AKT, S6K),  # shares AKT1, but not the relation
        make_gold("activates", make_end("AKT1", 70), make_end("TSC2", 90), sentence=(60, 120)),  # elsewhere
    ]
    predictions = [make_predicted("activates", AKT, TSC2), make_predicted("inhibits", AKT, S6K)]
    assert score(gold, predictions) == {"coordinated": Counts(1, 0, 1)}


@pytest.mark.parametrize("is_right", [True, False])
def test_a_list_of_ours_counts_what_is_wrong_in_it(is_right: bool) -> None:
    """We read "AKT1 activates TSC2 and MTOR", of which the gold has the first or none."""
    gold = [make_gold("activates", AKT, TSC2)] if is_right else []
    predictions = [make_predicted("activates", AKT, TSC2), make_predicted("activates", AKT, MTOR)]
    # What is right belongs to a list if the gold has one, which it has not.
    assert score(gold, predictions) == {"coordinated": Counts(0, 1 if is_right else 2, 0)}


def test_a_list_may_be_of_subjects() -> None:
    gold = [make_gold("inhibits", AKT, MTOR), make_gold("inhibits", TSC2, MTOR)]
    assert score(gold, []) == {"coordinated": Counts(0, 0, 2)}


def test_cross_sentence_counts_what_the_core_leaves_out() -> None:
    gold = [
        make_gold("activates", AKT, ELSEWHERE, cross_sentence=True),
        make_gold("inhibits", MTOR, ELSEWHERE, cross_sentence=True),
        make_gold("activates", TSC2, MTOR),
    ]
    predictions = [
        make_predicted("activates", AKT, ELSEWHERE),  # right
        make_predicted("phosphorylates", AKT, ELSEWHERE),  # wrong
        make_predicted("inhibits", AKT, MTOR),  # wrong, but within the sentence
    ]
    report = evaluate([make_document(*gold)], predictions, resamples=5).total
    assert {one.name: one.counts for one in report.hard_classes} == {"cross-sentence": Counts(1, 1, 1)}
    assert report.micro.counts == Counts(0, 2, 1)
    assert report.ignored == 1


def test_a_row_s_head_is_no_other_sentence() -> None:
    predictions = [make_predicted("activates", AKT, ELSEWHERE, section="table")]
    assert score([], predictions) == {"table": Counts(0, 1, 0)}


@pytest.mark.parametrize("section", ["table", "legend"])
def test_sections_that_are_hard(section: str) -> None:
    gold = [make_gold("activates", AKT, TSC2, section=section), make_gold("inhibits", TSC2, MTOR, section=section)]
    predictions = [
        make_predicted("activates", AKT, TSC2, section="body"),  # the gold's section counts
        make_predicted("activates", MTOR, S6K, section=section),
        make_predicted("activates", AKT, S6K, section="body"),
    ]
    found = score(gold, predictions)
    assert found[section] == Counts(1, 1, 1)
    assert {"table", "legend"} & set(found) == {section}


def test_classes_come_in_their_order_and_only_if_there_are_any() -> None:
    assert score([make_gold("activates", AKT, TSC2)], []) == {}
    gold = [
        make_gold("activates", AKT, TSC2, section="legend", hedged=True),
        make_gold("activates", AKT, MTOR, section="table", negated=True),
        make_gold("inhibits", AKT, ELSEWHERE, cross_sentence=True),
    ]
    assert tuple(score(gold, [])) == HARD_CLASSES
