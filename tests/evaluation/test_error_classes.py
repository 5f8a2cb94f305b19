"""Each class by the smallest case that has it. The gold says ``AKT1 activates TSC2`` where a case does not say more."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold, make_predicted, predict_exactly
from evaluation.strategies import golds
from sigmine.evaluation import LEVELS, evaluate
from sigmine.evaluation.claim import End, GoldStatement, Prediction
from sigmine.evaluation.error_classes import BECAUSE, ERROR_CLASSES, crosses, find_flaws
from sigmine.evaluation.report import Finding

GOLD = make_gold("activates", AKT, TSC2)
WIDE = make_end("TSC2", 18, curie="hgnc:12363", length=8)
OTHER = make_end("TSC1", 18, curie="hgnc:12362", length=8)
ELSEWHERE = make_end("TSC2", 120, curie="hgnc:12363")
S6K = make_end("RPS6KB1", 50, curie="hgnc:10436", length=7)


def find(gold: Sequence[GoldStatement], predictions: Sequence[Prediction], **options: object) -> tuple[Finding, ...]:
    report = evaluate([make_document(*gold)], predictions, resamples=5, **options)  # type: ignore[arg-type]
    return report.total.findings


def name(findings: Sequence[Finding]) -> list[tuple[str, str]]:
    return sorted((one.kind, one.error) for one in findings)


BOTH_SIDES: dict[str, tuple[GoldStatement, Prediction, dict[str, object]]] = {
    "entity_boundaries": (GOLD, make_predicted("activates", AKT, WIDE), {"level": "strict"}),
    "grounding": (GOLD, make_predicted("activates", AKT, OTHER), {"level": "identity"}),
    "negation": (GOLD, make_predicted("activates", AKT, TSC2, negated=True), {"match_negation": True}),
    "direction": (GOLD, make_predicted("activates", TSC2, AKT), {}),
    "polarity": (GOLD, make_predicted("inhibits", AKT, TSC2), {}),
    "activity_vs_amount": (GOLD, make_predicted("increases_amount", AKT, TSC2), {"core": False}),
    "wrong_relation": (GOLD, make_predicted("phosphorylates", AKT, TSC2), {}),
    "wrong_entity": (GOLD, make_predicted("activates", AKT, MTOR), {}),
}
"""What the gold says, what we say of it, and the options: a miss and a false alarm of the same class."""
ONE_SIDE: dict[str, tuple[list[GoldStatement], list[Prediction], dict[str, object], str]] = {
    "coreference": ([], [make_predicted("activates", AKT, ELSEWHERE)], {}, "false_alarm"),
    "no_relation": (
        [GOLD, make_gold("inhibits", MTOR, S6K)],
        [predict_exactly(GOLD), make_predicted("phosphorylates", AKT, S6K),
         make_predicted("inhibits", MTOR, S6K)],
        {},
        "false_alarm",
    ),
    "not_in_gold": ([GOLD], [predict_exactly(GOLD), make_predicted("inhibits", AKT, MTOR)], {}, "false_alarm"),
    "missed_entity": ([GOLD], [], {"because": {GOLD.id: "no mention"}}, "missed"),
    "missed": ([GOLD], [], {"because": {GOLD.id: "no path"}}, "missed"),
}  # fmt: skip
"""The gold, our statements, the options, and whose error the class is."""
FLAWS: dict[str, tuple[GoldStatement, Prediction]] = {
    "negation": (GOLD, make_predicted("activates", AKT, TSC2, negated=True)),
    "hypothesis": (GOLD, make_predicted("activates", AKT, TSC2, hedged=True)),
    "site": (
        make_gold("phosphorylates", AKT, TSC2, sites=("S939",)),
        make_predicted("phosphorylates", AKT, TSC2, sites=("S939", "T1462")),
    ),
    "grounding": (GOLD, make_predicted("activates", AKT, make_end("TSC1", 20, curie="hgnc:12362"))),
    "entity_boundaries": (GOLD, make_predicted("activates", AKT, WIDE)),
}


@pytest.mark.parametrize("error", BOTH_SIDES)
def test_a_miss_and_its_false_alarm_have_one_class(error: str) -> None:
    gold, prediction, options = BOTH_SIDES[error]
    findings = find([gold], [prediction], **options)
    assert name(findings) == [("false_alarm", error), ("missed", error)]
    others = {one.kind: one.other for one in findings}
    assert (others["false_alarm"], others["missed"]) == (gold, prediction)


@pytest.mark.parametrize("error", ONE_SIDE)
def test_a_class_of_one_side(error: str) -> None:
    gold, predictions, options, kind = ONE_SIDE[error]
    (finding,) = find(gold, predictions, **options)
    assert (finding.kind, finding.error, finding.other) == (kind, error, None)


@pytest.mark.parametrize("error", FLAWS)
def test_a_flaw_of_a_right_statement(error: str) -> None:
    gold, prediction = FLAWS[error]
    (finding,) = find([gold], [prediction])
    assert (finding.kind, finding.error, finding.claim, finding.other) == ("flaw", error, gold, prediction)
    assert (finding.sites, finding.predicted_sites) == (gold.sites, prediction.sites)


def test_these_are_all_classes() -> None:
    assert set(ERROR_CLASSES) == {*BOTH_SIDES, *ONE_SIDE, *FLAWS}


def test_a_right_statement_may_have_several_flaws_or_none() -> None:
    assert find([GOLD], [predict_exactly(GOLD)]) == ()
    flawed = make_predicted("activates", AKT, OTHER, negated=True, hedged=True)
    assert find_flaws(GOLD, flawed) == ("negation", "hypothesis", "grounding", "entity_boundaries")


def test_an_end_named_elsewhere_in_the_sentence_has_no_wrong_boundaries() -> None:
    assert find_flaws(GOLD, make_predicted("activates", AKT, make_end("TSC2", 50))) == ()
    assert find_flaws(GOLD, make_predicted("activates", AKT, End((), "TSC2", "PROTEIN"))) == ()


def test_exchanged_ends_of_what_binds_are_no_flaw() -> None:
    gold = make_gold("binds", AKT, TSC2)
    assert find_flaws(gold, make_predicted("binds", TSC2, AKT)) == ()
    assert find_flaws(gold, make_predicted("binds", WIDE, AKT)) == ("entity_boundaries",)


@pytest.mark.parametrize(
    ("gold", "ours", "error"),
    [
        ("activates", "increases_amount", "activity_vs_amount"),
        ("increases_amount", "activates", "activity_vs_amount"),
        ("inhibits", "decreases_amount", "activity_vs_amount"),
        ("activates", "decreases_amount", "polarity"),
        ("inhibits", "increases_amount", "polarity"),
        ("increases_amount", "decreases_amount", "polarity"),
        ("phosphorylates", "dephosphorylates", "polarity"),
        ("phosphorylates", "inhibits_phosphorylation", "polarity"),
        ("ubiquitinates", "deubiquitinates", "polarity"),
        ("phosphorylates", "ubiquitinates", "wrong_relation"),
        ("activates", "phosphorylates", "wrong_relation"),
        ("binds", "activates", "wrong_relation"),
    ],
)
def test_the_class_of_another_relation(gold: str, ours: str, error: str) -> None:
    findings = find([make_gold(gold, AKT, TSC2)], [make_predicted(ours, AKT, TSC2)], core=False)
    assert name(findings) == [("false_alarm", error), ("missed", error)]


def test_what_binds_is_a_wrong_relation_in_either_order() -> None:
    findings = find([GOLD], [make_predicted("binds", TSC2, AKT)], core=False)
    assert name(findings) == [("false_alarm", "wrong_relation"), ("missed", "wrong_relation")]
    # Between two relations with a direction, exchanged ends are another pair.
    findings = find([GOLD], [make_predicted("inhibits", TSC2, AKT)])
    assert name(findings) == [("false_alarm", "no_relation"), ("missed", "missed")]


def test_the_first_class_that_applies_is_taken() -> None:
    predictions = [
        make_predicted("activates", AKT, MTOR),  # wrong_entity
        make_predicted("phosphorylates", AKT, TSC2),  # wrong_relation
        make_predicted("inhibits", AKT, TSC2),  # polarity
        make_predicted("activates", TSC2, AKT),  # direction
    ]
    for count, error in ((4, "direction"), (3, "polarity"), (2, "wrong_relation"), (1, "wrong_entity")):
        (missed,) = [one for one in find([GOLD], predictions[:count]) if one.kind == "missed"]
        assert (missed.error, missed.other) == (error, predictions[count - 1])


def test_a_cross_sentence_statement_is_missed_for_its_coreference() -> None:
    gold = make_gold("activates", AKT, ELSEWHERE, cross_sentence=True)
    assert name(find([gold], [], core=False)) == [("missed", "coreference")]
    # Reading its sentence without the other one is the wrong entity, which comes first.
    wrong = make_predicted("activates", AKT, MTOR)
    assert name(find([gold], [wrong], core=False)) == [("false_alarm", "wrong_entity"), ("missed", "wrong_entity")]


@pytest.mark.parametrize(
    ("end", "section", "expected"),
    [(TSC2, "body", False), (ELSEWHERE, "body", True), (ELSEWHERE, "table", False),
     (End((), "TSC2", "PROTEIN"), "body", False), (End(((120, 124), (20, 24)), "TSC2", "PROTEIN"), "body", False)],
)  # fmt: skip
def test_a_statement_crosses_if_an_end_has_no_place_in_its_sentence(end: End, section: str, expected: bool) -> None:
    assert crosses(make_predicted("activates", AKT, end, section=section)) == expected


def test_what_is_right_makes_no_other_statement_a_wrong_entity() -> None:
    gold = [GOLD, make_gold("activates", AKT, MTOR)]
    assert name(find(gold, [predict_exactly(GOLD)])) == [("missed", "missed")]
    predictions = [predict_exactly(GOLD), make_predicted("activates", AKT, S6K)]
    assert name(find([GOLD], predictions)) == [("false_alarm", "not_in_gold")]


def test_ids_of_the_gold_may_be_ids_of_predictions_too() -> None:
    """As in a second annotation of the text: its "a-1" is not the gold's."""
    gold = [make_gold("activates", AKT, TSC2, id="a-1"), make_gold("inhibits", MTOR, S6K, id="a-2")]
    predictions = [
        make_predicted("activates", AKT, TSC2, id="a-2"),
        make_predicted("inhibits", MTOR, TSC2, id="a-1"),  # shares MTOR with the gold's a-2: neither is right
    ]
    assert name(find(gold, predictions)) == [("false_alarm", "wrong_entity"), ("missed", "wrong_entity")]


@pytest.mark.parametrize("because", BECAUSE)
def test_a_miss_keeps_why_it_was_missed(because: str) -> None:
    (finding,) = find([GOLD], [], because={GOLD.id: because, "another": "filtered"})
    assert finding.because == because
    assert finding.error == ("missed_entity" if because == "no mention" else "missed")
    # Why it was missed does not change what the other side says of it.
    findings = find([GOLD], [make_predicted("inhibits", AKT, TSC2)], because={GOLD.id: because})
    assert {(one.error, one.because) for one in findings} == {("polarity", because), ("polarity", "")}


def test_at_level_document_the_whole_document_is_the_place() -> None:
    there = make_predicted("inhibits", make_end("AKT1", 300), make_end("TSC2", 320), sentence=(290, 340))
    assert name(find([GOLD], [there], level="document")) == [("false_alarm", "polarity"), ("missed", "polarity")]
    assert name(find([GOLD], [there], level="relaxed")) == [("false_alarm", "not_in_gold"), ("missed", "missed")]


def test_findings_are_in_the_order_of_the_text() -> None:
    later = make_gold("inhibits", make_end("MTOR", 70), make_end("TSC2", 90), sentence=(60, 120))
    findings = find([later, GOLD], [make_predicted("inhibits", MTOR, S6K)])
    assert [one.sentence for one in findings] == [(0, 60), (0, 60), (60, 120)]


@settings(max_examples=20, deadline=None)
@given(golds(), st.sampled_from(LEVELS), st.data())
def test_exchanged_arguments_are_an_error_of_direction(
    gold: list[GoldStatement], level: str, data: st.DataObject
) -> None:
    statement = data.draw(st.sampled_from(gold))
    subject = statement.subject
    assert subject is not None
    far = statement.relation != "binds" and not (
        subject.overlaps(statement.object) or subject.name == statement.object.name
    )
    exchanged = predict_exactly(statement, subject=statement.object, object=subject)
    findings = find([statement], [exchanged], level=level, core=False)
    expected = [("false_alarm", "direction"), ("missed", "direction")]
    assert not far or name(findings) == expected


@settings(max_examples=20, deadline=None)
@given(golds(), st.sampled_from(LEVELS), st.data())
def test_each_error_has_one_known_class(gold: list[GoldStatement], level: str, data: st.DataObject) -> None:
    relations = st.sampled_from(("activates", "inhibits", "binds", "phosphorylates"))
    predictions = [predict_exactly(one, relation=data.draw(relations), id=f"p{one.id}") for one in gold]
    report = evaluate([make_document(*gold)], predictions, level=level, core=False, resamples=5).total
    wrong = [one for one in report.findings if one.kind != "flaw"]
    assert len(wrong) == report.micro.counts.fp + report.micro.counts.fn
    assert len({(one.kind, one.id) for one in wrong}) == len(wrong)
    assert {one.error for one in report.findings} <= set(ERROR_CLASSES)
    assert sum(count for _, count in (*report.errors, *report.flaws)) == len(report.findings)
