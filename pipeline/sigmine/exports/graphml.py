"""Statements as a graph in GraphML, for Cytoscape, yEd, Gephi, igraph and networkx."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import IO, Any

from sigmine.assembly.merge import sort_statements
from sigmine.exports.graph import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, find_edges, find_nodes
from sigmine.model.statement import Statement

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_SCHEMA = f"{_NAMESPACE} http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd"
_SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES: Mapping[type, str] = {str: "string", int: "long", float: "double", bool: "boolean"}


def write_graphml(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """The graph of ``make_graph``, one node and edge at a time: networkx would hold all of it in memory."""
    from lxml import etree

    ordered = sort_statements(statements)
    fields = [("node", *item) for item in NODE_ATTRIBUTES.items()] + [
        ("edge", *item) for item in EDGE_ATTRIBUTES.items()
    ]
    keys = {(kind, name): f"d{number}" for number, (kind, name, _) in enumerate(fields)}

    def make(kind: str, places: dict[str, str], row: Mapping[str, Attribute]) -> Any:
        element = etree.Element(kind, places)
        for name, value in row.items():
            data = etree.SubElement(element, "data", {"key": keys[kind, name]})
            data.text = str(value).lower() if isinstance(value, bool) else str(value)
        return element

    with etree.xmlfile(file, encoding="utf-8") as out:
        out.write_declaration()
        names = {None: _NAMESPACE, "xsi": _SCHEMA_INSTANCE}
        with out.element("graphml", {f"{{{_SCHEMA_INSTANCE}}}schemaLocation": _SCHEMA}, nsmap=names):
            out.write("\n")
            for kind, name, type_ in fields:
                field = {"id": keys[kind, name], "for": kind, "attr.name": name, "attr.type": _TYPES[type_]}
                out.write(etree.Element("key", field), pretty_print=True)
            with out.element("graph", {"edgedefault": "directed"}):
                out.write("\n")
                for key, row in find_nodes(ordered):
                    out.write(make("node", {"id": key}, row), pretty_print=True)
                for start, end, key, row in find_edges(ordered):
                    out.write(make("edge", {"source": start, "target": end, "id": key}, row), pretty_print=True)
    file.write(b"\n")
