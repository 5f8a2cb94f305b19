"""The installed command, with the bundled model, on what comes with the project."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SIGMINE = Path(sys.executable).with_name("sigmine")
SENTENCE = "AKT phosphorylates TSC2 at Ser939, but MEK1 does not activate p38."


def call(*arguments: str | Path, cwd: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    command = [str(SIGMINE), *map(str, arguments)]
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", cwd=cwd, check=False)


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_texts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``sigmine-out``, made by ``sigmine run`` without arguments; once for all processes of the tests."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "end-to-end"
    told = folder / "told.json"
    try:
        folder.mkdir()
    except FileExistsError:
        until = time.monotonic() + 300
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.2)
    else:
        result = call("run", cwd=folder)
        (folder / "telling").write_text(json.dumps([result.returncode, result.stdout, result.stderr]))
        (folder / "telling").rename(told)
    code, out, err = json.loads(told.read_text())
    assert (code, err) == (0, "")
    assert "phosphorylates" in out
    return folder


def test_a_sentence_gives_the_lines_of_the_contract(tmp_path: Path) -> None:
    result = call("extract", "-", cwd=tmp_path, text=SENTENCE)
    assert (result.returncode, result.stderr) == (0, "")
    first, second = [json.loads(line) for line in result.stdout.splitlines()]
    assert (first["relation"], first["negated"]) == ("phosphorylates", False)
    assert (first["subject"]["curie"], first["object"]["curie"]) == ("fplx:AKT", "hgnc:12363")
    assert [(site["residue"], site["position"]) for site in first["sites"]] == [("S", 939)]
    assert first["evidence"]["sentence"] == SENTENCE
    assert (second["relation"], second["negated"]) == ("activates", True)
    for row in (first, second):
        for end in (row["subject"], row["object"], row["evidence"]["trigger"]):
            assert SENTENCE[end["start"] : end["end"]] == end["text"]


def test_the_bundled_documents_are_read_by_default(work: Path) -> None:
    manifest = json.loads((work / "sigmine-out" / "manifest.json").read_text(encoding="utf-8"))
    bundled = tomllib.loads((ROOT / "corpus" / "manifest.toml").read_text(encoding="utf-8"))["document"]
    read = {document["document"]: document["sha256"] for document in manifest["documents"]}
    assert read == {document["id"]: document["sha256"] for document in bundled}
    assert manifest["failures"] == []
    assert {"model", "lexicon", "rules", "code"} <= set(manifest["sha256"])


def test_every_statement_leads_back_to_the_characters_it_was_read_from(work: Path) -> None:
    texts = {path.stem: path.read_bytes().decode() for path in (ROOT / "corpus").glob("*.txt")}
    rows = read_lines(work / "sigmine-out" / "mentions.jsonl")
    assert len(rows) > 100
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        evidence = row["evidence"]
        source = evidence.get("source", {"start": evidence["start"], "end": evidence["end"]})
        found = texts[evidence["document"]][source["start"] : source["end"]]
        # A word that a line end broke is read whole.
        words = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", found).split()
        if evidence["section"] == "table":  # a cell is read with the head of its row, and other cells stand between
            assert set(words) >= {word.rstrip(":") for word in evidence["sentence"].split()}
        else:
            assert words == evidence["sentence"].split()


def test_statements_hold_all_mentions(work: Path) -> None:
    mentions = {row["id"] for row in read_lines(work / "sigmine-out" / "mentions.jsonl")}
    statements = read_lines(work / "sigmine-out" / "statements.jsonl")
    assert {line["id"] for row in statements for line in row["evidence"]} == mentions
    assert all(0 <= row["belief"] <= 0.99 for row in statements)


def test_the_output_can_be_scored_and_asked(work: Path) -> None:
    scored = call("evaluate", "--gold", ROOT / "gold", "sigmine-out", "--json", cwd=work)
    assert scored.returncode == 0
    json.loads(scored.stdout)
    asked = call("query", "sigmine-out", "--relation", "phosphorylates", "--json", cwd=work)
    assert asked.returncode == 0
    rows = [json.loads(line) for line in asked.stdout.splitlines()]
    assert rows
    assert {row["relation"] for row in rows} == {"phosphorylates"}


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_running_again_gives_the_same_bytes(work: Path, jobs: str) -> None:
    result = call("run", "--out", f"again-{jobs}", "--jobs", jobs, "--quiet", cwd=work)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert read_texts(work / f"again-{jobs}") == read_texts(work / "sigmine-out")


@pytest.mark.slow
def test_extract_writes_the_mentions_of_the_run(work: Path) -> None:
    result = call("extract", ROOT / "corpus", "-o", "mentions.jsonl", "--jobs", "2", cwd=work)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert (work / "mentions.jsonl").read_bytes() == (work / "sigmine-out" / "mentions.jsonl").read_bytes()
