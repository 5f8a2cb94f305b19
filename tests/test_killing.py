"""Whatever moment a process is killed at, what it wrote to is the old or the new."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sigmine.store import open_store

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by SIGKILL")
TESTS = Path(__file__).parent

WRITER = """
import sys
from dataclasses import replace
from sigmine.store import open_store
from store.builders import ACTIVE, make_evidence, make_statements
from sigmine.model import Entity

def version(number, size):
    for n in range(size):
        sentence = f"K{n} activates S{n} v{number}."
        ends = [Entity(f"K{n}", 0, len(f"K{n}"), "PROTEIN", f"K{n}"), Entity(f"S{n}", 12, 14, "PROTEIN", f"S{n}")]
        yield make_evidence(sentence, "activates", *ends, document="d")

with open_store(sys.argv[1]) as store:
    number = 0
    while True:
        number += 1
        store.write_statements(make_statements(*version(number, int(sys.argv[2]))), replacing=["d"])
        print(number, flush=True)
"""


def run_python(*arguments: str) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(TESTS), *sys.path])
    return subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_runs(folder: Path, step: int, mode: str) -> tuple[int, int]:
    process = run_python(str(TESTS / "kill_points.py"), str(folder), str(step), mode)
    shown, errors = process.communicate(timeout=1200)
    assert process.returncode == 0, errors
    old, new = map(int, shown.split())
    return old, new


@pytest.mark.parametrize("mode", ["exchange", pytest.param("rename", marks=pytest.mark.slow)])
def test_a_killed_run_leaves_the_old_or_the_new_folder(tmp_path: Path, mode: str) -> None:
    old, new = kill_runs(tmp_path, 11, mode)
    assert old > 1
    assert new >= 1


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["exchange", "rename"])
def test_a_run_killed_at_any_change_of_the_disk_leaves_the_old_or_the_new_folder(tmp_path: Path, mode: str) -> None:
    old, new = kill_runs(tmp_path, 1, mode)
    assert min(old, new) > 5


def kill_writers(folder: Path, rounds: int, size: int) -> set[int]:
    """Kills a process that writes one version of a document after the other; the versions that were found then."""
    choose = random.Random(7)
    found = set()
    for _ in range(rounds):
        process = run_python("-c", WRITER, str(folder), str(size))
        assert process.stdout is not None
        assert process.stdout.readline(), "nothing was written: " + (process.stderr.read() if process.stderr else "")
        time.sleep(choose.uniform(0.0, 0.4))
        os.kill(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        last = int((["1", *said.split()])[-1])
        with open_store(folder) as store:
            statements = list(store.find_statements())
            versions = {item.sentence.rpartition("v")[2] for one in statements for item in one.evidence}
            assert len(statements) == size
            assert len(versions) == 1, versions
            version = int(versions.pop().rstrip("."))
            assert version in (last, last + 1), "what was said to be written is there"
            assert store.query("SELECT (COUNT(?e) AS ?n) { ?e a sigmine:Evidence }").rows == [(size,)]
        found.add(version)
    return found


def test_a_killed_writer_leaves_one_whole_version_in_the_store(tmp_path: Path) -> None:
    kill_writers(tmp_path / "store", 2, 40)


@pytest.mark.slow
def test_a_writer_killed_often_leaves_one_whole_version_in_the_store(tmp_path: Path) -> None:
    kill_writers(tmp_path / "small", 30, 40)
    kill_writers(tmp_path / "large", 5, 700)
