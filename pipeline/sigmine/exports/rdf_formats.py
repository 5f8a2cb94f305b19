"""Formats of triple stores."""

from __future__ import annotations

from sigmine.exports.export import Export
from sigmine.exports.turtle import write_turtle, write_turtle12

_LOST = (
    "Scores of identities, the places of sites and citation markers, cues, authors and journals of works, pages, the "
    "file's own offsets, the order of the evidence."
)

RDF: dict[str, Export] = {
    "turtle": Export(
        purpose="triple stores and other RDF tools: docs/model.md in RDF 1.1, which all of them read",
        lost=_LOST,
        suffix=".ttl",
        run_writer=write_turtle,
    ),
    "turtle12": Export(
        purpose="RDF 1.2 tools: as turtle, and each statement reifies its triple",
        lost=_LOST,
        suffix=".ttl",
        run_writer=write_turtle12,
    ),
}
