"""HTML: an article saved from a web browser, without what the site puts around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sigmine.errors import ReadError
from sigmine.model import READ_KINDS, Citation, Document
from sigmine.readers.article_parts import Part, join_parts
from sigmine.readers.html_blocks import Block, BlockCollector
from sigmine.readers.html_citations import Mark, MarkResolver, find_marks, take_out
from sigmine.readers.html_main import select_main
from sigmine.readers.html_meta import find_title, read_metadata
from sigmine.readers.html_references import Entry, make_entries, make_targets
from sigmine.readers.html_scan import Page, decode_html, scan_page
from sigmine.readers.html_sections import SectionSorter
from sigmine.readers.sources import MAX_LINE_CHARACTERS, Source, make_sha256

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FEW_CHARACTERS = 1200
"""A page with less text than this may be the site's, not an article's."""
_PASSWORD = re.compile(r"""<input\b[^>]*\btype\s*=\s*["']?password""", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"\b(?:enable|requires?|turn on|activate)\s+java-?script|"
    r"java-?script (?:is|to be|must be) (?:disabled|enabled|required)|"
    r"checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|captcha|are you a robot|"
    r"(?:page|article|document) (?:was |could )?not (?:be )?found|access denied|cookies are disabled",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_FRAMES = re.compile(r"<(?:frameset|iframe)\b", re.IGNORECASE)


def read_html(source: Source) -> Iterator[Document]:
    """The one document of an ``.html`` file.

    Raises:
        ReadError: if the encoding is not UTF-8 and not what the page declares, the file is too large, or it holds no
            running text.
    """
    data = source.load()
    text = decode_html(data, source.name)
    yield parse_html(text, id=source.stem, source=source.name, sha256=make_sha256(data))


def parse_html(text: str, *, id: str, source: str = "", sha256: str = "") -> Document:
    """A document out of a page's characters: the article alone, its figures, tables and references told apart.

    Readable sections and headings come first, in reading order, a line each; keywords, references and back matter
    follow. Scripts, menus, banners, sidebars and hidden elements are left out. ``offsets`` leads every character back
    to ``text``; a character written as an entity leads to the entity's first character.

    Raises:
        ReadError: if there is no running text, or the page is nested too deeply.
    """
    name = source or id
    page = scan_page(text)
    root = _parse_markup(page, name)
    body = None if root is None else root.find("body")
    if root is None or body is None or not (blocks := BlockCollector(page).collect(body)):
        raise ReadError(f"{name}: {_explain(text, '')}")
    for block in blocks:
        if len(block.text) > MAX_LINE_CHARACTERS:
            raise ReadError(
                f"{name}: one paragraph of {len(block.text):,} characters is not running text; the limit is "
                f"{MAX_LINE_CHARACTERS:,}. Break the text into paragraphs."
            )
    part = select_main(blocks, body)
    metadata = read_metadata(root)
    title = find_title(page, root, part, metadata)
    sorted_blocks = SectionSorter(part, title).sort()
    read = [block.text for block in sorted_blocks if block.kind in READ_KINDS and block.kind != "title"]
    if not read or (sum(map(len, read)) < _FEW_CHARACTERS and _is_site_page(text, read)):
        raise ReadError(f"{name}: {_explain(text, ' '.join(read))}")
    if title is not None:
        metadata["title"] = title.text
    entries = make_entries([block for block in sorted_blocks if block.kind == "references"])
    return _assemble(sorted_blocks, entries, metadata, id, source, sha256)


def _parse_markup(page: Page, name: str) -> Element | None:
    """The page's elements as browsers nest them, None if there is none; no script runs, nothing is loaded."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=True
    )
    try:
        root = etree.fromstring(page.markup.encode(), parser)
    except etree.XMLSyntaxError:  # Nothing but comments and white space.
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise ReadError(
            f"{name}: elements are nested over 2,000 deep, more than is read; open the page in a browser and save it "
            "anew, or copy the article's text into a .txt file."
        )
    return root


def _is_site_page(text: str, read: Sequence[str]) -> bool:
    return _PASSWORD.search(text) is not None or _CHALLENGE.search(" ".join(read)) is not None


def _explain(text: str, read: str) -> str:
    """Why a page holds no article, and what to do."""
    advice = "open the article in a browser until its text is seen, and save that page."
    if not text.strip("\ufeff \t\r\n"):
        return "the file holds nothing but white space."
    if _PASSWORD.search(text):
        return f"the page is a login page, not an article; log in, then {advice}"
    if read:
        return f"the page only says {read[:80]!r}; {advice}"
    if _SCRIPT.search(text):
        return f"the page holds scripts and no running text: the browser loads the text later; {advice}"
    if _FRAMES.search(text):
        return f"the page shows other pages in frames and holds no running text itself; {advice}"
    return f"the page holds no running text; {advice}"


def _assemble(
    blocks: Sequence[Block], entries: Sequence[Entry], metadata: dict[str, str], id: str, source: str, sha256: str
) -> Document:
    references = tuple(entry.reference for entry in entries)
    blocks = [block for block in blocks if block.kind != "references"]
    targets = make_targets(entries, (link for block in blocks for link in block.links))
    resolver = MarkResolver(targets, references)
    marks = find_marks(blocks, targets, references)
    parts = [
        *(_make_part(block, found, resolver) for block, found in zip(blocks, marks, strict=True)),
        *(Part("references", entry.content) for entry in entries),
    ]
    joined = join_parts(part for part in parts if part.content.text.strip())
    return joined.make_document(id, references=references, metadata=metadata, source=source, sha256=sha256)


def _make_part(block: Block, marks: Sequence[Mark], resolver: MarkResolver) -> Part:
    content, places = take_out(block.content, marks)
    citations = tuple(
        Citation(start, end, mark.text, resolver.resolve(mark))
        for mark, (start, end) in zip(marks, places, strict=True)
        if not mark.note
    )

    if not marks or not block.cells:
        return Part(block.kind, content, block.title, block.subject, citations, block.cells)

    def move(place: int) -> int:
        before = [mark for mark in marks if mark.end <= place]
        return len(take_out(block.content.cut(0, place), before)[0].text)

    moved = (replace(cell, start=move(cell.start), end=move(cell.end)) for cell in block.cells)
    cells = tuple(cell for cell in moved if cell.start < cell.end)  # One may hold nothing but a marker.
    # The head of a row, repeated before a cell, has its marks with it.
    repeated = block.text.startswith(block.subject)
    subject = content.text[: move(len(block.subject))] if repeated else block.subject
    return Part(block.kind, content, block.title, subject, citations, cells)
