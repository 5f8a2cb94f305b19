"""What a line or paragraph looks like: a caption, a heading, a sentence that goes on. Predicates on plain strings."""

from __future__ import annotations

import re

from sigmine.readers.word_lists import FUNCTION_WORDS

_LOWER_WORD = re.compile(r"[(\[“‘\"']?[a-z][a-z’'-]*(?=[\s.,;:)\]?!/”’\"–—]|$)")
# A sentence's end: a mark, then closing quotes or brackets, then perhaps citation numbers.
_CLOSED = re.compile(r"(?:[.!?:][\"'”’)\]]*|[.!?][\"'”’)]?\s?\[?\d[\d,–\- ]*\]?|(?<=[.!?])\s?\[\d[\d,;–\- ]*\])$")

_END = 40
"""How many characters tell how a text ends; to search all of a long one would be slow."""
_DECIMAL = re.compile(r"(?:^|[\s(<>=~≈±–-])\d+\.\d+$")

_CAPTION = re.compile(
    r"(?P<what>Supplement(?:ary|al)\s)?(?P<kind>Figure|FIGURE|Fig\.?|FIG\.?|Scheme|SCHEME|Box|BOX|Chart|Table|TABLE|"
    r"Tab\.)"
    r"\s?(?:[SA]?\d{1,2}|[IVX]{1,4})(?:[A-Ha-h](?![a-z]))?(?P<rest>.*)",
    re.DOTALL,
)
_CAPTION_STARTS = ("S", "F", "B", "C", "T")
_CAPTION_REST = re.compile(r"\s*$|[.:|]\s*$|\s?[.:|–—-]\s*\S|\s+(?![a-z][a-z’'-]*(?:[\s.,;:)]|$))[^\s,;)\]]")
# "Figure 2 schematic of ..." is a caption, "Figure 2 shows ..." is not: no verb, no word that joins clauses.
_CAPTION_LOWER = re.compile(
    r"\s+(?!(?:and|or|in|to|for|by|can|may|that|which|where|but|as|we)\b|\w+(?:s|ed|es)\b)[a-z]+\s"
)
_CITING_WORD = re.compile(r"(?:\b(?:in|see|and|of|to|by|from|the|with|or|as|also|cf|cf\.|per)|\()$", re.IGNORECASE)
_CITING_MARK = re.compile(r"[,;–—-]$")

_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVX]{1,4}\.|[A-H]\.)\s+(?=\S)")
_MARKDOWN = re.compile(r"#{1,6}\s+")
_FINITE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|cannot|could|may|might|must|will|does|do|did|occurs?|plays?|leads? to|"
    r"results? in|"
    r"(?:de)?phosphorylates?|(?:in)?activates?|inhibits?|(?:de)?ubiquitinates?|(?:de)?acetylates?|methylates|(?:up|"
    r"down)?regulates|"
    r"mediates|modulates|stimulates|promotes|suppresses|represses|blocks|binds|induces|reduces|enhances|requires|"
    r"interacts|"
    r"stabilizes|degrades|attenuates|impairs|triggers|contributes|prevents|protects|recruits|antagonizes|abolishes)\b"
)
_INNER_STOP = re.compile(r"[a-z)][.?!]\s+[A-Z]")
_BULLET = re.compile(r"[•●▪◦■‣∙·►➢✓]\s*(?=\S)|[*–—-]\s+(?=\S)")
_ITEM = re.compile(r"(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)|\d{1,2}\.)\s+(?=\S)")
_LABEL = re.compile(r"(?P<label>Notes?|Abbreviations?(?: used)?|Sources?|Key|Legend)\s*[:.]\s*(?=\S)")


def starts_lower(text: str) -> bool:
    """Whether the first word is plain lower case (``complex``, not ``mTOR`` or ``p53``), as inside a sentence."""
    return _LOWER_WORD.match(text) is not None


def is_closed(text: str) -> bool:
    """Whether a sentence may end here."""
    end = text[-_END:]
    return _CLOSED.search(end) is not None and _DECIMAL.search(end) is None


def ends_inside(text: str) -> bool:
    """Whether the last word cannot end a sentence or a heading: a function word, a comma, an open bracket."""
    if text.endswith((",", ";", "(", "/", "-", "–")):
        return True
    last = text.rsplit(None, 1)[-1] if text.strip() else ""
    return last.lower() in FUNCTION_WORDS or text.count("(") > text.count(")")


def is_caption(text: str, before: str = "") -> bool:
    """Whether a line starts a caption (``Figure 2 The pathway``), not a sentence on a figure (``Figure 2 shows``).

    ``before`` is the line before it: after ``as shown in`` it is running text.
    """
    match = _CAPTION.match(text) if text[:1] in _CAPTION_STARTS else None
    if match is None:
        return False
    if _CAPTION_REST.match(match["rest"]) is None:
        return is_closed(before) and _CAPTION_LOWER.match(match["rest"]) is not None
    end = before[-_END:]
    if _CITING_WORD.search(end):
        return False
    return match["rest"][:1] not in tuple(".:|") or _CITING_MARK.search(end) is None


def is_table_caption(text: str) -> bool:
    """For a text for which ``is_caption`` holds: whether it names a table."""
    match = _CAPTION.match(text)
    return match is not None and match["kind"].lower().startswith("tab")


def is_bare_caption(text: str) -> bool:
    """Whether there is only a label: ``Figure 1.``"""
    match = _CAPTION.match(text)
    return match is not None and not match["rest"].strip(" .:|")


def find_bullet(text: str) -> int:
    """The length of the bullet that the text starts with, 0 if none."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def is_item(text: str) -> bool:
    """Whether the text starts like an item of a numbered list."""
    return _ITEM.match(text) is not None


def find_label(text: str) -> int:
    """The length of a leading ``Notes: `` or ``Abbreviations: ``, 0 if none."""
    match = _LABEL.match(text)
    return match.end() if match else 0


def is_claim(text: str) -> bool:
    """Whether a text without a full stop still states something (``MEK1 phosphorylates ERK2``)."""
    return len(text.split()) >= 3 and _FINITE_VERB.search(text) is not None


def is_markdown_heading(text: str) -> bool:
    """Whether it is marked ``#`` to ``######``."""
    return _MARKDOWN.match(text) is not None


def heading_prefix(text: str) -> int:
    """The length of ``## `` or ``2.1 `` before a heading, 0 if none."""
    match = _MARKDOWN.match(text) or _NUMBERED.match(text)
    return match.end() if match else 0


def is_marked_heading(text: str) -> bool:
    """Whether marks alone make it a heading: Markdown, or a number with a dot in it before a short title."""
    if _MARKDOWN.match(text):
        return True
    match = _NUMBERED.match(text)
    return match is not None and text[match.end()].isupper() and is_heading_shaped(text[match.end() :])


def is_heading_shaped(text: str) -> bool:
    """Whether it could be a heading: short, no full stop, complete, states nothing."""
    if len(text) > 140 or not 1 <= len(text.split()) <= 18 or ends_inside(text):
        return False
    if text[-1] in ".!:" or len([1 for char in text if char.isalpha()]) < 0.6 * len("".join(text.split())):
        return False
    return not is_claim(text) and _INNER_STOP.search(text) is None


def is_label_shaped(text: str) -> bool:
    """Whether it could be a word inside a drawing."""
    return len(text) <= 45 and len(text.split()) <= 6 and text[-1] not in ".;,:" and not is_claim(text)
