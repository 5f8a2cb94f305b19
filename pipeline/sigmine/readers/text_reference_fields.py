"""What an entry of a reference list says: authors, year, title, journal, identifiers.

Entries in the order "authors, (year), title, journal, year; volume: pages", the names as ``Smith JA``,
``Smith, J.A.`` or ``J. A. Smith``. Whatever cannot be told is left open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sigmine.readers.publication_ids import find_doi, find_pmcid, find_pmid, remove_dois

_PARTICLE = r"(?:(?:[Vv][ao]n|[Dd](?:el?|ella|er|en|i|a|os|u)|[Ll][ae]|[EeAa]l|[Tt]e[rn])[ -])*"
_SURNAME = rf"{_PARTICLE}[A-ZÀ-Þ][\w’'‐-]*(?: [A-ZÀ-Þ][\w’'‐-]*[a-zß-ÿ][\w’'‐-]*){{0,2}}"
_DOTTED = r"[A-ZÀ-Þ]\.(?:[ -]?[A-ZÀ-Þ]\.){0,3}"
_PLAIN = r"[A-ZÀ-Þ](?:[ -]?[A-ZÀ-Þ]){0,3}(?![\w’'-])"
_SUFFIX = r"(?: (?:Jr|Sr|II|III|2nd|3rd)\b\.?)?"
AUTHOR = rf"(?:{_SURNAME},? (?:{_DOTTED}|{_PLAIN}){_SUFFIX}|{_DOTTED} ?{_SURNAME}{_SUFFIX}(?=[,;.]| and | &|$))"
"""One author, with initials behind or before the surname."""
_JOINT = r"(?: ?[,;] ?(?:and |& )?| and | & )"
_ET_AL = r"(?:,? ?(?:and )?et al\b\.?)"
_AUTHORS = re.compile(rf"{AUTHOR}(?:{_JOINT}{AUTHOR})*{_ET_AL}?|(?:[A-ZÀ-Þ][\w’'-]+,? )+et al\b\.?")
_ONE_AUTHOR = re.compile(AUTHOR)
_YEAR = r"(?:19|20)\d\d"
_YEAR_FIRST = re.compile(rf"\(?(?P<year>{_YEAR})[a-z]?\)?(?=[.:,;\s]|$)[.:,;]?\s*")
_QUOTED = re.compile(r"[“\"](?P<title>[^”\"]+)[”\"][.,]?\s*")
_TITLE_END = re.compile(r"[.?!](?=\s+(?:[^a-z\s]|[a-z][A-Z])|\s*$)")
_JOURNAL = re.compile(
    r"(?P<journal>[a-z]?[A-ZÀ-Þ][\w’'&/-]*"
    r"(?:(?!, (?:vol|no|pp)\b)[. :,]{1,2}(?:\([A-Z][^()]*\)|[A-ZÀ-Þa-z&][\w’'&/-]*)){0,9})"
    rf"(?=[\s.,;:]*(?:\(?{_YEAR}\b|\d|vol\b|\(|doi\b|https?:|PMID|\[|In press|in press|e\d|$))"
)
_ANY_YEAR = re.compile(rf"{_YEAR}(?<![\d:–/.-]\d{{4}})(?![\d–/-])")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_LEAST_WORDS = 3
_BREAKS = " .,:;"


@dataclass(frozen=True, slots=True)
class Fields:
    """What could be told of an entry; None, or no authors, where it could not."""

    authors: tuple[str, ...] = ()
    year: int | None = None
    title: str | None = None
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None


def parse_fields(text: str) -> Fields:
    """The fields of an entry, which begins with its authors; without authors, identifiers and a lone year only."""
    ids = (find_doi(text), find_pmid(text), find_pmcid(text))
    text = remove_dois(text)
    match = _AUTHORS.match(text)
    years = {found[0] for found in _ANY_YEAR.finditer(text)}
    lone = int(years.pop()) if len(years) == 1 else None
    if match is None:
        return Fields((), lone, None, None, *ids)
    rest = text[match.end() :].lstrip(_BREAKS)
    first = _YEAR_FIRST.match(rest)
    rest = rest[first.end() :] if first else rest
    title, rest = _split_title(rest)
    journal = _JOURNAL.match(rest) if title else None
    tail = rest[journal.end() :] if journal else rest
    later = _ANY_YEAR.search(tail)
    year = int(first["year"]) if first else int(later[0]) if later else lone
    named = _clean_journal(journal["journal"]) if journal else None
    return Fields(_split_authors(match[0]), year, title, named, *ids)


def _split_authors(text: str) -> tuple[str, ...]:
    """Each author as it stands; the full stop behind a list of plain initials (``Wagle N.``) is the entry's."""
    authors = [found[0].strip(" ,") for found in _ONE_AUTHOR.finditer(text)]
    if authors and authors[-1].count(".") == 1 and not any("." in author for author in authors[:-1]):
        dotted = "," in authors[-1] or authors[-1][1:2] == "."
        authors[-1] = authors[-1] if dotted else authors[-1].removesuffix(".")
    return tuple(authors)


def _split_title(text: str) -> tuple[str | None, str]:
    """The title and what follows it; None where what stands there is too short for one."""
    quoted = _QUOTED.match(text)
    if quoted:
        return quoted["title"].strip(_BREAKS), text[quoted.end() :].lstrip(_BREAKS)
    end = _TITLE_END.search(text)
    if end is None:
        return None, text
    title = text[: end.end()].strip(' .“”"')
    rest = text[end.end() :].lstrip(_BREAKS)
    least = _LEAST_WORDS - 1 if _JOURNAL.match(rest) else _LEAST_WORDS
    return (title, rest) if len(title.split()) >= least and _LETTERS.search(title) else (None, text)


def _clean_journal(text: str) -> str:
    """``Cell`` for ``Cell.``; ``J. Biol. Chem.`` keeps its last full stop."""
    text = text.strip(" ,;:")
    return f"{text.rstrip('.')}." if ". " in text.rstrip(".") else text.rstrip(".")
