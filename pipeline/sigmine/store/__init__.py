"""The triple store: statements with their evidence, written, replaced by document, searched, asked in SPARQL."""

from sigmine.store.result import QueryResult
from sigmine.store.statements import StatementStore, open_store

__all__ = ["QueryResult", "StatementStore", "open_store"]
