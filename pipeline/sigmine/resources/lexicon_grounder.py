"""Gilda's matcher over our names: its look-ups and its scores, with terms made only for the key that is asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import NamedTuple

from sigmine.resources.lexicon_keys import make_key, make_keys, spell_greek

PREFIXES: tuple[str, ...] = (
    "fplx",
    "hgnc",
    "uniprot",
    "chebi",
    "pubchem.compound",
    "go",
    "mesh",
    "cl",
    "cellosaurus",
    "ncbitaxon",
)
"""Which of two equally good matches goes first: families before single proteins, human proteins before others."""

STATUSES: dict[str, str] = {
    "curated": "curated",
    "symbol": "name",
    "name": "name",
    "synonym": "synonym",
    "previous": "synonym",
}
"""How a name belongs to its entity, and Gilda's word for it. Abandoned symbols live on in texts as synonyms do."""


class NameRow(NamedTuple):
    """One line of the table of names, without its key; ``entity`` is the standard name."""

    name: str
    curie: str
    entity: str
    type: str
    status: str
    source: str
    recognise: str


def make_matcher(find_rows: Callable[[str], list[NameRow]]) -> Callable[[str], list[tuple[NameRow, float]]]:
    """A function from a text to the rows that it may mean, each with Gilda's score, best first, one an entity.

    Nothing is fetched and nothing is written: Gilda's own term table and its disambiguation models are left out.

    Args:
        find_rows: from a key (``make_key``) to the rows with that key.
    """
    root = logging.getLogger()
    guard = logging.NullHandler()
    # On import Gilda calls logging.basicConfig, which does nothing where the root logger has a handler.
    root.addHandler(guard)
    try:
        from gilda.grounder import Grounder
        from gilda.term import Term
    finally:
        root.removeHandler(guard)

    class LexiconGrounder(Grounder):
        def __init__(self) -> None:
            # Grounder.__init__ would look for Adeft's models on disk; ``ground`` without context needs none.
            self.entries = {}
            self.namespace_priority = list(PREFIXES)

        def lookup(self, raw_str: str) -> list[Term]:
            keys = [*make_keys(raw_str), *sorted(map(make_key, self._generate_lookups(spell_greek(raw_str))))]
            return [make_term(key, row) for key in dict.fromkeys(keys) if key for row in find_rows(key)]

    def make_term(key: str, row: NameRow) -> Term:
        prefix, status = row.curie.partition(":")[0], STATUSES[row.status]
        return Term(key, row.name, prefix, row.curie, row.entity, status, row.source)  # type: ignore[no-untyped-call]

    grounder = LexiconGrounder()

    def match(text: str) -> list[tuple[NameRow, float]]:
        found = []
        for scored in grounder.ground(text):  # type: ignore[no-untyped-call]
            term = scored.term
            rows = find_rows(term.norm_text)
            row = next(row for row in rows if row.name == term.text and row.curie == term.id)
            found.append((row, float(scored.score)))
        return found

    return match
