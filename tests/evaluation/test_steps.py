from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.builders import (
    AKT,
    MTOR,
    TSC2,
    make_document,
    make_end,
    make_gold,
    make_predicted,
    predict_exactly,
)
from evaluation.strategies import golds
from sigmine.evaluation import LEVELS, Report, evaluate
from sigmine.evaluation.bootstrap import Counts, Score
from sigmine.evaluation.claim import End, GoldStatement, Prediction
from sigmine.evaluation.report import Scores
from sigmine.evaluation.significance import Options, compare_scores

SAME, OVERLAP, PAIRS = "names, same characters", "names, overlapping", "pairs, any relation"
SIGN, RELATION, SITES = "pairs with direction and sign", "pairs with relation", "pairs with relation and sites"
S6K = make_end("RPS6KB1", 50, curie="hgnc:10436", length=7)


def run(gold: list[GoldStatement], predictions: list[Prediction], **options: object) -> Report:
    return evaluate([make_document(*gold)], predictions, resamples=5, **options)  # type: ignore[arg-type]


def steps(gold: list[GoldStatement], predictions: list[Prediction], **options: object) -> dict[str, Counts]:
    return {score.name: score.counts for score in run(gold, predictions, **options).total.steps}


def test_each_step_counted_by_hand() -> None:
    wide = make_end("mTORC1", 38, length=8)
    gold = [
        make_gold("phosphorylates", AKT, TSC2, sites=("S939",)),
        make_gold("inhibits", TSC2, MTOR),
        make_gold("activates", MTOR, S6K),
    ]
    predictions = [
        make_predicted("phosphorylates", AKT, TSC2),  # all but the site
        make_predicted("activates", TSC2, wide),  # the pair with the wrong sign
        make_predicted("increases_amount", wide, S6K),  # the sign, but another relation
        make_predicted("inhibits", S6K, AKT),  # no pair of the gold
    ]
    assert steps(gold, predictions, core=False) == {
        SAME: Counts(3, 1, 1),  # AKT1, TSC2, RPS6KB1; mTORC1 stands at 38:46 and MTOR at 40:44
        OVERLAP: Counts(4, 0, 0),  # these overlap
        PAIRS: Counts(3, 1, 0),  # RPS6KB1 with AKT1 is the wrong one
        SIGN: Counts(2, 2, 1),  # AKT1 to TSC2 neither, MTOR to RPS6KB1 raises; TSC2 to MTOR lowers in the gold
        RELATION: Counts(1, 3, 2),  # AKT1 phosphorylates TSC2
        SITES: Counts(0, 4, 3),  # without S939
    }


def test_exchanged_ends_are_a_pair_without_direction() -> None:
    found = steps([make_gold("activates", AKT, TSC2)], [make_predicted("activates", TSC2, AKT)])
    assert (found[PAIRS], found[SIGN], found[RELATION]) == (Counts(1, 0, 0), Counts(0, 1, 1), Counts(0, 1, 1))


def test_what_binds_has_no_direction() -> None:
    found = steps([make_gold("binds", AKT, TSC2)], [make_predicted("binds", TSC2, AKT)], core=False)
    assert set(found.values()) == {Counts(2, 0, 0), Counts(1, 0, 0)}  # two names, one pair


@pytest.mark.parametrize(
    ("relation", "raises"),
    [("activates", True), ("increases_amount", True), ("inhibits", False), ("decreases_amount", False),
     ("inhibits_phosphorylation", False), ("phosphorylates", None), ("converts", None)],
)  # fmt: skip
def test_relations_have_a_sign_or_none(relation: str, raises: bool | None) -> None:
    expected = {"activates": raises is True, "inhibits": raises is False, "dephosphorylates": raises is None}
    for other, same in expected.items():
        found = steps([make_gold(relation, AKT, TSC2)], [make_predicted(other, AKT, TSC2)], core=False)
        assert found[SIGN].tp == same


def test_a_name_counts_once_a_sentence() -> None:
    gold = [
        make_gold("activates", AKT, TSC2),
        make_gold("inhibits", AKT, MTOR),
        make_gold("activates", make_end("AKT1", 70), make_end("TSC2", 90), sentence=(60, 120)),
    ]
    # AKT1, TSC2 and MTOR of the first sentence, two of the other, which nobody read: 3 of 5
    found = steps(gold, [predict_exactly(statement) for statement in gold[:2]])
    assert found[SAME] == found[OVERLAP] == Counts(3, 0, 2)


def test_a_pair_without_subject_is_a_pair() -> None:
    gold = [make_gold("phosphorylates", None, TSC2, sites=("S939",))]
    found = steps(gold, [make_predicted("phosphorylates", None, TSC2, sites=("S939",))])
    assert set(found.values()) == {Counts(1, 0, 0)}
    # A subject of which the gold says nothing is a name too many, and makes it another pair.
    found = steps(gold, [make_predicted("phosphorylates", AKT, TSC2, sites=("S939",))])
    assert (found[SAME], found[PAIRS], found[SITES]) == (Counts(1, 1, 0), Counts(0, 1, 1), Counts(0, 1, 1))


@pytest.mark.parametrize("level", LEVELS)
def test_two_ends_with_the_same_characters_are_two_pairs(level: str) -> None:
    """Torin 1 inhibits mTORC1/2."""
    torin = make_end("torin 1", 0, type="CHEMICAL", length=7)
    both = [End(((17, 25),), name, "COMPLEX", curie) for name, curie in (("mTORC1", "fplx:mTORC1"), ("mTORC2", None))]
    gold = [make_gold("inhibits", torin, one) for one in both]
    exact = [predict_exactly(statement) for statement in gold]
    found = steps(gold, exact, level=level)
    assert {found[name] for name in (PAIRS, SIGN, RELATION, SITES)} == {Counts(2, 0, 0)}
    assert {found.get(name, Counts(2, 0, 0)) for name in (SAME, OVERLAP)} == {Counts(2, 0, 0)}  # torin 1, mTORC1/2
    assert steps(gold, exact[1:], level=level)[PAIRS] == Counts(1, 0, 1)


def test_names_are_no_step_of_a_document() -> None:
    found = steps([make_gold("activates", AKT, TSC2)], [make_predicted("activates", AKT, TSC2)], level="document")
    assert list(found) == [PAIRS, SIGN, RELATION, SITES]


def test_an_end_without_a_place_is_no_name_but_makes_a_pair() -> None:
    nowhere = End((), "AKT1", "PROTEIN", "hgnc:391")
    found = steps([make_gold("activates", AKT, TSC2)], [make_predicted("activates", nowhere, TSC2)])
    assert (found[SAME], found[PAIRS]) == (Counts(1, 0, 1), Counts(1, 0, 0))


def test_names_and_pairs_are_not_asked_for_negation() -> None:
    gold = [make_gold("activates", AKT, TSC2, negated=True)]
    found = steps(gold, [make_predicted("activates", AKT, TSC2)], match_negation=True)
    assert (found[SAME], found[PAIRS]) == (Counts(2, 0, 0), Counts(1, 0, 0))
    assert (found[SIGN], found[RELATION]) == (Counts(0, 1, 1), Counts(0, 1, 1))


def test_what_does_not_count_is_no_wrong_name() -> None:
    autophagy = make_end("autophagy", 40, type="PROCESS", length=9)
    gold = [make_gold("phosphorylates", AKT, TSC2), make_gold("inhibits", TSC2, autophagy)]
    predictions = [
        make_predicted("phosphorylates", AKT, TSC2),
        make_predicted("inhibits", TSC2, replace(autophagy, type="PROTEIN")),
    ]
    found = steps(gold, predictions)
    assert (found[SAME], found[PAIRS], found[SITES]) == (Counts(2, 0, 0), Counts(1, 0, 0), Counts(1, 0, 0))


@pytest.mark.parametrize("level", LEVELS)
def test_the_order_of_perfect_predictions_does_not_matter(level: str) -> None:
    """TSC2 is named twice, so that one pair of names has two places."""
    gold = [make_gold("activates", AKT, TSC2), make_gold("inhibits", AKT, make_end("TSC2", 40, curie="hgnc:12363"))]
    backward = [predict_exactly(statement) for statement in reversed(gold)]
    assert not any(counts.fp or counts.fn for counts in steps(gold, backward, level=level).values())


def list_scores(scores: Scores) -> list[Score]:
    return [scores.micro, *scores.steps, *scores.hard_classes, *scores.relations, *scores.sections, *scores.documents]


@settings(max_examples=30, deadline=None)
@given(golds(), st.sampled_from(LEVELS), st.booleans(), st.booleans(), st.booleans())
def test_the_gold_against_itself_is_perfect_everywhere(
    gold: list[GoldStatement], level: str, core: bool, match_negation: bool, reverse: bool
) -> None:
    if level == "document":
        # A fact takes the flags of its first place, and sites from its repetitions outside the core.
        core = reverse = False
    predictions = [predict_exactly(statement) for statement in (reversed(gold) if reverse else gold)]
    report = run(gold, predictions, level=level, core=core, match_negation=match_negation)
    for scores in (*report.splits, report.total):
        for score in list_scores(scores):
            assert (score.counts.fp, score.counts.fn) == (0, 0), score.name
            assert score.counts.f1 in (1.0, None), score.name


@settings(max_examples=30, deadline=None)
@given(golds(), st.sampled_from(("strict", "relaxed", "identity")), st.booleans(), st.data())
def test_leaving_one_out_lowers_recall_only(
    gold: list[GoldStatement], level: str, match_negation: bool, data: st.DataObject
) -> None:
    left_out = data.draw(st.integers(0, len(gold) - 1))
    predictions = [predict_exactly(statement) for index, statement in enumerate(gold) if index != left_out]
    total = run(gold, predictions, level=level, core=False, match_negation=match_negation).total
    assert total.micro.counts == Counts(len(gold) - 1, 0, 1)
    for score in list_scores(total):
        assert score.counts.precision in (1.0, None), score.name


@pytest.mark.bench
def test_ten_thousand_statements_against_ten_thousand() -> None:
    gold, predictions = [], []
    for number in range(10_000):
        start = 30 * number
        subject, theme = make_end(f"A{number % 97}", start), make_end(f"B{number % 89}", start + 10)
        gold.append(make_gold("activates", subject, theme, sentence=(start, start + 30)))
        # every third has the wrong relation, every fifth is exchanged; 3334 and 2000, 667 of them both
        ends = (theme, subject) if number % 5 == 0 else (subject, theme)
        relation = "activates" if number % 3 else "inhibits"
        predictions.append(make_predicted(relation, *ends, sentence=(start, start + 30)))
    total = run(gold, predictions).total
    wrong = 3334 + 2000 - 667
    assert {score.name: score.counts for score in total.steps} == {
        SAME: Counts(20_000, 0, 0),
        OVERLAP: Counts(20_000, 0, 0),
        PAIRS: Counts(10_000, 0, 0),
        SIGN: Counts(10_000 - wrong, wrong, wrong),
        RELATION: Counts(10_000 - wrong, wrong, wrong),
        SITES: Counts(10_000 - wrong, wrong, wrong),
    }
    assert len(total.findings) == 2 * wrong
    found = compare_scores([make_document(*gold)], predictions, predictions, Options(), resamples=5)
    assert (found.ours, found.changes) == (Counts(10_000 - wrong, wrong, wrong), ())
