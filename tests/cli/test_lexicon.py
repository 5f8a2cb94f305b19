from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sigmine.cli.main import app


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["lexicon", *args])


def test_info_names_sources_licences_and_counts() -> None:
    result = run("info")
    assert (result.exit_code, result.stderr) == (0, "")
    for word in ("HGNC", "FamPlex", "ChEBI", "CC0-1.0", "CC-BY-4.0", "not known", "PROTEIN", "names by source"):
        assert word in result.stdout
    manifest = json.loads(run("info", "--json").stdout)
    assert all(row["sha256"] and row["licence"] for row in manifest["tables"])


def test_lookup_shows_candidates_reasons_and_relatives() -> None:
    result = run("lookup", "AKT")
    assert (result.exit_code, result.stderr) == (0, "")
    chosen = next(line for line in result.stdout.splitlines() if "fplx:AKT" in line)
    assert chosen.split()[0] == "*"
    assert "AKT holds AKT1 (isa), AKT2 (isa), AKT3 (isa)" in result.stdout
    found = json.loads(run("lookup", "PAP", "--type", "protein", "--json").stdout)
    assert not any(one["chosen"] for one in found["candidates"])
    assert len(found["candidates"]) > 1
    assert all(one["reasons"] for one in found["candidates"])


def test_lookup_of_what_nobody_knows() -> None:
    result = run("lookup", "Zyxo4")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "'Zyxo4' is not in the lexicon" in result.stderr


def test_lookup_takes_own_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("Zyxo4\thgnc:391\nAKT\t-\n", encoding="utf-8")
    found = json.loads(run("lookup", "Zyxo4", "--lexicon", str(path), "--json").stdout)
    assert [(one["curie"], one["source"], one["chosen"]) for one in found["candidates"]] == [("hgnc:391", "own", True)]
    assert run("lookup", "AKT", "--lexicon", str(path)).exit_code == 1
    info = json.loads(run("info", "--lexicon", str(path), "--json").stdout)
    assert info["own"] == {"file": str(path), "names": 1, "never": 1}


@pytest.mark.parametrize("args", [("lookup", "AKT", "--type", "THING"), ("lookup", "AKT", "--lexicon", "none.tsv")])
def test_wrong_usage(args: tuple[str, ...]) -> None:
    assert run(*args).exit_code == 2


def test_problems_of_a_table_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text("A1\tfoo:1\nB1\n", encoding="utf-8")
    result = run("lookup", "AKT", "--lexicon", str(path))
    assert result.exit_code == 1
    assert "2 problems" in result.stderr


def test_build_says_what_is_missing(tmp_path: Path) -> None:
    result = run("build", str(tmp_path), "-o", str(tmp_path / "made"))
    assert result.exit_code == 1
    assert "hgnc.tsv.gz" in result.stderr
