"""How a rule fared at a trigger: the words its paths went over, what filled its roles, and what was missing.

``match_rule`` stops at the first thing that is missing; here all of it is looked at, for people to read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from sigmine.grammar.compile import Grammar, Role, Rule, TriggerSense
from sigmine.grammar.match import Resolve, has_edge, walk
from sigmine.grammar.paths import Edge, Path, PathClasses, Step

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedWord

Filler = TypeVar("Filler")
Trail = tuple[int, ...]
"""The words that a path went over, the trigger first."""


@dataclass(frozen=True, slots=True)
class RoleTrace(Generic[Filler]):
    """What a role's paths led to.

    Attributes:
        path: the path that filled it; None if none did.
        fillers: what fills it, each with the trail to the word that it was found at.
        reached: words that a path led to although nothing acceptable stands there, nearest path first.
    """

    role: Role
    path: Path | None = None
    fillers: tuple[tuple[Filler, Trail], ...] = ()
    reached: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that kept a rule from firing.

    Attributes:
        kind: ``form``, ``tag``, ``needs``, ``without`` or ``role``.
        name: the class or the role; empty for a form or tag.
        found: the trigger's form or tag, or the excluded child.
        wanted: the forms or tags that the rule takes; of a role, its paths.
        reached: of a role, the words that its paths led to.
    """

    kind: str
    name: str = ""
    found: str = ""
    wanted: tuple[str, ...] = ()
    reached: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTrace(Generic[Filler]):
    """A rule at a trigger; it fired if nothing is missing."""

    rule: Rule
    sense: TriggerSense
    trigger: int
    roles: tuple[RoleTrace[Filler], ...]
    missing: tuple[Missing, ...]


def trace_rule(
    token: ParsedWord, sense: TriggerSense, rule: Rule, grammar: Grammar, resolve: Resolve[Filler]
) -> RuleTrace[Filler]:
    """The rule at this trigger; ``missing`` is empty exactly where ``match_rule`` gives a match."""
    classes = grammar.paths
    missing = []
    if rule.forms and sense.form not in rule.forms:
        missing.append(Missing("form", found=sense.form, wanted=tuple(sorted(rule.forms))))
    if rule.tags and token.tag_ not in rule.tags:
        missing.append(Missing("tag", found=token.tag_, wanted=tuple(sorted(rule.tags))))
    for edges in rule.needs:
        if not any(has_edge(child, edges) for child in token.children):
            missing.append(Missing("needs", name_class(edges, classes)))
    for edges in rule.without:
        child = next((child for child in token.children if has_edge(child, edges)), None)
        if child is not None:
            missing.append(Missing("without", name_class(edges, classes), child.text))
    roles = tuple(_trace_role(token, role, classes, resolve) for role in rule.roles)
    for trace in roles:
        if trace.role.required and not trace.fillers:
            wanted = tuple(format_path(path, classes) for path in trace.role.paths)
            missing.append(Missing("role", trace.role.name, wanted=wanted, reached=trace.reached))
    return RuleTrace(rule, sense, token.i, roles, tuple(missing))


def _trace_role(token: ParsedWord, role: Role, classes: PathClasses, resolve: Resolve[Filler]) -> RoleTrace[Filler]:
    reached: dict[int, None] = {}
    for path in role.paths:
        trails = list(find_trails(token, path, classes))
        found = [(filler, trail) for trail in trails for filler in resolve(token.doc[trail[-1]], role, path[-1].way)]
        if found:
            return RoleTrace(role, path, tuple(found))
        reached |= dict.fromkeys(trail[-1] for trail in trails)
    return RoleTrace(role, reached=tuple(reached))


def find_trails(token: ParsedWord, path: Path, classes: PathClasses) -> Iterator[Trail]:
    """The ways along a path, one to each word that ``walk`` gives, in its order."""
    seen: set[int] = set()
    for trail in _follow(token, path, classes):
        if trail[-1] not in seen:
            seen.add(trail[-1])
            yield trail


def _follow(token: ParsedWord, path: Sequence[Step], classes: PathClasses) -> Iterator[Trail]:
    if not path:
        yield (token.i,)
        return
    step, rest = path[0], path[1:]
    for word in walk(token, (replace(step, optional=False),), classes):
        for trail in _follow(word, rest, classes):
            yield trail if word.i == token.i else (token.i, *trail)
    if step.optional:
        yield from _follow(token, rest, classes)


def format_path(path: Path, classes: PathClasses) -> str:
    """The path as the rule files write it."""
    return " ".join(_format_step(step, classes) for step in path)


def _format_step(step: Step, classes: PathClasses) -> str:
    name = name_class(step.edges, classes) if step.edges else ""
    words = f"({'|'.join(sorted(step.words))})" if step.words else ""
    lacks = f"!{name_class(step.lacks, classes)}" if step.lacks else ""
    return f"{step.way}{name}{words}{lacks}{'?' if step.optional else ''}"


def name_class(edges: Sequence[Edge], classes: PathClasses) -> str:
    """The first class of ``paths/*.yml`` that has these edges."""
    known = tuple(edges)
    return next((name for name, own in classes.classes.items() if own == known), "?")
