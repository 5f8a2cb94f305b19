from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from evaluation.builders import AKT, MTOR, TSC2, make_document, make_end, make_gold, make_predicted, predict_exactly
from sigmine.evaluation.claim import Prediction
from sigmine.evaluation.comparison import Change, compare_outputs

ONE = make_predicted("phosphorylates", AKT, TSC2, rule="phosphorylates/a", sites=("S939",))
TWO = make_predicted("inhibits", MTOR, TSC2, rule="inhibits/b")
BINDS = make_predicted("binds", AKT, MTOR, rule="binds/c")
PLACES = [make_end("AKT1", 0), make_end("TSC2", 20), make_end("MTOR", 40)]
CLAIMS = st.lists(
    st.builds(
        make_predicted,
        st.sampled_from(["phosphorylates", "inhibits", "binds"]),
        st.sampled_from([None, *PLACES]),
        st.sampled_from(PLACES),
        negated=st.booleans(),
        rule=st.sampled_from(["x/a", "x/b"]),
    ),
    max_size=8,
)


def kinds(before: list[Prediction], after: list[Prediction]) -> list[tuple[str, str]]:
    return [(one.kind, one.relation) for one in compare_outputs(before, after).differences]


def test_equal_outputs_have_no_difference() -> None:
    assert not compare_outputs([ONE, TWO], [TWO, replace(ONE, id="other")]).differences


def test_gained_and_lost() -> None:
    assert kinds([ONE], [ONE, TWO]) == [("gained", "inhibits")]
    assert kinds([ONE, TWO], [ONE]) == [("lost", "inhibits")]


def test_another_relation_or_place_is_another_statement() -> None:
    assert kinds([ONE], [replace(ONE, relation="activates")]) == [("gained", "activates"), ("lost", "phosphorylates")]
    moved = replace(ONE, object=make_end("TSC2", 30, curie="hgnc:12363"))
    assert sorted(kinds([ONE], [moved])) == [("gained", "phosphorylates"), ("lost", "phosphorylates")]
    assert len(kinds([ONE], [replace(ONE, document="other")])) == 2


def test_what_changed_is_told() -> None:
    changed = replace(ONE, rule="phosphorylates/z", negated=True, sites=(), object=replace(TSC2, curie=None))
    [difference] = compare_outputs([ONE], [changed]).differences
    assert difference.kind == "changed"
    assert difference.changes == (
        Change("rule", "phosphorylates/a", "phosphorylates/z"),
        Change("negated", "no", "yes"),
        Change("sites", "S939", "none"),
        Change("object", "TSC2 (hgnc:12363)", "TSC2 (no identifier)"),
    )


def test_the_belief_and_the_order_of_sites_or_ends_of_binds_are_no_difference() -> None:
    assert not kinds([ONE], [replace(ONE, belief=0.1)])
    two_sites = replace(ONE, sites=("S1", "S2"))
    assert not kinds([two_sites], [replace(two_sites, sites=("S2", "S1"))])
    assert not kinds([BINDS], [replace(BINDS, subject=MTOR, object=AKT)])


def test_of_several_statements_at_one_place_the_most_alike_go_together() -> None:
    denied = replace(ONE, negated=True)
    assert not kinds([ONE, denied], [denied, ONE])
    assert kinds([ONE, denied], [denied]) == [("lost", "phosphorylates")]


def test_gold_says_what_is_right() -> None:
    gold = [make_document(make_gold("phosphorylates", AKT, TSC2), make_gold("activates", AKT, MTOR))]
    right = predict_exactly(gold[0].statements[1], rule="activates/a")
    foreign = replace(TWO, document="unknown")
    found = compare_outputs([ONE, TWO], [right, BINDS, foreign], gold=gold)
    verdicts = {(one.kind, one.document, one.relation): one.verdict for one in found.differences}
    assert verdicts == {
        ("lost", "doc", "phosphorylates"): "right",
        ("lost", "doc", "inhibits"): "wrong",
        ("gained", "doc", "activates"): "right",
        ("gained", "doc", "binds"): "not counted",
        ("gained", "unknown", "inhibits"): "not counted",
    }
    assert all(one.verdict is None for one in compare_outputs([ONE], [TWO]).differences)


def test_counts_are_by_relation_and_by_rule() -> None:
    changed = replace(ONE, rule="phosphorylates/z")
    found = compare_outputs([ONE, TWO], [changed, BINDS])
    relations = {row.name: (row.before, row.after, row.gained, row.lost, row.changed) for row in found.relations}
    assert relations == {"phosphorylates": (1, 1, 0, 0, 1), "inhibits": (1, 0, 0, 1, 0), "binds": (0, 1, 1, 0, 0)}
    rules = {row.name: (row.before, row.after, row.changed) for row in found.rules}
    assert rules["phosphorylates/a"] == (1, 0, 0)
    assert rules["phosphorylates/z"] == (0, 1, 1)
    assert json.loads(json.dumps(found.to_json()))["before"] == 2


@given(CLAIMS)
def test_an_output_is_the_same_as_itself_in_any_order(claims: list[Prediction]) -> None:
    assert not compare_outputs(claims, claims[::-1]).differences


@given(CLAIMS, CLAIMS)
def test_gained_and_lost_account_for_the_numbers(before: list[Prediction], after: list[Prediction]) -> None:
    found = compare_outputs(before, after)
    assert len(found.select("gained")) - len(found.select("lost")) == len(after) - len(before)
    back = compare_outputs(after, before)
    assert len(back.select("lost")) == len(found.select("gained"))
    assert len(back.select("changed")) == len(found.select("changed"))
