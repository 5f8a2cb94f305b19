from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigmine.analysis import Analysis
from sigmine.cli.main import app

TESTS = Path(__file__).resolve().parents[1]
TEXT = "AKT1 phosphorylates TSC2 at S939. PKCβ activates MTOR."
PROGRAM = (
    "import sigmine.run, fake_pipeline; "
    "sigmine.run.extract.__kwdefaults__['load'] = fake_pipeline.load; "
    "from sigmine.cli.main import main; main()"
)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def make_command(arguments: Sequence[str | Path]) -> list[str]:
    return [sys.executable, "-c", PROGRAM, "extract", *map(str, arguments)]


def make_environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path]), **changes}


@pytest.mark.usefixtures("fake_reading")
def test_one_line_for_each_mention_and_nothing_else(note: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(note)])
    assert (result.exit_code, result.stderr) == (0, "")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["relation"] for row in rows] == ["phosphorylates", "activates"]
    assert rows[0]["sites"][0]["position"] == 939
    assert rows[0]["evidence"]["document"] == "note"
    assert rows[0]["belief"] == 0.8
    assert all(
        TEXT[end["start"] : end["end"]] == end["text"] for row in rows for end in (row["subject"], row["object"])
    )


@pytest.mark.usefixtures("fake_reading")
def test_a_document_that_cannot_be_read_is_named_and_the_others_are_written(note: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(tmp_path / "none.txt"), str(note)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.startswith(f"sigmine: could not read {tmp_path / 'none.txt'}: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.usefixtures("fake_reading")
def test_a_failing_document_of_a_collection_is_named_by_its_id(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("".join(json.dumps({"id": f"d{n}", "text": text}) + "\n" for n, text in enumerate([TEXT, "BOOM"])))
    result = CliRunner().invoke(app, ["extract", str(path)])
    assert result.exit_code == 1
    assert f"{path}, document d1: ZeroDivisionError" in result.stderr


@pytest.mark.usefixtures("fake_reading")
def test_a_file_is_written_whole(note: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = CliRunner().invoke(app, ["extract", str(note), "-o", str(out)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert out.read_bytes() == CliRunner().invoke(app, ["extract", str(note)]).stdout_bytes


@pytest.mark.usefixtures("fake_reading")
def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["extract", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no file to read" in result.stderr


@pytest.mark.usefixtures("fake_reading")
@pytest.mark.parametrize("command", ["extract", "entities"])
def test_a_format_can_be_named(tmp_path: Path, command: str) -> None:
    line = json.dumps({"id": "doc-7", "text": TEXT}) + "\n"
    path = tmp_path / "note.dat"
    path.write_text("\n" + line, encoding="utf-8")
    assert CliRunner().invoke(app, [command, str(path), "--format", "pubtator"]).exit_code == 1
    for arguments, given in (([str(path)], None), (["-"], line)):
        result = CliRunner().invoke(app, [command, *arguments, "--format", "jsonl"], input=given)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "doc-7" in result.stdout


def test_an_unknown_format_is_wrong_usage_and_help_names_all() -> None:
    from sigmine.readers import READERS

    for command in ("extract", "run", "entities"):
        result = CliRunner().invoke(app, [command, "x.txt", "--format", "word"])
        assert result.exit_code == 2
        shown = " ".join(CliRunner().invoke(app, [command, "--help"]).stdout.replace("│", " ").split())
        for name in READERS:
            assert name in result.stderr
            assert name in shown.partition("as this format:")[2].partition(". ")[0]


@pytest.mark.usefixtures("fake_reading")
def test_the_limit_can_be_raised(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(TEXT + "\n" * 1_000_000, encoding="utf-8")
    refused = CliRunner().invoke(app, ["extract", str(path), "--max-megabytes", "1"])
    assert refused.exit_code == 1
    assert "--max-megabytes" in refused.stderr
    read = CliRunner().invoke(app, ["extract", str(path), "--max-megabytes", "2"])
    assert (read.exit_code, len(read.stdout.splitlines())) == (0, 2)


@pytest.mark.usefixtures("fake_reading")
def test_an_archive_is_a_folder_and_what_is_refused_in_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.txt", TEXT)
        archive.writestr("../two.txt", TEXT)
    result = CliRunner().invoke(app, ["extract", str(path)])
    assert result.exit_code == 1
    assert [json.loads(line)["evidence"]["document"] for line in result.stdout.splitlines()] == ["one", "one"]
    assert f"could not read {path}/../two.txt: the name points out of the archive" in result.stderr


def test_standard_input_and_utf_8_in_any_locale(note: Path) -> None:
    environment = make_environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    command = make_command(["-"])
    result = subprocess.run(command, input=TEXT.encode(), capture_output=True, env=environment, check=True)
    assert "PKCβ" in result.stdout.decode("utf-8")
    assert result.stderr == b""


def test_a_reader_that_stops_early_causes_no_complaint(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(2000)))
    told = tmp_path / "told.txt"  # a pipe that nobody empties would stop a program that tells much
    with told.open("wb") as messages:
        process = subprocess.Popen(
            make_command([path]), stdout=subprocess.PIPE, stderr=messages, env=make_environment()
        )
        assert process.stdout
        assert json.loads(process.stdout.readline())["evidence"]["document"] == "0"
        process.stdout.close()
        assert process.wait(timeout=60) == 0
    assert told.read_bytes() == b""


def test_being_ended_leaves_nothing_half_written(tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(50_000)))
    (tmp_path / "out").mkdir()
    command = make_command([many, "-o", tmp_path / "out" / "out.jsonl"])
    process = subprocess.Popen(command, env=make_environment())
    while not list((tmp_path / "out").iterdir()):
        assert process.poll() is None
        time.sleep(0.01)
    process.terminate()
    assert process.wait() == 128 + signal.SIGTERM
    assert list((tmp_path / "out").iterdir()) == []


def test_more_jobs_give_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": TEXT}) + "\n" for n in range(300)))
    outputs = [
        subprocess.run(
            make_command([path, "--jobs", jobs]), capture_output=True, env=make_environment(), check=True
        ).stdout
        for jobs in ("1", "2")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b"\n") == 600


@pytest.mark.usefixtures("fake_reading")
def test_the_number_of_processes_may_be_left_to_the_machine(note: Path) -> None:
    alone = CliRunner().invoke(app, ["extract", str(note)])
    assert alone.exit_code == 0
    for jobs in ("auto", "0", "2"):
        result = CliRunner().invoke(app, ["extract", str(note), "--jobs", jobs, "--time-limit", "60"])
        assert (result.exit_code, result.stdout_bytes) == (0, alone.stdout_bytes)
    for wrong in ("many", "-1"):
        result = CliRunner().invoke(app, ["extract", str(note), f"--jobs={wrong}"])
        assert result.exit_code == 2
        assert "give 1 or more, or auto" in result.output


def test_a_document_that_takes_too_long_or_ends_its_process_is_named(tmp_path: Path) -> None:
    for name, text in (("a", TEXT), ("b", "KILLED"), ("c", "LOOP"), ("d", TEXT)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    program = PROGRAM.replace("fake_pipeline", "troubled_reading")
    command = [sys.executable, "-c", program, "extract", str(tmp_path), "--time-limit", "5"]
    result = subprocess.run(command, env=make_environment(), capture_output=True, text=True, timeout=120)
    assert result.returncode == 1
    assert [json.loads(line)["evidence"]["document"] for line in result.stdout.splitlines()] == ["a", "a", "d", "d"]
    killed, late = result.stderr.splitlines()
    assert killed.startswith(f"sigmine: could not read {tmp_path / 'b.txt'}: the process that read it was killed")
    assert late.startswith(f"sigmine: could not read {tmp_path / 'c.txt'}: took longer than 5 s; raise --time-limit")


@pytest.mark.usefixtures("fake_reading")
def test_sentences_too_long_to_be_read_are_said(note: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "words, most likely" not in CliRunner().invoke(app, ["extract", str(note)]).stderr
    monkeypatch.setattr("fake_pipeline.Analysis", partial(Analysis, long_sentences=3))
    result = CliRunner().invoke(app, ["extract", str(note)])
    assert "3 sentences of more than 300 words, most likely the remains of a table or a sequence" in result.stderr
    assert result.exit_code == 0
