from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from exports.exchange_samples import make_every_relation
from interop import run_with
from sigmine.exports import EXPORTS
from sigmine.exports.kgx import make_kgx_lines, make_kgx_tables
from sigmine.model import Statement
from store.builders import DENIED, HEDGED, INDIRECT, NO_SUBJECT, PLAIN, UNGROUNDED, make_statements

Row = dict[str, Any]


def make_rows(*statements: Statement) -> tuple[list[Row], list[Row]]:
    nodes, edges = ([json.loads(line) for line in data.splitlines()] for _, data in make_kgx_lines(statements))
    return nodes, edges


def test_a_statement_as_an_edge_with_qualifiers_and_its_passage() -> None:
    nodes, (edge,) = make_rows(*make_statements(PLAIN))
    assert [(node["id"], node["category"]) for node in nodes] == [
        ("HGNC:12363", ["biolink:Gene"]), ("HGNC:391", ["biolink:Gene"]),
    ]  # fmt: skip
    said = (
        "subject",
        "predicate",
        "object",
        "qualified_predicate",
        "object_direction_qualifier",
        "object_aspect_qualifier",
    )
    assert [edge[name] for name in said] == [
        "HGNC:391", "biolink:affects", "HGNC:12363", "biolink:causes", "increased", "phosphorylation",
    ]  # fmt: skip
    assert edge["description"] == "AKT1 phosphorylates TSC2 at S939"
    assert edge["publications"] == ["PMID:12345", "doi:10.1000/x<1>y"]
    (study,) = edge["has_supporting_studies"].values()
    (result,) = study["has_study_results"]
    start, end = result["object_location_in_text"]
    assert result["supporting_text"][0][start:end] == "TSC2"
    assert "negated" not in edge


def test_what_is_denied_is_never_said() -> None:
    _, (edge,) = make_rows(*make_statements(DENIED))
    assert edge["negated"] is True
    assert "has_confidence_score" not in edge
    assert make_rows(*make_statements(HEDGED)) == ([], [])
    assert make_rows(*make_statements(NO_SUBJECT)) == ([], [])


def test_what_is_said_and_denied_gives_two_edges() -> None:
    _, edges = make_rows(
        *(one for one in make_every_relation() if one.relation == "phosphorylates" and one.site == "S939")
    )
    assert [edge.get("negated", False) for edge in edges] == [False, True]
    assert edges[0]["id"] != edges[1]["id"]
    assert not set(edges[0]["has_supporting_studies"]) & set(edges[1]["has_supporting_studies"])


def test_indirectness_and_names_without_identity_are_kept() -> None:
    _, (edge,) = make_rows(*make_statements(INDIRECT))
    assert edge["description"] == "insulin phosphorylates AKT (indirectly)"
    nodes, _ = make_rows(*make_statements(UNGROUNDED))
    assert nodes[1]["id"] == "name:protein/pkc%CE%B2"


def test_tables_say_what_lines_say() -> None:
    statements = make_every_relation()
    nodes, edges = make_rows(*statements)
    tables = [
        list(csv.DictReader(data.decode().splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
        for _, data in make_kgx_tables(statements)
    ]
    assert [row["id"] for row in tables[0]] == [node["id"] for node in nodes]
    for row, edge in zip(tables[1], edges, strict=True):
        assert None not in row
        assert (row["id"], row["negated"]) == (edge["id"], "true" if edge.get("negated") else "")
        assert row["publications"].split("|") == edge.get("publications", [""])
        assert row["supporting_text"].count("&") == len(row["supporting_text"].split("|"))


CHECK = """
import json, sys
from collections import Counter
from pathlib import Path

import biolink_model
import biolink_model.datamodel.pydanticmodel_v2 as model
import bmt.toolkit
from bmt import Toolkit

# the model of the package, not the one on the web
schema = str(Path(list(biolink_model.__path__)[0], "schema", "biolink_model.yaml"))
kit = Toolkit(schema=schema, predicate_map={"predicate mappings": []})
assert kit.get_model_version().startswith("4.")
nodes, edges = ([json.loads(line) for line in Path(path).open()] for path in sys.argv[1:3])
categories = {}
for node in nodes:
    (category,) = node["category"]
    getattr(model, category.removeprefix("biolink:"))(**node)
    categories[node["id"]] = set(kit.get_ancestors(category, formatted=True, mixin=True))
used = Counter()
for edge in edges:
    (category,) = edge["category"]
    name = category.removeprefix("biolink:")
    used[name] += 1
    slots = [slot for slot in edge if slot.endswith("_qualifier") or slot == "qualified_predicate"]
    qualifiers = {slot: edge[slot] for slot in slots}
    kinds = {"object_aspect_qualifier": "GeneOrGeneProductOrChemicalEntityAspectEnum",
             "object_direction_qualifier": "DirectionQualifierEnum"}
    for slot, value in qualifiers.items():
        assert kit.is_qualifier(slot.replace("_", " ")), slot
        if slot in kinds:
            assert kit.is_permissible_value_of_enum(kinds[slot], value), value
        else:
            assert kit.is_predicate(value), value
    assert kit.is_predicate(edge["predicate"]), edge["predicate"]
    # Association alone has no qualifiers; of ends that no class fits they are given all the same, as KGX allows.
    left = () if name != "Association" else qualifiers
    getattr(model, name)(**{slot: value for slot, value in edge.items() if slot not in left})
    usage = kit.get_element(name).slot_usage if kit.get_element(name) else {}
    for end in ("subject", "object"):
        wanted = {usage[end].range} if end in usage and usage[end].range else set()
        predicate = kit.get_element(edge["predicate"])
        limit = predicate.domain if end == "subject" else predicate.range
        wanted |= {limit} if limit else set()
        for one in wanted:
            formatted = kit.get_element(one).class_uri or "biolink:" + "".join(map(str.capitalize, one.split()))
            assert formatted in categories[edge[end]], (edge["id"], end, one, categories[edge[end]])
    assert {edge["subject"], edge["object"]} <= categories.keys()
print(json.dumps({"nodes": len(nodes), "edges": len(edges), "used": used, "version": kit.get_model_version()}))
"""


@pytest.mark.slow
def test_the_biolink_model_takes_every_node_and_edge(tmp_path: Path) -> None:
    EXPORTS["kgx-jsonl"].write_folder(make_every_relation(), tmp_path)
    found = run_with(CHECK, tmp_path / "nodes.jsonl", tmp_path / "edges.jsonl", needs=("biolink_model", "bmt"))
    nodes, edges = make_rows(*make_every_relation())
    assert (found["nodes"], found["edges"]) == (len(nodes), len(edges))
    assert found["used"].keys() >= {
        "GeneToGeneAssociation", "ChemicalAffectsGeneAssociation", "ChemicalAffectsBiologicalEntityAssociation",
        "GeneAffectsChemicalAssociation", "PairwiseGeneToGeneInteraction", "Association",
    }  # fmt: skip
