"""What the rows of a table state by the heads of its columns: ``Kinase | Substrate | Site``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sigmine.grammar.compile import Grammar
from sigmine.model import Document, Entity, RelationMention, Site, TableCell, Trigger
from sigmine.model.entity import MOLECULE_TYPES
from sigmine.nlp.mention_index import get_identity

_CUES = "tables"
_RESIDUES = "residues"
_PRIOR = 0.8
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of one row; ``place`` is the section that holds each, by the header."""

    cells: Mapping[str, TableCell]
    sections: Mapping[str, tuple[int, int]]


def find_row_relations(
    document: Document, mentions: Sequence[Entity], sites: Sequence[Site], grammar: Grammar
) -> list[RelationMention]:
    """The relations of all rows whose table has a column for the subject and one for the object, in text order.

    Which heads of columns these are is told by the cue file ``tables``. Each name of the one column is in the relation
    with each name of the other; residues are those of the residues' column. The trigger is the head of the object's
    column, the sentence the object's cell as the reader gives it.
    """
    lists = grammar.cues.get(_CUES, {})
    relations = [name for name in grammar.relations if f"{name}_subject" in lists and f"{name}_object" in lists]
    found: list[RelationMention] = []
    for head, rows in _find_tables(document):
        columns = {header: _normalise(header) for header in head}
        residues = [header for header, name in columns.items() if name in lists.get(_RESIDUES, ())]
        for relation in relations:
            subjects = [header for header, name in columns.items() if name in lists[f"{relation}_subject"]]
            objects = [header for header, name in columns.items() if name in lists[f"{relation}_object"]]
            if len(subjects) != 1 or len(objects) != 1:
                continue
            for row in rows:
                if subjects[0] in row.cells and objects[0] in row.cells:
                    allowed = grammar.relations[relation].residues
                    named = [
                        site
                        for header in residues
                        for site in _find_inside(sites, row.cells.get(header))
                        if site.residue in allowed
                    ]
                    found += _relate(document, relation, row, subjects[0], objects[0], head, mentions, named)
    return sorted(found, key=lambda one: (one.sentence, one.object.start))


def _relate(
    document: Document,
    relation: str,
    row: _Row,
    subject: str,
    object: str,
    head: Mapping[str, TableCell],
    mentions: Sequence[Entity],
    sites: Sequence[Site],
) -> Iterator[RelationMention]:
    place = head[object]
    trigger = Trigger(document.text[place.start : place.end], place.start, place.end)
    for agent in _find_names(document.text, mentions, row.cells[subject]):
        for theme in _find_names(document.text, mentions, row.cells[object]):
            if get_identity(agent) != get_identity(theme):
                yield RelationMention(
                    relation=relation,
                    subject=agent,
                    object=theme,
                    sites=tuple(sites),
                    trigger=trigger,
                    rule=f"{relation}/table_row",
                    sentence=row.sections[object],
                    prior=_PRIOR,
                )


def _find_tables(document: Document) -> Iterator[tuple[dict[str, TableCell], list[_Row]]]:
    """The head of each table whose columns are known, and its rows."""
    head: dict[str, TableCell] = {}
    rows: dict[int, tuple[dict[str, TableCell], dict[str, tuple[int, int]]]] = {}
    below = False
    for section in document.sections:
        for cell in section.cells:
            if cell.row == 0 and below:  # another table
                yield head, [_Row(*row) for row in rows.values()]
                head, rows, below = {}, {}, False
            if cell.row == 0:
                head[cell.header] = cell
            else:
                below = True
                cells, places = rows.setdefault(cell.row, ({}, {}))
                cells[cell.header] = cell
                places[cell.header] = (section.start, section.end)
    if rows:
        yield head, [_Row(*row) for row in rows.values()]


def _find_names(text: str, mentions: Sequence[Entity], cell: TableCell) -> list[Entity]:
    """The molecules named in a cell, each once; not what stands in brackets: another name of the one before."""
    inside = (one for one in mentions if cell.start <= one.start and one.end <= cell.end)
    named = (one for one in inside if one.type in MOLECULE_TYPES and not _is_in_brackets(text[cell.start : one.start]))
    return list({get_identity(one): one for one in named}.values())


def _is_in_brackets(before: str) -> bool:
    return before.count("(") > before.count(")") and bool(before.split("(")[0].strip())


def _find_inside(sites: Sequence[Site], cell: TableCell | None) -> list[Site]:
    return [site for site in sites if cell is not None and cell.start <= site.start and site.end <= cell.end]


def _normalise(header: str) -> str:
    """``Substrates (human)`` as ``substrate``."""
    name = " ".join(_BRACKETS.sub(" ", header).casefold().split()).strip(" :;.*")
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name
