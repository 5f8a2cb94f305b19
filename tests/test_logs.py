"""What is told of the work while it goes on, to whom, and what never is."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import fake_pipeline
from fuzz_cases import find_kinds, load_seeds, make_case
from fuzz_readers import read_case
from sigmine.analysis import Reading
from sigmine.cli.main import app
from sigmine.errors import ReadError, SigmineError
from sigmine.logs import LogSettings, choose_settings, find_settings, hide_quotes, log_reading, start_logs
from sigmine.model import Document
from sigmine.readers import READERS, ReadFailure, Source
from sigmine.run import extract

CANARY = "kanarienvogel"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


@pytest.fixture(autouse=True)
def quiet_afterwards() -> Iterator[None]:
    yield
    start_logs(None)


def invoke(*arguments: str, **environment: str) -> tuple[int, str, str]:
    result = CliRunner(env=environment).invoke(app, arguments)
    return result.exit_code, result.stdout, result.stderr


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def texts(tmp_path: Path) -> list[str]:
    """One that is read, one that is not there, one that breaks the analysis."""
    (tmp_path / "good.txt").write_text("AKT1 activates MTOR. PTEN inhibits AKT1.")
    (tmp_path / "bad.txt").write_text("BOOM")
    return [str(tmp_path / name) for name in ("good.txt", "none.txt", "bad.txt")]


@pytest.mark.usefixtures("fake_reading")
@pytest.mark.parametrize("behind", [False, True])
def test_v_tells_of_each_document_in_a_line(texts: list[str], behind: bool) -> None:
    code, out, err = invoke(*["extract", *texts, "-v"] if behind else ["-v", "extract", *texts])
    assert code == 1
    assert len(out.splitlines()) == 2
    lines = [line for line in err.splitlines() if not line.startswith("sigmine: ")]
    assert len(lines) == 3
    assert all(TIME.match(line) for line in lines)
    assert re.search(
        r" INFO sigmine\.logs: read document=good source=\S+ seconds=[\d.]+ words=6 statements=2$", lines[0]
    )
    assert re.search(r' WARNING sigmine\.logs: not read document=none .*reason="no such file or folder\."$', lines[1])
    assert lines[2].endswith("reason=ZeroDivisionError")


@pytest.mark.usefixtures("fake_reading")
def test_nothing_is_told_unless_it_is_asked_for(texts: list[str]) -> None:
    _, _, err = invoke("extract", *texts)
    assert all(line.startswith("sigmine: ") for line in err.splitlines())


@pytest.mark.usefixtures("fake_reading")
def test_json_lines_in_a_file_for_machines(texts: list[str], tmp_path: Path) -> None:
    log = tmp_path / "run.log"
    for _ in range(2):
        invoke("run", *texts, "--out", str(tmp_path / "out"), "--quiet", "--log-format", "json", f"--log-file={log}")
    rows = read_rows(log)
    assert len(rows) == 2 * 4, "it is added to"
    assert [row["message"] for row in rows[:4]] == ["read", "not read", "not read", "the run is written"]
    assert {key: rows[0][key] for key in ("level", "document", "words", "statements")} == {
        "level": "info",
        "document": "good",
        "words": 6,
        "statements": 2,
    }
    assert TIME.fullmatch(rows[0]["time"])
    assert rows[0]["seconds"] >= 0
    assert rows[3]["out"] == str(tmp_path / "out")


@pytest.mark.usefixtures("fake_reading")
def test_more_is_told_by_vv_and_the_place_in_the_code_with_it(texts: list[str]) -> None:
    _, _, err = invoke("-vv", "extract", *texts)
    assert "no way to read bad" in err
    assert "Traceback" in err
    assert "ZeroDivisionError" in err


def test_the_environment_says_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_settings() is None
    assert choose_settings(file="x.log") == LogSettings(logging.INFO, "text", str(Path("x.log").absolute()))
    monkeypatch.setenv("SIGMINE_LOG", "Warning")
    assert choose_settings(format="json") == LogSettings(logging.WARNING, "json", None)
    assert choose_settings(2) == LogSettings(logging.DEBUG)
    monkeypatch.setenv("SIGMINE_LOG", "loud")
    with pytest.raises(SigmineError, match="'loud'; it may be warning, info, debug"):
        choose_settings()
    assert invoke("rules", "check", SIGMINE_LOG="loud") == (
        1,
        "",
        "sigmine: SIGMINE_LOG is 'loud'; it may be warning, info, debug.\n",
    )


def test_a_log_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    code, _, err = invoke("--log-file", str(tmp_path / "none" / "x.log"), "rules", "check")
    assert (code, "cannot be written: No such file" in err) == (1, True)


def test_options_behind_two_dashes_are_names() -> None:
    assert "could not read -v: no such file" in invoke("extract", "--", "-v")[2]


def test_the_last_settings_count_and_can_be_told_to_other_processes(tmp_path: Path) -> None:
    settings = LogSettings(logging.INFO, "json", str(tmp_path / "x.log"))
    start_logs(settings)
    start_logs(settings)
    assert find_settings() == settings
    log_reading(Reading("d", words=3))
    assert len(read_rows(tmp_path / "x.log")) == 1
    start_logs(None)
    assert find_settings() is None


def test_importing_sets_up_nothing_and_a_library_tells_nothing() -> None:
    code = (
        "import logging, sigmine, sigmine.run\n"
        "assert not logging.getLogger().handlers\n"
        "[handler] = logging.getLogger('sigmine').handlers\n"
        "assert type(handler) is logging.NullHandler\n"
        "list(sigmine.extract('none.txt'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_lines_of_many_processes_stay_whole(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    code = (
        "import logging, sys\nfrom sigmine.logs import *\n"
        "start_logs(LogSettings(logging.INFO, 'json', sys.argv[1]))\n"
        "for n in range(300): log_reading(type('R', (), dict(document='d' * 3000, source='', words=n, seconds=0.0, "
        "evidence=(), failure=None)))\n"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(log)]) for _ in range(4)]
    assert [process.wait(60) for process in processes] == [0] * 4
    rows = read_rows(log)
    assert len(rows) == 1200
    for process in processes:
        assert [row["words"] for row in rows if row["process"] == process.pid] == list(range(300))


def test_worker_processes_tell_where_their_parent_does(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    start_logs(LogSettings(logging.DEBUG, "json", str(log)))
    list(extract([Document("bad", "BOOM"), Document("good", "AKT1 activates MTOR.")], jobs=2, load=fake_pipeline.load))
    rows = read_rows(log)
    traceback = next(row for row in rows if "traceback" in row)
    assert traceback["process"] != os.getpid()
    told = [(row["document"], row["message"]) for row in rows if row["process"] == os.getpid() and "document" in row]
    assert told == [("bad", "not read"), ("good", "read")]


@pytest.mark.parametrize("format_", ["text", "json"])
def test_names_cannot_forge_lines(tmp_path: Path, format_: str) -> None:
    log = tmp_path / "x.log"
    start_logs(LogSettings(logging.INFO, format_, str(log)))
    log_reading(Reading("d\n2026-01-01T00:00:00.000Z INFO x: y\x1b[2J\u202e\ud800", "a b=c\r.txt", failure="no"))
    written = log.read_bytes().decode()
    assert written.count("\n") == 1
    assert written[:-1].isprintable()


def test_names_in_messages_cannot_steer_the_terminal() -> None:
    _, _, err = invoke("extract", "none\x1b[2J\u202e.txt")
    assert err == "sigmine: could not read none\\x1b[2J\\u202e.txt: no such file or folder.\n"


# No text of documents in logs.


def hide(reason: str) -> str:
    hidden = hide_quotes(reason)
    assert CANARY not in hidden
    return hidden


@pytest.mark.parametrize(
    ("reason", "hidden"),
    [
        (f"line 3: the text is '{CANARY}' and must be a string.", "line 3: the text is '...' and must be a string."),
        (f'entity "{CANARY}\'s": no such place.', "entity '...': no such place."),
        (f"the document's id is '{CANARY}", "the document's id is '...'"),
        (f"the text is '{CANARY} [...] {CANARY}' here", "the text is '...' ..."),
        (f"KeyError: {CANARY}", "KeyError"),
        (f"UnicodeEncodeError: 'utf-8' codec: {CANARY}", "UnicodeEncodeError"),
        (f"json.decoder.JSONDecodeError: {CANARY}", "json.decoder.JSONDecodeError"),
        (f"not well-formed XML: attribute {CANARY}, line 1, column 9.", "not well-formed XML: ... line 1, column 9."),
        ("no such file or folder.", "no such file or folder."),
        ("AssertionError", "AssertionError"),
        ("it took more than 120 s.", "it took more than 120 s."),
    ],
)
def test_quotations_are_left_out_of_reasons(reason: str, hidden: str) -> None:
    assert hide(reason) == hidden


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text("'\"\\ax\n ", max_size=20), st.text("'\"\\ax\n ", max_size=20))
def test_whatever_a_message_quotes_is_left_out(before: str, behind: str) -> None:
    hide(f"line 3: the value {before + CANARY + behind!r} is none.")


def put_canaries(data: bytes) -> bytes:
    """Each word of five letters and more in what may be text is the canary; ids, which logs may tell, are shorter."""
    word = CANARY.encode()
    return re.sub(rb"(?<![<\w/&%-])[A-Za-z]{5,}(?![\w\"=:>]|-[a-z])", word, data)


@pytest.mark.parametrize("kind", [kind for kind in find_kinds() if kind not in ("pdf", "archives", "unnamed")])
def test_no_reason_why_a_file_was_not_read_tells_its_text(tmp_path: Path, kind: str) -> None:
    told = 0
    assert any(CANARY.encode() in put_canaries(seed) for seed in load_seeds(kind))
    for number in range(120):
        data = put_canaries(make_case(kind, 5, number))
        try:
            items = read_case(kind, data, tmp_path)
        except ReadError as error:
            items = [ReadFailure.from_error("given", error)]
        for item in items:
            if isinstance(item, ReadFailure):
                hide(item.reason)
                told += 1
    assert told > 3


@pytest.mark.usefixtures("fake_reading")
def test_a_log_of_a_run_holds_no_word_of_its_documents(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in {
        "good.txt": f"AKT1 activates {CANARY}. {CANARY} is active.",
        "boom.txt": f"BOOM {CANARY}",
        "rows.jsonl": f'{{"text": "{CANARY}", "id": "a"}}\n{{"text": 7, "x": "{CANARY}"}}\n{{"text": "{CANARY}"\n'
        f'{{"id": "b", "text": "{CANARY}", "entities": [{{"type": "{CANARY}", "start": "{CANARY}", "end": 3}}]}}\n',
        "bad.nxml": f"<article><p>{CANARY}</article>",
        "pair.txt": CANARY,
        "pair.a1": f"T1\tProtein 0 9\t{CANARY}x\n{CANARY}\n",
    }.items():
        (folder / name).write_text(data, encoding="utf-8")
    log = tmp_path / "x.log"
    code, _, err = invoke("run", str(folder), "--out", str(tmp_path / "out"), "--log-file", str(log), "-v", "-q")
    assert code == 1
    assert CANARY in err, "the message to whoever reads the file may quote it"
    text = log.read_text(encoding="utf-8")
    assert CANARY not in text
    assert text.count("not read") >= 5
    assert text.count(" read document") >= 2


def test_every_reader_is_asked(tmp_path: Path) -> None:
    """That the list above is of all formats with text that can be replaced byte by byte."""
    assert {*READERS, "archives", "unnamed"} == set(find_kinds())
    [document] = READERS["text"].read(Source("x", data=put_canaries(b"Proteins binding.\n")))
    assert isinstance(document, Document)
    assert document.text.count(CANARY) == 2
    assert io.BytesIO(put_canaries(b"<title>Kinase</title>")).read() == f"<title>{CANARY}</title>".encode()
