"""DOI, PMID and PMC number of a publication: as fields give them, as words say them, as links hold them."""

from __future__ import annotations

import re
from urllib.parse import unquote

_PREFIX = r"10\.\d{4,9}(?:\.\d{1,9}){0,3}/"
_SICI = re.compile(rf"{_PREFIX}\(SICI\)[^\s<>\"]{{1,60}}<[^\s<>\"]{{1,40}}>[\w.]{{1,12}};2-[\w#]", re.IGNORECASE)
"""Serial items of the nineties: ``10.1002/(SICI)1097-4644(19990401)73:1<1::AID-JCB1>3.0.CO;2-T``."""
_DOI = re.compile(rf"(?<![\w.]){_PREFIX}[^\s\"<>“”]+")
_ADDRESS_END = re.compile(r"[?#&]")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_TRAILING = ".,;:'’”*"
_SPOKEN_DOI = re.compile(
    r"(?:\bdoi(?:\.org/|\s?[:=]?\s?/?)|[?&/]doi(?:/(?:abs|full|pdf|epdf))?[=/])(?=10\.\d)", re.IGNORECASE
)
_SPOKEN_PMID = re.compile(r"\b(?:PMID|PubMed(?: ID)?)\s?:?\s?(\d{1,9})(?![\w.]*\w)", re.IGNORECASE)
_LINKED_PMID = re.compile(
    r"pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,9})\b|/pubmed/(\d{1,9})\b|/pubmed/?\?(?:[^#]*&)?term=(\d{1,9})\b|"
    r"[?&](?:pmid|list_uids)=(\d{1,9})\b|\bpubmed/(\d{1,9})\b",
    re.IGNORECASE,
)
_PMCID = re.compile(r"(?<![A-Za-z0-9])PMC\s?(\d{1,9})(?!\d)(?:\.\d{1,2}(?!\d))?", re.IGNORECASE)
_PMID_FIELD = re.compile(r"(?:PMID|pubmed)?\s?:?\s?(\d{1,9})", re.IGNORECASE)
_PMCID_FIELD = re.compile(r"(?:PMCID\s?:?\s?)?(?:PMC)?\s?(\d{1,9})(?:\.\d{1,2})?", re.IGNORECASE)


def find_doi(text: str) -> str | None:
    """The first DOI in running text without what only stands around it (full stop, bracket, quote), or None."""
    span = _find_span(text)
    return None if span is None else text[span[0] : span[1]]


def find_spoken_doi(text: str) -> str | None:
    """The first DOI that follows ``doi:`` or stands in an address of doi.org, or None."""
    match = _SPOKEN_DOI.search(text) if "10." in text else None
    return None if match is None else find_doi(text[match.end() :])


def remove_dois(text: str) -> str:
    """The text without any DOI in it."""
    parts: list[str] = []
    position = 0
    while (span := _find_span(text, position)) is not None:
        parts.append(text[position : span[0]])
        position = span[1]
    return "".join([*parts, text[position:]])


def find_pmid(text: str) -> str | None:
    """The first PubMed id that is said (``PMID: 123``) or stands in an address of PubMed, or None."""
    lower = text.lower()
    if not any(word in lower for word in ("pmid", "pubmed", "list_uids")):
        return None
    match = _SPOKEN_PMID.search(text)
    return match[1] if match else _find_linked_pmid(text)


def find_pmcid(text: str) -> str | None:
    """The first ``PMC123`` in a text, without a version, or None."""
    match = _PMCID.search(text) if "pmc" in text.lower() else None
    return f"PMC{match[1]}" if match else None


def find_link_ids(href: str) -> dict[str, str]:
    """``doi``, ``pmid`` and ``pmcid`` that the address of a link holds; one of a search for a work holds none."""
    address = unquote(href)
    if not address or "scholar.google" in address:
        return {}
    found = {"doi": _find_linked_doi(address), "pmid": _find_linked_pmid(address), "pmcid": find_pmcid(address)}
    return {key: value for key, value in found.items() if value}


def parse_doi(value: str) -> str | None:
    """The DOI that a field holds, with or without ``doi:`` or an address in front, or None if it is none."""
    value = unquote(value) if "%" in value else value
    return _find_linked_doi(value) if "doi.org/" in value else find_doi(value)


def parse_pmid(value: str) -> str | None:
    """The PubMed id that a field holds, or None if it is none."""
    match = _PMID_FIELD.fullmatch(value.strip())
    return match[1] if match else _find_linked_pmid(value)


def parse_pmcid(value: str) -> str | None:
    """``PMC123`` for ``123``, ``PMC123`` or ``PMC123.1``, or None if the field holds none."""
    match = _PMCID_FIELD.fullmatch(value.strip())
    return f"PMC{match[1]}" if match else find_pmcid(value)


def _find_span(text: str, position: int = 0) -> tuple[int, int] | None:
    if "10." not in text:
        return None
    match = _DOI.search(text, position)
    if match is None:
        return None
    sici = _SICI.match(text, match.start())
    if sici is not None:
        return sici.span()
    end = _trim(match[0])
    # What is left may be the prefix alone: "10.1016/." is none.
    return (match.start(), match.start() + end) if match[0][:end].partition("/")[2] else _find_span(text, match.end())


def _trim(doi: str) -> int:
    """The length of a DOI without stops at its end and brackets that were opened before it."""
    end = len(doi)
    while end:
        last = doi[end - 1]
        opening = _CLOSING.get(last)
        if last not in _TRAILING and (opening is None or doi.count(opening, 0, end) >= doi.count(last, 0, end)):
            break
        end -= 1
    return end


def _find_linked_doi(address: str) -> str | None:
    match = _SPOKEN_DOI.search(address)
    if match is None:
        return None
    rest = address[match.end() :]
    if "(SICI)" not in rest.upper() and (end := _ADDRESS_END.search(rest)):
        rest = rest[: end.start()]
    return find_doi(rest)


def _find_linked_pmid(text: str) -> str | None:
    match = _LINKED_PMID.search(text)
    return next(filter(None, match.groups())) if match else None
