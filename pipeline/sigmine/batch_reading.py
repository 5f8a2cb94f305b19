"""Batches of items, read in the process that this runs in. What fails, in whatever way, is recorded with the reason."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sigmine.analysis import Analyser, Analysis, Loader, Options, Reading
from sigmine.errors import SigmineError
from sigmine.items import Item
from sigmine.model import Document
from sigmine.pool import explain_lateness

if TYPE_CHECKING:
    from sigmine.readers import ReadFailure

_log = logging.getLogger(__name__)

T = TypeVar("T")
Batch = tuple[Item, ...]
Pack = Callable[[Item, Reading], T]
"""Makes, where the document is read, what is given of a reading."""
Opened = list["Document | ReadFailure | Reading"]
"""What was found in an item; a reading says why there is nothing else."""


class BatchReader:
    """Reads batches of items in the process that it is in."""

    def __init__(self, load: Loader, options: Options, run_id: str, pack: Pack[Any]) -> None:
        self._load, self._options, self._run_id, self.pack = load, options, run_id, pack

    def __call__(self, batch: Batch) -> list[tuple[Any, ...]]:
        return self.analyse(batch, self.open(batch))

    def load(self) -> Analyser:
        """Whatever takes its time once: the analyser, and modules that the first document would load."""
        import sigmine.assembly
        import sigmine.readers  # noqa: F401

        return _get_analyser(self._load, self._options)

    def open(self, batch: Batch) -> list[Opened]:
        """The documents of each item."""
        return [_open_item(item) for item in batch]

    def analyse(self, batch: Batch, opened: Sequence[Opened]) -> list[tuple[Any, ...]]:
        """What is packed of each item; if all together fail, the documents are taken one by one."""
        documents = [one for found in opened for one in found if isinstance(one, Document)]
        readings: Iterator[Reading] = iter(())
        if documents:
            analyse = self.load()
            try:
                readings = iter(_make_readings(documents, analyse(documents), self._run_id))
            except Exception:
                readings = iter([_analyse_alone(document, analyse, self._run_id) for document in documents])
        return [
            tuple(self.pack(item, self._pass_on(one, readings)) for one in found)
            for item, found in zip(batch, opened, strict=True)
        ]

    @staticmethod
    def _pass_on(one: Document | ReadFailure | Reading, readings: Iterator[Reading]) -> Reading:
        if isinstance(one, Document):
            return next(readings)
        return one if isinstance(one, Reading) else report_failure(one)


def _open_item(item: Item) -> Opened:
    if not item.format:
        return [item.content]  # type: ignore[list-item]
    from sigmine.readers import Source, read_source, rename

    assert isinstance(item.content, Source)
    try:
        found = list(read_source(item.format, item.content))
    except Exception as error:
        _log.debug("%s failed.", item.name, exc_info=True)
        return [make_lost_reading(item, _explain(error))]
    return [
        rename(one, item.document) if isinstance(one, Document) else make_lost_reading(item, one.reason)
        for one in found
    ]


@lru_cache(maxsize=1)
def _get_analyser(load: Loader, options: Options) -> Analyser:
    return load(options)


def _analyse_alone(document: Document, analyse: Analyser, run_id: str) -> Reading:
    try:
        return _make_readings([document], analyse([document]), run_id)[0]
    except Exception as error:
        _log.debug("Document %s failed.", document.id, exc_info=True)
        return Reading(document.id, document.source, document.sha256, failure=_explain(error))


def _explain(error: Exception) -> str:
    if isinstance(error, SigmineError):
        return str(error)
    if isinstance(error, MemoryError):
        return "the memory ran out while it was read; use fewer --jobs, or split it."
    return f"{type(error).__name__}: {error}"


def _make_readings(documents: Sequence[Document], analyses: Iterable[Analysis], run_id: str) -> list[Reading]:
    from sigmine.assembly import make_evidence

    started = time.perf_counter()
    analyses = list(analyses)
    by_word = (time.perf_counter() - started) / max(1, sum(analysis.words for analysis in analyses))
    return [
        Reading(
            document=document.id,
            source=document.source,
            sha256=document.sha256,
            characters=len(document.text),
            sentences=analysis.sentences,
            words=analysis.words,
            entities=analysis.entities,
            evidence=tuple(make_evidence(mention, document, run=run_id) for mention in analysis.relations),
            sites=analysis.sites,
            long_sentences=analysis.long_sentences,
            seconds=by_word * analysis.words,
        )
        for document, analysis in zip(documents, analyses, strict=True)
    ]


def report_failure(failure: ReadFailure) -> Reading:
    """The reading of a file, or a part of one, that no reader could read."""
    return Reading(Path(failure.source).stem, failure.source, failure=failure.reason)


def read_in_time(batch: Batch, reader: BatchReader, seconds: float) -> list[tuple[Any, ...]]:
    """What the reader makes of a batch, item by item if all together take too long.

    The limit holds in the main thread of a process, not on Windows, and not while C code runs that does not come back.

    Args:
        seconds: for one item, reading of its file included; 0 for no limit.
    """
    began = time.monotonic()
    try:
        with _alarm(seconds):
            opened = reader.open(batch)
        taken = time.monotonic() - began
        if any(isinstance(one, Document) for found in opened for one in found):
            reader.load()  # Its time is not the document's.
        with _alarm(max(0.01, seconds - taken) if seconds else 0.0):
            return reader.analyse(batch, opened)
    except _TimeUp:
        _get_analyser.cache_clear()  # Whatever it was at is left half done.
        if len(batch) > 1:
            return [found for item in batch for found in read_in_time((item,), reader, seconds)]
        return [(reader.pack(batch[0], make_lost_reading(batch[0], explain_lateness(seconds))),)]


class _TimeUp(BaseException):
    """Not an ``Exception``, so that nothing on the way takes it for a failure of its own."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raises ``_TimeUp`` in what is within, where the system can; not where another program has set the alarm."""
    can = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not seconds or not can or signal.getitimer(signal.ITIMER_REAL)[0]:
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        # Again and again: what is raised in a callback of C code is lost there.
        signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)


def make_lost_reading(item: Item, reason: str) -> Reading:
    """The reading of an item of which nothing but this is known."""
    content = item.content
    known = (content.source, content.sha256) if isinstance(content, Document) else (item.name, "")
    return Reading(item.document, *known, failure=reason)
