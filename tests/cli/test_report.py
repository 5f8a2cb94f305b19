from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import fake_pipeline
from sigmine.cli.main import app
from sigmine.model import Document
from sigmine.run import run
from web.pages import read_page
from web.reports import read_data

TEXT = "AKT1 phosphorylates TSC2 at S939. MTOR activates RPS6KB1. TSC2 inhibits MTOR."


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report") / "run"
    run([Document("note", TEXT), Document("more", "RHEB activates MTOR.")], folder, load=fake_pipeline.load)
    return folder


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def list_labels(page: str) -> list[str]:
    data = read_data(page)
    return sorted(f"{data['agents'][row[2]][0]} {data['agents'][row[3]][0]}" for row in data["statements"])


def test_the_page_of_all_is_the_one_of_the_run(read: Path, tmp_path: Path) -> None:
    result = ask(read, "-o", tmp_path / "page.html")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / "page.html").read_bytes() == (read / "report.html").read_bytes()
    assert ask(read).stdout_bytes == (read / "report.html").read_bytes()


def test_only_what_is_asked_for_is_on_the_page_and_the_page_says_so(read: Path) -> None:
    result = ask(read, "--around", "MTOR", "--relation", "activates", "--relation", "inhibits", "--title", "Mine")
    assert (result.exit_code, result.stderr) == (0, "")
    assert list_labels(result.stdout) == ["MTOR RPS6KB1", "RHEB MTOR", "TSC2 MTOR"]
    root = read_page(result.stdout)
    assert root.find_all("h1")[0].text == "Mine"
    wanted = "Only part of the statements: --around MTOR; --relation activates; --relation inhibits."
    assert root.find_all("p", "lead")[0].text == wanted
    assert list_labels(ask(read, "--document", "more", "--no-hedged").stdout) == ["RHEB MTOR"]


def test_a_store_alone_has_a_report_without_provenance(read: Path) -> None:
    page = ask(read / "store").stdout
    assert len(read_data(page)["statements"]) == 4
    assert "Provenance" not in read_page(page).text
    assert "Provenance" in read_page(ask(read).stdout).text


def test_where_nothing_fits_the_page_says_so(read: Path) -> None:
    result = ask(read, "--relation", "binds")
    assert result.exit_code == 0
    assert "no statement fits" in result.stderr
    assert "No statement fits." in read_page(result.stdout).text


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    result = ask(tmp_path / "nothing")
    assert result.exit_code == 2
    assert "There is no folder" in result.stderr
    assert ask(tmp_path).exit_code == 2
