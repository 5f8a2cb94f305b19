"""What the script of a report draws: statements with their evidence as lists of numbers and texts, each text once.

The lists are named in ``templates/report.js``, which reads them.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sigmine.assembly.contradictions import KIND_NAMES, SCOPE_NAMES, Contradiction, Side
from sigmine.assembly.merge import sort_key
from sigmine.assembly.support import count_support, describe_support
from sigmine.assembly.triples import is_denied, make_label
from sigmine.assembly.vocabulary import find_term
from sigmine.exports.cells import name_site
from sigmine.model.document import Citation, Reference
from sigmine.model.entity import Entity
from sigmine.model.ids import UNORDERED
from sigmine.model.statement import CLAIM_TYPES, Agent, Evidence, Statement, rank_evidence

MAX_BYTES = 2_400_000
"""Of statements and evidence in a page; with the rest of it, it stays under 3 MB."""

MAX_STATEMENTS = 6_000
"""How many statements a page looks at, for contradictions too: a little more than it has room for. They are held in
memory."""

MAX_EVIDENCE = 25
MAX_SENTENCE = 1_500
MAX_CONTRADICTIONS = 50
_MAX_SIDE = 5

Row = list[Any]
_encode = json.JSONEncoder(separators=(",", ":")).encode  # what is not ASCII counts a little more than it takes


@dataclass(slots=True)
class _Table:
    """Rows, each once, named by their number."""

    rows: list[Any] = field(default_factory=list)
    numbers: dict[Any, int] = field(default_factory=dict)

    def add(self, key: Any, row: Any) -> tuple[int, int]:
        """The row's number, and the bytes that it takes if it is new."""
        number = self.numbers.get(key)
        if number is not None:
            return number, 0
        self.numbers[key] = len(self.rows)
        self.rows.append(row)
        return len(self.rows) - 1, len(_encode(row)) + 1


@dataclass(slots=True)
class ReportData:
    """The rows of a page; ``size`` is what they take, in bytes.

    Attributes:
        kept: the statements that are in it, in the order of their rows.
        total: how many there were.
    """

    kept: list[Statement] = field(default_factory=list)
    total: int = 0
    size: int = 0
    contradictions: list[Row] = field(default_factory=list)
    tables: dict[str, _Table] = field(
        default_factory=lambda: {
            name: _Table()
            for name in ("relations", "agents", "documents", "rules", "works", "sentences", "evidence", "statements")
        }
    )

    def to_json(self) -> dict[str, Any]:
        """As the script reads it."""
        rows = {name: table.rows for name, table in self.tables.items()}
        return {**rows, "claims": CLAIM_TYPES, "contradictions": self.contradictions}

    def add_statement(self, statement: Statement) -> None:
        evidence = sorted(statement.evidence, key=rank_evidence)
        support = count_support(statement.evidence)
        counts = [
            support.stated.sentences,
            support.hedged.sentences,
            support.against.sentences,
            max(support.stated.papers, support.hedged.papers),
        ]
        supporting = [item for item in evidence if not item.mention.opposes]
        is_hedged = bool(supporting) and all(item.mention.hedged for item in supporting)
        row = [
            statement.id,
            self._add_relation(statement.relation),
            self._add_agent(statement.subject) if statement.subject else -1,
            self._add_agent(statement.object),
            name_site(statement),
            round(statement.belief, 3),
            statement.direct + 2 * is_denied(statement) + 4 * is_hedged,
            counts,
            [self._add_evidence(item) for item in evidence[:MAX_EVIDENCE]],
            max(0, len(evidence) - MAX_EVIDENCE),
        ]
        self._add("statements", statement.id, row)
        self.kept.append(statement)

    def add_contradiction(self, found: Contradiction) -> None:
        sides = [self._make_side(side) for side in (found.first, found.second)]
        self.contradictions.append([KIND_NAMES[found.kind], SCOPE_NAMES[found.scope], round(found.belief, 3), *sides])

    def _make_side(self, side: Side) -> Row:
        numbers = [self._add_evidence(item) for item in side.evidence[:_MAX_SIDE]]
        label = ("denied: " if side.denies else "") + make_label(side.statement)
        return [label, round(side.belief, 3), describe_support(side.support), side.statement.id, numbers]

    def _add(self, table: str, key: Any, row: Any) -> int:
        number, size = self.tables[table].add(key, row)
        self.size += size
        return number

    def _add_relation(self, relation: str) -> int:
        term = find_term(relation)
        return self._add("relations", relation, [relation, term.label, term.sign, int(relation in UNORDERED)])

    def _add_agent(self, agent: Agent) -> int:
        # Statements name an agent by what most of their own evidence calls it; in the page it has one name.
        return self._add("agents", agent.key, [agent.name, agent.type, agent.curie])

    def _add_evidence(self, evidence: Evidence) -> int:
        mention, trigger = evidence.mention, evidence.mention.trigger
        key = identify_evidence(evidence)
        if key in self.tables["evidence"].numbers:
            return self.tables["evidence"].numbers[key]
        low, high = _find_window(evidence)
        row = [
            self._add_sentence(evidence, low, high),
            self._add("rules", mention.rule, mention.rule),
            CLAIM_TYPES.index(mention.claim),
            mention.negated + 2 * (not mention.direct) + 4 * mention.opposes,
            round(mention.prior, 3),
            _mark_end(mention.subject, low, high),
            _mark_end(mention.object, low, high),
            _mark(trigger.start, trigger.end, low, high),
            [mark for site in mention.sites if (mark := _mark(site.start, site.end, low, high))],
            list(mention.cues),
            [self._add_citation(citation) for citation in mention.citations],
        ]
        return self._add("evidence", key, row)

    def _add_sentence(self, evidence: Evidence, low: int, high: int) -> int:
        text = evidence.sentence[low - evidence.start : high - evidence.start]
        page = evidence.places[0].page if evidence.places else 0
        document = self._add("documents", evidence.document, evidence.document)
        cut = (low > evidence.start) + 2 * (high < evidence.end)
        row = [document, evidence.section, evidence.start, evidence.end, text, page, cut]
        return self._add("sentences", (evidence.document, low, high), row)

    def _add_citation(self, citation: Citation) -> Row:
        works = [self._add_work(reference) for reference in citation.references]
        return [citation.marker, [work for work in works if work is not None]]

    def _add_work(self, reference: Reference) -> int | None:
        """None for a number of which no more is known."""
        if reference == Reference(number=reference.number):
            return None
        key = (reference.pmid, reference.doi, reference.pmcid, reference.title or reference.text)
        authors = (
            f"{reference.authors[0]}{' et al.' if len(reference.authors) > 1 else ''}" if reference.authors else ""
        )
        name = " ".join(str(part) for part in (authors, reference.year) if part)
        title = (reference.title or reference.text or "")[:200]
        return self._add("works", key, [name, reference.pmid, reference.doi, reference.pmcid, title])


def choose_best(statements: Iterable[Statement]) -> list[Statement]:
    """The best believed, as many as a page may look at, in no order that means anything."""
    return heapq.nsmallest(MAX_STATEMENTS, statements, key=rank_statement)


def make_data(
    statements: Sequence[Statement],
    contradictions: Sequence[Contradiction],
    *,
    total: int | None = None,
    max_bytes: int = MAX_BYTES,
) -> ReportData:
    """As many statements as there is room for: those of contradictions, then the best believed.

    Args:
        total: how many statements there are, with those that nobody looked at; None: these are all.
    """
    data = ReportData(total=len(statements) if total is None else total)
    for found in contradictions[:MAX_CONTRADICTIONS]:
        data.add_contradiction(found)
    for statement in sorted(statements, key=rank_statement):
        if data.size > max_bytes:
            break
        data.add_statement(statement)
    return data


def rank_statement(statement: Statement) -> tuple[object, ...]:
    """A key to sort statements by, the best believed first, then those of most evidence."""
    return (-round(statement.belief, 3), -len(statement.evidence), sort_key(statement))


def identify_evidence(evidence: Evidence) -> tuple[object, ...]:
    """The same for what was read once, which several statements may share: one for each site."""
    mention = evidence.mention
    subject = mention.subject
    ends = (subject.start if subject else -1, mention.object.start, mention.object.end)
    return (evidence.document, evidence.start, mention.relation, mention.rule, mention.trigger.start, *ends)


def _find_window(evidence: Evidence) -> tuple[int, int]:
    """The characters to show: all of the sentence, but of a very long one what lies around the ends."""
    if evidence.end - evidence.start <= MAX_SENTENCE:
        return evidence.start, evidence.end
    mention = evidence.mention
    ends = [end.start for end in (mention.subject, mention.object) if end]
    first = min((end for end in ends if evidence.start <= end < evidence.end), default=mention.trigger.start)
    low = max(evidence.start, min(first - MAX_SENTENCE // 5, evidence.end - MAX_SENTENCE))
    return low, low + MAX_SENTENCE


def _mark(start: int, end: int, low: int, high: int) -> list[int] | None:
    """The stretch as characters of the text that is shown; None where it is not in it."""
    return [start - low, end - low] if low <= start < end <= high else None


def _mark_end(entity: Entity | None, low: int, high: int) -> Row | str | None:
    """Where the end stands, or what it is called where it stands elsewhere; None of a subject that is not named."""
    if entity is None:
        return None
    return _mark(entity.start, entity.end, low, high) or entity.text
