"""One writer at a time of a store behind an endpoint, which has no lock that ends with its process."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sigmine.assembly.terms import make_literal
from sigmine.assembly.vocabulary import term_iri
from sigmine.errors import StoreError
from sigmine.store.graph import Graph
from sigmine.store.opening import STORE

_WRITER = term_iri("sigmine:writer")
_FORGOTTEN = 3600.0
"""Seconds after which the claim of a process that cannot be looked at is taken for a dead one's."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """Who writes: ``text`` is what the store holds of it."""

    machine: str
    pid: int
    since: float
    text: str

    def is_dead(self) -> bool:
        if self.machine == socket.gethostname() and sys.platform != "win32":
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                return True
            except PermissionError:
                pass
        return time.time() - self.since > _FORGOTTEN


@contextmanager
def claim_endpoint(graph: Graph) -> Iterator[None]:
    """Writes into the store that this process changes it, and takes that out at the end.

    Raises:
        StoreError: if another process changes it.
    """
    mine = f"{socket.gethostname()} {os.getpid()} {int(time.time())} {secrets.token_hex(4)}"
    statement = f"{STORE} {_WRITER} {make_literal(mine)}"
    for _ in range(2):
        graph.update(f"INSERT {{ {statement} }} WHERE {{ FILTER NOT EXISTS {{ {STORE} {_WRITER} ?other }} }}")
        others = [text for text in _find_claims(graph) if text != mine]
        if not others:
            break
        for claim in map(_parse, others):
            if not claim.is_dead():
                raise StoreError(
                    f"The store in {graph.place} is being written by another process (PID {claim.pid} on "
                    f"{claim.machine}). Wait for it to finish. If it is gone, its claim ends after an hour."
                )
            graph.update(f"DELETE DATA {{ {STORE} {_WRITER} {make_literal(claim.text)} }}")
    try:
        yield
    finally:
        graph.update(f"DELETE DATA {{ {statement} }}")


def _find_claims(graph: Graph) -> list[str]:
    return [str(row[0]) for row in graph.query(f"SELECT ?writer {{ {STORE} {_WRITER} ?writer }}").rows]


def _parse(text: str) -> _Claim:
    machine, _, rest = text.partition(" ")
    numbers = [part for part in rest.split() if part.isdigit()]
    pid, since = (int(number) for number in (*numbers, "0", "0")[:2])
    return _Claim(machine, pid, since, text)
