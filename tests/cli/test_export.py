from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from exports.test_exports import FORMATS
from sigmine.cli.export import export
from sigmine.cli.export_formats import ExportCommand
from sigmine.cli.query import query
from sigmine.exports import EXPORTS
from store.builders import make_statements

app = typer.Typer()
app.command()(query)
app.command(cls=ExportCommand)(export)


def run(out: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["export", str(out), *arguments])


def flatten(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


@pytest.mark.parametrize("name", FORMATS)
def test_standard_output_holds_the_file_and_nothing_else(out: Path, name: str) -> None:
    expected = io.BytesIO()
    EXPORTS[name].write(make_statements(), expected)
    result = run(out, "--format", name)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes == expected.getvalue()


def test_a_file_holds_the_same(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    result = run(out, "-f", "graphml", "-o", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert path.read_bytes() == run(out, "-f", "graphml").stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "relations"),
    [
        (["--relation", "activates"], {"activates"}),
        (["--no-negated", "--min-belief", "0.5"], {"phosphorylates", "activates", "binds"}),
        (["--no-hedged"], {"phosphorylates", "activates", "inhibits", "binds"}),
    ],
)
def test_filters(out: Path, arguments: list[str], relations: set[str]) -> None:
    rows = run(out, "-f", "tsv", *arguments).stdout.splitlines()[1:]
    assert {row.split("\t")[1] for row in rows} == relations


def test_an_unknown_format_lists_those_there_are(out: Path) -> None:
    result = run(out, "--format", "graphxml")
    assert "Did you mean 'graphml'?" in flatten(result.stderr)
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(name in flatten(result.stderr) for name in EXPORTS)


def test_the_help_names_every_format() -> None:
    text = CliRunner().invoke(app, ["export", "--help"]).stdout
    assert all(f" {name} " in text for name in EXPORTS)


def test_the_formats_are_listed_with_what_they_leave_out() -> None:
    rows = json.loads(CliRunner().invoke(app, ["export", "--formats", "--json"]).stdout)
    assert {row["format"]: row["lost"] for row in rows} == {name: one.lost for name, one in EXPORTS.items()}
    table = CliRunner().invoke(app, ["export", "--formats"]).stdout
    assert all(f" {name} " in table for name in EXPORTS)


def test_wrong_usage_ends_with_two_and_leaves_no_file(out: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    for result in (
        run(tmp_path / "none", "-f", "tsv", "-o", str(path)),
        run(out, "-o", str(path)),
        run(out, "-f", "tsv", "--relation", "phosphorylate", "-o", str(path)),
    ):
        assert result.exit_code == 2
        assert result.stderr
    assert not path.exists()


def test_a_damaged_store_ends_with_one_and_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "CURRENT").write_text("garbage")
    path = tmp_path / "x.tsv"
    path.write_text("old")
    result = run(tmp_path, "-f", "tsv", "-o", str(path))
    assert result.exit_code == 1
    assert "damaged" in result.stderr
    assert path.read_text() == "old"


def test_nothing_that_fits_gives_an_empty_table(out: Path) -> None:
    result = run(out, "-f", "tsv", "--relation", "acetylates")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert "no statement fits" in result.stderr


def test_a_reader_that_stops_early_is_no_failure(out: Path) -> None:
    code = "import typer; from sigmine.cli.export import export; typer.run(export)"
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-c", code, str(out), "-f", "jsonl"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")
