"""What people write to name an article: PMCID, PMID, DOI, or an address that holds one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

from sigmine.errors import FetchError

Kind = Literal["pmcid", "pmid", "doi"]

_PMCID = re.compile(r"(?:pmc(?:id)?\s*:?\s*)?pmc\s?([1-9][0-9]{0,9})(?:\.[0-9]{1,3})?", re.I | re.ASCII)
_PMID = re.compile(r"(?:(?:pmid|pubmed|med)\s*:?\s*)?([1-9][0-9]{0,8})", re.I | re.ASCII)
_DOI = re.compile(r"(?:doi\s*:?\s*)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/[!-~]*[^\s.,;])", re.I | re.ASCII)
_PLACES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(host), re.compile(path, re.I | re.ASCII))
    for host, path in (
        (r"(?:dx\.|www\.)?doi\.org", r"/(?P<doi>10\..+)"),
        (r"pubmed\.ncbi\.nlm\.nih\.gov", r"/(?P<pmid>[0-9]+)(?:/.*)?"),
        (r"pmc\.ncbi\.nlm\.nih\.gov", r"/articles/(?P<pmcid>PMC[0-9]+(?:\.[0-9]+)?)(?:/.*)?"),
        (r"(?:www\.)?ncbi\.nlm\.nih\.gov", r"(?:/labs)?/pmc/articles/(?P<pmcid>PMC[0-9]+(?:\.[0-9]+)?)(?:/.*)?"),
        (r"(?:www\.)?ncbi\.nlm\.nih\.gov", r"/pubmed/(?P<pmid>[0-9]+)(?:/.*)?"),
        (r"(?:www\.)?europepmc\.org", r"/(?:abstract|article)/MED/(?P<pmid>[0-9]+)(?:/.*)?"),
        (r"(?:www\.)?europepmc\.org", r"/(?:abstract/|article/)?(?:PMC/|articles/)(?P<pmcid>PMC[0-9]+)(?:/.*)?"),
    )
)
"""Hosts, and where their paths hold an identifier. A publisher's own address is not guessed at."""
_COMMENT = re.compile(r"(?:^|\s)#.*")
_ALLOWED = (
    "give a PMCID (PMC4253687), a PMID (25242279), a DOI (10.1016/...), or an address at PubMed, PubMed Central, "
    "Europe PMC or doi.org"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """Which article is meant.

    Attributes:
        kind: ``pmcid``, ``pmid`` or ``doi``.
        value: ``PMC4253687``, ``25242279``, or the DOI in lower case: DOIs that differ by case only are one.
    """

    kind: Kind
    value: str

    def __str__(self) -> str:
        return {"pmcid": "", "pmid": "PMID ", "doi": "DOI "}[self.kind] + self.value


def parse_identifier(text: str) -> Identifier:
    """The identifier that ``text`` is; a version at its end (``PMC4253687.1``) is left out.

    Raises:
        FetchError: if it is none that we know, or not one alone.
    """
    given = text.strip().strip("<>").strip()
    found = _find_in_address(given) or _find_bare(given)
    if found is None:
        shown = given if len(given) <= 80 else f"{given[:80]}..."
        raise FetchError(f"{shown!r} names no article; {_ALLOWED}.")
    return found


def is_pmcid(text: str) -> bool:
    """Whether it is a PMCID as we write it, safe in an address and as the name of a file."""
    return re.fullmatch(r"PMC[1-9][0-9]{0,9}", text, re.ASCII) is not None


def _find_bare(text: str) -> Identifier | None:
    if match := _PMCID.fullmatch(text):
        return Identifier("pmcid", f"PMC{match[1]}")
    if match := _PMID.fullmatch(text):
        return Identifier("pmid", match[1])
    if match := _DOI.fullmatch(text.rstrip(".,;")):
        return Identifier("doi", match[1].lower())
    return None


def _find_in_address(text: str) -> Identifier | None:
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.hostname or ""
    except ValueError:  # such as an unclosed bracket in the host
        return None
    if parts.scheme not in ("http", "https"):
        return None
    for place, path in _PLACES:
        match = path.fullmatch(unquote(parts.path)) if place.fullmatch(host) else None
        if match:
            # A DOI may hold "?" and "#", which are not escaped by everyone.
            rest = text.partition("doi.org/")[2] if "doi" in match.groupdict() else ""
            return _find_bare(unquote(rest) if rest else next(iter(match.groupdict().values())))
    return None


def parse_identifiers(text: str) -> tuple[str, ...]:
    """The lines of a list of identifiers as they stand, without empty ones and what follows a ``#``.

    The ``#`` opens a comment at the start of a line or after a space only: a DOI may hold one.
    """
    lines = (_COMMENT.sub("", line).strip() for line in text.removeprefix("\ufeff").splitlines())
    return tuple(line for line in lines if line)
