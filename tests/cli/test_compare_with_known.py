from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from known.builders import HEAD, make_signor
from sigmine.cli.main import app
from sigmine.model.json import statement_to_json
from store.builders import ACTIVE, DENIED, FORMULA, PLAIN, make_statements

LINES = (
    HEAD,
    make_signor("AKT1", "TSC2", "down-regulates activity", "phosphorylation", "Ser939", PMID="12150915"),
    make_signor("AKT1", "TSC2", "down-regulates activity", "cleavage"),
    "a row\tcut short",
    make_signor("RHEB", "MTOR", "down-regulates", TYPEA="protein"),
    make_signor("AKT1", "someone", "up-regulates"),
    make_signor("MTOR", "TSC2", "up-regulates"),
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    lines = [json.dumps(statement_to_json(one)) for one in make_statements(PLAIN, ACTIVE, DENIED, FORMULA)]
    (tmp_path / "out" / "statements.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "known.tsv").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["compare", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_counts_and_what_could_not_be_read(work: Path) -> None:
    code, shown, told = run("out", "--with", "known.tsv")
    assert code == 0
    assert told == "sigmine: known.tsv:4: 2 cells; the columns up to EFFECT take 9.\n"
    assert "known.tsv, signor: 6 rows, 6 claims; in 1 row something could not be read" in shown
    assert "no relation of ours: mechanism 'cleavage' (1)" in shown
    assert "name alone: someone (1)" in shown
    rows = {line.split()[0]: line.split()[1:] for line in shown.splitlines() if line.startswith("  ") and line.split()}
    assert rows["phosphorylates"] == ["1", "1", "0", "0", "0", "1", "0", "0"]
    assert rows["activates"] == ["2", "0", "0", "1", "1", "2", "1", "2"]
    assert rows["all"] == ["4", "1", "0", "2", "1", "5", "2", "3"]
    assert "conflicting: opposite 1, denied by us 1" in shown


def test_lists_show_our_sentence_and_their_row(work: Path) -> None:
    _, shown, _ = run("out", "--with", "known.tsv", "--show", "known", "--show", "missed", "--limit", "1")
    assert "known: 1\n  AKT1 phosphorylates TSC2 at S939  0." in shown
    assert "alpha: In our hands AKT1 phosphorylates TSC2 at S939 [7].\n" in shown
    assert (
        "= AKT1 phosphorylates TSC2 at S939  (phosphorylation, down-regulates activity)  known.tsv:2 pubmed:1215"
        in shown
    )
    assert (
        "missed: 2, the first 1\n  AKT1 inhibits TSC2  (phosphorylation, down-regulates activity)  known.tsv:2" in shown
    )
    _, shown, _ = run("out", "--with", "known.tsv", "--show", "missed", "--anywhere")
    assert "AKT1 activates someone" in shown


def test_json_has_everything(work: Path) -> None:
    _, shown, _ = run("out", "--with", "known.tsv", "--json", "--min-belief", "0.1")
    result = json.loads(shown)
    assert (result["format"], result["rows"], result["malformed"][0]["place"]) == ("signor", 6, 4)
    assert {one["class"] for one in result["findings"]} == {"known", "conflicting", "new", "missed"}
    known = next(one for one in result["findings"] if one["class"] == "known")
    assert (known["ours"]["site"], known["theirs"][0]["place"]) == ("S939", 2)
    _, shown, _ = run("out", "--with", "known.tsv", "--json", "--show", "known")
    assert [one["class"] for one in json.loads(shown)["findings"]] == ["known"]


def test_the_table_has_a_row_for_each(work: Path) -> None:
    assert run("out", "--with", "known.tsv", "-o", "all.tsv", "--relation", "activates")[0] == 0
    with (work / "all.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert [(row["class"], row["why"], row["in_output"]) for row in rows] == [
        ("new", "", "yes"), ("conflicting", "opposite", "yes"), ("missed", "", "no"), ("missed", "", "yes"),
    ]  # fmt: skip
    assert rows[0]["subject"] == "'=HYPERLINK(1)"
    assert (rows[1]["sentence"], rows[1]["their_lines"], rows[1]["their_relation"]) == (
        "RHEB activates MTOR.",
        "5",
        "inhibits",
    )


def test_an_output_is_known_to_itself(work: Path) -> None:
    _, shown, _ = run("out", "--with", "out", "--json")
    counts = json.loads(shown)["counts"]
    assert sum(count["known"] for count in counts) == sum(count["ours"] for count in counts) == 4
    assert not any(count["missed_anywhere"] for count in counts)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("out", "--with", "none.tsv"), "none.tsv: cannot be read"),
        (("none", "--with", "known.tsv"), "none: cannot be read"),
        (("out", "out", "--with", "known.tsv"), "--with takes one output"),
        (("out", "--with", "known.tsv", "--with-format", "sbml"), "signor, causaltab, indra, sif, sigmine"),
        (("out", "--with", "known.tsv", "--show", "nothing"), "known, refined, conflicting, new, missed"),
        (("out", "--with", "known.tsv", "--relation", "likes"), "there is no relation 'likes'"),
        (("out", "out", "--show", "new"), "need --with FILE"),
        (("out",), "name a second output"),
    ],
)
def test_wrong_usage_is_2(work: Path, arguments: tuple[str, ...], words: str) -> None:
    code, shown, told = run(*arguments)
    assert (code, shown) == (2, "")
    assert words in " ".join(told.replace("│", " ").split())
