"""How fast files become documents."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sigmine.benchmark.article_formats import WRITERS
from sigmine.benchmark.articles import make_articles
from sigmine.errors import ReadError, SigmineError
from sigmine.model import Document
from sigmine.readers import READERS, ReadFailure, Source, find_sources

REPEATS = 5
ARTICLES = 4
_MEGABYTE = 1_000_000
_BLOCK = 1 << 20


@dataclass(slots=True)
class Figures:
    """What reading all files of one format took.

    Attributes:
        format: the reader's name; of the bundled articles with their suffix, ``bioc .json``.
        seconds: of the processor, for reading all files once, an entry a repeat.
        size: bytes of the files, unpacked.
        files, documents, characters: what was read; ``characters`` is the length of the documents' texts.
        pages: of files that have pages, else 0.
        peak: most bytes that Python's objects took while one file was read; None if that was not measured.
    """

    format: str
    seconds: list[float]
    size: int = 0
    files: int = 0
    documents: int = 0
    characters: int = 0
    pages: int = 0
    peak: int | None = None

    def make_rates(self, amount: float) -> tuple[float, float, float]:
        """Median, least and most of an amount (of bytes, say) a second."""
        rates = [amount / max(seconds, 1e-9) for seconds in self.seconds]
        return statistics.median(rates), min(rates), max(rates)

    def make_row(self) -> dict[str, object]:
        """For JSON: sizes in bytes, a megabyte is a million; rates are the median, the least and the most."""
        keys = ("median", "min", "max")
        return {
            "format": self.format,
            "files": self.files,
            "documents": self.documents,
            "bytes": self.size,
            "characters": self.characters,
            "pages": self.pages or None,
            "seconds": self.seconds,
            "megabytes_per_second": dict(zip(keys, self.make_rates(self.size / _MEGABYTE), strict=True)),
            "characters_per_second": dict(zip(keys, self.make_rates(self.characters), strict=True)),
            "pages_per_second": dict(zip(keys, self.make_rates(self.pages), strict=True)) if self.pages else None,
            "peak_bytes": self.peak,
        }


@dataclass(slots=True)
class Measurement:
    """The figures of each format, in the order of ``READERS``, and what could not be measured."""

    figures: dict[str, Figures] = field(default_factory=dict)
    failures: list[ReadFailure] = field(default_factory=list)


def measure_readers(
    paths: Sequence[str] = (),
    *,
    formats: Sequence[str] = (),
    repeats: int = REPEATS,
    articles: int = ARTICLES,
    memory: bool = False,
    advance: Callable[[str], None] = lambda name: None,
) -> Measurement:
    """Read files again and again and take the processor's time, in this process, on one core.

    Each file is read once before the clock runs. What cannot be read is a failure and counts for no time.

    Args:
        paths: files, folders and archives; none for articles made from the bundled documents.
        formats: names in ``READERS``; none for all.
        repeats: how often each file is read under the clock, 1 or more.
        articles: how many of the bundled kind are made a format.
        memory: whether to read each file once more, slowly, and note how much memory its objects take.
        advance: called with the name of each file before it is read.

    Raises:
        ReadError: if a format is unknown.
        ResourceError: if the bundled documents are missing.
    """
    found = _find_named(paths, formats) if paths else _make_sources(formats, articles)
    measurement = Measurement()
    for item in found:
        if isinstance(item, ReadFailure):
            measurement.failures.append(item)
            continue
        name, reader, source = item
        advance(source.name)
        figures = measurement.figures.setdefault(name, Figures(name, [0.0] * repeats))
        try:
            _measure(source, READERS[reader].read, figures, measurement.failures, memory=memory)
        except SigmineError as error:
            measurement.failures.append(ReadFailure.from_error(source.name, error))
    for name in [name for name, figures in measurement.figures.items() if not figures.files]:
        del measurement.figures[name]
    return measurement


def _find_named(paths: Sequence[str], formats: Sequence[str]) -> Iterator[tuple[str, str, Source] | ReadFailure]:
    for item in find_sources(paths, formats=formats or None):
        yield item if isinstance(item, ReadFailure) else (item[0], *item)


def _make_sources(formats: Sequence[str], count: int) -> Iterator[tuple[str, str, Source] | ReadFailure]:
    unknown = [name for name in formats if name not in READERS]
    if unknown:
        raise ReadError(f"Unknown input format {unknown[0]!r}; known are {', '.join(READERS)}.")
    made = make_articles(count)
    suffixes = [reader for reader, _ in WRITERS]
    for (reader, suffix), write in WRITERS.items():
        if formats and reader not in formats:
            continue
        name = f"{reader} {suffix}" if suffixes.count(reader) > 1 else reader
        for number, article in enumerate(made, start=1):
            data = write(article)
            if data is None:
                yield ReadFailure(name, "needs reportlab, which sets its pages: pip install reportlab, or give a PATH.")
                break
            yield name, reader, Source(f"article {number} as {name}", data=data)


def _measure(
    source: Source,
    read: Callable[[Source], Iterable[Document | ReadFailure]],
    figures: Figures,
    failures: list[ReadFailure],
    *,
    memory: bool,
) -> None:
    """Add one file to the figures of its format.

    Raises:
        SigmineError: if it cannot be read; nothing is added then.
    """
    if memory:
        tracemalloc.start()
    try:
        # Objects of its documents are let go one by one, as in a run.
        counted = [_count(item) if isinstance(item, Document) else item for item in read(source)]
        peak = tracemalloc.get_traced_memory()[1] if memory else None
    finally:
        if memory:
            tracemalloc.stop()
    seconds = [_time(source, read) for _ in figures.seconds]
    figures.seconds = [before + now for before, now in zip(figures.seconds, seconds, strict=True)]
    figures.files += 1
    figures.size += _count_bytes(source)
    figures.peak = max(figures.peak or 0, peak) if peak is not None else figures.peak
    for item in counted:
        if isinstance(item, ReadFailure):
            failures.append(item)
            continue
        figures.documents += 1
        figures.characters += item[0]
        figures.pages += item[1]


def _count(document: Document) -> tuple[int, int]:
    """Characters and pages."""
    return len(document.text), max((line.page for line in document.lines), default=0)


def _time(source: Source, read: Callable[[Source], Iterable[Document | ReadFailure]]) -> float:
    gc.collect()
    start = time.process_time()
    for _ in read(source):
        pass
    return time.process_time() - start


def _count_bytes(source: Source) -> int:
    with source.open() as stream:
        return sum(len(block) for block in iter(lambda: stream.read(_BLOCK), b""))
