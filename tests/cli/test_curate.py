from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sigmine
from sigmine.cli.main import app
from sigmine.curation import open_curation
from sigmine.curation.journal import JOURNAL

TEXT = "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1. MTOR inhibits TSC2. AKT1 binds MTOR. AKT1 binds TSC2."
pytestmark = pytest.mark.usefixtures("fake_reading")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def curate(*arguments: str) -> tuple[int, str, str]:
    return run("curate", *arguments)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a text and ``out``, what was read of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.txt").write_text(TEXT)
    assert run("run", "note.txt", "--out", "out", "--quiet")[0] == 0
    return tmp_path


def fill_in(path: Path, **verdicts: dict[str, str]) -> None:
    """Changes the cells of the rows of a relation (``binds``), or of one with this object (``binds_TSC2``)."""
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    for row in rows:
        row |= verdicts.get(row["relation"], {}) | verdicts.get(f"{row['relation']}_{row['object']}", {})
    with path.open("w", encoding="utf-8") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def judged(work: Path) -> Path:
    """The same with decisions of ada, made in a table."""
    assert curate("queue", "out", "-o", "queue.tsv")[0] == 0
    fill_in(
        work / "queue.tsv",
        phosphorylates={"verdict": "accepted"},
        inhibits={"verdict": "rejected", "error": "polarity", "comment": "the other way"},
        binds_TSC2={"verdict": "corrected", "error": "wrong_relation", "relation": "inhibits"},
    )
    code, shown, _ = curate("import", "queue.tsv", "out", "--curator", "ada")
    assert (code, shown) == (0, f"{work / 'out-curation'}: 3 decisions added\n")
    return work


def test_the_queue_is_shown_written_and_for_programs(work: Path) -> None:
    code, shown, _ = curate("queue", "out", "-n", "3")
    assert code == 0
    assert len([line for line in shown.splitlines() if "MTOR" in line or "TSC2" in line]) >= 3
    rows = [json.loads(line) for line in curate("queue", "out", "--json")[1].splitlines()]
    assert len(rows) == 5
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert rows[0]["evidence_id"] == f"{rows[0]['evidence']['id']} {rows[0]['evidence']['evidence']['rule']}"
    assert len(curate("queue", "out", "--sample", "--json", "-n", "2")[1].splitlines()) == 2
    assert not (work / "out-curation").exists(), "looking writes nothing"


def test_what_is_decided_leaves_the_queue(judged: Path) -> None:
    rows = [json.loads(line) for line in curate("queue", "out", "--json")[1].splitlines()]
    assert sorted(row["evidence"]["relation"] for row in rows) == ["activates", "binds"]


def test_the_status_counts(judged: Path) -> None:
    code, shown, _ = curate("status", "out-curation")
    assert code == 0
    for words in ("accepted 1, rejected 1, corrected 1", "wrong_relation 1, polarity 1", "ada 3", "0.333"):
        assert words in shown
    row = json.loads(curate("status", "out-curation", "--json")[1])
    assert (row["total"]["right"], row["total"]["total"], row["agreement"]) == (1, 3, [])


def test_two_curators_in_folders_of_their_own(judged: Path) -> None:
    fill_in(judged / "queue.tsv", phosphorylates={"verdict": "rejected", "error": "site"})
    assert curate("import", "queue.tsv", "out", "--curator", "ben", "--decisions", "ben")[0] == 0
    code, shown, _ = curate("status", "out-curation", "ben")
    assert code == 0
    assert "ada, ben" in shown
    assert "they differ on 1 readings" in shown
    assert curate("import", "ben", "out")[1].endswith("3 decisions added\n")
    assert curate("import", "ben", "out")[1].endswith("0 decisions added, 3 were there already\n")
    assert json.loads(curate("status", "out-curation", "--json")[1])["agreement"][0]["items"] == 3


def test_importing_again_adds_nothing_and_a_change_is_one_decision(judged: Path) -> None:
    assert "0 decisions added, 3 were there already" in curate("import", "queue.tsv", "out", "--curator", "ada")[1]
    assert curate("table", "out", "-o", "decided.tsv")[0] == 0
    assert "0 decisions added" in curate("import", "decided.tsv", "out", "--curator", "eve")[1]
    fill_in(judged / "decided.tsv", phosphorylates={"verdict": "rejected", "error": "site"})
    assert ": 1 decisions added, 2 were there already" in curate("import", "decided.tsv", "out", "--curator", "eve")[1]
    decisions = open_curation("out-curation", curator="x").decisions()
    assert sorted((one.verdict, one.curator) for one in decisions) == [
        ("corrected", "ada"),
        ("rejected", "ada"),
        ("rejected", "ada"),
    ]


def test_problems_of_a_table_stop_it(judged: Path) -> None:
    before = (judged / "out-curation" / JOURNAL).read_bytes()
    fill_in(judged / "queue.tsv", activates={"verdict": "acepted"}, binds_MTOR={"verdict": "accepted"})
    code, _, told = curate("import", "queue.tsv", "out", "--curator", "ada")
    assert code == 1
    assert "nearest: 'accepted'" in told
    assert "1 problem; nothing was added" in told
    assert (judged / "out-curation" / JOURNAL).read_bytes() == before
    assert curate("import", "queue.tsv", "out")[0] == 2, "nobody said who decides"


def test_gold_is_what_evaluate_and_query_take(judged: Path) -> None:
    code, shown, _ = curate("gold", "out-curation", "-o", "judged")
    assert (code, shown) == (0, "note: 2 right, 2 wrong\n")
    assert "2 statements and 2 rejected readings of 1 documents: no problem" in run("gold", "check", "judged")[1]
    assert "readings that curators judged" in run("gold", "stats", "judged")[1]
    code, shown, _ = run("evaluate", "--gold", "judged", "out", "--extended", "--no-why")
    assert code == 0
    assert "accepted 1 of 1 found, corrected 0 of 1 found, rejected 2 of 2 read" in shown
    assert "2 predictions that nobody judged are left out; no recall" in shown
    row = json.loads(run("evaluate", "--gold", "judged", "out", "--extended", "--json")[1])
    assert (row["scope"], row["total"]["micro"]["precision"], row["total"]["micro"]["recall"]) == (
        "judged",
        0.3333,
        None,
    )
    code, _, told = run("query", "out", "--precision", "0.9", "--gold", "judged")
    assert (code, "too few statements are judged" in " ".join(told.split())) == (2, True)


@pytest.mark.usefixtures("no_plots")
def test_decisions_are_gold_without_being_written_as_such(judged: Path) -> None:
    assert curate("gold", "out-curation", "-o", "gold")[0] == 0
    for command in (
        ("evaluate", "out", "--all-gold", "--extended", "--json"),
        ("rules", "report", "out", "--json"),
        ("gold", "stats"),
    ):
        gold = ["--gold"] if command[0] != "gold" else []
        of_files, of_decisions = (run(*command, *gold, folder) for folder in ("gold", "out-curation"))
        assert of_files[0] == of_decisions[0] == 0
        assert of_files[1] == of_decisions[1]


def test_a_folder_whose_decisions_are_all_taken_back_is_no_gold(judged: Path) -> None:
    for _ in range(3):
        assert curate("undo", "out-curation", "--curator", "ada")[0] == 0
    code, _, told = run("evaluate", "out", "--gold", "out-curation")
    assert code == 2
    assert "no decision there is gold" in told


def test_the_page_says_what_was_judged(judged: Path) -> None:
    assert curate("gold", "out-curation", "-o", "judged")[0] == 0
    assert run("evaluate", "--gold", "judged", "out", "--extended", "--report", "page.html", "--no-why")[0] == 0
    page = (judged / "page.html").read_text(encoding="utf-8")
    assert "1 of 1 accepted readings" in page
    assert "There is no recall and no F1" in page


def test_what_needs_gold_of_whole_documents_says_so(judged: Path) -> None:
    assert curate("gold", "out-curation", "-o", "judged")[0] == 0
    for arguments in (
        ("evaluate", "--gold", "judged", "out", "--min-f1", "0.5"),
        ("evaluate", "--gold", "judged", "out", "--level", "document"),
        ("gold", "agree", "judged", "judged"),
        ("gold", "export", "judged", "-o", "judged.tsv"),
    ):
        code, _, told = run(*arguments)
        assert code == 2, arguments
        assert "judge" in told


def test_applying_writes_a_folder_with_the_beliefs_that_follow(judged: Path) -> None:
    before = (judged / "out" / "statements.jsonl").read_bytes()
    code, _, told = curate("apply", "out")
    assert code == 0
    assert "3 decisions applied" in told
    assert (judged / "out" / "statements.jsonl").read_bytes() == before
    with sigmine.open("out-curated") as known:
        found = list(known.statements())
    beliefs = {(one.relation, *sorted((one.subject.name, one.object.name))): one.belief for one in found if one.subject}
    assert beliefs["phosphorylates", "AKT1", "TSC2"] == 0.99
    assert beliefs["binds", "AKT1", "TSC2"] < 0.02
    assert beliefs["inhibits", "MTOR", "TSC2"] < 0.02
    assert beliefs["inhibits", "AKT1", "TSC2"] == 0.99, "what a correction says is added"
    manifest = json.loads((judged / "out-curated" / "manifest.json").read_text())
    assert (manifest["curation"]["decisions"], manifest["curation"]["curators"]) == (3, ["ada"])
    first = (judged / "out-curated" / "mentions.jsonl").read_bytes()
    assert curate("apply", "out")[0] == 0, "it may be written again"
    assert (judged / "out-curated" / "mentions.jsonl").read_bytes() == first
    code, _, told = curate("apply", "out-curated", "--decisions", "out-curation", "-o", "twice")
    assert (code, "follows decisions already" in told) == (1, True)
    assert curate("apply", "out", "-o", "out")[0] == 2


def test_undo_by_command(judged: Path) -> None:
    assert "taken back: " in curate("undo", "out-curation", "--curator", "ada")[1]
    assert len(open_curation("out-curation", curator="x").decisions()) == 2
    assert curate("undo", "out-curation", "--curator", "ben")[0] == 2


def test_a_line_that_a_crash_left_is_told(judged: Path) -> None:
    with (judged / "out-curation" / JOURNAL).open("ab") as file:
        file.write(b'{"v": 1, "deci')
    assert "was cut off (14 bytes after line 3)" in curate("status", "out-curation")[2]
    assert curate("status", "out-curation")[2] == ""


def test_a_folder_without_decisions_is_named(work: Path) -> None:
    for arguments in (("status", "out-curation"), ("gold", "none", "-o", "x"), ("apply", "out"), ("table", "out")):
        code, _, told = curate(*arguments)
        assert code == 2, arguments
        assert "decisions.jsonl" in told
