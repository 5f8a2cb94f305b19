from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigmine.benchmark.articles import make_articles
from sigmine.cli.main import app
from sigmine.readers import READERS

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(autouse=True)
def short_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is timed is no matter here."""
    monkeypatch.setattr("sigmine.benchmark.readers.make_articles", partial(make_articles, texts=1))


@pytest.mark.slow
def test_each_format_is_measured_with_articles_of_our_own() -> None:
    result = CliRunner().invoke(app, ["bench", "readers", "--articles", "1", "--repeats", "2", "--json"])
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert {row["format"].split()[0] for row in report["readers"]} == set(READERS) - {"standoff"}
    for row in report["readers"]:
        rates = row["megabytes_per_second"]
        assert 0 < rates["min"] <= rates["median"] <= rates["max"]
        assert len(row["seconds"]) == 2
        assert rates["max"] == pytest.approx(row["bytes"] / 1e6 / max(min(row["seconds"]), 1e-9))
        assert row["bytes"] > 1_000
        assert row["characters"] > 1_000
        assert row["peak_bytes"] is None
        assert (row["pages_per_second"] is not None) == (row["format"] == "pdf")


def test_own_files_are_measured_and_shown_as_a_table() -> None:
    paths = [str(path) for path in sorted(DATA.glob("reader_sample*"))]
    result = CliRunner().invoke(app, ["bench", "readers", *paths, "--repeats", "1", "-f", "jats", "-f", "text"])
    assert "MB/s" in result.stdout
    assert "jats" in result.stdout


def test_one_bad_file_is_named_and_the_others_are_measured(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("AKT phosphorylates TSC2.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    result = CliRunner().invoke(app, ["bench", "readers", str(tmp_path), "--repeats", "1", "--json"])
    assert result.exit_code == 1
    assert "b.txt: the file is empty" in result.stderr
    (row,) = json.loads(result.stdout)["readers"]
    assert (row["format"], row["files"], row["documents"], row["bytes"]) == ("text", 1, 1, 25)


def test_memory_on_demand() -> None:
    result = CliRunner().invoke(
        app, ["bench", "readers", "-f", "jats", "--articles", "2", "-n", "1", "--memory", "--json"]
    )
    (row,) = json.loads(result.stdout)["readers"]
    assert row["files"] == row["documents"] == 2
    assert row["peak_bytes"] > 0


@pytest.mark.parametrize("options", [["--format", "docx"], ["--repeats", "0"]])
def test_wrong_options(options: list[str]) -> None:
    assert CliRunner().invoke(app, ["bench", "readers", *options]).exit_code == 2


def test_the_store_is_measured_on_disk_and_left_where_it_is_asked_for(tmp_path: Path) -> None:
    command = ["bench", "store", "--statements", "600", "--repeats", "1", "--json", "--disk", str(tmp_path / "store")]
    result = CliRunner().invoke(app, command)
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)
    assert report["load"]["statements"] == 600
    assert report["load"]["bytes"] > 10_000
    assert all(row["median_seconds"] > 0 for row in report["queries"])
    assert any(row["rows"] for row in report["queries"])
    again = CliRunner().invoke(app, [*command[:-1], str(DATA)])
    assert again.exit_code == 1
    assert "holds other files" in again.stderr


def test_the_store_is_measured_in_memory_as_a_table() -> None:
    result = CliRunner().invoke(app, ["bench", "store", "--statements", "50", "--memory", "--repeats", "1"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "statements/s" in result.stdout
    assert "kinases-of" in result.stdout


def test_a_store_is_in_memory_or_in_a_folder(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["bench", "store", "--memory", "--disk", str(tmp_path / "store")])
    assert result.exit_code == 2
    assert not (tmp_path / "store").exists()
