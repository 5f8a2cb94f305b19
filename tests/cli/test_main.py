from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest
from typer.testing import CliRunner

from sigmine.cli.main import COMMANDS as PANELS
from sigmine.cli.main import app, load_command
from sigmine.errors import ResourceError

COMMANDS = [
    "run",
    "extract",
    "entities",
    "evaluate",
    "query",
    "export",
    "compare",
    "why",
    "rules check",
    "rules report",
]


def invoke(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_version() -> None:
    assert invoke("--version") == (0, f"sigmine {version('sigmine')}\n", "")


def test_help_names_every_command() -> None:
    code, out, _ = invoke("--help")
    assert code == 0
    for panel, commands in PANELS.items():
        assert f"─ {panel} ─" in out
        assert all(f" {command} " in out for command in commands)


@pytest.mark.parametrize(("panel", "name"), [(panel, name) for panel, names in PANELS.items() for name in names])
def test_the_list_of_commands_says_what_their_own_help_says(panel: str, name: str) -> None:
    assert " ".join(load_command(name, panel).help.split("\n\n")[0].split()) == PANELS[panel][name]


def test_help_loads_no_command() -> None:
    code = (
        "import sys; sys.argv = ['sigmine', '--help']; from sigmine.cli.main import app\n"
        "try: app()\nexcept SystemExit: print(*sorted(name for name in sys.modules if name.startswith('sigmine.cli')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].split() == ["sigmine.cli", "sigmine.cli.main", "sigmine.cli.terminal"]


def test_a_command_loads_no_other() -> None:
    code = (
        "import sys; sys.argv = ['sigmine', 'model', '--help']; from sigmine.cli.main import app\n"
        "try: app()\nexcept SystemExit: print(*sorted(name for name in sys.modules if name.startswith('sigmine.cli')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert "sigmine.cli.model" in loaded
    assert not {f"sigmine.cli.{name}" for names in PANELS.values() for name in names} & set(loaded) - {
        "sigmine.cli.model"
    }


def test_a_misspelt_command_is_told_with_those_like_it() -> None:
    code, _, err = invoke("exprot")
    assert code == 2
    told = " ".join(err.replace("│", " ").split())
    assert "Did you mean" in told
    assert "'export'" in told


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_each_command_teaches_with_an_example(command: str) -> None:
    code, out, _ = invoke(*command.split(), "--help")
    assert code == 0
    assert f"sigmine {command}" in out.partition("Example")[2]


@pytest.mark.parametrize("arguments", [["nothing"], ["extract"], ["extract", "x.txt", "--entities", "some"]])
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    code, out, err = invoke(*arguments)
    assert (code, out) == (2, "")
    assert "Usage:" in err


def fail(*_: object, **__: object) -> None:
    raise ResourceError("The lexicon is missing.")


def test_an_expected_error_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sigmine.grammar.load_grammar", fail)
    assert invoke("rules", "check") == (1, "", "sigmine: The lexicon is missing.\n")


@pytest.mark.parametrize("arguments", [["--debug", "rules", "check"], ["rules", "check", "--debug"]])
def test_debug_shows_where_an_error_arose(monkeypatch: pytest.MonkeyPatch, arguments: list[str]) -> None:
    monkeypatch.setattr("sigmine.grammar.load_grammar", fail)
    assert isinstance(CliRunner().invoke(app, arguments).exception, ResourceError)


def test_the_module_can_be_run() -> None:
    result = subprocess.run([sys.executable, "-m", "sigmine", "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith("sigmine ")
