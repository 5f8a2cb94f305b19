"""Values that every stage hands on: documents, entities, sites, mentions of relations, statements.

Standard library only.
"""

from sigmine.model.document import (
    READ_KINDS,
    SECTION_KINDS,
    Box,
    Citation,
    Document,
    OffsetMap,
    Place,
    PlacedLine,
    Reference,
    Section,
    TableCell,
)
from sigmine.model.entity import ENTITY_TYPES, MOLECULE_TYPES, Entity, Site
from sigmine.model.statement import Agent, Evidence, RelationMention, Statement, Trigger

__all__ = [
    "ENTITY_TYPES",
    "MOLECULE_TYPES",
    "READ_KINDS",
    "SECTION_KINDS",
    "Agent",
    "Box",
    "Citation",
    "Document",
    "Entity",
    "Evidence",
    "OffsetMap",
    "Place",
    "PlacedLine",
    "Reference",
    "RelationMention",
    "Section",
    "Site",
    "Statement",
    "TableCell",
    "Trigger",
]
