"""Entities that come with a text: their types under our names, their offsets checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

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


def make_entity(text: str, start: int, end: int, type: str, *, identifiers: Sequence[str] = (), where: str) -> Entity:
    """A given entity over ``text[start:end]``.

    Args:
        text: of the document.
        start, end: half-open character offsets.
        type: as the source names it.
        identifiers: the CURIEs that the source gives; of several none is the entity's, they are its alternatives.
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
    return identify(Entity(surface, start, end, map_type(type), surface, source="given"), identifiers)


def identify(entity: Entity, identifiers: Sequence[str]) -> Entity:
    """The entity with its one CURIE, or with several as alternatives."""
    if len(identifiers) > 1:
        return replace(entity, curie=None, score=None, alternatives=tuple(identifiers))
    curie = identifiers[0] if identifiers else None
    return replace(entity, curie=curie, score=1.0 if curie else None, alternatives=())


def sort_entities(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """In text order, the longer first where two start together.

    The same words with the same type count once, with the identifiers of all.
    """
    found: dict[tuple[int, int, str], Entity] = {}
    for entity in entities:
        key = (entity.start, entity.end, entity.type)
        known = found.setdefault(key, entity)
        if known is not entity:
            found[key] = identify(known, tuple(dict.fromkeys((*_list_curies(known), *_list_curies(entity)))))
    return tuple(sorted(found.values(), key=lambda entity: (entity.start, -entity.end, entity.type)))


def _list_curies(entity: Entity) -> tuple[str, ...]:
    return (entity.curie,) if entity.curie else entity.alternatives
