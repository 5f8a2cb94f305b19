"""A long form and its short form are one molecule: a relation between them says nothing."""

from __future__ import annotations

from dataclasses import replace

from sigmine.grounding import ground_relations
from sigmine.model import Entity, RelationMention, Trigger

TEXT = "Epidermal growth factor receptor (EGFR) activates EGFR."
LONG = Entity(TEXT[:32], 0, 32, "PROTEIN", TEXT[:32])
SHORT = Entity("EGFR", 50, 54, "PROTEIN", "EGFR")
RELATION = RelationMention("activates", LONG, SHORT, (), Trigger("activates", 40, 49), "activates/a.b", (0, len(TEXT)))


def test_a_relation_between_two_names_of_one_molecule_is_left_out() -> None:
    assert ground_relations([RELATION]) == ()


def test_a_reflexive_one_is_kept() -> None:
    assert len(ground_relations([replace(RELATION, cues=("coref:itself",))])) == 1


def test_one_without_a_subject_is_kept() -> None:
    assert len(ground_relations([replace(RELATION, subject=None)])) == 1
