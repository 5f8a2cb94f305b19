"""The classes of errors are the project's own, with words for menus."""

from __future__ import annotations

from sigmine.evaluation.error_classes import ERROR_CLASSES
from sigmine.evaluation.reasons import REASONS

INDRA = {
    "act_vs_amt", "agent_conditions", "entity_boundaries", "grounding", "hypothesis", "mod_site", "negative_result",
    "no_relation", "other", "polarity", "wrong_relation",
}  # fmt: skip


def test_the_ids_are_those_of_the_evaluation() -> None:
    assert set(REASONS) - set(ERROR_CLASSES) == {"agent_conditions", "other"}
    assert set(ERROR_CLASSES) - set(REASONS) == {"missed", "missed_entity", "not_in_gold"}


def test_each_falls_under_a_tag_of_indra_and_each_tag_is_reached() -> None:
    assert {reason.indra for reason in REASONS.values()} == INDRA


def test_menus_have_short_and_different_words() -> None:
    labels = [reason.label for reason in REASONS.values()]
    assert len(set(labels)) == len(labels)
    assert all(0 < len(label) <= 20 for label in labels)
    assert all(reason.explanation.endswith(".") and len(reason.explanation) < 70 for reason in REASONS.values())
