from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation.builders import make_header, make_row, write_lines
from samples import make_mention
from sigmine.cli.main import app
from sigmine.model import Document, Evidence
from sigmine.model.json import evidence_to_json

TEXT = "AKT1 phosphorylates TSC2 at S939. MTOR inhibits TSC2."
DOCUMENT = Document("doc", TEXT)


def make_line(relation: str, subject: str, sentence: tuple[int, int], *, negated: bool = False) -> dict[str, object]:
    mention = make_mention(DOCUMENT, relation, subject, "TSC2", sentence=sentence, negated=negated)
    return evidence_to_json(Evidence("doc", "body", TEXT[slice(*sentence)], *sentence, mention), 0.8)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    first, second = make_line("phosphorylates", "AKT1", (0, 33)), make_line("inhibits", "MTOR", (34, 53))
    write_lines(tmp_path / "before.jsonl", first)
    denied = make_line("phosphorylates", "AKT1", (0, 33), negated=True)
    write_lines(tmp_path / "after" / "mentions.jsonl", denied, second)
    write_lines(tmp_path / "gold" / "doc.jsonl", make_header(), make_row())
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["compare", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_same_is_the_same(work: Path) -> None:
    assert run("before.jsonl", "before.jsonl") == (0, "statements: 1 before, 1 after, no difference.\n", "")


def test_differences_are_listed_and_counted(work: Path) -> None:
    code, shown, _ = run("before.jsonl", "after")
    assert code == 1
    assert "+ gained  doc:34-53  inhibits(MTOR, TSC2)  [inhibits/transitive_verb.active]" in shown
    assert "~ changed  doc:0-33  phosphorylates(AKT1, TSC2) negated" in shown
    assert "    negated: no -> yes\n    AKT1 phosphorylates TSC2 at S939.\n" in shown
    assert "statements: 1 before, 2 after:\n  gained  1\n  lost    0\n  changed 1\n" in shown


def test_gold_judges_each(work: Path) -> None:
    _, shown, _ = run("before.jsonl", "after", "--gold", "gold")
    assert "+ gained wrong  doc:34-53" in shown
    assert "gained  1 (1 wrong)" in shown
    assert "changed 1 (1 right)" in shown


def test_json_is_the_comparison(work: Path) -> None:
    code, shown, _ = run("after", "before.jsonl", "--json")
    rows = json.loads(shown)
    assert (code, rows["before"], rows["after"]) == (1, 2, 1)
    assert [one["kind"] for one in rows["differences"]] == ["changed", "lost"]


def test_documents_that_one_run_alone_read_are_named(work: Path) -> None:
    for folder, names in (("after", ["doc"]), ("third", ["doc", "more"])):
        (work / folder).mkdir(exist_ok=True)
        rows = {"documents": [{"document": name} for name in names]}
        (work / folder / "manifest.json").write_text(json.dumps(rows), encoding="utf-8")
    (work / "third" / "mentions.jsonl").write_bytes((work / "after" / "mentions.jsonl").read_bytes())
    code, _, told = run("after", "third")
    assert (code, told) == (0, "sigmine: only third has read more.\n")


@pytest.mark.parametrize("arguments", [("none", "after"), ("before.jsonl", "gold"), ("before.jsonl",)])
def test_wrong_usage_is_2(work: Path, arguments: tuple[str, ...]) -> None:
    code, shown, told = run(*arguments)
    assert (code, shown) == (2, "")
    assert told
