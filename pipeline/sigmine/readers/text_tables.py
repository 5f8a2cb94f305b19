"""The cells of a table in plain text, and the heads of their rows; its columns may be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sigmine.model import TableCell
from sigmine.readers.mapped_text import MappedText, concatenate, join, strip
from sigmine.readers.table_cells import choose_lead, drop_marks, find_told_columns, make_lead, split_statements
from sigmine.readers.text_blocks import Block
from sigmine.readers.text_shapes import find_bullet, starts_lower

_NAME_LIKE = re.compile(r"(?=[^\s,]*[A-Z\d])[\w/–-]+,?")
_RULE = re.compile(r"[\s|:=_–—-]*")
_MIN_COLUMNS = 3


def make_cells(blocks: Sequence[Block], title: str) -> list[Block]:
    """A block of kind ``table`` a cell or bullet, in file order; ``subject`` is the row's head if it can be told.

    A cell with a head begins with it, so that it reads as a sentence: "RAPTOR Binds to ...", "mTORC1 inhibitors: ...".
    """
    if any(block.shape == "row" for block in blocks):
        cells = _split_rows(blocks)
    elif any(_is_bullet(block) for block in blocks):
        cells = _head_bullets(blocks)
    else:
        cells = _head_columns(blocks)
    for cell in cells:
        cell.kind, cell.title = "table", title
    return cells


def _split_rows(blocks: Sequence[Block]) -> list[Block]:
    """Rows whose columns are parted by tabs or bars: the first row is the table's head, the first cell its row's.

    The columns of a row are known where it has as many cells as the head. Where the first is blank, the row above goes
    on.
    """
    cells: list[Block] = []
    headers: list[str] = []
    told = find_told_columns(())
    head: MappedText | None = None
    row = 0
    for block in blocks:
        if block.shape != "row":
            cells.append(block)
            continue
        contents = [drop_marks(content) for content in block.lines[0].cells]
        filled = [index for index, content in enumerate(contents) if not _RULE.fullmatch(content.text)]
        if not filled:
            continue
        if row and filled == [0] and not any(content.text for content in contents[1:]):
            cells.append(replace(block, content=contents[0]))  # A heading among the rows.
            head = None
            continue
        if not headers:
            headers = [content.text for content in contents]
            told = find_told_columns(headers)
        known = len(contents) == len(headers)
        if row and contents[0].text:
            head = contents[0]
        for index in filled:
            content = contents[index]
            cell = replace(block, content=content)
            column = (row, index, headers[index]) if known else None
            lead = head if index else None
            if known and lead is not None:
                subject = contents[told.subject] if told.subject is not None else None
                lead = choose_lead(told, index, head, subject, lambda one: one.text, content.text)
            cells += _make_cell(cell, column, lead, contents, headers, described=known and index in told.described)
        row += 1
    return cells


def _make_cell(
    cell: Block,
    place: tuple[int, int, str] | None,
    lead: MappedText | None,
    contents: Sequence[MappedText],
    headers: Sequence[str],
    *,
    described: bool,
) -> Iterator[Block]:
    """A cell behind its row's head, a block for each statement; ``place`` is row, column and header where known."""
    for low, high in split_statements(cell.text, described=described):
        content = cell.content.cut(low, high)
        part = _lead(replace(cell, content=content), lead, described=described)
        own = len(part.text) - len(content.text)
        if place is not None:
            row, column, header = place
            found = [TableCell(row, column, header, own, len(part.text))]
            if own and lead is not None:
                at = next((index for index, one in enumerate(contents) if one is lead), 0)
                found.insert(0, TableCell(row, at, headers[at], 0, len(part.subject)))
            part.cells = tuple(found)
        yield part


def _head_bullets(blocks: Sequence[Block]) -> list[Block]:
    """Rows of bullets: the block before a row's first bullet is its head (``RAPTOR mTORC1``)."""
    cells: list[Block] = []
    head: MappedText | None = None
    for index, block in enumerate(blocks):
        before = cells[-1] if cells else None
        if _is_bullet(block):
            content = strip(block.content.cut(find_bullet(block.text)))
            cells += [
                _lead(replace(block, content=content.cut(low, high)), head)
                for low, high in split_statements(content.text)
            ]
        elif before is not None and _is_bullet(blocks[index - 1]) and before.open and starts_lower(block.text):
            cells[-1] = replace(before, content=concatenate([before.content, block.content]))
        elif index + 1 < len(blocks) and _is_bullet(blocks[index + 1]):
            head = _find_head(block.content)
            cells.append(block)
        else:
            cells.append(block)  # Of the row before, or a row without bullets: not to be told.
    return cells


def _is_bullet(block: Block) -> bool:
    """Whether the block is a bullet; a dash is none, it stands for an empty cell."""
    return block.shape == "item" and block.text[0] not in "–—-*"


def _find_head(content: MappedText) -> MappedText:
    """The first name of a head that is all names (two columns ran together), else the whole head."""
    content = strip(content)
    words = content.text.split()
    if words and all(_NAME_LIKE.fullmatch(word) for word in words):
        return content.cut(0, len(words[0].rstrip(",")))
    return content


def _lead(cell: Block, head: MappedText | None, *, described: bool = False) -> Block:
    """The cell with the row's head in front: a single name is its subject, words of a class are followed by a colon."""
    if head is None or not head.text.strip():
        return cell
    head = strip(head)
    return replace(
        cell, content=join([make_lead(head, cell.text, described=described), cell.content]), subject=head.text
    )


def _head_columns(blocks: Sequence[Block]) -> list[Block]:
    """Cells one after another: where they fill rows under a head of capitalised titles, each row's first is it."""
    if not blocks:
        return []
    columns = sum(word[0].isupper() for word in blocks[0].text.split())
    cells = list(blocks)
    body = blocks[1:]
    if columns >= _MIN_COLUMNS and len(body) >= 2 * columns and len(body) % columns == 0:
        for index, block in enumerate(body):
            if index % columns:
                cells[index + 1] = _lead(block, body[index - index % columns].content)
    return cells
