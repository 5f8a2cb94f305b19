"""The stages wired together: documents in, an output folder out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path

from sigmine.analysis import Loader, Options, Reading, load_analyser
from sigmine.draft import Draft
from sigmine.errors import ReadError
from sigmine.extraction import Origin, ReadingLimits, extract, find_items, read_items
from sigmine.journal import Journal, find_journal
from sigmine.logs import log_reading, log_run
from sigmine.manifest import describe_program, is_output
from sigmine.output import check_folder, lock_folder
from sigmine.pool import count_jobs
from sigmine.records import pack_reading
from sigmine.shards import Shard
from sigmine.summary import RunSummary

__all__ = ["DEFAULT_OUT", "extract", "run"]

DEFAULT_OUT = "sigmine-out"


def run(
    sources: Origin | Iterable[Origin] = (),
    out: str | Path = DEFAULT_OUT,
    *,
    add: bool = False,
    reread: bool = False,
    shard: Shard | None = None,
    store: str | Path | None = None,
    options: Options | None = None,
    jobs: int = 1,
    load: Loader = load_analyser,
    limits: ReadingLimits | None = None,
    on_reading: Callable[[Reading], None] = lambda reading: None,
) -> RunSummary:
    """Reads documents and writes what they state together to a folder.

    The folder (``sigmine.draft.FILES``) appears when it is complete; a failure, or the end of the process at any time,
    leaves an older one as it was. The same documents give the same bytes, but for the triple store's files. A run that
    was ended goes on from its journal; what the folder has, unchanged and read by the same program, is not read again.

    Args:
        sources, jobs, limits: as for ``extract``; no sources mean the documents that come with sigmine.
        out: the folder to write; one that holds anything that sigmine did not write is refused.
        add: keep the documents that the folder has. One that is given again takes the place of the one with its id.
        reread: read everything, also what is known.
        shard: read one part of the documents only; ``sigmine.merging`` puts the parts together.
        store: a SPARQL endpoint (its address) or folder that has the statements too, of other documents as well.
        on_reading: called after each document that was read, with its reading but for what was found.

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
        program = describe_program(asdict(options))
        journal = stack.enter_context(Journal(find_journal(out), program["run"], forget=reread))
        draft = Draft(out, program, journal, add=add, reread=reread, shard=shard)
        found = find_items(sources or find_corpus(), options, wanted=None if shard is None else shard.holds)
        items = draft.skip_known(found)
        pack = partial(pack_reading, run=draft.run)
        read = read_items(items, options, jobs=jobs, load=load, run_id=draft.run, limits=limits, pack=pack)
        for item, ((reading, record),) in read:
            log_reading(reading, statements=len(record.lines))
            draft.add_reading(item, reading, record)
            on_reading(reading)
        if not draft.contents and shard is None:
            raise ReadError(_explain_nothing(draft.failures))
        tally = draft.save(opened, jobs=jobs or count_jobs())
        journal.discard()
    log_run(out, draft.run, seconds := time.monotonic() - started)
    return draft.summarise(tally, seconds)


def _explain_nothing(failures: Sequence[Reading]) -> str:
    if not failures:
        return "Nothing was read: there was no document in what was given."
    reasons = " ".join(f"{failure.source or failure.document}: {failure.failure}" for failure in failures[:5])
    return f"Nothing was read. {reasons}" + (f" And {len(failures) - 5} more." if len(failures) > 5 else "")
