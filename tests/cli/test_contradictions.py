from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cli.assembled import write_run
from sigmine.cli.contradictions import contradictions

app = typer.Typer()
app.command()(contradictions)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("run"))


def ask(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [str(out), *arguments])


def test_both_sentences_are_shown_the_strongest_contradiction_first(run: Path) -> None:
    result = ask(run)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "1. opposed, in different documents; belief of the weaker side 0.80"
    assert {line.strip() for line in lines[1:5]} >= {
        "beta: TSC2 activates MTOR [7].",
        "alpha: TSC2 inhibits MTOR.",
    }
    assert lines[5] == "2. stated and denied, in one document; belief of the weaker side 0.40"
    assert lines[6].startswith("   denied: RHEB inhibits MTOR  0.80  0, 1 against  [")
    assert lines[8].startswith("   RHEB inhibits MTOR  0.40  1  [")


def test_json_has_both_sides_with_all_evidence(run: Path) -> None:
    first, second = map(json.loads, ask(run, "--json").stdout.splitlines())
    assert (first["kind"], first["scope"], second["kind"]) == ("polarity", "documents", "denial")
    assert {side["relation"] for side in first["sides"]} == {"activates", "inhibits"}
    assert [side["denies"] for side in second["sides"]] == [True, False]
    assert second["sides"][0]["id"] == second["sides"][1]["id"]
    assert [side["evidence"][0]["evidence"]["document"] for side in second["sides"]] == ["alpha", "alpha"]


def test_what_is_asked_for_can_be_less(run: Path) -> None:
    assert len(ask(run, "--json", "--min-belief", "0.5").stdout.splitlines()) == 1
    assert len(ask(run, "--json", "--relation", "activates").stdout.splitlines()) == 1
    limited = ask(run, "--json", "--limit", "1")
    assert (len(limited.stdout.splitlines()), limited.stderr) == (1, "sigmine: 1 more.\n")
    none = ask(run, "--relation", "binds")
    assert (none.exit_code, none.stdout, none.stderr) == (0, "", "sigmine: no contradiction.\n")
