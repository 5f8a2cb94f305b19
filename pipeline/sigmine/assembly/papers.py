"""The papers that statements rest on: each cited work once, with the statements that cite it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from sigmine.assembly.merge import sort_key
from sigmine.assembly.triples import is_denied, make_label
from sigmine.model.document import Reference
from sigmine.model.ids import make_hash
from sigmine.model.statement import Evidence, Statement


@dataclass(frozen=True, slots=True)
class CitedStatement:
    """A statement with the part of its evidence that cites one work."""

    statement: Statement
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A cited work.

    Attributes:
        id: ``pubmed:123``, ``doi:10...``; without either a hash of title and year, or of the entry and its document.
        reference: what is known of it; a field that one document leaves open is filled from another.
        places: the documents that cite it, each with the work's number there (None where they cite by name), sorted.
        statements: the statements that cite it, in the order of statements.
    """

    id: str
    reference: Reference
    places: tuple[tuple[str, int | None], ...]
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class UnresolvedMarker:
    """A marker for which no entry of a reference list could be told, as it stands in a document."""

    document: str
    marker: str
    statements: tuple[CitedStatement, ...]


@dataclass(frozen=True, slots=True)
class CitedWorks:
    """``papers`` and ``unresolved``, each with those of most statements first."""

    papers: tuple[Paper, ...]
    unresolved: tuple[UnresolvedMarker, ...]


def collect_papers(statements: Iterable[Statement]) -> CitedWorks:
    """All works that the evidence of the statements cites. The order of the statements does not matter."""
    groups: dict[str, dict[str, CitedStatement]] = {}
    lost: dict[tuple[str, str], dict[str, CitedStatement]] = {}
    references: dict[str, Reference] = {}
    places: dict[str, set[tuple[str, int | None]]] = {}
    for statement in sorted(statements, key=sort_key):
        for evidence in statement.evidence:
            for citation in evidence.mention.citations:
                if not citation.references:
                    _add(lost.setdefault((evidence.document, citation.marker), {}), statement, evidence)
                for reference in citation.references:
                    if reference == Reference(number=reference.number):
                        _add(lost.setdefault((evidence.document, str(reference.number)), {}), statement, evidence)
                        continue
                    key = _identify(reference, evidence.document)
                    _add(groups.setdefault(key, {}), statement, evidence)
                    references[key] = _complete(references.get(key), reference)
                    places.setdefault(key, set()).add((evidence.document, reference.number))
    papers = [
        Paper(key, references[key], tuple(sorted(places[key], key=_place_order)), tuple(group.values()))
        for key, group in groups.items()
    ]
    unresolved = [UnresolvedMarker(*place, tuple(group.values())) for place, group in lost.items()]
    return CitedWorks(
        tuple(sorted(papers, key=lambda paper: (-len(paper.statements), _place_order(paper.places[0]), paper.id))),
        tuple(sorted(unresolved, key=lambda item: (-len(item.statements), item.document, item.marker))),
    )


def find_papers(papers: Iterable[Paper], name: str) -> Iterator[Paper]:
    """Those with that number (``12``, in any document), PMID (``pubmed:123``, ``PMID 123``) or DOI.

    A plain number is a PMID where a paper has it, and a work's number in the list of its document.
    """
    wanted = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:|pubmed:|pmid:?)\s*", "", name.strip(), flags=re.IGNORECASE)
    prefixed = wanted != name.strip()
    for paper in papers:
        ids = {paper.reference.pmid, (paper.reference.doi or "").lower() or None, paper.id}
        numbers = set() if prefixed else {str(number) for _, number in paper.places if number is not None}
        if wanted.lower() in ids or wanted in numbers:
            yield paper


def paper_to_json(paper: Paper, key: str) -> dict[str, object]:
    """A line of ``sigmine citations --json``; ``key`` is the work's in BibTeX."""
    work = paper.reference
    return {
        "id": paper.id,
        "key": key,
        "pmid": work.pmid,
        "doi": work.doi,
        "pmcid": work.pmcid,
        "title": work.title,
        "authors": list(work.authors),
        "journal": work.journal,
        "year": work.year,
        "text": work.text,
        "documents": [{"document": document, "number": number} for document, number in paper.places],
        "statements": [_statement_to_json(item) for item in paper.statements],
    }


def unresolved_to_json(item: UnresolvedMarker) -> dict[str, object]:
    """A line for a marker that leads to no entry."""
    return {
        "unresolved": item.marker,
        "document": item.document,
        "statements": [_statement_to_json(cited) for cited in item.statements],
    }


def describe_work(reference: Reference) -> str:
    """``Inoki K et al. 2002. Title. Journal``, as far as known; else the entry as it stands, or its DOI or PMID."""
    if not reference.title and not reference.authors:
        return reference.text or (f"doi:{reference.doi}" if reference.doi else f"PMID {reference.pmid or '?'}")
    authors = reference.authors[0] if reference.authors else ""
    if len(reference.authors) == 2:
        authors = " and ".join(reference.authors)
    elif len(reference.authors) > 2:
        authors += " et al."
    head = " ".join(str(part) for part in (authors, reference.year) if part)
    return ". ".join(part.rstrip(".") for part in (head, reference.title, reference.journal) if part)


def name_statement(statement: Statement) -> str:
    """Its label, with ``(denied)`` where all of its evidence denies it."""
    return f"{make_label(statement)} (denied)" if is_denied(statement) else make_label(statement)


def _statement_to_json(item: CitedStatement) -> dict[str, object]:
    statement = item.statement
    return {
        "id": statement.id,
        "label": make_label(statement),
        "belief": round(statement.belief, 4),
        "denied": is_denied(statement),
        "evidence": [
            {
                "document": evidence.document,
                "start": evidence.start,
                "end": evidence.end,
                "sentence": evidence.sentence,
                "negated": evidence.mention.negated,
                "hedged": evidence.mention.hedged,
                "claim": evidence.mention.claim,
            }
            for evidence in item.evidence
        ],
    }


def identify_works(evidence: Evidence) -> Iterator[str]:
    """The ids of the papers that the evidence cites (``Paper.id``); markers without an entry give none."""
    for citation in evidence.mention.citations:
        for reference in citation.references:
            if reference != Reference(number=reference.number):
                yield _identify(reference, evidence.document)


def _add(group: dict[str, CitedStatement], statement: Statement, evidence: Evidence) -> None:
    known = group.get(statement.id)
    before = known.evidence if known else ()
    if evidence not in before:
        group[statement.id] = CitedStatement(statement, (*before, evidence))


def _identify(reference: Reference, document: str) -> str:
    if reference.pmid:
        return f"pubmed:{reference.pmid}"
    if reference.doi:
        return f"doi:{reference.doi.lower()}"
    if reference.title and reference.year:
        return make_hash(["paper", "".join(re.findall(r"\w+", reference.title.lower())), reference.year])
    return make_hash(["paper", document, reference.number, reference.text])


def _complete(known: Reference | None, new: Reference) -> Reference:
    """What either knows, the first one's word where both do."""
    if known is None:
        return new
    values: Mapping[str, object] = {
        field.name: getattr(known, field.name) or getattr(new, field.name) for field in fields(Reference)
    }
    return Reference(**values)  # type: ignore[arg-type]


def _place_order(place: tuple[str, int | None]) -> tuple[str, int]:
    return place[0], place[1] or 0
