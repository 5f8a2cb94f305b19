"""Plain text: from the text layer of a PDF or a copied web page to the sentences that the author wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sigmine.errors import ReadError
from sigmine.model import READ_KINDS, Citation, Document, PlacedLine, Reference, TableCell
from sigmine.readers.article_parts import Part, join_parts, stays
from sigmine.readers.mapped_text import strip
from sigmine.readers.sources import Source, check_lines, decode_text, make_sha256
from sigmine.readers.text_blocks import Block, group_lines
from sigmine.readers.text_citations import Marker, ReferenceFinder, find_markers
from sigmine.readers.text_furniture import split_junk, split_page_furniture
from sigmine.readers.text_join import collect_words
from sigmine.readers.text_lines import Layout, Line, measure_layout, merge_scripts, split_bullets, split_lines
from sigmine.readers.text_marks import strip_marks
from sigmine.readers.text_references import split_references
from sigmine.readers.text_sections import SectionSorter


def read_text(source: Source) -> Iterator[Document]:
    """The one document of a ``.txt`` file.

    Raises:
        ReadError: if the file is no UTF-8 text, is too large, or holds no text.
    """
    data = source.load()
    text = decode_text(data, source.name)
    check_lines(text, source.name)
    yield parse_text(text, id=source.stem, source=source.name, sha256=make_sha256(data))


def parse_text(text: str, *, id: str, source: str = "", sha256: str = "") -> Document:
    """A document out of a file's characters: lines joined, page furniture, figures and references set apart.

    Readable sections and headings come first, in reading order, a line each; keywords, words inside drawings,
    references and back matter follow. ``offsets`` leads every character back to ``text``, apart from the spaces and
    line ends that were put in and the letters of ligatures that were spelt out.

    Raises:
        ReadError: if the text is blank.
    """
    lines = strip_marks(split_lines(text))
    if not lines:
        raise ReadError(f"{source or id}: the file holds nothing but white space.")
    return parse_lines(lines, measure_layout(lines), id=id, source=source, sha256=sha256)


def parse_lines(
    lines: Sequence[Line],
    layout: Layout,
    *,
    id: str,
    source: str = "",
    sha256: str = "",
    furniture: Sequence[Line] = (),
    places: tuple[PlacedLine, ...] = (),
) -> Document:
    """A document out of lines in reading order, for readers that know more of a line than its characters.

    Args:
        lines: of the text, not empty; their runs are characters of the text that was taken out of the file.
        layout: what white space around the lines says.
        furniture: lines known to frame the page only; they end up in the back matter.
        places: where the characters are printed.

    Raises:
        ReadError: if the lines hold no words.
    """
    lines, junk = split_junk(lines)
    references = split_references(lines, layout)
    lines, repeated = split_page_furniture(split_bullets(merge_scripts(references.others)))
    words = collect_words(lines)
    blocks = SectionSorter(group_lines(lines, layout, words), layout, words).sort()
    extra = [Block([], content, "", kind="references") for content, _ in references.entries]
    extra += [Block([line], line.content, "", kind="back_matter") for line in (*junk, *repeated, *furniture)]
    document = _assemble([*blocks, *extra], tuple(reference for _, reference in references.entries), id, source, sha256)
    return replace(document, lines=places) if places else document


def _assemble(
    blocks: Sequence[Block], references: tuple[Reference, ...], id: str, source: str, sha256: str
) -> Document:
    for block in blocks:
        block.content = strip(block.content)
    if not any(block.text for block in blocks):  # marks without words, such as those of a heading
        raise ReadError(f"{source or id}: the file holds nothing but white space or marks.")
    blocks = sorted((block for block in blocks if block.text), key=lambda block: not stays(block.kind))
    markers = find_markers([block.text if block.kind in READ_KINDS else "" for block in blocks], references)
    finder = ReferenceFinder(references)
    joined = join_parts(_make_part(block, found, finder) for block, found in zip(blocks, markers, strict=True))
    text = joined.content.text
    title = next((text[section.start : section.end] for section in joined.sections if section.kind == "title"), None)
    metadata = {"title": title} if title else {}
    return joined.make_document(id, references=references, metadata=metadata, source=source, sha256=sha256)


def _make_part(block: Block, markers: Sequence[Marker], finder: ReferenceFinder) -> Part:
    content = block.content.remove((marker.start, marker.end) for marker in markers if marker.raised)
    cited = tuple(_cite(markers, finder))
    return Part(block.kind, content, block.title, block.subject, cited, _find_cells(block, markers))


def _find_cells(block: Block, markers: Sequence[Marker]) -> tuple[TableCell, ...]:
    """The block's cells where they stand once the raised markers are cut out."""
    cut = [(marker.start, marker.end) for marker in markers if marker.raised]

    def move(place: int) -> int:
        return place - sum(min(end, place) - start for start, end in cut if start < place)

    length = len(block.text)
    moved = [replace(cell, start=move(cell.start), end=move(min(cell.end, length))) for cell in block.cells]
    return tuple(cell for cell in moved if cell.start < cell.end)


def _cite(markers: Sequence[Marker], finder: ReferenceFinder) -> Iterator[Citation]:
    """The citations of a section; a raised one is cut out, the character before holds it."""
    removed = 0
    for marker in markers:
        at = marker.start - removed
        end = at + marker.end - marker.start
        if marker.raised:
            removed += end - at
            at, end = at - 1, at
        yield Citation(at, end, marker.text, finder.find(marker.text))
