from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigmine.benchmark.articles import make_articles
from sigmine.benchmark.everything import PARTS, QUICK, Amounts, Report
from sigmine.benchmark.memory import MemoryFigures
from sigmine.benchmark.stages import STAGES, StageFigures
from sigmine.benchmark.start import StartFigures
from sigmine.benchmark.timing import Spread
from sigmine.cli.bench import Part
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


PART_REPORT = Report(
    start=StartFigures(Spread(0.1, 0.1, 0.2, 0.1), Spread(0.4, 0.3, 0.6, 0.4), Spread(3.5, 3.4, 9), 300_000_000),
    stages=(StageFigures("parse", Spread(2, 1, 3, 2), Spread(4_000, 3_000, 8_000, 4_000), Spread(20, 15, 40, 20)),),
    memory=MemoryFigures(500, 400_000_000, 5_000, 420_000_000, True),
)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Amounts, list[str]]]:
    """What the command asked to be measured; nothing is."""
    calls: list[tuple[Amounts, list[str]]] = []

    def measure(amounts: Amounts, parts: Sequence[str], advance: object) -> Report:
        calls.append((amounts, list(parts)))
        return PART_REPORT

    monkeypatch.setattr("sigmine.benchmark.everything.measure_everything", measure)
    return calls


def test_without_a_subcommand_all_is_measured(asked: list[tuple[Amounts, list[str]]]) -> None:
    result = CliRunner().invoke(app, ["bench"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert asked == [(Amounts(), list(PARTS))]


def test_the_table_says_which_targets_are_met(asked: list[tuple[Amounts, list[str]]]) -> None:
    lines = CliRunner().invoke(app, ["bench"]).stdout.splitlines()
    rows = {line.split("  ")[1].strip(): line.split() for line in lines if line.startswith("  ")}
    assert rows["memory at 5,000 documents / at 500"][-4:] == ["1.05-1.05", "<=", "1.1", "yes"]
    assert rows["start to first statement"][-1] == "no"
    assert rows["import sigmine"][-1] == "yes"
    assert "4,000" in rows["parse"]
    assert lines.index("Targets".ljust(len(lines[0]))) == 0


def test_the_report_is_json(asked: list[tuple[Amounts, list[str]]]) -> None:
    options = ["--quick", "--timed", "20", "--only", "start", "--only", "stages", "--json"]
    report = json.loads(CliRunner().invoke(app, ["bench", *options]).stdout)
    assert asked == [(replace(QUICK, timed=20), ["start", "stages"])]
    assert report["timed"] == 20
    assert [row["met"] for row in report["targets"]] == [True, False, True, True]
    assert report["memory"]["ratio"] == pytest.approx(1.05)
    assert report["speed"] is None
    assert report["stages"][0]["words_per_second"]["median"] == 4_000


@pytest.mark.parametrize("options", [["--documents", "9"], ["--repeats", "0"], ["--only", "everything"], ["nothing"]])
def test_wrong_options_of_the_whole(asked: list[tuple[Amounts, list[str]]], options: list[str]) -> None:
    assert CliRunner().invoke(app, ["bench", *options]).exit_code == 2
    assert not asked


def test_a_subcommand_measures_nothing_else(asked: list[tuple[Amounts, list[str]]]) -> None:
    result = CliRunner().invoke(app, ["bench", "store", "--statements", "50", "--memory", "--repeats", "1"])
    assert result.exit_code == 0
    assert not asked


def test_parts_are_those_that_can_be_measured() -> None:
    assert tuple(part.value for part in Part) == PARTS


@pytest.mark.bench
def test_the_quick_measurement() -> None:
    result = CliRunner().invoke(app, ["bench", "--quick", "--json"])
    assert result.exit_code == 0, result.stderr
    report = json.loads(result.stdout)
    assert len(report["targets"]) == 8
    assert all(row["median"] > 0 for row in report["targets"])
    assert {row["stage"] for row in report["stages"]} == set(STAGES)
    assert all(row["seconds"]["median"] > 0 for row in report["stages"])
    assert all(row["words_per_second"]["median"] > 0 for row in report["speed"]["variants"])
    assert all(size > 50_000_000 for size in report["memory"]["peak_bytes"].values())
    assert report["store"]["load"]["statements"] == QUICK.statements
