"""Ends that pair up: "A and B inhibit C and D, respectively"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sigmine.nlp.events import Argument, Event

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText

_WINDOW = 30  # words after the trigger in which "respectively" belongs to it


def pair_ends(doc: ParsedText, event: Event) -> list[tuple[Argument, Argument]]:
    """Every agent with every theme; the first with the first and so on where the text says "respectively"."""
    agents, themes = event.agents, event.themes
    if len(agents) == len(themes) > 1 and says_respectively(doc, event.anchor):
        in_order = sorted(agents, key=lambda a: a.mention.start), sorted(themes, key=lambda t: t.mention.start)
        return list(zip(*in_order, strict=True))
    return [(agent, theme) for theme in themes for agent in agents]


def says_respectively(doc: ParsedText, anchor: int) -> bool:
    """Whether the text pairs up the lists around the trigger word."""
    for i in range(anchor + 1, min(len(doc), anchor + _WINDOW)):
        if doc[i].is_sent_start:
            return False
        if doc[i].lower_ == "respectively":
            return True
    return False
