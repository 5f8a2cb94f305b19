"""The types that other programs and corpora give entities, as ours."""

from __future__ import annotations

from sigmine.model import ENTITY_TYPES

_KNOWN: dict[str, str] = {
    "protein": "PROTEIN",
    "gene": "PROTEIN",
    "geneorgeneproduct": "PROTEIN",
    "geneprotein": "PROTEIN",
    "geneproduct": "PROTEIN",
    "ggp": "PROTEIN",
    "generif": "PROTEIN",
    "rna": "PROTEIN",
    "dna": "PROTEIN",
    "proteinfamily": "FAMILY",
    "family": "FAMILY",
    "familyname": "FAMILY",
    "proteinfamilyorgroup": "FAMILY",
    "complex": "COMPLEX",
    "proteincomplex": "COMPLEX",
    "simplechemical": "CHEMICAL",
    "chemical": "CHEMICAL",
    "drug": "CHEMICAL",
    "chebi": "CHEMICAL",
    "smallmolecule": "CHEMICAL",
    "aminoacid": "CHEMICAL",
    "cellularcomponent": "LOCATION",
    "location": "LOCATION",
    "disease": "DISEASE",
    "diseaseorphenotypicfeature": "DISEASE",
    "cancer": "DISEASE",
    "cell": "CELL",
    "cellline": "CELL",
    "celltype": "CELL",
    "species": "SPECIES",
    "organism": "SPECIES",
    "organismtaxon": "SPECIES",
    "taxon": "SPECIES",
    "process": "PROCESS",
    "biologicalprocess": "PROCESS",
    "pathway": "PROCESS",
}


def map_type(given: str, *, assume_protein: bool) -> str:
    """One of ``ENTITY_TYPES`` for a type of another program; case, underscores, dashes and spaces do not matter.

    A type that nobody knows is kept as it is, or taken for a protein with ``assume_protein``.
    """
    if given in ENTITY_TYPES:
        return given
    plain = "".join(char for char in given.lower() if char.isalnum())
    return _KNOWN.get(plain) or ("PROTEIN" if assume_protein else given)
