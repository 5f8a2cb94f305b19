"""Lists that pair things up: "A and B inhibit C and D, respectively", "A phosphorylates B at S1 and C at S2"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sigmine.grammar.compile import Grammar
from sigmine.model import Entity, Site
from sigmine.nlp.events import Argument, Event
from sigmine.nlp.mention_index import MentionIndex

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SEPARATORS = frozenset({",", "and", "as", "well", "&"})
_AT = frozenset({"at", "on", "(", "residue", "residues"})
_WINDOW = 30  # words after the trigger in which "respectively" belongs to it


def pair_ends(doc: Doc, event: Event) -> list[tuple[Argument, Argument]]:
    """Every agent with every theme; the first with the first and so on where the text says "respectively"."""
    agents, themes = event.agents, event.themes
    if len(agents) == len(themes) > 1 and _says_respectively(doc, event.anchor):
        in_order = sorted(agents, key=lambda a: a.mention.start), sorted(themes, key=lambda t: t.mention.start)
        return list(zip(*in_order, strict=True))
    return [(agent, theme) for theme in themes for agent in agents]


def pair_sites(doc: Doc, event: Event, theme: Argument, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """The sites of one object; of "A and B at S1 and S2, respectively" each has its own."""
    starts = sorted({argument.mention.start for argument in event.themes})
    own = theme.mention.start
    if len(starts) == len(sites) > 1 and own in starts and _says_respectively(doc, event.anchor):
        return (sorted(sites, key=lambda site: site.start)[starts.index(own)],)
    return sites


def _says_respectively(doc: Doc, anchor: int) -> bool:
    for i in range(anchor + 1, min(len(doc), anchor + _WINDOW)):
        if doc[i].is_sent_start:
            return False
        if doc[i].lower_ == "respectively":
            return True
    return False


def find_gapped(
    doc: Doc, index: MentionIndex, grammar: Grammar, relation: str, theme: Entity
) -> Iterator[tuple[Entity, tuple[Site, ...]]]:
    """The objects that share a verb, each with its own residues: "... B at S1, C at S2 and D (S3)".

    Yields the theme itself first, then those after it; nothing where the text has not at least two such pairs.
    """
    residues = grammar.relations[relation].residues
    pairs = []
    entity: Entity | None = theme
    i = _after(doc, index, theme)
    while entity is not None:
        i, sites = _read_sites(doc, index, i, residues)
        if not sites:
            break
        pairs.append((entity, sites))
        entity, i = _next_entity(doc, index, i)
    if len(pairs) > 1:
        yield from pairs


def _after(doc: Doc, index: MentionIndex, entity: Entity) -> int:
    i = next((token.i for token in doc if token.idx >= entity.start), len(doc))
    while i < len(doc) and index.entities.get(i) is entity:
        i += 1
    if i < len(doc) and doc[i].lower_ == "(" and index.entities.get(i + 1) is not None:
        # the abbreviation in brackets behind a long form
        while i < len(doc) and doc[i].lower_ != ")":
            i += 1
        i += 1
    return i


def _read_sites(doc: Doc, index: MentionIndex, i: int, residues: frozenset[str]) -> tuple[int, tuple[Site, ...]]:
    """The run of residues from word ``i`` on, behind "at", "on" or a bracket, and the word after it."""
    if i >= len(doc) or not (doc[i].lower_ in _AT or i in index.sites):
        return i, ()
    found: list[Site] = []
    last = i
    while i < len(doc) and not (doc[i].is_sent_start and found):
        if i in index.sites:
            found += [site for site in index.sites[i] if site.residue in residues and site not in found]
            last = i + 1
        elif doc[i].lower_ == ")":
            return i + 1, tuple(found)
        elif i in index.entities or doc[i].lower_ not in _AT | _SEPARATORS | {
            "/",
            "-",
            "serines",
            "threonines",
            "both",
        }:
            break
        i += 1
    return last, tuple(found)


def _next_entity(doc: Doc, index: MentionIndex, i: int) -> tuple[Entity | None, int]:
    start = i
    while i < len(doc) and doc[i].lower_ in _SEPARATORS:
        i += 1
    if i == start or i >= len(doc) or i not in index.entities:
        return None, i
    entity = index.entities[i]
    return entity, _after(doc, index, entity)
