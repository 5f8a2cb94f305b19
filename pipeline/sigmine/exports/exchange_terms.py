"""What our relations and identities are in the formats of other programs: ``exchange.yml``, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from sigmine.assembly.support import find_side
from sigmine.model.statement import Agent, Evidence, Statement

Term = tuple[str, str]
"""The identifier of a term and its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeTerm:
    """One relation, as ``exchange.yml`` explains each column; None where a format has nothing for it.

    ``indirect`` is True where the other format's term says that more is done than our relation says, and it is said
    that the subject only brings it about.
    """

    indra: str | None = None
    indirect: bool = False
    kind: str | None = None
    sign: int = 0
    pmod: str | None = None
    by: str | None = None
    aspect: str | None = None
    predicate: str | None = None
    residue: Term | None = None
    reaction: str | None = None
    causal: Term | None = None
    whole: Term | None = None
    type: Term | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """The publication that a document is, as far as its id tells: ``PMC4253687``, ``PMID25242279``; else empty."""

    pmid: str = ""
    pmcid: str = ""


_PMCID = re.compile(r"PMC[1-9]\d{3,9}", re.ASCII)
_PMID = re.compile(r"(?:PMID|pubmed)[ :_-]?([1-9]\d{0,8})|([1-9]\d{6,7})", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])", re.ASCII)
_NOTHING = ExchangeTerm()


@cache
def load_exchange_terms() -> Mapping[str, ExchangeTerm]:
    """The bundled table, by relation."""
    import yaml

    data = yaml.safe_load(files("sigmine.exports").joinpath("exchange.yml").read_text(encoding="utf-8"))
    terms = {}
    for relation, row in data.items():
        pairs = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
        terms[relation] = ExchangeTerm(**row | pairs)
    return MappingProxyType(terms)


def find_exchange_term(relation: str) -> ExchangeTerm:
    """The row of a relation; an empty one of a relation that the table does not know."""
    return load_exchange_terms().get(relation, _NOTHING)


def find_publication(document: str) -> Publication:
    """The publication that an id of a document names.

    PubTator and BioC name documents by their PMID alone, so a number of seven or eight digits is one, unless it may be
    a date.
    """
    if _PMCID.fullmatch(document):
        return Publication(pmcid=document)
    match = None if _DATE.fullmatch(document) else _PMID.fullmatch(document)
    return Publication(pmid=match[1] or match[2]) if match else Publication()


def split_curie(agent: Agent) -> Term | None:
    """The prefix and the local part (``("chebi", "9168")``), or None of an agent without identity."""
    prefix, colon, local = (agent.curie or "").partition(":")
    return (prefix, local) if colon and local else None


def find_uniprot(agent: Agent) -> str:
    """The UniProt accession of the protein that a human gene makes; empty of others."""
    from sigmine.resources.lexicon import load_lexicon

    found = load_lexicon().find_protein(agent.curie) if agent.curie else None
    return found.uniprot if found else ""


def select_evidence(statement: Statement, side: str) -> tuple[Evidence, ...]:
    """The evidence of one side of ``assembly.support.Support``: ``stated``, ``hedged`` or ``against``; in its order."""
    return tuple(evidence for evidence in statement.evidence if find_side(evidence) == side)


def is_stated(statement: Statement) -> bool:
    """Whether some passage says so outright; True of a statement without any evidence, which nothing speaks against."""
    return not statement.evidence or bool(select_evidence(statement, "stated"))


def sort_evidence(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    """By document and place, so that a file does not depend on the order in which documents were read."""
    return sorted(evidence, key=lambda one: (one.document, one.start, one.mention.trigger.start, one.mention.rule))
