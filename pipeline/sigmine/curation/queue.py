"""What to judge next: the readings whose verdict changes most of what is believed.

Uncertainty sampling asks for what the model knows least, and expected model change for what would change it most
(B. Settles, Active Learning Literature Survey, Computer Sciences Technical Report 1648, University of Wisconsin-Madison
2009, sections 3.1 and 3.3). Here both are one number, the expected sum of the changes of beliefs:

- of its statements: a reading that is right with probability ``p`` moves its statement by ``1 - p`` (if it is accepted)
  or ``p`` (if not), so by ``2 p (1 - p)`` on the average, less what other sentences already say. A statement counts
  for more the more others its molecules are in, since more conclusions go through them.
- of all that its rule reads: the mean ``m`` of the rule's precision, which weighs as much as ``s`` readings, moves by
  ``2 m (1 - m) / (s + 1)`` on the average, and with it each reading of the rule that nobody has judged. The next
  reading of the same rule moves it less, so that the queue does not stay with one rule.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log1p
from typing import Literal

from sigmine.assembly.reliability import Reliability, find_conditions
from sigmine.curation.beliefs import make_reliability
from sigmine.curation.decision import Decision
from sigmine.curation.journal import Curation
from sigmine.curation.relocation import DecisionIndex
from sigmine.model.ids import make_evidence_id, make_mention_id
from sigmine.model.statement import Evidence, RelationMention, Statement

Order = Literal["teaching", "sample"]

_Place = tuple[str, str, int, int, int, int]
_Candidate = tuple[float, str, int, int]
"""What is smallest comes first: minus the move of its own statements, document, start, and its number."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One reading to judge.

    Attributes:
        evidence, statement: the reading, and the first statement that it stands under.
        evidence_id: ``sigmine.model.ids.make_evidence_id``.
        probability: that it is right, 0 to 1, by its rule, the conditions and the decisions so far.
        own, rule: the expected change of beliefs in its statements, and in what its rule reads elsewhere.
        score: their sum, by which the queue is sorted; of a sample, 0.
    """

    evidence: Evidence
    statement: Statement
    evidence_id: str
    probability: float
    own: float
    rule: float

    @property
    def score(self) -> float:
        return self.own + self.rule


@dataclass(slots=True)
class _Reading:
    """A reading with its first statement, and what it moves over all its statements."""

    evidence: Evidence
    statement: Statement
    probability: float
    own: float = 0.0


def make_queue(
    statements: Iterable[Statement],
    curation: Curation | Sequence[Decision],
    limit: int = 50,
    *,
    order: Order = "teaching",
) -> list[QueueItem]:
    """The readings to judge next, best first; what is decided, here or in its place by another rule, is not among them.

    The same statements and decisions give the same queue. Readings of one passage by several rules are one.

    Args:
        limit: how many; fewer where fewer are left.
        order: ``teaching``, as above, or ``sample``: by a hash of their places, which has nothing to do with what
            they say, so that the share of right ones among the first is that of all.
    """
    decisions = curation.decisions() if isinstance(curation, Curation) else tuple(curation)
    reliability = make_reliability(decisions)
    listed = list(statements)
    readings = _list_readings(listed, reliability)
    index = DecisionIndex(decisions)
    chosen = _sample(readings) if order == "sample" else _choose(readings, reliability)
    queue: list[QueueItem] = []
    seen: set[str] = set()
    for reading, gain in chosen:
        if len(queue) >= limit:
            break
        evidence = reading.evidence
        mention_id = make_mention_id(evidence.document, evidence.mention)
        if mention_id in seen or index.find(evidence) is not None:
            continue
        seen.add(mention_id)
        own = 0.0 if order == "sample" else reading.own
        item = QueueItem(evidence, reading.statement, make_evidence_id(evidence), reading.probability, own, gain)
        queue.append(item)
    return queue


def _list_readings(statements: Sequence[Statement], reliability: Reliability) -> list[_Reading]:
    """Each reading once, with what judging it moves in all its statements."""
    ends = [_list_ends(one) for one in statements]
    degrees = Counter(key for keys in ends for key in keys)
    found: dict[_Place, _Reading] = {}
    known: dict[tuple[object, ...], float] = {}
    for statement, keys in zip(statements, ends, strict=True):
        weight = log1p(sum([degrees[key] for key in keys]) / len(keys) - 1) + 1.0
        doubt = 1.0 - statement.belief
        for evidence in statement.evidence:
            place = _find_place(evidence)
            reading = found.get(place)
            if reading is None:
                probability = _estimate(evidence.mention, reliability, known)
                reading = found[place] = _Reading(evidence, statement, probability)
            probability = reading.probability
            others = min(1.0, doubt / (1.0 - probability)) if probability < 1.0 else 1.0
            reading.own += weight * 2.0 * probability * (1.0 - probability) * others
    return list(found.values())


def _find_place(evidence: Evidence) -> _Place:
    """Tells a reading from others without its id, which costs more: one with several residues stands under several
    statements, which a store gives as copies.
    """
    mention = evidence.mention
    subject = mention.subject.start if mention.subject else -1
    return evidence.document, mention.rule, evidence.start, mention.trigger.start, subject, mention.object.start


def _list_ends(statement: Statement) -> tuple[str, ...]:
    return (statement.object.key,) if statement.subject is None else (statement.subject.key, statement.object.key)


def _estimate(mention: RelationMention, reliability: Reliability, known: dict[tuple[object, ...], float]) -> float:
    """As ``Reliability.estimate``, each rule under the same conditions once."""
    key = (mention.rule, *find_conditions(mention))
    found = known.get(key)
    if found is None:
        found = known[key] = reliability.estimate(mention)
    return found


def _choose(readings: Sequence[_Reading], reliability: Reliability) -> Iterator[tuple[_Reading, float]]:
    """All readings with what they move in others, best first; each one taken makes the next of its rule teach less."""
    by_rule: dict[str, list[_Candidate]] = defaultdict(list)
    for number, one in enumerate(readings):
        by_rule[one.evidence.mention.rule].append((-one.own, one.evidence.document, one.evidence.start, number))
    heap: list[tuple[float, str, int]] = []
    for rule, candidates in by_rule.items():
        heapq.heapify(candidates)
        heap.append((candidates[0][0] - _find_gain(reliability, rule, len(candidates), 0), rule, 0))
    heapq.heapify(heap)
    while heap:
        _, rule, taken = heapq.heappop(heap)
        candidates = by_rule[rule]
        gain = _find_gain(reliability, rule, len(candidates), taken)
        *_, number = heapq.heappop(candidates)
        if candidates:
            after = _find_gain(reliability, rule, len(candidates), taken + 1)
            heapq.heappush(heap, (candidates[0][0] - after, rule, taken + 1))
        yield readings[number], gain


def _find_gain(reliability: Reliability, rule: str, left: int, taken: int) -> float:
    """The expected change of beliefs in the other readings of the rule, after ``taken`` verdicts more."""
    mean, strength = reliability.find_precision(rule), reliability.find_strength(rule) + taken
    return 2.0 * mean * (1.0 - mean) / (strength + 1.0) * (left - 1)


def _sample(readings: Sequence[_Reading]) -> Iterator[tuple[_Reading, float]]:
    def rank(reading: _Reading) -> bytes:
        return hashlib.sha256(repr(_find_place(reading.evidence)).encode()).digest()

    for reading in sorted(readings, key=rank):
        yield reading, 0.0
