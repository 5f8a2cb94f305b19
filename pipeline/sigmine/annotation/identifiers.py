"""Identifiers for the standard names that annotators write down."""

from __future__ import annotations

from sigmine.resources.lexicon import load_lexicon
from sigmine.resources.lexicon_keys import make_key

_TYPES = {
    "hgnc": "PROTEIN",
    "uniprot": "PROTEIN",
    "chebi": "CHEMICAL",
    "pubchem.compound": "CHEMICAL",
    "go": "PROCESS",
    "cl": "CELL",
    "cellosaurus": "CELL",
}


def find_curie(name: str, type: str) -> str | None:
    """The identifier of what has this standard name (HGNC symbol, FamPlex name, ...) and type, or None.

    Synonyms do not count, so that nothing is guessed; case does not matter. A FAMILY may be named as a COMPLEX and the
    reverse, as texts do not always tell.
    """
    types = {type, "FAMILY", "COMPLEX"} if type in ("FAMILY", "COMPLEX") else {type}
    lexicon = load_lexicon()
    rows = [row for row in lexicon.find_rows(make_key(name)) if row.type in types and not row.curie.startswith(":")]
    standard = [row for row in rows if row.entity.casefold() == name.casefold()]
    return min((row.curie for row in standard), key=len, default=None)


def find_type(curie: str, name: str = "") -> str | None:
    """The type of what has this identifier: by our lexicon where it has the name with it, else by the prefix.

    None if neither tells. A supplementary record of MeSH (``C000609471``) is a chemical.
    """
    lexicon = load_lexicon()
    known = next((row.type for row in lexicon.find_rows(make_key(name)) if row.curie == curie), None) if name else None
    if known is not None:
        return known
    prefix, _, local = curie.partition(":")
    if prefix == "fplx":
        found = lexicon.find_entity(curie)
        return found[1] if found else "FAMILY"
    if prefix == "mesh":
        return "CHEMICAL" if local.startswith("C") else None
    return _TYPES.get(prefix)
