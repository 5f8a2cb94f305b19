"""The stages wired together: read, analyse, ground, assemble, write.

``run`` takes all that ``extraction`` reads together and writes an output folder.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from sigmine.analysis import Loader, Options, Reading, load_analyser
from sigmine.contents import Contents, load_contents
from sigmine.draft import Draft
from sigmine.errors import ReadError
from sigmine.extraction import Origin, ReadingLimits, extract, find_items, read_items
from sigmine.logs import log_readings, log_run
from sigmine.manifest import describe_program, is_output
from sigmine.output import check_folder, lock_folder
from sigmine.summary import RunSummary

__all__ = ["DEFAULT_OUT", "extract", "run"]

DEFAULT_OUT = "sigmine-out"


def run(
    sources: Origin | Iterable[Origin] = (),
    out: str | Path = DEFAULT_OUT,
    *,
    add: bool = False,
    store: str | Path | None = None,
    options: Options | None = None,
    jobs: int = 1,
    load: Loader = load_analyser,
    limits: ReadingLimits | None = None,
    on_reading: Callable[[Reading], None] = lambda reading: None,
) -> RunSummary:
    """Reads documents and writes what they state together to a folder.

    The folder holds ``report.html``, ``mentions.jsonl``, ``statements.jsonl``, ``statements.tsv``, ``graph.graphml``,
    ``store/`` and ``manifest.json``. It appears when it is complete; an older one stays as it was until then, however
    the process ends. The same documents give the same bytes, but for the triple store's files.

    Args:
        sources, jobs, limits: as for ``extract``; no sources mean the documents that come with sigmine.
        out: the folder to write; one that holds anything that sigmine did not write is refused.
        add: keep the documents that the folder has. One that is given again takes the place of the one with its id; it
            is skipped if neither its file nor program and options changed. What is read is saved from time to time.
        store: a SPARQL endpoint (its address) or folder that has the statements too, of other documents as well.
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
        items = draft.skip_known(find_items(sources or find_corpus(), options))
        read = read_items(items, options, jobs=jobs, load=load, run_id=draft.run, limits=limits)
        for reading in log_readings(chain.from_iterable(readings for _, readings in read)):
            draft.add_reading(reading)
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
