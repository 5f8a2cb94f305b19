from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from sigmine.cli.citations import citations
from sigmine.cli.main import app as whole
from sigmine.store import open_store
from store.builders import make_statements

app = typer.Typer()
app.command()(citations)


def ask(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [str(out), *arguments])


def test_papers_with_their_statements(out: Path) -> None:
    result = ask(out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "A made-up title" in result.stdout
    assert "pubmed:12345" in result.stdout
    assert "AKT1 phosphorylates TSC2 at S939" in result.stdout


def test_one_paper_shows_its_sentences(out: Path) -> None:
    result = ask(out, "--paper", "12345")
    assert "In our hands AKT1 phosphorylates TSC2 at S939 [7]." in result.stdout
    assert "doi:" not in result.stdout


def test_json_lines(out: Path) -> None:
    rows = [json.loads(line) for line in ask(out, "--json").stdout.splitlines()]
    assert {row["id"] for row in rows} >= {"pubmed:12345"}
    assert all(row["statements"] for row in rows)


def test_bibtex_goes_to_the_file(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "papers.bib"
    result = ask(out, "--bibtex", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "pmid = {12345}" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("arguments", [("--paper", "999999"), ("--paper", "10.1/none")])
def test_a_paper_that_nothing_cites(out: Path, arguments: tuple[str, ...]) -> None:
    result = ask(out, *arguments)
    assert result.exit_code == 1
    assert arguments[1] in result.stderr


def test_a_run_without_citations_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "store") as store:
        store.write_statements(statement for statement in make_statements() if statement.relation == "binds")
    result = ask(tmp_path)
    assert result.exit_code == 0
    assert "no statement cites a paper" in result.stderr


def test_no_output_folder_is_wrong_usage(tmp_path: Path) -> None:
    assert ask(tmp_path / "none").exit_code == 2


def test_it_is_a_command_of_sigmine() -> None:
    assert CliRunner().invoke(whole, ["citations", "--help"]).exit_code == 0
