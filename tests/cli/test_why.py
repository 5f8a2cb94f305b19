from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from sigmine.cli.main import app

PAPER = "Insulin activates AKT. AKT does not phosphorylate TSC2 at Ser939.\n\nAKT and TSC2 are proteins.\n"


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "paper.txt"
    path.write_text(PAPER, encoding="utf-8")
    return path


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["why", *map(str, arguments)])


def test_rule_trigger_ways_sites_flags_and_near_rules_are_shown(paper: Path) -> None:
    result = call(f"{paper}:1")
    assert (result.exit_code, result.stderr) == (0, "")
    shown = result.stdout
    assert "phosphorylates(AKT, TSC2) S939  [" in shown
    assert "rule      phosphorylates/transitive_verb.active  belief 0.9" in shown
    assert "'{agent} {verb:s} {theme}.' in templates/transitive_verb.yml:" in shown
    assert 'trigger   "phosphorylate"' in shown
    assert "agent     AKT: phosphorylate >nsubj AKT; path ^ >subj" in shown
    assert 'site      S939 "Ser939": the rule\'s path' in shown
    assert "flags     negated (not)" in shown
    assert "nearly    phosphorylates/" in shown
    assert "nearly" not in call(f"{paper}:1", "--near", "0").stdout


def test_a_line_without_a_statement_is_no_error(paper: Path) -> None:
    result = call(f"{paper}:3")
    assert result.exit_code == 0
    assert "no statement" in result.stdout
    result = call(f"{paper}:2")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "the line is blank" in result.stderr


def test_json_gives_everything(paper: Path) -> None:
    [found] = json.loads(call(f"{paper}:1", "--json").stdout)
    [_, sentence] = found["sentences"]
    assert sentence["statements"][0]["negated"] == "not"
    assert sentence["statements"][0]["near"]


def test_the_id_of_a_line_is_found_in_an_extract(paper: Path) -> None:
    CliRunner().invoke(app, ["extract", str(paper), "-o", "paper.jsonl"])
    row = json.loads(Path("paper.jsonl").read_text(encoding="utf-8").splitlines()[0])
    result = call(row["id"], "--out", "paper.jsonl")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"[{row['id']}]" in result.stdout


@pytest.mark.parametrize(("target", "code", "message"), [
    ("paper.txt:9", 1, "there is no line 9; the file has 3 lines"),
    ("none.txt:1", 1, "none.txt: no such file"),
    ("0123456789abcdef", 1, "no output to look '0123456789abcdef' up in"),
    ("paper.txt", 2, "add the line"),
])  # fmt: skip
def test_a_wrong_target_is_told(paper: Path, target: str, code: int, message: str) -> None:
    result = call(target)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_a_file_alone_says_what_to_add(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    result = call(tmp_path / "a.pdf")
    assert result.exit_code == 2
    assert "add the page" in " ".join(result.stderr.replace("│", " ").split())
