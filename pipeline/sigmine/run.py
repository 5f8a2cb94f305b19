"""The stages wired together: read, analyse, ground, assemble, write.

``extract`` gives what each document states; ``run`` takes all documents together and writes an output folder. A
document that fails, in whatever way, is recorded with the reason and the others go on; this is the one place that
may catch every exception.
"""

from __future__ import annotations

import logging
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from sigmine.analysis import Analyser, Analysis, Loader, Options, Reading, load_analyser
from sigmine.contents import Contents, load_contents
from sigmine.draft import Draft
from sigmine.errors import ReadError, SigmineError
from sigmine.logs import LogSettings, find_settings, log_readings, log_run, start_logs
from sigmine.manifest import describe_program, is_output
from sigmine.model import Document
from sigmine.output import check_folder, lock_folder
from sigmine.summary import RunSummary

if TYPE_CHECKING:
    from concurrent.futures import Future

    from sigmine.readers import ReadFailure

DEFAULT_OUT = "sigmine-out"
Source = str | Path | Document

_BATCH_DOCUMENTS = 64
_BATCH_CHARACTERS = 50_000
_log = logging.getLogger(__name__)


def extract(
    sources: Source | Iterable[Source],
    *,
    options: Options | None = None,
    jobs: int = 1,
    load: Loader = load_analyser,
) -> Iterator[Reading]:
    """Reads documents and gives one ``Reading`` for each, in the order given.

    Args:
        sources: paths (a folder is walked; ``-`` is standard input) and documents made in memory.
        jobs: how many processes analyse; the result is the same for any number.
        load: makes the analyser; replaced in tests.

    Raises:
        ResourceError: if bundled data are missing.
    """
    options = options or Options()
    return log_readings(_analyse(open_sources(sources, options), options, jobs, load))


def run(
    sources: Source | Iterable[Source] = (),
    out: str | Path = DEFAULT_OUT,
    *,
    add: bool = False,
    store: str | Path | None = None,
    options: Options | None = None,
    jobs: int = 1,
    load: Loader = load_analyser,
    on_reading: Callable[[Reading], None] | None = None,
) -> RunSummary:
    """Reads documents and writes what they state together to a folder.

    The folder holds ``report.html``, ``mentions.jsonl``, ``statements.jsonl``, ``statements.tsv``, ``graph.graphml``,
    ``store/`` and ``manifest.json``. It appears when it is complete; a failure, or the end of the process at any
    moment, leaves an older one as it was. The same documents give the same bytes, but for the triple store's files.

    Args:
        sources: as for ``extract``; empty means the documents that come with sigmine.
        out: the folder to write; one that holds anything that sigmine did not write is refused.
        add: keep the documents that the folder has. One that is given again takes the place of the one with its id; it
            is skipped if neither its file nor program and options changed. What is read is saved from time to time.
        store: a store that has the statements too: the address of a SPARQL endpoint or a folder. There the documents
            that are read replace those with their ids; others stay.
        on_reading: called after each document.

    Raises:
        ReadError: if no document at all could be read.
        StoreError: if the folder or the store cannot be used.
        ResourceError: if bundled data are missing.
    """
    from sigmine.resources.corpus import find_corpus
    from sigmine.store import open_store

    started, options, out = time.monotonic(), options or Options(), Path(out)
    with lock_folder(out), ExitStack() as stack:
        check_folder(out, is_output)
        opened = None if store is None else stack.enter_context(open_store(store))
        draft = Draft(out, describe_program(asdict(options)), load_contents(out) if add else Contents(), opened)
        items = draft.skip_known(open_sources(sources or find_corpus(), options))
        for reading in log_readings(_analyse(items, options, jobs, load, run_id=draft.run)):
            draft.add_reading(reading)
            if on_reading:
                on_reading(reading)
            if add and draft.is_due():
                draft.save()
        if not draft.contents.documents:
            raise ReadError(_explain_nothing(draft.failures))
        tally = draft.save()
    log_run(out, draft.run, seconds := time.monotonic() - started)
    return RunSummary(
        out=out,
        run=draft.run,
        counts=tally.to_json()["counts"],
        molecules=tally.find_molecules(),
        failures=tuple(draft.failures),
        files=tuple(sorted(path.name for path in out.iterdir())),
        seconds=seconds,
        skipped=tuple(draft.skipped),
    )


def _explain_nothing(failures: Sequence[Reading]) -> str:
    if not failures:
        return "Nothing was read: there was no document in what was given."
    reasons = " ".join(f"{failure.source or failure.document}: {failure.failure}" for failure in failures[:5])
    return f"Nothing was read. {reasons}" + (f" And {len(failures) - 5} more." if len(failures) > 5 else "")


def open_sources(sources: Source | Iterable[Source], options: Options) -> Iterator[Document | ReadFailure]:
    """The documents of what ``extract`` is given, not yet analysed; what cannot be read in its place.

    Raises:
        ReadError: if the options name an unknown format, or a limit that lets nothing through.
    """
    for paths, group in groupby(_list_sources(sources), key=lambda source: not isinstance(source, Document)):
        if paths:
            from sigmine.readers import read_documents

            yield from read_documents(
                (source for source in group if not isinstance(source, Document)),
                formats=[options.format] if options.format else None,
                max_megabytes=options.max_megabytes,
            )
        else:
            yield from (source for source in group if isinstance(source, Document))


def _list_sources(sources: Source | Iterable[Source]) -> Iterable[Source]:
    return [sources] if isinstance(sources, str | Path | Document) else sources


def _analyse(
    items: Iterable[Document | ReadFailure], options: Options, jobs: int, load: Loader, *, run_id: str = ""
) -> Iterator[Reading]:
    batches = _make_batches(items)
    if jobs <= 1:
        for batch in batches:
            yield from _analyse_batch(batch, options, load, run_id)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Spawned, not forked: a forked copy of a process with threads (a progress bar) may hang.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _start_worker, (find_settings(),))
    waiting: deque[Future[list[Reading]]] = deque()
    try:
        for batch in batches:
            waiting.append(pool.submit(_analyse_batch, batch, options, load, run_id))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise SigmineError(
            "A worker process ended before its work was done; most likely the memory ran out. Use fewer --jobs."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker(logs: LogSettings | None) -> None:
    """An interrupt is for the parent, which lets the workers finish what they have begun; logs go where its own go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start_logs(logs)


def _make_batches(items: Iterable[Document | ReadFailure]) -> Iterator[list[Document | ReadFailure]]:
    """Consecutive items, cut by size alone, so that a batch is the same for any number of processes."""
    batch: list[Document | ReadFailure] = []
    characters = 0
    for item in items:
        size = len(item.text) if isinstance(item, Document) else 0
        if batch and (len(batch) >= _BATCH_DOCUMENTS or characters + size > _BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(item)
        characters += size
    if batch:
        yield batch


@lru_cache(maxsize=1)
def _get_analyser(load: Loader, options: Options) -> Analyser:
    return load(options)


def _analyse_batch(
    batch: Sequence[Document | ReadFailure], options: Options, load: Loader, run_id: str
) -> list[Reading]:
    """One reading for each item; if the batch fails, its documents are taken one by one."""
    documents = [item for item in batch if isinstance(item, Document)]
    readings: Iterator[Reading] = iter(())
    if documents:
        analyse = _get_analyser(load, options)
        try:
            readings = iter(_make_readings(documents, analyse(documents), run_id))
        except Exception:
            readings = iter([_analyse_alone(document, analyse, run_id) for document in documents])
    return [next(readings) if isinstance(item, Document) else report_failure(item) for item in batch]


def _analyse_alone(document: Document, analyse: Analyser, run_id: str) -> Reading:
    try:
        return _make_readings([document], analyse([document]), run_id)[0]
    except Exception as error:
        _log.debug("Document %s failed.", document.id, exc_info=True)
        reason = str(error) if isinstance(error, SigmineError) else f"{type(error).__name__}: {error}"
        return Reading(document.id, document.source, document.sha256, failure=reason)


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
            seconds=by_word * analysis.words,
        )
        for document, analysis in zip(documents, analyses, strict=True)
    ]


def report_failure(failure: ReadFailure) -> Reading:
    """The reading of a file, or a part of one, that no reader could read."""
    return Reading(Path(failure.source).stem, failure.source, failure=failure.reason)
