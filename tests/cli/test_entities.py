from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigmine.cli.main import app

pytestmark = pytest.mark.usefixtures("fake_reading")


def test_each_mention_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("AKT1 phosphorylates TSC2. PKCβ activates MTOR.", encoding="utf-8")
    result = CliRunner().invoke(app, ["entities", str(path)])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "note: 4 mentions" in result.stdout
    assert [line.split()[0] for line in result.stdout.splitlines()[4:8]] == ["AKT1", "TSC2", "PKCβ", "MTOR"]
    assert "hgnc:391" in result.stdout


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["entities", str(tmp_path / "none.txt")])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "none.txt" in result.stderr
