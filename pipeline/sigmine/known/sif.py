"""SIF, the simple interaction format of Cytoscape: ``name relation name ...``, by tabs or else by spaces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sigmine.known.claims import Claim, Skipped
from sigmine.known.identity import find_named
from sigmine.known.vocabulary import load_vocabulary, normalize_word


def read_sif(lines: Iterable[str]) -> Iterator[Claim | Skipped]:
    """The claims of each line, one for each name behind the relation; a line with one name alone says nothing.

    Names are standard names (HGNC symbols, FamPlex, drugs); another name has no identity and is compared as it stands.
    """
    relations = load_vocabulary().sif
    for number, line in enumerate(lines, start=1):
        line = line.strip("\r\n")
        cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split())]
        if len(cells) < 2 or line.startswith("#"):
            continue
        if len(cells) < 3 or not all(cells[:3]):
            yield Skipped(number, "malformed", "a line is a name, a relation and one or more names")
            continue
        relation = relations.get(normalize_word(cells[1]))
        if relation is None:
            yield Skipped(number, "unknown word", f"relation {cells[1]!r}")
            continue
        for name in filter(None, cells[2:]):
            yield Claim(relation, find_named(cells[0]), find_named(name), None, number, words=cells[1])
