"""What stands behind a word for the grammar: molecules (``Argument``) and what is said of them (``Event``)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sigmine.grammar.compile import Grammar, Rule
from sigmine.grammar.expand import ENTITY
from sigmine.model import Entity, Site


@dataclass(frozen=True, slots=True)
class Argument:
    """A molecule at one end of a relation, and how the text gets there.

    Attributes:
        mention: the molecule.
        inner: ``ENTITY``, or the relation that stands between ("activation of B" as the object of "blocks").
        sign: -1 where the text takes the molecule away first ("loss of A"), else 1.
        sites: residues named with an inner modification.
        cues: why sign or reference are as they are.
        prior: factor on the rule's prior for the detours taken.
        denied: the words that take it out of a list ("but not"); None elsewhere.
        doubted: the adverb that makes it a possible member ("A and possibly B"); None elsewhere.
    """

    mention: Entity
    inner: str = ENTITY
    sign: int = 1
    sites: tuple[Site, ...] = ()
    cues: tuple[str, ...] = ()
    prior: float = 1.0
    denied: str | None = None
    doubted: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One rule at one trigger word, with all that fills its roles (lists are expanded later)."""

    relation: str
    rule: Rule
    trigger: tuple[int, int]
    anchor: int
    agents: tuple[Argument, ...]
    themes: tuple[Argument, ...]
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One relation between two molecules before flags: an event with one agent and one theme picked out."""

    relation: str
    agent: Argument | None
    theme: Argument
    sites: tuple[Site, ...]
    direct: bool
    prior: float
    event: Event


def compose(grammar: Grammar, outer: str, inner: str) -> tuple[str, bool] | None:
    """What "A <outer> the <inner> of B" says of A and B: (relation, direct), or None if nothing."""
    if inner == ENTITY and (outer, ENTITY) not in grammar.composition:
        return outer, True
    return grammar.composition.get((outer, inner))


def flip(grammar: Grammar, relation: str) -> tuple[str, bool] | None:
    """What the relation becomes where A was taken away first; None where that says nothing."""
    return grammar.composition.get(("inhibits", relation))


def as_theme(grammar: Grammar, event: Event) -> list[Argument]:
    """The event as the object of another: one argument for each molecule it is about."""
    arguments = []
    for theme in event.themes:
        composed = compose(grammar, event.relation, theme.inner)
        if composed is None:
            continue
        sites = event.sites or theme.sites
        arguments.append(replace(theme, inner=composed[0], sites=sites, prior=theme.prior * 0.97))
    return arguments


def as_agent(grammar: Grammar, event: Event, token: int, modifications: frozenset[str]) -> list[Argument]:
    """The event as the subject of another: "loss of A" is A with the sign turned; "phosphorylation of B by A" is A."""
    if event.relation in modifications:
        if event.agents:
            return [replace(agent, prior=agent.prior * 0.9) for agent in event.agents]
        cue = f"state:{event.relation}"
        return [replace(theme, cues=(*theme.cues, cue), prior=theme.prior * 0.8) for theme in event.themes]
    sign = grammar.relations[event.relation].sign
    if sign == 0:
        return []
    arguments = []
    for theme in event.themes:
        inner_sign = 1 if theme.inner == ENTITY else grammar.relations[theme.inner].sign or 1
        whole = sign * inner_sign * theme.sign
        cue = f"{'loss' if whole < 0 else 'gain'}:{token}"
        arguments.append(replace(theme, inner=ENTITY, sign=whole, sites=(), cues=(*theme.cues, cue)))
    return arguments
