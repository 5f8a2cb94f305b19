"""Decisions found again in another run."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from curation.builders import SOURCE, correct, decide_on, make_reading_of
from sigmine.curation import DecisionIndex
from sigmine.model import Evidence

READ = make_reading_of(1, site="S9")


def change(**changes: Any) -> Evidence:
    return replace(READ, mention=replace(READ.mention, **changes))


def test_the_same_reading_is_found_by_its_id_in_any_text() -> None:
    decision = decide_on(READ)
    assert DecisionIndex([decision]).find(READ) == decision
    assert DecisionIndex([replace(decision, reading=None)]).find(READ, "b" * 64) is not None


def test_another_rule_or_trigger_that_reads_it_is_the_same_reading() -> None:
    decision = decide_on(READ)
    other = change(rule="phosphorylates/new.rule", trigger=replace(READ.mention.trigger, end=108))
    assert DecisionIndex([decision]).find(other, SOURCE.sha256) == decision


def test_a_place_in_another_text_means_nothing() -> None:
    index = DecisionIndex([decide_on(READ)])
    moved = change(rule="phosphorylates/new.rule")
    assert index.find(moved, "") is not None
    assert index.find(moved, "b" * 64) is None


@pytest.mark.parametrize(
    "changes", [{"negated": True}, {"claim": "hypothesised"}, {"sites": ()}, {"relation": "binds"}]
)
def test_what_was_accepted_is_the_whole_reading(changes: dict[str, Any]) -> None:
    assert DecisionIndex([decide_on(READ)]).find(change(rule="x/y", **changes)) is None


def test_more_words_for_the_same_molecules_are_accepted_too() -> None:
    subject = READ.mention.subject
    assert subject is not None
    longer = change(
        rule="x/y", subject=replace(subject, text="kinase AKT1", start=subject.start + 1, end=subject.end + 1)
    )
    assert DecisionIndex([decide_on(READ)]).find(longer) is not None
    other = change(rule="x/y", subject=replace(subject, name="AKT2", curie="hgnc:392"))
    assert DecisionIndex([decide_on(READ)]).find(other) is None


def test_what_says_now_what_a_correction_says_is_accepted() -> None:
    correction = correct(READ, relation="dephosphorylates", sites=("S9",))
    decision = decide_on(READ, "corrected", error="polarity", correction=correction)
    index = DecisionIndex([decision])
    assert index.find(READ) == decision
    assert index.find(change(rule="x/y")) == decision
    mended = index.find(change(rule="x/y", relation="dephosphorylates"))
    assert mended is not None
    assert (mended.verdict, mended.evidence) == ("accepted", decision.evidence)
    assert index.find(change(rule="x/y", relation="dephosphorylates", negated=True)) is None


def test_what_was_rejected_is_wrong_as_far_as_its_error_goes() -> None:
    decision = decide_on(READ, "rejected", error="no_relation")
    assert DecisionIndex([decision]).find(change(rule="x/y", negated=True, sites=())) == decision
    assert DecisionIndex([replace(decision, error="site")]).find(change(rule="x/y", sites=())) is None


def test_readings_elsewhere_are_not_judged() -> None:
    index = DecisionIndex([decide_on(READ)])
    assert index.find(make_reading_of(2, site="S9")) is None
    assert index.find(make_reading_of(1, site="S9", document="beta")) is None


def test_the_newest_of_several_stands() -> None:
    first = decide_on(change(rule="a/a"), "rejected")
    second = decide_on(change(rule="b/b"), "accepted")
    assert DecisionIndex([first, second]).find(READ) == second
