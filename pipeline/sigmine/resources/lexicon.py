"""The bundled names and identifiers: look a name up, find names in a text, ask what a family holds.

``load_lexicon()`` reads ``data/lexicon`` once. The names stay a sorted list of lines, which doubles as a tree of
prefixes; only lines that a text asks for are ever taken apart.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from sigmine.errors import ResourceError
from sigmine.resources.lexicon_grounder import NameRow, make_matcher
from sigmine.resources.lexicon_keys import accepts, make_key, make_keys
from sigmine.resources.lexicon_tables import Membership, read_lines, read_table
from sigmine.resources.own_names import SOURCE, OwnNames, raise_problems, read_own_names

MAX_TOKENS = 16
"""No name is looked for over more tokens than this."""

_JOINTS = frozenset("-‐‑‒–—−/()[],'’′+:")
_GENITIVES = frozenset({"'s", "’s", "'S", "’S"})
_State = tuple[bytes, int]


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """What a text may name.

    Attributes:
        text: the name in the lexicon that the text was matched with.
        curie: the entity's identifier, or None for a class that no database we use has one for.
        name, type: its standard name and its type, one of ``ENTITY_TYPES``.
        status: ``curated``, ``symbol``, ``name``, ``synonym`` or ``previous``.
        source: the table that the name comes from, e.g. ``hgnc``.
        score: Gilda's, 0 to 1: how the name belongs to the entity, then how alike text and name are.
        recognise: ``yes``, ``case``, ``exact``, ``weak`` or ``no``; ``weak`` needs support from somewhere else.
    """

    text: str
    curie: str | None
    name: str
    type: str
    status: str
    source: str
    score: float
    recognise: str


@dataclass(frozen=True, slots=True)
class Protein:
    """A human gene: CURIE, symbol, UniProt accession (empty if none) and kinds.

    ``kinds`` holds any of ``kinase``, ``phosphatase``, ``transcription factor``; sorted, often empty.
    """

    curie: str
    symbol: str
    uniprot: str
    kinds: tuple[str, ...]


class Lexicon:
    """Names and identifiers. Made by ``load_lexicon``; in tests from lines of one's own.

    Args:
        lines: ``key, name, CURIE, standard name, type, status, source, recognise``, tab-separated UTF-8, sorted.
        proteins: human genes.
        memberships: families and complexes, and what belongs to them.
        code_prefixes: the letters that drugs' code names begin with (``AZD`` in AZD8055).
        not_names: keys (``make_key``) of words that a user says are no names.
    """

    def __init__(
        self,
        lines: list[bytes],
        proteins: Sequence[Protein] = (),
        memberships: Sequence[Membership] = (),
        code_prefixes: Collection[str] = (),
        not_names: Collection[str] = (),
    ) -> None:
        self._lines = lines
        self._tables = (proteins, memberships)
        self.code_prefixes = frozenset(code_prefixes)
        self.not_names = frozenset(not_names)
        self._proteins = {protein.curie: protein for protein in proteins}
        uses = Counter(protein.uniprot for protein in proteins)
        # Histones and the like are made by several genes: then the protein does not tell the gene.
        self._genes = {f"uniprot:{one.uniprot}": one.curie for one in proteins if uses[one.uniprot] == 1}
        self._children: dict[str, list[Membership]] = {}
        self._parents: dict[str, list[Membership]] = {}
        for membership in memberships:
            self._children.setdefault(membership.parent, []).append(membership)
            self._parents.setdefault(membership.child, []).append(membership)
        self._own_entities: dict[str, tuple[str, str]] = {}
        self._match: Callable[[str], list[tuple[NameRow, float]]] | None = None
        self._find_starts = lru_cache(maxsize=10_000)(self._search_starts)
        self._look_up = lru_cache(maxsize=5_000)(self._search_matches)
        self._recognise = lru_cache(maxsize=5_000)(self._choose_match)

    def __len__(self) -> int:
        """How many names there are; a name of two entities counts twice."""
        return len(self._lines)

    def add_names(self, own: OwnNames, place: str = "names") -> Lexicon:
        """This lexicon with a user's names, which put aside what it has under the same keys; this one stays.

        Raises:
            GroundingError: a row leaves out the standard name or type of an identifier that the lexicon lacks.
        """
        known = self._find_entities({row.curie for row in own.names if row.curie})
        meant: dict[str, tuple[str, str]] = {}
        lines: list[bytes] = []
        problems = []
        for row in own.names:
            name, type_ = known.get(row.curie, ("", ""))
            name, type_ = row.standard or name, row.type or type_
            if not name or not type_:
                problems.append(f"{place}:{row.line}: {row.curie} is not in the lexicon; give standard name and type")
            if row.curie:
                meant[row.curie] = (name, type_)
            cells = (make_key(row.name), row.name, row.curie or f":{name}", name, type_, "curated", SOURCE)
            lines.append("\t".join((*cells, row.recognise)).encode())
        raise_problems(problems, place)
        not_names = {key for key, curie in own.never if not curie}
        replaced = {key.encode() for key in not_names.union(make_key(row.name) for row in own.names)}
        never = {(key.encode(), curie.encode()) for key, curie in own.never}
        kept = [
            line
            for line, (key, _, curie, _) in ((line, line.split(b"\t", 3)) for line in self._lines)
            if key not in replaced and (key, curie) not in never
        ]
        lexicon = Lexicon(sorted([*kept, *lines]), *self._tables, self.code_prefixes, not_names)
        lexicon._own_entities = meant
        return lexicon

    def _find_entities(self, curies: Collection[str]) -> dict[str, tuple[str, str]]:
        """Standard name and type of each CURIE that a line has."""
        wanted = {curie.encode() for curie in curies}
        rows = (line.split(b"\t", 5) for line in self._lines) if wanted else ()
        return {row[2].decode(): (row[3].decode(), row[4].decode()) for row in rows if row[2] in wanted}

    def lookup(self, text: str, *, types: Collection[str] | None = None) -> tuple[LexiconMatch, ...]:
        """What a text may name, best first, one match an entity; empty if nothing.

        Case, dashes, Greek letters, plurals and Roman numbers may differ. ``types`` keeps only entities of these
        types.
        """
        matches = self._look_up(" ".join(text.split()))
        return matches if types is None else tuple(match for match in matches if match.type in types)

    def find_spans(self, words: Sequence[str], spaces: Sequence[bool]) -> list[tuple[int, int, LexiconMatch]]:
        """Names in a tokenised text: (first token, token after the last, best match), longest first come, disjoint.

        Args:
            words: the tokens.
            spaces: whether a space follows each token.
        """
        found: list[tuple[int, int, LexiconMatch]] = []
        index = 0
        while index < len(words):
            states = self._find_starts(words[index])
            span = self._find_longest(index, states, words, spaces) if states else None
            if span is None:
                index += 1
            else:
                found.append(span)
                index = span[1]
        return found

    def find_name(self, text: str) -> LexiconMatch | None:
        """The best match if the whole text may be taken for a name wherever it stands, else None."""
        text = " ".join(text.split())
        return self._recognise(text, tuple(key.encode() for key in make_keys(text)))

    def find_protein(self, curie: str) -> Protein | None:
        """The human gene with this CURIE (``hgnc:391``), or None."""
        return self._proteins.get(curie)

    def find_gene(self, curie: str) -> str | None:
        """The one human gene that makes a protein (``uniprot:P31749``), or None."""
        return self._genes.get(curie)

    def find_entity(self, curie: str) -> tuple[str, str] | None:
        """Standard name and type of a FamPlex entity or a human gene, or None."""
        protein = self._proteins.get(curie)
        if protein is not None:
            return protein.symbol, "PROTEIN"
        if curie in self._own_entities:
            return self._own_entities[curie]
        rows = self.find_rows(make_key(curie.partition(":")[2]))
        return next(((row.entity, row.type) for row in rows if row.curie == curie), None)

    def find_children(self, curie: str) -> tuple[Membership, ...]:
        """Members of a family or parts of a complex, one step down; empty if there are none."""
        return tuple(self._children.get(curie, ()))

    def find_parents(self, curie: str) -> tuple[Membership, ...]:
        """Families and complexes that it belongs to, one step up; empty if there are none."""
        return tuple(self._parents.get(curie, ()))

    def find_rows(self, key: str) -> list[NameRow]:
        """The names with a key (``make_key``); empty if there are none."""
        prefix = f"{key}\t".encode()
        rows = []
        index = bisect_left(self._lines, prefix)
        while index < len(self._lines) and self._lines[index].startswith(prefix):
            rows.append(NameRow(*self._lines[index].decode().split("\t")[1:]))
            index += 1
        return rows

    def _search_matches(self, text: str) -> tuple[LexiconMatch, ...]:
        if not make_keys(text):
            return ()
        if self._match is None:
            self._match = make_matcher(self.find_rows)
        return tuple(_make_match(row, score) for row, score in self._match(text) if _is_fair_plural(text, row.name))

    def _search_starts(self, word: str) -> tuple[_State, ...]:
        return tuple(self._extend(((b"", 0),), make_keys(word)))

    def _extend(self, states: Sequence[_State], keys: Sequence[str]) -> list[_State]:
        """The states after one more word: prefixes that some line still starts with."""
        extended = []
        for prefix, low in states:
            for key in keys:
                longer = prefix + key.encode()
                index = bisect_left(self._lines, longer, low)
                if index < len(self._lines) and self._lines[index].startswith(longer):
                    extended.append((longer, index))
                elif longer.endswith(b"s"):
                    # Kept for one step, so that a plural of a name that nothing longer starts with is seen.
                    singular = longer[:-1] + b"\t"
                    index = bisect_left(self._lines, singular, low)
                    if index < len(self._lines) and self._lines[index].startswith(singular):
                        extended.append((longer, index))
        return extended

    def _find_longest(
        self, first: int, states: Sequence[_State], words: Sequence[str], spaces: Sequence[bool]
    ) -> tuple[int, int, LexiconMatch] | None:
        ends = [(first + 1, states)]
        index = first + 1
        while index < len(words) and index - first < MAX_TOKENS:
            keys = make_keys(words[index])
            if keys and words[index] not in _GENITIVES and keys != ("s",):
                states = self._extend(states, keys)
                if not states:
                    break
                ends.append((index + 1, states))
            elif keys or not _may_stand_inside(words[index]):
                break
            index += 1
        for end, states_there in reversed(ends):
            text = words[first]
            for place in range(first + 1, end):
                text += " " + words[place] if spaces[place - 1] else words[place]
            text = text.strip()
            if "(" in text or ")" in text:
                if text.count("(") > text.count(")") and end < len(words) and words[end] == ")":
                    text, end = text + ")", end + 1
                if text.count("(") != text.count(")"):
                    continue
            match = self._recognise(text, tuple([key for key, _ in states_there]))
            if match is not None:
                return first, end, match
        return None

    def _choose_match(self, text: str, keys: tuple[bytes, ...]) -> LexiconMatch | None:
        """The best of the names with one of the keys (or its singular) that the text may be taken for, or None."""
        text = " ".join(text.split())
        accepted: dict[tuple[str, str], str] = {}
        for key in keys:
            plain = key.decode()
            for row in [*self.find_rows(plain), *(self.find_rows(plain[:-1]) if text.endswith("s") else ())]:
                entity = (row.entity, row.type)
                if accepts(text, row.name, row.recognise) and accepted.get(entity) in (None, "weak"):
                    accepted[entity] = row.recognise
        sure = {entity for entity, recognise in accepted.items() if recognise != "weak"}
        for match in self.lookup(text) if accepted else ():
            if (match.name, match.type) in (sure or accepted):
                return replace(match, recognise=accepted[(match.name, match.type)])
        return None


def _is_fair_plural(text: str, name: str) -> bool:
    """False where the name would be the singular of a short text that is none (``Hrs`` for HR); ``PKCs`` is one."""
    key = make_key(text)
    if len(key) > 4 or make_key(name) != key[:-1] or not text.endswith("s"):
        return True
    return not text[-2].islower()


def _may_stand_inside(word: str) -> bool:
    """Whether a word without letters may stand inside a name: a joint, a space or a line break, but no blank line."""
    return word in _JOINTS or (word.isspace() and word.count("\n") < 2)


def _make_match(row: NameRow, score: float) -> LexiconMatch:
    curie = None if row.curie.startswith(":") else row.curie
    return LexiconMatch(row.name, curie, row.entity, row.type, row.status, row.source, score, row.recognise)


@cache
def load_lexicon() -> Lexicon:
    """The bundled lexicon; read once, then kept.

    Raises:
        ResourceError: if a file of ``sigmine/resources/data/lexicon`` is missing or damaged.
    """
    return read_lexicon(files("sigmine.resources") / "data" / "lexicon")


@lru_cache(maxsize=2)
def get_lexicon(path: str | None = None) -> Lexicon:
    """The bundled lexicon if None, with the names of a user's table, or that of a folder of ``sigmine lexicon build``.

    Raises:
        GroundingError: if the table is wrong (``sigmine.resources.own_names`` says how it must be).
        ResourceError: if a file of the folder is missing or damaged.
    """
    if path is None:
        return load_lexicon()
    if Path(path).is_dir():
        return read_lexicon(Path(path))
    return load_lexicon().add_names(read_own_names(path), path)


def load_lexicon_manifest(path: str | None = None) -> dict[str, Any]:
    """What a lexicon was made from; ``path`` as for ``get_lexicon``, whose own names are counted under ``own``.

    Raises:
        GroundingError, ResourceError: as ``get_lexicon``.
    """
    is_folder = path is not None and Path(path).is_dir()
    folder: Traversable = Path(str(path)) if is_folder else files("sigmine.resources") / "data" / "lexicon"
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ResourceError(f"{folder}: no lexicon ({error}). Make one with 'sigmine lexicon build'.") from error
    if path is not None and not is_folder:
        own = read_own_names(path)
        manifest["own"] = {"file": path, "names": len(own.names), "never": len(own.never)}
    return manifest


def read_lexicon(folder: Traversable) -> Lexicon:
    """The lexicon of a folder, as ``sigmine.resources.lexicon_build`` writes it.

    Raises:
        ResourceError: if a file is missing or damaged.
    """
    lines = read_lines(folder / "names.tsv.gz")
    proteins = [
        Protein(curie, symbol, uniprot, tuple(kinds.split("|")) if kinds else ())
        for curie, symbol, uniprot, kinds in read_table(folder / "proteins.tsv.gz", 4)
    ]
    memberships = [Membership(*row) for row in read_table(folder / "memberships.tsv.gz", 3)]
    prefixes = (folder / "code_prefixes.txt").read_text(encoding="utf-8").split()
    return Lexicon(lines, proteins, memberships, prefixes)
