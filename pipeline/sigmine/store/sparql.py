"""SPARQL over a store: what may be asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sigmine.errors import StoreError
from sigmine.resources.prefixes import PREFIXES
from sigmine.store.result import QueryResult

if TYPE_CHECKING:
    from sigmine.store.graph import Graph

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"})

_SERVICE = re.compile(r"(?<![?$])service", re.IGNORECASE)
_FIRST_WORD = re.compile(
    # Nothing is tried twice (*+): a line of a hundred "#" would be cut into comments in every way.
    r"\s*+(?:\#[^\n\r]*+\s*+|PREFIX\s*+[^\s:]*+:\s*+<[^>]*+>\s*+|BASE\s*+<[^>]*+>\s*+)*+([A-Za-z]+)",
    re.IGNORECASE,
)


def run_query(graph: Graph, sparql: str) -> QueryResult:
    """Asks; nothing is ever changed, and nothing but the graph is asked.

    Raises:
        StoreError: if the text is an update, calls another service or is no SPARQL query.
    """
    _refuse_service(sparql)
    try:
        return graph.query(sparql)
    except SyntaxError as error:
        raise StoreError(_explain(sparql, error)) from error


def _refuse_service(sparql: str) -> None:
    """The database would follow a SERVICE clause over the network, and its parser takes the word anywhere
    (``trueSERVICE<...>``). So the word is refused wherever it is not the name of a variable.
    """
    if _SERVICE.search(sparql):
        raise StoreError(
            "A query may not call another service: a store answers from what it holds. The word SERVICE may only name "
            "a variable; to look for it in a text, write REGEX(?text, 'servic[e]')."
        )


def _explain(sparql: str, error: SyntaxError) -> str:
    match = _FIRST_WORD.match(sparql)
    if match and match[1].upper() in _UPDATES:
        return (
            f"{match[1].upper()} is refused: a store is asked with SELECT, ASK, CONSTRUCT or DESCRIBE and changed only "
            "by `sigmine run` and `sigmine remove`."
        )
    return (
        f"The query is not SPARQL: {error.msg}. SELECT, ASK, CONSTRUCT and DESCRIBE are understood; these prefixes "
        f"need no declaration: {', '.join(sorted(PREFIXES))}."
    )
