"""The programs that try readers and the whole pipeline with damaged input: they find faults, and find none."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

import fuzz_program
import fuzz_texts
from fuzz_cases import find_kinds, load_seeds, make_case
from fuzz_readers import fuzz
from fuzz_watch import watch
from sigmine.analysis import Options, load_analyser


def fail(number: int) -> str:
    """Goes wrong in every way that there is."""
    match number:
        case 2:
            os.kill(os.getpid(), signal.SIGSEGV)
        case 4:
            while True:
                pass
        case 5:
            raise ZeroDivisionError("no way")
        case 6:
            return "wrong: a span"
        case 7:
            held = bytearray(10**10)
            return f"{len(held)}"
        case 8:
            time.sleep(0.01)
    return "read"


def test_what_goes_wrong_is_noticed_and_the_rest_is_tried() -> None:
    tally = watch(fail, range(10), patience=0.5)
    assert tally.cases == 10
    assert tally.crashes == ["case 2: the process ended with -11"]
    assert tally.hangs == ["case 4: more than 0.5 s"]
    assert tally.wrong == [
        "case 5: wrong: ZeroDivisionError: no way",
        "case 6: wrong: a span",
        "case 7: wrong: MemoryError:",
    ]
    assert tally.outcomes == {"read": 5, "wrong": 3}


def test_a_case_that_waits_for_ever_is_a_hang() -> None:
    tally = watch(lambda number: time.sleep(60) or "read", range(1), patience=0.05)  # type: ignore[func-returns-value]
    assert len(tally.hangs) == 1


@pytest.mark.parametrize("kind", find_kinds())
def test_a_case_is_the_same_again_and_cases_differ(kind: str) -> None:
    cases = [make_case(kind, 1, number) for number in range(40)]
    assert cases == [make_case(kind, 1, number) for number in range(40)]
    assert len(set(cases)) > 25
    assert len(set(cases) & set(load_seeds(kind))) <= 3, (
        "damage that is undone, or to a part of the file that is no more"
    )


@pytest.mark.parametrize("kind", find_kinds())
def test_damaged_files_are_read_or_refused(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    tally = fuzz([kind], range(25), seed=2)[kind]
    assert tally.cases == 25
    assert not tally.list_faults(), capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("kind", find_kinds())
def test_thousands_of_damaged_files_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    tally = fuzz([kind], range(3_000), seed=3, save=tmp_path)[kind]
    assert not tally.list_faults()
    assert tally.outcomes["read"] > 100


def test_texts_that_nobody_would_write_are_of_all_kinds() -> None:
    texts = [fuzz_texts.make_text(1, number) for number in range(300)]
    assert max(map(len, texts)) > 10_000
    assert any("\ud800" <= letter <= "\udfff" for text in texts for letter in text)
    assert any(" " not in text[:200] for text in texts if len(text) > 200)


@pytest.mark.slow
def test_the_whole_program_reads_texts_that_nobody_would_write() -> None:
    tally = watch(fuzz_program.make_try(2, load_analyser(Options())), range(150), patience=120)
    assert not tally.list_faults()
    assert tally.outcomes["read"] > 100
