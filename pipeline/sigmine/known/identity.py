"""Whom a database means: its identifiers as our CURIEs, human genes before their proteins, FamPlex for families."""

from __future__ import annotations

import re
from functools import lru_cache

from sigmine.annotation.identifiers import find_curie
from sigmine.exports.cells import flatten_text
from sigmine.known.vocabulary import load_families
from sigmine.model.statement import Agent
from sigmine.readers.given_identifiers import parse_identifiers
from sigmine.resources.lexicon import load_lexicon
from sigmine.resources.prefixes import PREFIXES

Reference = tuple[str, str]
"""A database as the source calls it, and the identifier there."""

_BY_NAME = ("FAMILY", "COMPLEX")
_CHAIN = re.compile(r"[-_]PRO_\d+$")
_DRUG_PREFIXES = ("pubchem.compound:", "drugbank:")
_TYPES_OF_NAMES = ("PROTEIN", "FAMILY", "CHEMICAL", "PROCESS", "DISEASE", "CELL", "LOCATION")


@lru_cache(maxsize=200_000)
def find_agent(name: str, type: str, references: tuple[Reference, ...]) -> Agent:
    """The end that a row names; without a CURIE where none of its identifiers is one that we use.

    A protein of UniProt (also an isoform or a chain of it) is the human gene that makes it, where one does. A family
    or complex of SIGNOR is the one of FamPlex that FamPlex says is the same, else the one with exactly its name; a
    compound of PubChem or DrugBank ours of exactly its name, where there is one.

    Args:
        references: in the order in which they count.
    """
    for database, identifier in references:
        curie = _make_curie(database, identifier.strip(), name, type)
        if curie is not None:
            return _make_agent(name, type, curie)
    return _make_agent(name, type, find_curie(name, type) if type in _BY_NAME else None)


@lru_cache(maxsize=200_000)
def find_named(name: str) -> Agent:
    """The end that is known by its standard name alone (HGNC symbol, FamPlex name, ...); synonyms do not count."""
    for type in _TYPES_OF_NAMES:
        curie = find_curie(name, type)
        if curie is not None:
            return _make_agent(name, type, curie)
    return _make_agent(name, "PROTEIN", None)


def _make_curie(database: str, identifier: str, name: str, type: str) -> str | None:
    if identifier.startswith("SIGNOR-"):
        return load_families().get(identifier)
    found = parse_identifiers(_CHAIN.sub("", identifier), type, database=database)
    curie = next((one for one in found if one.partition(":")[0] in PREFIXES), None)
    if curie is None:
        return None
    if curie.startswith("uniprot:"):
        return load_lexicon().find_gene(curie) or curie
    if curie.startswith(_DRUG_PREFIXES):
        return find_curie(name, "CHEMICAL") or curie
    return curie


def _make_agent(name: str, type: str, curie: str | None) -> Agent:
    """With the standard name and type where the lexicon has them; a name without what is no text."""
    if curie is not None and curie.startswith(("hgnc:", "fplx:")):
        known = load_lexicon().find_entity(curie)
        if known is not None:
            return Agent(*known, curie)
    return Agent(flatten_text(name), type, curie)
