"""Citations by authors and year: ``(Smith et al., 2015a; Jones and Lee 2016)``, ``Smith et al. (2015)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sigmine.model import Reference

_SURNAME = r"(?:(?:van|von|de|del|della|der|den|di|da|la|le|el|ter) ){0,2}[A-ZÀ-Þ][\w’'‐-]+(?: [A-ZÀ-Þ][\w’'‐-]+)?"
_AND = r",? (?:and|&) "
_AUTHORS = rf"{_SURNAME}(?:,? et al\.?|(?:, {_SURNAME}){{0,3}}{_AND}{_SURNAME}(?: et al\.?)?)?"
_SEVERAL = rf"{_SURNAME}(?: et al\.?|(?:, {_SURNAME}){{0,3}}{_AND}{_SURNAME})"
_YEAR = r"(?:(?:19|20)\d\d[a-z]?|in press|submitted|unpublished)"
_YEARS = rf"{_YEAR}(?:(?:, ?|,? and )(?:(?:19|20)\d\d[a-z]?|[a-z]\b))*"
_LEAD_IN = r"(?:(?:for (?:a )?reviews?,? see|see also|see|e\.g\.,?|reviewed in|reviewed by|cf\.|and|also),? )*"
_ITEM = rf"{_LEAD_IN}{_AUTHORS},? {_YEARS}"
_AFTER = r"(?: and references therein|,? for (?:a )?reviews?|[;,] (?:reviewed|see|but)[^()]*|; [^()]*)?"
_IN_BRACKETS = re.compile(rf"\({_ITEM}(?:[;,] {_ITEM})*{_AFTER}\)|\[{_ITEM}(?:[;,] {_ITEM})*\]")
_IN_WORDS = re.compile(rf"\b{_SEVERAL} \({_YEARS}\)")
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")
_ONE_WORK = re.compile(rf"(?P<authors>{_AUTHORS}),? \(?(?P<years>{_YEARS})")
_ONE_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<letters>[a-z]?(?:(?:, ?|,? and )[a-z]\b)*)")
_NUMBER_MARKS = "0123456789[](),;–‐- "
_NO_AUTHOR = re.compile(
    r"\W?(?:January|February|March|April|May|June|July|August|September|October|November|December|Spring|Summer|"
    r"Autumn|Winter|Table|Figure|Fig|Since|Until|In|From|Before|After|Copyright|Version|Accessed)\b"
)

_OPENER = re.compile(
    r"(?:As|In|By|See|From|For|Like|Unlike|Since|When|While|Although|Though|Because|Whereas|After|Following|Both|Later|"
    r"Recently|Indeed|However|Moreover|Furthermore|Similarly|Notably|Interestingly|And|But|That|The|With|Work) "
    r"(?=[A-ZÀ-Þ])"
)
"""A word at the beginning of a sentence that is no part of the name after it."""


def find_author_citations(text: str) -> Iterator[tuple[int, int]]:
    """Where markers with authors and years stand, in no order."""
    if not _HAS_YEAR.search(text):
        return
    for match in (*_IN_BRACKETS.finditer(text), *_IN_WORDS.finditer(text)):
        opener = _OPENER.match(match[0])
        start = match.start() + (opener.end() if opener else 0)
        if not _NO_AUTHOR.match(text, start):
            yield start, match.end()


def find_works(marker: str) -> list[tuple[str, str]]:
    """The authors and the year (``2015`` or ``2015a``) of each work that a marker names; empty for numbers."""
    works: list[tuple[str, str]] = []
    if marker.strip(_NUMBER_MARKS) == "":
        return works
    for match in _ONE_WORK.finditer(marker):
        for year in _ONE_YEAR.finditer(match["years"]):
            letters = re.findall("[a-z]", year["letters"].replace("and", "")) or [""]
            works += [(match["authors"], year["year"] + letter) for letter in letters]
    return works


def resolve_works(works: Sequence[tuple[str, str]], references: Sequence[Reference]) -> tuple[Reference, ...]:
    """The entry of each work that fits one entry only; a work that fits none or several gives nothing."""
    found = [hits[0] for authors, year in works if len(hits := _find_entries(authors, year, references)) == 1]
    return tuple(dict.fromkeys(found))


def _find_entries(authors: str, year: str, references: Sequence[Reference]) -> list[Reference]:
    names = [name for name in re.split(r",? et al\.?|,? (?:and|&) |, ", authors) if name]
    first = names[0].lower()
    hits = [
        reference
        for reference in references
        if (text := reference.text) and year[:4] in text and text[: len(first) + 1].lower().startswith(first)
    ]
    tests = (
        lambda text: year in text,
        lambda text: all(name in text for name in names),
        lambda text: ("et al" in authors) == (text[: text.find(year[:4])].count(",") > 1),
    )
    for test in tests:
        if len(hits) > 1:
            hits = [reference for reference in hits if test(reference.text or "")] or hits
    return hits
