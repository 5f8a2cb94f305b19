from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from sigmine.cli.main import app
from sigmine.errors import GrammarError


def test_the_bundled_rules_have_no_problem() -> None:
    result = CliRunner().invoke(app, ["rules", "check", "--no-examples"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.fullmatch(r"\d+ rules for \d+ relations: no problem found\.\n", result.stdout)


def test_every_problem_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    def load_grammar() -> None:
        raise GrammarError("2 problem(s) in the rule files:\n  a.yml:3: x\n  b.yml:7: y", ("a.yml:3: x", "b.yml:7: y"))

    monkeypatch.setattr("sigmine.grammar.load_grammar", load_grammar)
    result = CliRunner().invoke(app, ["rules", "check"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "a.yml:3: x" in result.stderr
    assert "b.yml:7: y" in result.stderr
