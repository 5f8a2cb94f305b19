"""A page to blocks: its paragraphs, headings, items and cells, each with its text, links and raised characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sigmine.model import TableCell
from sigmine.readers.html_roles import (
    BLOCK_TAGS,
    SKIPPED_TAGS,
    Attributes,
    find_role,
    is_furniture,
    is_inline_furniture,
    list_attributes,
)
from sigmine.readers.html_scan import Page, TextWriter
from sigmine.readers.mapped_text import SPACE, MappedText, concatenate, join, strip
from sigmine.readers.raised_numbers import find_powers, move_span, sign_powers

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RUN = re.compile(r"(\d+);|\s+")
_TARGETS = ("data-rid", "rid", "reveal-id", "data-open", "data-bib-id")
_RAISED_CLASSES = frozenset(("sup", "superscript", "supscript"))
_MAX_SPAN = 100
"""How many rows or columns a cell may cover."""
_MAX_AROUND = 20
"""How many elements of one sort around a block are told apart; no page that people read has more in one another."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link within a block: what it covers and where it leads.

    ``target`` is the id on the page that it points to, empty if it points to none.
    """

    start: int
    end: int
    href: str
    target: str


@dataclass(slots=True, eq=False)
class Table:
    """A ``table`` element: what tells whether it holds data or lays out the page."""

    element: Element
    is_layout: bool = False
    rows: int = 0
    column: int = 0
    """The first column of the present row that may be free."""
    cells: list[Cell] = field(default_factory=list)
    busy: dict[int, int] = field(default_factory=dict)
    """For each column, the first row in which cells from above no longer cover it."""


@dataclass(slots=True, eq=False)
class Cell:
    """A cell at its place in the table's grid, counted from 0; ``blocks`` is what it holds."""

    table: Table
    row: int
    column: int
    rows: int
    columns: int
    is_head: bool
    in_head: bool
    blocks: list[Block] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(block.text for block in self.blocks)


@dataclass(slots=True, eq=False)
class Block:
    """One unit of text.

    ``element`` is the innermost block-level element that holds it, ``furniture`` and ``roles`` are elements around it
    that look like parts of the site or of the article. ``kind``, ``title`` and ``subject`` are those of its section,
    filled in as the block is understood; ``cells`` are those of its section. ``breaks`` are the characters behind
    single line ends (``<br>``) within it.
    """

    content: MappedText
    element: Element
    tag: str
    links: list[Link]
    raised: list[tuple[int, int]]
    bold: int
    ids: tuple[str, ...]
    furniture: tuple[Element, ...]
    roles: tuple[tuple[str, Element], ...]
    cell: Cell | None
    kind: str = ""
    title: str = ""
    subject: str = ""
    cells: tuple[TableCell, ...] = ()
    breaks: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def linked(self) -> int:
        """How many characters are links."""
        return sum([link.end - link.start for link in self.links])

    def sign_powers(self) -> None:
        """Put ``^`` before the powers of numbers; a raised number that is a link is none."""
        linked = {link.start for link in self.links}
        places = find_powers(self.text, [span for span in self.raised if linked.isdisjoint((span[0], span[0] + 1))])
        if places:
            self.content = sign_powers(self.content, places)
            self.links = [
                replace(link, start=start, end=end)
                for link in self.links
                for start, end in (move_span(link.start, link.end, places),)
            ]
            self.raised = [move_span(start, end, places) for start, end in self.raised]

    def lead(self, head: MappedText) -> None:
        """Put words in front."""
        size = len(head.text)
        self.content = join([head, self.content])
        self.links = [Link(one.start + size, one.end + size, one.href, one.target) for one in self.links]
        self.raised = [(start + size, end + size) for start, end in self.raised]

    def cut(self, start: int, end: int) -> Block:
        """A block of the characters ``text[start:end]``, with the links and raised spans that lie in them."""
        inside = [one for one in self.links if start <= one.start and one.end <= end]
        return replace(
            self,
            content=self.content.cut(start, end),
            links=[Link(one.start - start, one.end - start, one.href, one.target) for one in inside],
            raised=[(low - start, high - start) for low, high in self.raised if start <= low and high <= end],
            breaks=(),
        )

    def split_label(self, size: int) -> Block:
        """Take the first ``size`` characters off; returns a block of them."""
        label = replace(self, content=strip(self.content.cut(0, size)), links=[], raised=[])
        self.content = self.content.cut(size)
        self.links = [
            Link(one.start - size, one.end - size, one.href, one.target) for one in self.links if one.start >= size
        ]
        self.raised = [(start - size, end - size) for start, end in self.raised if start >= size]
        return label

    def go_on(self, other: Block) -> None:
        """Take a block as continuation."""
        whole = concatenate([self.content, other.content])
        other.lead(join([self.content, SPACE]))
        self.links += other.links
        self.raised += other.raised
        self.ids += other.ids
        self.content = whole


class BlockCollector:
    """Walks through the elements of a page once and gathers its blocks, in file order."""

    def __init__(self, page: Page) -> None:
        self.blocks: list[Block] = []
        self._page = page
        self._writer = TextWriter(page.text)
        self._open: list[Element] = []
        self._furniture: list[Element] = []
        self._roles: list[tuple[str, Element]] = []
        self._around: tuple[tuple[Element, ...], tuple[tuple[str, Element], ...]] = ((), ())
        self._tables: list[Table] = []
        self._cells: list[Cell] = []
        self._heads: list[Element] = []
        self._spans: list[tuple[Element, str, int]] = []
        self._links: list[Link] = []
        self._raised: list[tuple[int, int]] = []
        self._bold = 0
        self._ids: list[str] = []
        self._breaks = 0
        self._places: list[int] = []

    def collect(self, body: Element) -> list[Block]:
        """The blocks of the element."""
        from lxml import etree

        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in BLOCK_TAGS:
                    self._start_block(element, tag)
                elif not isinstance(tag, str) or not self._start_inline(element, tag):
                    walk.skip_subtree()
                    continue
                if element.text:
                    self._add(element.text)
                continue
            if tag in BLOCK_TAGS:
                self._end_block(element, tag)
            elif self._spans and self._spans[-1][0] is element:
                self._end_span()
            if element.tail and element is not body:
                self._add(element.tail)
        self._flush()
        return self.blocks

    def _add(self, text: str) -> None:
        runs = self._page.runs
        number = text[:-1]
        if text[-1] == ";" and number.isdigit() and (index := int(number)) < len(runs):
            self._writer.add(*runs[index])
            self._breaks = 0
            return
        if text.isspace():
            self._writer.add_space()
            return
        for match in _RUN.finditer(text):
            if match[1] is None:
                self._writer.add_space()
            elif (index := int(match[1])) < len(runs):
                self._writer.add(*runs[index])
                self._breaks = 0

    # Elements within a line

    def _start_inline(self, element: Element, tag: str) -> bool:
        """Note the element; False where nothing in it is read."""
        if tag in SKIPPED_TAGS:
            return False
        if tag == "br":
            self._breaks += 1
            self._writer.add_space()
            self._places.append(self._writer.next)
            if self._breaks > 1:
                self._flush()  # Two line ends one after another part paragraphs.
            return True
        attributes = list_attributes(element)
        if attributes:
            if is_inline_furniture(attributes):
                return False
            self._note_ids(attributes)
        if len(self._spans) >= _MAX_AROUND:
            return True
        if tag == "a":
            self._spans.append((element, "link", self._writer.next))
        elif tag == "sup" or (attributes and _RAISED_CLASSES.intersection(attributes.get("class", "").lower().split())):
            self._spans.append((element, "raised", self._writer.next))
        elif tag in ("b", "strong"):
            self._spans.append((element, "bold", self._writer.next))
        return True

    def _end_span(self) -> None:
        element, kind, start = self._spans.pop()
        self._note_span(element, kind, start)

    def _note_span(self, element: Element, kind: str, start: int) -> None:
        end = self._writer.length
        if end <= start:
            return
        if kind == "raised":
            self._raised.append((start, end))
        elif kind == "bold":
            self._bold += end - start
        else:
            href = element.get("href", "")
            target = unquote(href.rpartition("#")[2]) if "#" in href else ""
            target = target or next((element.get(name, "") for name in _TARGETS if element.get(name)), "")
            self._links.append(Link(start, end, href, target.lstrip("#")))

    def _note_ids(self, attributes: Attributes) -> None:
        id_, name = attributes.get("id"), attributes.get("name")
        self._ids += [one for one in (id_, name) if one]

    # Elements that stand by themselves

    def _start_block(self, element: Element, tag: str) -> None:
        self._flush()
        self._open.append(element)
        attributes = list_attributes(element)
        if attributes:
            self._note_ids(attributes)
        if len(self._furniture) < _MAX_AROUND and is_furniture(tag, attributes):
            self._furniture.append(element)
            self._around = (tuple(self._furniture), self._around[1])
        role = find_role(tag, attributes)
        if role == "authors" and any(outer == "references" for outer, _ in self._roles):
            role = None  # Those of a cited work.
        if role is not None and len(self._roles) < _MAX_AROUND:
            self._roles.append((role, element))
            self._around = (self._around[0], tuple(self._roles))
        if tag == "table":
            if self._cells:
                self._cells[-1].table.is_layout = True
            self._tables.append(Table(element, attributes.get("role", "") in ("presentation", "none")))
        elif tag == "thead":
            self._heads.append(element)
        elif self._tables and tag == "tr":
            self._tables[-1].rows += 1
            self._tables[-1].column = 0
        elif self._tables and tag in ("td", "th"):
            self._start_cell(element, tag)

    def _start_cell(self, element: Element, tag: str) -> None:
        table = self._tables[-1]
        row = max(0, table.rows - 1)
        rows, columns = _read_span(element, "rowspan"), _read_span(element, "colspan")
        column = table.column
        while table.busy.get(column, 0) > row:
            column += 1
        for covered in range(column, column + columns):
            table.busy[covered] = row + rows
        table.column = column + columns
        cell = Cell(table, row, column, rows, columns, tag == "th", bool(self._heads))
        table.cells.append(cell)
        self._cells.append(cell)

    def _end_block(self, element: Element, tag: str) -> None:
        self._flush()
        self._open.pop()
        if self._furniture and self._furniture[-1] is element:
            self._furniture.pop()
            self._around = (tuple(self._furniture), self._around[1])
        if self._roles and self._roles[-1][1] is element:
            self._roles.pop()
            self._around = (self._around[0], tuple(self._roles))
        if tag == "table":
            self._tables.pop()
        elif tag == "thead":
            self._heads.pop()
        elif tag in ("td", "th") and self._tables:
            self._cells.pop()

    def _flush(self) -> None:
        """What was written since the last block becomes one."""
        if self._writer.length:
            for element, kind, start in self._spans:
                self._note_span(element, kind, start)
            content = self._writer.take()
            cell = self._cells[-1] if self._cells and self._tables else None
            block = Block(
                content,
                self._open[-1],
                self._open[-1].tag,
                sorted(self._links, key=lambda link: link.start),
                sorted(self._raised),
                self._bold,
                tuple(self._ids),
                *self._around,
                cell,
                breaks=tuple(self._places),
            )
            self.blocks.append(block)
            if self._raised:
                block.sign_powers()
            if cell is not None:
                cell.blocks.append(block)
            self._ids, self._links, self._raised, self._bold = [], [], [], 0
        self._writer.drop_space()
        self._places = []
        if self._spans:
            self._spans = [(element, kind, 0) for element, kind, _ in self._spans]
        self._breaks = 0


def _read_span(element: Element, name: str) -> int:
    value = element.get(name, "1").strip()
    return min(int(value), _MAX_SPAN) or 1 if value.isascii() and value.isdigit() and len(value) < 6 else 1
