"""What was decided, counted: by verdict, error, curator, relation and rule, and how far curators agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

from sigmine.annotation.agreement import compute_kappa
from sigmine.curation.decision import VERDICTS, Decision
from sigmine.evaluation.bootstrap import Interval
from sigmine.evaluation.ratios import round_all
from sigmine.evaluation.reasons import REASONS
from sigmine.evaluation.rule_report import find_share_interval

Counts = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """Of ``total`` judged readings, ``right`` were accepted as they are; ``interval`` is Wilson's, at 95 %."""

    name: str
    right: int
    total: int
    precision: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class CuratorAgreement:
    """How far two curators agree on the ``items`` readings that both judged.

    Attributes:
        same: how many both accepted or both did not.
        kappa: Cohen's kappa of that; None where both always say the same one thing, so that chance explains all.
        same_error: of the readings for which both give a class of error, how many have the same, of how many.
    """

    first: str
    second: str
    items: int
    same: int
    kappa: float | None
    same_error: tuple[int, int]


@dataclass(frozen=True, slots=True)
class CurationStatus:
    """What ``describe_decisions`` returns; counts are of what stands, but for ``curators``: of each one's opinions.

    ``errors`` are in the order of menus, with ``unsaid`` last; shares by total, largest first.
    """

    total: Share | None
    verdicts: Counts
    errors: Counts
    curators: Counts
    documents: Counts
    relations: tuple[Share, ...]
    rules: tuple[Share, ...]
    agreement: tuple[CuratorAgreement, ...]
    disputed: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Ratios have 4 digits; ``disputed`` are the ids of readings on which curators differ."""
        rows: dict[str, Any] = round_all(asdict(self))
        for name in ("verdicts", "errors", "curators", "documents"):
            rows[name] = dict(rows[name])
        return rows


def describe_decisions(decisions: Sequence[Decision], opinions: Sequence[Decision]) -> CurationStatus:
    """Counts what stands (``Curation.decisions``), and compares what each curator said (``Curation.opinions``).

    The precision is that of the readings that were judged. Where these are the doubtful ones (``make_queue``), that of
    the output is better; a sample (``order="sample"``) tells it.
    """
    errors = Counter(one.error or "unsaid" for one in decisions if one.verdict != "accepted")
    verdicts = Counter(one.verdict for one in decisions)
    by_reading: dict[str, set[bool]] = defaultdict(set)
    for one in opinions:
        by_reading[one.evidence].add(one.verdict == "accepted")
    return CurationStatus(
        total=_share("all", decisions) if decisions else None,
        verdicts=tuple((name, verdicts[name]) for name in VERDICTS),
        errors=tuple((name, errors[name]) for name in (*REASONS, "unsaid") if errors[name]),
        curators=_count(one.curator for one in opinions),
        documents=_count(one.document for one in decisions),
        relations=_share_by(decisions, lambda one: one.reading.relation if one.reading else ""),
        rules=_share_by(decisions, lambda one: one.reading.rule if one.reading else ""),
        agreement=_compare_curators(opinions),
        disputed=tuple(sorted(name for name, said in by_reading.items() if len(said) > 1)),
    )


def _count(names: Iterable[str]) -> Counts:
    return tuple(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))


def _share(name: str, decisions: Sequence[Decision]) -> Share:
    right, total = sum(one.verdict == "accepted" for one in decisions), len(decisions)
    return Share(name, right, total, right / total, find_share_interval(right, total))


def _share_by(decisions: Sequence[Decision], name: Callable[[Decision], str]) -> tuple[Share, ...]:
    groups: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        if name(one):
            groups[name(one)].append(one)
    shares = (_share(key, group) for key, group in groups.items())
    return tuple(sorted(shares, key=lambda share: (-share.total, share.name)))


def _compare_curators(opinions: Sequence[Decision]) -> tuple[CuratorAgreement, ...]:
    by_curator: dict[str, dict[str, Decision]] = defaultdict(dict)
    for one in opinions:
        by_curator[one.curator][one.evidence] = one
    found = (_compare(by_curator[a], by_curator[b]) for a, b in combinations(sorted(by_curator), 2))
    return tuple(one for one in found if one is not None)


def _compare(first: dict[str, Decision], second: dict[str, Decision]) -> CuratorAgreement | None:
    pairs = [(first[name], second[name]) for name in first if name in second]
    if not pairs:
        return None
    said = [(one.verdict == "accepted", other.verdict == "accepted") for one, other in pairs]
    same = sum(one == other for one, other in said)
    with_error = [(one.error, other.error) for one, other in pairs if one.error and other.error]
    return CuratorAgreement(
        first=pairs[0][0].curator,
        second=pairs[0][1].curator,
        items=len(pairs),
        same=same,
        kappa=compute_kappa(said),
        same_error=(sum(one == other for one, other in with_error), len(with_error)),
    )
