"""Cited works as BibTeX: UTF-8, an entry each, under keys that stay."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sigmine.assembly.papers import Paper
from sigmine.model.document import Reference
from sigmine.model.ids import make_hash

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": "(",  # BibTeX counts braces, escaped ones too
        "}": ")",
    }
)
_INITIALS_BEHIND = re.compile(
    r"(?P<surname>.+?),? (?P<initials>[A-ZÀ-Þ](?:\.?[ -]?[A-ZÀ-Þ])*\.?)(?P<suffix> (?:Jr|Sr|II|III)\.?)?$"
)
_LONGEST_NAME = 200
"""Characters; what is longer is no name, and to look for initials in it takes the cube of its length."""
_ET_AL = re.compile(r"\bet al\b")
_SMALL_WORDS = frozenset({"a", "an", "the", "on", "of", "in"})
_SUFFIX_LENGTH = 4


def make_keys(papers: Iterable[Paper]) -> dict[str, str]:
    """The key of each paper, by its id: ``inoki2002tsc2``.

    Where two are alike, each has a part of its id's hash behind; what cannot be named has ``work`` and the hash.
    """
    plain = {paper.id: _make_key(paper.reference) for paper in papers}
    counts = Counter(plain.values())
    return {
        id: key
        if key and counts[key] == 1
        else f"{key or 'work'}-{make_hash(['key', id])[: _SUFFIX_LENGTH if key else 8]}"
        for id, key in plain.items()
    }


def format_bibtex(papers: Sequence[Paper], keys: Mapping[str, str]) -> str:
    """The entries, sorted by key, under the keys that ``make_keys`` gave; the same papers give the same text."""
    entries = sorted((keys[paper.id], paper.reference) for paper in papers)
    return "\n".join(_format_entry(key, reference) for key, reference in entries)


def escape(text: str) -> str:
    """Text as BibTeX and LaTeX read it, on one line; braces become parentheses."""
    text = " ".join(text.split())
    return "".join(character for character in text if unicodedata.category(character)[0] != "C").translate(_ESCAPES)


def _format_entry(key: str, reference: Reference) -> str:
    named = bool(reference.title or reference.authors)
    authors = [escape(_invert(author)) for author in reference.authors]
    if authors and _ET_AL.search(reference.text or ""):
        authors.append("others")
    values = {
        "author": " and ".join(authors),
        # The inner braces keep the capitals of names.
        "title": f"{{{escape(reference.title)}}}" if reference.title else "",
        "journal": escape(reference.journal or ""),
        "year": str(reference.year or ""),
        "doi": escape(reference.doi or ""),
        "pmid": reference.pmid or "",
        "pmcid": reference.pmcid or "",
        "note": "" if named else escape(reference.text or ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in values.items() if value]
    return "\n".join((f"@{'article' if reference.journal else 'misc'}{{{key},", *lines, "}\n"))


def _invert(author: str) -> str:
    """``Sarbassov, D. D.`` for ``Sarbassov DD`` and ``Sarbassov, D.D.``; another form as it stands."""
    match = _INITIALS_BEHIND.fullmatch(author) if len(author) <= _LONGEST_NAME else None
    if match is None:
        return author
    initials = " ".join(f"{letter}." for letter in re.findall(r"\w", match["initials"]))
    suffix = f"{match['suffix'].strip()}, " if match["suffix"] else ""
    return f"{match['surname'].rstrip(',')}, {suffix}{initials}"


def _make_key(reference: Reference) -> str:
    surname = _invert(reference.authors[0]).split(",")[0].split(". ")[-1] if reference.authors else ""
    words = [_to_ascii(word) for word in re.split(r"\W+", reference.title or "")]
    word = next((word for word in words if word and word not in _SMALL_WORDS), "")
    return f"{_to_ascii(surname)}{reference.year or ''}{word}" if surname else ""


def _to_ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower())
