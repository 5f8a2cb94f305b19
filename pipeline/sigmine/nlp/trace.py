"""What ``sigmine.nlp.explain`` says of a sentence: plain values, which ``dataclasses.asdict`` turns into JSON."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the way from a trigger to an end; ``way`` is ``>`` (down), ``<`` (up) or empty for the first.

    ``label`` is the dependency label of the edge that was gone over.
    """

    text: str
    way: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class EndTrace:
    """How a rule came to an end of a statement.

    Attributes:
        role: ``agent`` or ``theme``; name, start, end: of the molecule.
        path: the path of the rule file that led there; empty where the end was found in another way (a list).
        reached: the word at the end of that path: the molecule's, or one that stands for it.
        words: the way through the parse from the trigger to the molecule or, where a pronoun or the like stands for
            it (``coref:`` in the cues), to that; empty where there is no way.
        cues: what stood for it or turned its sign, as in ``RelationMention.cues``.
        curie, reason, alternatives: its identity, or why it has none and what it may be, as in ``Entity``.
    """

    role: str
    name: str
    start: int
    end: int
    path: str = ""
    reached: str = ""
    words: tuple[Word, ...] = ()
    cues: tuple[str, ...] = ()
    curie: str | None = None
    reason: str | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteTrace:
    """A residue and how it was bound to its statement."""

    name: str
    text: str
    start: int
    bound: str


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule at a trigger that did not fire, with all that was missing; ``roles`` are the required ones it filled."""

    rule: str
    example: str
    place: str
    roles: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatementTrace:
    """A statement of the sentence and why it was read.

    Attributes:
        rule, example: the rule and its template's example; ``template_place`` and ``words_place``: file and line of the
            variant and of the group of trigger words; empty where today's grammar has no such rule.
        claim: its type; ``claimed`` the word that tells it, None where it is asserted or the hedge tells it.
        negated, hedged, indirect: the word or reason behind each flag; None where the flag is not set.
        cues: as in ``RelationMention.cues``.
        also: other rules that read the same ends, at this trigger or another, each as ``rule at "word"``.
        near: rules at the same trigger that did not fire, nearest first.
    """

    id: str
    relation: str
    subject: str | None
    object: str
    trigger: str
    start: int
    end: int
    rule: str
    example: str
    template_place: str
    words_place: str
    belief: float
    ends: tuple[EndTrace, ...]
    sites: tuple[SiteTrace, ...]
    negated: str | None
    hedged: str | None
    claim: str
    claimed: str | None
    indirect: str | None
    cues: tuple[str, ...]
    also: tuple[str, ...]
    near: tuple[RuleNote, ...]


@dataclass(frozen=True, slots=True)
class TriggerTrace:
    """A trigger word that gave no statement of its own, and why; ``near`` as in ``StatementTrace``."""

    trigger: str
    start: int
    end: int
    relations: tuple[str, ...]
    reasons: tuple[str, ...]
    near: tuple[RuleNote, ...]


@dataclass(frozen=True, slots=True)
class SentenceTrace:
    """One sentence: ``start`` and ``end`` are its characters in ``Document.text``, ``text`` those characters."""

    document: str
    start: int
    end: int
    text: str
    statements: tuple[StatementTrace, ...]
    silent: tuple[TriggerTrace, ...]
