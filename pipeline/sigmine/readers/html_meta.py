"""What a page says about its article: title, journal, identifiers, in ``meta`` tags and headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sigmine.readers.html_blocks import Block
from sigmine.readers.html_main import MainPart
from sigmine.readers.html_scan import Page, TextWriter
from sigmine.readers.mapped_text import MappedText
from sigmine.readers.publication_ids import parse_doi, parse_pmcid, parse_pmid

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("citation_title", "dc.title", "dcterms.title", "og:title"),
    "doi": ("citation_doi", "dc.identifier.doi", "dc.identifier", "prism.doi", "bepress_citation_doi"),
    "pmid": ("citation_pmid",),
    "pmcid": ("citation_pmcid", "citation_pmc", "ncbi_article_id"),
    "journal": ("citation_journal_title", "prism.publicationname", "dc.source", "dcterms.ispartof"),
    "year": ("citation_publication_date", "citation_date", "citation_year", "prism.publicationdate", "dc.date"),
    "licence": ("dc.rights", "dcterms.license"),
}
"""Keys of ``Document.metadata`` and the ``meta`` tags that give them, the best first."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LICENCE = re.compile(r"https?://creativecommons\.org/\S+")
_PARSERS: dict[str, Callable[[str], str | None]] = {
    "doi": parse_doi,
    "pmid": parse_pmid,
    "pmcid": parse_pmcid,
    "year": lambda value: match[0] if (match := _YEAR.search(value)) else None,
    "licence": lambda value: match[0] if (match := _LICENCE.search(value)) else None,
}
_CONTENT = re.compile(r"""\bcontent\s*=\s*(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.IGNORECASE | re.DOTALL)
_SITE = re.compile(r"\s(?:[|–—-]|::?)\s")
_LETTERS = re.compile(r"\W+")
_RUN = re.compile(r"(\d+);")


def read_metadata(root: Element) -> dict[str, str]:
    """What the ``meta`` tags say, by the keys of ``Document.metadata``; a value that cannot be one is left out."""
    given: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            given.setdefault(name, content)
    found: dict[str, str] = {}
    for key, names in _NAMES.items():
        parse = _PARSERS.get(key)
        for value in (given[name] for name in names if name in given):
            parsed = parse(value) if parse else value
            if parsed:
                found[key] = parsed
                break
    for link in root.iter("a", "link"):
        if "licence" not in found and "license" in (link.get("rel") or "").lower().split() and link.get("href"):
            found["licence"] = str(link.get("href"))
    return found


def find_title(page: Page, root: Element, part: MainPart, metadata: dict[str, str]) -> Block | None:
    """The block that is the article's title: the main heading, else what the page declares; None if nothing does.

    A heading that stands outside the article proper is taken if the page says that it is the title, or no other is.
    """
    inside = [block for block in part.blocks if block.tag == "h1"]
    outside = [block for block in part.others if block.tag == "h1"]
    declared = _read_title(page, root)
    wanted = [_squeeze(text) for text in (metadata.get("title", ""), declared.text) if text]
    for block in (*inside, *outside):
        text = _squeeze(block.text)
        if text and any(one.startswith(text) for one in wanted):
            return block
    if inside:
        return inside[0]
    content = _find_meta_title(page, metadata.get("title", "")) if "title" in metadata else None
    if content is None and outside:
        return outside[0]
    if content is None:
        site = _SITE.search(declared.text)
        content = declared.cut(0, site.start()) if site else declared
    return Block(content, root, "title", [], [], 0, (), (), (), None) if content.text else None


def _squeeze(text: str) -> str:
    return _LETTERS.sub("", text).casefold()


def _read_title(page: Page, root: Element) -> MappedText:
    """The text of the ``title`` element."""
    writer = TextWriter(page.text)
    element = root.find(".//title")
    for match in _RUN.finditer((element.text or "") if element is not None else ""):
        if int(match[1]) < len(page.runs):
            writer.add(*page.runs[int(match[1])])
    return writer.take()


def _find_meta_title(page: Page, title: str) -> MappedText | None:
    """The title where it stands in its ``meta`` tag."""
    for start, end in page.metas:
        match = _CONTENT.search(page.text, start, end)
        if match is None:
            continue
        writer = TextWriter(page.text)
        writer.add(*match.span("value"))
        content = writer.take()
        if content.text == title:
            return content
    return None
