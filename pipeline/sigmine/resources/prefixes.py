"""CURIE prefixes that sigmine uses, and the way from a CURIE to an IRI and back.

The prefixes and IRIs are those of the Bioregistry (https://bioregistry.io), kept as a small table so that nothing is
fetched. To add one, add a line to ``PREFIXES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curies import Converter

NAMESPACE = "https://w3id.org/sigmine/"
"""Where our own resources live; ``vocab#`` below it holds our terms."""

_OBO = "http://purl.obolibrary.org/obo/"

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        # molecules and what else a text names
        "hgnc": "https://www.genenames.org/data/gene-symbol-report/#!/hgnc_id/",
        "fplx": "https://sorgerlab.github.io/famplex/",
        "uniprot": "http://purl.uniprot.org/uniprot/",
        "chebi": f"{_OBO}CHEBI_",
        "pubchem.compound": "https://pubchem.ncbi.nlm.nih.gov/compound/",
        "mesh": "http://id.nlm.nih.gov/mesh/",
        "go": f"{_OBO}GO_",
        "cl": f"{_OBO}CL_",
        "cellosaurus": "https://www.cellosaurus.org/",
        # of given entities only
        "ncbigene": "https://www.ncbi.nlm.nih.gov/gene/",
        "ncbitaxon": f"{_OBO}NCBITaxon_",
        "drugbank": "https://go.drugbank.com/drugs/",
        "omim": "https://omim.org/entry/",
        "ncit": f"{_OBO}NCIT_",
        "doid": f"{_OBO}DOID_",
        "hp": f"{_OBO}HP_",
        "uberon": f"{_OBO}UBERON_",
        "pr": f"{_OBO}PR_",
        "interpro": "https://www.ebi.ac.uk/interpro/entry/InterPro/",
        "pfam": "https://www.ebi.ac.uk/interpro/entry/pfam/",
        "ensembl": "https://www.ensembl.org/id/",
        # relations and modified residues
        "RO": f"{_OBO}RO_",
        "BFO": f"{_OBO}BFO_",
        "MOD": f"{_OBO}MOD_",
        "MI": f"{_OBO}MI_",
        # publications
        "pubmed": "https://pubmed.ncbi.nlm.nih.gov/",
        "doi": "https://doi.org/",
        # vocabularies
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "prov": "http://www.w3.org/ns/prov#",
        "oa": "http://www.w3.org/ns/oa#",
        "cito": "http://purl.org/spar/cito/",
        # our own
        "sigmine": f"{NAMESPACE}vocab#",
        "statement": f"{NAMESPACE}statement/",
        "evidence": f"{NAMESPACE}evidence/",
        "document": f"{NAMESPACE}document/",
        "name": f"{NAMESPACE}name/",
        "run": f"{NAMESPACE}run/",
        "rule": f"{NAMESPACE}rule/",
        "program": f"{NAMESPACE}program/",
        "data": f"{NAMESPACE}data/",
    }
)
"""Prefix to IRI, the canonical prefixes only; ``HGNC:391`` and ``ro:0002447`` are understood too."""


@lru_cache(maxsize=1)
def load_converter() -> Converter:
    """The converter for ``PREFIXES``; each prefix in all-capital and all-small letters is a synonym."""
    from curies import Converter, Record

    return Converter(
        [
            Record(
                prefix=prefix,
                uri_prefix=iri,
                prefix_synonyms=sorted({prefix.upper(), prefix.lower()} - {prefix}),
            )
            for prefix, iri in PREFIXES.items()
        ]
    )


def expand_curie(curie: str) -> str | None:
    """The IRI of a CURIE, or None where the prefix is unknown or there is none."""
    return load_converter().expand(curie) if ":" in curie else None


def compress_iri(iri: str) -> str | None:
    """The CURIE of an IRI with the canonical prefix, or None where no prefix fits."""
    return load_converter().compress(iri)


def normalize_curie(curie: str) -> str | None:
    """The CURIE with the canonical prefix (``HGNC:391`` gives ``hgnc:391``), or None where the prefix is unknown."""
    return load_converter().standardize_curie(curie) if ":" in curie else None
