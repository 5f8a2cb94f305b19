from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from cli.assembled import list_statements, write_run
from sigmine.assembly.triples import make_label
from sigmine.cli.refinements import refinements

app = typer.Typer()
app.command()(refinements)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_run(tmp_path_factory.mktemp("run"))


def ask(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [str(out), *arguments])


def get_id(label: str) -> str:
    return next(one.id for one in list_statements() if make_label(one) == label)


def test_the_general_statement_is_first_and_what_refines_it_indented(run: Path) -> None:
    result = ask(run)
    assert (result.exit_code, result.stderr) == (0, "")
    family, member, site = result.stdout.splitlines()
    assert family.startswith("AKT phosphorylates TSC2  0.80 (0.97 with what refines it)  1  [")
    assert member.startswith("  AKT1 phosphorylates TSC2  0.80 (0.94 with what refines it)  1  [")
    assert site.startswith("    AKT1 phosphorylates TSC2 at S939  0.80  1  [")


def test_one_statement_is_shown_with_what_it_refines_and_what_refines_it(run: Path) -> None:
    lines = ask(run, "--statement", get_id("AKT1 phosphorylates TSC2")).stdout.splitlines()
    assert [line.split("  0.")[0] for line in lines] == [
        "AKT phosphorylates TSC2",
        "  AKT1 phosphorylates TSC2",
        "    AKT1 phosphorylates TSC2 at S939",
    ]


def test_json_has_the_direct_edges(run: Path) -> None:
    rows = {row["label"]: row for row in map(json.loads, ask(run, "--json").stdout.splitlines())}
    assert len(rows) == 3
    member = rows["AKT1 phosphorylates TSC2"]
    assert member["refines"] == [get_id("AKT phosphorylates TSC2")]
    assert member["refined_by"] == [get_id("AKT1 phosphorylates TSC2 at S939")]
    assert member["belief"] == 0.8 < member["belief_with_refinements"]
    assert member["support"]["stated"] == {"sentences": 1, "documents": 1, "papers": 0}


def test_nothing_refines_anything(run: Path) -> None:
    result = ask(run, "--relation", "inhibits")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "sigmine: no statement refines another.\n")
    assert ask(run, "--min-belief", "0.9").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--statement", "nonsense"], 1, "no statement 'nonsense'"),
        (["--relation", "phosphorilates"], 2, "Did you mean 'phosphorylates'?"),
    ],
)
def test_what_is_not_there_is_told(run: Path, arguments: list[str], code: int, message: str) -> None:
    result = ask(run, *arguments)
    assert result.exit_code == code
    assert message in " ".join(result.stderr.replace("│", " ").split())
