"""Blocks of a page to sections: what each is, told from its tag, the elements around it, headings and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sigmine.readers.html_blocks import Block, Table
from sigmine.readers.html_main import MainPart
from sigmine.readers.html_roles import HEADINGS
from sigmine.readers.html_tables import fill_cells, is_data_table
from sigmine.readers.text_matter import (
    ABSTRACT,
    BACK,
    BODY,
    KEYWORDS,
    REFERENCES,
    find_part,
    find_run_in,
    is_back_matter,
    is_structured_abstract_heading,
    is_title_page,
)
from sigmine.readers.text_shapes import (
    find_label,
    is_bare_caption,
    is_caption,
    is_claim,
    is_closed,
    is_heading_shaped,
    is_table_caption,
    starts_lower,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

FRONT = "front"
_BOLD_LEVEL = 7
_MOST = 0.5
_LONG_PROSE = 200
_LINKED = 0.7
_SENTENCE = 5
_SITE_TITLES = (
    "related articles; similar articles; recommended articles; related content; related; cited by; cited by other "
    "articles; see also; external links; further reading; share; share this article; article metrics; metrics; "
    "comments; more from this journal; actions; permalink; add to collections; resources; on this page; contents; "
    "article contents; table of contents; in this article; navigation menu; download; downloads; export citation; "
    "links to ncbi databases; about this article; cite; notes; tools; statistics; sections; outline; sources; "
    "subjects; most read; save"
)
_SITE_HEADINGS = frozenset(_SITE_TITLES.split("; "))
_DEBRIS = re.compile(
    r"(?:go to|open (?:figure|table|image|in)[\w ]*|view (?:large|full|all|larger|in|figure|table)[\w -]*|"
    r"download[\w :,-]*|"
    r"enlarge(?: image)?|full size (?:image|table)|figure viewer|show (?:more|less|all|abstract)|expand(?: all)?|"
    r"collapse(?: all)?|back to top|top|next|previous|close|copy(?: link)?|print|pdf|share|edit|hide|loading\W*|"
    r"click here[\w ]*|powerpoint slide|source data|permalink|article menu|search|jump to[\w ]*|skip to[\w ]*)[.:]?",
    re.IGNORECASE,
)
_KEYWORDS_LABEL = re.compile(r"(?:Key ?words(?: and phrases)?|Index terms|KEY ?WORDS)\s*:", re.IGNORECASE)
_DATES = re.compile(
    r"(?:Received|Accepted|Revised|Published|Posted|Updated|Collection date|Issue date)\b.{0,40}\b\d{4}\b"
)
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class SectionSorter:
    """Goes through the blocks of an article in file order and gives each its kind, title and subject.

    Attributes:
        part: the article's blocks and the shares of the elements around them.
        title: the block that is the article's title, None if there is none.
        zone: the part of the article it is in: ``front`` (before the text proper) or one of ``text_matter``.
        level: of the heading that opened the zone, 1 to 7.
        scope: the element that the zone ends with, None if only a heading ends it.
        heading: the last heading.
    """

    part: MainPart
    title: Block | None
    zone: str = FRONT
    level: int = 0
    scope: Element | None = None
    heading: str = ""
    result: list[Block] = field(default_factory=list)
    _open: Block | None = None
    _legends: set[str] = field(default_factory=set)
    _tables: dict[Table, bool] = field(default_factory=dict)

    def sort(self) -> list[Block]:
        """The blocks of the article with their kinds, in reading order."""
        blocks = self.part.blocks
        if self.title is not None:
            self._add(self.title, "title")
        index = 0
        while index < len(blocks):
            block = blocks[index]
            table = block.cell.table if block.cell is not None else None
            if block is self.title:
                index += 1
            elif table is not None and self._is_data(table) and self._find_zone(block)[0] != REFERENCES:
                index = self._take_table(index, table)
            else:
                self._take(block)
                index += 1
        return self.result

    def _add(self, block: Block, kind: str) -> None:
        block.kind = kind
        block.title = block.title or ("" if kind in ("title", "heading") else self.heading)
        self.result.append(block)

    def _is_data(self, table: Table) -> bool:
        if table not in self._tables:
            self._tables[table] = is_data_table(table, self.part.shares.get(table.element, 0))
        return self._tables[table]

    def _take_table(self, index: int, table: Table) -> int:
        """Add all cells at once; returns the index behind them."""
        blocks = self.part.blocks
        end = index
        while end < len(blocks) and (cell := blocks[end].cell) is not None and cell.table is table:
            end += 1
        if self._find_zone(blocks[index])[0] == BACK:
            for block in blocks[index:end]:
                self._add(block, BACK)
            return end
        legend = self.result[-1].text if self.result and self.result[-1].kind == "legend" else self.heading
        inside = set(map(id, blocks[index:end]))
        for block, parts in fill_cells(table, legend):
            for part in parts if id(block) in inside else ():
                self._add(part, part.kind)
        self._open = None
        return end

    def _find_zone(self, block: Block) -> tuple[str, bool]:
        """The part of the article that the block stands in, and whether the elements around it say so."""
        role = self.part.find_role(block)
        if role is not None and role[0] in (ABSTRACT, KEYWORDS, REFERENCES):
            return role[0], True
        return self.zone, False

    def _take(self, block: Block) -> None:
        if self.scope is not None and not self._is_within(block, self.scope):
            self.zone, self.scope, self.heading = (BODY, None, "")
        level = self._find_level(block)
        role = self.part.find_role(block)
        in_figure = self.part.has_role(block, "figure")
        if _DEBRIS.fullmatch(block.text) or _WORD.search(block.text) is None:
            self._add(block, REFERENCES if self._find_zone(block)[0] == REFERENCES else BACK)
        elif self._is_caption(block, role[0] if role else "", in_figure):
            self._add_legend(block)
        elif level and not in_figure:
            self._open_heading(block, level)
        elif in_figure and self._find_zone(block)[0] != BACK:
            if is_closed(block.text) and len(block.text.split()) >= _SENTENCE:
                self._add_legend(block)
            else:
                self._add(block, "figure_text")
        elif role is not None and role[0] == "authors" and block.linked + _LONG_PROSE > len(block.text):
            self._add(block, BACK)
        else:
            self._take_prose(block)

    @staticmethod
    def _is_within(block: Block, scope: Element) -> bool:
        return block.element is scope or any(one is scope for one in block.element.iterancestors())

    def _find_level(self, block: Block) -> int:
        """1 to 6 for a heading, 7 for a bold line that looks like one, 0 for other blocks."""
        if block.tag in HEADINGS:
            return HEADINGS[block.tag]
        if block.element.get("role") == "heading":
            level = block.element.get("aria-level") or "2"
            return int(level) if level in "123456" else 2
        if block.tag in ("p", "div") and block.bold >= len(block.text) - 1 and is_heading_shaped(block.text):
            return 0 if is_title_page(block.text) else _BOLD_LEVEL
        return 0

    # Headings

    def _open_heading(self, block: Block, level: int) -> None:
        text = block.text
        zone, _ = self._find_zone(block)
        self._open = None
        if text.strip(" :").lower() in _SITE_HEADINGS:
            self._add(block, BACK)
            self.zone, self.level, self.heading = BACK, level, text
            self.scope = self._find_scope(block)
            return
        if zone == BACK and self.level and level > self.level and find_part(text) in (None, BACK):
            self._add(block, BACK)
            return
        part = find_part(text)
        inside_abstract = zone == ABSTRACT and part != ABSTRACT
        if inside_abstract and (level > self.level or is_structured_abstract_heading(text)) and part != KEYWORDS:
            role = self.part.find_role(block)
            if (role is not None and role[0] == ABSTRACT) or self._goes_on(block, level):
                self._add(block, "heading")
                self.heading = text
                return
        self._add(block, "heading")
        self.heading = text
        self.zone, self.level = part or BODY, level
        self.scope = self._find_scope(block) if self.zone in (ABSTRACT, KEYWORDS) else None

    def _goes_on(self, block: Block, level: int) -> bool:
        """Whether a heading under an abstract's own belongs to the abstract: lower in rank, or in its element."""
        return level > self.level or (self.scope is not None and self._is_within(block, self.scope))

    def _find_scope(self, block: Block) -> Element | None:
        """The smallest element with running text around a heading, should it be a part of the article only."""
        for element in block.element.iterancestors():
            share = self.part.shares.get(element, 0)
            if share:
                return element if share < _MOST else None
        return None

    # Running text

    def _take_prose(self, block: Block) -> None:
        zone, by_role = self._find_zone(block)
        text = block.text
        run_in = find_run_in(text)
        if zone == REFERENCES:
            self._add(block, REFERENCES)
        elif zone == BACK:
            self._add(block, BACK)
        elif _KEYWORDS_LABEL.match(text):
            self._add(block, KEYWORDS)
            if text.rstrip().endswith(":"):
                self.zone, self.level, self.scope = KEYWORDS, self.level, None
        elif zone == KEYWORDS and (by_role or self.scope is not None or len(text) < _LONG_PROSE):
            self._add(block, KEYWORDS)
        elif (
            is_back_matter(text)
            or self._is_links(block)
            or (zone == FRONT and not by_role and self._is_title_page(text))
        ):
            self._add(block, BACK)
        elif run_in is not None and run_in[0] == ABSTRACT and zone == FRONT:
            self._take_run_in(block, run_in[1])
        elif zone == FRONT and not is_closed(text) and len(text) < _LONG_PROSE and not is_claim(text):
            self._add(block, BACK)
        elif zone == ABSTRACT:
            self._add(block, ABSTRACT)
        else:
            self.zone = BODY if zone in (FRONT, KEYWORDS) and not by_role else self.zone
            self._take_body(block)

    def _take_run_in(self, block: Block, label: int) -> None:
        """``Abstract: We review ...``: the label becomes a heading."""
        heading = block.split_label(label)
        self._add(heading, "heading")
        self.heading = heading.text.rstrip(" :.—–|-")
        self._add(block, ABSTRACT)

    def _take_body(self, block: Block) -> None:
        last = self._open
        if (
            last is not None
            and block.tag not in ("li", "dt", "dd", "td", "th")
            and last.element.tag in ("p", "div")
            and self.result[-1].kind != BODY
            and starts_lower(block.text)
            and not is_closed(last.text)
        ):
            last.go_on(block)  # A figure or a table stood inside the paragraph.
            return
        self._add(block, BODY)
        self._open = block

    @staticmethod
    def _is_title_page(text: str) -> bool:
        return is_title_page(text) or _DATES.match(text) is not None

    def _is_links(self, block: Block) -> bool:
        """Whether the block is a menu or a label: nearly all of it links, and it states nothing."""
        return block.linked > _LINKED * len(block.text) and not (is_claim(block.text) and is_closed(block.text))

    # Legends

    def _is_caption(self, block: Block, role: str, in_figure: bool) -> bool:
        if self._find_zone(block)[0] in (BACK, REFERENCES):
            return False
        if role in ("caption", "notes"):
            return True
        return is_caption(block.text) and (in_figure or is_table_caption(block.text) or block.tag in HEADINGS)

    def _add_legend(self, block: Block) -> None:
        """A legend; a bare label (``Figure 1``) is a heading; shown a second time, or abbreviations, it is not read."""
        key = "".join(block.text.split()).casefold()
        if is_bare_caption(block.text):
            self._add(block, "heading")
            return
        is_label = find_label(block.text) and block.text.startswith("Abbr")
        self._add(block, BACK if key in self._legends or is_label else "legend")
        self._legends.add(key)
