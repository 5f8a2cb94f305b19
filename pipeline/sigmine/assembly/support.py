"""How much stands behind a statement: sentences, documents and cited papers, for it, hedged, and against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sigmine.assembly.papers import identify_works
from sigmine.model.json import JsonObject, statement_to_json
from sigmine.model.statement import Evidence, Statement


@dataclass(frozen=True, slots=True)
class SupportCount:
    """How many different sentences, documents and cited papers. A marker without an entry is no paper."""

    sentences: int = 0
    documents: int = 0
    papers: int = 0


@dataclass(frozen=True, slots=True)
class Support:
    """Evidence by what it says; each piece is on one side only.

    Attributes:
        stated: what says so outright.
        hedged: what says so with reserve: supposed or asked.
        against: what denies it, or brings it up as a view that is rejected.
    """

    stated: SupportCount = SupportCount()
    hedged: SupportCount = SupportCount()
    against: SupportCount = SupportCount()


def count_support(evidence: Iterable[Evidence]) -> Support:
    """The counts. A sentence with evidence on two sides counts on both, likewise a document and a paper."""
    sides: dict[str, list[Evidence]] = {"stated": [], "hedged": [], "against": []}
    for item in evidence:
        sides[find_side(item)].append(item)
    return Support(**{name: _count(items) for name, items in sides.items()})


def find_side(evidence: Evidence) -> str:
    """The attribute of ``Support`` that the evidence counts for."""
    if evidence.mention.opposes:
        return "against"
    return "hedged" if evidence.mention.hedged else "stated"


def describe_support(support: Support) -> str:
    """``3 (2 papers), 1 hedged, 1 against``: sentences, and where there are any the papers that are cited for it."""
    papers = support.stated.papers
    named = f" ({papers} paper{'s' * (papers != 1)})" if papers else ""
    parts = [f"{support.stated.sentences}{named}"]
    parts += [
        f"{count.sentences} {name}"
        for name, count in (("hedged", support.hedged), ("against", support.against))
        if count.sentences
    ]
    return ", ".join(parts)


def statement_to_row(statement: Statement) -> JsonObject:
    """A line of ``statements.jsonl``: ``statement_to_json``, with ``support`` before the evidence."""
    row = statement_to_json(statement)
    evidence = row.pop("evidence")
    return {**row, "support": support_to_json(count_support(statement.evidence)), "evidence": evidence}


def support_to_json(support: Support) -> JsonObject:
    """The counts of each side by their names."""
    sides = {"stated": support.stated, "hedged": support.hedged, "against": support.against}
    return {
        name: {"sentences": side.sentences, "documents": side.documents, "papers": side.papers}
        for name, side in sides.items()
    }


def _count(evidence: list[Evidence]) -> SupportCount:
    return SupportCount(
        sentences=len({(item.document, item.start, item.end) for item in evidence}),
        documents=len({item.document for item in evidence}),
        papers=len(set(_list_papers(evidence))),
    )


def _list_papers(evidence: Iterable[Evidence]) -> Iterator[str]:
    for item in evidence:
        yield from identify_works(item)
