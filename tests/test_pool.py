"""Worker processes: order, deadlines, deaths at any moment, and that nothing is left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from children import find_children, note_children  # noqa: F401  a fixture
from pool_tasks import die, prepare, prepare_once, prepare_pid, prepare_threads, refuse, work
from sigmine.errors import ResourceError, SigmineError
from sigmine.pool import Loss, count_jobs, run_tasks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals")


def test_results_come_in_order_and_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = run_tasks(tasks(), prepare, jobs=2)
    assert [next(results)[1] for _ in range(20)] == [work(number) for number in range(20)]
    assert len(taken) < 100
    results.close()  # type: ignore[attr-defined]
    assert not find_children(), "who stops asking leaves no process"


def test_nothing_to_do_starts_nothing() -> None:
    assert list(run_tasks([], die, jobs=2)) == []
    assert list(run_tasks([-1, -2], die, jobs=2, answer=abs)) == [(-1, 1), (-2, 2)]


def test_what_hinders_the_preparation_is_raised_here() -> None:
    with pytest.raises(ResourceError, match="model is missing"):
        list(run_tasks([1], refuse, jobs=2))
    assert not find_children()


def test_workers_that_die_again_and_again_while_they_start_end_the_work() -> None:
    with pytest.raises(SigmineError, match=r"No worker process could be started: .* it ended with exit code 9"):
        list(run_tasks([1], die, jobs=1))
    assert not find_children()


def test_one_that_dies_while_it_starts_is_replaced(tmp_path: Path) -> None:
    assert list(run_tasks([-4], partial(prepare_once, tmp_path / "started"), jobs=1)) == [(-4, 4)]


def test_a_worker_uses_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert list(run_tasks([1], prepare_threads, jobs=1)) == [(1, "1")]


def kill_children(rounds: int, seed: int, pause: float) -> tuple[int, int]:
    """Kills a worker again and again, at any moment, also while it writes; how many tasks were done and lost."""
    choose, kills, stop = random.Random(seed), 0, threading.Event()

    def kill() -> None:
        nonlocal kills
        while kills < rounds and not stop.wait(choose.uniform(0.0, pause)):
            # Not those that are being started: to kill these again and again is another test.
            children = [child for child in find_children() if child.pid in at_work and child.pid is not None]
            if children:
                os.kill(choose.choice(children).pid or 0, signal.SIGKILL)
                kills += 1

    def tasks() -> Iterator[int]:
        number = 0
        while kills < rounds:
            yield number
            number += 1

    at_work: set[int | None] = set()
    killer = threading.Thread(target=kill)
    killer.start()
    done = lost = 0
    try:
        for expected, (task, result) in enumerate(run_tasks(tasks(), prepare_pid, jobs=2, seconds=60)):
            assert task == expected, "no task is left out, none is given twice"
            if isinstance(result, Loss):
                assert "killed (SIGKILL); most likely the memory ran out: use fewer --jobs" in result.reason
                lost += 1
            else:
                pid, answer = result
                assert answer == work(task)
                at_work.add(pid)
                done += 1
    finally:
        stop.set()
        killer.join()
    assert not find_children()
    assert lost <= rounds
    return done, lost


def test_workers_killed_at_any_moment_cost_the_task_they_were_at() -> None:
    done, lost = kill_children(4, seed=1, pause=0.1)
    assert done > lost


@pytest.mark.slow
def test_workers_killed_two_hundred_times_cost_the_tasks_they_were_at() -> None:
    done, lost = kill_children(200, seed=2, pause=0.3)
    assert done > lost > 0


PROGRAM = """
import signal, sys, time
from pool_tasks import prepare
from sigmine.pool import run_tasks
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which programs in the background ignore
    numbers = iter(range(10**9))
    for task, result in run_tasks(numbers, prepare, jobs=2):
        if task == 3:
            print("begun", flush=True)
"""


def list_children(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid and words[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_end_of_the_parent_is_the_end_of_its_workers(tmp_path: Path, number: signal.Signals) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    with subprocess.Popen(
        [sys.executable, str(program)], env={**os.environ, "PYTHONPATH": path}, stdout=-1, stderr=-1, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        children = list_children(process.pid)
        assert len(children) >= 2
        process.send_signal(number)
        process.wait(30)
        deadline = time.monotonic() + 30
        while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert [child for child in children if Path(f"/proc/{child}").exists()] == []


def test_as_many_workers_as_the_machine_has_cores_at_most() -> None:
    assert 1 <= count_jobs() <= (os.cpu_count() or 1)
