"""What every format must hold to."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sigmine.exports import EXPORTS
from sigmine.model import Agent, Statement
from store.builders import PLAIN, make_statements

FORMATS = sorted(EXPORTS)
TESTS = Path(__file__).resolve().parents[1]


def write(name: str, statements: tuple[Statement, ...]) -> bytes:
    file = io.BytesIO()
    EXPORTS[name].write(statements, file)
    assert not file.closed
    return file.getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_statements_give_the_same_bytes(name: str) -> None:
    statements = make_statements()
    assert write(name, statements) == write(name, tuple(reversed(statements)))


def test_another_process_writes_the_same_bytes() -> None:
    code = (
        "import sys, hashlib; from test_exports import FORMATS, write; from store.builders import make_statements;"
        "print(*(hashlib.sha256(write(name, make_statements())).hexdigest() for name in FORMATS))"
    )
    folders = os.pathsep.join([str(TESTS), str(TESTS / "exports")])
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONPATH": folders, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_no_statement_and_no_evidence_give_a_file(name: str) -> None:
    assert b"AKT1" not in write(name, ())
    assert b"AKT1" in write(name, (replace(make_statements(PLAIN)[0], evidence=()),))


@pytest.mark.parametrize("name", FORMATS)
def test_files_are_utf8_with_plain_line_ends(name: str) -> None:
    data = write(name, make_statements())
    assert "PKCβ" in data.decode()
    assert b"\r" not in data
    assert data.endswith((b"\n", b">"))


@pytest.mark.parametrize("name", FORMATS)
def test_characters_that_are_no_text_do_no_harm(name: str) -> None:
    odd = Agent("a\x00b\x0c\tc\u2028d\ufffe", "PROTEIN")
    statement = replace(make_statements(PLAIN)[0], subject=odd)
    assert write(name, (statement,))


@pytest.mark.parametrize("name", FORMATS)
def test_a_path_is_written_like_an_open_file(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"out{EXPORTS[name].suffix}"
    EXPORTS[name].write(make_statements(), path)
    assert path.read_bytes() == write(name, make_statements())


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_says_what_it_is_for_and_what_it_loses(name: str) -> None:
    export = EXPORTS[name]
    assert export.purpose
    assert export.lost.endswith(".")
    assert export.suffix.startswith(".")
