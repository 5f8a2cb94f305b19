"""Dependency paths: how a template says where, seen from the trigger, an argument stands.

A path is steps separated by spaces:

- ``>obj`` goes down to a child whose label is in the class ``obj``; ``>prep(by|via)`` narrows the class to some words,
  ``>conj!subj`` to words that have no child of the class ``subj``;
- ``<amod`` goes up to the head, if the word's own label is in the class ``amod``;
- ``^`` goes up through words that share their subject (conjoined verbs, infinitives, participles) as long as the word
  has no subject of its own;
- ``,`` goes to the word before the comma (or bracket) in front of the word's own noun phrase: "A, a regulator";
- ``~`` goes to the word right before, over a hyphen or a bracket, ``+`` to the word right after; they help where the
  parse is often wrong;
- ``~~`` goes to the noun before the word, over auxiliaries and adverbs, if no preposition governs it, ``++`` to the
  last noun of the noun phrase after it, ``+..(by)`` to the next of the given words, if no verb stands between;
- ``:`` goes to the words listed behind the word after a colon or in brackets: "inhibitors: A, B", "inhibitors (A, B)";
- ``=(have|exert)`` stays where it is, if the word is one of these, ``!agent`` if the word has no child of the class;
- ``.`` is the trigger itself.

A step that ends in ``?`` may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_STEP = re.compile(r"(?P<way>[<>!])(?P<name>[a-z_]+)(?:\((?P<words>[^)]*)\))?(?:!(?P<lacks>[a-z_]+))?(?P<optional>\?)?")
_BESIDE = re.compile(r"(?P<way>~~|\+\+|\+\.\.|[~+]|=(?=\())(?:\((?P<words>[^)]*)\))?")
_CLASS_ITEM = re.compile(r"(?P<label>[A-Za-z_]+)(?:\((?P<words>[^)]*)\))?(?:\[(?P<tags>[^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Edge:
    """One label of a class: a dependency label, the words it is limited to (empty: any) and the tags (empty: any)."""

    label: str
    words: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path; ``way`` is the sign that it begins with."""

    way: str
    edges: tuple[Edge, ...] = ()
    words: frozenset[str] = frozenset()
    optional: bool = False
    lacks: tuple[Edge, ...] = ()


Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PathClasses:
    """What ``rules/paths/*.yml`` says: classes of labels, paths by which a subject is shared, and the named paths."""

    classes: Mapping[str, tuple[Edge, ...]]
    climbs: tuple[Path, ...]
    subjects: tuple[Edge, ...]
    named: Mapping[str, tuple[Path, ...]]


def split_words(text: str | None) -> frozenset[str]:
    """``by|via`` to its words; the empty set for None."""
    return frozenset(word.strip() for word in text.split("|")) if text else frozenset()


def parse_class(items: list[str]) -> tuple[Edge, ...]:
    """``["agent", "prep(by|via)", "acl[VBN]"]`` to edges.

    Raises:
        ValueError: an item is not a label with optional words and tags.
    """
    edges = []
    for item in items:
        match = _CLASS_ITEM.fullmatch(item)
        if not match:
            raise ValueError(f"{item!r} is not a label such as nsubj, prep(by|via) or acl[VBN]")
        edges.append(Edge(match["label"], split_words(match["words"]), split_words(match["tags"])))
    return tuple(edges)


def parse_path(text: str, classes: Mapping[str, tuple[Edge, ...]]) -> Path:
    """A path from its text.

    Raises:
        ValueError: a step is malformed or names an unknown class; the message lists what is allowed.
    """
    steps: list[Step] = []
    for part in text.split():
        if part in ("^", ".", ",", ":"):
            steps.append(Step(part))
            continue
        beside = _BESIDE.fullmatch(part)
        if beside:
            steps.append(Step(beside["way"], words=split_words(beside["words"])))
            continue
        match = _STEP.fullmatch(part)
        if not match:
            raise ValueError(f"{part!r} is not a step such as >obj, <amod, >prep(by), >in? ^ or ,")
        for name in (match["name"], match["lacks"]):
            if name is not None and name not in classes:
                raise UnknownNameError(name, tuple(classes), f"path class in {text!r}")
        lacks = classes[match["lacks"]] if match["lacks"] else ()
        edges, words = classes[match["name"]], split_words(match["words"])
        steps.append(Step(match["way"], edges, words, bool(match["optional"]), lacks))
    if not steps:
        raise ValueError("a path needs at least one step; '.' is the trigger itself")
    return tuple(steps)


class UnknownNameError(ValueError):
    """A name that is not among the known ones; the message gives the nearest."""

    def __init__(self, name: str, known: tuple[str, ...], what: str) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, known, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        super().__init__(f"unknown {what}: {name!r}{hint} Known: {', '.join(sorted(known))}")
