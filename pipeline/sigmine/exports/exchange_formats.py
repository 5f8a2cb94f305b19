"""Formats in which databases and modelling programs exchange statements."""

from __future__ import annotations

from sigmine.exports.bel import write_bel
from sigmine.exports.causaltab import write_causaltab
from sigmine.exports.export import Export
from sigmine.exports.indra import write_indra
from sigmine.exports.kgx import make_kgx_lines, make_kgx_tables
from sigmine.exports.sbgn import write_sbgn

EXCHANGE: dict[str, Export] = {
    "bel": Export(
        purpose="a BEL script for PyBEL and other compilers of BEL",
        lost="What is denied, supposed or asked, which BEL cannot say; translocates and converts (where to, into "
        "what); modifications of what is no protein, and those without a subject but for what is added. Activates and "
        "inhibits never become directlyIncreases or directlyDecreases: texts seldom say that nothing stands between.",
        suffix=".bel",
        writer=write_bel,
    ),
    "causaltab": Export(
        purpose="PSI-MITAB 2.8, 46 columns, as SIGNOR gives it (CausalTAB)",
        lost="What names no subject, what is only supposed or asked, and what PSI-MI has no term for: part_of, "
        "member_of, translocates, converts, inhibits_phosphorylation. All sentences but one, rules and sections. What "
        "is denied is a row of its own with negative true.",
        suffix=".mitab",
        writer=write_causaltab,
    ),
    "indra": Export(
        purpose="INDRA's assemblers: models in PySB, BEL, SBGN, English",
        lost="part_of and member_of (INDRA has no class), converts (its class needs the product), who brings a "
        "translocation about. inhibits_phosphorylation is a Dephosphorylation that is not direct, as INDRA's readers "
        "write it. Denied and hedged evidence is marked in epistemics: run filter_no_negated and filter_no_hypothesis "
        "before assembling.",
        suffix=".json",
        writer=write_indra,
    ),
    "kgx": Export(
        purpose="Translator and Monarch: Biolink nodes and edges, tables of KGX",
        lost="The places of the words, sections, rules and hedged evidence; statements without a subject and what is "
        "only supposed or asked. Residues and indirectness stand in the description alone. What is denied is an edge "
        "of its own with negated.",
        suffix=".zip",
        members=make_kgx_tables,
    ),
    "kgx-jsonl": Export(
        purpose="the same as JSON Lines, with a TextMiningStudyResult a passage",
        lost="Rules, triggers, sites' status and hedged evidence; statements without a subject and what is only "
        "supposed or asked. Residues and indirectness stand in the description alone. What is denied is an edge of its "
        "own with negated.",
        suffix=".zip",
        members=make_kgx_lines,
    ),
    "sbgn": Export(
        purpose="SBGN-ML: an activity flow for programs that draw pathways",
        lost="What is denied, supposed or asked; what names no subject, binds, part_of, member_of, translocates and "
        "converts are no influences, and their ends stand alone. A modification is an influence of unknown sign; "
        "residues, belief and the surest sentence stand in notes. Places are a plain grid.",
        suffix=".sbgn",
        writer=write_sbgn,
    ),
}
