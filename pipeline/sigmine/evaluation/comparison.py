"""Two outputs side by side: what one states and the other does not, and what both state with a difference."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sigmine.evaluation.alignment import Options, align, assign_documents
from sigmine.evaluation.claim import End, Prediction, Span, is_unordered
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.judged import find_judged

JsonObject = dict[str, Any]
ASPECTS: tuple[str, ...] = ("rule", "negated", "hedged", "direct", "sites", "subject", "object")
"""What may differ between two mentions of one relation at one place; of subject and object, the identity."""


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect that differs."""

    aspect: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that was gained, lost or changed.

    Attributes:
        kind: ``gained``, ``lost`` or ``changed``.
        id: in the output that has it; of a changed one, in the later output. So are all that follow.
        sentence: characters in the file; ``text``: the sentence.
        verdict: ``right`` or ``wrong`` by the gold; ``not counted`` where it repeats another statement, is outside the
            score, or the gold lacks the document; None without gold.
        changes: of a changed one.
    """

    kind: str
    id: str
    document: str
    sentence: Span
    relation: str
    subject: str | None
    object: str
    sites: tuple[str, ...]
    negated: bool
    hedged: bool
    direct: bool
    rule: str
    text: str
    verdict: str | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many statements of one relation or rule the two outputs have, and what became of them.

    A statement whose rule changed counts as changed under its later rule.
    """

    name: str
    before: int
    after: int
    gained: int
    lost: int
    changed: int


@dataclass(frozen=True, slots=True)
class RunComparison:
    """What ``compare_outputs`` returns; differences in the order of documents and their text."""

    before: int
    after: int
    differences: tuple[Difference, ...]
    relations: tuple[Count, ...]
    rules: tuple[Count, ...]

    def select(self, kind: str) -> tuple[Difference, ...]:
        return tuple(one for one in self.differences if one.kind == kind)

    def to_json(self) -> JsonObject:
        return asdict(self)


Pair = tuple[Prediction | None, Prediction | None]


def compare_outputs(
    before: Sequence[Prediction],
    after: Sequence[Prediction],
    *,
    gold: Sequence[GoldDocument] | None = None,
    core: bool = True,
) -> RunComparison:
    """Match the statements of two outputs by document, relation and the characters of both ends.

    Args:
        gold: says of each difference whether it is right; None for no verdicts.
        core: as for ``evaluate``.
    """
    pairs = list(_pair(before, after))
    verdicts = [_judge(gold, claims, Options(core=core)) for claims in (before, after)] if gold is not None else None
    differences = []
    for old, new in pairs:
        changes = _find_changes(old, new) if old and new else ()
        if old and new and not changes:
            continue
        claim = new or old
        assert claim is not None
        kind = "changed" if old and new else "gained" if new else "lost"
        verdict = verdicts[new is not None].get(id(claim), "not counted") if verdicts else None
        differences.append(_make_difference(kind, claim, verdict, changes))
    differences.sort(key=lambda one: (one.document, one.sentence, one.relation, one.kind))
    return RunComparison(
        before=len(before),
        after=len(after),
        differences=tuple(differences),
        relations=_count("relation", before, after, differences),
        rules=_count("rule", before, after, differences),
    )


def _key(claim: Prediction) -> tuple[object, ...]:
    """Document, relation and places of the ends; of ends without a known place, their names."""
    ends = [None if end is None else _place(end) for end in (claim.subject, claim.object)]
    if is_unordered(claim.relation):
        ends.sort(key=repr)
    return claim.document, claim.relation, *ends


def _place(end: End) -> object:
    return end.spans[0] if end.spans else end.name


def _pair(before: Iterable[Prediction], after: Iterable[Prediction]) -> Iterator[Pair]:
    """Each statement once, with its counterpart if it has one; among several of one key, the most alike go together."""
    groups: dict[tuple[object, ...], tuple[list[Prediction], list[Prediction]]] = defaultdict(lambda: ([], []))
    for side, claims in enumerate((before, after)):
        for claim in claims:
            groups[_key(claim)][side].append(claim)
    for old, new in groups.values():
        costs = sorted(
            (one.sentence != other.sentence, len(_find_changes(one, other)), i, j)
            for i, one in enumerate(old)
            for j, other in enumerate(new)
        )
        used: tuple[set[int], set[int]] = (set(), set())
        for _, _, i, j in costs:
            if i not in used[0] and j not in used[1]:
                used[0].add(i)
                used[1].add(j)
                yield old[i], new[j]
        yield from ((one, None) for i, one in enumerate(old) if i not in used[0])
        yield from ((None, one) for j, one in enumerate(new) if j not in used[1])


def _find_changes(old: Prediction, new: Prediction) -> tuple[Change, ...]:
    values = [(aspect, _describe(old, aspect), _describe(new, aspect)) for aspect in ASPECTS]
    if is_unordered(old.relation) and {v[1] for v in values[-2:]} == {v[2] for v in values[-2:]}:
        values = values[:-2]
    return tuple(Change(aspect, one, other) for aspect, one, other in values if one != other)


def _describe(claim: Prediction, aspect: str) -> str:
    value = getattr(claim, aspect)
    if isinstance(value, End):
        return f"{value.name} ({value.curie or 'no identifier'})"
    if isinstance(value, tuple):
        return " ".join(sorted(value)) or "none"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value or "none")


def _judge(gold: Sequence[GoldDocument], claims: Sequence[Prediction], options: Options) -> dict[int, str]:
    """``right`` or ``wrong`` for the claims (by ``id()``) that count."""
    inside, outside = assign_documents(gold, claims)
    known = [claim for claim in claims if claim.document not in outside]
    origins = {id(moved): id(claim) for claim, moved in zip(known, inside, strict=True)}
    statements = [statement for document in gold for statement in document.statements]
    return {
        origins[id(outcome.prediction)]: "wrong" if outcome.gold is None else "right"
        for outcome in align(statements, inside, options, judged=find_judged(gold)).outcomes
        if outcome.prediction is not None
    }


def _make_difference(kind: str, claim: Prediction, verdict: str | None, changes: tuple[Change, ...]) -> Difference:
    return Difference(
        kind=kind,
        id=claim.id,
        document=claim.document,
        sentence=claim.sentence,
        relation=claim.relation,
        subject=claim.subject.name if claim.subject else None,
        object=claim.object.name,
        sites=claim.sites,
        negated=claim.negated,
        hedged=claim.hedged,
        direct=claim.direct,
        rule=claim.rule,
        text=claim.text,
        verdict=verdict,
        changes=changes,
    )


def _count(
    field: str, before: Sequence[Prediction], after: Sequence[Prediction], differences: Sequence[Difference]
) -> tuple[Count, ...]:
    """The most frequent first."""
    old, new = (Counter(getattr(claim, field) for claim in claims) for claims in (before, after))
    kinds = Counter((one.kind, getattr(one, field)) for one in differences)
    names = sorted({*old, *new}, key=lambda name: (-max(old[name], new[name]), name))
    return tuple(
        Count(name, old[name], new[name], *(kinds[kind, name] for kind in ("gained", "lost", "changed")))
        for name in names
    )
