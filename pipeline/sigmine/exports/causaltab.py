"""Statements as CausalTAB, which is PSI-MITAB 2.8: 46 tab-separated columns, one row a statement.

[Format: Perfetto et al. 2019; HUPO-PSI, PSI-MI TAB 2.8. Terms: PSI-MI, whose obsolete ones are not used]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import IO

from sigmine.assembly.merge import sort_key
from sigmine.assembly.ontology import INTERACTION_TYPES
from sigmine.exports.cells import find_example, find_works, flatten_text
from sigmine.exports.exchange_terms import (
    ExchangeTerm,
    Term,
    find_exchange_term,
    find_publication,
    find_uniprot,
    select_evidence,
    sort_evidence,
    split_curie,
)
from sigmine.model.entity import MOLECULE_TYPES
from sigmine.model.statement import Agent, Evidence, Statement
from sigmine.resources.lexicon import load_lexicon

COLUMNS: tuple[str, ...] = (
    "ID(s) interactor A", "ID(s) interactor B", "Alt. ID(s) interactor A", "Alt. ID(s) interactor B",
    "Alias(es) interactor A", "Alias(es) interactor B", "Interaction detection method(s)",
    "Publication 1st author(s)", "Publication Identifier(s)", "Taxid interactor A", "Taxid interactor B",
    "Interaction type(s)", "Source database(s)", "Interaction identifier(s)", "Confidence value(s)",
    "Expansion method(s)", "Biological role(s) interactor A", "Biological role(s) interactor B",
    "Experimental role(s) interactor A", "Experimental role(s) interactor B", "Type(s) interactor A",
    "Type(s) interactor B", "Xref(s) interactor A", "Xref(s) interactor B", "Interaction Xref(s)",
    "Annotation(s) interactor A", "Annotation(s) interactor B", "Interaction annotation(s)", "Host organism(s)",
    "Interaction parameter(s)", "Creation date", "Update date", "Checksum(s) interactor A",
    "Checksum(s) interactor B", "Interaction Checksum(s)", "Negative", "Feature(s) interactor A",
    "Feature(s) interactor B", "Stoichiometry(s) interactor A", "Stoichiometry(s) interactor B",
    "Identification method participant A", "Identification method participant B",
    "Biological effect of interactor A", "Biological effect of interactor B", "Causal Regulatory Mechanism",
    "Causal statement",
)  # fmt: skip
"""The 46 columns, in the format's order."""

_TEXT_MINING = ("MI:0110", "text mining")
_UNSPECIFIED = ("MI:0499", "unspecified role")
_ENZYME, _ENZYME_TARGET = ("MI:0501", "enzyme"), ("MI:0502", "enzyme target")
_REGULATOR, _REGULATED = ("MI:2274", "regulator"), ("MI:2275", "regulator target")
_INDIRECT = ("MI:2286", "functional association")
_SOME_WAY = ("MI:2245", "causal regulatory mechanism")
"""Which may stand only where others stand between; the kind of way is not known."""
_MOLECULES, _ANYTHING = ("MI:2232", "molecular association"), ("MI:0190", "interaction type")
_TYPES: dict[str, Term] = {
    "PROTEIN": ("MI:0326", "protein"),
    "FAMILY": ("MI:1304", "molecule set"),
    "COMPLEX": ("MI:0314", "complex"),
    "CHEMICAL": ("MI:0328", "small molecule"),
    "PROCESS": ("MI:2261", "phenotype"),
    "DISEASE": ("MI:2261", "phenotype"),
}
_UNKNOWN_TYPE = ("MI:0329", "unknown participant")
_EFFECTS = {"kin": ("GO:0016301", "kinase activity"), "phos": ("GO:0016791", "phosphatase activity")}
_DATABASES = {"uniprot": "uniprotkb", "pubchem.compound": "pubchem", "ncbigene": "entrez gene/locuslink"}
_EMBEDDED = frozenset({"chebi", "go", "cl", "doid", "hp", "uberon", "pr"})
_HUMAN = "taxid:9606(human)"
_RESERVED = re.compile(r'[|():"]')
_NAMES = {
    "S": "Ser", "T": "Thr", "Y": "Tyr", "H": "His", "K": "Lys", "R": "Arg", "D": "Asp", "C": "Cys", "M": "Met",
    "N": "Asn", "Q": "Gln", "E": "Glu", "P": "Pro", "W": "Trp", "F": "Phe", "A": "Ala", "G": "Gly", "I": "Ile",
    "L": "Leu", "V": "Val",
}  # fmt: skip


def write_causaltab(statements: Iterable[Statement], file: IO[bytes]) -> None:
    """A head and one row a statement, sorted by relation, names and site; UTF-8."""
    rows = (row for statement in sorted(statements, key=sort_key) for row in _make_rows(statement))
    file.write(("#" + "\t".join(COLUMNS) + "\n").encode())
    for row in rows:
        file.write(("\t".join(row.get(name) or "-" for name in COLUMNS) + "\n").encode(errors="replace"))


def _make_rows(statement: Statement) -> Iterator[dict[str, str]]:
    """One row for what is stated outright, one for what is denied; none for what the format has no term for."""
    term = find_exchange_term(statement.relation)
    if statement.subject is None or not (term.reaction or term.causal or term.type):
        return
    stated, against = (select_evidence(statement, side) for side in ("stated", "against"))
    if stated or not statement.evidence:
        yield _make_row(statement, statement.subject, term, stated, negative=False)
    if against:
        yield _make_row(statement, statement.subject, term, against, negative=True)


def _make_row(
    statement: Statement, subject: Agent, term: ExchangeTerm, evidence: tuple[Evidence, ...], *, negative: bool
) -> dict[str, str]:
    causal = term.causal if statement.object.type in MOLECULE_TYPES else term.whole or term.causal
    roles = _find_roles(statement, term)
    acts = statement.direct and subject.type in MOLECULE_TYPES - {"CHEMICAL"} and term.by in _EFFECTS
    example = find_example(replace(statement, evidence=evidence))
    return {
        **_make_end("A", subject, roles[0]),
        **_make_end("B", statement.object, roles[1]),
        "Interaction detection method(s)": _write_term(_TEXT_MINING),
        "Publication Identifier(s)": "|".join(_find_publications(evidence)),
        "Interaction type(s)": _write_term(_find_type(statement, subject, term)),
        "Source database(s)": "sigmine:sigmine",
        "Interaction identifier(s)": _write("sigmine", statement.id),
        "Confidence value(s)": "" if negative else f"sigmine-belief:{statement.belief:.4f}",
        "Interaction annotation(s)": f"comment:{_quote(example.sentence)}" if example else "",
        "Negative": str(negative).lower(),
        "Feature(s) interactor B": _make_feature(statement.site, term),
        "Biological effect of interactor A": _write_term(_EFFECTS[term.by], "go") if acts and term.by else "",
        "Causal Regulatory Mechanism": "" if statement.direct or term.type else _write_term(_SOME_WAY),
        "Causal statement": _write_term(causal) if causal else "",
    }


def _find_roles(statement: Statement, term: ExchangeTerm) -> tuple[Term, Term]:
    if term.type is not None:
        return _UNSPECIFIED, _UNSPECIFIED
    return (_ENZYME, _ENZYME_TARGET) if term.reaction and statement.direct else (_REGULATOR, _REGULATED)


def _find_type(statement: Statement, subject: Agent, term: ExchangeTerm) -> Term:
    """The reaction; else how the ends meet: texts that say "activates" leave open whether others stand between."""
    if term.type is not None:
        return term.type
    if term.reaction is not None:
        return INTERACTION_TYPES[statement.relation], term.reaction
    if not statement.direct:
        return _INDIRECT
    return _MOLECULES if {subject.type, statement.object.type} <= MOLECULE_TYPES else _ANYTHING


def _make_end(side: str, agent: Agent, role: Term) -> dict[str, str]:
    parts = split_curie(agent)
    names = [_write("sigmine", flatten_text(agent.name), "display_short")]
    identifiers = [_write("sigmine", flatten_text(agent.name))]
    if parts is not None:
        prefix, local = parts
        identifiers = [
            _write(_DATABASES.get(prefix, prefix), f"{prefix.upper()}:{local}" if prefix in _EMBEDDED else local)
        ]
        uniprot = find_uniprot(agent)
        if uniprot:  # first, as SIGNOR has it, unless several genes make the protein
            alone = load_lexicon().find_gene(f"uniprot:{uniprot}") == agent.curie
            identifiers.insert(0 if alone else 1, f"uniprotkb:{uniprot}")
        if prefix == "hgnc":
            names.insert(0, _write("hgnc", agent.name, "gene name"))
    return {
        f"ID(s) interactor {side}": identifiers[0],
        f"Alt. ID(s) interactor {side}": "|".join(identifiers[1:]),
        f"Alias(es) interactor {side}": "|".join(names),
        f"Taxid interactor {side}": _HUMAN if (agent.curie or "").startswith(("hgnc:", "fplx:")) else "",
        f"Biological role(s) interactor {side}": _write_term(role),
        f"Experimental role(s) interactor {side}": _write_term(_UNSPECIFIED),
        f"Type(s) interactor {side}": _write_term(_TYPES.get(agent.type, _UNKNOWN_TYPE)),
    }


def _find_publications(evidence: tuple[Evidence, ...]) -> list[str]:
    found = []
    for one in sort_evidence(evidence):
        publication = find_publication(one.document)
        found += [f"pubmed:{publication.pmid}"] * bool(publication.pmid)
        found += [f"pmc:{publication.pmcid}"] * bool(publication.pmcid)
    works = (work.partition(":") for work in find_works(sort_evidence(evidence)))
    found += [_write(database, local) for database, _, local in works if database in ("pubmed", "doi")]
    return list(dict.fromkeys(found))


def _make_feature(site: str | None, term: ExchangeTerm) -> str:
    """``phosphorylated residue:939-939(Ser939)``, with ``?-?`` where the number is not known."""
    if site is None or term.residue is None:
        return ""
    place = f"{site[1:]}-{site[1:]}" if site[1:] else "?-?"
    return f"{_guard(term.residue[1])}:{place}({_NAMES.get(site[0], site[0])}{site[1:]})"


def _write_term(term: Term, database: str = "psi-mi") -> str:
    return _write(database, *term)


def _write(database: str, identifier: str, text: str = "") -> str:
    return f"{_guard(database)}:{_guard(identifier)}" + (f"({_guard(text)})" if text else "")


def _guard(text: str) -> str:
    """In quotation marks where it holds what separates."""
    return _quote(text) if _RESERVED.search(text) or not text or text.startswith("\\") else flatten_text(text)


def _quote(text: str) -> str:
    escaped = flatten_text(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
