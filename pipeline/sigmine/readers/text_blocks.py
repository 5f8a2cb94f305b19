"""Lines to blocks: paragraphs, headings, captions, items, table rows; each with its text joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sigmine.model import TableCell
from sigmine.readers.mapped_text import MappedText
from sigmine.readers.text_join import WordForms, join_lines
from sigmine.readers.text_lines import Layout, Line
from sigmine.readers.text_matter import find_part, find_run_in, is_title_page
from sigmine.readers.text_shapes import (
    ends_inside,
    find_bullet,
    find_label,
    is_bare_caption,
    is_caption,
    is_closed,
    is_heading_shaped,
    is_item,
    is_label_shaped,
    is_markdown_heading,
    is_marked_heading,
    starts_lower,
)

_MIN_WIDTH = 45
"""Text is not set narrower than this many characters; a shorter line that ends early ended on purpose."""
_SHORT_LINE = 0.8
_NEIGHBOURS = 4
_LABEL_WIDTH = 0.5
_MIN_LABELS = 3
_BROKEN_ENDS = ("-", "\u2010", "\u2011", "\xad", "/", "–")


@dataclass(slots=True)
class Block:
    """One unit of text.

    ``shape`` is what it looks like by itself: ``caption``, ``heading`` (for certain), ``item``, ``row``, ``short``
    (a heading or a label, the neighbours tell), ``label`` (a word inside a drawing, for certain) or ``prose``.
    ``more`` holds continuations found after an interruption. The others are filled in as the block is understood;
    ``cells`` count from the start of ``content``.
    """

    lines: list[Line]
    content: MappedText
    shape: str
    kind: str = ""
    title: str = ""
    subject: str = ""
    cells: tuple[TableCell, ...] = ()
    more: list[MappedText] = field(default_factory=list)

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def last_text(self) -> str:
        """The text that it ends with so far."""
        return (self.more[-1] if self.more else self.content).text

    @property
    def open(self) -> bool:
        """Whether its last sentence goes on elsewhere."""
        return not is_closed(self.last_text) or self.last_text.endswith(_BROKEN_ENDS)

    @property
    def strongly_open(self) -> bool:
        """Open, and no matter how the continuation starts."""
        return self.last_text.endswith(_BROKEN_ENDS) or ends_inside(self.last_text)

    def go_on(self, block: Block) -> None:
        """Take the block as a continuation; ``finish`` puts the texts together."""
        self.more.append(block.content)
        self.lines += block.lines

    def finish(self, words: WordForms) -> None:
        """Join the continuations to the content."""
        if self.more:
            self.content = join_lines([self.content, *self.more], words)
            self.more = []


def group_lines(lines: Sequence[Line], layout: Layout, words: WordForms) -> list[Block]:
    """The blocks of a text, in file order."""
    widths = _measure_widths(lines)
    labels = set() if layout.flowing else _find_labels(lines, layout, widths)
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        if (
            groups
            and (line.drawn or not {index - 1, index} & labels)
            and _continues(groups[-1], line, layout, widths[index - 1])
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_make_block(group, words) for group in groups]


def _measure_widths(lines: Sequence[Line]) -> list[int]:
    """For each line how wide the column is in which it stands."""
    lengths = [len(line.text) for line in lines]
    half, total, typical = sum(lengths) / 2, 0, 0
    for length in sorted(lengths):
        total += length
        typical = length
        if total >= half:
            break  # Half of the text stands in lines no longer than this.
    least = max(_MIN_WIDTH, typical)
    return [max(least, *lengths[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]) for index in range(len(lines))]


def _find_labels(lines: Sequence[Line], layout: Layout, widths: Sequence[int]) -> set[int]:
    """Lines in runs that are words inside a drawing; a line before them may be one of a sentence that goes on after."""
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate(lines):
        # In close lines, one after white space goes on with the line before: a cell, not a label.
        hangs = layout.trailing and index > 0 and lines[index - 1].trailing and line.gap == 0
        if len(line.text) < _LABEL_WIDTH * widths[index] and not hangs and _is_label(line, layout):
            run.append(index)
            continue
        found.update(run if len(run) >= _MIN_LABELS else ())
        run = []
    return found | set(run if len(run) >= _MIN_LABELS else ())


def _is_label(line: Line, layout: Layout) -> bool:
    text = line.text
    if line.cells or not is_label_shaped(text) or (layout.trailing and line.trailing) or find_part(text) is not None:
        return False
    return not (is_closed(text) or ends_inside(text) or (starts_lower(text) and line.gap == 0))


def _continues(group: Sequence[Line], line: Line, layout: Layout, width: int) -> bool:
    """Whether the line belongs to the paragraph of the group."""
    before = group[-1]
    if line.drawn or before.drawn:
        return line.drawn and before.drawn
    if line.cells or before.cells or _starts_block(line.text, before.text) or _is_heading_line(group):
        return False
    if layout.flowing or line.gap > (1 if layout.spaced else 0):
        return before.text.endswith(_BROKEN_ENDS) and starts_lower(line.text) and line.gap <= 1
    if layout.trailing:
        return _continues_by_space(group, line)
    if before.text.endswith(_BROKEN_ENDS[:4]) or ends_inside(before.text):
        return True
    first_word = len(line.text.split(None, 1)[0])
    ended_early = len(before.text) + 1 + first_word < _SHORT_LINE * width
    if starts_lower(line.text):
        return not is_closed(before.text) or not ended_early
    if layout.indented and line.indent >= 2 and group[0].indent < line.indent + 2 and is_closed(before.text):
        return False
    if is_item(line.text) and is_closed(before.text):
        return False
    if find_bullet(group[0].text) and line.indent <= group[0].indent and len(before.text) + 1 + first_word < width:
        return False
    return not ended_early and not (layout.spaced and before.gap == 0 and line.gap == 1 and is_closed(before.text))


def _continues_by_space(group: Sequence[Line], line: Line) -> bool:
    """Where lines that go on end in white space (or a hyphen)."""
    before = group[-1]
    if before.trailing or before.text.endswith(_BROKEN_ENDS):
        return True
    return starts_lower(line.text) and len(group) > 1 and not is_closed(before.text) and line.gap == 0


def _starts_block(text: str, before: str) -> bool:
    """Whether a line starts a block whatever stands before it."""
    if is_caption(text, before) or is_markdown_heading(text):
        return True
    if find_part(text) is not None and is_closed(before) and not starts_lower(text):
        return True
    bullet = find_bullet(text)
    if bullet and (text[0] not in "–—-*" or is_closed(before) or find_bullet(before)):
        return True
    return find_label(text) > 0 and is_closed(before)


def _is_heading_line(group: Sequence[Line]) -> bool:
    """Whether the group is a heading for certain and so ends with its line."""
    text = group[0].text
    return len(group) == 1 and (is_markdown_heading(text) or find_part(text) is not None or is_bare_caption(text))


def _make_block(lines: list[Line], words: WordForms) -> Block:
    content = join_lines([line.content for line in lines], words)
    text = content.text
    if lines[0].drawn:
        shape = "label"
    elif is_caption(text):
        shape = "caption"
    elif lines[0].cells:
        shape = "row"
    elif find_part(text) is not None or (is_marked_heading(text) and not is_title_page(text)):
        shape = "heading"
    elif find_bullet(text):
        shape = "item"
    elif find_run_in(text) is None and (is_heading_shaped(text) or is_label_shaped(text)):
        shape = "short"
    else:
        shape = "prose"
    return Block(lines, content, shape)
