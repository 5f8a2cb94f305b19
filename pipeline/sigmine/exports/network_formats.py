"""Formats of programs that draw and analyse networks."""

from __future__ import annotations

from sigmine.exports.cytoscape_js import write_cytoscape_js
from sigmine.exports.export import Export
from sigmine.exports.graphml import write_graphml
from sigmine.exports.sif import write_sif

_LOST = (
    "All evidence but one sentence and the counts. A statement without a subject is no edge: the object's node names "
    "it in stated_without_subject, without belief. Edges of unordered relations have a direction that means nothing."
)

NETWORKS: dict[str, Export] = {
    "cytoscapejs": Export(
        purpose="pages that draw networks with Cytoscape.js; Cytoscape, networkx",
        lost=_LOST,
        suffix=".cyjs",
        writer=write_cytoscape_js,
    ),
    "graphml": Export(
        purpose="a network for Cytoscape, yEd, Gephi, igraph or networkx",
        lost=_LOST,
        suffix=".graphml",
        writer=write_graphml,
    ),
    "sif": Export(
        purpose="a quick network for Cytoscape",
        lost="Everything but names and relation: identifiers, sites, belief, evidence; two identities with one name "
        "become one. Statements that all evidence denies are left out; an object without a subject stands alone.",
        suffix=".sif",
        writer=write_sif,
    ),
}
