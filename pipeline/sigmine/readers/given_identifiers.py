"""Identifiers that come with given entities, as CURIEs with our prefixes, however their source writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sigmine.model import ENTITY_TYPES

_DATABASES: dict[str, tuple[str, ...]] = {
    "hgnc": ("hgncid",),
    "fplx": ("famplex",),
    "uniprot": ("uniprotkb", "uniprotkbswissprot", "swissprot", "uniprotid", "up"),
    "ncbigene": ("entrez", "entrezgene", "entrezid", "entrezgeneid", "geneid", "ncbigeneid", "gene", "eg", "egid"),
    "chebi": ("chebiid",),
    "pubchem.compound": ("pubchem", "pubchemcompound", "pubchemcid", "cid"),
    "drugbank": (),
    "mesh": ("ncbimesh", "msh", "meshid"),
    "omim": ("mim",),
    "ncit": ("nci", "ncithesaurus"),
    "doid": ("diseaseontology",),
    "hp": ("hpo",),
    "ncbitaxon": ("ncbitaxonomy", "taxonomy", "taxon", "taxid", "tax", "ncbitaxonid", "ncbitaxid"),
    "go": ("geneontology", "goid"),
    "cl": (),
    "uberon": (),
    "cellosaurus": ("cvcl",),
    "pr": ("pro",),
    "interpro": ("ipr",),
    "pfam": ("pf",),
    "ensembl": ("ensemblgene",),
}
"""Our prefixes, and what else their databases are called; without case, spaces and signs."""
_PREFIXES = {name.replace(".", ""): prefix for prefix, names in _DATABASES.items() for name in (prefix, *names)}
_UNIPROT = r"(?:[OPQ]\d[A-Z0-9]{3}\d|[A-NR-Z]\d(?:[A-Z][A-Z0-9]{2}\d){1,2})"
_LOCAL: dict[str, re.Pattern[str]] = {
    "uniprot": re.compile(rf"({_UNIPROT})(?:-\d{{1,3}}|\.\d{{1,3}})?"),
    "mesh": re.compile(r"([A-Z]\d{3,9})"),
    "cellosaurus": re.compile(r"(?:CVCL[_:])?([A-Z0-9]{4})"),
    "go": re.compile(r"(\d{7})"),
    **dict.fromkeys(("hgnc", "ncbigene", "ncbitaxon", "chebi", "omim", "pubchem.compound"), re.compile(r"(\d{1,10})")),
}
"""What an identifier looks like in the databases where that tells wrong ones; isoforms and versions are cut off."""
_BARE: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = (
    (re.compile(r"CVCL[_:][A-Z0-9]{4}"), frozenset(ENTITY_TYPES), "cellosaurus"),
    (re.compile(r"\d{1,10}"), frozenset({"PROTEIN", "FAMILY", "COMPLEX"}), "ncbigene"),
    (re.compile(r"\d{1,10}"), frozenset({"SPECIES"}), "ncbitaxon"),
    (re.compile(rf"{_UNIPROT}(?:-\d{{1,3}})?"), frozenset({"PROTEIN", "FAMILY", "COMPLEX"}), "uniprot"),
    (re.compile(r"[CD]\d{6,9}"), frozenset(ENTITY_TYPES), "mesh"),
)
"""An identifier without a database: what it looks like and the types for which that tells the database."""
_SEPARATORS = re.compile(r"\s*[;,|+]\s*")
_SPECIES = re.compile(r"\(Tax:\d+\)", re.IGNORECASE)
_CURIE = re.compile(r"(?P<database>[A-Za-z][\w ./-]{0,40}?)\s?:\s?(?P<local>\S{1,80})")
_NOTHING = frozenset({"", "-", "-1", "none", "null", "nil", "n/a", "na", "cui-less", "unknown", "tbd"})
_KEYS = ("curie", "identifier", "identifiers", "normalizedid", "normalized", "conceptid", "databaseid", "dbid")
_MOST = 50


def parse_identifiers(value: str, type: str, *, database: str = "") -> tuple[str, ...]:
    """The CURIEs in a field of a source, each once, in its order; empty if there is none.

    Args:
        value: ``207``, ``207;208``, ``MESH:D000255|MESH:D000244``, ``UniProt:P31749``, ``-`` ...
        type: of the entity, one of ``ENTITY_TYPES`` or another: it tells the database of a bare number.
        database: the database as the source calls it, where it gives one.

    An identifier of a database that we do not know stays as it is; what has no database and looks like none is left
    out, and so are those of variants, which are no molecules by themselves.
    """
    if type not in ENTITY_TYPES and _PREFIXES.get(_squeeze(value.partition(":")[0])) is None:
        return ()
    found: dict[str, None] = {}
    for piece in _SEPARATORS.split(_SPECIES.sub("", value).strip())[:_MOST]:
        curie = None if piece.lower() in _NOTHING else _make_curie(piece, type, database)
        if curie is not None:
            found[curie] = None
    return tuple(found)


def find_identifiers(infons: Mapping[str, object], type: str) -> tuple[str, ...]:
    """The CURIEs that the infons of a BioC annotation give, under ``identifier`` or the name of a database."""
    given = {_squeeze(key): value for key, value in infons.items()}
    database = str(given.get("database") or given.get("db") or "")
    for key in _KEYS:
        if found := _parse_values(given.get(key), type, database):
            return found
    for key, value in given.items():
        if key in _PREFIXES and (found := _parse_values(value, type, key)):
            return found
    return ()


def _parse_values(value: object, type: str, database: str) -> tuple[str, ...]:
    values: Iterable[object] = value if isinstance(value, list) else (value,)
    texts = [str(one) for one in values if isinstance(one, str | int) and not isinstance(one, bool)]
    return tuple(dict.fromkeys(curie for text in texts for curie in parse_identifiers(text, type, database=database)))


def _make_curie(text: str, type: str, database: str) -> str | None:
    for pattern, types, prefix in _BARE:
        if pattern.fullmatch(text) and type in types and _PREFIXES.get(_squeeze(database), prefix) == prefix:
            return _join(prefix, text)
    match = _CURIE.fullmatch(text)
    if match is None:
        given = _PREFIXES.get(_squeeze(database))
        return _join(given, text) if given else None
    known = _PREFIXES.get(_squeeze(match["database"]))
    return text if known is None else _join(known, match["local"])


def _join(prefix: str, local: str) -> str | None:
    """The CURIE, or None if the database has no identifiers of that form. ``CHEBI:CHEBI:1`` has the prefix twice."""
    while ":" in local and _PREFIXES.get(_squeeze(local.partition(":")[0])) == prefix:
        local = local.partition(":")[2]
    pattern = _LOCAL.get(prefix)
    if pattern is None:
        return f"{prefix}:{local}" if local else None
    match = pattern.fullmatch(local)
    if match is None:
        return None
    return f"{prefix}:CVCL_{match[1]}" if prefix == "cellosaurus" else f"{prefix}:{match[1]}"


def _squeeze(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())
