from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samples import make_mention
from sigmine.assembly.reliability import (
    CONDITIONS,
    HEDGED,
    MAX_WRONG,
    Reliability,
    find_conditions,
    list_groups,
    load_reliability,
    weigh_mentions,
)
from sigmine.model import Document, RelationMention
from sigmine.resources.belief_counts import BeliefCounts, ConditionCount, RuleCount

TEXT = Document("a", "AKT1 phosphorylates TSC2 at S939.")


def mention(**changes: object) -> RelationMention:
    return replace(make_mention(TEXT, "phosphorylates", "AKT1", "TSC2"), **changes)  # type: ignore[arg-type]


def count(rules: dict[str, tuple[int, int]], **conditions: ConditionCount) -> Reliability:
    return Reliability(BeliefCounts({name: RuleCount(*pair) for name, pair in rules.items()}, conditions))


def test_a_rule_belongs_to_its_variant_and_its_template() -> None:
    assert list_groups("activates/phrasal_verb.active(on)") == (
        "",
        "phrasal_verb",
        "phrasal_verb.active.",
        "activates/phrasal_verb.active(on)",
    )
    assert list_groups("binds/table_row")[1:3] == ("table_row", "table_row.")


def test_without_counts_nothing_is_known() -> None:
    assert count({}).find_precision("activates/any.way") == 0.5


def test_a_rule_that_was_never_seen_is_as_good_as_its_kind() -> None:
    found = count({"activates/verb.active": (90, 10), "activates/noun.of": (10, 90)})
    assert found.find_precision("inhibits/verb.active") > 0.8 > 0.2 > found.find_precision("inhibits/noun.of")
    assert 0.4 < found.find_precision("inhibits/other.way") < 0.6


def test_many_counts_outweigh_the_kind_and_few_do_not() -> None:
    kind = {"activates/verb.active": (90, 10)}
    assert count({**kind, "inhibits/verb.active": (0, 1)}).find_precision("inhibits/verb.active") > 0.7
    assert count({**kind, "inhibits/verb.active": (0, 100)}).find_precision("inhibits/verb.active") < 0.1


def test_a_condition_with_more_errors_than_expected_lowers_the_estimate() -> None:
    rules = {mention().rule: (90, 10)}
    plain = count(rules).estimate(mention(subject=None))
    worse = count(rules, no_subject=ConditionCount(100, 40, 10.0))
    assert worse.estimate(mention(subject=None)) < plain
    assert worse.estimate(mention()) == count(rules).estimate(mention())
    better = count(rules, no_subject=ConditionCount(100, 2, 10.0))
    assert better.estimate(mention(subject=None)) > plain


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"subject": None}, "no_subject"),
        ({"cues": ("coref:previous",)}, "reference"),
        ({"direct": False}, "indirect"),
        ({"cues": ("loss:knockdown",)}, "perturbed"),
    ],
)
def test_conditions_are_found(changes: dict[str, object], name: str) -> None:
    assert list(find_conditions(mention(**changes))) == [name]
    assert list(find_conditions(mention(cues=("coref:itself", "negation:not")))) == []


def test_ends_without_identity_and_sites_are_conditions() -> None:
    text = Document("a", "AKT1 phosphorylates XYZ9 at S939.")
    found = make_mention(text, "phosphorylates", "AKT1", "XYZ9", sites=["S939"])
    assert list(find_conditions(found)) == ["ungrounded", "site"]


def test_what_a_hedge_counts_for_begins_at_a_half_and_follows_the_counts() -> None:
    assert count({}).hedged_weight == 0.5
    assert count({}, **{HEDGED: ConditionCount(100, 10, 10.0)}).hedged_weight > 0.9
    assert count({}, **{HEDGED: ConditionCount(100, 90, 10.0)}).hedged_weight < 0.2


def test_the_bundled_counts_know_the_common_rules_and_give_mentions_their_prior() -> None:
    reliability = load_reliability()
    assert 0.8 < reliability.find_precision("inhibits/transitive_verb.active") < 1
    (weighed,) = weigh_mentions([mention(prior=0.123)])
    assert weighed.prior == pytest.approx(reliability.estimate(mention()), abs=1e-4)
    assert replace(weighed, prior=0.0) == mention(prior=0.0)
    assert all(reliability.find_factor(name) > 0 for name in CONDITIONS)


_COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50))
_CONDITIONS = st.builds(ConditionCount, st.integers(0, 50), st.integers(0, 50), st.floats(0, 50))


@given(_COUNTS, _COUNTS, st.dictionaries(st.sampled_from(sorted(CONDITIONS)), _CONDITIONS))
def test_estimates_stay_in_range_and_more_right_ones_never_lower_them(
    own: tuple[int, int], other: tuple[int, int], conditions: dict[str, ConditionCount]
) -> None:
    rules = {mention().rule: own, "inhibits/verb.active": other}
    estimate = count(rules, **conditions).estimate(mention(subject=None, cues=("coref:sentence",)))
    assert 1 - MAX_WRONG <= estimate + 1e-9 <= 1 + 1e-9
    more = {**rules, mention().rule: (own[0] + 1, own[1])}
    assert count(more, **conditions).find_precision(mention().rule) >= count(rules).find_precision(mention().rule)
