from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas

from sigmine.exports import EXPORTS
from sigmine.exports.siftables import EDGE_COLUMNS, NODE_COLUMNS, list_siftables
from sigmine.model import Statement
from store.builders import ACTIVE, DENIED, FORMULA, HEDGED, NO_SUBJECT, PLAIN, make_statements

Row = dict[str, str]


def write(*statements: Statement) -> tuple[list[list[str]], list[Row], list[Row]]:
    """Lines of the network, rows of the nodes and of the edges."""
    files = {name: content.decode() for name, content in list_siftables(statements)}
    assert list(files) == ["network.sif", "nodes.tsv", "edges.tsv"]
    lines = [line.split("\t") for line in files["network.sif"].splitlines()]
    nodes, edges = (
        list(csv.DictReader(io.StringIO(files[name]), delimiter="\t")) for name in ("nodes.tsv", "edges.tsv")
    )
    return lines, nodes, edges


def test_each_line_has_its_row_under_the_name_that_cytoscape_gives() -> None:
    lines, nodes, edges = write(*make_statements())
    assert [f"{line[0]} ({line[1]}) {line[2]}" for line in lines if len(line) == 3] == [row["edge"] for row in edges]
    assert {end for line in lines for end in (line[0], line[-1])} <= {row["id"] for row in nodes}
    assert len({row["edge"] for row in edges}) == len(edges)
    assert (tuple(nodes[0]), tuple(edges[0])) == (NODE_COLUMNS, EDGE_COLUMNS)


def test_sites_of_one_pair_are_one_edge() -> None:
    other = replace(PLAIN.mention, sites=(replace(PLAIN.mention.sites[0], position=1462),))
    statements = make_statements(PLAIN, HEDGED, replace(PLAIN, mention=other, document="gamma"))
    lines, _, (row,) = write(*statements)
    assert lines == [["hgnc:391", "phosphorylates", "hgnc:12363"]]
    assert (row["sites"], row["evidence"], row["hedged"]) == ("S939; S1462", "3", "1")
    assert row["statements"].split("; ") == [statement.id for statement in statements]
    assert row["documents"] == "alpha; beta; gamma"
    assert float(row["belief"]) == max(round(statement.belief, 4) for statement in statements)


def test_denials_go_and_what_has_no_subject_is_known_to_its_node() -> None:
    lines, nodes, edges = write(*make_statements(DENIED, NO_SUBJECT))
    assert edges == []
    assert sorted(lines) == [["hgnc:10011"], ["hgnc:12363"], ["hgnc:3942"]]
    assert {row["name"]: row["stated_without_subject"] for row in nodes}["TSC2"] == "phosphorylates T1462"


def test_no_text_is_a_formula_and_keys_stay_as_they_are() -> None:
    _, nodes, (row,) = write(*make_statements(FORMULA))
    assert (row["sentence"][:2], row["documents"][:2]) == ("'=", "'-")
    assert row["source"] in {node["id"] for node in nodes}


def test_pandas_reads_the_tables() -> None:
    files = dict(EXPORTS["siftables"].members(make_statements(PLAIN, ACTIVE)))  # type: ignore[misc]
    frame = pandas.read_csv(io.BytesIO(files["edges.tsv"]), sep="\t", index_col="edge")
    assert frame.loc["hgnc:10011 (activates) hgnc:3942", "sign"] == 1
    assert frame["direct"].tolist() == [True, True]
