"""Formats in which databases and modelling programs exchange statements."""

from __future__ import annotations

from sigmine.exports.export import Export
from sigmine.exports.indra import write_indra

EXCHANGE: dict[str, Export] = {
    "indra": Export(
        purpose="INDRA's assemblers: models in PySB, BEL, SBGN, English",
        lost="part_of and member_of (INDRA has no class), converts (its class needs the product), who brings a "
        "translocation about. inhibits_phosphorylation is a Dephosphorylation that is not direct, as INDRA's readers "
        "write it. Denied and hedged evidence is marked in epistemics: run filter_no_negated and filter_no_hypothesis "
        "before assembling.",
        suffix=".json",
        writer=write_indra,
    ),
}
