"""Statements as a script of the Biological Expression Language (BEL 2.2), for PyBEL and other compilers.

Namespaces are defined by patterns, so nothing is fetched; ``HGNC:391 ! AKT1`` is the identifier and what it is called.
[BEL: Slater 2014; PyBEL: Hoyt et al. 2018; the forms are those of INDRA's assembler, Gyori et al. 2017]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

from sigmine.assembly.merge import sort_key
from sigmine.assembly.vocabulary import find_term
from sigmine.exports.cells import find_works, flatten_text
from sigmine.exports.exchange_terms import (
    ExchangeTerm,
    find_exchange_term,
    find_publication,
    is_stated,
    select_evidence,
    sort_evidence,
    split_curie,
)
from sigmine.exports.indra import NAMESPACES
from sigmine.model.document import SECTION_KINDS
from sigmine.model.statement import Agent, Evidence, Statement

_FUNCTIONS = {
    "PROTEIN": "p", "FAMILY": "p", "COMPLEX": "complex", "CHEMICAL": "a", "PROCESS": "bp", "DISEASE": "path",
    "LOCATION": "a", "CELL": "pop", "SPECIES": "pop",
}  # fmt: skip
_MACROMOLECULES = frozenset({"PROTEIN", "FAMILY", "COMPLEX"})
_RESIDUES = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "E": "Glu", "Q": "Gln", "G": "Gly", "H": "His",
    "I": "Ile", "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe", "P": "Pro", "S": "Ser", "T": "Thr", "W": "Trp",
    "Y": "Tyr", "V": "Val",
}  # fmt: skip
_ARROWS = {(1, True): "=>", (-1, True): "=|", (1, False): "->", (-1, False): "-|"}
_UNKNOWN = "TEXT"
"""The namespace of names without identity, as INDRA and PyBEL call it."""
_PLAIN = re.compile(r"[A-Za-z0-9_]+", re.ASCII)
_HEAD = (
    'SET DOCUMENT Name = "Statements read by sigmine"',
    'SET DOCUMENT Version = "1.0.0"',
    'SET DOCUMENT Description = "What texts say of molecules, each with the sentence that says it"',
    'SET DOCUMENT Authors = "sigmine"',
    'SET DOCUMENT ContactInfo = "none"',
)


def write_bel(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """A script: namespaces, annotations, then each statement with each passage that says it outright, sorted."""
    groups = [lines for statement in sorted(statements, key=sort_key) for lines in _make_groups(statement)]
    used = sorted({name for group in groups for name in re.findall(r"\b([A-Z]+):", _drop_quoted(group[-1]))})
    lines = [
        *_HEAD,
        *(f'DEFINE NAMESPACE {name} AS PATTERN ".+"' for name in used),
        f"DEFINE ANNOTATION Section AS LIST {{{', '.join(map(_quote, SECTION_KINDS))}}}",
        *(f'DEFINE ANNOTATION {name} AS PATTERN ".+"' for name in ("Statement", "Belief", "Rule", "Cites")),
        *(line for group in groups for line in (*group, "UNSET ALL")),
    ]
    file.write(("\n".join(lines) + "\n").encode(errors="replace"))


def make_bel(statement: Statement) -> str | None:
    """The statement in BEL; None where BEL has no form for it."""
    term = find_exchange_term(statement.relation)
    subject, object_ = statement.subject, _make_object(statement, term)
    if object_ is None:
        return None
    if subject is None:  # something does it: that there is such a molecule can be said, that it is undone can not
        return object_ if term.kind == "modification" and term.sign > 0 else None
    if term.kind == "complex":
        return f"complex({_make_term(subject)}, {object_})"
    if term.kind in ("part", "member"):
        return f"{_make_term(subject)} {'partOf' if term.kind == 'part' else 'isA'} {object_}"
    acts = statement.direct and term.by is not None and subject.type in _MACROMOLECULES
    actor = f"act({_make_term(subject)}, ma({term.by}))" if acts else _make_term(subject)
    return f"{actor} {_ARROWS[term.sign, acts]} {object_}"


def _make_object(statement: Statement, term: ExchangeTerm) -> str | None:
    object_ = statement.object
    if term.kind is None:
        return None
    if term.kind == "modification":
        if object_.type not in _MACROMOLECULES:
            return None
        site = statement.site or ""
        parts = ["pmod(" + ", ".join([term.pmod or "", *filter(None, [_RESIDUES.get(site[:1]), site[1:]])]) + ")"]
        return f"p({', '.join([_name(object_), *parts])})"  # only p() may be modified: a complex stands as one
    if term.kind == "activity" and object_.type in _MACROMOLECULES:
        return f"act({_make_term(object_)})"
    return _make_term(object_)


def _make_term(agent: Agent) -> str:
    return f"{_FUNCTIONS.get(agent.type, 'a')}({_name(agent)})"


def _name(agent: Agent) -> str:
    parts = split_curie(agent)
    if parts is None:
        return f"{_UNKNOWN}:{_quote_name(agent.name)}"
    prefix, local = parts
    namespace = re.sub(r"[^A-Z]", "", NAMESPACES.get(prefix, prefix).upper()) or _UNKNOWN
    return f"{namespace}:{_quote_name(local)} ! {_quote_name(agent.name)}"


def _quote_name(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quote(text)


def _quote(text: str) -> str:
    """A text in quotation marks. Slashes after a space are set apart: PyBEL takes them for a comment even here."""
    escaped = flatten_text(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"(?<= )/{2,}", lambda match: " ".join(match[0]), escaped) + '"'


def _drop_quoted(text: str) -> str:
    return re.sub(r'"(?:\\.|[^"\\])*"', "", text)


def _make_groups(statement: Statement) -> Iterator[list[str]]:
    """The lines of each passage; the last one is the statement."""
    line = make_bel(statement)
    if line is None or not is_stated(statement):
        return
    for evidence in sort_evidence(select_evidence(statement, "stated")):
        yield [*_make_support(evidence, statement), line]
    if not statement.evidence:  # BEL wants a citation and a text of each
        said = f"{statement.subject.name if statement.subject else 'something'} {find_term(statement.relation).label}"
        text = _quote(f"{said} {statement.object.name}")
        yield ['SET Citation = {"Other", "sigmine"}', f"SET SupportingText = {text}", line]


def _make_support(evidence: Evidence, statement: Statement) -> Iterator[str]:
    publication = find_publication(evidence.document)
    if publication.pmid:
        kind, name = "PubMed", publication.pmid
    elif publication.pmcid:
        kind, name = "PMC", publication.pmcid
    else:
        kind, name = "Other", evidence.document
    yield f'SET Citation = {{"{kind}", {_quote(name)}}}'
    yield f"SET SupportingText = {_quote(evidence.sentence)}"
    if evidence.section in SECTION_KINDS:
        yield f'SET Section = "{evidence.section}"'
    yield f"SET Statement = {_quote(statement.id)}"
    yield f'SET Belief = "{statement.belief:.4f}"'
    yield f"SET Rule = {_quote(evidence.mention.rule)}"
    works = find_works([evidence])
    if works:
        yield f"SET Cites = {{{', '.join(map(_quote, works))}}}"
