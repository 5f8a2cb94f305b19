from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold, make_predicted, predict_exactly
from evaluation.strategies import changed, golds
from sigmine.evaluation import LEVELS
from sigmine.evaluation.alignment import Options
from sigmine.evaluation.bootstrap import Counts
from sigmine.evaluation.claim import End, GoldStatement, Prediction
from sigmine.evaluation.significance import MEASURES, PairedComparison, compare_scores

S6K = make_end("RPS6KB1", 50, curie="hgnc:10436", length=7)


def compare(
    gold: Sequence[GoldStatement], ours: Sequence[Prediction], other: Sequence[Prediction], **more: object
) -> PairedComparison:
    options = Options(core=False, level=str(more.pop("level", "relaxed")))
    resamples = {"resamples": 200, **more}
    return compare_scores([make_document(*gold)], ours, other, options, **resamples)  # type: ignore[arg-type]


def make_sentences(number: int, *, split: str = "dev") -> list[GoldStatement]:
    """As many sentences with one statement each."""
    return [
        make_gold(
            "activates",
            make_end("AKT1", at),
            make_end("TSC2", at + 20),
            id=f"{split}{at}",
            sentence=(at, at + 60),
            split=split,
        )
        for at in range(0, 60 * number, 60)
    ]


def list_changes(found: PairedComparison) -> list[tuple[str, str]]:
    return [(change.kind, change.claim.id) for change in found.changes]


def test_a_case_counted_by_hand() -> None:
    gold = [
        make_gold("activates", AKT, TSC2, id="both"),
        make_gold("inhibits", AKT, MTOR, id="only-ours"),
        make_gold("activates", TSC2, S6K, id="only-other"),
        make_gold("phosphorylates", AKT, S6K, id="none"),
    ]
    ours = [predict_exactly(gold[0]), predict_exactly(gold[1]), make_predicted("inhibits", TSC2, MTOR, id="wrong-1")]
    other = [
        predict_exactly(gold[0], hedged=True),
        predict_exactly(gold[2]),
        make_predicted("activates", MTOR, S6K, id="wrong-2"),
        make_predicted("inhibits", S6K, AKT, id="wrong-3"),
    ]
    found = compare(gold, ours, other)
    assert (found.ours, found.other) == (Counts(2, 1, 2), Counts(2, 2, 2))
    precision, recall, f1 = found.differences
    assert (precision.other, precision.ours, precision.difference) == (2 / 4, 2 / 3, pytest.approx(1 / 6))
    assert (recall.other, recall.ours, recall.difference) == (2 / 4, 2 / 4, 0)
    assert (f1.other, f1.ours) == (4 / 8, 4 / 7)  # 2tp / (2tp + fp + fn)
    assert sorted(list_changes(found)) == [
        ("changed", "both"), ("gained", "only-ours"), ("lost", "only-other"), ("mended", "wrong-2"),
        ("mended", "wrong-3"), ("new alarm", "wrong-1"),
    ]  # fmt: skip
    (change,) = [one for one in found.changes if one.kind == "changed"]
    assert (change.before, change.after) == (("hypothesis",), ())
    assert (found.count("mended"), found.count("gained"), found.count("nothing")) == (2, 1, 0)


def test_one_sentence_leaves_nothing_to_chance() -> None:
    """Every sample is the same sentence, so the interval is a point and no sample goes the other way."""
    gold = [make_gold("activates", AKT, TSC2), make_gold("inhibits", AKT, MTOR)]
    found = compare(gold, [predict_exactly(one) for one in gold], [predict_exactly(gold[0])])
    recall = found.differences[MEASURES.index("recall")]
    assert (recall.difference, recall.interval, recall.p) == (0.5, (0.5, 0.5), 1 / 200)


def test_a_clear_difference_is_no_chance_and_a_small_one_is() -> None:
    gold = make_sentences(40)
    exact = [predict_exactly(one) for one in gold]
    for kept, is_clear in ((20, True), (39, False)):
        recall = compare(gold, exact, exact[:kept]).differences[MEASURES.index("recall")]
        assert recall.interval is not None
        assert recall.p is not None
        assert recall.difference == pytest.approx((40 - kept) / 40)
        assert recall.interval[0] <= (40 - kept) / 40 <= recall.interval[1]
        assert (recall.interval[0] > 0, recall.p < 0.05) == (is_clear, is_clear)


def test_a_measure_without_anything_to_count_has_no_difference() -> None:
    gold = make_sentences(2)
    precision, recall, f1 = compare(gold, [predict_exactly(gold[0])], []).differences
    assert (precision.other, precision.ours) == (None, 1.0)
    assert (precision.difference, precision.interval, precision.p) == (None, None, None)
    assert (recall.other, recall.ours, f1.other) == (0.0, 0.5, 0.0)
    assert [one.difference for one in compare([], [], []).differences] == [None, None, None]


@pytest.mark.parametrize("resamples", [1, 2])
def test_samples_without_anything_to_compare_give_no_interval(resamples: int) -> None:
    """Ours is of one sentence, the other of another one; a sample may hold one of them alone."""
    gold = make_sentences(2)
    for seed in range(8):
        for one in compare(
            gold, [predict_exactly(gold[0])], [predict_exactly(gold[1])], resamples=resamples, seed=seed
        ).differences:
            assert one.difference == 0.0
            assert (one.interval is None, one.p) in [(False, 1.0), (True, None)]


def test_only_documents_that_both_have_read_count() -> None:
    gold = [make_document(make_gold("activates", AKT, TSC2, document=name, id=name), document=name) for name in "ab"]
    ours = [predict_exactly(one.statements[0]) for one in gold]
    found = compare_scores(gold, ours, ours[:1], Options(), read={"a"}, resamples=20)
    assert (found.ours, found.other, found.changes) == (Counts(1, 0, 0), Counts(1, 0, 0), ())
    found = compare_scores(gold, ours, ours[:1], Options(), resamples=20)
    assert (found.ours, found.other, list_changes(found)) == (Counts(2, 0, 0), Counts(1, 0, 1), [("gained", "b")])


def test_a_document_is_known_by_its_file_too() -> None:
    gold = [replace(make_document(make_gold("activates", AKT, TSC2)), file="paper.txt")]
    ours, other = ([make_predicted("activates", AKT, TSC2, document=name)] for name in ("doc", "paper"))
    assert compare_scores(gold, ours, other, Options(), read={"paper"}, resamples=20).changes == ()


def test_a_split_is_compared_apart() -> None:
    gold = [*make_sentences(2), make_gold("inhibits", make_end("MTOR", 200), make_end("B", 220), id="held-out",
            sentence=(200, 260), split="test")]  # fmt: skip
    ours = [predict_exactly(one) for one in gold]
    found = compare(gold, ours, [], split="dev")
    assert (found.split, found.ours, found.other) == ("dev", Counts(2, 0, 0), Counts(0, 0, 2))
    assert {one.claim.id for one in found.changes} == {"dev0", "dev60"}
    assert list_changes(compare(gold, ours, [], split="test")) == [("gained", "held-out")]


def test_alarms_with_the_same_characters_are_told_apart() -> None:
    """Ours says of rapamycin that it inhibits mTORC1/2, the other only mTORC1; the gold has neither."""
    rapamycin = make_end("rapamycin", 0, type="CHEMICAL", length=9)
    claims = [
        make_predicted("inhibits", rapamycin, End(((19, 27),), name, "COMPLEX", f"fplx:{name}"))
        for name in ("mTORC1", "mTORC2")
    ]
    found = compare([make_gold("activates", AKT, TSC2)], claims, claims[:1], level="identity")
    assert (found.ours.fp, found.other.fp) == (2, 1)
    assert [change.kind for change in found.changes] == ["new alarm"]


def test_an_alarm_that_only_changed_its_name_is_no_new_one() -> None:
    claims = [make_predicted("inhibits", AKT, make_end(name, 20)) for name in ("TSC2", "Tsc2 protein")]
    assert compare([], claims[:1], claims[1:]).changes == ()


def test_json_says_which_statements_changed() -> None:
    gold = make_sentences(3)
    found = compare(gold, [predict_exactly(one) for one in gold], [predict_exactly(gold[0], hedged=True)])
    row = json.loads(json.dumps(found.to_json()))
    assert (row["split"], row["ours"], row["other"]["fn"]) == ("all", {"tp": 3, "fp": 0, "fn": 0}, 2)
    assert [(one["name"], one["difference"]) for one in row["differences"]] == [
        ("precision", 0.0), ("recall", 0.6667), ("f1", 0.5)
    ]  # fmt: skip
    assert row["changes"][0] == {
        "kind": "changed", "id": "dev0", "document": "doc", "sentence": [0, 60], "before": ["hypothesis"], "after": []
    }  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(golds(), st.sampled_from(LEVELS), st.data())
def test_an_output_does_not_differ_from_itself(gold: list[GoldStatement], level: str, data: st.DataObject) -> None:
    predictions = data.draw(changed(gold))
    found = compare(gold, predictions, predictions, level=level, resamples=20)
    assert found.ours == found.other
    assert found.changes == ()
    for one in found.differences:
        assert (one.difference, one.interval, one.p) in [(0.0, (0.0, 0.0), 1.0), (None, None, None)]


@settings(max_examples=20, deadline=None)
@given(golds(), st.sampled_from(LEVELS), st.data())
def test_exchanged_outputs_have_the_opposite_difference(
    gold: list[GoldStatement], level: str, data: st.DataObject
) -> None:
    one, other = data.draw(changed(gold)), data.draw(changed(gold))
    forward = compare(gold, one, other, level=level, resamples=20)
    backward = compare(gold, other, one, level=level, resamples=20)
    assert (forward.ours, forward.other) == (backward.other, backward.ours)
    for mine, yours in zip(forward.differences, backward.differences, strict=True):
        assert mine.p == yours.p
        assert mine.difference == (None if yours.difference is None else pytest.approx(-yours.difference))
    pairs = (("gained", "lost"), ("lost", "gained"), ("new alarm", "mended"), ("changed", "changed"))
    assert all(forward.count(kind) == backward.count(opposite) for kind, opposite in pairs)


@settings(max_examples=20, deadline=None)
@given(golds(), st.sampled_from(LEVELS), st.data())
def test_the_changes_add_up_to_the_difference(gold: list[GoldStatement], level: str, data: st.DataObject) -> None:
    found = compare(gold, data.draw(changed(gold)), data.draw(changed(gold)), level=level, resamples=5)
    assert found.count("gained") - found.count("lost") == found.ours.tp - found.other.tp
    assert found.count("new alarm") - found.count("mended") == found.ours.fp - found.other.fp
