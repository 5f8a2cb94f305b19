"""Which entity and which site covers a word of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from sigmine.model import Entity, Site

if TYPE_CHECKING:
    from sigmine.grammar.parsed_text import ParsedText

_RESIDUE_SLACK = 9  # characters: "serine" given, "serine residues" found


class MentionIndex:
    """Which entity and which site covers a word of a text.

    ``extents`` gives, for each word of a name, the number of the name's first word and that behind its last.
    """

    def __init__(self, doc: ParsedText, mentions: Sequence[Entity], sites: Sequence[Site]) -> None:
        starts = [word.idx for word in doc]
        self.entities: dict[int, Entity] = {}
        self.extents: dict[int, tuple[int, int]] = {}
        self.sites: dict[int, list[Site]] = {}
        self.all_sites = tuple(sites)
        self.sentences = [
            (words[0].idx, words[-1].idx + len(words[-1]))
            for _, group in groupby(doc, key=attrgetter("sentence_start"))
            if (words := list(group))
        ]
        self._starts = starts
        self._sentence_starts = [start for start, _ in self.sentences]
        for entity in mentions:
            if _is_residue(entity, sites):
                continue
            covered = [i for i in _covered(starts, doc, entity.start, entity.end) if i not in self.entities]
            for i in covered:
                self.entities[i] = entity
                self.extents[i] = (covered[0], covered[-1] + 1)
        for site in sites:
            for index in _covered(starts, doc, site.start, site.end):
                self.sites.setdefault(index, []).append(site)

    def find_word(self, offset: int) -> int:
        """Number of the first word that begins at the character or behind it; that of words if there is none."""
        return bisect_left(self._starts, offset)

    def find_sentence(self, offset: int) -> tuple[int, int]:
        """The half-open characters of the sentence that holds the character."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def make_test_of_others(self, *ends: Entity | None) -> Callable[[int], bool]:
        """A test whether a word, by its number, names something else than the ends."""
        known = {get_identity(end) for end in ends if end is not None}

        def names_other(i: int) -> bool:
            entity = self.entities.get(i)
            return entity is not None and get_identity(entity) not in known

        return names_other


def get_identity(entity: Entity) -> str:
    """What tells molecules apart: the CURIE, or the name in lower case where there is none."""
    return entity.curie or entity.name.lower()


def _is_residue(entity: Entity, sites: Sequence[Site]) -> bool:
    """Whether a mention is a residue, which some annotators give as a chemical ("serine", "Ser-473")."""
    return entity.type == "CHEMICAL" and any(
        site.start < entity.end and entity.start < site.end and abs(len(site.text) - len(entity.text)) <= _RESIDUE_SLACK
        for site in sites
    )


def _covered(starts: list[int], doc: ParsedText, start: int, end: int) -> Iterator[int]:
    index = max(0, bisect_right(starts, start) - 1)
    while index < len(doc) and starts[index] < end:
        if starts[index] + len(doc[index]) > start:
            yield index
        index += 1
