"""The reference list of a page: its entries, what each says, and the ids by which the text points to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sigmine.model import Reference
from sigmine.readers.html_blocks import Block, Link
from sigmine.readers.mapped_text import SPACE, MappedText, join, strip
from sigmine.readers.publication_ids import find_link_ids
from sigmine.readers.text_references import parse_reference

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_SERVICE_NAMES = (
    "doi; pubmed; pmc free article; google scholar; crossref; cross ref; cas; web of science; scopus; "
    "web of science®; medline; article; full text; pdf; view in article; view article; abstract; isi; adsabs; ads; "
    "free full text; mathscinet; "
    "export citation; open url; openurl; find it; view record in scopus; download; cas pubmed; green version; "
    "return to ref in article; search google scholar; pubmed abstract; publisher full text; crossref full text; "
    "pubmed central full text; publisher site; jump to; go to reference in article"
)
_SERVICES = frozenset(_SERVICE_NAMES.split("; "))
"""Links after an entry that lead to it elsewhere; their words are no part of it."""
_LEFT_OVER = re.compile(r"(?:[\s|·•,;]|\[\s*\]|\(\s*\)|\.(?=\s*\.))+$|(?<=\.)(?:\s|\.|\[\s*\])+$")
_TIGHT_LABEL = re.compile(r"\[?\d{1,4}[\].)]{1,2}(?=[^\W\d_])")
_LABEL = re.compile(r"[\[(]?(\d{1,4})[\]).]{0,2}")
_SHOWN = re.compile(r"[0-9]{1,4}")
_ENTRY_TAGS = ("li", "tr", "dd")
_TAIL = re.compile(r"(?<![^\W_])(?=([A-Za-z]{1,12}[-_]?\d{1,5}[a-z]?)$)")
_LONGEST_ID = 100
_BREAKS = frozenset(".,;:)")
_WORDS = re.compile(r"[A-Za-z]{2}")


@dataclass(slots=True)
class Entry:
    """One entry of the list.

    ``ids`` are those on the page that stand for it; ``reference`` is what was read.
    """

    content: MappedText
    ids: tuple[str, ...]
    reference: Reference


def make_entries(blocks: Sequence[Block]) -> list[Entry]:
    """The entries that the blocks of a reference list hold, in their order."""
    groups = [group for group in _group(blocks) if any(_WORDS.search(block.text) for block in group)]
    pieces = [_take_content(group) for group in groups]
    numbers = [_find_number(content.text) for content, _ in pieces]
    labelled = sum(number is not None for number in numbers) > 0.6 * len(numbers)
    entries: list[Entry] = []
    counts: dict[Element, int] = {}
    for group, (content, spoken) in zip(groups, pieces, strict=True):
        shown = _count(group[0], counts)
        reference = parse_reference(spoken, numbered=labelled)
        if spoken != content.text:
            reference = replace(reference, text=parse_reference(content.text, numbered=labelled).text)
        if reference.number is None and not labelled:
            reference = replace(reference, number=shown)
        links = [link for block in group for link in block.links]
        ids = tuple(id_ for block in group for id_ in block.ids)
        entries.append(Entry(content, ids, _add_identifiers(reference, links)))
    return entries


def make_targets(entries: Sequence[Entry], links: Iterable[Link]) -> dict[str, Reference]:
    """The reference of each id that stands for an entry, and of each target of a link that ends like the id of one.

    ``#bib1`` leads to ``ref-id-bib1``, ``#core-r1`` to ``r1``: such pages move the reader by script.
    """
    targets = {id_: entry.reference for entry in reversed(entries) for id_ in entry.ids}
    owners: dict[str, set[int]] = {}
    for place, entry in enumerate(entries):
        for tail in (tail for id_ in entry.ids for tail in _find_tails(id_)):
            owners.setdefault(tail, set()).add(place)
    for link in links:
        for tail in _find_tails(link.target) if link.target not in targets else ():
            places = owners.get(tail, ())
            if len(places) == 1:
                targets[link.target] = entries[next(iter(places))].reference
                break
    return targets


def _find_tails(id_: str) -> Iterator[str]:
    """An id and its ends after a sign, where they are letters and a number; the longest first."""
    for match in _TAIL.finditer(id_) if len(id_) <= _LONGEST_ID else ():
        yield match[1]


def _group(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks of one entry together: those of one item or row; a label alone goes with what follows it."""
    group: list[Block] = []
    holder: Element | None = None
    for block in blocks:
        own = _find_holder(block)
        label_before = bool(group) and all(_LABEL.fullmatch(one.text) for one in group)
        if group and not label_before and (own is None or own is not holder):
            yield group
            group = []
        group.append(block)
        holder = own
    if group:
        yield group


def _find_holder(block: Block) -> Element | None:
    """The item or row that the block stands in, the outermost in its list; None for a block by itself."""
    found: Element | None = None
    element: Element | None = block.element
    while element is not None and element.tag not in ("ol", "ul", "table", "dl", "section", "body"):
        if element.tag in _ENTRY_TAGS or (found is None and element.tag == "div" and element.get("id")):
            found = element
        element = element.getparent()
    return found


def _take_content(group: Sequence[Block]) -> tuple[MappedText, str]:
    """The entry's text without the links to services, and that text with full stops between parts without signs."""
    parts: list[MappedText] = []
    for block in group:
        text = block.text
        spans = [
            (link.start, link.end)
            for link in block.links
            if _is_service(text[link.start : link.end])
            and text[link.end : link.end + 1] != ":"  # "doi:10.5555/1" stays.
        ]
        content = block.content.remove(_part(spans))
        match = _TIGHT_LABEL.match(content.text)
        if match is not None:
            content = join([content.cut(0, match.end()), SPACE, content.cut(match.end())])
        end = _LEFT_OVER.search(content.text) if spans or block is group[-1] else None
        content = strip(content.cut(0, end.start()) if end else content)
        parts += [content] if content.text else []
    return _join_parts(parts)


def _join_parts(parts: Sequence[MappedText]) -> tuple[MappedText, str]:
    joined: list[MappedText] = []
    spoken = ""
    for part in parts:
        text = part.text
        if joined and text[0] not in _BREAKS:
            joined.append(SPACE)
            # The authors, the title and the journal stand in blocks of their own: the block's end is the sign.
            ends = spoken[-1] in _BREAKS or " " not in text or " " not in joined[-2].text
            spoken += " " if ends else ". "
        joined.append(part)
        spoken += text
    content = join(joined) if joined else MappedText("", ())
    end = _LEFT_OVER.search(content.text)
    return (strip(content.cut(0, end.start())) if end else content), spoken


def _is_service(words: str) -> bool:
    return words.strip(" []().:").lower() in _SERVICES


def _part(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans without those that overlap an earlier one."""
    end = 0
    for start, stop in spans:
        if start >= end:
            yield start, stop
            end = stop


def _find_number(text: str) -> int | None:
    match = _LABEL.match(text)
    if match is None or not text[match.end() : match.end() + 1].isspace():
        return None
    # "2004 Smith" is no label, "12. Smith", "[12] Smith" and "12 Smith" are.
    return int(match[1]) if match[0] != match[1] or int(match[1]) < 1900 else None


def _count(block: Block, counts: dict[Element, int]) -> int | None:
    """The number that a browser shows before an item of a numbered list; None in other lists."""
    holder = _find_holder(block)
    parent = holder.getparent() if holder is not None else None
    if holder is None or parent is None or parent.tag != "ol":
        return None
    value, start = _SHOWN.fullmatch(holder.get("value") or ""), _SHOWN.fullmatch(parent.get("start") or "")
    before = counts.get(parent, int(start[0]) - 1 if start else 0)
    counts[parent] = int(value[0]) if value else before + 1
    return counts[parent]


def _add_identifiers(reference: Reference, links: Sequence[Link]) -> Reference:
    """The reference with what its links say where its words say nothing."""
    found: dict[str, str] = {}
    for link in links:
        for key, value in find_link_ids(link.href).items() if link.href else ():
            found.setdefault(key, value)
    if not found:
        return reference
    return replace(
        reference,
        pmid=reference.pmid or found.get("pmid"),
        pmcid=reference.pmcid or found.get("pmcid"),
        doi=reference.doi or found.get("doi"),
    )
