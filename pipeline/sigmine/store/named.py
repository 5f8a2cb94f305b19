"""Queries with a name: files ``.rq``, ours in ``queries/`` or the user's own.

A file is SPARQL that runs as it stands. Comments at its head say what it is for and what it takes::

    # Who phosphorylates a molecule.
    # argument molecule: the substrate
    # optional text section: one section only
    # example: kinases-of MTOR
    SELECT ... { VALUES ?molecule { UNDEF } ... }

An ``argument`` is a name or a CURIE and becomes the identities that it means; a ``text`` is a literal. Each is bound
by the clause ``VALUES ?name { UNDEF }``, in which only terms that are made here take the place of ``UNDEF``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sigmine.assembly.terms import make_literal
from sigmine.errors import StoreError
from sigmine.resources.prefixes import PREFIXES
from sigmine.store.graph import Graph
from sigmine.store.lookup import find_identities
from sigmine.store.paths import find_paths
from sigmine.store.result import QueryResult
from sigmine.store.sparql import run_query

_PATHS = "paths"
_ARGUMENT = re.compile(r"(optional )?(argument|text) (\w+): *(.+)")
_EXAMPLE = re.compile(r"example: *(.+)")
_WORK = re.compile(rf"{re.escape(PREFIXES['evidence'])}[^\s/;]+/reference/\d+")


@dataclass(frozen=True, slots=True)
class Argument:
    """What a query takes: the name or the CURIE of an identity, or, if ``is_text``, any text."""

    name: str
    meaning: str
    is_text: bool
    is_optional: bool


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of a file; ``example`` is its name with arguments, or empty."""

    name: str
    description: str
    arguments: tuple[Argument, ...]
    example: str
    sparql: str

    @property
    def usage(self) -> str:
        """``by-section MOLECULE [SECTION]``"""
        words = [f"[{item.name.upper()}]" if item.is_optional else item.name.upper() for item in self.arguments]
        return " ".join([self.name, *words])


@lru_cache(maxsize=1)
def load_named_queries() -> Mapping[str, NamedQuery]:
    """The queries that come with sigmine, by name, sorted."""
    folder = files("sigmine.store").joinpath("queries")
    texts = {item.name.removesuffix(".rq"): item.read_text(encoding="utf-8") for item in folder.iterdir()}
    return {name: parse_named_query(name, texts[name]) for name in sorted(texts)}


def get_named_query(name: str) -> NamedQuery:
    """The query that comes with sigmine under the name.

    Raises:
        StoreError: if there is none; the message names those there are.
    """
    known = load_named_queries()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise StoreError(f"There is no query {name!r}. {hint}Known: {', '.join(known)}.")
    return known[name]


def load_query_file(path: Path) -> NamedQuery:
    """A query of the user's.

    Raises:
        StoreError: if the file cannot be read, or an argument that its head names is not bound in it.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The query {path} cannot be read: {error}.") from error
    return parse_named_query(path.stem, text)


def parse_named_query(name: str, text: str) -> NamedQuery:
    """The query of a file's text.

    Raises:
        StoreError: if an argument that the head names is not bound by ``VALUES ?name { UNDEF }``.
    """
    description: list[str] = []
    arguments: list[Argument] = []
    example = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        comment = line.lstrip("# ").strip()
        if match := _ARGUMENT.fullmatch(comment):
            arguments.append(Argument(match[3], match[4], match[2] == "text", match[1] is not None))
        elif match := _EXAMPLE.fullmatch(comment):
            example = match[1]
        elif not arguments and not example:
            description.append(comment)
    for argument in arguments:
        if not _make_place(argument).search(text):
            raise StoreError(
                f"The query {name} takes {argument.name!r} but does not use it: write VALUES ?{argument.name} "
                "{ UNDEF } where it is to be bound."
            )
    return NamedQuery(name, " ".join(description), tuple(arguments), example, text)


def run_named_query(graph: Graph, query: NamedQuery, values: Sequence[str]) -> QueryResult:
    """The answer for the values, which stand for the query's arguments in order.

    A name that the store does not know gives no row.

    Raises:
        StoreError: if there are too many or too few values, or the file is no SPARQL query.
    """
    needed = sum(not argument.is_optional for argument in query.arguments)
    if not needed <= len(values) <= len(query.arguments):
        meanings = "; ".join(f"{item.name.upper()}: {item.meaning}" for item in query.arguments)
        raise StoreError(
            f"The query takes {query.usage}" + (f" ({meanings})" if meanings else "") + f"; {len(values)} given."
        )
    terms = {
        argument: [make_literal(value)] if argument.is_text else sorted(find_identities(graph, value))
        for argument, value in zip(query.arguments, values, strict=False)
    }
    if query is load_named_queries().get(_PATHS):
        return find_paths(graph, *terms.values())
    sparql = query.sparql
    for argument, bound in terms.items():
        clause = f"VALUES ?{argument.name} {{ {' '.join(bound)} }}"
        sparql = _make_place(argument).sub(clause.replace("\\", r"\\"), sparql)
    return _name_works(graph, run_query(graph, sparql))


def _name_works(graph: Graph, result: QueryResult) -> QueryResult:
    """With works that have no identifier by document and marker, ``review [19]``, as a reader would look them up.

    A look-up of its own: asked with the rest, the database goes through all works for each row.
    """
    cells = {cell["value"] for row in result.bindings for cell in row.values() if cell["type"] == "literal"}
    works = sorted({work for value in cells for work in _WORK.findall(value)})
    if not works:
        return result
    answer = graph.query(
        f"SELECT ?work ?marker ?document {{ VALUES ?work {{ {' '.join(f'<{work}>' for work in works)} }} "
        "?work rdfs:label ?marker . ?evidence cito:citesAsEvidence ?work ; oa:hasSource ?source . "
        "?source dcterms:identifier ?document }"
    )
    names = {str(work): f"{document} [{marker}]" for work, marker, document in answer.rows}

    def rename(cell: dict[str, Any]) -> dict[str, Any]:
        parts = [names.get(part, part) for part in str(cell["value"]).split("; ")]
        return {**cell, "value": "; ".join(dict.fromkeys(parts))}

    rows = tuple(
        {name: rename(cell) if cell["type"] == "literal" else cell for name, cell in row.items()}
        for row in result.bindings
    )
    return replace(result, bindings=rows)


def _make_place(argument: Argument) -> re.Pattern[str]:
    return re.compile(rf"VALUES\s*\?{argument.name}\s*\{{\s*UNDEF\s*\}}")
