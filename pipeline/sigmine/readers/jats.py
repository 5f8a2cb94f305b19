"""JATS: articles as PubMed Central and publishers give them (``.nxml``, ``.xml``)."""

from __future__ import annotations

from collections.abc import Iterator

from sigmine.errors import ReadError
from sigmine.model import READ_KINDS, Document
from sigmine.readers.article_parts import Part, join_parts
from sigmine.readers.jats_blocks import ArticleWalker, Block
from sigmine.readers.jats_flow import get_text
from sigmine.readers.jats_references import find_ids
from sigmine.readers.jats_xml import Node, decode_xml, find_root, parse_elements
from sigmine.readers.sources import ReadFailure, Source, make_sha256

_DEFINITE_LICENCES = ("creativecommons.org", "opensource.org")


def read_jats(source: Source) -> Iterator[Document | ReadFailure]:
    """The article of a file, or the articles of a set, each as soon as it is read.

    The document is named after the file; in a set, after its PubMed Central id, else with its number. An article
    without text gives a failure and does not stop the others.

    Raises:
        ReadError: if the file is no XML, or no JATS; where it is damaged, after the articles before that place.
    """
    data = source.load(source.limits.collection)
    text = decode_xml(data, source.name)
    sha256 = make_sha256(data)
    is_set = find_root(data) != "article"
    number = 0
    for number, article in enumerate(parse_elements(text, "article", source.name, source.limits.document), start=1):
        try:
            yield make_document(
                article, source=source.name, stem=source.stem, number=number if is_set else 0, sha256=sha256
            )
        except ReadError as error:
            yield ReadFailure.from_error(source.name, error)
    if not number:
        raise ReadError(
            f"{source.name}: the root element is <{find_root(data)}> and there is no <article> in it: no JATS. "
            "Give JATS, BioC (its root is <collection>) or the article's plain text (.txt)."
        )


def make_document(article: Node, *, source: str, stem: str, number: int = 0, sha256: str = "") -> Document:
    """The document of one ``<article>``; ``number`` is its place in a set of articles, 0 where it is alone.

    What is read and headings come first, in reading order, a line each; keywords, references and back matter follow.
    ``offsets`` leads each character to the file's; a character reference counts as one with all of its characters.

    Raises:
        ReadError: if there is no text in it.
    """
    walker = ArticleWalker()
    walker.walk(article)
    metadata = _find_metadata(article, walker.blocks)
    id = (metadata.get("pmcid") or f"{stem}-{number}") if number else stem
    if not any(block.kind in READ_KINDS for block in walker.blocks):
        place = f"article {number}" if number else "the article"
        raise ReadError(f"{source or id}: {place} holds no title, abstract or text.")
    joined = join_parts(
        Part(block.kind, block.content, block.title, block.subject, tuple(block.cites), block.cells)
        for block in walker.blocks
    )
    return joined.make_document(
        id,
        references=tuple(work for works in walker.references.works for work in works),
        metadata=metadata,
        source=source,
        sha256=sha256,
        escapes=walker.escapes,
    )


def _find_metadata(article: Node, blocks: list[Block]) -> dict[str, str]:
    meta = article.find("front", "article-meta") or article.find("front") or article
    found = {"title": next((block.content.text for block in blocks if block.kind == "title"), "")}
    for node in meta.elements():
        if node.tag == "article-id":
            for key, value in find_ids([node]).items():
                found.setdefault(key, value)
    found["journal"] = _find_journal(article)
    found["licence"] = _find_licence(meta)
    return {key: value for key, value in found.items() if value}


def _find_journal(article: Node) -> str:
    meta = article.find("front", "journal-meta")
    names = {node.tag: get_text(node) for node in reversed(meta.iterate() if meta else [])}
    return next((names[tag] for tag in ("journal-title", "abbrev-journal-title", "journal-id") if names.get(tag)), "")


def _find_licence(meta: Node) -> str:
    """The licence's address, else its words, else its type."""
    licence = meta.find("permissions", "license")
    if licence is None:
        return ""
    links = [licence.attributes.get("href", "")]
    links += [get_text(node) for node in licence.iterate() if node.tag == "license_ref"]
    links += [node.attributes.get("href", "") for node in licence.iterate() if node.tag == "ext-link"]
    links = [link for link in links if link]
    known = [link for link in links if any(place in link for place in _DEFINITE_LICENCES)]
    return next(iter([*known, *links]), "") or get_text(licence) or licence.attributes.get("license-type", "")
