"""``sigmine`` as a program of its own, timed from outside: start, work, memory of all its processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Thread
from typing import IO

from sigmine.benchmark.timing import Timing
from sigmine.errors import SigmineError

SIGMINE: tuple[str, ...] = ("-m", "sigmine")
SENTENCE = "AKT phosphorylates TSC2 at Ser939.\n"
_LOOKS_A_SECOND = 20


@dataclass(frozen=True, slots=True)
class ProgramRun:
    """What one run of a program took.

    Attributes:
        time: from its start to its end.
        first: seconds by the clock to its first line on standard output; None if it wrote none.
        peak: most bytes of memory of all its processes together, looked at twenty times a second; without psutil those
            of its largest process.
        output: what it wrote on standard output.
    """

    time: Timing
    first: float | None
    peak: int
    output: str


def can_see_processes() -> bool:
    """Whether the memory of all processes of a program can be told: psutil is installed."""
    return find_spec("psutil") is not None


class Programs:
    """Runs Python programs as an installed sigmine runs: compiled before, one thread for each process's arithmetic.

    Args:
        folder: an empty one, for compiled modules: those of a clone may not be compiled, and may not be written.
    """

    def __init__(self, folder: Path) -> None:
        self._environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder), "OMP_NUM_THREADS": "1"}
        self._environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def compile(self, folder: Path) -> None:
        """Runs sigmine once, so that no run that is measured finds a module that is not compiled.

        Args:
            folder: where the run may write.

        Raises:
            SigmineError: if it fails.
        """
        path = folder / "compiled.txt"
        path.write_text(SENTENCE, encoding="utf-8")
        self.run([*SIGMINE, "run", str(path), "--out", str(folder / "compiled"), "--json"])
        self.run([*SIGMINE, "extract", "-"], SENTENCE)
        self.run([*SIGMINE, "--help"])

    def run(self, arguments: Sequence[str], text: str = "", *, one_core: bool = False) -> ProgramRun:
        """Runs ``python ARGUMENTS`` to its end, with a text as its standard input.

        Args:
            one_core: all its processes and threads share one core, where the system allows that (Linux).

        Raises:
            SigmineError: if it fails; the message ends with its last line on standard error.
        """
        with TemporaryFile() as given, TemporaryFile() as errors:
            given.write(text.encode())
            given.seek(0)
            started = time.perf_counter()
            with _stay_on_one_core() if one_core else nullcontext():  # what is started here stays there
                process = subprocess.Popen(
                    [sys.executable, *arguments],
                    stdin=given,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    env=self._environment,
                )
            try:
                with _Watch(process.pid) as watch:
                    assert process.stdout is not None
                    with process.stdout:
                        line = process.stdout.readline()
                        first = time.perf_counter() - started
                        output = (line + process.stdout.read()).decode()
                    cpu, largest = _wait(process)
                    seconds = time.perf_counter() - started
            finally:
                if process.poll() is None:  # interrupted: it does not go on alone
                    process.terminate()
                    process.wait()
            if process.returncode:
                raise SigmineError(
                    f"'python {' '.join(arguments)}' ended with {process.returncode}: {_read_last_line(errors)}"
                )
        return ProgramRun(Timing(seconds, cpu), first if line else None, watch.peak or largest, output)


@contextmanager
def _stay_on_one_core() -> Iterator[None]:
    """The last of the cores that this process may use: the first has more of the system's own work."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def _wait(process: subprocess.Popen[bytes]) -> tuple[float, int]:
    """Seconds of the processor of the program and what it started; bytes of its largest process; 0 if not told."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0.0, 0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _read_last_line(stream: IO[bytes]) -> str:
    stream.seek(0)
    lines = stream.read().decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "no message"


class _Watch:
    """Looks at a process and all that it started, until it is left; ``peak`` is the most bytes they had together."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._done = Event()
        self._thread = Thread(target=self._look_again, daemon=True) if can_see_processes() else None

    def __enter__(self) -> _Watch:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread:
            self._thread.join()

    def _look_again(self) -> None:
        import psutil

        while not self._done.wait(1 / _LOOKS_A_SECOND):
            try:
                process = psutil.Process(self._pid)
                self.peak = max(self.peak, sum(_find_size(one) for one in [process, *process.children(recursive=True)]))
            except psutil.Error:
                return


def _find_size(process: object) -> int:
    """Bytes in memory; 0 for one that has just ended, or is a copy of this one that has not become another yet."""
    import psutil

    assert isinstance(process, psutil.Process)
    try:
        is_copy = process.cmdline() == psutil.Process().cmdline()
        return 0 if is_copy else int(process.memory_info().rss)
    except psutil.Error:
        return 0
