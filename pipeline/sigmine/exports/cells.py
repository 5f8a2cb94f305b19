"""Statements as short plain texts: what a cell of a table or an attribute of a graph may hold."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from sigmine.model.statement import CLAIM_TYPES, Evidence, Statement, rank_evidence
from sigmine.resources.prefixes import compress_iri

_FORMULA_STARTS = ("=", "+", "-", "@")
_NO_TEXT = {"Cc", "Cs", "Cn"}  # control characters, halves of surrogate pairs, code points that are none


def flatten_text(text: str) -> str:
    """One line: every run of whitespace becomes a space, characters that are no text (and no legal XML) go."""
    if not text.isprintable():
        # What separates words is a control character too, and goes with the next step.
        text = "".join(one for one in text if one.isspace() or unicodedata.category(one) not in _NO_TEXT)
    return " ".join(text.split())


def format_value(value: str | int | float | bool | None) -> str:
    """A cell of an answer to SPARQL: IRIs, also among several values, as CURIEs where a prefix fits; empty for None."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.4g}"
    parts = ("" if value is None else flatten_text(str(value))).split("; ")
    return "; ".join(compress_iri(one) or one if one.startswith(("http://", "https://")) else one for one in parts)


def guard_formula(text: str) -> str:
    """Text of a document as a spreadsheet may read it: one that would start a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def find_example(statement: Statement) -> Evidence | None:
    """The evidence that shows the statement best (``rank_evidence``); None where there is no evidence."""
    return min(statement.evidence, key=rank_evidence, default=None)


def find_example_sentence(statement: Statement) -> str:
    """The sentence of ``find_example`` on one line; empty where there is no evidence."""
    evidence = find_example(statement)
    return flatten_text(evidence.sentence) if evidence else ""


def name_site(statement: Statement) -> str:
    """The site, with the texts' number where that differs: ``T412 (T389 in text)``; empty where there is none."""
    written = ", ".join(statement.written_sites)
    return f"{statement.site} ({written} in text)" if written else statement.site or ""


def find_documents(statement: Statement) -> list[str]:
    """The ids of the documents that the statement was read in, sorted, each once."""
    return sorted({evidence.document for evidence in statement.evidence})


def count_flags(statement: Statement) -> tuple[int, int]:
    """How many pieces of evidence are negated, and how many are hedged."""
    mentions = [evidence.mention for evidence in statement.evidence]
    return sum(mention.negated for mention in mentions), sum(mention.hedged for mention in mentions)


def count_claims(statement: Statement) -> list[str]:
    """How many pieces of evidence are of each type of claim: ``asserted 2``; in the order of ``CLAIM_TYPES``."""
    counts = Counter(evidence.mention.claim for evidence in statement.evidence)
    return [f"{claim} {counts[claim]}" for claim in CLAIM_TYPES if counts[claim]]


def find_citations(statement: Statement) -> list[str]:
    """What the evidence cites, each once, in text order: ``pubmed:123``, else ``doi:10...``, else the marker."""
    return find_works(statement.evidence)


def find_works(evidence: Iterable[Evidence]) -> list[str]:
    """The same of some evidence."""
    return list(dict.fromkeys(_name_citations(evidence)))


def _name_citations(evidence: Iterable[Evidence]) -> Iterable[str]:
    for item in evidence:
        for citation in item.mention.citations:
            names = [_name_work(reference.pmid, reference.doi) for reference in citation.references]
            yield from [name for name in names if name] or [citation.marker]


def _name_work(pmid: str | None, doi: str | None) -> str:
    if pmid:
        return f"pubmed:{pmid}"
    return f"doi:{doi}" if doi else ""
