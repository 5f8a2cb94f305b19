from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from evaluation.builders import make_header, make_row, write_lines
from sigmine.cli.export import export
from sigmine.cli.query import query
from sigmine.store import open_store
from store.builders import make_evidence, make_statements

app = typer.Typer()
app.command()(query)
app.command()(export)

SENTENCE = "AKT1 phosphorylates TSC2 again."


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(app, list(map(str, arguments)))


def read(result: Result) -> str:
    return " ".join(re.sub("[│╭╮╰╯─]", " ", result.stderr).split())


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A run of 25 right statements that are believed and 25 wrong ones that are less so, and their gold."""
    folder = tmp_path_factory.mktemp("judged")
    evidence, rows = [], []
    for i in range(50):
        right = i < 25
        start = i * 100
        one = make_evidence(
            SENTENCE, "phosphorylates", "AKT1", "TSC2", site=f"S{i + 1}", document="doc", start=start,
            prior=0.9 if right else 0.6,
        )  # fmt: skip
        evidence.append(one)
        ends = {
            name: {"start": start + at, "end": start + at + 4, "name": text, "type": "PROTEIN", "curie": curie}
            for name, at, text, curie in (("subject", 0, "AKT1", "hgnc:391"), ("object", 20, "TSC2", "hgnc:12363"))
        }
        relation = "phosphorylates" if right else "ubiquitinates"
        place = [start, start + len(SENTENCE)]
        rows.append(make_row(**ends, id=f"doc-{i}", relation=relation, sites=[], sentence=place, core=right))
    with open_store(folder / "out" / "store") as store:
        store.write_statements(make_statements(*evidence))
    return folder / "out", write_lines(folder / "gold" / "doc.jsonl", make_header(), *rows)


def test_the_bundled_gold_chooses_the_belief_and_tells_it(out: Path) -> None:
    result = ask("query", out, "--precision", 0.9)
    assert result.exit_code == 0
    told = re.fullmatch(
        r"sigmine: belief >= (0\.\d\d): precision (0\.9\d) \((0\.\d\d)-(0\.\d\d)\) on \d+ of \d+ gold statements\.",
        result.stderr.splitlines()[0],
    )
    assert told is not None
    assert ask("query", out, "--min-belief", told[1]).stdout == result.stdout
    exported = ask("export", out, "-f", "sif", "--precision", 0.9)
    assert exported.stdout == ask("export", out, "-f", "sif", "--min-belief", told[1]).stdout


def test_ones_own_gold_chooses_by_itself(judged: tuple[Path, Path]) -> None:
    out, gold = judged
    result = ask("query", out, "--precision", 0.95, "--gold", gold, "--json")
    assert f"belief >= 0.90: precision 1.00 (0.87-1.00) on 25 of 50 gold statements of {gold}." in result.stderr
    assert len(result.stdout.splitlines()) == 25
    low = ask("query", out, "--precision", 0.5, "--gold", gold, "--json")
    assert "belief >= 0.60: precision 0.50" in low.stderr
    assert len(low.stdout.splitlines()) == 50


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--precision", "0.9999"], r"No belief gives a precision of 0.9999 .* best is 0.9\d, with --min-belief 0.9\d"),
        (["--precision", "0.9", "--min-belief", "0.5"], "exclude each other"),
        (["--gold", "gold"], "--gold goes with --precision"),
        (["--precision", "0.9", "--gold", "nowhere"], "nowhere"),
        (["--precision", "90"], "--precision"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_shown(out: Path, arguments: list[str], message: str) -> None:
    result = ask("query", out, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.search(message, read(result)), read(result)


def test_gold_that_judges_nothing_proves_nothing(out: Path, judged: tuple[Path, Path]) -> None:
    result = ask("query", out, "--precision", "0.1", "--gold", judged[1])
    assert result.exit_code == 2
    assert "too few statements are judged" in read(result)
