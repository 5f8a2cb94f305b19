"""Statements as a graph in GEXF, for Gephi: nodes coloured by type, edges weighted by evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any

from sigmine.exports.drawing.look import SIGN_COLOURS, find_paint
from sigmine.exports.graph import make_graph
from sigmine.model.statement import Statement


def write_gexf(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """The graph of ``make_graph`` in GEXF 1.2: ids of edges are the statements', so that parallel ones stay apart.

    A node is labelled with its name, an edge with its relation and site; ``weight`` is the number of pieces of
    evidence, at least 1.
    """
    from xml.etree import ElementTree

    from networkx.readwrite.gexf import GEXFWriter

    graph = make_graph(statements)
    for _, row in graph.nodes(data=True):
        row.update(label=row["name"], viz={"color": _make_colour(find_paint(str(row["type"])).border)})
    for _, _, key, row in graph.edges(keys=True, data=True):
        label = f"{row['relation']} {row['site']}" if "site" in row else row["relation"]
        colour = {"color": _make_colour(SIGN_COLOURS[int(row["sign"])])}
        row.update(id=key, label=label, type="directed", weight=float(max(1, int(row["evidence"]))), viz=colour)
    writer = GEXFWriter(graph, prettyprint=False)
    _drop_traces(writer.xml)
    ElementTree.indent(writer.xml)
    file.write(ElementTree.tostring(writer.xml, encoding="utf-8", xml_declaration=True) + b"\n")


def _make_colour(text: str) -> dict[str, Any]:
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return {"r": red, "g": green, "b": blue, "a": 1.0}


def _drop_traces(root: Any) -> None:
    """What the library adds goes: the day, its own version, and the ids of edges once more as an attribute."""
    meta = root.find("meta")
    del meta.attrib["lastmodifieddate"]
    meta.find("creator").text = "sigmine"
    for declared in root.findall(".//attribute[@title='networkx_key']/.."):
        key = declared.find("attribute[@title='networkx_key']")
        declared.remove(key)
        for values in root.iter("attvalues"):
            for value in values.findall(f"attvalue[@for='{key.get('id')}']"):
                values.remove(value)
