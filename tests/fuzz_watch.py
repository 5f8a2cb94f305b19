"""Tries many cases in a process of their own, and counts those that end it, hold it up, or come out wrong."""

from __future__ import annotations

import os
import resource
import select
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

Try = Callable[[int], str]
"""Tries a case: a word for what became of it ("read", "refused"), or ``wrong: ...``; no exception is expected."""

MEMORY = 4_000_000_000
"""Bytes of address space; a case that needs more fails with MemoryError, which counts as wrong."""


WAIT = 20
"""Others may need the processor too."""


@dataclass(slots=True)
class Tally:
    """What became of the cases; ``crashes``, ``hangs`` and ``wrong`` name them."""

    cases: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    crashes: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slowest: tuple[float, int] = (0.0, -1)
    seconds: float = 0.0

    def __str__(self) -> str:
        outcomes = ", ".join(f"{count:,} {name}" for name, count in sorted(self.outcomes.items()))
        faults = f"{len(self.crashes)} crashes, {len(self.hangs)} hangs, {len(self.wrong)} wrong"
        slowest = f"slowest {self.slowest[0]:.2f} s (case {self.slowest[1]})"
        return f"{self.cases:,} cases in {self.seconds:.0f} s: {outcomes or 'none ended'}; {faults}; {slowest}"

    def list_faults(self) -> list[str]:
        return [*self.crashes, *self.hangs, *self.wrong]


def watch(try_case: Try, cases: range, *, patience: float = 30.0, memory: int = MEMORY) -> Tally:
    """Tries each case once, in order.

    Args:
        patience: seconds of the processor that one case may take; then it is killed and counts as a hang, as is one
            that has waited ``WAIT`` times as long for anything else.
    """
    tally, started = Tally(), time.monotonic()
    left = cases
    while left:
        left = _watch_process(try_case, left, tally, patience, memory)
    tally.seconds = time.monotonic() - started
    return tally


def _watch_process(try_case: Try, cases: range, tally: Tally, patience: float, memory: int) -> range:
    """Cases in one process until it ends; those that it did not come to."""
    source, sink = os.pipe()
    child = os.fork()
    if not child:
        os.close(source)
        _try_all(try_case, cases, sink, memory)
    os.close(sink)
    done, text, hung = 0, b"", False
    since, used = time.monotonic(), 0.0
    while True:
        ready, _, _ = select.select([source], [], [], min(1.0, patience))
        if not ready:
            if _read_seconds(child) - used > patience or time.monotonic() - since > WAIT * patience:
                os.kill(child, signal.SIGKILL)
                hung = True
                break
            continue
        block = os.read(source, 65_536)
        if not block:
            break
        *lines, text = (text + block).split(b"\n")
        for line in lines:
            _count(line.decode("utf-8", "replace"), cases[done], tally)
            done += 1
        since, used = time.monotonic(), _read_seconds(child)
    os.close(source)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    tally.cases += done
    if done == len(cases):
        return cases[done:]
    tally.cases += 1
    if hung:
        tally.hangs.append(f"case {cases[done]}: more than {patience:g} s")
    else:
        tally.crashes.append(f"case {cases[done]}: the process ended with {status}")
    return cases[done + 1 :]


def _read_seconds(process: int) -> float:
    """What a process has had of the processor (proc(5): ``utime`` and ``stime``)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _count(line: str, case: int, tally: Tally) -> None:
    seconds, _, outcome = line.partition(" ")
    tally.slowest = max(tally.slowest, (float(seconds), case))
    if outcome.startswith("wrong"):
        tally.wrong.append(f"case {case}: {outcome}")
        outcome = "wrong"
    tally.outcomes[outcome] = tally.outcomes.get(outcome, 0) + 1


def _try_all(try_case: Try, cases: range, sink: int, memory: int) -> NoReturn:
    """The child: a line for each case that came to an end, with the processor's seconds that it took."""
    code = 70
    try:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for case in cases:
            started = time.process_time()
            try:
                outcome = try_case(case)
            except (Exception, RecursionError) as error:
                outcome = f"wrong: {type(error).__name__}: {error}"
            line = " ".join(f"{time.process_time() - started:.3f} {outcome}".split())[:400]
            os.write(sink, line.encode("utf-8", "replace") + b"\n")
        code = 0
    finally:
        os._exit(code)
