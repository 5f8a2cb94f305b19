"""The molecules of a store by what texts call them, for suggestions while somebody types."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from sigmine.assembly.triples import make_key
from sigmine.model.entity import ENTITY_TYPES
from sigmine.model.json import JsonObject
from sigmine.resources.prefixes import PREFIXES
from sigmine.store import StatementStore

_TYPE = PREFIXES["sigmine"]
_WORD = re.compile(r"[^\W_]+(?:[-/:.][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Molecule:
    """An identity of the store.

    Attributes:
        key: as ``Agent.key``.
        iri: without the angle brackets.
        statements: how many have it at an end.
    """

    key: str
    iri: str
    name: str
    type: str
    curie: str | None
    statements: int

    def to_json(self) -> JsonObject:
        return {
            "key": self.key,
            "name": self.name,
            "type": self.type,
            "curie": self.curie,
            "statements": self.statements,
        }


class NameIndex:
    """Reads the names of a store once, when they are first asked for; of 5,000 molecules in about a second."""

    def __init__(self, store: StatementStore) -> None:
        self._store = store
        self._lock = Lock()

    def find(self, text: str, limit: int = 10) -> list[Molecule]:
        """The molecules with a name that is the text, begins with it, has a word that does, or holds it, in this
        order, those of most statements first; empty for a blank text.
        """
        wanted = make_key(" ".join(text.split()))
        if not wanted:
            return []
        found: dict[str, tuple[int, int, str]] = {}
        for name, iri in self._find_keys(wanted):
            rank = 0 if name == wanted else 1 if name.startswith(wanted) else 2 if f" {wanted}" in name else 3
            place = (rank, -self._molecules[iri].statements, self._molecules[iri].name)
            found[iri] = min(place, found.get(iri, place))
        return [self._molecules[iri] for iri in sorted(found, key=lambda iri: found[iri])[:limit]]

    def get(self, iri: str) -> Molecule | None:
        """The molecule of the identity, or None."""
        with self._lock:
            return self._molecules.get(iri)

    def find_exact(self, name: str) -> Molecule | None:
        """The molecule of most statements that has exactly this name or CURIE, in any case of letters; or None."""
        wanted = make_key(name)
        found = [self._molecules[iri] for key, iri in self._find_keys(wanted) if key == wanted]
        return max(found, key=lambda molecule: (molecule.statements, molecule.key), default=None)

    def find_words(self, text: str) -> list[tuple[str, list[Molecule]]]:
        """The words of a text, each with the molecules that a name of theirs begins with."""
        return [(word, self.find(word, 40)) for word in _WORD.findall(text)[:8]]

    def load(self) -> None:
        """Reads the names now."""
        with self._lock:
            _ = self._molecules, self._keys

    @property
    def size(self) -> int:
        """How many molecules there are."""
        with self._lock:
            return len(self._molecules)

    def _find_keys(self, wanted: str) -> Iterator[tuple[str, str]]:
        with self._lock:
            keys, _ = self._keys, self._molecules
        start = bisect_left(keys, (wanted, ""))
        end = bisect_left(keys, (wanted + "\U0010ffff", ""))
        yield from keys[start:end]
        if len(wanted) > 1:
            yield from (pair for pair in keys if wanted in pair[0])

    @cached_property
    def _molecules(self) -> dict[str, Molecule]:
        """By IRI. An identity without statements (evidence taken out) is none of them."""
        counts: dict[str, int] = {}
        for end in ("rdf:subject", "rdf:object"):
            answer = self._store.query(f"SELECT ?a (COUNT(?s) AS ?n) {{ ?s {end} ?a }} GROUP BY ?a")
            for iri, number in answer.rows:
                counts[str(iri)] = counts.get(str(iri), 0) + int(number or 0)
        types = " ".join(f"sigmine:{kind}" for kind in ENTITY_TYPES)
        found = self._store.query(
            f"SELECT ?a ?name ?type {{ VALUES ?type {{ {types} }} ?a a ?type ; rdfs:label ?name }}"
        )
        notations = self._store.query("SELECT ?a ?curie { ?a skos:notation ?curie }").rows
        curies = {str(iri): str(curie) for iri, curie in notations}
        # An identity may have several labels and types, of texts that differ in case; the first counts.
        return {
            iri: _make_molecule(iri, name, kind, curies.get(iri, ""), counts[iri])
            for iri, name, kind in sorted((tuple(map(str, row)) for row in found.rows), reverse=True)
            if iri in counts
        }

    @cached_property
    def _keys(self) -> list[tuple[str, str]]:
        """Names in case-folded letters with the IRIs that they mean, sorted."""
        rows = self._store.query("SELECT ?key ?a { ?a sigmine:key ?key }").rows
        return sorted({(str(key), str(iri)) for key, iri in rows if iri in self._molecules})


def _make_molecule(iri: str, name: str, kind: str, curie: str, statements: int) -> Molecule:
    type_ = kind.removeprefix(_TYPE)
    key = curie or f"{type_.lower()}:{name.lower()}"
    return Molecule(key, iri, name, type_ if type_ in ENTITY_TYPES else "", curie or None, statements)


def list_names(molecules: Iterable[Molecule]) -> list[JsonObject]:
    """As JSON values."""
    return [molecule.to_json() for molecule in molecules]
