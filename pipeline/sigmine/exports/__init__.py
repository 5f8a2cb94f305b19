"""Statements in the formats of other programs.

To add one: a module ``write_<format>``, and a line in the table of its family: ``NETWORKS``, ``EXCHANGE``, ``RDF``,
``ANNOTATIONS`` or ``TABLES``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sigmine.exports.annotation_formats import ANNOTATIONS
from sigmine.exports.exchange_formats import EXCHANGE
from sigmine.exports.export import Export
from sigmine.exports.network_formats import NETWORKS
from sigmine.exports.rdf_formats import RDF
from sigmine.exports.table_formats import TABLES

FAMILIES: Mapping[str, Mapping[str, Export]] = MappingProxyType(
    {
        "Networks": NETWORKS,
        "Tables and lines": TABLES,
        "Databases and models": EXCHANGE,
        "Triples": RDF,
        "Annotation tools": ANNOTATIONS,
    }
)
"""The formats by what they are for, in the order in which they are shown."""

EXPORTS: Mapping[str, Export] = MappingProxyType(
    {name: export for formats in FAMILIES.values() for name, export in sorted(formats.items())}
)
"""The formats by name."""

__all__ = ["EXPORTS", "FAMILIES", "Export"]
