"""Which columns of a table are the ends of which relation, by the lists of the cue file ``tables``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sigmine.grammar.compile import Grammar
from sigmine.grammar.table_heads import TableHeads
from sigmine.model import Document, TableCell

CUES = "tables"
_LONGEST_LEGEND = 300


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A cell, or a part of one, and the half-open characters of the section that it stands in."""

    cell: TableCell
    section: tuple[int, int]


Row = dict[int, list[PlacedCell]]
"""The cells of a row by their column."""


@dataclass(slots=True)
class Table:
    """A table whose columns are known: its legend (empty if none is near), its heads by column, its rows by number."""

    legend: str
    heads: dict[int, PlacedCell] = field(default_factory=dict)
    rows: dict[int, Row] = field(default_factory=dict)

    def transpose(self, document: Document) -> Table:
        """The same with the first column as heads, the table's own head as the first row."""
        turned = Table(self.legend)
        if 0 in self.heads:
            turned.heads[0] = self.heads[0]
        for number, row in self.rows.items():
            for one in row.get(0, ()):
                text = document.text[one.cell.start : one.cell.end]
                turned.heads[number] = PlacedCell(TableCell(0, number, text, one.cell.start, one.cell.end), one.section)
        cells = [(0, column, one) for column, one in self.heads.items() if column]
        cells += [(n, c, one) for n, row in self.rows.items() for c, ones in row.items() if c for one in ones]
        for number, column, one in cells:
            turned.rows.setdefault(column, {}).setdefault(number, []).append(one)
        return turned


@dataclass(frozen=True, slots=True)
class Ends:
    """The columns of a relation's subject and object.

    ``needs_site``: it counts where the row names a residue only; ``is_neutral``: the row has to tell the relation.
    """

    relation: str
    subject: tuple[int, ...]
    object: tuple[int, ...]
    needs_site: bool = False
    is_neutral: bool = False


def find_tables(document: Document) -> Iterator[Table]:
    """The tables of the document whose columns are known, in text order; those without rows are left out."""
    table = Table("")
    legend = ""
    for section in document.sections:
        if section.kind == "legend":
            legend = document.text[section.start : min(section.end, section.start + _LONGEST_LEGEND)]
        elif section.kind not in ("table", "heading"):
            legend = ""
        for cell in section.cells:
            placed = PlacedCell(cell, (section.start, section.end))
            if cell.row == 0:
                if table.rows or cell.column in table.heads:
                    yield from (table,) if table.rows else ()
                    table = Table("")
                if not table.heads:
                    table.legend, legend = legend, ""
                table.heads[cell.column] = placed
            elif table.heads:
                table.rows.setdefault(cell.row, {}).setdefault(cell.column, []).append(placed)
    if table.rows:
        yield table


class ColumnReader:
    """Finds the ends of relations among the columns of tables."""

    def __init__(self, grammar: Grammar) -> None:
        lists: Mapping[str, frozenset[str]] = grammar.cues.get(CUES, {})
        self.heads = TableHeads(lists)
        self.relations = [name for name in grammar.relations if f"{name}_object" in lists]
        self.signed = [name for name in self.relations if f"{name}_sign" in lists]
        self.default = lists.get("neutral_default", frozenset())

    def find_columns(self, document: Document, table: Table, kind: str) -> tuple[int, ...]:
        """The columns of a kind, from left to right."""
        return tuple(
            column
            for column, one in sorted(table.heads.items())
            if self.heads.has_kind(one.cell.header, kind, document.text[one.cell.start : one.cell.end])
        )

    def find_ends(self, document: Document, table: Table) -> list[Ends]:
        """The relations that the heads tell; one whose subject or object several heads may be is left out."""
        found = [ends for relation in self.relations for ends in self._find_pair(document, table, relation)]
        return found + self._find_neutral(document, table, found)

    def find_turned(self, document: Document, table: Table) -> tuple[Table, list[Ends]]:
        """The table with its rows as columns, and the relations that the heads of its rows tell.

        Where the corner of the table names something else ("Term"), its rows are no columns that were turned.
        """
        turned = table.transpose(document)
        found = self.find_ends(document, turned)
        if 0 in turned.heads:
            found = [ends for ends in found if 0 in (*ends.subject, *ends.object)]
        return turned, found

    def find_told(self, document: Document, table: Table) -> tuple[int, Ends] | None:
        """The column whose words tell the relation, and the ends (without one): ``Source | Interaction | Target``."""
        source = self._find_one(document, table, "source")
        told = self._find_one(document, table, "interaction", but=source)
        target = self._find_one(document, table, "told_target", but=(*source, *told))
        return (told[0], Ends("", source, target)) if source and told and target else None

    def _find_neutral(self, document: Document, table: Table, known: Sequence[Ends]) -> list[Ends]:
        found: list[Ends] = []
        neutral = self._find_one(document, table, "neutral_subject")
        is_reagents = bool(self.find_columns(document, table, "reagents"))
        if neutral and not is_reagents:
            for relation in self.signed:
                target = self._find_one(document, table, f"{relation}_object", but=neutral)
                if target and not any(ends.object == target and ends.relation in self.signed for ends in known):
                    found.append(Ends(relation, neutral, target, is_neutral=True))
        return found

    def _find_pair(self, document: Document, table: Table, relation: str) -> Iterator[Ends]:
        telling = self._find_one(document, table, f"{relation}_subject_of")
        subject = telling or self._find_one(document, table, f"{relation}_subject")
        if not subject:
            return
        target = self._find_one(document, table, f"{relation}_object", but=subject)
        if target:
            yield Ends(relation, subject, target)
            return
        if self.find_columns(document, table, f"{relation}_object"):
            return  # several
        weak = self._find_one(document, table, f"{relation}_object_weak", but=subject)
        if weak and (telling or self.tells(table, f"{relation}_topic")):
            sites = self.find_columns(document, table, "residues")
            yield Ends(relation, subject, weak, needs_site=bool(sites) and not telling)

    def _find_one(self, document: Document, table: Table, kind: str, but: Sequence[int] = ()) -> tuple[int, ...]:
        """The columns under the one head of a kind; empty if there is none or several."""
        columns = [column for column in self.find_columns(document, table, kind) if column not in but]
        places = {table.heads[column].cell.start for column in columns}
        return tuple(columns) if len(places) == 1 else ()

    def tells(self, table: Table, kind: str) -> bool:
        """Whether the legend or a head has a word of the list."""
        return any(self.heads.tells(text, kind) for text in (table.legend, *self._list_heads(table)))

    @staticmethod
    def _list_heads(table: Table) -> Iterator[str]:
        return (one.cell.header for one in table.heads.values())

    def tells_relation(self, table: Table, relation: str, action: str) -> bool:
        """Whether the subject of a neutral head has this relation; ``action`` is what the row says of it, or empty."""
        said = [name for name in self.signed if self.heads.tells(action, f"{name}_sign")]
        said = said or [name for name in self.signed if self.tells(table, f"{name}_sign")]
        return said == [relation] if said else relation in self.default


def list_silent_words(document: Document, grammar: Grammar) -> list[tuple[int, int]]:
    """The half-open characters in tables whose words are no triggers.

    They are rows of names under their heads (``AKT1 | Substrate: TSC2``), and a row's head repeated before a cell: what
    ``MEK inhibitors: ...`` says of the cell is told by the column's head alone, unless that is one of examples.
    """
    heads = TableHeads(grammar.cues.get(CUES, {}))
    found: list[tuple[int, int]] = []
    for section in document.sections:
        if not section.cells or section.kind != "table":
            continue
        cells = sorted(section.cells, key=lambda one: one.start)
        own = max(cells, key=lambda one: one.end)
        if _lists_names(document.text, section.start, cells):
            found.append((section.start, section.end))
        elif own.row and not heads.has_kind(own.header, "examples"):
            found += [(one.start, one.end) for one in cells if one.end <= own.start]
    return found


def _lists_names(text: str, start: int, cells: Sequence[TableCell]) -> bool:
    """Whether bars part the cells, or the heads of columns stand before them."""
    for cell in cells:
        between = text[start : max(start, cell.start)].strip()
        if "|" in between or (between.endswith(":") and len(between) > 1):
            return True
        start = max(start, cell.end)
    return False
