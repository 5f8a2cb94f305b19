from __future__ import annotations

from pathlib import Path

import pytest

import fake_pipeline
import sigmine
from sigmine.errors import StoreError
from sigmine.model import Document
from sigmine.run import run
from store.builders import make_statements
from store.conftest import endpoint, server

assert endpoint
assert server

NOTE = Document("note", "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1.")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    run([NOTE], tmp_path / "out", load=fake_pipeline.load)
    return tmp_path / "out"


def test_an_output_folder_a_store_and_its_address_give_the_same(out: Path, endpoint: str) -> None:
    with sigmine.open(out) as known:
        found = known.statements()
    with sigmine.open(str(out / "store")) as known:
        assert known.statements() == found
    with sigmine.open(endpoint, read_only=False) as known:
        known.write(found)
    with sigmine.open(endpoint) as known:
        assert known.statements() == found
        with pytest.raises(StoreError, match="read-only"):
            known.remove("note")


def test_a_list_of_statements(out: Path) -> None:
    with sigmine.open(out) as known:
        found = known.statements()
    assert [item.relation for item in found] == ["activates", "phosphorylates"]
    assert found[1:] == found[1:2]
    assert found[0].relation == "activates"
    assert repr(found) == "<2 statements>"
    assert found[5:] == sigmine.open().statements()


def test_all_filters_of_the_store_are_taken() -> None:
    with sigmine.open() as known:
        known.write(make_statements())
        assert len(known.statements(around="RHEB", hops=1, relation=["activates", "inhibits"])) == 3
        assert [item.site for item in known.statements(site_status="unchecked", documents=["beta"])] == ["S939"]
        with pytest.raises(TypeError, match="near"):
            known.statements(near="RHEB")  # type: ignore[call-arg]


def test_a_frame_has_a_row_for_each_statement() -> None:
    with sigmine.open() as known:
        known.write(make_statements())
        frame = known.statements().to_pandas()
        empty = known.statements(subject="nobody").to_pandas()
    assert len(frame) == len(make_statements())
    row = frame[(frame["object"] == "TSC2") & (frame["site"] == "S939")].iloc[0]
    assert (row["subject"], row["object_id"], row["evidence"], row["documents"]) == ("AKT1", "hgnc:12363", 2, 2)
    assert frame[frame["site"] == "T1462"].iloc[0]["subject"] is None
    assert frame[frame["denied"]]["relation"].tolist() == ["inhibits"]
    assert list(empty.columns) == list(frame.columns)
    assert len(empty) == 0


def test_a_graph_has_an_edge_for_each_statement_with_a_subject() -> None:
    with sigmine.open() as known:
        known.write(make_statements())
        graph = known.statements().to_networkx()
    assert graph.number_of_edges() == len(make_statements()) - 1
    assert {row["relation"] for _, _, row in graph.edges(data=True)} >= {"phosphorylates", "binds"}


def test_queries_and_changes() -> None:
    with sigmine.open() as known:
        known.write(make_statements())
        assert [row[0] for row in known.named("kinases-of", "TSC2").rows] == ["AKT1"]
        assert known.query("ASK { hgnc:391 ?p ?o }").answer is True
        known.remove("alpha")
        known.remove("beta")
        assert known.query("ASK { hgnc:391 ?p ?o }").answer is False
    with pytest.raises(StoreError, match="closed"):
        known.statements()


def test_a_place_without_a_store_is_an_error_and_stays_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store in"):
        sigmine.open(tmp_path)
    assert list(tmp_path.iterdir()) == []
