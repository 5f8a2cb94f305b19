"""The triple store: statements with their evidence, written, replaced by document, searched, asked in SPARQL."""

from sigmine.store.named import NamedQuery, load_named_queries, load_query_file
from sigmine.store.result import QueryResult
from sigmine.store.selection import Filters, Selection
from sigmine.store.statements import StatementStore, open_store

__all__ = [
    "Filters",
    "NamedQuery",
    "QueryResult",
    "Selection",
    "StatementStore",
    "load_named_queries",
    "load_query_file",
    "open_store",
]
