"""Blocks to sections: what each block is, told from its looks, its neighbours and its place in the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sigmine.readers.mapped_text import concatenate, strip
from sigmine.readers.text_blocks import Block
from sigmine.readers.text_join import WordForms
from sigmine.readers.text_lines import Layout
from sigmine.readers.text_matter import (
    ABSTRACT,
    BACK,
    BODY,
    KEYWORDS,
    announces_review,
    find_part,
    find_run_in,
    is_article_type,
    is_back_matter,
    is_structured_abstract_heading,
    is_title_page,
)
from sigmine.readers.text_shapes import (
    find_bullet,
    find_label,
    heading_prefix,
    is_bare_caption,
    is_heading_shaped,
    is_markdown_heading,
    is_marked_heading,
    is_table_caption,
    starts_lower,
)
from sigmine.readers.text_tables import make_cells

FRONT = "front"
_LATE = 0.6
_LONG_PROSE = 250
_MAX_ABSTRACT = 6
_MIN_LABELS = 3
_MIN_WORDS = 5


@dataclass(slots=True)
class SectionSorter:
    """Goes through the blocks of one text in file order and gives each its kind.

    Attributes:
        blocks: of the whole text, in file order.
        layout: of the file.
        words: the document's words, for joining paragraphs across an interruption.
        zone: the part of the article it is in: ``front`` (before the text proper), ``abstract``, ``keywords``,
            ``body``, ``references`` or ``back_matter``.
        heading: the last heading.
        paragraph: the last paragraph; a figure, a table or a page may stand between it and its continuation.
        result: the blocks understood so far, in reading order.
    """

    blocks: Sequence[Block]
    layout: Layout
    words: WordForms
    zone: str = FRONT
    heading: str = ""
    paragraph: Block | None = None
    result: list[Block] = field(default_factory=list)
    _legends: set[str] = field(default_factory=set)
    _abstracts: int = 0

    def sort(self) -> list[Block]:
        """The blocks with their kinds, paragraphs joined, in reading order."""
        if not any(block.shape in ("prose", "item", "row", "caption") for block in self.blocks):
            for block in self.blocks:
                block.shape = "prose" if block.shape == "short" else block.shape
        index = 0
        while index < len(self.blocks):
            index = self._take(index)
        for block in self.result:
            block.finish(self.words)
        return self.result

    def _take(self, index: int) -> int:
        """Sort the block at ``index`` and what hangs together with it; returns the index after."""
        block = self.blocks[index]
        if block.shape == "caption":
            return self._take_table(index) if is_table_caption(block.text) else self._take_figure(index)
        end = self._find_end(index, block.shape) if block.shape in ("short", "row") else index + 1
        if block.shape == "short":
            after = self.blocks[end] if end < len(self.blocks) else None
            if after is not None and self._starts_paragraph(self.blocks[end - 1], after):
                self.blocks[end - 1].shape = "prose"
                return self._take(index)
            self._take_short(self.blocks[index:end], after)
            return end
        if block.shape == "row" and end - index > 1:
            for cell in make_cells(self.blocks[index:end], self.heading):
                self._add(cell, cell.kind)
            return end
        if block.shape == "heading":
            self._open_heading(block)
        elif block.shape == "item":
            block.content = strip(block.content.cut(find_bullet(block.text)))
            self._add(block, BACK if self.zone == BACK else KEYWORDS if self.zone == KEYWORDS else BODY)
            self.paragraph = block if self.zone not in (BACK, KEYWORDS) else self.paragraph
        elif block.shape == "label" or (block.shape == "row" and block.open):
            self._add(block, "figure_text")
        else:
            self._take_prose(block, index)
        return index + 1

    def _find_end(self, index: int, shape: str) -> int:
        while index < len(self.blocks) and self.blocks[index].shape == shape:
            index += 1
        return index

    def _add(self, block: Block, kind: str) -> None:
        if block.content.text:
            block.kind = kind
            block.title = block.title or ("" if kind in ("title", "heading") else self.heading)
            self.result.append(block)

    # Headings and labels

    def _open_heading(self, block: Block) -> None:
        part = find_part(block.text)
        if is_markdown_heading(block.text):
            block.content = strip(block.content.cut(heading_prefix(block.text)))
        if self.zone == FRONT and part is None and not self.result and block.lines[0].text.startswith("# "):
            self._add(block, "title")
            return
        self._add(block, "heading")
        if self.zone == ABSTRACT and self._abstracts == 0 and is_structured_abstract_heading(block.text):
            return
        self.heading = block.text
        self.paragraph = None
        if part is not None:
            read = any(earlier.kind in (BODY, ABSTRACT) for earlier in self.result)
            self.zone = BODY if part == ABSTRACT and read else part
            self._abstracts = 0
        elif self.zone != BACK or self._share(block) < _LATE or is_marked_heading(block.lines[0].text):
            self.zone = BODY

    def _share(self, block: Block) -> float:
        """How far down the file the block stands, 0 to 1."""
        return block.lines[0].number / max(1, self.blocks[-1].lines[-1].number)

    def _take_short(self, run: Sequence[Block], after: Block | None) -> None:
        """Short blocks one after another: a title, headings, or the words inside a drawing."""
        if self.zone == FRONT:
            run = self._take_title_page(run, after)
        for block in run:
            if is_back_matter(block.text):
                self._add(block, BACK)
        run = [block for block in run if not is_back_matter(block.text)]
        if not run:
            return
        if self.zone in (BACK, KEYWORDS) and (after is None or self._share(run[0]) > _LATE):
            for block in run:
                self._add(block, self.zone)
            return
        headings = self._find_headings(run, after)
        labels = run[: len(run) - len(headings)]
        if labels and self.zone == FRONT:
            self._add(_merge(labels), BACK)
        elif labels and after is None and len(run) < _MIN_LABELS:
            for block in labels:
                self._add(block, BODY)
        elif labels:
            self._add(_merge(labels), "figure_text")
        for block in headings:
            self._open_heading(block)

    def _take_title_page(self, run: Sequence[Block], after: Block | None) -> Sequence[Block]:
        """Sort the title, authors and addresses among short blocks before the text proper; returns the others."""
        others: list[Block] = []
        for block in run:
            if is_article_type(block.text) or is_title_page(block.text):
                self._add(block, BACK)
            elif self._has_title() or not is_heading_shaped(block.text) or (after is None and len(run) == 1):
                others.append(block)
            else:
                self._add(block, "title")
        return others

    def _has_title(self) -> bool:
        return any(block.kind not in (BACK, "figure_text") for block in self.result)

    def _starts_paragraph(self, block: Block, after: Block) -> bool:
        """Whether a short block is the first line of a paragraph that a page break cut off."""
        if self._is_open() or after.shape != "prose" or not starts_lower(after.text):
            return False
        return len(block.text.split()) >= _MIN_WORDS and after.lines[0].gap > 0

    def _find_headings(self, run: Sequence[Block], after: Block | None) -> Sequence[Block]:
        """The last blocks of the run that are headings of what comes after."""
        if after is None or self._resumes(after) or starts_lower(after.text):
            return ()
        if after.shape == "caption" and (len(run) > 1 or self._is_open()):
            return ()
        count = 0
        while count < len(run) and count < 2 and is_heading_shaped(run[-1 - count].text):
            count += 1
        if len(run) >= _MIN_LABELS:
            # A heading among labels stands close to its text, or alone before it.
            count = min(count, 1) if after.lines[0].gap == 0 or run[-1].lines[0].gap > run[-2].lines[0].gap else 0
        return run[len(run) - count :]

    def _is_open(self) -> bool:
        paragraph = self.paragraph
        return paragraph is not None and (paragraph.open or (self.layout.trailing and paragraph.lines[-1].trailing))

    # Running text

    def _take_prose(self, block: Block, index: int) -> None:
        text = block.text
        run_in = find_run_in(text)
        if run_in is not None and self.zone != BACK:
            self._take_run_in(block, *run_in)
        elif self.zone == BACK or self.zone == "references":
            self._add(block, self.zone)
        elif is_back_matter(text) or (self.zone == FRONT and is_title_page(text)):
            self._add(block, BACK)
        elif self.zone == KEYWORDS:
            self._add(block, KEYWORDS)
            self.zone = BODY
        elif self._continues(block, index):
            assert self.paragraph is not None
            self.paragraph.go_on(block)
        else:
            self._add(block, self._find_prose_kind(block))
            self.paragraph = block

    def _take_run_in(self, block: Block, part: str, label: int) -> None:
        """``Abstract: We review ...``: the label becomes a heading; ``Keywords: ...`` stays whole."""
        if part == KEYWORDS:
            self.heading = ""
            self._add(block, KEYWORDS)
            self.zone, self.paragraph = BODY, None
            return
        heading = Block(block.lines, strip(block.content.cut(0, label)), "heading")
        self._add(heading, "heading")
        self.heading = heading.text.rstrip(" :.—–|-")
        block.content = block.content.cut(label)
        self._add(block, ABSTRACT)
        self.zone, self.paragraph, self._abstracts = ABSTRACT, block, _MAX_ABSTRACT

    def _find_prose_kind(self, block: Block) -> str:
        if self.zone == ABSTRACT:
            self._abstracts += 1
            if self._abstracts <= _MAX_ABSTRACT:
                return ABSTRACT
        first = self.zone == FRONT
        self.zone = BODY
        if first and announces_review(block.text) and self._has_bare_abstract():
            return ABSTRACT
        return BODY

    def _has_bare_abstract(self) -> bool:
        """Whether a first paragraph may be an abstract without a heading: an article follows, none has the heading."""
        prose = [block for block in self.blocks if block.shape == "prose"]
        opened = any(
            find_part(block.text) == ABSTRACT or (find_run_in(block.text) or "")[:1] == (ABSTRACT,)
            for block in self.blocks
        )
        return len(prose) > 3 and not opened

    def _continues(self, block: Block, index: int) -> bool:
        """Whether the block goes on with the last paragraph, over whatever stands between."""
        if self.paragraph is None or not self._is_open():
            return False
        interrupted = self.paragraph.lines[-1] is not self.blocks[index - 1].lines[-1] or block.lines[0].page
        return self._resumes(block) or (
            not self.layout.flowing and interrupted and len(self.paragraph.lines) > 1 and self.paragraph.open
        )

    def _resumes(self, block: Block) -> bool:
        """Whether the looks of the block alone say that it goes on with the last paragraph."""
        if self.paragraph is None or not self._is_open() or block.shape not in ("prose", "short"):
            return False
        if self.layout.trailing and self.paragraph.lines[-1].trailing:
            return block.lines[0].indent > 0 or starts_lower(block.text) or self.paragraph.strongly_open
        return starts_lower(block.text) or block.text[0] in ",;)" or self.paragraph.strongly_open

    # Figures and tables

    def _take_figure(self, index: int) -> int:
        """A caption and the notes under it."""
        caption, index = self._take_caption(index)
        while index < len(self.blocks) and not self._is_column_start(self.blocks[index]):
            block = self.blocks[index]
            goes_on = caption.open and starts_lower(block.text) and block.shape == "prose" and not self._is_open()
            if goes_on:
                caption.go_on(block)
            elif find_label(block.text) and block.shape in ("prose", "short"):
                self._add_note(block)
            else:
                break
            index += 1
        return index

    def _take_caption(self, index: int) -> tuple[Block, int]:
        """The caption, added as a legend ("Figure 1" alone with the line after it), and the index behind it."""
        caption = self.blocks[index]
        index += 1
        if (
            is_bare_caption(caption.text)
            and index < len(self.blocks)
            and self.blocks[index].shape in ("prose", "short")
        ):
            caption = _merge([caption, self.blocks[index]])
            index += 1
        self._add_legend(caption)
        return caption, index

    def _add_legend(self, block: Block) -> None:
        """A legend; the second time the same (web pages show it small and large), it is not read."""
        key = "".join(block.text.split()).casefold()
        self._add(block, BACK if key in self._legends else "legend")
        self._legends.add(key)

    def _add_note(self, block: Block) -> None:
        """``Notes: ...`` is read as part of the legend, its label kept apart; ``Abbreviations: ...`` is not read."""
        label = find_label(block.text)
        if block.text.startswith("Abbr"):
            self._add(block, BACK)
            return
        self._add(Block(block.lines, strip(block.content.cut(0, label)), "heading"), "heading")
        block.content = block.content.cut(label)
        self._add_legend(block)

    def _take_table(self, index: int) -> int:
        caption, index = self._take_caption(index)
        start = index
        has_rows = index < len(self.blocks) and self.blocks[index].shape == "row"
        while index < len(self.blocks) and not self._ends_table(index, has_rows=has_rows):
            index += 1
        inner = self.blocks[start:index]
        notes = [block for block in inner if find_label(block.text)]
        cells = [block for block in inner if not find_label(block.text)]
        for cell in make_cells(cells, caption.text):
            self._add(cell, cell.kind)
        for note in notes:
            self._add_note(note)
        return index

    def _is_column_start(self, block: Block) -> bool:
        return self.layout.trailing and block.lines[0].indent > 0

    def _ends_table(self, index: int, *, has_rows: bool) -> bool:
        """Whether running text, a heading or another caption takes over from a table."""
        block = self.blocks[index]
        if has_rows:
            return block.shape != "row" and not find_label(block.text)
        if self._is_column_start(block) or block.shape in ("caption", "heading", "label") or block.lines[0].page:
            return True
        if block.shape == "short":
            after = self.blocks[index + 1] if index + 1 < len(self.blocks) else None
            if after is None or self._is_column_start(after):
                return False
            return is_heading_shaped(block.text) and self._is_running(after)
        return self._is_running(block)

    def _is_running(self, block: Block) -> bool:
        """Whether the block is a paragraph of the article rather than a cell."""
        if block.shape != "prose" or find_label(block.text):
            return False
        if self._resumes(block) and len(block.lines) > 1:
            return True
        if self.layout.spaced and sum(line.gap == 1 for line in block.lines[1:]) < 0.5 * len(block.lines[1:]):
            return False
        return len(block.text) >= _LONG_PROSE and not block.open


def _merge(blocks: Sequence[Block]) -> Block:
    """Blocks as one, with spaces between."""
    lines = [line for block in blocks for line in block.lines]
    return Block(lines, concatenate([block.content for block in blocks]), blocks[0].shape)
