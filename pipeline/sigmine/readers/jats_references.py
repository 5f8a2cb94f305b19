"""The reference list of JATS: fields as the file gives them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from sigmine.model import Reference
from sigmine.readers.jats_citations import ReferenceIndex
from sigmine.readers.jats_flow import Flow, get_text
from sigmine.readers.jats_xml import Node
from sigmine.readers.mapped_text import SPACE, MappedText, concatenate
from sigmine.readers.publication_ids import (
    find_link_ids,
    find_pmid,
    find_spoken_doi,
    parse_doi,
    parse_pmcid,
    parse_pmid,
)

_CITATIONS = frozenset({"element-citation", "mixed-citation", "nlm-citation", "citation"})
_NUMBER = re.compile(r"\W*(\d{1,4})\W*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_PARSERS: dict[str, Callable[[str], str | None]] = {
    "doi": parse_doi,
    **dict.fromkeys(("pmid", "medline", "pubmed"), parse_pmid),
    **dict.fromkeys(("pmc", "pmcid", "pmc-id", "pmcid-ver"), parse_pmcid),
}
"""How to read an identifier of each ``pub-id-type`` or ``ext-link-type``."""
_KEYS = {"medline": "pmid", "pubmed": "pmid", "pmc": "pmcid", "pmc-id": "pmcid", "pmcid-ver": "pmcid"}
_IDS = frozenset({"pub-id", "article-id", "ext-link", "object-id", "uri"})
_NAMES = frozenset({"name", "string-name", "collab"})
_TITLES = ("article-title", "chapter-title", "part-title", "data-title")
_AUTHOR_GROUPS = ("author", "allauthors", "all-authors", "")


def read_references(lists: list[Node], index: ReferenceIndex, escapes: dict[int, int]) -> list[MappedText]:
    """Fills ``index`` with the entries of the lists; returns the text of each work, its number in front.

    An entry without a number gets its place in the list, from 1.
    """
    texts: list[MappedText] = []
    entries = [node for one in lists for node in one.iterate() if node.tag == "ref"]
    for place, entry in enumerate(entries, start=1):
        label = Flow(escapes).take([one for one in entry.elements() if one.tag == "label"]).finish().content
        match = _NUMBER.fullmatch(label.text)
        works: list[Reference] = []
        citations = find_citations(entry)
        for citation in citations:
            own = citation.find("label")
            parted = not any(isinstance(child, tuple) and child.text.strip() for child in citation.children)
            words = [one for one in citation.children if one is not own]
            content = Flow(escapes, parted=parted, printed=not parted).take(words).finish().content
            works.append(make_reference(citation, int(match[1]) if match else place, content.text))
            texts.append(concatenate([label, content], SPACE) if label.text else content)
        notes = Flow(escapes).take([one for one in entry.elements() if one.tag == "note"]).finish().content
        if notes.text:
            texts.append(notes)
            if not works:
                works.append(Reference(number=int(match[1]) if match else place, text=notes.text))
        index.add(entry.attributes.get("id", ""), tuple(works))
        for citation in citations:
            if (id := citation.attributes.get("id", "")) and id not in index.places:
                index.places[id] = len(index.works) - 1
    return texts


def find_citations(entry: Node) -> list[Node]:
    """The works of one entry; of alternative forms of the same work the one with fields."""
    found: list[Node] = []
    for node in entry.elements():
        if node.tag in _CITATIONS:
            found.append(node)
        elif node.tag in ("citation-alternatives", "alternatives"):
            forms = [one for one in node.elements() if one.tag in _CITATIONS]
            found += sorted(forms, key=lambda one: one.tag != "element-citation")[:1]
    return found


def make_reference(citation: Node, number: int | None, text: str) -> Reference:
    """The fields of one citation; ``text`` is the entry as printed."""
    nodes = citation.iterate()
    fields = {node.tag: node for node in reversed(nodes)}
    ids = find_ids(nodes)
    year = _YEAR.search(get_text(fields.get("year")))
    titles = [get_text(fields.get(tag)) for tag in (*_TITLES, "source")]
    title = next((title for title in titles if title), None)
    is_article = bool(titles[0])
    return Reference(
        number=number,
        pmid=ids.get("pmid") or find_pmid(text),
        doi=ids.get("doi") or find_spoken_doi(text),
        title=title,
        text=text or None,
        pmcid=ids.get("pmcid"),
        authors=_find_authors(citation),
        journal=(get_text(fields.get("source")) or None) if is_article else None,
        year=int(year[0]) if year else None,
    )


def find_ids(nodes: Iterable[Node]) -> dict[str, str]:
    """``pmid``, ``doi`` and ``pmcid`` (with ``PMC``) as these elements give them, the first of each."""
    found: dict[str, str] = {}
    for one in nodes:
        if one.tag not in _IDS:
            continue
        kind = one.attributes.get("pub-id-type") or one.attributes.get("ext-link-type") or ""
        value = get_text(one)
        if one.tag in ("ext-link", "uri"):
            value = one.attributes.get("href", "") or value
            for key, id in find_link_ids(value).items():
                found.setdefault(key, id)
        parse = _PARSERS.get(kind)
        if parse is not None and (parsed := parse(value)):
            found.setdefault(_KEYS.get(kind, kind), parsed)
    return found


def _find_authors(citation: Node) -> tuple[str, ...]:
    groups = [
        node
        for node in citation.elements()
        if node.tag == "person-group" and node.attributes.get("person-group-type", "") in _AUTHOR_GROUPS
    ]
    authors: list[str] = []
    for place in groups or [citation]:
        queue = list(reversed(place.elements()))
        while queue:
            node = queue.pop()
            if node.tag in _NAMES:
                authors += [name] if (name := _make_name(node)) else []
            elif node.tag != "person-group":
                queue.extend(reversed(node.elements()))
    return tuple(authors)


def _make_name(node: Node) -> str:
    surname, given, suffix = "", "", ""
    for one in reversed(node.elements()):  # The first of each counts.
        tag = one.tag
        if tag == "surname":
            surname = get_text(one)
        elif tag == "given-names":
            given = get_text(one)
        elif tag == "suffix":
            suffix = get_text(one)
    if not surname:
        return get_text(node)
    return " ".join([part for part in (surname, given, suffix) if part])
