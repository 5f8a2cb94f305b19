"""Formats of programs that draw and analyse networks."""

from __future__ import annotations

from sigmine.exports.cx2 import write_cx2
from sigmine.exports.cytoscape_js import write_cytoscape_js
from sigmine.exports.export import Export
from sigmine.exports.gexf import write_gexf
from sigmine.exports.gml import write_gml
from sigmine.exports.graphml import write_graphml
from sigmine.exports.sif import write_sif
from sigmine.exports.siftables import list_siftables

_LOST = (
    "All evidence but one sentence and the counts. A statement without a subject is no edge: the object's node names "
    "it in stated_without_subject, without belief. Edges of unordered relations have a direction that means nothing."
)

NETWORKS: dict[str, Export] = {
    "cx2": Export(
        purpose="NDEx, Cytoscape from 3.10 on, Cytoscape Web: laid out, with a style",
        lost=f"{_LOST} More than 1,500 nodes have no places.",
        suffix=".cx2",
        run_writer=write_cx2,
    ),
    "cytoscapejs": Export(
        purpose="pages that draw networks with Cytoscape.js; Cytoscape, networkx",
        lost=_LOST,
        suffix=".cyjs",
        writer=write_cytoscape_js,
    ),
    "gexf": Export(
        purpose="Gephi: nodes coloured by type, edges weighted by evidence",
        lost=_LOST,
        suffix=".gexf",
        writer=write_gexf,
    ),
    "gml": Export(
        purpose="igraph, Gephi, yEd: plain GML",
        lost=f"{_LOST} Characters beyond ASCII are entities (&#946;), which igraph leaves as they stand; true and "
        "false are 1 and 0.",
        suffix=".gml",
        writer=write_gml,
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
    "siftables": Export(
        purpose="Cytoscape classic: SIF by identifier, tables of nodes and of edges",
        lost="All evidence but one sentence and the counts. Statements of one pair and relation that differ in their "
        "sites are one edge: sites are listed, evidence is added up, belief and sentence are those of the surest. "
        "What all evidence denies is left out; what has no subject is a word at its object.",
        suffix=".zip",
        members=list_siftables,
    ),
}
