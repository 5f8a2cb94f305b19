"""What a gold set holds, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

from sigmine.evaluation.claim import RELATIONS, End, GoldStatement
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.gold_check import VERDICTS
from sigmine.evaluation.report import JsonObject

_KINDS: dict[str, Callable[[GoldStatement], bool]] = {
    "core": lambda one: one.core,
    "extended": lambda one: not one.core,
    "negated": lambda one: one.negated,
    "hedged": lambda one: one.hedged,
    "indirect": lambda one: not one.direct,
    "cross-sentence": lambda one: one.cross_sentence,
    "with sites": lambda one: bool(one.sites),
    "without subject": lambda one: one.subject is None,
    "with a note": lambda one: bool(one.note),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Statements of one kind: how many in each split (``dev``, ``test``) and in all."""

    name: str
    dev: int
    test: int
    total: int


@dataclass(frozen=True, slots=True)
class GoldStatistics:
    """Counts of statements; ``sentences`` are those that state something, ``names`` the distinct ends.

    ``ends`` counts the ends by type, ``without_identifier`` those molecules that have no CURIE. ``verdicts`` counts the
    readings that curators judged, where the gold has such; what they rejected is no statement and counts nowhere else.
    """

    documents: tuple[Tally, ...]
    relations: tuple[Tally, ...]
    sections: tuple[Tally, ...]
    kinds: tuple[Tally, ...]
    sentences: Tally
    total: Tally
    ends: tuple[tuple[str, int], ...]
    names: int
    sites: int
    without_identifier: tuple[tuple[str, int], ...]
    verdicts: tuple[Tally, ...] = ()

    def to_json(self) -> JsonObject:
        return asdict(self)


def count_gold(gold: Sequence[GoldDocument], *, core: bool = False) -> GoldStatistics:
    """Count; with ``core``, only core statements."""
    statements = [one for document in gold for one in document.statements if one.core or not core]
    ends = [end for one in statements for end in (one.subject, one.object) if end is not None]
    sections = sorted({one.section for one in statements})
    sentences = {(one.document, one.sentence): one for one in statements}
    return GoldStatistics(
        documents=tuple(
            _tally(document.document, (one for one in statements if one.document == document.document))
            for document in gold
        ),
        relations=tuple(
            tally
            for name in RELATIONS
            if (tally := _tally(name, (one for one in statements if one.relation == name))).total
        ),
        sections=tuple(_tally(name, (one for one in statements if one.section == name)) for name in sections),
        kinds=tuple(_tally(name, filter(test, statements)) for name, test in _KINDS.items()),
        sentences=_tally("sentences", sentences.values()),
        total=_tally("statements", statements),
        ends=tuple(Counter(end.type for end in ends).most_common()),
        names=len({end.curie or end.name.casefold() for end in ends}),
        sites=sum(len(one.sites) for one in statements),
        without_identifier=_count_unidentified(ends),
        verdicts=_count_verdicts(gold, core),
    )


def _count_verdicts(gold: Sequence[GoldDocument], core: bool) -> tuple[Tally, ...]:
    readings = [one for document in gold for one in (*document.statements, *document.rejected) if one.core or not core]
    tallies = (_tally(name, (one for one in readings if one.verdict == name)) for name in VERDICTS)
    return tuple(tally for tally in tallies if tally.total)


def _tally(name: str, statements: Iterable[GoldStatement]) -> Tally:
    splits = Counter(one.split for one in statements)
    return Tally(name, splits["dev"], splits["test"], splits.total())


def _count_unidentified(ends: Iterable[End]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(end.name for end in ends if end.curie is None).most_common())
