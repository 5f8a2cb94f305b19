"""Formats of triple stores."""

from __future__ import annotations

from sigmine.exports.export import Export
from sigmine.exports.jsonld import write_jsonld
from sigmine.exports.nanopubs import write_nanopubs
from sigmine.exports.nquads import write_nquads
from sigmine.exports.turtle import write_trig, write_turtle, write_turtle12

_LOST = (
    "Scores of identities, the places of sites and citation markers, cues, authors and journals of works, pages, the "
    "file's own offsets, the order of the evidence."
)

_DROPPED = f"{_LOST} After a graph is dropped, belief and plain triples still tell what all documents told."

RDF: dict[str, Export] = {
    "jsonld": Export(
        purpose="web programs: as turtle, as JSON-LD with our prefixes",
        lost=_LOST,
        suffix=".jsonld",
        run_writer=write_jsonld,
    ),
    "nanopubs": Export(
        purpose="publishing: a TriG nanopublication for each believed statement",
        lost=f"Statements that are not believed or that no text says outright; evidence beyond 40 lines. {_LOST}",
        suffix=".trig",
        run_writer=write_nanopubs,
    ),
    "nquads": Export(
        purpose="triple stores: as trig, a line each, to load in bulk",
        lost=_DROPPED,
        suffix=".nq",
        run_writer=write_nquads,
    ),
    "trig": Export(
        purpose="triple stores: as turtle, with a named graph for each document",
        lost=_DROPPED,
        suffix=".trig",
        run_writer=write_trig,
    ),
    "turtle": Export(
        purpose="triple stores and other RDF tools: docs/model.md in RDF 1.1",
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
