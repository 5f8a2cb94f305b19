from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest
from typer.testing import CliRunner

from sigmine.cli.main import app
from sigmine.errors import StoreError
from sigmine.explorer import make_app, serve

COMMAND = [sys.executable, "-m", "sigmine", "explore"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_told_to_stop(place: Path, tmp_path: Path, number: signal.Signals) -> None:
    options = ["--port", "0", "--no-browser", "--curation", str(tmp_path / "decisions"), "--curator", "ada"]
    process = subprocess.Popen(
        [*COMMAND, str(place), *options], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        match = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert match, line
        with urlopen(f"{match[0]}api/session") as answer:
            assert json.load(answer)["curation"]["curator"] == "ada"
        process.send_signal(number)
        out, messages = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode in (0, 128 + number)
    assert out == ""
    assert "Traceback" not in messages


def test_a_port_that_is_taken_is_told(place: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StoreError, match=f"Port {port}.*--port 0"):
            serve(make_app(place, curator="ada"), port=port, ready=print)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "example.org", "::"])
def test_it_listens_on_this_machine_only(place: Path, host: str) -> None:
    result = CliRunner().invoke(app, ["explore", str(place), "--host", host, "--no-browser"])
    assert result.exit_code == 2
    assert "127.0.0.1" in result.output
    with pytest.raises(ValueError, match=r"127\.0\.0\.1"):
        serve(make_app(place, curator="ada"), host=host, ready=print)


def test_what_is_no_output_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["explore", str(tmp_path / "nothing"), "--no-browser"])
    assert result.exit_code == 2
    assert "nothing" in result.output


def test_a_missing_library_is_named_with_what_installs_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "starlette"]:
        monkeypatch.setitem(sys.modules, name, None)
    result = CliRunner().invoke(app, ["explore", str(place), "--no-browser"])
    assert result.exit_code == 1
    assert "pip install 'sigmine[web]'" in result.output
