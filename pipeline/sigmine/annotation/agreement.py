"""How far two annotations of the same texts agree: F and Cohen's kappa, and every disagreement.

F is the share of the statements of both that the other has too (twice those in common, divided by the sum of both); it
does not ask which of the two is right. Kappa corrects for chance and needs items that both judged: here every ordered
pair of the ends that either annotator named in a sentence (and each end alone, for a null subject), of which each
annotator says whether the relation holds. [Cohen 1960; F is the usual figure where nobody counts what is not there:
Hripcsak and Rothschild 2005.]
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass

from sigmine.evaluation.alignment import number_sentences
from sigmine.evaluation.bootstrap import Counts, Score, score
from sigmine.evaluation.claim import RELATIONS, End, GoldStatement, is_unordered
from sigmine.evaluation.gold import GoldDocument
from sigmine.evaluation.matching import compare
from sigmine.evaluation.ratios import round_ratio
from sigmine.evaluation.report import JsonObject, score_to_json

ASPECTS: tuple[str, ...] = ("negated", "hedged", "direct", "cross_sentence", "sites", "characters", "identity")
"""What two annotators may say differently of a statement that both have."""


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa over ``items`` judged by both; None where both always say the same one thing."""

    name: str
    items: int
    both: int
    value: float | None


@dataclass(frozen=True, slots=True)
class AspectAgreement:
    """Of ``total`` statements that both have, on how many an aspect is the same."""

    name: str
    same: int
    total: int

    @property
    def share(self) -> float | None:
        return self.same / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A statement of one annotator, or (``differs``) of both, with what differs.

    Attributes:
        kind: ``only_a``, ``only_b`` or ``differs``.
        first, second: the statements; None where the annotator has none.
        aspects: of those that differ.
    """

    kind: str
    first: GoldStatement | None
    second: GoldStatement | None
    aspects: tuple[str, ...] = ()

    @property
    def statement(self) -> GoldStatement:
        found = self.first or self.second
        assert found is not None
        return found


@dataclass(frozen=True, slots=True)
class Agreement:
    """What ``find_agreement`` returns.

    Attributes:
        documents: ids of those in both; ``only_a``, ``only_b``: of those left out.
        total, relations, by_document: of each, the counts (``tp`` in both, ``fp`` only in B, ``fn`` only in A) and F
            with its 95 % bootstrap interval by sentence.
        kappas: of each relation, then ``all``, where an item's label is all relations that hold.
        aspects: of the statements that both have.
        disagreements: in the order of documents and text.
    """

    level: str
    core: bool
    documents: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    total: Score
    relations: tuple[Score, ...]
    by_document: tuple[Score, ...]
    kappas: tuple[Kappa, ...]
    aspects: tuple[AspectAgreement, ...]
    disagreements: tuple[Disagreement, ...]

    def to_json(self) -> JsonObject:
        """Numbers, and each disagreement by the statements' ids."""
        return {
            "level": self.level,
            "core": self.core,
            "documents": list(self.documents),
            "only_a": list(self.only_a),
            "only_b": list(self.only_b),
            "total": score_to_json(self.total),
            "relations": [score_to_json(one) for one in self.relations],
            "by_document": [score_to_json(one) for one in self.by_document],
            "kappas": [{**asdict(one), "value": round_ratio(one.value)} for one in self.kappas],
            "aspects": [{**asdict(one), "share": round_ratio(one.share)} for one in self.aspects],
            "disagreements": [
                {
                    "kind": one.kind,
                    "document": one.statement.document,
                    "sentence": list(one.statement.sentence),
                    "a": one.first.id if one.first else None,
                    "b": one.second.id if one.second else None,
                    "aspects": list(one.aspects),
                }
                for one in self.disagreements
            ],
        }


def find_agreement(
    first: Sequence[GoldDocument], second: Sequence[GoldDocument], *, level: str = "relaxed", core: bool = True
) -> Agreement:
    """Compare two annotations.

    Args:
        level: when two statements are the same, one of ``sigmine.evaluation.LEVELS``.
        core: compare core statements only; a statement that is core for one annotator and not for the other is then
            no disagreement if the other has it.
    """
    known = {one.document for one in second}
    shared = tuple(one.document for one in first if one.document in known)
    mine, yours = ([s for one in side if one.document in shared for s in one.statements] for side in (first, second))
    pairs = _pair(mine, yours, level, core)
    clusters = number_sentences([*mine, *yours])
    scores = _score(pairs, clusters)
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    return Agreement(
        level=level,
        core=core,
        documents=shared,
        only_a=tuple(one.document for one in first if one.document not in shared),
        only_b=tuple(sorted(known - set(shared))),
        total=scores.get(("all", ""), Score("all", Counts())),
        relations=tuple(scores["relation", name] for name in RELATIONS if ("relation", name) in scores),
        by_document=tuple(scores["document", name] for name in shared if ("document", name) in scores),
        kappas=_find_kappas(pairs, clusters),
        aspects=tuple(
            AspectAgreement(name, sum(name not in find_differences(a, b) for a, b in both), len(both))
            for name in ASPECTS
        ),
        disagreements=_list_disagreements(pairs),
    )


Pair = tuple[GoldStatement | None, GoldStatement | None]


def _pair(first: Sequence[GoldStatement], second: Sequence[GoldStatement], level: str, core: bool) -> list[Pair]:
    """Each statement with the same one of the other annotator, or alone.

    Matched are all; with ``core`` those pairs count in which either is core, so that nobody is blamed for the other's
    type of an end.
    """
    found = compare(first, second, level)
    alone = {*range(len(second))} - {other for _, other in found.pairs}
    pairs: list[Pair] = [
        *((first[one], second[other]) for one, other in found.pairs),
        *((first[one], None) for one in found.missed),
        *((None, second[other]) for other in sorted(alone)),
    ]
    return [pair for pair in pairs if not core or any(one is not None and one.core for one in pair)]


def find_differences(one: GoldStatement, other: GoldStatement) -> tuple[str, ...]:
    """Which of ``ASPECTS`` two statements that are the same say differently."""
    ends = list(_zip_ends(one, other))
    same = {
        "negated": one.negated == other.negated,
        "hedged": one.hedged == other.hedged,
        "direct": one.direct == other.direct,
        "cross_sentence": one.cross_sentence == other.cross_sentence,
        "sites": set(one.sites) == set(other.sites),
        "characters": all(mine.has_characters_of(theirs) for mine, theirs in ends),
        "identity": all(mine.has_identity_of(theirs) for mine, theirs in ends),
    }
    return tuple(name for name in ASPECTS if not same[name])


def _zip_ends(one: GoldStatement, other: GoldStatement) -> Iterable[tuple[End, End]]:
    mine = [end for end in (one.subject, one.object) if end is not None]
    theirs = [end for end in (other.subject, other.object) if end is not None]
    straight = all(a.overlaps(b) or a.has_identity_of(b) for a, b in zip(mine, theirs, strict=True))
    if is_unordered(one.relation) and not straight:
        theirs.reverse()
    return zip(mine, theirs, strict=True)


def _score(pairs: Sequence[Pair], clusters: dict[tuple[str, tuple[int, int]], int]) -> dict[tuple[str, str], Score]:
    entries = []
    for a, b in pairs:
        statement = a or b
        assert statement is not None
        counts = (int(a is not None and b is not None), int(a is None), int(b is None))
        cluster = clusters[statement.document, statement.sentence]
        for key in (("all", ""), ("relation", statement.relation), ("document", statement.document)):
            entries.append((key, cluster, *counts))
    found = score(entries)
    return {
        key: Score(key[1] or key[0], one.counts, one.precision_interval, one.recall_interval, one.f1_interval)
        for key, one in found.items()
    }


def _find_kappas(pairs: Sequence[Pair], clusters: dict[tuple[str, tuple[int, int]], int]) -> tuple[Kappa, ...]:
    by_sentence: dict[int, list[Pair]] = defaultdict(list)
    for pair in pairs:
        statement = pair[0] or pair[1]
        assert statement is not None
        by_sentence[clusters[statement.document, statement.sentence]].append(pair)
    labels: list[tuple[frozenset[str], frozenset[str]]] = []
    for there in by_sentence.values():
        labels += _label_items(there)
    relations = [name for name in RELATIONS if any(name in a | b for a, b in labels)]
    rows = [_make_kappa(name, [(name in a, name in b) for a, b in labels]) for name in relations]
    return (*rows, _make_kappa("all", labels))


def _label_items(pairs: Sequence[Pair]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each ordered pair of the sentence's ends, and each end alone, the relations that each annotator gives it."""
    groups: list[list[End]] = []
    said: tuple[dict[Hashable, set[str]], dict[Hashable, set[str]]] = (defaultdict(set), defaultdict(set))
    for pair in pairs:
        places = None
        for side, statement in enumerate(pair):
            if statement is None:
                continue
            if places is None:  # what is the same statement has the same ends, whatever the characters
                places = (
                    _find_group(statement.subject, groups) if statement.subject else -1,
                    _find_group(statement.object, groups),
                )
                if is_unordered(statement.relation):
                    places = (min(places), max(places))
            said[side][places].add(statement.relation)
    items = {(a, b) for a in range(-1, len(groups)) for b in range(len(groups)) if a != b}
    items |= {key for side in said for key in side}  # type: ignore[misc]
    return [(frozenset(said[0].get(item, ())), frozenset(said[1].get(item, ()))) for item in sorted(items)]


def _find_group(end: End, groups: list[list[End]]) -> int:
    for number, group in enumerate(groups):
        if any(end.overlaps(other) or end.has_identity_of(other) for other in group):
            group.append(end)
            return number
    groups.append([end])
    return len(groups) - 1


def compute_kappa(labels: Sequence[tuple[Hashable, Hashable]]) -> float | None:
    """Cohen's kappa of what two annotators say of each item; None where chance alone gives full agreement."""
    total = len(labels)
    same = sum(a == b for a, b in labels)
    counts = [Counter(pair[side] for pair in labels) for side in (0, 1)]
    chance = sum(counts[0][label] * counts[1][label] for label in counts[0]) / total**2 if total else 1.0
    return None if chance == 1 else (same / total - chance) / (1 - chance)


def _make_kappa(name: str, labels: Sequence[tuple[Hashable, Hashable]]) -> Kappa:
    return Kappa(name, len(labels), sum(a == b and bool(a) for a, b in labels), compute_kappa(labels))


def _list_disagreements(pairs: Sequence[Pair]) -> tuple[Disagreement, ...]:
    found = []
    for a, b in pairs:
        if a is not None and b is not None:
            aspects = find_differences(a, b)
            if aspects:
                found.append(Disagreement("differs", a, b, aspects))
        else:
            found.append(Disagreement("only_a" if b is None else "only_b", a, b))
    return tuple(sorted(found, key=lambda one: (one.statement.document, one.statement.sentence, one.kind)))
