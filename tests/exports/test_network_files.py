"""Files of networks, read back by networkx and igraph: what was written is what is read."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import igraph
import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sigmine.exports import EXPORTS
from sigmine.exports.graph import make_graph
from sigmine.model import Agent, Statement
from sigmine.model.ids import make_statement_id
from store.builders import PLAIN, make_statements

Graph = networkx.MultiDiGraph
Row = dict[str, Any]
Edges = dict[str, tuple[str, str, Row]]

FORMATS = ("gexf", "gml", "graphml")
ODD = (
    "TNF-α",
    'say "no"',
    "a < b & c > d",
    "it's",
    "IL-1β receptor",
    "x [y] #z",
    "&amp;",
    "é¼",
    "1,25(OH)2D3",
    "\\n",
    "=1+1",
)

odd_names = st.text(
    st.sampled_from(" <>&\"'[]#;=\\/αβµé¼–…0aB") | st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")),
    min_size=1,
    max_size=12,
).filter(lambda name: bool(name.strip()))


def write(name: str, statements: tuple[Statement, ...]) -> bytes:
    file = io.BytesIO()
    EXPORTS[name].write(statements, file)
    return file.getvalue()


def read_with_networkx(name: str, data: bytes) -> Graph[str]:
    if name == "gml":
        found = networkx.read_gml(io.BytesIO(data), label="identity")
    elif name == "gexf":
        found = networkx.read_gexf(io.BytesIO(data))
    else:
        found = networkx.read_graphml(io.BytesIO(data), force_multigraph=True)
    return networkx.MultiDiGraph(found)


def rename(row: Row) -> Row:
    """As GML calls the attributes."""
    return {re.sub(r"_(\w)", lambda match: match[1].upper(), key): value for key, value in row.items()}


def expect(name: str, row: Row) -> Row:
    if name != "gml":
        return row
    return {key: int(value) if isinstance(value, bool) else value for key, value in rename(row).items()}


def find_edges(graph: Graph[str]) -> Edges:
    return {row["statement"]: (start, end, row) for start, end, row in graph.edges(data=True)}


def assert_same(name: str, made: Graph[str], found: Graph[str]) -> None:
    """The same nodes and edges, with all their attributes; what a format adds does no harm."""
    assert set(found) == set(made)
    assert found.number_of_edges() == made.number_of_edges()
    for node, row in made.nodes(data=True):
        assert expect(name, row).items() <= {"name": node, **found.nodes[node]}.items()
    edges = find_edges(found)
    for statement, (start, end, row) in find_edges(made).items():
        assert edges[statement][:2] == (start, end)
        assert expect(name, row).items() <= edges[statement][2].items()
        assert None not in edges[statement][2].values()


@pytest.mark.parametrize("name", FORMATS)
def test_networkx_reads_back_what_was_written(name: str) -> None:
    made = make_graph(make_statements())
    assert made.number_of_edges() == len(make_statements()) - 1
    assert_same(name, made, read_with_networkx(name, write(name, make_statements())))


def make_odd(*names: str) -> tuple[Statement, ...]:
    """A chain of statements over identities of these names."""
    (plain,) = make_statements(PLAIN)
    agents = [Agent(name, "PROTEIN", f"test:{number}") for number, name in enumerate(names)]
    pairs = zip(agents, [*agents[1:], agents[0]], strict=True)
    return tuple(
        replace(plain, id=make_statement_id(plain.relation, one, two, plain.site), subject=one, object=two)
        for one, two in pairs
    )


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=40, deadline=None)
@given(names=st.lists(odd_names, min_size=1, max_size=4))
def test_networkx_reads_back_any_names(name: str, names: list[str]) -> None:
    statements = make_odd(*names)
    made = make_graph(statements)
    found = read_with_networkx(name, write(name, statements))
    assert_same(name, made, found)
    assert [row["name"] for _, row in sorted(found.nodes(data=True))] == [
        row["name"] for _, row in sorted(made.nodes(data=True))
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_parallel_statements_stay_apart(name: str) -> None:
    sites = [replace(PLAIN.mention.sites[0], position=position) for position in (939, 1462)]
    statements = make_statements(*(replace(PLAIN, mention=replace(PLAIN.mention, sites=(site,))) for site in sites))
    found = read_with_networkx(name, write(name, statements))
    assert sorted(row["site"] for _, _, row in found.edges(data=True)) == ["S1462", "S939"]


IGRAPH_READERS: dict[str, Callable[[str], igraph.Graph]] = {
    "gml": igraph.Graph.Read_GML,
    "graphml": igraph.Graph.Read_GraphML,
}
MISSING: tuple[object, ...] = ("", None, False)


def decode(value: object) -> object:
    """igraph knows the named entities of GML; numbered ones it leaves."""
    if not isinstance(value, str):
        return value
    return re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), value)


def drop_missing(row: Row) -> Row:
    """igraph gives every edge every attribute; what an edge has not is empty or no number."""
    return {key: decode(value) for key, value in row.items() if value == value and value not in MISSING}


@pytest.mark.filterwarnings("ignore:One or more unknown entities:RuntimeWarning")
@pytest.mark.parametrize("name", sorted(IGRAPH_READERS))
@pytest.mark.parametrize("statements", [make_statements(), make_odd(*ODD)], ids=["plain", "odd"])
def test_igraph_reads_back_what_was_written(name: str, statements: tuple[Statement, ...], tmp_path: Path) -> None:
    path = tmp_path / "network"
    path.write_bytes(write(name, statements))
    found, made = IGRAPH_READERS[name](str(path)), make_graph(statements)
    assert (found.vcount(), found.ecount(), found.is_directed()) == (len(made), made.number_of_edges(), True)
    names = [decode(one) for one in found.vs["name"]]
    assert Counter(names) == Counter(row["name"] for _, row in made.nodes(data=True))
    edges = find_edges(made)
    for edge in found.es:
        start, end, row = edges[edge["statement"]]
        assert (names[edge.source], names[edge.target]) == (made.nodes[start]["name"], made.nodes[end]["name"])
        assert drop_missing(expect(name, row)).items() <= drop_missing(edge.attributes()).items()


def test_gml_is_ascii_and_its_keys_are_letters() -> None:
    text = write("gml", make_odd(*ODD)).decode("ascii")
    keys = set(re.findall(r"^ *(\S+) [^ ]", text, re.MULTILINE))
    assert {"siteStatus", "identity", "label"} <= keys
    assert all(key.isalpha() for key in keys)
    assert "TNF-&#945;" in text


def test_gml_tells_two_nodes_of_one_name_apart() -> None:
    found = networkx.read_gml(io.BytesIO(write("gml", make_odd("AKT1", "AKT1", "RHEB"))))
    assert set(found) == {"AKT1 (test:0)", "AKT1 (test:1)", "RHEB"}
    assert {row["name"] for _, row in found.nodes(data=True)} == {"AKT1", "RHEB"}


def test_gexf_is_ready_for_gephi() -> None:
    data = write("gexf", make_statements())
    found = read_with_networkx("gexf", data)
    assert found.nodes["hgnc:391"]["label"] == "AKT1"
    assert {key for _, _, key in found.edges(keys=True)} == set(find_edges(found))
    (row,) = [row for _, _, row in found.edges(data=True) if row.get("site") == "S939"]
    assert (row["label"], row["weight"], row["evidence"]) == ("phosphorylates S939", 2.0, 2)
    text = data.decode()
    assert text.count("<viz:color") == found.number_of_nodes() + found.number_of_edges()
    assert not re.search(r"networkx|lastmodified|\d{4}-\d\d-\d\d", text, re.IGNORECASE)
