from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from evaluation.builders import make_header, make_row, write_lines
from samples import make_mention
from sigmine.cli.evaluate import evaluate
from sigmine.model import Document, Evidence
from sigmine.model.json import evidence_to_json

TEXT = "AKT1 phosphorylates TSC2 at S939. MTOR inhibits TSC2."
DOCUMENT = Document("doc", TEXT)
OTHER = {
    "id": "doc-2", "relation": "inhibits", "sites": [], "sentence": [34, 53], "split": "test",
    "subject": {"start": 34, "end": 38, "name": "MTOR", "type": "PROTEIN", "curie": None},
    "object": {"start": 48, "end": 52, "name": "TSC2", "type": "PROTEIN", "curie": None},
}  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "gold" / "doc.jsonl", make_header(), make_row(), make_row(**OTHER))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    rows = []
    for relation, subject, sentence in (("phosphorylates", "AKT1", (0, 33)), ("activates", "MTOR", (34, 53))):
        mention = make_mention(DOCUMENT, relation, subject, "TSC2", sentence=sentence)
        rows.append(evidence_to_json(Evidence("doc", "body", TEXT[slice(*sentence)], *sentence, mention), 0.8))
    write_lines(tmp_path / "out" / "mentions.jsonl", *rows)
    return tmp_path / "out"


def run(*args: object) -> tuple[int, str, str]:
    app = typer.Typer()
    app.command()(evaluate)
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    return result.exit_code, result.stdout, result.stderr


def test_each_split_and_the_total_have_a_table(gold: Path, out: Path) -> None:
    code, shown, _ = run("--gold", gold, out)
    assert code == 0
    titles = [line for line in shown.splitlines() if "core statements, level relaxed" in line]
    assert [title.split(":")[0] for title in titles] == ["dev", "test", "total"]
    (micro,) = {line for line in shown.split("total:")[1].splitlines() if line.strip().startswith("all statements")}
    assert micro.split()[2:6] == ["1", "1", "1", "0.500"]


def test_json_is_the_report(gold: Path, out: Path) -> None:
    code, shown, _ = run("--gold", gold, out, "--json", "--level", "strict")
    report = json.loads(shown)
    assert code == 0
    assert (report["level"], report["core"]) == ("strict", True)
    assert [split["micro"]["tp"] for split in report["splits"]] == [1, 0]
    assert "findings" not in report["total"]


def test_errors_are_listed_with_place_and_sentence(gold: Path, out: Path) -> None:
    _, shown, _ = run("--gold", gold, out, "--errors")
    assert "doc:34-53 body test  missed/polarity  inhibits(MTOR, TSC2) doc-2" in shown
    assert "doc:34-53 body test  false_alarm/polarity  activates(MTOR, TSC2)" in shown
    assert "doc:0-34 body dev  flaw/site  phosphorylates(AKT1, TSC2) at S939 (predicted: none) doc-1" in shown
    assert "    MTOR inhibits TSC2." in shown


def test_a_split_is_shown_alone(gold: Path, out: Path) -> None:
    code, shown, _ = run("--gold", gold, out, "--split", "test", "--errors")
    assert code == 0
    titles = [line for line in shown.splitlines() if "core statements, level relaxed" in line]
    assert [title.split(":")[0] for title in titles] == ["test"]
    assert "missed/polarity" in shown
    assert "doc-1" not in shown
    report = json.loads(run("--gold", gold, out, "--split", "test", "--json")[1])
    assert [split["name"] for split in report["splits"]] == ["test"]
    assert "total" not in report
    # dev is right altogether, test is wrong
    assert run("--gold", gold, out, "--split", "dev", "--min-f1", "1")[0] == 0
    assert run("--gold", gold, out, "--split", "test", "--min-f1", "0.1")[0] == 1


def test_a_split_that_the_gold_does_not_have_is_wrong_usage(gold: Path, out: Path) -> None:
    write_lines(gold, make_header(), make_row())
    code, shown, told = run("--gold", gold, out, "--split", "test")
    assert (code, shown) == (2, "")
    assert "no statement of the split 'test'" in told
    assert "it has: dev" in told


def test_beliefs_steps_and_hard_classes_are_shown(gold: Path, out: Path) -> None:
    _, shown, _ = run("--gold", gold, out, "--split", "all")
    total = shown.split("total:")[1]
    # beliefs of 0.8, one right and one wrong: (0.04 + 0.64) / 2; precision 1/2 up to recall 1/2
    assert "Brier score 0.340 (all alike: 0.250), average precision 0.250" in total
    rows = {line[:31].strip(): line.split()[-9:] for line in total.splitlines()}
    assert "pairs, any relation" in rows
    assert "errors: polarity 2" in total
    assert "flaws of right statements: site 1" in total


def test_a_low_f1_fails(gold: Path, out: Path) -> None:
    assert run("--gold", gold, out, "--min-f1", "0.5")[0] == 0
    code, _, told = run("--gold", gold, out, "--min-f1", "0.6")
    assert code == 1
    assert "F1 is 0.500, below 0.6" in told


def test_a_relation_confines_the_score(gold: Path, out: Path) -> None:
    code, _, _ = run("--gold", gold, out, "--relation", "phosphorylates", "--min-f1", "1")
    assert code == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--relation", "activate"], "'activates'"),
        (["--relation", "binds"], "--extended"),
        (["--level", "loose"], "'loose'"),
        (["--min-f1", "2"], "--min-f1"),
    ],
)
def test_wrong_usage_is_refused(gold: Path, out: Path, args: list[str], message: str) -> None:
    code, _, told = run("--gold", gold, out, *args)
    assert code == 2
    assert message in told


def test_wrong_files_are_wrong_usage(gold: Path, out: Path, tmp_path: Path) -> None:
    bad = write_lines(tmp_path / "bad.jsonl", make_header(), make_row(relation="phosphorilates"))
    code, _, told = run("--gold", bad, out)
    assert code == 2
    assert "bad.jsonl:2: unknown relation 'phosphorilates'; nearest: 'phosphorylates'" in told
    assert run("--gold", gold, tmp_path / "absent")[0] == 2
    assert run(out)[0] == 2


def add_gold(gold: Path, *names: str) -> None:
    """A gold document of one statement for each name, beside the gold."""
    for name in names:
        header = make_header(document=name, file=f"{name}.txt")
        write_lines(gold.with_name(f"{name}.jsonl"), header, make_row(id=f"{name}-1"))


def write_manifest(out: Path, *documents: str) -> None:
    rows = [{"document": name, "file": f"{name}.txt", "sha256": None} for name in documents]
    write_lines(out / "manifest.json", {"program": "sigmine", "documents": rows, "failures": []})


def count_missed(shown: str) -> int:
    return int(json.loads(shown)["total"]["micro"]["fn"])


def test_a_run_is_scored_on_what_it_read(gold: Path, out: Path) -> None:
    add_gold(gold, "silent", "unread")
    write_manifest(out, "doc", "silent", "elsewhere")
    code, shown, told = run("--gold", gold.parent, out, "--json")
    assert (code, count_missed(shown)) == (0, 2)  # one of doc, and silent was read but gave nothing
    assert json.loads(shown)["documents"] == ["doc", "silent"]
    assert told.count("\n") == 1
    assert "the run did not read them: unread (" in told


def test_a_file_is_scored_on_documents_with_predictions(gold: Path, out: Path) -> None:
    add_gold(gold, "one", "two")
    write_manifest(out, "doc", "one")  # of no concern: a file is given, not the folder
    code, shown, told = run("--gold", gold.parent, out / "mentions.jsonl", "--json")
    assert (code, count_missed(shown)) == (0, 1)
    assert told.count("\n") == 1
    assert "there is no prediction for them: one, two (" in told


@pytest.mark.parametrize("has_manifest", [True, False])
def test_all_gold_counts_what_was_not_read(gold: Path, out: Path, has_manifest: bool) -> None:
    add_gold(gold, "unread")
    if has_manifest:
        write_manifest(out, "doc")
    code, shown, told = run("--gold", gold.parent, out, "--json", "--all-gold")
    assert (code, count_missed(shown), told) == (0, 2, "")


def test_nothing_to_score_is_wrong_usage(gold: Path, out: Path) -> None:
    (out / "mentions.jsonl").write_text("")
    code, shown, told = run("--gold", gold, out)
    assert (code, shown) == (2, "")
    assert "there is no prediction for them: doc (--all-gold" in told
    assert "Nothing to score" in told


def test_a_manifest_without_documents_is_refused(gold: Path, out: Path) -> None:
    write_lines(out / "manifest.json", {"program": "sigmine"})
    code, _, told = run("--gold", gold, out)
    assert code == 2
    assert "does not say which documents were read" in told


def test_predictions_without_gold_are_told(gold: Path, out: Path) -> None:
    rows = (out / "mentions.jsonl").read_text()
    (out / "mentions.jsonl").write_text(rows + rows.replace('"document": "doc"', '"document": "other"'))
    code, _, told = run("--gold", gold, out)
    assert code == 0
    assert "the gold does not have them: other (1 in all)" in told
