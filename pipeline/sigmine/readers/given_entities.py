"""Entities that come with a text: their types under our names, their offsets checked."""

from __future__ import annotations

from sigmine.errors import ReadError
from sigmine.model import ENTITY_TYPES, Entity

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "PROTEIN": (
        "gene",
        "geneorgeneproduct",
        "ggp",
        "geneproduct",
        "geneprotein",
        "proteinorgene",
        "peptide",
    ),
    "FAMILY": ("proteinfamily", "genefamily", "familyname", "proteinfamilyorgroup"),
    "COMPLEX": ("proteincomplex", "macromolecularcomplex"),
    "CHEMICAL": ("simplechemical", "drug", "smallmolecule", "metabolite", "lipid", "compound"),
    "LOCATION": ("cellularcomponent", "cellcomponent", "subcellularlocation", "subcellularstructure"),
    "DISEASE": ("cancer", "diseaseorphenotype"),
    "CELL": ("celltype", "cellline"),
    "SPECIES": ("organism", "taxon", "taxonomy"),
    "PROCESS": ("biologicalprocess", "pathway"),
}
_TYPES: dict[str, str] = {
    **{name.lower(): name for name in ENTITY_TYPES},
    **{synonym: name for name, synonyms in _SYNONYMS.items() for synonym in synonyms},
}


def map_type(name: str) -> str:
    """One of ``ENTITY_TYPES`` for the names that corpora use; case, spaces, ``_`` and ``-`` are ignored.

    An unknown name is kept, in upper case with ``_`` for spaces.
    """
    key = "".join(char for char in name.lower() if char.isalnum())
    return _TYPES.get(key, "_".join(name.upper().replace("-", " ").replace("_", " ").split()))


def make_entity(text: str, start: int, end: int, type: str, *, curie: str | None = None, where: str) -> Entity:
    """A given entity over ``text[start:end]``.

    Args:
        text: of the document.
        start, end: half-open character offsets.
        type: as the source names it.
        curie: the identity that the source gives, or None.
        where: opens the message of an error, e.g. ``corpus.jsonl: line 3: entity T1``.

    Raises:
        ReadError: if the offsets are no span of the text.
    """
    if not 0 <= start < end <= len(text):
        raise ReadError(
            f"{where}: offsets {start}:{end} are no span of the text, which has {len(text):,} characters; "
            "offsets count characters from 0, the end is not included."
        )
    surface = text[start:end]
    return Entity(surface, start, end, map_type(type), surface, curie, 1.0 if curie else None, source="given")


def sort_entities(entities: list[Entity]) -> tuple[Entity, ...]:
    """In text order, the longer first where two start together; the same one twice counts once."""
    return tuple(sorted(dict.fromkeys(entities), key=lambda entity: (entity.start, -entity.end, entity.type)))
