"""A program: every pattern of the package on strings that make careless patterns slow.

``regex_attacks.py [SIZE]`` imports all modules and reads the samples with every reader and the bundled model, so that
every pattern is compiled, then searches strings of SIZE characters (default 10,000), each a unit that repeats, with
each of them. Prints the slowest; ends with 1 if one took five seconds of the processor.
"""

from __future__ import annotations

import pkgutil
import re
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

UNITS: tuple[str, ...] = (
    "a", "A", "1", " ", ".", ",", "-", "(", ")", "[", "]", "/",
    "\n", "\t", "<", ">", "&", "=", "'", '"', ";", ":", "–", "β",
    "\\", "|", "_", "ﬁ", "1 ", "a ", "A ", "A.", "A. ", "1,",
    "1, ", "1-", "1.", "1. ", "[1", "[1,", "(1", "a-", "-a", "a/",
    "Aa ", "A1 ", "et al. ", "et al., ", "Smith et al., ", "Smith ",
    "Smith A, ", "Smith, A.; ", "S9", "S9/", "Ser", "Ser9, ",
    "serine ", "Ser-", "p", "p-", "10.1/", "doi:", "doi: 10.", "http://a", "www.", "PMC1", "PMID: ", "2001;", "2001a, ",
    "Fig. ", "Figure 1", "(see ", "and ", ", and ", "- ", "-\n",
    "a\n", "1\n", "\n\n", " \n", "A\n", "<a ", "<a b='", "a=b ",
    "&a;", "&#1;", "<!--", "[[", "((", "()", "[]", "[1][",
    "1–9, ", "\xa0", "\u200b", "“", "T1\tA 0 1;", "a\t", "x:y", "±", "% ",
    "http://a.b/", "/home/", "../", "a.a", "a_", "_a", "Δ", "α-", "2+", "^{", "~~", "++", "+..", "!", "?", "? ", "...",
)  # fmt: skip
ENDS: tuple[str, ...] = ("", "\x00")
LIMIT = 5.0
"""Seconds that no search of a string may take."""

Found = dict[tuple[str, int], tuple[re.Pattern[Any], str]]


def record_patterns() -> Found:
    """From now on, patterns that code of the package compiles, by text and flags, with the module."""
    found: Found = {}
    make = re._compile  # type: ignore[attr-defined]

    def compile_and_record(pattern: Any, flags: Any) -> Any:
        compiled = make(pattern, flags)
        frame: FrameType | None = sys._getframe(1)
        for _ in range(3):
            name = frame.f_globals.get("__name__", "") if frame else ""
            if name.startswith("sigmine"):
                found.setdefault((str(compiled.pattern), compiled.flags), (compiled, name))
                break
            frame = frame.f_back if frame else None
        return compiled

    re._compile = compile_and_record  # type: ignore[attr-defined]
    return found


def use_everything() -> None:
    """Imports all modules and reads the samples, so that patterns made within functions are compiled too."""
    import sigmine

    for module in pkgutil.walk_packages(sigmine.__path__, "sigmine."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    from sigmine.readers import read_documents
    from sigmine.run import extract

    data = Path(__file__).resolve().parent / "data"
    list(read_documents(sorted(data.glob("reader_sample*"))))
    list(extract([data / "reader_sample.txt", data / "reader_sample.nxml"]))


def make_string(unit: str, end: str, size: int) -> str:
    return unit * (size // len(unit)) + end


def search(compiled: re.Pattern[Any], text: str) -> float:
    """Seconds of the processor for all matches, at most a thousand; ``LIMIT`` where it takes longer."""
    given = text.encode() if isinstance(compiled.pattern, bytes) else text
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        for number, _ in enumerate(compiled.finditer(given)):
            if number > 1_000:
                break
        compiled.fullmatch(given)
    except TimeoutError:
        return LIMIT
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started


def measure(found: Found, size: int) -> list[tuple[float, str, str, str]]:
    """Seconds, module, pattern and unit of the slowest searches of ``size`` characters, slowest first.

    A tenth of the size tells which searches are worth it: those of a pattern's slowest units.
    """
    rows = []
    for compiled, module in found.values():
        tried = [(search(compiled, make_string(unit, end, size // 10)), unit, end) for unit in UNITS for end in ENDS]
        slowest = sorted(tried, reverse=True)[:3]
        rows += [
            (search(compiled, make_string(unit, end, size)), module, str(compiled.pattern), f"{unit!r}, {end!r}")
            for seconds, unit, end in slowest
            if seconds > 0.0002
        ]
    return sorted(rows, reverse=True)


def stop(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    signal.signal(signal.SIGVTALRM, stop)
    found = record_patterns()
    use_everything()
    rows = measure(found, size)
    sys.stdout.write(f"{len(found)} patterns, {len(UNITS) * len(ENDS)} strings of {size:,} characters\n")
    for seconds, module, pattern, string in rows[:20]:
        sys.stdout.write(f"{seconds:.2f} s  {module}  {' '.join(pattern.split())[:100]}  {string}\n")
    return int(not rows or rows[0][0] >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
