from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation.builders import make_header, make_row, write_lines
from sigmine.cli.main import app

TEXT = "AKT1 phosphorylates TSC2 at Ser939. MTOR inhibits TSC2.\n"
RULE = "phosphorylates/transitive_verb.active"


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A text, its gold (the first statement only) and what ``sigmine extract`` makes of it."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "doc.txt").write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    write_lines(folder / "gold" / "doc.jsonl", make_header(sha256=digest), make_row(split="dev"))
    result = CliRunner().invoke(app, ["extract", str(folder / "doc.txt"), "-o", str(folder / "doc.jsonl")])
    assert result.exit_code == 0
    return folder


def run(work: Path, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    monkeypatch.chdir(work)
    result = CliRunner().invoke(app, ["rules", "report", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_each_rule_has_a_row(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, shown, told = run(work, "--gold", "gold", "doc.jsonl", monkeypatch=monkeypatch)
    assert (code, told) == (0, "")
    assert "all splits: core statements, 1 in the gold" in shown
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if "/" in line}
    assert rows[RULE] == ["1", "1", "1.000", "(0.21-1.00)", "1.000", "0", "0.000", "1"]
    assert rows["inhibits/transitive_verb.active"][:2] == ["1", "0"]


def test_examples_show_their_sentence(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, shown, _ = run(work, "--gold", "gold", "doc.jsonl", "--examples", "1", "--no-overlap", monkeypatch=monkeypatch)
    assert "  right  doc:0-35  phosphorylates(AKT1, TSC2) S939  " in shown
    assert "         AKT1 phosphorylates TSC2 at Ser939." in shown
    assert "  wrong  doc:36-55  inhibits(MTOR, TSC2)  " in shown


def test_json_and_split(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("--gold", "gold", "doc.jsonl", "--no-overlap", "--json", "--split", "dev")
    report = json.loads(run(work, *arguments, monkeypatch=monkeypatch)[1])
    assert (report["split"], report["gold"], report["rules"][0]["rule"]) == ("dev", 1, RULE)
    assert report["rules"][0]["overlap"] is None


def test_without_the_text_there_is_no_overlap(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "doc.jsonl").write_bytes((work / "doc.jsonl").read_bytes())
    write_lines(tmp_path / "gold" / "doc.jsonl", make_header(sha256="1" * 64), make_row())
    code, shown, told = run(tmp_path, "--gold", "gold", "doc.jsonl", monkeypatch=monkeypatch)
    assert code == 0
    assert told == "sigmine: no overlap, because the text is not here: doc. Name the files with --texts.\n"
    assert RULE in shown


def test_another_text_gives_no_overlap(work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "doc.txt").write_text("JAK2 activates STAT3.\n", encoding="utf-8")
    arguments = ("--gold", "gold", "doc.jsonl", "--texts", str(tmp_path / "doc.txt"), "--json")
    code, shown, told = run(work, *arguments, monkeypatch=monkeypatch)
    assert code == 0
    assert "the texts are not those that the gold was made on: doc." in told
    assert json.loads(shown)["rules"][0]["unique"] is None


def test_wrong_usage_is_2(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, told = run(work, "--gold", "none", "doc.jsonl", monkeypatch=monkeypatch)
    assert (code, told.startswith("sigmine: none: no such file or folder")) == (2, True)
    code, _, told = run(work, "--gold", "gold", monkeypatch=monkeypatch)
    assert code == 2
    assert "sigmine-out" in told
