"""``sigmine fetch`` against a server on this machine."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fetch.sources import Answer, Served, make_article, serve_sources
from sigmine.cli.main import app
from sigmine.resources.corpus import load_open_access


@pytest.fixture
def served() -> Iterator[Served]:
    with serve_sources() as sources:
        yield sources


def make_arguments(served: Served, *arguments: str | Path) -> list[str]:
    fast = ["--rate", "1000", "--timeout", "5", "--retries", "0"]
    return ["fetch", *map(str, arguments), *fast, "--europe-pmc", served.rest, "--pmc-cloud", served.cloud]


def fetch(served: Served, *arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner().invoke(app, make_arguments(served, *arguments), input=given, catch_exceptions=False)


def test_a_line_for_each_article(served: Served, tmp_path: Path) -> None:
    served.add()
    out = tmp_path / "papers"
    result = fetch(served, "222", "--out", out, "--email", "me@example.org")
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == f"fetched\t{out}/PMC111.nxml\tcc by\tIto A, Roy B. How AKT & TSC2 meet. Cell Sig. 2020;5(2):1-9.\n"
    )
    assert fetch(served, "222", "--out", out).stdout.startswith("kept\t")
    assert all("mailto:me@example.org" in agent for agent in served.agents)


def test_what_could_not_be_fetched_is_named_and_the_rest_is_there(served: Served, tmp_path: Path) -> None:
    served.add()
    served.add("PMC5", isOpenAccess="N", pmid="5", doi=None)
    result = fetch(served, "PMC5", "PMC111", "nonsense", "--out", tmp_path)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    closed, nonsense, total = result.stderr.splitlines()
    assert closed.startswith("sigmine: could not fetch PMC5: PMC5 is not open access")
    assert nonsense.startswith("sigmine: could not fetch nonsense: ")
    assert total == "sigmine: 2 of 3 could not be fetched."


def test_identifiers_from_a_file_and_from_standard_input(served: Served, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        served.add(f"PMC{number}", pmid=str(number), doi=None)
    ids = tmp_path / "ids.txt"
    ids.write_text("# mine\nPMC1 # the first\n\nPMID: 2\n", encoding="utf-8")
    out = tmp_path / "papers"
    result = fetch(served, "-", "--from", ids, "--out", out, given="PMC3\nPMC1\n")
    assert result.exit_code == 0
    assert sorted(path.name for path in out.glob("*.nxml")) == ["PMC1.nxml", "PMC2.nxml", "PMC3.nxml"]
    assert fetch(served, "--from", "-", "--out", out, given="PMC3").stdout.startswith("kept")


def test_json(served: Served, tmp_path: Path) -> None:
    served.add()
    result = fetch(served, "PMC111", "PMC5", "--out", tmp_path, "--json")
    assert result.exit_code == 1
    good, bad = json.loads(result.stdout)["results"]
    assert (good["status"], good["article"]["id"], good["reason"]) == ("fetched", "PMC111", None)
    assert (bad["status"], bad["article"], bad["given"]) == ("not found", None, "PMC5")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("PMC1", "--rate", "0"),
        ("PMC1", "--email", "nobody"),
        ("PMC1", "--email", "a@b.c\r\nX-Evil: 1"),
        ("PMC1", "--from", "no-such-file"),
        ("PMC1", "--pmc-cloud", "http://mirror.example"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, ["fetch", *arguments])
    assert result.exit_code == 2


def test_an_empty_list_is_wrong_usage(served: Served, tmp_path: Path) -> None:
    assert fetch(served, "-", "--out", tmp_path, given="# none\n").exit_code == 2


def test_out_may_not_be_a_file(served: Served, tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("x", encoding="utf-8")
    assert fetch(served, "PMC111", "--out", tmp_path / "papers").exit_code == 2


def test_a_retracted_article_is_pointed_out(served: Served, tmp_path: Path) -> None:
    served.add(pubTypeList={"pubType": ["Retracted Publication"]})
    result = fetch(served, "PMC111", "--out", tmp_path)
    assert (result.exit_code, result.stderr) == (
        0,
        "sigmine: PMC111 has been retracted; what it states may be wrong.\n",
    )


def test_suggested_reviews(served: Served, tmp_path: Path) -> None:
    known = load_open_access()
    assert len(set(known)) == len(known) >= 5
    for number, pmcid in enumerate(known, start=1):
        served.add(pmcid, pmid=str(number), doi=None)
    assert fetch(served, "--suggested", "--out", tmp_path).exit_code == 0
    assert {path.stem for path in tmp_path.glob("*.nxml")} == set(known)


def test_the_bar_is_shown_on_a_terminal_only_and_not_on_standard_output(served: Served, tmp_path: Path) -> None:
    served.add()
    program = [sys.executable, "-m", "sigmine", *make_arguments(served, "PMC111", "--out", tmp_path)]
    primary, secondary = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm"}
    result = subprocess.run(program, stdout=subprocess.PIPE, stderr=secondary, env=environment, check=False)
    os.close(secondary)
    shown = os.read(primary, 100_000).decode()
    os.close(primary)
    assert result.returncode == 0
    assert "Fetching" in shown
    assert result.stdout.startswith(b"fetched\t")
    assert b"Fetching" not in result.stdout


def test_an_interrupted_command_leaves_whole_files(served: Served, tmp_path: Path) -> None:
    served.add("PMC1", pmid="1", doi=None)
    served.add("PMC2", pmid="2", doi=None)
    served.script("/rest/PMC2/fullTextXML", Answer(make_article("PMC2"), drip=0.05))
    program = [sys.executable, "-m", "sigmine", *make_arguments(served, "PMC1", "PMC2", "--out", tmp_path)]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        while not served.count("/rest/PMC2/"):
            assert process.poll() is None
    finally:
        process.terminate()
        process.communicate(timeout=20)
    assert process.returncode != 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["PMC1.nxml", "manifest.json"]
    served.script("/rest/PMC2/fullTextXML", Answer(make_article("PMC2")))
    assert [
        line.partition("\t")[0] for line in fetch(served, "PMC1", "PMC2", "--out", tmp_path).stdout.splitlines()
    ] == [
        "kept",
        "fetched",
    ]
