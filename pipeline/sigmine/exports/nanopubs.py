"""Statements as nanopublications in TriG: what is said, what it was read from, and who says so, each in a graph.

The IRI of a nanopublication is a trusty URI: it ends with a hash of all that the nanopublication says, so a changed one
does not fit its IRI.

[Kuhn et al. 2016: Decentralized provenance-aware publishing with nanopublications. PeerJ Comput Sci 2:e78; Kuhn &
Dumontier 2015: Making digital artifacts on the web verifiable and reliable. IEEE TKDE 27:2390; nanopub.net/guidelines]
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import IO, Any

from sigmine.assembly.merge import sort_key
from sigmine.assembly.provenance import make_run_triples
from sigmine.assembly.quads import Quad
from sigmine.assembly.terms import Triple, make_iri, make_literal, term_iri
from sigmine.assembly.triples import (
    evidence_iri,
    is_believed,
    make_evidence_triples,
    make_label,
    make_statement_triples,
    statement_iri,
)
from sigmine.exports.export import Runs
from sigmine.exports.nquads import make_line
from sigmine.exports.turtle import write_lines
from sigmine.model.statement import Statement, rank_evidence
from sigmine.resources.prefixes import NAMESPACE, PREFIXES

MAX_EVIDENCE = 40
"""Lines of evidence of one nanopublication: servers refuse those of more than 1,200 triples."""

_BASE = f"{NAMESPACE}np/"
_UNKNOWN = f"RA{'0' * 43}"  # stands for the hash while it is not known
_NP = "http://www.nanopub.org/nschema#"
_NPX = "http://purl.org/nanopub/x/"
_OURS = {"np": _NP, "npx": _NPX, "nanopub": _BASE}

_ESTIMATES = {term_iri(f"sigmine:{name}") for name in ("belief", "denied", "site_status", "written_site")}
_LOOKUP = {term_iri("sigmine:key")}
_IDENTIFIER = term_iri("dcterms:identifier")
_TYPE, _LABEL = term_iri("rdf:type"), term_iri("rdfs:label")
_ATTRIBUTED = term_iri("prov:wasAttributedTo")
_ASSOCIATED, _GENERATED = term_iri("prov:wasAssociatedWith"), term_iri("prov:wasGeneratedBy")


def write_nanopubs(statements: Iterable[Statement], file: IO[bytes], runs: Runs = ()) -> None:
    """A nanopublication for each statement that is believed and said outright, in the order of statements.

    The assertion is the statement with its plain triple, the provenance our belief, its evidence and the run, the
    publication info the program. It has no date, no licence and no signature: whoever publishes it adds them.
    """
    from pyoxigraph import RdfFormat

    manifests = {str(run["run"]): run for run in runs}
    chosen = sorted((one for one in statements if is_believed(one)), key=sort_key)
    lines = (line for statement in chosen for line in _make_nanopub(statement, manifests))
    write_lines(lines, RdfFormat.TRIG, file, prefixes=_OURS)


def _make_nanopub(statement: Statement, manifests: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Its lines of N-Quads, the head first."""
    quads = list(dict.fromkeys(_make_quads(statement, manifests)))
    code = _hash_quads(quads)
    graphs = [_part("Head"), _part("assertion"), _part("provenance"), _part("pubinfo")]
    quads.sort(key=lambda quad: (graphs.index(quad[3]), make_line(*quad)))
    return [make_line(*quad).replace(f"<{_BASE}{_UNKNOWN}", f"<{_BASE}{code}") for quad in quads]


def _part(name: str) -> str:
    return f"<{_BASE}{_UNKNOWN}#{name}>"


def _make_quads(statement: Statement, manifests: Mapping[str, Mapping[str, Any]]) -> Iterator[Quad]:
    node, assertion = f"<{_BASE}{_UNKNOWN}>", _part("assertion")
    evidence = tuple(sorted(statement.evidence, key=rank_evidence)[:MAX_EVIDENCE])
    read = [manifests[run] for run in sorted({one.run for one in evidence} & manifests.keys())]
    programs = _list_programs(read)
    yield node, _TYPE, f"<{_NP}Nanopublication>", _part("Head")
    for name, graph in (("Assertion", "assertion"), ("Provenance", "provenance"), ("PublicationInfo", "pubinfo")):
        yield node, f"<{_NP}has{name}>", _part(graph), _part("Head")
    for triple in make_statement_triples(statement):
        if triple[1] not in (*_LOOKUP, _IDENTIFIER):
            yield *triple, _part("provenance" if triple[1] in _ESTIMATES else "assertion")
    for program in programs:
        yield assertion, _ATTRIBUTED, program, _part("provenance")
    for item in evidence:
        yield assertion, term_iri("prov:wasDerivedFrom"), evidence_iri(item), _part("provenance")
    for triple in make_evidence_triples(replace(statement, evidence=evidence)):
        if triple[1] not in _LOOKUP:
            yield *triple, _part("provenance")
    for triple in _make_runs(assertion, read):
        yield *triple, _part("provenance")
    for triple in _make_publication(node, statement, programs):
        yield *triple, _part("pubinfo")


def _make_runs(assertion: str, read: Iterable[Mapping[str, Any]]) -> Iterator[Triple]:
    """The runs by what they used; the data are named by their hashes, so nothing more need be said of them here."""
    for manifest in read:
        run = make_iri(PREFIXES["run"], str(manifest["run"]))
        yield assertion, _GENERATED, run
        used = (_TYPE, _LABEL, _ASSOCIATED, term_iri("prov:used"))
        yield from (one for one in make_run_triples(manifest) if one[0] == run and one[1] in used)


def _list_programs(read: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The program in each version that read the evidence, by its IRI; without a version where that is not known."""
    versions = sorted({str(one["version"]) for one in read if one.get("version")})
    programs = {make_iri(PREFIXES["program"], "sigmine", version): f"sigmine {version}" for version in versions}
    return programs or {make_iri(PREFIXES["program"], "sigmine"): "sigmine"}


def _make_publication(node: str, statement: Statement, programs: Mapping[str, str]) -> Iterator[Triple]:
    yield node, _LABEL, make_literal(make_label(statement))
    yield node, f"<{_NPX}introduces>", statement_iri(statement.id)
    yield node, f"<{_NPX}hasNanopubType>", term_iri("sigmine:Statement")
    for program, label in programs.items():
        yield node, _ATTRIBUTED, program
        yield program, _TYPE, term_iri("prov:SoftwareAgent")
        yield program, _LABEL, make_literal(label)


def _hash_quads(quads: Iterable[Quad]) -> str:
    """The code of module RA of trusty URIs: ``RA`` and 43 characters.

    It is taken over the sorted quads, a term a line, with a blank where the code will stand.
    """
    import pyoxigraph

    text = "\n".join(make_line(*quad) for quad in quads)
    rows: set[tuple[tuple[bytes, ...], str]] = set()
    for quad in pyoxigraph.parse(input=text.encode(), format=pyoxigraph.RdfFormat.N_QUADS):
        names = [_normalize(term.value) for term in (quad.graph_name, quad.subject, quad.predicate)]
        if isinstance(quad.object, pyoxigraph.Literal):
            value, kind = quad.object.value, quad.object.datatype.value
            escaped = value.replace("\\", "\\\\").replace("\n", "\\n")
            order, last = ("1", value, kind), f"^{kind} {escaped}"
        else:
            last = _normalize(quad.object.value)
            order = ("0", last, "")
        key = tuple(part.encode() for part in (*names, *order))
        rows.add((key, "".join(f"{line}\n" for line in (*names, last))))
    digest = sha256("".join(row for _, row in sorted(rows)).encode()).digest()
    return f"RA{urlsafe_b64encode(digest).decode().rstrip('=')}"


def _normalize(iri: str) -> str:
    return f"{_BASE} {iri[len(_BASE) + len(_UNKNOWN) :]}" if iri.startswith(f"{_BASE}{_UNKNOWN}") else iri
