"""CausalTAB, which is PSI-MITAB 2.8: 46 tab-separated columns whose cells hold ``database:identifier(text)`` values.

[Format: Perfetto et al. 2019; HUPO-PSI, PSI-MI TAB 2.8]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sigmine.known.claims import Claim, Skipped
from sigmine.known.identity import find_agent
from sigmine.known.signor import make_claims
from sigmine.known.tables import iterate_rows, parse_site
from sigmine.known.vocabulary import find_type, load_vocabulary, normalize_word
from sigmine.model.statement import Agent

WIDTH = 46
_IDS, _ALTERNATIVES, _ALIASES, _ROLES, _TYPES, _FEATURES = (0, 1), (2, 3), (4, 5), (16, 17), (20, 21), (36, 37)
_PUBLICATIONS, _INTERACTION_TYPE, _INTERACTION_ID, _NEGATIVE, _MECHANISM, _EFFECT = 8, 11, 13, 35, 44, 45

_VALUE = re.compile(r'(?:[^|"]|"(?:\\.|[^"\\])*")+')
_PARTS = re.compile(
    r'(?P<database>"(?:\\.|[^"\\])*"|[^:"(]*):(?P<id>"(?:\\.|[^"\\])*"|[^"(]*)(?:\((?P<text>.*)\))?\s*', re.DOTALL
)
_NAMES = ("display_short", "gene name", "display_long")
"""Kinds of aliases, the one to show first."""
_TARGETS = frozenset({"mi:2275", "mi:0502", "regulator target", "enzyme target"})
_ACTORS = frozenset({"mi:2274", "mi:0501", "regulator", "enzyme"})
_RANGE = re.compile(r"(\d+)-(\d+)")
_MODIFIED = {"mod:00046": "S", "mod:00047": "T", "mod:00048": "Y"}
"""PSI-MOD's terms of phosphorylated residues; of others the number alone is known."""
_INDIRECT = frozenset(
    {
        "mi:2286",
        "mi:2246",
        "mi:2245",
        "functional association",
        "indirect causal regulation",
        "causal regulatory mechanism",
    }
)
_NO_PLACE = "?-?"


class Value(NamedTuple):
    """One value of a cell; ``text`` is what stands in brackets, empty if nothing."""

    database: str
    id: str
    text: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset({self.id.lower(), normalize_word(self.text)})


@lru_cache(maxsize=100_000)
def parse_cell(cell: str) -> tuple[Value, ...]:
    """The values of a cell, without their quotation marks; empty for ``-``. One that is no value stands as its id."""
    if cell.strip() in ("", "-"):
        return ()
    values = []
    for part in _VALUE.findall(cell):
        match = _PARTS.fullmatch(part.strip())
        values.append(
            Value(*(_unquote(match[name] or "") for name in ("database", "id", "text")))
            if match
            else Value("", _unquote(part), "")
        )
    return tuple(values)


def _unquote(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == '"':
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def read_causaltab(lines: Iterable[str]) -> Iterator[Claim | Skipped]:
    """The claims of each row, in order: those of its mechanisms (one a residue), then that of its causal statement.

    Rows without a causal statement (plain MITAB) give what their interaction type says. The regulator is A, unless the
    biological roles say that B is.
    """
    for number, cells in iterate_rows(lines, WIDTH):
        if cells[0].lstrip("#").lower().startswith(("id(s) interactor", "unique identifier for interactor")):
            continue
        if len(cells) < WIDTH:
            yield Skipped(number, "malformed", f"{len(cells)} cells; PSI-MITAB 2.8 has {WIDTH}")
            continue
        yield from _read_row(number, [parse_cell(cell) for cell in cells])


def _read_row(number: int, cells: Sequence[Sequence[Value]]) -> Iterator[Claim | Skipped]:
    first, second = (_make_end(cells, side) for side in (0, 1))
    if first is None or (second is None and cells[_IDS[1]]):
        yield Skipped(number, "malformed", "an interactor has no identifier of the form database:identifier")
        return
    ends, target = (first, second or first), 1
    if _has(cells[_ROLES[0]], _TARGETS) and _has(cells[_ROLES[1]], _ACTORS):
        ends, target = (ends[1], ends[0]), 0
    mechanisms = tuple(
        dict.fromkeys(_name(value) for place in (_INTERACTION_TYPE, _MECHANISM) for value in cells[place])
    )
    effect = next((_name(value) for value in cells[_EFFECT]), "")
    publications = (value for value in cells[_PUBLICATIONS] if value.database.lower() in ("pubmed", "pmid"))
    yield from make_claims(
        number,
        effect,
        mechanisms,
        ends,
        list(dict.fromkeys(site for value in cells[_FEATURES[target]] for site in _find_sites(value))),
        direct=not (_has(cells[_INTERACTION_TYPE], _INDIRECT) or _has(cells[_MECHANISM], _INDIRECT)),
        denied=any(value.id.lower() == "true" for value in cells[_NEGATIVE]),
        source_id=next((value.id for value in cells[_INTERACTION_ID]), ""),
        publications=tuple(dict.fromkeys(f"pubmed:{value.id}" for value in publications if value.id.isdigit())),
    )


def _make_end(cells: Sequence[Sequence[Value]], side: int) -> Agent | None:
    references = tuple(
        (value.database, value.id) for value in (*cells[_IDS[side]], *cells[_ALTERNATIVES[side]]) if value.database
    )
    if not references:
        return None
    named = {value.text.lower(): value.id for value in reversed(cells[_ALIASES[side]])}
    name = next((named[kind] for kind in _NAMES if kind in named), "") or next(iter(named.values()), references[0][1])
    type = next((find_type(value.text) for value in cells[_TYPES[side]]), "PROTEIN")
    return find_agent(name, type, references)


def _has(values: Iterable[Value], words: frozenset[str]) -> bool:
    return any(value.words & words for value in values)


def _name(value: Value) -> str:
    """The term's name where the tables know it, else its identifier where they know that, else the name."""
    words = load_vocabulary()
    known = words.effects.keys() | words.mechanisms.keys()
    names = (value.text, value.id)
    return next(
        (name for name in names if normalize_word(name) in known or name.lower() in known), value.text or value.id
    )


def _find_sites(value: Value) -> Iterator[str]:
    """The residues of a feature such as ``psi-mod:"MOD:00046":939-939`` or ``phosphorylated residue:15-15(Ser15)``."""
    site = parse_site(value.text) if value.text else None
    if site is not None and (site[-1].isdigit() or value.id.strip() == _NO_PLACE):
        yield site
        return
    whole = f"{value.database}:{value.id}".lower()
    letter = next((one for term, one in _MODIFIED.items() if term in whole), "")
    if "mod:" in whole or "residue" in whole or "ylation" in whole:
        yield from (f"{letter}{start}" for start, end in _RANGE.findall(value.id) if start == end)
