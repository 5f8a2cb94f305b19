"""Why a reading is wrong: the classes that a curator chooses from, with words for menus.

The ids are those of ``sigmine.evaluation.error_classes``, without those that are said of gold and not of a reading
(``missed``), and two more of INDRA's curators that no program can tell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Reason:
    """One class of errors.

    Attributes:
        id: as in ``Decision.error``.
        label: two or three words, for a menu.
        explanation: one line: when to choose it.
        indra: the tag of INDRA's curators that it falls under.
    """

    id: str
    label: str
    explanation: str
    indra: str


_ROWS = (
    Reason("no_relation", "No relation", "The sentence says nothing of the kind about these two.", "no_relation"),
    Reason("wrong_relation", "Wrong relation", "These two, but another relation than the one read.", "wrong_relation"),
    Reason("polarity", "Opposite sign", "Activates for inhibits, or the like.", "polarity"),
    Reason("direction", "Ends exchanged", "The object does it to the subject.", "wrong_relation"),
    Reason(
        "activity_vs_amount",
        "Activity or amount",
        "The amount is meant, not the activity, or the reverse.",
        "act_vs_amt",
    ),
    Reason("wrong_entity", "Wrong participant", "Another molecule of the text is meant at one end.", "no_relation"),
    Reason("coreference", "Wrong reference", "A pronoun or a noun was taken for the wrong molecule.", "no_relation"),
    Reason("grounding", "Wrong identity", "The right words, but the identifier of another molecule.", "grounding"),
    Reason(
        "entity_boundaries", "Wrong words", "An end has too many or too few words to be the name.", "entity_boundaries"
    ),
    Reason("negation", "Negation", "The sentence denies it and that was not seen, or the reverse.", "negative_result"),
    Reason("hypothesis", "Hypothesis", "It is only supposed and that was not seen, or the reverse.", "hypothesis"),
    Reason("site", "Wrong site", "A residue is wrong, missing or not the object's.", "mod_site"),
    Reason(
        "agent_conditions", "Wrong state", "It holds for a mutant, a bound or a modified form only.", "agent_conditions"
    ),
    Reason("other", "Other", "None of these; say why in the comment.", "other"),
)

REASONS: Mapping[str, Reason] = MappingProxyType({reason.id: reason for reason in _ROWS})
"""By id, in the order of a menu."""
