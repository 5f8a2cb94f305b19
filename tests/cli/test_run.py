from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grounding.sequences import write_fasta
from sigmine.cli.main import app

TEXT = "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1. MTOR inhibits [x]Y."
pytestmark = pytest.mark.usefixtures("fake_reading")


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_summary_can_be_read(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(note), "--out", str(tmp_path / "out")])
    assert (result.exit_code, result.stderr) == (0, "")
    for words in ("documents", "Statements by relation", "phosphorylates", "Most connected molecules", "MTOR", "Took"):
        assert words in result.stdout
    assert str(tmp_path / "out") in result.stdout
    assert "failed" not in result.stdout


def test_what_failed_is_named(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(note), str(tmp_path / "none.pdf"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "failed" in result.stdout
    assert result.stderr == f"sigmine: could not read {tmp_path / 'none.pdf'}: no such file or folder.\n"


def test_quiet_says_nothing_where_all_went_well(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(note), "--out", str(tmp_path / "out"), "--quiet"])
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "out" / "statements.jsonl").exists()


def test_json_is_the_summary_for_programs(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(note), "--out", str(tmp_path / "out"), "--json"])
    summary = json.loads(result.stdout)
    assert summary["counts"]["relations"] == {"activates": 1, "phosphorylates": 1}
    assert summary["molecules"][0]["partners"] == 1
    assert "manifest.json" in summary["files"]


def test_a_folder_of_the_user_is_refused(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(note), "--out", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "sigmine did not write" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = CliRunner().invoke(app, ["run", str(tmp_path / "empty"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "Nothing was read" in result.stderr
    assert not (tmp_path / "out").exists()


def test_residues_that_cannot_be_are_told_of(tmp_path: Path) -> None:
    note, out = tmp_path / "note.txt", tmp_path / "out"
    note.write_text("MTOR phosphorylates AKT1 at S473. MTOR phosphorylates AKT1 at S999. MTOR binds TSC2.")
    proteome = write_fasta(tmp_path / "human.fasta.gz")
    result = CliRunner().invoke(app, ["run", str(note), "--out", str(out), "--proteome", str(proteome)])
    assert result.exit_code == 0
    assert result.stderr == (
        "sigmine: 2 of 2 residues of statements checked, 1 impossible; "
        f"see them with `sigmine query {out} --site-status impossible`.\n"
    )
    shown = CliRunner().invoke(app, ["query", str(out), "--site-status", "impossible"])
    assert "S999" in shown.stdout
    assert "S473" not in shown.stdout


def test_a_proteome_that_is_not_there_is_wrong_usage(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(note), "--proteome", str(tmp_path / "none.fasta")])
    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)


def test_a_proteome_that_is_none_is_told(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["run", str(note), "--out", str(tmp_path / "out"), "--proteome", str(note)])
    assert result.exit_code == 1
    assert "is no FASTA file: line 1" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_without_a_proteome_nothing_is_said_of_residues_that_the_map_knows(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("MTOR phosphorylates RPS6KB1 at T389.")
    assert CliRunner().invoke(app, ["run", str(note), "--out", str(tmp_path / "out")]).stderr == ""
    result = CliRunner().invoke(
        app, ["run", str(note), "--out", str(tmp_path / "out"), "--proteome", str(write_fasta(tmp_path / "a.fasta"))]
    )
    assert result.stderr == "sigmine: 1 of 1 residues of statements checked, 0 impossible.\n"
