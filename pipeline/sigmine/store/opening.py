"""Opening the database of a store, and telling what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sigmine.assembly.terms import make_literal
from sigmine.assembly.vocabulary import make_vocabulary, term_iri
from sigmine.errors import StoreError
from sigmine.resources.prefixes import NAMESPACE

if TYPE_CHECKING:
    import pyoxigraph

FORMAT_VERSION = 2
"""Of the triples and records in a store; another number cannot be read."""

_STORE = f"<{NAMESPACE}store>"


def open_graph(folder: Path | None, *, read_only: bool) -> pyoxigraph.Store:
    """The database of the store, with the vocabulary in it; in memory if ``folder`` is None.

    Raises:
        StoreError: see ``sigmine.store.open_store``.
    """
    import pyoxigraph

    if folder is None:
        graph = pyoxigraph.Store()
    else:
        _check_folder(folder, read_only=read_only)
        graph = _open_database(folder, read_only=read_only)
    _check_version(graph, folder, read_only=read_only)
    return graph


def make_marker() -> bytes:
    """What every store holds from the start, as N-Triples: its version and the vocabulary."""
    triples = [(_STORE, term_iri("sigmine:format"), make_literal(FORMAT_VERSION)), *make_vocabulary()]
    return "".join(f"{s} {p} {o} .\n" for s, p, o in triples).encode()


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
            raise StoreError(
                f"The store in {folder} is being written by another process or was not closed. Wait for it to finish, "
                "or open the store read-only."
            ) from error
        raise StoreError(
            f"The store in {folder} cannot be opened ({error}). If you may read and write the folder, it is damaged: "
            "delete it and write it again with `sigmine run`."
        ) from error


def _check_version(graph: pyoxigraph.Store, folder: Path | None, *, read_only: bool) -> None:
    """Marks a new store; refuses one of another program or version."""
    import pyoxigraph

    place = f"The store in {folder}" if folder else "The store"
    mark = pyoxigraph.NamedNode(term_iri("sigmine:format")[1:-1])
    try:
        found = [
            quad.object.value  # type: ignore[union-attr]
            for quad in graph.quads_for_pattern(pyoxigraph.NamedNode(_STORE[1:-1]), mark, None)
        ]
        if not found and len(graph) == 0 and not read_only:
            graph.load(input=make_marker(), format=pyoxigraph.RdfFormat.N_TRIPLES)
            return
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"{place} cannot be read ({error}). It is damaged: delete it and write it again with `sigmine run`."
        ) from error
    if not found:
        raise StoreError(f"{place} was not written by sigmine; give another folder.")
    if found != [str(FORMAT_VERSION)]:
        raise StoreError(
            f"{place} has format {', '.join(found)}; this version of sigmine reads format {FORMAT_VERSION}. Delete it "
            "and write it again with `sigmine run`."
        )
