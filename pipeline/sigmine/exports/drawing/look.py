"""How networks look, in pictures and in files that carry a style: colours of molecules, ends and lines of edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sigmine.assembly.triples import is_denied
from sigmine.assembly.vocabulary import find_term
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import Statement

End = Literal["arrow", "bar", "dot", "none"]
"""What stands at the object's end of an edge."""

Status = Literal["stated", "indirect", "hedged", "denied"]
"""How a statement is said, taken over all its evidence."""


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours of a node (``#rrggbb``): its border, and the light one within, on which black text is easy to read."""

    border: str
    fill: str


# Okabe and Ito's colours (2008, jfly.uni-koeln.de/color), which people with any kind of colour vision can tell apart.
TYPE_PAINTS: Mapping[str, Paint] = MappingProxyType(
    {
        "PROTEIN": Paint("#56b4e9", "#d5ecfa"),
        "FAMILY": Paint("#e69f00", "#fae7c0"),
        "COMPLEX": Paint("#009e73", "#bfe7dc"),
        "CHEMICAL": Paint("#cc79a7", "#f3dee9"),
        "PROCESS": Paint("#c7b900", "#fbf8d0"),
        "DISEASE": Paint("#d55e00", "#f5d7c0"),
    }
)
"""Of each type that acts or is acted on often; the yellow of the border is darkened, so that it is seen on white."""

OTHER_PAINT = Paint("#999999", "#eeeeee")
"""Of the other types."""

SIGN_COLOURS: Mapping[int, str] = MappingProxyType({1: "#0072b2", -1: "#d55e00", 0: "#4d4d4d"})
"""Of edges, by what the relation does to the activity or amount of its object."""


def find_paint(type: str) -> Paint:
    """The colours of an entity type."""
    return TYPE_PAINTS.get(type, OTHER_PAINT)


def find_end(relation: str) -> End:
    """An arrow where the object is raised, a bar where it is lowered, a dot otherwise; nothing if there is no order."""
    if relation in UNORDERED:
        return "none"
    ends: dict[int, End] = {1: "arrow", -1: "bar"}
    return ends.get(find_term(relation).sign, "dot")


def find_status(statement: Statement) -> Status:
    """``denied`` if all evidence denies it, ``hedged`` if what supports it is only hedged, then ``indirect``."""
    if is_denied(statement):
        return "denied"
    supporting = [item.mention for item in statement.evidence if not item.mention.opposes]
    if supporting and all(mention.hedged for mention in supporting):
        return "hedged"
    return "stated" if statement.direct else "indirect"
