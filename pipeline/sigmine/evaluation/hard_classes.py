"""Kinds of statements that readers find hard, each with a score of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sigmine.evaluation.alignment import Outcome
from sigmine.evaluation.claim import Claim, End, GoldStatement, Span
from sigmine.evaluation.error_classes import crosses

HARD_CLASSES: tuple[str, ...] = ("negated", "hedged", "coordinated", "cross-sentence", "table", "legend")
"""
==============  ========================================================================================
class           a statement is of it if
==============  ========================================================================================
negated         it is denied; right is one that is found and denied, wrong one denied that is not
hedged          it is doubted; likewise
coordinated     its sentence gives the same relation of one of its ends with another end
cross-sentence  an end is named in another sentence only (core statements but for that)
table, legend   it stands in one
==============  ========================================================================================
"""

Tally = tuple[str, Outcome, tuple[int, int, int]]
"""A class, an outcome that belongs to it, and its tp, fp and fn."""


def tally_hard_classes(outcomes: Sequence[Outcome], cross_sentence: Sequence[Outcome]) -> Iterator[Tally]:
    """What counts in which class.

    Args:
        outcomes: of the score.
        cross_sentence: of a score that includes what another sentence is needed for.
    """
    lists = _find_lists(outcomes)
    for outcome in outcomes:
        for flag in ("negated", "hedged"):
            gold = outcome.gold is not None and getattr(outcome.gold, flag)
            ours = outcome.prediction is not None and getattr(outcome.prediction, flag)
            if gold or ours:
                yield flag, outcome, (int(gold and ours), int(ours and not gold), int(gold and not ours))
        claim = outcome.gold or outcome.prediction
        assert claim is not None
        if id(outcome) in lists:
            yield "coordinated", outcome, _tally(outcome)
        if claim.section in ("table", "legend"):
            yield claim.section, outcome, _tally(outcome)
    for outcome in cross_sentence:
        claim = outcome.gold or outcome.prediction
        assert claim is not None
        if claim.cross_sentence if isinstance(claim, GoldStatement) else crosses(claim):
            yield "cross-sentence", outcome, _tally(outcome)


def _tally(outcome: Outcome) -> tuple[int, int, int]:
    return (
        int(outcome.gold is not None and outcome.prediction is not None),
        int(outcome.gold is None),
        int(outcome.prediction is None),
    )


def _find_lists(outcomes: Sequence[Outcome]) -> set[int]:
    """The ids (``id()``) of outcomes whose statement shares relation and one end with another of its side."""
    groups: dict[tuple[object, ...], list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        for claim in (outcome.gold, outcome.prediction):
            for key in _list_roles(claim, outcome.cluster) if claim is not None else ():
                groups[key].append(outcome)
    found = set()
    for outcome in outcomes:
        claim = outcome.gold or outcome.prediction
        assert claim is not None
        if any(len(groups[key]) > 1 for key in _list_roles(claim, outcome.cluster)):
            found.add(id(outcome))
    return found


def _list_roles(claim: Claim, cluster: int) -> Iterator[tuple[object, ...]]:
    """What the statements of a list have in common: side, sentence, relation, and one end."""
    for role, end in (("subject", claim.subject), ("object", claim.object)):
        yield isinstance(claim, GoldStatement), cluster, claim.relation, role, None if end is None else _first_span(end)


def _first_span(end: End) -> Span | str:
    return end.spans[0] if end.spans else end.name.casefold()
