"""Walks a parsed sentence: finds triggers, and the words that a rule's paths lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from sigmine.grammar.compile import Grammar, Role, Rule, TriggerSense
from sigmine.grammar.match_layout import (
    find_next_of,
    find_noun_after,
    find_noun_before,
    find_word_after,
    find_word_before,
    find_word_before_comma,
    find_words_listed,
)
from sigmine.grammar.paths import Edge, Path, PathClasses, Step

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText, ParsedWord

Filler = TypeVar("Filler")
Resolve = Callable[["ParsedWord", Role, str], Sequence[Filler]]
"""What stands at a word, and at those listed with it, for a role; last, the way of the path's last step."""

_CLIMB_LIMIT = 6


@dataclass(frozen=True, slots=True)
class Match(Generic[Filler]):
    """A rule at a trigger, with what fills its roles (a role that found nothing is absent)."""

    rule: Rule
    sense: TriggerSense
    trigger: int
    fillers: dict[str, tuple[Filler, ...]]


def has_edge(token: ParsedWord, edges: Sequence[Edge], words: frozenset[str] = frozenset()) -> bool:
    """Whether the word hangs on its head by one of the edges (and is one of the words, if any are given)."""
    label, lower = token.dep_, token.lower_
    if words and lower not in words:
        return False
    for edge in edges:  # the innermost loop of the program: any() would cost three times as much
        if (
            edge.label == label
            and (not edge.words or lower in edge.words)
            and (not edge.tags or token.tag_ in edge.tags)
        ):
            return True
    return False


def _has_child(token: ParsedWord, edges: Sequence[Edge]) -> bool:
    for child in token.children:  # noqa: SIM110 - any() takes twice as long
        if has_edge(child, edges):
            return True
    return False


def climb(token: ParsedWord, classes: PathClasses) -> Iterator[ParsedWord]:
    """The word itself, then the words it shares its subject with, nearest first; ends at a word with a subject."""
    for _ in range(_CLIMB_LIMIT):
        yield token
        if _has_child(token, classes.subjects):
            return
        for path in classes.climbs:
            reached = next(iter(walk(token, path, classes)), None)
            if reached is not None:
                token = reached
                break
        else:
            return


def walk(token: ParsedWord, path: Path, classes: PathClasses) -> tuple[ParsedWord, ...]:
    """The words at the end of a path, in text order for each step; none twice."""
    key = (token.i, id(path))
    known = token.doc.walks.get(key)
    if known is None:  # kept with its path, so that no other path gets that id
        reached = [token]
        for step in path:
            reached = [word for start in reached for word in _take(start, step, classes)]
            if not reached:
                break
        words = tuple({word.i: word for word in reached}.values()) if len(reached) > 1 else tuple(reached)
        known = token.doc.walks[key] = (path, words)
    return known[1]


def _take(token: ParsedWord, step: Step, classes: PathClasses) -> list[ParsedWord]:
    """Where one step leads, last of all to the word itself if the step may be left out."""
    if step.way == ">":
        found = [
            child
            for child in token.children
            if has_edge(child, step.edges, step.words) and not (step.lacks and _has_child(child, step.lacks))
        ]
    else:
        found = list(_follow(token, step, classes))
    if step.optional:
        found.append(token)
    return found


def _follow(token: ParsedWord, step: Step, classes: PathClasses) -> Iterator[ParsedWord]:
    """Where one step leads, but for that to children; see ``sigmine.grammar.paths`` for the ways."""
    if step.way == "<":
        if token.head.i != token.i and has_edge(token, step.edges, step.words):
            yield token.head
    elif step.way == "^":
        yield from climb(token, classes)
    elif step.way == ":":
        yield from find_words_listed(token)
    elif step.way == ".":
        yield token
    elif step.way == "!":
        if not _has_child(token, step.edges):
            yield token
    elif step.way == "=":
        if token.lower_ in step.words:
            yield token
    else:
        beside = find_next_of(token, step.words) if step.way == "+.." else _BESIDE[step.way](token)
        if beside is not None and (not step.words or beside.lower_ in step.words):
            yield beside


_BESIDE = {
    "~~": find_noun_before,
    "++": find_noun_after,
    "~": find_word_before,
    "+": find_word_after,
    ",": find_word_before_comma,
}


def find_senses(doc: ParsedText, index: int, grammar: Grammar) -> tuple[TriggerSense, ...]:
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


def match_rule(
    token: ParsedWord, sense: TriggerSense, rule: Rule, grammar: Grammar, resolve: Resolve[Filler]
) -> Match[Filler] | None:
    """The rule at this trigger, or None if a word form, tag, needed child or required role is not there."""
    if rule.forms and sense.form not in rule.forms:
        return None
    if rule.tags and token.tag_ not in rule.tags:
        return None
    for edges in rule.needs:
        if not _has_child(token, edges):
            return None
    for edges in rule.without:
        if _has_child(token, edges):
            return None
    fillers: dict[str, tuple[Filler, ...]] = {}
    for role in rule.roles:
        found = _fill(token, role, grammar.paths, resolve)
        if found:
            fillers[role.name] = found
        elif role.required:
            return None
    return Match(rule, sense, token.i, fillers)


def _fill(token: ParsedWord, role: Role, classes: PathClasses, resolve: Resolve[Filler]) -> tuple[Filler, ...]:
    for path in role.paths:
        way = path[-1].way
        found = [filler for word in walk(token, path, classes) for filler in resolve(word, role, way)]
        if found:
            return tuple(found)
    return ()
