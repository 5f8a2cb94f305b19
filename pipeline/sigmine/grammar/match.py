"""Walks a parsed sentence: finds triggers, and the words that a rule's paths lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from sigmine.grammar.compile import Grammar, Role, Rule, TriggerSense
from sigmine.grammar.paths import Edge, Path, PathClasses, Step

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Filler = TypeVar("Filler")
Resolve = Callable[["Token", Role, bool], Sequence[Filler]]
"""What stands at a word for a role (and at the words listed with it, unless the last argument is true); empty if nothing that
the role accepts."""

_CLIMB_LIMIT = 6
_PHRASE_LIMIT = 6
_HYPHENS = frozenset("-‐‑‒–—−")
_PHRASE_TAGS = frozenset({"DT", "JJ", "JJS", "RB", "RBS", "NN", "HYPH", "VBN", "VBG", "PRP$", "CD"})


@dataclass(frozen=True, slots=True)
class Match(Generic[Filler]):
    """A rule at a trigger, with what fills its roles (a role that found nothing is absent)."""

    rule: Rule
    sense: TriggerSense
    trigger: int
    fillers: dict[str, tuple[Filler, ...]]


def has_edge(token: Token, edges: Sequence[Edge], words: frozenset[str] = frozenset()) -> bool:
    """Whether the word hangs on its head by one of the edges (and is one of the words, if any are given)."""
    label, lower = token.dep_, token.lower_
    if words and lower not in words:
        return False
    return any(
        edge.label == label
        and (not edge.words or lower in edge.words)
        and (not edge.tags or token.tag_ in edge.tags)
        for edge in edges
    )


def climb(token: Token, classes: PathClasses) -> Iterator[Token]:
    """The word itself, then the words it shares its subject with, nearest first; ends at a word with a subject."""
    for _ in range(_CLIMB_LIMIT):
        yield token
        if any(has_edge(child, classes.subjects) for child in token.children):
            return
        for path in classes.climbs:
            reached = next(iter(walk(token, path, classes)), None)
            if reached is not None:
                token = reached
                break
        else:
            return


def walk(token: Token, path: Path, classes: PathClasses) -> Iterator[Token]:
    """The words at the end of a path, in text order for each step; none twice."""
    seen: set[int] = set()
    for reached in _walk(token, path, classes):
        if reached.i not in seen:
            seen.add(reached.i)
            yield reached


def _walk(token: Token, path: Sequence[Step], classes: PathClasses) -> Iterator[Token]:
    if not path:
        yield token
        return
    step, rest = path[0], path[1:]
    if step.way == ".":
        yield from _walk(token, rest, classes)
    elif step.way == ",":
        before = _word_before_comma(token)
        if before is not None:
            yield from _walk(before, rest, classes)
    elif step.way in "~+":
        beside = _word_before(token) if step.way == "~" else _word_after(token)
        if beside is not None and (not step.words or beside.lower_ in step.words):
            yield from _walk(beside, rest, classes)
    elif step.way == ":":
        for listed in _words_listed(token):
            yield from _walk(listed, rest, classes)
    elif step.way == "^":
        for upper in climb(token, classes):
            yield from _walk(upper, rest, classes)
    else:
        if step.way == ">":
            for child in token.children:
                if has_edge(child, step.edges, step.words):
                    yield from _walk(child, rest, classes)
        elif token.head.i != token.i and has_edge(token, step.edges, step.words):
            yield from _walk(token.head, rest, classes)
        if step.optional:
            yield from _walk(token, rest, classes)


def _word_before(token: Token) -> Token | None:
    """The word right before, over a hyphen or a bracketed abbreviation ("glycogen synthase kinase 3 (GSK3) phosphorylation")."""
    doc, i, start = token.doc, token.i - 1, find_sentence_start(token)
    if i > start and doc[i].lower_ in _HYPHENS:
        i -= 1
    if i > start and doc[i].lower_ == ")":
        while i > start and doc[i].lower_ != "(":
            i -= 1
        i -= 1
    return doc[i] if i >= start else None


def _word_after(token: Token) -> Token | None:
    """The next word of the sentence, over an article."""
    doc, i = token.doc, token.i + 1
    if i < len(doc) and doc[i].lower_ in {"the", "a", "an"}:
        i += 1
    return doc[i] if i < len(doc) and not doc[i].is_sent_start else None


def _words_listed(token: Token) -> Iterator[Token]:
    """The words after "<token>:" to the end of the sentence, or in the brackets right behind it; a bracketed synonym before
    the colon is passed over."""
    doc, i = token.doc, token.i + 1
    closing = _find_closing(token)
    if closing is not None and closing + 1 < len(doc) and doc[closing + 1].lower_ == ":":
        i, closing = closing + 1, None
    if closing is None and (i >= len(doc) or doc[i].lower_ != ":"):
        return
    listed = []
    i += 1
    while i < len(doc) and not doc[i].is_sent_start and i != closing:
        if doc[i].tag_.startswith(("VB", "PRP")):
            return  # a clause, not a list
        listed.append(doc[i])
        i += 1
    yield from listed


def _find_closing(token: Token) -> int | None:
    """Index of the bracket that closes the one right behind the word; None where none opens there."""
    doc, i = token.doc, token.i + 1
    if i >= len(doc) or doc[i].lower_ != "(":
        return None
    depth = 0
    while i < len(doc) and not doc[i].is_sent_start:
        depth += {"(": 1, ")": -1}.get(doc[i].lower_, 0)
        if depth == 0:
            return i
        i += 1
    return None


def find_sentence_start(token: Token) -> int:
    """Index of the first word of the word's sentence. (``token.sent`` goes through the whole Doc each time.)"""
    doc, i = token.doc, token.i
    while i > 0 and not doc[i].is_sent_start:
        i -= 1
    return i


def _word_before_comma(token: Token) -> Token | None:
    """The word before "A, the well-known <token>": the comma or bracket in front of the token's own noun phrase."""
    doc, i, start = token.doc, token.i - 1, find_sentence_start(token)
    while i > start and token.i - i <= _PHRASE_LIMIT and doc[i].tag_ in _PHRASE_TAGS:
        i -= 1
    if i <= start or token.i - i < 2:
        return None
    if doc[i].lower_ == "(":
        return doc[i - 1]
    return _word_before(doc[i]) if doc[i].lower_ == "," and doc[i + 1].tag_ == "DT" else None


def find_senses(doc: Doc, index: int, grammar: Grammar) -> tuple[TriggerSense, ...]:
    """The longest readings of a word as a trigger; empty if it is none."""
    senses = grammar.triggers.get(doc[index].lower_)
    if not senses:
        return ()
    found: list[TriggerSense] = []
    for sense in senses:
        if found and sense.length < found[0].length:
            break
        start, end = index - len(sense.before), index + 1 + len(sense.after)
        if start < 0 or end > len(doc):
            continue
        if all(doc[start + k].lower_ == word for k, word in enumerate(sense.before)) and all(
            doc[index + 1 + k].lower_ == word for k, word in enumerate(sense.after)
        ):
            found.append(sense)
    return tuple(found)


def match_rule(token: Token, sense: TriggerSense, rule: Rule, grammar: Grammar, resolve: Resolve[Filler]) -> Match[Filler] | None:
    """The rule at this trigger, or None if a word form, tag, needed child or required role is not there."""
    if rule.forms and sense.form not in rule.forms:
        return None
    if rule.tags and token.tag_ not in rule.tags:
        return None
    if any(not any(has_edge(child, edges) for child in token.children) for edges in rule.needs):
        return None
    if any(any(has_edge(child, edges) for child in token.children) for edges in rule.without):
        return None
    fillers: dict[str, tuple[Filler, ...]] = {}
    for role in rule.roles:
        found = _fill(token, role, grammar.paths, resolve)
        if found:
            fillers[role.name] = found
        elif role.required:
            return None
    return Match(rule, sense, token.i, fillers)


def _fill(token: Token, role: Role, classes: PathClasses, resolve: Resolve[Filler]) -> tuple[Filler, ...]:
    for path in role.paths:
        single = path[-1].way in ",:"
        found = [filler for word in walk(token, path, classes) for filler in resolve(word, role, single)]
        if found:
            return tuple(found)
    return ()
