"""The options that ``query``, ``export`` and others share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner, Result

from sigmine.cli.export import export
from sigmine.cli.option_groups import take_groups
from sigmine.cli.query import query
from sigmine.cli.statement_filters import StatementFilters
from sigmine.cli.stores import OutArgument
from sigmine.model import Entity
from sigmine.store import open_store
from store.builders import make_evidence, make_statements

app = typer.Typer()
app.command()(query)
app.command()(export)


@app.command()
@take_groups
def count(
    out: OutArgument, filters: StatementFilters, unit: Annotated[str, typer.Option(help="Of what.")] = ""
) -> None:
    """A command of three lines."""
    typer.echo(f"{len(filters.find_statements(out))} {unit}".strip())


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six statements: three about AKT's members and family, one indirect, one from an abstract's document."""
    folder = tmp_path_factory.mktemp("filters")
    akt2 = Entity("AKT2", 0, 4, "PROTEIN", "AKT2", "hgnc:392")
    akt = Entity("AKT", 0, 3, "FAMILY", "AKT", "fplx:AKT")
    insulin = Entity("Insulin", 0, 7, "CHEMICAL", "insulin", "chebi:145810")
    made = make_statements(
        make_evidence("AKT1 phosphorylates TSC2 at S939.", "phosphorylates", "AKT1", "TSC2", site="S939"),
        make_evidence("AKT2 phosphorylates TSC2 at S939.", "phosphorylates", akt2, "TSC2", site="S939", start=50),
        make_evidence("AKT binds TSC2.", "binds", akt, "TSC2", start=100, document="beta"),
        make_evidence("TSC2 inhibits RHEB.", "inhibits", "TSC2", "RHEB", start=150, document="beta"),
        make_evidence("RHEB activates MTOR.", "activates", "RHEB", "MTOR", start=200, document="beta"),
        make_evidence("Insulin activates MTOR.", "activates", insulin, "MTOR", start=250, direct=False),
    )
    with open_store(folder / "store") as store:
        store.write_statements(made)
    return folder


def ask(command: str, out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [command, str(out), *arguments])


def flatten(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


def read(out: Path, *arguments: str) -> list[str]:
    """What both commands give, as ``MTOR activates RHEB``."""
    result = ask("query", out, *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert ask("export", out, "-f", "jsonl", *arguments).stdout == ask("query", out, *arguments, "--json").stdout
    return [f"{row['subject']['name']} {row['relation']} {row['object']['name']}" for row in rows]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--relation", "inhibits", "--relation", "binds"], ["AKT binds TSC2", "TSC2 inhibits RHEB"]),
        (["--around", "MTOR", "--direct-only"], ["RHEB activates MTOR"]),
        (["--around", "MTOR", "--hops", "2", "--direct-only"], ["RHEB activates MTOR", "TSC2 inhibits RHEB"]),
        (["--around", "RHEB", "--around", "TSC2", "--hops", "0"], ["TSC2 inhibits RHEB"]),
        (["--molecule", "rheb"], ["RHEB activates MTOR", "TSC2 inhibits RHEB"]),
        (["--document", "beta", "--relation", "activates"], ["RHEB activates MTOR"]),
        (["--section", "abstract"], []),
        (["--section", "body", "--section", "abstract", "--object", "RHEB"], ["TSC2 inhibits RHEB"]),
        (["--subject", "akt2", "--site", "Ser939"], ["AKT2 phosphorylates TSC2"]),
        (["--subject", "AKT", "--collapse-families"], ["AKT binds TSC2", "AKT phosphorylates TSC2"]),
    ],
)
def test_both_commands_take_the_filters(run: Path, arguments: list[str], expected: list[str]) -> None:
    assert read(run, *arguments) == expected


def test_a_new_command_takes_all_filters_with_one_parameter(run: Path) -> None:
    assert ask("count", run).stdout == "6\n"
    assert ask("count", run, "--around", "MTOR", "--unit", "statements").stdout == "2 statements\n"
    text = CliRunner().invoke(app, ["count", "--help"], env={"COLUMNS": "120"}).stdout
    assert "A command of three lines." in text
    for words in ("Which molecules and residues", "What is said of them", "Where it is said", "--unit", "--around"):
        assert words in text
    with pytest.raises(TypeError, match="open_store takes no group of options"):
        take_groups(open_store)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--around", "MTRO"], "no molecule 'MTRO' in this store; did you mean 'MTOR'?"),
        (["--subject", "insuline"], "no molecule 'insuline' in this store; did you mean 'Insulin'?"),
        (["--molecule", "AKT3"], "no molecule 'AKT3' in this store; did you mean 'AKT' or 'AKT2' or 'AKT1'?"),
        (["--object", "quite another"], "no molecule 'quite another' in this store."),
        (["--document", "betta"], "no document 'betta' in this store; did you mean 'beta'?"),
        (["--around", "ERK", "--collapse-families"], "no molecule 'ERK' in this store."),
    ],
)
@pytest.mark.parametrize("command", ["query", "export"])
def test_names_that_the_store_does_not_know_are_told(run: Path, command: str, arguments: list[str], told: str) -> None:
    result = ask(command, run, *arguments, *(["-f", "jsonl"] if command == "export" else ["--json"]))
    assert (result.exit_code, result.stdout) == (0, "")
    lines = result.stderr.splitlines()
    assert lines[0] == f"sigmine: {told}"
    assert "no statement fits" in lines[1]


def test_the_others_are_answered_where_one_name_is_unknown(run: Path) -> None:
    result = ask("query", run, "--molecule", "MTRO", "--molecule", "RHEB", "--document", "beta", "--document", "x.pdf")
    assert result.exit_code == 0
    assert "TSC2" in result.stdout
    assert result.stderr.splitlines() == [
        "sigmine: no molecule 'MTRO' in this store; did you mean 'MTOR'?",
        "sigmine: no document 'x.pdf' in this store.",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--section", "results"], "There is no kind of section 'results'. Known: title, abstract"),
        (["--section", "abstrct"], "Did you mean 'abstract'?"),
        (["--relation", "binds", "--relation", "activate"], "Did you mean 'activates'?"),
        (["--claim", "sure"], "There is no type of claim 'sure'."),
        (["--hops", "2"], "--hops goes with --around."),
        (["--around", "MTOR", "--hops", "-1"], "--hops"),
        (["--sparql", "ASK {}", "--around", "MTOR"], "--sparql stands alone"),
    ],
)
def test_wrong_usage_ends_with_two(run: Path, arguments: list[str], message: str) -> None:
    result = ask("query", run, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in flatten(result.stderr)


def test_belief_and_support_are_of_what_counts(run: Path) -> None:
    (row,) = [
        json.loads(line)
        for line in ask("query", run, "--site", "S939", "--collapse-families", "--json").stdout.splitlines()
    ]
    alone = [json.loads(line) for line in ask("query", run, "--site", "S939", "--json").stdout.splitlines()]
    assert row["subject"] == {"name": "AKT", "type": "FAMILY", "curie": "fplx:AKT"}
    assert row["support"]["stated"]["sentences"] == 2
    assert row["belief"] > max(one["belief"] for one in alone)
    belief = str(row["belief"])
    assert len(read(run, "--min-belief", belief, "--site", "S939", "--collapse-families")) == 1
    assert read(run, "--min-belief", belief, "--site", "S939") == []
