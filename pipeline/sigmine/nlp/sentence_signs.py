"""What text around a full stop says of a sentence border: abbreviations, initials, raised citations, names.

All functions look at characters only, so that they do not depend on how words were cut.
"""

from __future__ import annotations

import re

_REACH = 80  # characters before a place that can matter

NEVER_LAST: frozenset[str] = frozenset(
    {"fig", "figs", "eq", "eqs", "tab", "ref", "refs", "e.g", "i.e", "eg", "ie", "vs", "cf", "viz", "ca", "approx"}
    | {
        "dr",
        "drs",
        "prof",
        "mr",
        "mrs",
        "ms",
        "nos",
        "vol",
        "pp",
        "suppl",
        "supp",
        "chap",
        "subsp",
        "ssp",
        "cv",
        "incl",
    }
    | {"resp", "chr", "chrs"}
)
"""Abbreviations (lower case, no last full stop) after which a sentence does not end."""

SOMETIMES_LAST: frozenset[str] = frozenset(
    {"al", "etc", "inc", "ltd", "co", "corp", "sp", "spp", "no", "jr", "sr", "ph", "ph.d", "m.d", "dept", "univ", "st"}
    | {"str", "est", "var", "u.s", "u.s.a", "u.k", "d.c", "i.p", "i.v", "s.c", "i.m", "p.o", "a.m", "p.m", "min", "max"}
    | {"sec", "hr", "wt", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
)
"""Abbreviations after which one may: only a lower-case word, a number or a bracket behind them settles it."""

_JOURNAL = frozenset(
    {"Acad", "Acta", "Am", "Ann", "Biochem", "Biol", "Biophys", "Br", "Chem", "Clin", "Commun", "Dev", "Eur", "Exp"}
    | {"Genet", "Immunol", "Int", "Lett", "Med", "Microbiol", "Mol", "Natl", "Nat", "Neurosci", "Pharmacol", "Physiol"}
    | {"Proc", "Res", "Rev", "Sci"}
)
"""Words of journal titles; followed by another capital they do not end a sentence."""

_TAKES_A_LETTER = frozenset(
    {"kinase", "vitamin", "hepatitis", "protein", "factor", "type", "class", "group", "complex", "cyclin", "cytochrome"}
    | {"subunit", "immunoglobulin", "influenza", "domain", "site", "region", "strain", "isoform", "receptor", "antigen"}
    | {"toxin", "lamin", "troponin", "box", "form", "phase"}
)
"""Words that a single capital may follow as a name: ``protein kinase A``, ``hepatitis B``."""

_BEFORE_A_NAME = frozenset({"thank", "thanks", "by", "of", "to", "from", "for", "with", "author", "authors"})

_FIRST_WORDS = frozenset(
    {
        "The",
        "An",
        "In",
        "On",
        "At",
        "As",
        "By",
        "To",
        "For",
        "From",
        "With",
        "It",
        "Its",
        "This",
        "That",
        "These",
        "Those",
    }
    | {"We", "Our", "They", "Their", "There", "Here", "He", "She", "However", "Thus", "Then", "When", "While", "Where"}
    | {"Although", "Because", "Since", "If", "Both", "Each", "All", "Some", "Most", "Many", "Several", "Two", "Three"}
    | {
        "One",
        "Other",
        "Another",
        "Moreover",
        "Furthermore",
        "Therefore",
        "Hence",
        "Indeed",
        "Instead",
        "Rather",
        "Also",
    }
    | {"After", "Before", "Upon", "Under", "During", "Among", "Like", "Unlike", "Not", "No", "Such", "Once", "Whereas"}
    | {
        "Cells",
        "Mice",
        "Loss",
        "Studies",
        "Data",
        "Results",
        "Expression",
        "Phosphorylation",
        "Activation",
        "Inhibition",
    }
)
"""Capitalised words that are no surname."""

_CITED = r"[0-9⁰¹²³⁴-⁹]+(?:[,–-][0-9⁰¹²³⁴-⁹]+)*"
_IN_BRACKETS = r"[\[(][0-9][0-9,–\- ]*[\])]"
_STOP = re.compile(
    r"(?P<word>[^\s]*?)(?P<stop>[.?!])(?P<close>[\"”’'»)\]]*)"
    rf"(?:(?P<raised>{_CITED})|{_IN_BRACKETS}| \[[0-9][0-9,–\- ]*\]|(?P<apart> {_IN_BRACKETS}))?\s+$"
)
_OPEN_ENDED = ("…", "•", "·", "#", "..")
_WORD_BEFORE = re.compile(r"(\S+)\s+\S*$")
_ENUMERATOR = re.compile(r"[0-9]{1,2}|[A-Za-z]|[IVX]+")
_BRACKETED_ENUMERATOR = re.compile(r"(?:[0-9]{1,2}|[A-Za-z]|[ivx]+)\)")
_AUTHORS = re.compile(r"^.*[a-z]/")  # two authors without a space: Smith/J.
_INITIALS = re.compile(r"(?:[A-Z]\.-?)*[A-Z]")
_INITIAL = re.compile(r"[A-Z]\.")
_SURNAME = re.compile(r"(?:[A-Z]['’])?[A-Z][a-z]+(?!ly\b)(?:[A-Z][a-z]+)?(?![\w])")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]+")
_SQUARE_CITATION = re.compile(r"\[[0-9][0-9,–\- ]*\]")
_PANEL = re.compile(r"\([A-Za-z]\) (?=[A-Z])")
_OPENERS = "\"“‘'«([{"
_NAME_START = re.compile(
    r"[A-ZÀ-ÖØ-Þ]"
    r"|[α-ωΑ-Ω](?=[\w-])"
    r"|[a-zα-ω]+[A-Z0-9]"  # mTORC1, p53, siRNA
    r"|[a-z]{1,3}[-–][A-Z]"  # c-Myc, p-AKT
    r"|[0-9]+(?:-[0-9]+)+(?![0-9.,])"  # 14-3-3
    r"|[0-9]{1,2}[.)] [A-Z]"  # 2. Methods
    r"|[0-9]+[-,0-9]*[a-zα-ω]?-?[A-Zα-ω]"  # 4E-BP1, 5-HT, 17β-estradiol
)
_PLAIN_WORD = re.compile(r"[a-z]+(?![A-Za-z0-9-]*[A-Z0-9])")


def begins_like_sentence(text: str, start: int) -> bool | None:
    """Whether what stands at ``start`` looks like the first word of a sentence; None where it may be.

    Names that begin with a small letter count (``mTORC1``, ``p53``, ``c-Myc``); a citation in square brackets does not.
    """
    if _SQUARE_CITATION.match(text, start):
        return False
    if text.startswith("(", start):
        return True if _PANEL.match(text, start) else None
    while start < len(text) and text[start] in _OPENERS:
        start += 1
    if _NAME_START.match(text, start):
        return True
    return False if _PLAIN_WORD.match(text, start) else None


def find_border(text: str, start: int) -> bool | None:
    """Whether a sentence begins at ``start``, a place with white space before it and no line break that counts.

    True and False are certain; None leaves it to the parser.
    """
    first = max(0, start - _REACH)
    before = text[first:start].rstrip()
    if before[-1:].isalpha() and text[start] != "(":
        return False  # the usual case
    match = _STOP.search(text, first, start)
    if match is None:
        return None if before.endswith(_OPEN_ENDED) or _PANEL.match(text, start) else False
    begins = begins_like_sentence(text, start)
    word = match["word"].lstrip(_OPENERS)
    if match["raised"] and not (len(word) > 2 and (match["close"] or word[-1].islower() or word[-1] in "%)]”’")):
        # "264.7 macrophages" is a number, "mTORC2.11 These" may be one.
        return None if begins and any(character.isalpha() for character in word) else False
    if match["stop"] == "." and not match["close"]:
        last = _is_last_word(text, match.start("word"), word, start, begins)
        if last is not True:
            return last
    if _SQUARE_CITATION.match(text, start):
        return False
    return True if begins and not match["apart"] else None


def _is_last_word(text: str, place: int, word: str, start: int, begins: bool | None) -> bool | None:
    """Whether a sentence may end with ``word`` at ``place`` and a full stop; True where nothing speaks against it."""
    # "PP." and "NO." are names.
    small = "" if len(word) > 1 and word.isalpha() and word.isupper() else word.lower()
    if small in NEVER_LAST or _is_enumerator(text, place, word):
        return False
    before = _WORD_BEFORE.search(text, max(0, place - _REACH), place + 1)
    if _INITIALS.fullmatch(_AUTHORS.sub("", word)) and small not in SOMETIMES_LAST:
        return _is_last_letter(before[1] if before else "", word, text, start) if begins else False
    if small in SOMETIMES_LAST or (len(word) == 1 and word.islower()) or _DOTTED.fullmatch(word):
        return None if begins else False
    if word in _JOURNAL and before is not None and before[1][:1].isupper():
        return None if begins else False
    return True


def _is_last_letter(before: str, word: str, text: str, start: int) -> bool | None:
    """``J. Smith`` and ``A. B. Young`` go on; ``protein kinase A. The`` ends."""
    if before.lower() in _TAKES_A_LETTER and len(word) == 1:
        return True
    if _INITIAL.match(text, start) or _INITIAL.fullmatch(before):
        return False
    surname = _SURNAME.match(text, start)
    named = before.lower() in _BEFORE_A_NAME or before[:1].isupper()
    return False if named and surname and surname[0] not in _FIRST_WORDS else None


def _is_enumerator(text: str, place: int, word: str) -> bool:
    """``1. Methods`` on a new line; ``A.``, ``2).`` and ``(B).`` behind another sentence."""
    head = text[max(0, place - 3) : place].rstrip(" \u00a0")
    if _BRACKETED_ENUMERATOR.fullmatch(word):
        if text.startswith("(", place):
            return head.endswith((".", ";", ":"))
        first = max(0, place - _REACH)
        return text.rfind("(", first, place) <= text.rfind(")", first, place)
    if not head or head.endswith(("\n", ":", ";")):
        return _ENUMERATOR.fullmatch(word) is not None
    return head.endswith(".") and len(word) == 1 and word.isalpha()
