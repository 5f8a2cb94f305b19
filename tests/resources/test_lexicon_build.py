from __future__ import annotations

import csv
import gzip
import hashlib
import json
from pathlib import Path

import pytest

from sigmine.errors import GroundingError
from sigmine.resources import lexicon_build
from sigmine.resources.lexicon import get_lexicon, load_lexicon_manifest
from sigmine.resources.lexicon_build import TABLES, build_lexicon

HGNC = [
    ["hgnc_id", "symbol", "name", "status", "aliases", "previous", "uniprot", "locus_type"],
    ["HGNC:391", "AKT1", "AKT serine/threonine kinase 1", "Approved", "PKB", "", "P31749", "gene with protein product"],
    ["HGNC:7010", "MEN1", "menin 1", "Approved", "", "", "O00255", "gene with protein product"],
    ["HGNC:2155", "CNN1", "calponin 1", "Approved", "", "", "P51911", "gene with protein product"],
    ["HGNC:2157", "CNN3", "calponin 3", "Approved", "", "", "Q15417", "gene with protein product"],
]


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with each table, most of them empty, and no supplement."""
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in TABLES:
        content = b"Entry\tname\n" if name == "kinases.tsv" else b""
        (folder / name).write_bytes(gzip.compress(content, mtime=0) if name.endswith(".gz") else content)
    lines = "".join("\t".join(row) + "\n" for row in HGNC)
    (folder / "hgnc.tsv.gz").write_bytes(gzip.compress(lines.encode(), mtime=86_400))
    with (folder / "famplex_relations.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["HGNC", "AKT1", "isa", "FPLX", "AKT"])
    (folder / "famplex_entities.csv").write_text("AKT\n", encoding="utf-8")
    added = tmp_path / "added"
    added.mkdir()
    (added / "supplement.tsv").write_text("Akt kinase\tfplx:AKT\t\t\tyes\n", encoding="utf-8")
    (added / "precision.tsv").write_text("# name\tmatches\tright\n", encoding="utf-8")
    (added / "common_words.txt.gz").write_bytes(gzip.compress(b"kinase\nset"))
    monkeypatch.setattr(lexicon_build, "find_build_data", lambda: added)
    return folder


def test_tables_become_a_lexicon(tables: Path, tmp_path: Path) -> None:
    build_lexicon(tables, tmp_path / "made")
    lexicon = get_lexicon(str(tmp_path / "made"))
    assert lexicon.lookup("AKT")[0].curie == "fplx:AKT"
    assert lexicon.lookup("Akt kinase")[0].status == "curated"
    assert lexicon.lookup("menin")[0].curie == "hgnc:7010"  # the only one of that name
    assert lexicon.lookup("calponin") == ()  # two genes have a number of that name
    assert [one.child for one in lexicon.find_children("fplx:AKT")] == ["hgnc:391"]


def test_the_same_tables_give_the_same_bytes(tables: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        build_lexicon(tables, tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert len(files) == 5
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_manifest_names_sources_and_invents_no_version(tables: Path, tmp_path: Path) -> None:
    build_lexicon(tables, tmp_path / "made")
    manifest = load_lexicon_manifest(str(tmp_path / "made"))
    assert manifest == json.loads((tmp_path / "made" / "manifest.json").read_text(encoding="utf-8"))
    rows = {row["file"]: row for row in manifest["tables"]}
    assert set(rows) == set(TABLES)
    hgnc = rows["hgnc.tsv.gz"]
    assert (hgnc["licence"], hgnc["version"], hgnc["packed"]) == ("CC0-1.0", None, "1970-01-02")
    assert hgnc["sha256"] == hashlib.sha256((tables / "hgnc.tsv.gz").read_bytes()).hexdigest()
    assert rows["kinases.tsv"]["packed"] is None
    assert all(row["licence"] and row["by"] for row in rows.values())


def test_missing_tables_are_all_named(tables: Path, tmp_path: Path) -> None:
    (tables / "hgnc.tsv.gz").unlink()
    (tables / "kinases.tsv").unlink()
    with pytest.raises(GroundingError, match=r"2 of 16 tables are not there: hgnc\.tsv\.gz, kinases\.tsv\."):
        build_lexicon(tables, tmp_path / "made")
    assert not (tmp_path / "made").exists()
