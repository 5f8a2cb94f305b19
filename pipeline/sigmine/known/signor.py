"""SIGNOR's own table of relations, as its download page gives it: tab-separated, one row a relation and site.

Read by the names of its head (``ENTITYA``, ``TYPEA``, ``IDA``, ``DATABASEA``, ... ``EFFECT``, ``MECHANISM``,
``RESIDUE``, ``PMID``, ``DIRECT``, ``SIGNOR_ID``), in any order; without a head, as its web service answers, in SIGNOR's
order. [SIGNOR 3.0: Lo Surdo et al. 2023]
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sigmine.evaluation.claim import MODIFICATIONS
from sigmine.known.claims import Claim, Skipped
from sigmine.known.identity import find_agent
from sigmine.known.tables import clean_cell, iterate_rows, parse_publications, parse_site
from sigmine.known.vocabulary import find_type, translate
from sigmine.model.statement import Agent

NEEDED: tuple[str, ...] = ("ENTITYA", "IDA", "DATABASEA", "ENTITYB", "IDB", "DATABASEB", "EFFECT")
"""Columns without which a table is not SIGNOR's."""
COLUMNS: tuple[str, ...] = (
    "ENTITYA", "TYPEA", "IDA", "DATABASEA", "ENTITYB", "TYPEB", "IDB", "DATABASEB", "EFFECT", "MECHANISM", "RESIDUE",
    "SEQUENCE", "TAX_ID", "CELL_DATA", "TISSUE_DATA", "MODULATOR_COMPLEX", "TARGET_COMPLEX", "MODIFICATIONA", "MODASEQ",
    "MODIFICATIONB", "MODBSEQ", "PMID", "DIRECT",
)  # fmt: skip
"""The order of a table without a head; what follows differs between versions."""

_READ = (*NEEDED, "TYPEA", "TYPEB", "MECHANISM", "RESIDUE", "PMID", "DIRECT", "SIGNOR_ID")
_MOST_COLUMNS = 40
_ID = re.compile(r"SIGNOR-\d+")
_INDIRECT = frozenset({"no", "f", "false", "0"})


def find_columns(cells: Sequence[str]) -> Mapping[str, int] | None:
    """Where each column of SIGNOR's stands in the head of a table; None if this is no such head."""
    places = {cell.strip().lstrip("#").upper(): place for place, cell in enumerate(cells)}
    return places if all(name in places for name in NEEDED) else None


def read_signor(lines: Iterable[str]) -> Iterator[Claim | Skipped]:
    """The claims of each row, in order: those of its mechanism (one a residue), then that of its effect.

    What a row says and we have no relation for is told, and a row that breaks the format gives its reason.
    """
    places: list[int] | None = None
    for number, cells in iterate_rows(lines, _MOST_COLUMNS):
        if places is None:
            columns = find_columns(cells)
            order = columns if columns is not None else {name: place for place, name in enumerate(COLUMNS)}
            places = [order.get(name, sys.maxsize) for name in _READ]
            if columns is not None:
                continue
        yield from _read_row(number, cells, places)


def _read_row(number: int, cells: Sequence[str], places: Sequence[int]) -> Iterator[Claim | Skipped]:
    last = max(places[: len(NEEDED)])
    if len(cells) <= last:
        yield Skipped(number, "malformed", f"{len(cells)} cells; the columns up to EFFECT take {last + 1}")
        return
    values = (clean_cell(cells[place]) if place < len(cells) else "" for place in places)
    (name_a, id_a, database_a, name_b, id_b, database_b, effect,
     type_a, type_b, mechanism, residue, pmid, direct, source_id) = values  # fmt: skip
    if not (name_a and name_b):
        yield Skipped(number, "malformed", f"{'ENTITYB' if name_a else 'ENTITYA'} is empty; it names an end")
        return
    sites = []
    for text in filter(None, map(str.strip, residue.split(";"))):
        site = parse_site(text)
        if site is None:
            yield Skipped(number, "malformed", f"RESIDUE {text!r} is no residue; write it like Ser473")
        else:
            sites.append(site)
    if residue and not sites:
        return
    yield from make_claims(
        number,
        effect,
        (mechanism,),
        (
            find_agent(name_a, find_type(type_a), ((database_a, id_a),)),
            find_agent(name_b, find_type(type_b), ((database_b, id_b),)),
        ),
        sites,
        direct=direct.lower() not in _INDIRECT,
        source_id=source_id or next((cell for cell in cells[len(COLUMNS) :] if _ID.fullmatch(cell)), ""),
        publications=parse_publications(pmid) if pmid else (),
    )


def make_claims(
    number: int,
    effect: str,
    mechanisms: tuple[str, ...],
    ends: tuple[Agent, Agent],
    sites: Sequence[str],
    *,
    direct: bool = True,
    denied: bool = False,
    source_id: str = "",
    publications: tuple[str, ...] = (),
) -> Iterator[Claim | Skipped]:
    """What an effect and its mechanisms say of two ends, in our relations; the residues are those of modifications."""
    meaning = translate(effect, mechanisms)
    words = ", ".join(filter(None, [*mechanisms, effect]))
    unknown_site: list[str | None] = [None]
    for relation in meaning.relations:
        for site in sites or unknown_site if relation in MODIFICATIONS else unknown_site:
            yield Claim(
                relation,
                *ends,
                site,
                number,
                denied=denied,
                direct=direct,
                source_id=source_id,
                publications=publications,
                words=words,
            )
    yield from (Skipped(number, "no relation", word) for word in meaning.without_relation)
    yield from (Skipped(number, "unknown word", word) for word in meaning.unknown)
