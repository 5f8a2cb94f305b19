"""Opening the graph of a store, wherever it is kept, and telling what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sigmine.assembly.terms import make_literal
from sigmine.assembly.vocabulary import make_vocabulary, term_iri
from sigmine.errors import StoreError
from sigmine.locks import find_lock_owner
from sigmine.resources.prefixes import NAMESPACE
from sigmine.store.endpoint import EndpointGraph, is_address
from sigmine.store.graph import EmbeddedGraph, Graph

if TYPE_CHECKING:
    import pyoxigraph

FORMAT_VERSION = 2
"""Of the triples and records in a store; another number cannot be read."""

UNFINISHED = "unfinished"
"""Stands for the number while a store is first filled: what is interrupted then holds nothing."""

STORE = f"<{NAMESPACE}store>"
FORMAT = term_iri("sigmine:format")


def open_graph(place: Path | str | None, *, read_only: bool) -> Graph:
    """The graph of the store, with the vocabulary in it; in memory if ``place`` is None.

    Raises:
        StoreError: see ``sigmine.store.open_store``.
    """
    import pyoxigraph

    graph: Graph
    if place is None:
        graph = EmbeddedGraph(pyoxigraph.Store(), "memory")
    elif isinstance(place, str) and is_address(place):
        graph = EndpointGraph(place)
    else:
        folder = Path(place)
        _check_folder(folder, read_only=read_only)
        graph = EmbeddedGraph(_open_database(folder, read_only=read_only), str(folder))
    _check_version(graph, read_only=read_only)
    return graph


def make_format_update(old: str, new: str) -> str:
    """The update that turns one mark of a store into another."""
    return (
        f"DELETE DATA {{ {STORE} {FORMAT} {make_literal(old)} }} ;"
        f"INSERT DATA {{ {STORE} {FORMAT} {make_literal(new)} }}"
    )


def _make_marker() -> list[str]:
    """What every store holds from the start, as N-Triples: its version and the vocabulary."""
    triples = [(STORE, FORMAT, make_literal(str(FORMAT_VERSION))), *make_vocabulary()]
    return [f"{s} {p} {o} ." for s, p, o in triples]


def _check_folder(folder: Path, *, read_only: bool) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; a store is a folder.")
    if read_only and not (folder / "CURRENT").exists():
        raise StoreError(f"There is no store in {folder}. `sigmine run` writes one to the folder store/ of its output.")
    if folder.is_dir() and not (folder / "CURRENT").exists() and any(folder.iterdir()):
        raise StoreError(f"{folder} holds other files and no store; give an empty or a new folder.")


def _open_database(folder: Path, *, read_only: bool) -> pyoxigraph.Store:
    import pyoxigraph

    try:
        if read_only:
            return pyoxigraph.Store.read_only(str(folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        return pyoxigraph.Store(str(folder))
    except (OSError, RuntimeError) as error:
        if "lock" in str(error).lower():
            raise StoreError(_explain_lock(folder, str(error))) from error
        raise StoreError(
            f"The store in {folder} cannot be opened ({error}). If you may read and write the folder, it is damaged: "
            "delete it and write it again with `sigmine run`."
        ) from error


def _explain_lock(folder: Path, reason: str) -> str:
    if "current process" in reason:  # RocksDB's words. Looking at the lock file would lose the lock: POSIX.
        return f"The store in {folder} is being written by this process already. Close it, or open it read-only."
    owner = find_lock_owner(folder / "LOCK")
    who = f"another process (PID {owner})" if owner else "another process"
    return f"The store in {folder} is being written by {who}. Wait for it to finish, or open the store read-only."


def _check_version(graph: Graph, *, read_only: bool) -> None:
    """Marks a new store; refuses one of another program or version."""
    place = f"The store in {graph.place}"
    try:
        found = [str(row[0]) for row in graph.query(f"SELECT ?format {{ {STORE} {FORMAT} ?format }}").rows]
        empty = not found and not graph.query("ASK { ?s ?p ?o }").answer
        if empty and not read_only:
            graph.load(_make_marker())
            return
        if found == [UNFINISHED] and not read_only:
            graph.update("CLEAR DEFAULT")
            graph.load(_make_marker())
            return
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"{place} cannot be read ({error}). It is damaged: delete it and write it again with `sigmine run`."
        ) from error
    if empty:
        raise StoreError(f"{place} is empty: `sigmine run --store {graph.place}` writes to it.")
    if not found:
        raise StoreError(f"{place} was not written by sigmine; give another, or an empty one.")
    if found == [UNFINISHED]:
        raise StoreError(f"{place} holds nothing: writing it was interrupted. Write it again with `sigmine run`.")
    if found != [str(FORMAT_VERSION)]:
        raise StoreError(
            f"{place} has format {', '.join(found)}; this version of sigmine reads format {FORMAT_VERSION}. Delete it "
            "and write it again with `sigmine run`."
        )
