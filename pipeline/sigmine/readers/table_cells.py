"""What the readers of tables share: a row's head in front of its cells, so that each reads as a sentence.

Readers know no biology: which column's names an effect is told of is in the rules' lists of heads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sigmine.grammar.table_heads import get_table_heads
from sigmine.readers.mapped_text import SPACE, MappedText, join

T = TypeVar("T")
_LIST = re.compile(r"\s*(?:[,;](?![^()]*\))\s*(?:and\s)?|\sand\s)\s*")
_INFLECTED = re.compile(r"[A-Za-z]?[a-z-]{3,}(?:s|ed|ing|ion|ment|tes)")
_NAME_PARTS = 2
_LONGEST_LIST = 300
_MARKS = ("†", "‡", "§", "¶")
_IS = MappedText.inserted(" is ")
_COLON = MappedText.inserted(": ")
_BREAK = re.compile(r"(?<=[.;])\s+")
_PREDICATE = re.compile(
    r"(?:(?:also|then|thereby|thus|further|and)\s+)?"
    r"(?:(?!(?:this|thus|its|class|process|loss)\b)[A-Za-z]?[a-z-]{3,}(?:s|ed|ing|es)|is|are|was|has|can|may|acts|"
    r"does)\b(?!\s*[:(])",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"(?:[\w/αβγ-]+\s){0,4}?(?!\w*ment\b|(?:other|under|after|over|for|or|and|in)\b)(?:[A-Z]{2,4}|[A-Z])?[a-z-]*"
    r"(?:or|er|ist|strate|target|ase|and|nt|unit|fold|ein)s?(?:\s(?:of|for|that|which|to)\b|\s*(?:[.;,(]|$))"
)
"""What a thing is called: one or several words before, the last one names who does something (``regulator``)."""
_NAME = re.compile(r"[^\s,;:]*(?:\d|[a-z][A-Z]|[A-Z]{2})")
_FEWEST_WORDS = 3
_STATEMENT = re.compile(r"\s(?:is|are|was|were|has|can|may|does|by|to|[a-z-]{3,}(?:ates|ted|its|ses|ces|nds|zes))\b")


@dataclass(frozen=True, slots=True)
class ToldColumns:
    """The columns of effects, and the column of whose names they are told (None: of the row's head).

    ``described`` are the columns that say what the row's head is or does, ``examples`` those of what belongs to it.
    """

    effects: frozenset[int]
    subject: int | None
    described: frozenset[int]
    examples: frozenset[int]


def find_told_columns(headers: Sequence[str], lowest: Sequence[str] = ()) -> ToldColumns:
    """By the heads of the columns; ``lowest`` are their last lines, where heads stand in several rows."""
    heads = get_table_heads()
    rest = [*lowest, *[""] * (len(headers) - len(lowest))]

    def find(kind: str) -> list[int]:
        return [i for i, (text, low) in enumerate(zip(headers, rest, strict=True)) if heads.has_kind(text, kind, low)]

    subjects = find("effect_subject")
    subject = subjects[0] if len(subjects) == 1 else None
    return ToldColumns(frozenset(find("effect")), subject, frozenset(find("description")), frozenset(find("examples")))


def choose_lead(
    columns: ToldColumns, column: int, head: T | None, subject: T | None, read: Callable[[T], str], cell: str
) -> T | None:
    """Of whom a cell is told: its row's head, or of an effect the ``subject``; ``read`` gives their words.

    Not the subject where the cell names it: what ``inhibits TSC2`` is another than TSC2. None where nobody is left.
    """
    if column not in columns.effects or subject is None or not read(subject):
        return head
    if re.search(rf"(?<!\w){re.escape(read(subject))}(?!\w)", cell) is None:
        return subject
    return head if head is not None and read(head) != read(subject) else None


def make_lead(head: MappedText, text: str, *, described: bool = False) -> MappedText:
    """What is put in front of a cell: its row's head, then a colon where the cell is names or has a subject of
    its own: side by side two names may look like one.

    Where the column describes the head, "is" before a noun (``Inhibitor of mTORC1``). Empty where the cell begins with
    the head already.
    """
    if not head.text or re.match(rf"{re.escape(head.text)}(?!\w)", text):
        return MappedText("", ())
    if described and _NOUN.match(text) and not begins_statement(text):
        return join([head, _IS])
    return join([head, _COLON if " " in head.text or is_names(text) or _names_subject(text) else SPACE])


def _names_subject(text: str) -> bool:
    if len(text.split()) < _FEWEST_WORDS or _NAME.match(text) is None:
        return False
    return _STATEMENT.search(text) is not None


def drop_marks(content: MappedText) -> MappedText:
    """A cell without marks of footnotes at its end (``CK1†``)."""
    return content.cut(0, len(content.text.rstrip("".join(_MARKS)))) if content.text.endswith(_MARKS) else content


def is_names(text: str) -> bool:
    """Whether a cell is a list of names rather than what is said of something (``Inhibits mTORC1``)."""
    if len(text) > _LONGEST_LIST:
        return False
    items = [item for item in _LIST.split(text.strip(" .")) if item]
    if any(len(item.split()) > _NAME_PARTS for item in items):
        return False
    words = text.split()
    return len(words) == 1 or not (words and _INFLECTED.fullmatch(words[0]))


def begins_statement(text: str) -> bool:
    """Whether a part of a cell begins like a predicate, whose subject is the row's head."""
    return _PREDICATE.match(text) is not None


def split_statements(text: str, breaks: Sequence[int] = (), *, described: bool = False) -> list[tuple[int, int]]:
    """The half-open parts of a cell that the row's head is put in front of: each begins like a predicate but the first.

    ``Binds mTOR. Recruits S6K1. AKT does not.`` has two parts: the last sentence has a subject. A part
    may begin behind a full stop, a semicolon and at the ``breaks`` (line ends within the cell); where the
    column describes the head, nouns begin one too.
    """
    places = sorted({*breaks, *(match.end() for match in _BREAK.finditer(text))})
    begins = (_PREDICATE, _NOUN) if described else (_PREDICATE,)
    starts = [0, *(place for place in places if place and any(begin.match(text, place) for begin in begins))]
    ends = [len(text[:start].rstrip(" ;")) for start in starts[1:]]
    ends.append(len(text.rstrip("".join(_MARKS))) or len(text))
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
