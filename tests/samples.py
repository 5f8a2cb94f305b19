"""Documents and mentions made from plain words, for tests of what comes after the grammar."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sigmine.model import Document, Entity, RelationMention, Site, Trigger

CURIES = {"AKT1": "hgnc:391", "TSC2": "hgnc:12363", "MTOR": "hgnc:3942", "RPS6KB1": "hgnc:10436"}


def make_entity(document: Document, text: str, *, name: str = "", type: str = "PROTEIN", at: int = 0) -> Entity:
    """The first occurrence of ``text`` from ``at`` on; its CURIE where the name is in ``CURIES``."""
    start = document.text.index(text, at)
    name = name or text
    return Entity(text, start, start + len(text), type, name, CURIES.get(name))


def make_mention(
    document: Document,
    relation: str,
    subject: str | None,
    object: str,
    *,
    sites: Sequence[str] = (),
    sentence: tuple[int, int] | None = None,
    prior: float = 0.8,
    negated: bool = False,
    hedged: bool = False,
    direct: bool = True,
) -> RelationMention:
    """A mention whose ends and sites (``S939``) are words of the sentence (default: the whole text)."""
    start, end = sentence or (0, len(document.text))
    word = re.search(r"\b\w+ates\b|\bbinds\b|\bactivates\b|\binhibits\b", document.text[start:end])
    low, high = word.span() if word else (0, 1)
    residues = []
    for site in sites:
        at = document.text.index(site, start)
        residues.append(Site(site[0], int(site[1:]) if site[1:] else None, site, at, at + len(site)))
    return RelationMention(
        relation=relation,
        subject=make_entity(document, subject, at=start) if subject else None,
        object=make_entity(document, object, at=start),
        sites=tuple(residues),
        trigger=Trigger(document.text[start + low : start + high], start + low, start + high),
        rule=f"{relation}/transitive_verb.active",
        sentence=(start, end),
        prior=prior,
        negated=negated,
        claim="hypothesised" if hedged else "asserted",
        direct=direct,
    )
