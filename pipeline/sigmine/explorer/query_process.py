"""SPARQL that somebody wrote, asked in a process of its own: nothing else ends a query that would take for ever."""

from __future__ import annotations

import signal
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sigmine.errors import StoreError
from sigmine.explorer.refusal import Refused
from sigmine.store import QueryResult, open_store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

MAX_SECONDS = 30.0
"""That an answer may take, by the clock."""

_START_SECONDS = 60.0
_TOO_LONG = (
    "The query took more than {seconds:g} s and was ended. Join what belongs together, or count less; "
    "`sigmine query OUT --sparql` has no limit."
)


class QueryProcess:
    """Opens the store of a folder a second time, to read, when it is first asked; one query at a time."""

    def __init__(self, folder: Path, *, seconds: float = MAX_SECONDS) -> None:
        self.folder = folder
        self.seconds = seconds
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def query(self, sparql: str) -> QueryResult:
        """The answer.

        Raises:
            StoreError: if the text is an update, calls another service or is no SPARQL query.
            Refused: if it takes too long, or more memory than there is, or another query goes on.
        """
        if not self._lock.acquire(timeout=self.seconds):
            raise Refused("Another query goes on; wait for its answer.", 503)
        try:
            connection = self._start()
            connection.send(sparql)
            if not connection.poll(self.seconds):
                self._stop()
                raise Refused(_TOO_LONG.format(seconds=self.seconds))
            result, problem = connection.recv()
        except (EOFError, OSError) as error:
            self._stop()
            raise Refused("The query ended its process; most likely it needs more memory than there is.") from error
        finally:
            self._lock.release()
        if problem is not None:
            raise StoreError(problem)
        assert isinstance(result, QueryResult)
        return result

    def close(self) -> None:
        """Ends the process."""
        self._stop()

    def _start(self) -> Connection:
        if self._connection is not None:
            return self._connection
        context = get_context("spawn")  # not forked: there are threads
        ours, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.folder), daemon=True)
        self._process.start()
        theirs.close()
        self._connection = ours
        # To start takes no time of the first query.
        if not ours.poll(_START_SECONDS):
            raise OSError("the process does not start")
        problem = ours.recv()
        if problem is not None:
            self._stop()
            raise StoreError(problem)
        return ours

    def _stop(self) -> None:
        process, self._process = self._process, None
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
        if process is not None:
            process.kill()
            process.join()
            process.close()


def _serve(connection: Connection, folder: Path) -> None:
    """The process: answers one query after the other until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the explorer, which ends this one.
    with suppress(EOFError, OSError):
        try:
            store = open_store(folder, read_only=True)
        except StoreError as error:
            connection.send(str(error))
            return
        connection.send(None)
        with store:
            while True:
                sparql = connection.recv()
                try:
                    answer: tuple[QueryResult | None, str | None] = store.query(sparql), None
                except StoreError as error:
                    answer = None, str(error)
                connection.send(answer)
