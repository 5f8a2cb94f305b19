"""Nodes and edges of the Biolink model as files of KGX: two tables, or two files of JSON Lines.

[KGX: https://kgx.readthedocs.io; tables are read without quotation marks, and lists are separated by ``|``]
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sigmine.exports.biolink import JsonObject, make_edges, make_nodes
from sigmine.exports.cells import flatten_text
from sigmine.model.statement import Statement

NODE_COLUMNS: tuple[str, ...] = ("id", "category", "name")
EDGE_COLUMNS: tuple[str, ...] = (
    "id", "category", "subject", "predicate", "object", "qualified_predicate", "object_aspect_qualifier",
    "object_direction_qualifier", "negated", "description", "knowledge_level", "agent_type",
    "primary_knowledge_source", "publications", "has_confidence_score", "evidence_count", "supporting_text",
)  # fmt: skip


def make_kgx_tables(statements: Iterable[Statement]) -> Iterator[tuple[str, bytes]]:
    """``nodes.tsv`` and ``edges.tsv``; an edge has its sentences, without their places."""
    statements = list(statements)
    yield "nodes.tsv", _make_table(NODE_COLUMNS, _select_ends(statements))
    yield "edges.tsv", _make_table(EDGE_COLUMNS, (_flatten_studies(edge) for edge in make_edges(statements)))


def make_kgx_lines(statements: Iterable[Statement]) -> Iterator[tuple[str, bytes]]:
    """``nodes.jsonl`` and ``edges.jsonl``, one object a line."""
    statements = list(statements)
    yield "nodes.jsonl", _make_lines(_select_ends(statements))
    yield "edges.jsonl", _make_lines(make_edges(statements))


def _select_ends(statements: list[Statement]) -> list[JsonObject]:
    """The nodes that some edge has."""
    named = {edge[end] for edge in make_edges(statements) for end in ("subject", "object")}
    return [node for node in make_nodes(statements) if node["id"] in named]


def _make_lines(rows: Iterable[JsonObject]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(errors="replace")


def _make_table(columns: tuple[str, ...], rows: Iterable[JsonObject]) -> bytes:
    cells = (columns, *([_make_cell(row.get(name)) for name in columns] for row in rows))
    return "".join("\t".join(row) + "\n" for row in cells).encode(errors="replace")


def _make_cell(value: object) -> str:
    if isinstance(value, list):
        return "|".join(_make_cell(one).replace("|", "¦") for one in value)  # KGX knows no way to protect a bar
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else flatten_text(str(value))


def _flatten_studies(edge: JsonObject) -> JsonObject:
    studies = edge.get("has_supporting_studies", {}).values()
    texts = [text for study in studies for one in study["has_study_results"] for text in one["supporting_text"]]
    return edge | {"supporting_text": list(dict.fromkeys(texts))}
