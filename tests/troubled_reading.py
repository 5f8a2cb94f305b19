"""An analyser for tests of worker processes: what stands in a document decides what reading it does to the process."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Sequence

import fake_pipeline
from sigmine.analysis import Analyser, Analysis, Options, Reading
from sigmine.extraction import Item
from sigmine.model import Document


def load(options: Options) -> Analyser:
    return _analyse


def pack(item: Item, reading: Reading) -> bytes:
    """Also tells which process made it."""
    return f"{item.position} {reading.document} {reading.failure} {len(reading.evidence)} {os.getpid()}".encode()


def _analyse(documents: Sequence[Document]) -> Iterable[Analysis]:
    for document in documents:
        _suffer(document.text)
    yield from fake_pipeline.load(Options())(documents)


def _suffer(text: str) -> None:
    if "KILLED" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "CRASH" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "EXIT" in text:
        os._exit(3)
    if "MEMORY" in text:
        raise MemoryError
    if "SLEEP" in text:
        time.sleep(60)
    while "LOOP" in text:
        pass
