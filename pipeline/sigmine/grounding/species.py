"""Which molecules a text says to be those of yeast, fly, plants or bacteria, so that no human gene is what they are.

Genes of vertebrates go by the human gene (a mouse gene is its human orthologue here, as in the gold). Further away
names stop to mean the same: TORC1 members of yeast, Tor of Drosophila.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sigmine.model import Entity
from sigmine.resources.lexicon import Lexicon

FOREIGN: frozenset[str] = frozenset(
    f"ncbitaxon:{number}" for number in (4932, 4896, 5476, 7227, 6239, 44689, 3702, 562, 1423)
)
"""Species whose genes are not given human identities: yeasts, fly, worm, slime mould, thale cress, bacteria."""

_KIND = r"(?:proteins?|genes?|kinases?|complex|homolog(?:ue)?s?|ortholog(?:ue)?s?)"
_BEFORE = re.compile(rf"(?:'s|’s)?[\s-]+(?:{_KIND}\s+)?")
"""What may stand between a species and the molecule after it: "Drosophila S6K", "yeast protein Tor1"."""
_AFTER = re.compile(rf"\s+(?:{_KIND}\s+)?(?:of|from)\s+(?:the\s+)?(?:\w+\s)?")
"""What may stand between a molecule and its species: "Tor1 of budding yeast"."""
_LISTED = re.compile(r"\s*(?:,|/|and|or|, and|, or|,? as well as)\s*")
_METHOD = re.compile(r"[\s-]+(?:one|two|three|1|2|3)[\s-]*hybrid|[\s-]+(?:strains?|cells?|extracts?)\b", re.IGNORECASE)
"""After the name of a species: it is a tool there, whose molecules may be another's."""
ENOUGH = 3
"""So many times a document must name foreign species, and no other, for all its molecules to be theirs."""
_TOOLS = frozenset({"ncbitaxon:562", "ncbitaxon:1423"})
"""Species that documents on human molecules name alone: they carry the plasmid, or infect the cell."""


def find_foreign(mentions: Sequence[Entity], text: str, lexicon: Lexicon) -> dict[int, str]:
    """The start of each mention that the text says to be of a species in ``FOREIGN``, and that species' name.

    It is said beside the molecule ("yeast TORC1", "Tor of Drosophila", "yeast Tor1 and Tor2"), or by a document that
    names foreign species alone, and often (``ENOUGH``). One sentence on "GATA4 and PIAS1 in yeast" does not say that:
    yeast is where the two were brought together. Empty without text.

    Args:
        mentions: of one document, grounded or not.
        text: the document's.
    """
    if not any(one.type == "SPECIES" for one in mentions):
        return {}
    named = [(one, *found) for one in mentions if one.type == "SPECIES" and (found := _identify(one, lexicon))]
    named = [row for row in named if not _METHOD.match(text, row[0].end)]
    foreign = {one.start: (one, name) for one, curie, name in named if curie in FOREIGN}
    if not foreign or not text:
        return {}
    if len(foreign) == len(named) >= ENOUGH and not any(curie in _TOOLS for _, curie, _ in named):
        names = [name for _, name in foreign.values()]
        return {one.start: max(names, key=names.count) for one in mentions}
    return dict(_find_beside(sorted(mentions, key=lambda one: (one.start, one.end)), foreign, text))


def _identify(mention: Entity, lexicon: Lexicon) -> tuple[str, str] | None:
    """CURIE and name of a species, or None."""
    matches = lexicon.lookup(mention.text, types=("SPECIES",))
    return (matches[0].curie, matches[0].name) if matches and matches[0].curie else None


def _find_beside(
    mentions: Sequence[Entity], foreign: dict[int, tuple[Entity, str]], text: str
) -> Iterator[tuple[int, str]]:
    found: dict[int, str] = {}
    for index, mention in enumerate(mentions):
        if mention.start in foreign:
            continue
        before = mentions[index - 1] if index else None
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if before is not None:
            gap = text[before.end : mention.start]
            if before.start in foreign and _BEFORE.fullmatch(gap):
                found[mention.start] = foreign[before.start][1]
            elif before.start in found and _LISTED.fullmatch(gap):
                found[mention.start] = found[before.start]
        if after is not None and after.start in foreign and _AFTER.fullmatch(text[mention.end : after.start]):
            found[mention.start] = foreign[after.start][1]
    yield from found.items()
