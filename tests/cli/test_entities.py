from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grounding.sequences import write_fasta
from sigmine.cli.main import app

pytestmark = pytest.mark.usefixtures("fake_reading")


def test_each_mention_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("AKT1 phosphorylates TSC2. PKCβ activates MTOR.", encoding="utf-8")
    result = CliRunner().invoke(app, ["entities", str(path)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "note: 4 mentions" in result.stdout
    assert [line.split()[0] for line in result.stdout.splitlines()[4:8]] == ["AKT1", "TSC2", "PKCβ", "MTOR"]
    assert "hgnc:391" in result.stdout


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["entities", str(tmp_path / "none.txt")])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "none.txt" in result.stderr


def test_json_has_a_line_for_each_mention(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("AKT1 phosphorylates TSC2.", encoding="utf-8")
    result = CliRunner().invoke(app, ["entities", str(path), "--json"])
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["document"], row["text"], row["start"], row["end"]) for row in rows] == [
        ("note", "AKT1", 0, 4),
        ("note", "TSC2", 20, 24),
    ]
    assert rows[0]["type"] == "PROTEIN"
    assert rows[0]["curie"] == "hgnc:391"


def test_the_page_escapes_text_and_title(tmp_path: Path) -> None:
    path = tmp_path / "a<b>.txt"
    path.write_text("<script>alert(1)</script> AKT1 phosphorylates TSC2.", encoding="utf-8")
    page = tmp_path / "page.html"
    result = CliRunner().invoke(app, ["entities", str(path), "--html", "-o", str(page)])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    html = page.read_text(encoding="utf-8")
    assert "<script>" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html
    assert html.count("<mark") == 1 + 2  # the legend, and the text
    assert 'charset="utf-8"' in html


def test_a_file_that_cannot_be_read_leaves_a_page_without_it(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["entities", str(tmp_path / "none.txt"), "--html"])
    assert result.exit_code == 1
    assert "<mark" not in result.stdout
    assert "none.txt" in result.stderr


def test_two_forms_at_once_are_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["entities", str(tmp_path / "a.txt"), "--html", "--json"])
    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_a_broken_line_is_told_once_and_costs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    good = [json.dumps({"id": f"n{number}", "text": "AKT1 phosphorylates TSC2."}) for number in range(2)]
    path.write_text("\n".join([good[0], "{", "[", good[1]]) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["entities", str(path), "--json"])
    assert result.exit_code == 1
    assert [json.loads(line)["document"] for line in result.stdout.splitlines()] == ["n0", "n0", "n1", "n1"]
    assert len(result.stderr.splitlines()) == 2


def test_a_residue_that_a_statement_has_shows_what_is_known_of_it(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("MTOR phosphorylates RPS6KB1 at T389.", encoding="utf-8")
    arguments = ["entities", str(path), "--proteome", str(write_fasta(tmp_path / "human.fasta"))]
    row = json.loads(CliRunner().invoke(app, [*arguments, "--json"]).stdout.splitlines()[-1])
    assert (row["type"], row["name"], row["status"], row["reference"]) == ("SITE", "T389", "curated", "T412")
    line = CliRunner().invoke(app, arguments).stdout.splitlines()[6]
    assert line.split() == ["T389", "31", "35", "SITE", "curated", "T389", "T412"]
