from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sigmine.benchmark.program import Programs, can_see_processes
from sigmine.errors import SigmineError

BIG = "data = bytearray(60_000_000); import time; time.sleep(0.4)"


def test_output_time_and_standard_input(tmp_path: Path) -> None:
    code = "import sys, time; print(sys.stdin.read()); sys.stdout.flush(); time.sleep(0.3); print('end')"
    run = Programs(tmp_path).run(["-c", code], "TSC2")
    assert run.output == "TSC2\nend\n"
    assert run.first is not None
    assert run.first + 0.25 < run.time.clock
    assert run.time.cpu > 0


def test_a_program_that_says_nothing_has_no_first_line(tmp_path: Path) -> None:
    assert Programs(tmp_path).run(["-c", "pass"]).first is None


def test_much_on_standard_error_does_not_stop_it(tmp_path: Path) -> None:
    assert Programs(tmp_path).run(["-c", "import sys; sys.stderr.write('x' * 1_000_000); print(1)"]).output == "1\n"


def test_memory_is_that_of_all_its_processes(tmp_path: Path) -> None:
    if not can_see_processes():
        pytest.skip("psutil is not installed")
    code = f"import subprocess, sys\nall = [subprocess.Popen([sys.executable, '-c', {BIG!r}]) for _ in range(2)]\n"
    run = Programs(tmp_path).run(["-c", code + "[one.wait() for one in all]"])
    assert 120_000_000 < run.peak < 400_000_000


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system does not tell")
def test_one_core_is_for_the_program_alone(tmp_path: Path) -> None:
    before = os.sched_getaffinity(0)
    run = Programs(tmp_path).run(["-c", "import os; print(len(os.sched_getaffinity(0)))"], one_core=True)
    assert run.output == "1\n"
    assert os.sched_getaffinity(0) == before


def test_one_that_fails_is_told_with_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(SigmineError, match=r"ended with 3: no disk$"):
        Programs(tmp_path).run(["-c", "import sys; print('first\\nno disk', file=sys.stderr); sys.exit(3)"])


def test_modules_are_compiled_into_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    Programs(tmp_path).run(["-c", "import sigmine.errors"])
    assert list(tmp_path.rglob("errors*.pyc"))


def test_one_that_is_interrupted_ends_its_program(tmp_path: Path) -> None:
    mark, code = tmp_path / "running", "import pathlib, time; time.sleep(1.5); pathlib.Path({!r}).touch()"
    inner = code.format(str(mark))
    outer = f"""
import pathlib, signal, sys
from sigmine.benchmark.program import Programs
def end(*_): sys.exit(3)
signal.signal(signal.SIGALRM, end); signal.setitimer(signal.ITIMER_REAL, 0.3)
Programs(pathlib.Path({str(tmp_path)!r})).run(["-c", {inner!r}])
"""
    assert subprocess.run([sys.executable, "-c", outer], check=False).returncode == 3
    time.sleep(1.7)
    assert not mark.exists()
